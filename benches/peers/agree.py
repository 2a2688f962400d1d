"""Do the peers end where Calcifate ends? `agree.py CALCIFATE [SCENARIO[/ARM] …]`, in the repository's
folder."""

import csv
import subprocess
import sys
import tempfile

import numpy

import solvers
from model import Model

CASES = [
    ("calcium_paradox", ["usual", "calcium_d", "calcium_d_k2", "k2"]),
    ("warfarin", ["without", "warfarin", "warfarin_mk7", "stopped"]),
    ("kidney_disease", ["healthy", "egfr_30", "egfr_10", "egfr_10_mk7"]),
    ("vitamin_d_gatekeeper", ["little_sun", "corrected", "even_sun", "summer_and_winter"]),
]
LIMIT = 1e-5
RTOL = 1e-8


def error(end, reference):
    """Largest relative difference of a state; near zero relative to a thousandth of one unit."""
    return numpy.max(numpy.abs(end - reference) / (numpy.abs(reference) + 1e-3))


def last_row(path, names):
    with open(path) as file:
        rows = list(csv.DictReader(file))
    return float(rows[-1]["time_days"]), numpy.array([float(rows[-1][name]) for name in names])


def main():
    program, wanted = sys.argv[1], set(sys.argv[2:])
    peers = {"LSODA": solvers.Lsoda, "CVODE": solvers.Cvode,
             "libRoadRunner": solvers.RoadRunner, "COPASI": solvers.Copasi}
    print(f"{'scenario':22}{'arm':20}" + "".join(f"{name:>15}" for name in peers))
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for scenario, arms in CASES:
            arms = [arm for arm in arms if not wanted or wanted & {scenario, f"{scenario}/{arm}"}]
            if not arms:
                continue
            file = f"scenarios/{scenario}.toml"
            exact = ["--rtol", "1e-10", "-q"]
            subprocess.run([program, "run", file, "-o", folder, "--no-figures", *exact],
                           check=True, stdout=subprocess.DEVNULL)
            for arm in arms:
                path = f"{folder}/{scenario}_{arm}.xml"
                subprocess.run([program, "export", "sbml", file, "--arm", arm, "-o", path, *exact],
                               check=True, stdout=subprocess.DEVNULL)
                model = Model(path)
                days, reference = last_row(f"{folder}/{scenario}/{arm}/trajectory.csv", model.names)
                errors = []
                for make in peers.values():
                    end = make(model, RTOL, RTOL).run(days, model.y0(), model.p0())
                    errors.append(error(end, reference))
                worst = max(worst, *errors)
                print(f"{scenario:22}{arm:20}" + "".join(f"{e:15.1e}" for e in errors), flush=True)
    print(f"worst: {worst:.1e}, limit {LIMIT:g}")
    sys.exit(bool(worst > LIMIT))  # NumPy's own truth value would count as a message


if __name__ == "__main__":
    main()
