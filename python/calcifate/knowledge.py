"""Tables of what the model knows: dials, parameters, foods, quantities, lessons, evidence, verdicts."""

from __future__ import annotations

import difflib
import os

from calcifate import _core
from calcifate.errors import ScenarioError, SourceTypeError
from calcifate.progress import Progress, follower
from calcifate.sources import split, text, whole
from calcifate.tables import Table


def dials() -> Table:
    """Everything that can be set: name, unit, usual value, range, meaning.

    Examples
    --------
    >>> import calcifate
    >>> frame = calcifate.dials().to_pandas().set_index("dial")
    >>> frame.loc["mk7_supplement", "unit"]
    'ug/d'
    """
    return Table(_core.dials())


def parameters() -> Table:
    """Every number of the model: value, unit, range, evidence, source."""
    return Table(_core.parameters())


def foods() -> Table:
    """Foods and what 100 g of them hold."""
    return Table(_core.foods())


def quantities() -> Table:
    """Every number that a run reports: name, unit, label, kind, usual range."""
    return Table(_core.quantities())


def lessons() -> Table:
    """The lessons that come along: name, title, question."""
    return Table(_core.lessons())


def lesson(name: str) -> str:
    """The text of a lesson that comes along, for `simulate` or to write into a file.

    Examples
    --------
    >>> import calcifate
    >>> calcifate.lesson("calcium_paradox").splitlines()[0]
    'title    = "The calcium paradox"'
    >>> calcifate.lesson("calcium_paradoks")
    Traceback (most recent call last):
    calcifate.errors.ScenarioError: there is no lesson "calcium_paradoks"; did you mean "calcium_paradox"? ...
    """
    found = _core.lesson(text("name", name))
    if found is None:
        names = list(lessons()["lesson"])
        near = difflib.get_close_matches(name, names, 1)
        meant = f'did you mean "{near[0]}"? ' if near else ""
        raise ScenarioError(f'there is no lesson "{name}"; {meant}Lessons: {", ".join(names)}')
    return found


def evidence(
    file: str | os.PathLike[str] | None = None,
    /,
    *,
    threads: int | None = None,
    progress: Progress = None,
) -> Table:
    """Runs published trials in both hypothesis sets and sets them beside what was observed.

    Parameters
    ----------
    file : str or path, optional
        A table of your own, as CSV; the shipped one unless given.
    threads, progress
        As of `simulate`.

    Returns
    -------
    Table
        One row for each comparison; misses stay in.
    """
    named = None
    if file is not None:
        if not isinstance(file, (str, os.PathLike)):
            told = f"a path of a table as CSV, or its text, is accepted, not {type(file).__name__}"
            raise SourceTypeError(f"file: {told}")
        path, content = split(file)
        if path is not None:
            with open(path, encoding="utf-8") as opened:
                content = opened.read()
        named = (path or "evidence.csv", content or "")
    return Table(_core.evidence(named, _count(threads), follower(progress)))


def verdicts(*, threads: int | None = None, progress: Progress = None) -> Table:
    """Puts statements that people meet to the test, in both hypothesis sets.

    Parameters
    ----------
    threads, progress
        As of `simulate`.

    Returns
    -------
    Table
        One row for each statement: the verdict, the numbers behind it, and the assumption on which
        it rests, if it does.
    """
    return Table(_core.verdicts(_count(threads), follower(progress)))


def _count(threads: object) -> int | None:
    return None if threads is None else whole("threads", threads)
