"""Bad input is named, with place and remedy; nothing else escapes."""

from __future__ import annotations

import datetime
import pathlib
import pickle
import time
from collections.abc import Callable

import pytest
from conftest import LESSON

import calcifate
import calcifate.distributed


def test_a_mistake_in_a_file_has_file_line_and_help(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(LESSON.replace("180 ug", "180 ui").replace("age = 60", "age = 600"))
    with pytest.raises(calcifate.ScenarioError) as caught:
        calcifate.simulate(path)
    error = caught.value
    assert len([problem for problem in error.problems if problem.is_error]) == 2
    assert (error.file, error.line) == (str(path), 8)
    second = error.problems[1]
    assert second.line == 15 and second.help and second.message
    assert isinstance(error, ValueError) and isinstance(error, calcifate.Error)


def test_unknown_dials_are_refused_with_what_may_be_meant() -> None:
    with pytest.raises(calcifate.ScenarioError, match='did you mean "mk7_supplement"') as caught:
        calcifate.simulate(LESSON, mk7_suplement=180)
    assert caught.value.problems[0].message.startswith("mk7_suplement=180")
    assert "--set" not in str(caught.value)
    with pytest.raises(calcifate.ScenarioError, match="age"):
        calcifate.simulate(LESSON, age=-1)
    with pytest.raises(calcifate.ScenarioError):
        calcifate.simulate(LESSON, age=float("nan"))


@pytest.mark.parametrize("source", [None, 5, 1.5, b"x.toml", ["duration"], object(), {1, 2}])
def test_no_scenario_is_no_scenario(source: object) -> None:
    with pytest.raises(calcifate.SourceTypeError, match="a scenario is a path, a text or a dict"):
        calcifate.simulate(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [None, [1], {"a": 1}, object(), 1j, datetime.timedelta(1)])
def test_dials_take_numbers_texts_and_truths(value: object) -> None:
    with pytest.raises(TypeError, match="age: a number, a text or True"):
        calcifate.simulate(LESSON, age=value)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError, match="nowhere.toml: there is no such file"):
        calcifate.simulate("nowhere.toml")
    with pytest.raises(calcifate.ScenarioError, match="folder"):
        calcifate.simulate(pathlib.Path(__file__).parent)
    with pytest.raises(calcifate.ScenarioError):
        calcifate.simulate("\n")
    with pytest.raises((ValueError, OSError)):
        calcifate.simulate("a\0b.toml")


def test_a_dict_that_contains_itself_is_named() -> None:
    content: dict[str, object] = {"duration": "1 year"}
    content["person"] = content
    with pytest.raises(calcifate.ScenarioError, match="person.person: the dict contains itself"):
        calcifate.simulate(content)
    arms: list[object] = []
    arms.append(arms)
    with pytest.raises(calcifate.ScenarioError, match="contains itself"):
        calcifate.simulate({"duration": "1 year", "arm": arms})
    shared = {"sex": "female"}  # twice the same dict is no ring
    with pytest.raises(calcifate.ScenarioError, match="unknown"):
        calcifate.simulate({"duration": "1 day", "person": shared, "persona": shared})
    deep: dict[str, object] = {}
    for _ in range(100):
        deep = {"a": deep}
    with pytest.raises(calcifate.ScenarioError, match="16 deep"):
        calcifate.simulate(deep)


def test_a_million_arms_are_refused_in_time() -> None:
    started = time.monotonic()
    arms = [{"name": f"arm_{number}"} for number in range(10**6)]
    with pytest.raises(calcifate.ScenarioError, match="larger than 1000000 bytes"):
        calcifate.simulate({"duration": "1 year", "arm": arms})
    with pytest.raises(calcifate.ScenarioError, match="larger than 1000000 bytes"):
        calcifate.simulate("duration = '1 year'\n" + "[[arm]]\nname = 'a'\n" * 10**5)
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "content",
    [{1: 2}, {"person": {None: 1}}, {"duration": b"1 year"}, {"person": {"age": 1j}}, {"arm": {1, 2}}],
)
def test_what_no_file_can_hold(content: dict[object, object]) -> None:
    with pytest.raises(calcifate.SourceTypeError):
        calcifate.simulate(content)  # type: ignore[arg-type]


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_are_none(number: float) -> None:
    with pytest.raises(calcifate.ScenarioError, match="person.age"):
        calcifate.simulate({"duration": "1 year", "person": {"age": number}})


def test_quotes_and_controls_stay_text() -> None:
    title = 'a "quoted" \\ title and ü'
    assert calcifate.simulate({"title": title, "duration": 1}).title == title
    with pytest.raises(calcifate.ScenarioError):
        calcifate.simulate({"title": "x\ny", "duration": 1, 'bad"key': 1})


def test_options_that_do_not_exist() -> None:
    with pytest.raises(calcifate.ScenarioError, match="rosenbrock"):
        calcifate.simulate(LESSON, method="euler")
    with pytest.raises(calcifate.ScenarioError, match="1e-12 to 1e-2"):
        calcifate.simulate(LESSON, rtol=0)
    for threads in (0, 10**6):
        with pytest.raises(calcifate.ScenarioError, match="from 1 to 1024"):
            calcifate.simulate(LESSON, threads=threads)
    with pytest.raises(calcifate.ScenarioError, match="k3"):
        calcifate.simulate(LESSON, arms=["k3"])
    with pytest.raises(calcifate.SourceTypeError, match="progress"):
        calcifate.simulate(LESSON, progress="yes")  # type: ignore[arg-type]


def test_values_and_columns_that_do_not_exist() -> None:
    result = calcifate.simulate({"duration": 1})
    with pytest.raises(calcifate.ScenarioError, match="unknown arm"):
        result.value("end(cac)", "k2")
    with pytest.raises(calcifate.ScenarioError):
        result.value("end(cacc)", "usual")
    with pytest.raises(KeyError):
        result.table["cacc"]


SHORT = {"duration": "30 days", "person": {"age": 60}}


@pytest.mark.parametrize(
    ("call", "error", "told"),
    [
        (lambda: calcifate.simulate(SHORT, arms=5), TypeError, "arms: a list of texts is accepted, not int"),
        (lambda: calcifate.simulate(SHORT, arms="usal"), ValueError, "arms: usal: unknown arm"),
        (lambda: calcifate.simulate({**SHORT, "person": {"age": 10**400}}), ValueError, "person.age: a number of more than 308"),
        (lambda: calcifate.simulate(SHORT, age=10**400), ValueError, "age: a number of more than 308 digits"),
        (lambda: calcifate.simulate({**SHORT, "title": "a\ud800"}), ValueError, "title: character 2 is half of a pair"),
        (lambda: calcifate.simulate("\n\ud800"), ValueError, "the text: character 2 is half of a pair"),
        (lambda: calcifate.simulate(SHORT, threads=-1), ValueError, "threads: a number from 1 to 1024"),
        (lambda: calcifate.sweep(scenario=SHORT, vary=5, outcomes=["cac"]), TypeError, "vary: a dict such as .* not int"),
        (lambda: calcifate.sweep(scenario=SHORT, vary=["age"], outcomes=["cac"]), TypeError, "vary: a dict such as .* not list"),
        (lambda: calcifate.simulate(SHORT, threads=10**30), ValueError, "threads: a number from 1 to 1024"),
        (lambda: calcifate.simulate(SHORT, threads="2"), TypeError, "threads: a whole number is accepted, not str"),
        (lambda: calcifate.verdicts(threads=True), TypeError, "threads: a whole number is accepted, not bool"),
        (lambda: calcifate.simulate(SHORT, rtol="1e-6"), TypeError, "rtol: a number is accepted, not str"),
        (lambda: calcifate.simulate(SHORT, method=3), TypeError, "method: a text is accepted, not int"),
        (lambda: calcifate.simulate(SHORT, mgp_half_nm=1e6), ValueError, "or beyond_range=True"),
        (lambda: calcifate.simulate(SHORT).value(3, "usual"), TypeError, "expression: a text is accepted, not int"),
        (lambda: calcifate.simulate(SHORT).figure(5), TypeError, "name: a text is accepted, not int"),
        (lambda: calcifate.simulate(" "), ValueError, "nothing stands in this file"),
        (lambda: calcifate.lesson(5), TypeError, "name: a text is accepted, not int"),
        (lambda: calcifate.evidence(5), TypeError, "file: a path of a table as CSV"),
        (lambda: calcifate.why(SHORT, 1, "k2"), TypeError, "from_arm: a text is accepted, not int"),
        (lambda: calcifate.sweep(), TypeError, "give a file, or keywords"),
        (lambda: calcifate.sensitivity(), TypeError, "give a file, or keywords"),
        (lambda: calcifate.sweep(scenario=SHORT, population=3, outcomes=["cac"]), TypeError, "population: a dict such as .*people"),
        (lambda: calcifate.sweep(scenario=SHORT, vary={"age": [50]}, outcomes=5), TypeError, "outcomes: a list of texts .* not int"),
        (lambda: calcifate.sweep(scenario=SHORT, vary={"age": [50]}, outcomes=["cac"], keep=[5]), TypeError, "keep: a list of texts"),
        (lambda: calcifate.sweep(scenario=SHORT, vary={"age": _endless()}, outcomes=["cac"]), ValueError, "vary.age: the dict contains itself"),
        (lambda: calcifate.distributed.sweep("x.toml", "tcp://localhost:1"), TypeError, "a distributed.Client is needed, not str"),  # type: ignore[arg-type]
        (lambda: calcifate.distributed.sweep({}, _Running()), TypeError, "file: a path that all machines can read"),  # type: ignore[arg-type]
    ],
)
def test_other_arguments_are_named_too(call: Callable[[], object], error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told) as caught:
        call()
    assert isinstance(caught.value, calcifate.Error)


class _Running:
    status = "running"


def _endless() -> list[object]:
    values: list[object] = [50]
    values.append(values)
    return values


def test_one_arm_needs_no_list_and_arrays_without_axes_are_numbers() -> None:
    import numpy as np

    assert calcifate.simulate(LESSON, arms="k2").arms == ["k2"]
    older = calcifate.simulate(SHORT, age=np.array(61))
    assert older.fingerprint == calcifate.simulate(SHORT, age=61).fingerprint


def test_a_column_that_is_not_there_comes_with_what_may_be_meant() -> None:
    with pytest.raises(KeyError, match="there is no column 'serving_mg'; did you mean 'serving_g'"):
        calcifate.foods()["serving_mg"]
    with pytest.raises(KeyError, match="did you mean 'cac_agatston'"):
        calcifate.simulate(SHORT).table["cac"]


def test_what_leaves_a_process_and_what_says_that_it_stays() -> None:
    result = calcifate.simulate(LESSON)
    for thing in (result, result.table, result.figure(), calcifate.why(LESSON, "usual", "k2", outcomes="end(cac)")):
        with pytest.raises(TypeError, match=f"{type(thing).__name__}: it cannot be pickled.*to_pandas"):
            pickle.dumps(thing)
    frame = pickle.loads(pickle.dumps(result.to_pandas()))
    assert frame.attrs["fingerprint"] == result.fingerprint
    with pytest.raises(calcifate.ScenarioError) as caught:
        calcifate.simulate({"duration": "20 yaers"})
    error = pickle.loads(pickle.dumps(caught.value))
    assert (str(error), error.line, error.help) == (str(caught.value), 1, caught.value.help)
    early = pickle.loads(pickle.dumps(calcifate.RunError("arm usual: interrupted", result._core)))
    assert (str(early), early.result) == ("arm usual: interrupted", None)
