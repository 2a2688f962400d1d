"""One model called from Python, the ways that users do: `python_speed.py CALCIFATE`, on one core.

CALCIFATE is the command that the wheel brings, in the environment of this Python. Each way gives a data frame
or an array with the same 121 rows, all states in each but for the second sweep, whose rows have one quantity, and
the first, which has outcomes only. The end state is compared with Calcifate's at 1e-10.
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
from speed import RTOL, TOLERANCES, YEAR, Averaged, rate

DAYS, ROWS = 10 * YEAR, 121
BETWEEN = DAYS / (ROWS - 1)
SWEPT = 8192
SCENARIO = "benches/peers/years.toml"


class Simulate:
    """`calcifate.simulate`: file read, checked, run; every state, flow and read-out in a table."""

    def __init__(self, model, rtol, atol):
        self.names = model.names

    def run(self, rtol=RTOL):
        table = calcifate.simulate(
            SCENARIO, arms=["pills"], duration="10 years", output_every=f"{BETWEEN} days", rtol=rtol, threads=1).table
        assert len(table) == ROWS
        return numpy.array([table[name][-1] for name in self.names])


class Scipy:
    """`solve_ivp` with a right-hand side that numba compiles."""

    METHOD = "LSODA"

    def __init__(self, model, rtol, atol):
        compiled, self.p = model.function("njit", numba.njit), model.p0()

        @numba.njit
        def rates(t, y, p):
            dy = numpy.empty_like(y)
            compiled(t, y, dy, p)
            return dy

        self.rates, self.y0, self.rtol, self.atol = rates, model.y0(), rtol, atol

    def run(self):
        found = solve_ivp(
            self.rates, (0.0, DAYS), self.y0, method=self.METHOD, rtol=self.rtol, atol=self.atol,
            t_eval=numpy.linspace(0.0, DAYS, ROWS), args=(self.p,))
        if not found.success:
            raise RuntimeError(found.message)
        return found.y[:, -1].copy()


class ScipyBdf(Scipy):
    """The same with BDF."""

    METHOD = "BDF"


class RoadRunner:
    """`simulate` of libRoadRunner (CVODE) on the exported document."""

    def __init__(self, model, rtol, atol):
        self.runner = roadrunner.RoadRunner(model.path)
        integrator = self.runner.integrator
        integrator.relative_tolerance, integrator.absolute_tolerance = rtol, atol
        integrator.maximum_num_steps = 1_000_000
        self.runner.timeCourseSelections = model.names

    def run(self):
        self.runner.reset()
        return numpy.array(self.runner.simulate(0.0, DAYS, ROWS))[-1].copy()


class Basico:
    """`run_time_course` of basico (LSODA of COPASI) on the exported document."""

    def __init__(self, model, rtol, atol):
        self.model, self.rtol, self.atol = basico.load_model(model.path), rtol, atol
        names = basico.get_parameters(model=self.model)
        by_id = {row.sbml_id: name for name, row in names.iterrows()}
        self.columns = [f"Values[{by_id[name]}]" for name in model.names]

    def run(self):
        frame = basico.run_time_course(
            duration=DAYS, intervals=ROWS - 1, model=self.model, r_tol=self.rtol, a_tol=self.atol,
            max_steps=1_000_000, update_model=False, use_sbml_id=False, method="deterministic")
        return frame[self.columns].iloc[-1].to_numpy(float)


def sweep_rate(keep):
    """Runs per second of one call of `calcifate.sweep`, tables included."""
    scenario = {"duration": "10 years", "person": {"sex": "male", "age": 50},
                "arm": [{"name": "pills", "take": ["MK-7 180 ug daily", "calcium 500 mg daily"]}]}
    doses = numpy.linspace(170.0, 190.0, SWEPT)
    vary, outcomes = {"mk7_supplement": doses}, ["cac"]

    def run():
        swept = calcifate.sweep(scenario=scenario, vary=vary, outcomes=outcomes, keep=keep, rtol=RTOL, threads=1)
        rows = len(swept.table) if keep is None else len(swept.courses)
        assert rows == SWEPT * (1 if keep is None else ROWS)

    return rate(run)[0] * SWEPT


def measured(name, make, model, exact):
    """Prints the fastest tolerances with which this way meets the limit; whether none does."""
    found = []
    for rtol, atol in TOLERANCES if make is not Simulate else ((RTOL, None),):
        if found and (rtol, atol) == TOLERANCES[-1]:
            break
        used = f"{rtol:g}" if atol is None else f"{rtol:g}, {atol:g}"
        try:
            way = make(model, rtol, atol)
            off = error(way.run(), exact)
            if off <= LIMIT:
                runs_per_second, end = rate(way.run)
                off = max(off, error(end, exact))  # the last run as well as the first
        except RuntimeError as problem:
            print(f"  {name}, {used}: {str(problem)[:60]!r}")
            continue
        if off <= LIMIT:
            found.append((runs_per_second, off, used))
        else:
            print(f"  {name}, {used}: error {off:.1e}, over the limit")
    if not found:
        print(f"{name:38}{'no end state within the limit':>40}")
        return True
    best, off, used = max(found)
    print(f"{name:38}{best:10.1f}{1e3 / best:10.2f}{off:10.1e}{used:>14}", flush=True)
    return False


def main():
    with tempfile.TemporaryDirectory() as folder:
        case = Averaged(folder, "ten averaged years", "years", "pills", ["duration=10 years"], "", ())
        model = case.prepare()
        exact = Simulate(model, None, None).run(rtol=1e-10)
        print(f"{'from Python':38}{'runs/s':>10}{'ms a run':>10}{'error':>10}{'rtol, atol':>14}")
        for told, keep in (("outcomes", None), ("courses", [f"cac every {BETWEEN} days"])):
            swept = sweep_rate(keep)
            print(f"{f'calcifate.sweep, {SWEPT} runs, {told}':38}{swept:10.0f}{1e3 / swept:10.3f}", flush=True)
        ways = {"calcifate.simulate": Simulate, "scipy LSODA, numba": Scipy, "scipy BDF, numba": ScipyBdf,
                "libRoadRunner": RoadRunner, "basico (COPASI)": Basico}
        sys.exit(any([measured(name, make, model, exact) for name, make in ways.items()]))


if __name__ == "__main__":
    main()
