"""One scenario: its tables, figures and numbers, and that they are those of the command line."""

from __future__ import annotations

import csv
import json
import pathlib
import subprocess
import sys
import threading

import duckdb
import numpy as np
import pandas as pd
import polars
import pyarrow
import pytest
from conftest import LESSON, command

import calcifate


def test_a_path_a_text_and_a_dict_are_the_same(lesson: pathlib.Path) -> None:
    content = {
        "duration": 365.25,
        "person": {"sex": "female", "age": np.int64(60)},
        "arm": [{"name": "usual"}, {"name": "k2", "mk7_supplement": np.float32(180)}],
    }
    path = calcifate.simulate(lesson)
    text = calcifate.simulate(LESSON)
    assert path.fingerprint == text.fingerprint == calcifate.simulate(str(lesson)).fingerprint
    assert path.fingerprint == calcifate.simulate(content).fingerprint


def test_every_number_is_that_of_the_command_line(lesson: pathlib.Path) -> None:
    ran = command("run", lesson, "--json", "--no-figures", "--set", "k2.gouda=30 g/day", folder=lesson.parent)
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)["scenarios"][0]
    result = calcifate.simulate(lesson, **{"k2.gouda": 30})
    assert result.fingerprint == told["fingerprint"]
    frame = result.to_pandas()
    for arm in ("usual", "k2"):
        for table in ("trajectory", "flows"):
            with open(lesson.parent / told["folder"] / arm / f"{table}.csv", newline="") as file:
                rows = list(csv.reader(file))
            stored = np.array(rows[1:], dtype=float)
            own = frame[frame.arm == arm][rows[0]].to_numpy()
            assert np.array_equal(stored, own), (arm, table)
    assert result.answer == told["answer"]


def test_the_fingerprint_is_printed_and_changes_with_any_number(lesson: pathlib.Path) -> None:
    result = calcifate.simulate(lesson)
    ran = command("run", lesson, "--no-figures", folder=lesson.parent)
    assert f"fingerprint {result.fingerprint}" in ran.stdout
    assert result.fingerprint == calcifate.simulate(lesson, threads=1).fingerprint
    assert result.fingerprint != calcifate.simulate(lesson, age=60.0001).fingerprint


def test_tables_go_to_every_data_frame(lesson: pathlib.Path) -> None:
    result = calcifate.simulate(lesson)
    arrow, polar, panda = pyarrow.table(result.table), polars.DataFrame(result.table), result.to_pandas()
    assert arrow.shape == polar.shape == panda.shape
    for name in ("time_days", "dp_ucmgp_pmol_per_l"):
        numbers = result.table[name]
        assert np.array_equal(arrow[name].to_numpy(), numbers)
        assert np.array_equal(polar[name].to_numpy(), numbers)
        assert np.array_equal(panda[name], numbers)
    rows = result.table  # which DuckDB finds by its name
    counted = duckdb.sql("select count(*), min(dp_ucmgp_pmol_per_l), min(arm) from rows").fetchall()
    assert counted == [(len(rows), rows["dp_ucmgp_pmol_per_l"].min(), "k2")]
    assert result.table is rows  # made once
    field = arrow.schema.field("dp_ucmgp_pmol_per_l")
    assert field.metadata[b"unit"] == b"pmol/L"
    assert panda.attrs["units"]["dp_ucmgp_pmol_per_l"] == "pmol/L"
    assert arrow.schema.metadata[b"fingerprint"].decode() == result.fingerprint


def test_a_stream_is_taken_once_and_may_be_dropped_unread(lesson: pathlib.Path) -> None:
    table = calcifate.simulate(lesson).table
    for _ in range(100):
        table.__arrow_c_stream__()  # dropped unread
    assert pyarrow.table(table).equals(pyarrow.table(table))
    reader = pyarrow.RecordBatchReader.from_stream(table)
    del table
    assert reader.read_all().num_rows > 0  # outlives what it came from


def test_xarray_has_arms_times_and_units(lesson: pathlib.Path) -> None:
    result = calcifate.simulate(lesson)
    data = result.to_xarray()
    assert list(data.arm.values) == ["usual", "k2"]
    course = data.dp_ucmgp_pmol_per_l.sel(arm="k2")
    assert course.attrs["units"] == "pmol/L" and data.time_days.attrs["units"] == "days"
    frame = result.to_pandas()
    assert np.array_equal(course, frame[frame.arm == "k2"].dp_ucmgp_pmol_per_l)


def test_arms_of_other_lengths_end_in_nan() -> None:
    data = calcifate.simulate(
        {"duration": 20, "arm": [{"name": "long"}, {"name": "other", "label": "same length"}]}
    ).to_xarray()
    assert not bool(data.isnull().any().to_array().any())


def test_what_is_told_agrees_with_the_rows(lesson: pathlib.Path) -> None:
    result = calcifate.simulate(lesson)
    frame, summary = result.to_pandas(), result.summary.to_pandas()
    row = summary[(summary.arm == "k2") & (summary.quantity == "dp_ucmgp_pmol_per_l")].iloc[0]
    course = frame[frame.arm == "k2"].dp_ucmgp_pmol_per_l
    assert (row.start, row.end) == (course.iloc[0], course.iloc[-1])
    assert row.end == result.value("end(dp_ucmgp)", "k2")
    claims = result.claims.to_pandas()
    assert list(claims.holds) == [True] and claims.left[0] == row.end
    balance = result.balance.to_pandas().set_index("arm").loc["usual"]
    assert balance.holds
    assert balance.eaten_mg - balance.excreted_mg - balance.stored_mg == pytest.approx(0, abs=1e-3)
    assert result.question == "What does MK-7 do?" and "pmol/L" in result.answer
    assert result.arms == ["usual", "k2"] and result.warnings == []


def test_figures_are_shown_in_notebooks_and_saved(lesson: pathlib.Path) -> None:
    result = calcifate.simulate(lesson)
    figure = result.figure("paradox")
    shown = figure._repr_mimebundle_()
    assert shown["image/svg+xml"].startswith("<svg") and figure.title in shown["text/plain"]
    figure.save(lesson.parent / "paradox.png")
    assert (lesson.parent / "paradox.png").read_bytes().startswith(b"\x89PNG")
    page = result._repr_html_()
    assert result.question in page and "<svg" in page and result.fingerprint in page
    with pytest.raises(ValueError, match=r"ends in \.svg or \.png"):
        figure.save("paradox.jpg")
    with pytest.raises(calcifate.FigureError, match='did you mean "paradox"'):
        result.figure("paradoks")


def test_why_shares_out_the_whole_difference(lesson: pathlib.Path) -> None:
    reasons = calcifate.why(lesson, "usual", "k2", outcomes=["end(dp_ucmgp)"])
    result = calcifate.simulate(lesson)
    whole = result.value("end(dp_ucmgp)", "k2") - result.value("end(dp_ucmgp)", "usual")
    assert reasons.table["share"].sum() == pytest.approx(whole, rel=1e-6)
    assert reasons.figures[0].svg.startswith("<svg")
    with pytest.raises(calcifate.ScenarioError, match="unknown arm"):
        calcifate.why(lesson, "usual", "k3")


def test_threads_share_results_and_modules(lesson: pathlib.Path) -> None:
    told: list[str] = []
    work = [threading.Thread(target=lambda: told.append(calcifate.simulate(lesson).fingerprint)) for _ in range(8)]
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()
    assert len(told) == 8 and len(set(told)) == 1


def test_a_process_that_forks_afterwards_still_runs(lesson: pathlib.Path) -> None:
    program = (
        "import os, calcifate, sys\n"
        f"path = {str(lesson)!r}\n"
        "first = calcifate.simulate(path).fingerprint\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    os._exit(0 if calcifate.simulate(path).fingerprint == first else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], timeout=120, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_knowledge_comes_as_tables() -> None:
    foods = calcifate.foods().to_pandas().set_index("food")
    assert foods.loc["natto", "mk7_ug_per_100g"] > 500
    dials = calcifate.dials().to_pandas().set_index("dial")
    assert dials.loc["habitual.calcium_diet", "unit"] == "mg/d"
    parameters = calcifate.parameters().to_pandas()
    assert parameters.value.notna().all() and (parameters.low.dropna() <= parameters.value[parameters.low.notna()]).all()
    names = set(calcifate.quantities()["quantity"])
    assert names <= set(calcifate.simulate({"duration": 1}).table.columns)
    for name in calcifate.lessons()["lesson"]:
        assert calcifate.lesson(name).strip()
    assert isinstance(calcifate.lessons().to_pandas(), pd.DataFrame)
    assert "<th>food</th>" in calcifate.foods()._repr_html_()


def test_versions_are_those_of_the_command() -> None:
    ran = command("--version", folder=pathlib.Path.cwd())
    assert ran.stdout.split()[1] == calcifate.__version__
