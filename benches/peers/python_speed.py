"""One model called from Python, the ways that users do: `python_speed.py CALCIFATE`, on one core.

CALCIFATE is the command that the wheel brings, in the environment of this Python. Each way gives a data frame
or an array with the same 121 rows; the end state is compared with Calcifate's at 1e-10.
"""

import sys
import tempfile

import basico
import calcifate
import numba
import numpy
import roadrunner
from scipy.integrate import solve_ivp

from agree import LIMIT, error
from speed import ATOLS, RTOL, YEAR, Averaged, rate

DAYS, ROWS = 10 * YEAR, 121
SWEPT = 8192
STATES_OF = "benches/peers/years.toml"


class Simulate:
    """`calcifate.simulate`: file read, checked, run; every row and read-out in a table."""

    def __init__(self, model, atol):
        self.names = model.names

    def run(self, rtol=RTOL):
        result = calcifate.simulate(
            STATES_OF, arms=["pills"], duration="10 years", rtol=rtol, threads=1)
        return numpy.array([result.table[name][-1] for name in self.names])


class Scipy:
    """`solve_ivp` with a right-hand side that numba compiles."""

    METHOD = "LSODA"

    def __init__(self, model, atol):
        compiled, self.p = model.function("njit", numba.njit), model.p0()

        @numba.njit
        def rates(t, y, p):
            dy = numpy.empty_like(y)
            compiled(t, y, dy, p)
            return dy

        self.rates, self.y0, self.atol = rates, model.y0(), atol

    def run(self):
        found = solve_ivp(
            self.rates, (0.0, DAYS), self.y0, method=self.METHOD, rtol=RTOL, atol=self.atol,
            t_eval=numpy.linspace(0.0, DAYS, ROWS), args=(self.p,))
        if not found.success:
            raise RuntimeError(found.message)
        return found.y[:, -1].copy()


class ScipyBdf(Scipy):
    """The same with BDF."""

    METHOD = "BDF"


class RoadRunner:
    """`simulate` of libRoadRunner (CVODE) on the exported document."""

    def __init__(self, model, atol):
        self.runner = roadrunner.RoadRunner(model.path)
        integrator = self.runner.integrator
        integrator.relative_tolerance, integrator.absolute_tolerance = RTOL, atol
        integrator.maximum_num_steps = 1_000_000
        self.runner.timeCourseSelections = model.names

    def run(self):
        self.runner.reset()
        return numpy.array(self.runner.simulate(0.0, DAYS, ROWS))[-1].copy()


class Basico:
    """`run_time_course` of basico (LSODA of COPASI) on the exported document."""

    def __init__(self, model, atol):
        self.model, self.atol = basico.load_model(model.path), atol
        names = basico.get_parameters(model=self.model)
        by_id = {row.sbml_id: name for name, row in names.iterrows()}
        self.columns = [f"Values[{by_id[name]}]" for name in model.names]

    def run(self):
        frame = basico.run_time_course(
            duration=DAYS, intervals=ROWS - 1, model=self.model, r_tol=RTOL, a_tol=self.atol,
            max_steps=1_000_000, update_model=False, use_sbml_id=False, method="deterministic")
        return frame[self.columns].iloc[-1].to_numpy(float)


def sweep_rate():
    """Runs per second of one call of `calcifate.sweep`, table included."""
    scenario = {"duration": "10 years", "person": {"sex": "male", "age": 50},
                "arm": [{"name": "pills", "take": ["MK-7 180 ug daily", "calcium 500 mg daily"]}]}
    doses = numpy.linspace(170.0, 190.0, SWEPT)
    vary, outcomes = {"mk7_supplement": doses}, ["cac"]
    calls, _ = rate(lambda: calcifate.sweep(
        scenario=scenario, vary=vary, outcomes=outcomes, rtol=RTOL, threads=1).table["run"][-1])
    return calls * SWEPT


def main():
    with tempfile.TemporaryDirectory() as folder:
        case = Averaged(folder, "ten averaged years", "years", "pills", ["duration=10 years"], "", ())
        model = case.prepare()
        exact = Simulate(model, None).run(rtol=1e-10)
        print(f"{'from Python':34}{'runs/s':>10}{'ms a run':>10}{'error':>10}{'atol':>8}")
        print(f"{'calcifate.sweep, 8192 runs':34}{(swept := sweep_rate()):10.0f}{1e3 / swept:10.3f}", flush=True)
        ways = {"calcifate.simulate": Simulate, "scipy LSODA, numba": Scipy, "scipy BDF, numba": ScipyBdf,
                "libRoadRunner": RoadRunner, "basico (COPASI)": Basico}
        for name, make in ways.items():
            found = []
            for atol in ATOLS if make is not Simulate else (None,):
                try:
                    way = make(model, atol)
                    off = error(way.run(), exact)
                    if off > LIMIT:
                        print(f"  {name}, atol {atol:g}: error {off:.1e}, over the limit")
                        continue
                    runs_per_second, _ = rate(way.run)
                except RuntimeError as problem:
                    print(f"  {name}, atol {atol:g}: {str(problem)[:60]!r}")
                    continue
                found.append((runs_per_second, off, atol))
            if not found:
                print(f"{name:34}{'no end state within the limit':>40}")
                continue
            best, off, atol = max(found)
            shown = "" if atol is None else f"{atol:.0e}"
            print(f"{name:34}{best:10.1f}{1e3 / best:10.2f}{off:10.1e}{shown:>8}", flush=True)
            if make is Simulate and off > LIMIT:
                sys.exit("calcifate.simulate misses its own solution")


if __name__ == "__main__":
    main()
