"""Runs per second of Calcifate and its peers in one go: `speed.py CALCIFATE`, on one core.

Processor time is counted, so that other work on the machine disturbs less.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time

import solvers
from agree import LIMIT, error, last_row
from model import Model, with_pills

RTOL = 1e-6
# Relative and absolute: each peer gets the faster of the first two with which it meets the limit, the last if neither.
TOLERANCES = ((RTOL, 1e-6), (RTOL, 1e-9), (0.1 * RTOL, 1e-9))
SECONDS = 2.0
ROUNDS = 3
SHORTEST = 1.0  # seconds by which the two sweeps of Calcifate must differ
YEAR = 365.25
ACCUMULATORS = ["intake_source_mg", "feces_calcium_mg", "urine_calcium_mg", "sweat_calcium_mg"]
HERE = "benches/peers"


def calcifate(*arguments):
    """Runs the program; the processor time it took."""
    begin = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.argv[1], *arguments, "-q"], check=True, stdout=subprocess.DEVNULL)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - begin.ru_utime - begin.ru_stime


def rate(run):
    """Runs per second of processor time, the best of a few rounds, and where the last run ended."""
    best = 0.0
    for _ in range(ROUNDS):
        runs, begin = 0, time.process_time()
        while (spent := time.process_time() - begin) < SECONDS:
            end = run()
            runs += 1
        best = max(best, runs / spent)
    return best, end


class Case:
    """What is run, by Calcifate and by a peer."""

    PEERS = {"LSODA (numbalsoda)": solvers.Lsoda, "CVODE (scikit-sundae)": solvers.Cvode,
             "libRoadRunner": solvers.RoadRunner, "COPASI": solvers.Copasi}

    def __init__(self, folder, title, scenario, arm, settings, axis, counts):
        self.folder, self.title, self.scenario = folder, title, f"{HERE}/{scenario}.toml"
        self.arm, self.settings, self.axis, self.counts = arm, settings, axis, counts
        self.out = f"{folder}/{title.split()[0]}"

    def set(self):
        return [word for setting in self.settings for word in ("--set", setting)]

    def export(self, name, arm, *more):
        path = f"{self.folder}/{name}.xml"
        calcifate("export", "sbml", self.scenario, "--arm", arm, "-o", path, "--rtol", "1e-10",
                  *self.set(), *more)
        return Model(path)

    def end(self, names, rtol):
        """Where Calcifate ends."""
        calcifate("run", self.scenario, "--arm", self.arm, "-o", self.out, "--no-figures",
                  "--rtol", str(rtol), *self.set())
        stem = self.scenario.split("/")[-1].removesuffix(".toml")
        return last_row(f"{self.out}/{stem}/{self.arm}/trajectory.csv", names)[1]

    def calcifate_rate(self):
        """From two sweeps of different size, so that the start of the program does not count."""
        seconds = []
        settings = "".join(f'{key} = "{value}"\n' for key, value in (s.split("=") for s in self.settings))
        for count in self.counts:
            file = f"{self.folder}/sweep_{count}.toml"
            with open(file, "w", encoding="utf-8") as out:
                out.write(f'title = "{self.title}"\nscenario = "{os.path.abspath(self.scenario)}"\n'
                          f'arms = ["{self.arm}"]\n[vary]\n{self.axis}, {count} points"\n'
                          f'[set]\n{settings}[outcomes]\nscore = "end(cac)"\n')
            # A folder of its own for each: a finished sweep is not run again.
            times = [calcifate("sweep", file, "-o", f"{self.out}_{count}_{n}", "-j", "1", "--no-figures")
                     for n in range(ROUNDS)]
            seconds.append(min(times))
        difference = seconds[1] - seconds[0]
        if difference < SHORTEST:
            sys.exit(f"{self.title}: the sweeps differ by {difference:.2f} s only; give more runs")
        return (self.counts[1] - self.counts[0]) / difference


class Averaged(Case):
    def prepare(self):
        self.model = self.export("averaged", self.arm)
        return self.model

    def peer(self, make, tolerances):
        model, days = self.model, 10 * YEAR
        solver, y, p = make(model, *tolerances), model.y0(), model.p0()
        return lambda: solver.run(days, y, p)


class Life(Case):
    """From the reference state at 30 to 50 on the habitual diet, then twenty years."""

    def prepare(self):
        self.before = self.export("life", "plain", "--set", "age=30")
        self.model = self.export("after", self.arm)
        return self.model

    def peer(self, make, tolerances):
        before, after, days = self.before, self.model, 20 * YEAR
        first, second = make(before, *tolerances), make(after, *tolerances)
        y, p, q = before.y0(), before.p0(), after.p0()
        books = [after.names.index(name) for name in ACCUMULATORS]

        def run():
            middle = first.run(days, y, p)
            middle[books] = 0.0
            return second.run(days, middle, q)

        return run


class Pill(Case):
    """Doses are restarts, or events of the document; libRoadRunner is measured with both."""

    PEERS = Case.PEERS | {"libRoadRunner, events": solvers.RoadRunnerEvents}
    PARAMETER, STATE, DOSE, FIRST = "mk7_supplement_ug_per_day", "mk7_gut_ug", 180.0, 7.5 / 24

    def prepare(self):
        self.model = self.export("pill", self.arm, "--averaged")
        constants, inputs = self.model.constants, self.model.inputs
        share = inputs["vitamin_k_absorption_factor"] * constants["absorption_k2_supplement"]
        self.amount = self.DOSE * share
        self.events = f"{self.folder}/pill_events.xml"
        with_pills(self.model.path, self.events, self.STATE, self.PARAMETER, self.amount, self.FIRST)
        self.model.inputs[self.PARAMETER] = 0.0
        return self.model

    def peer(self, make, tolerances):
        model, days = self.model, YEAR
        y, p, index = model.y0(), model.p0(), model.names.index(self.STATE)
        if make in (solvers.RoadRunnerEvents, solvers.Copasi):
            solver = make(model, *tolerances, self.events)
            return lambda: solver.run(days, y, p)
        solver = make(model, *tolerances)
        return lambda: solver.run_pills(days, y.copy(), p, index, self.amount, self.FIRST)


def measure(case):
    model = case.prepare()
    exact = case.end(model.names, 1e-10)
    own = case.calcifate_rate()
    own_error = error(case.end(model.names, RTOL), exact)
    print(f"\n{case.title}\n{'':24}{'runs/s':>10}{'error':>10}{'rtol, atol':>14}{'Calcifate is faster by':>25}")
    print(f"{'Calcifate':24}{own:10.1f}{own_error:10.1e}", flush=True)
    failed = own_error > LIMIT
    for name, make in case.PEERS.items():
        found = []
        for tolerances in TOLERANCES:
            if found and tolerances == TOLERANCES[-1]:
                break
            used = f"{tolerances[0]:g}, {tolerances[1]:g}"
            try:
                run = case.peer(make, tolerances)
                difference = error(run(), exact)
            except RuntimeError as problem:
                print(f"  {name}, {used}: {str(problem)[:60]!r}")
                continue
            if difference <= LIMIT:
                runs_per_second, end = rate(run)
                difference = max(difference, error(end, exact))  # the last run as well as the first
            if difference <= LIMIT:
                found.append((runs_per_second, difference, used))
            else:
                print(f"  {name}, {used}: error {difference:.1e}, over the limit")
        if not found:
            print(f"{name:24}{'no end state within the limit':>40}")
            failed = True
            continue
        best, difference, used = max(found)
        print(f"{name:24}{best:10.1f}{difference:10.1e}{used:>14}{own / best:25.1f}", flush=True)
    return failed


def main():
    with tempfile.TemporaryDirectory() as folder:
        averaged = 'mk7_supplement = "170 … 190 ug/day'
        cases = [
            Averaged(folder, "ten averaged years, man of 50, given start", "years", "pills",
                     ["duration=10 years"], averaged, (1000, 31_000)),
            Life(folder, "life history from 30 and twenty averaged years", "years", "pills", [],
                 'pth_steepness = "14.3 … 14.5', (1000, 16_000)),
            Pill(folder, "year with a daily pill", "daily_pill", "mk7", [], averaged, (64, 448)),
        ]
        failed = [measure(case) for case in cases]
    sys.exit(any(failed))


if __name__ == "__main__":
    main()
