"""Many runs: the numbers of the command line, progress, interruption."""

from __future__ import annotations

import csv
import pathlib
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from conftest import LESSON, ROOT, command

import calcifate

SCENARIO = {"duration": "1 year", "person": {"sex": "female", "age": 60}}
#: Long enough to be interrupted.
LONG = dict(
    scenario={**SCENARIO, "duration": "20 years", "resolution": "pills"},
    population={"people": 10_000, "age": "normal 60 ± 5 years"},
    outcomes=["cac"],
)


def test_kept_courses_are_those_of_the_command_line_and_of_single_runs(tmp_path: pathlib.Path) -> None:
    (tmp_path / "base.toml").write_text(LESSON)
    file = tmp_path / "curve.toml"
    file.write_text(
        'scenario = "base.toml"\nkeep = ["dp_ucmgp every 100 days in k2", "cac every year"]\n[vary]\n'
        'mk7_supplement = ["0 ug/day", "90 ug/day"]\n[outcomes]\nx = "at(dp_ucmgp, 200 days) in k2"\n'
    )
    ran = command("sweep", file, "--no-figures", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    with open(tmp_path / "output" / "curve" / "courses.csv", newline="") as opened:
        rows = list(csv.DictReader(opened))
    swept = calcifate.sweep(file)
    courses = swept.courses
    assert courses is not None and courses.units["dp_ucmgp_pmol_per_l"] == "pmol/L"
    assert [row["arm"] for row in rows] == list(courses["arm"])
    for name in ("run", "time_days", "dp_ucmgp_pmol_per_l", "cac_agatston"):
        numbers = [float(row[name] or "nan") for row in rows]
        np.testing.assert_array_equal(courses[name], numbers)
    late = (courses["time_days"] == 200) & (courses["arm"] == "k2")
    np.testing.assert_array_equal(courses["dp_ucmgp_pmol_per_l"][late], swept.table["x_pmol_per_l"])
    assert calcifate.sweep(scenario=SCENARIO, vary={"age": [50]}, outcomes=["cac"]).courses is None


def test_a_sweep_has_the_numbers_of_the_command_line(tmp_path: pathlib.Path) -> None:
    (tmp_path / "base.toml").write_text(LESSON)
    file = tmp_path / "curve.toml"
    file.write_text(
        'scenario = "base.toml"\nseed = 3\n[vary]\nmk7_supplement = "0 … 90 ug/day step 30"\n'
        '[population]\npeople = 5\nage = "normal 60 ± 5 years"\n[outcomes]\nx = "end(dp_ucmgp) in k2"\n'
    )
    ran = command("sweep", file, "--no-figures", folder=tmp_path)
    assert ran.returncode == 0, ran.stderr
    with open(tmp_path / "output" / "curve" / "results.csv", newline="") as opened:
        rows = list(csv.DictReader(opened))
    own = calcifate.sweep(file).table
    assert len(own) == len(rows) == 20
    for name in ("mk7_supplement_ug_per_day", "x_pmol_per_l", "balance_residual_mg"):
        assert [float(row[name]) for row in rows] == list(own[name]), name
    by_keywords = calcifate.sweep(
        scenario=LESSON,
        seed=3,
        vary={"mk7_supplement": np.arange(0, 91, 30)},
        population={"people": 5, "age": "normal 60 ± 5 years"},
        outcomes={"x": "end(dp_ucmgp) in k2"},
        threads=1,
    ).table
    assert list(by_keywords["x_pmol_per_l"]) == list(own["x_pmol_per_l"])


def test_shipped_sweeps_run_and_draw() -> None:
    curve = calcifate.sweep(ROOT / "scenarios" / "sweeps" / "mk7_dose_curve.toml")
    assert len(curve) == 25 and curve.failures == {}
    assert curve.figures == ["dose_response"] and curve.figure().svg.startswith("<svg")
    assert "<svg" in curve._repr_html_() and "25 runs" in repr(curve)


def test_a_file_that_names_its_scenario_in_a_dict() -> None:
    content = {"scenario": SCENARIO, "vary": {"age": [50, 60]}, "outcomes": {"cac": "end(cac)"}}
    assert len(calcifate.sweep(content)) == 2


def test_what_a_sweep_cannot_take() -> None:
    with pytest.raises(calcifate.SourceTypeError, match="either a file or keywords"):
        calcifate.sweep("x.toml", vary={"age": [1]})
    with pytest.raises(calcifate.ScenarioError, match="did you mean"):
        calcifate.sweep(scenario=SCENARIO, vary={"mk7_suplement": [0, 1]}, outcomes=["cac"])
    with pytest.raises(calcifate.ScenarioError):
        calcifate.sweep(scenario=SCENARIO)
    with pytest.raises(calcifate.ScenarioError, match="scenario"):
        calcifate.sweep(vary={"age": [40, 60]}, outcomes=["cac"])
    with pytest.raises(FileNotFoundError):
        calcifate.sweep("nowhere.toml")


def test_progress_rises_to_one() -> None:
    shares: list[float] = []
    calcifate.sweep(
        scenario=SCENARIO, vary={"age": range(40, 80)}, outcomes=["cac"], progress=shares.append
    )
    assert shares == sorted(shares) and shares[-1] == 1 and shares[0] >= 0


def test_what_a_progress_function_raises_ends_the_sweep() -> None:
    class Enough(Exception):
        pass

    def stop(share: float) -> None:
        raise Enough

    started = time.monotonic()
    with pytest.raises(Enough):
        calcifate.sweep(**LONG, progress=stop)  # type: ignore[arg-type]
    assert time.monotonic() - started < 20


def test_the_interpreter_goes_on_meanwhile() -> None:
    counted = 0
    go_on = True

    def count() -> None:
        nonlocal counted
        while go_on:
            counted += 1
            time.sleep(0.001)

    other = threading.Thread(target=count)
    other.start()
    try:
        with pytest.raises(StopIteration):
            calcifate.sweep(**LONG, progress=lambda share: next(iter([])) if counted > 50 else None)  # type: ignore[arg-type]
    finally:
        go_on = False
        other.join()
    assert counted > 50


def test_ctrl_c_ends_a_call_in_time() -> None:
    program = (
        "import sys, calcifate\n"
        f"keys = {LONG!r}\n"
        "def told(share):\n"
        "    print('running', flush=True)\n"
        "try:\n"
        "    calcifate.sweep(**keys, progress=told)\n"
        "except KeyboardInterrupt:\n"
        "    sys.exit(42)\n"
    )
    ran = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert ran.stdout is not None and ran.stdout.readline() == "running\n"
    ran.send_signal(signal.SIGINT)
    ran.communicate(timeout=60)
    assert ran.returncode == 42


def test_ctrl_c_ends_the_command(tmp_path: pathlib.Path) -> None:
    (tmp_path / "base.toml").write_text(LESSON.replace("1 year", "20 years\"\nresolution = \"pills"))
    (tmp_path / "long.toml").write_text(
        'scenario = "base.toml"\n[population]\npeople = 10000\nage = "normal 60 ± 5 years"\n'
        '[outcomes]\ncac = "end(cac) in k2"\n'
    )
    line = [sys.executable, "-m", "calcifate", "sweep", "long.toml"]
    ran = subprocess.Popen(line, cwd=tmp_path, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    time.sleep(3)
    ran.send_signal(signal.SIGINT)
    assert ran.wait(timeout=30) == 130


def test_sensitivity_ranks_inputs() -> None:
    ranked = calcifate.sensitivity(
        scenario={"duration": "30 days"},
        sensitivity={"methods": ["local"], "parameters": ["mgp_half_nm", "dp_ucmgp_reference_pmol_per_l"]},
        outcomes={"dp_ucmgp": "end(dp_ucmgp)"},
        seed=1,
    )
    frame = ranked.to_pandas()
    reference = frame[(frame.parameter == "dp_ucmgp_reference_pmol_per_l") & (frame.measure == "elasticity")]
    assert reference["index"].iloc[0] == pytest.approx(1, abs=1e-6)
    assert ranked.failed == 0 and ranked.figure("tornado", "dp_ucmgp").svg.startswith("<svg")
    with pytest.raises(calcifate.FigureError):
        ranked.figure("tornado", "nothing")


def test_verdicts_are_those_of_the_command_line(tmp_path: pathlib.Path) -> None:
    table = calcifate.verdicts()
    ran = command("verdicts", "--csv", folder=tmp_path)
    rows = list(csv.DictReader(ran.stdout.splitlines()))
    assert len(rows) == len(table) > 10
    for name in ("id", "verdict", "paradox", "conservative_numbers", "by_assumption"):
        assert [row[name] for row in rows] == list(table[name]), name


def test_evidence_is_a_table_with_misses(tmp_path: pathlib.Path) -> None:
    shipped = (ROOT / "src" / "evidence" / "evidence.csv").read_text().splitlines(keepends=True)
    file = tmp_path / "mine.csv"
    file.write_text("".join(shipped[:4]))
    table = calcifate.evidence(file).to_pandas()
    assert len(table) == 3
    assert table.paradox.notna().all() and table.low.le(table.high).all()
    assert set(table.paradox_agreement) <= {"hit", "null kept null", "direction only", "miss"}
    file.write_text("nothing,here\n1,2\n")
    with pytest.raises(calcifate.ScenarioError):
        calcifate.evidence(file)
