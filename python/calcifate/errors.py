"""What can go wrong, as exceptions.

::

    Error
    ├── ScenarioError       (also ValueError)        a scenario, sweep or setting is refused
    │   └── SourceNotFoundError (also FileNotFoundError)  there is no such file
    ├── SourceTypeError     (also TypeError)         an argument is of the wrong type
    ├── RunError            (also RuntimeError)      an arm ended early
    ├── FigureError         (also ValueError)        a figure cannot be drawn
    └── ClusterError        (also RuntimeError)      a sweep on many machines did not end
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from calcifate import _core
    from calcifate.results import Result

__all__ = [
    "ClusterError",
    "Error",
    "FigureError",
    "Problem",
    "RunError",
    "ScenarioError",
    "SourceNotFoundError",
    "SourceTypeError",
]


class Problem(NamedTuple):
    """One problem of a file, a text or a setting."""

    message: str
    """The message, one line, without its place."""
    help: str
    """The remedy; may be empty."""
    file: str | None
    """Name of the file or text, if the problem has a place."""
    line: int | None
    """Line of that file, from 1."""
    column: int | None
    """Column of that line, from 1."""
    is_error: bool
    """False for a warning, with which a scenario runs all the same."""


class Error(Exception):
    """Every error of Calcifate."""


class ScenarioError(Error, ValueError):
    """A scenario, a sweep or a setting is refused.

    Examples
    --------
    >>> import calcifate
    >>> try:
    ...     calcifate.simulate({"duration": "20 yaers"})
    ... except calcifate.ScenarioError as error:
    ...     print(error.problems[0].message, "|", error.file, error.line)
    unknown unit | scenario.toml 1
    """

    def __init__(self, message: str, problems: Sequence[tuple[Any, ...]] = ()) -> None:
        super().__init__(message, problems)
        self.message = message
        #: Every problem, warnings among them.
        self.problems: list[Problem] = [Problem(*parts) for parts in problems]

    def __str__(self) -> str:
        return self.message.rstrip("\n")

    def _first(self) -> Problem:
        errors = (problem for problem in self.problems if problem.is_error)
        return next(errors, Problem(self.message, "", None, None, None, True))

    @property
    def help(self) -> str:
        """The remedy of the first error; may be empty."""
        return self._first().help

    @property
    def file(self) -> str | None:
        """The file in which the first error stands."""
        return self._first().file

    @property
    def line(self) -> int | None:
        """The line in which the first error stands, from 1."""
        return self._first().line


class SourceNotFoundError(ScenarioError, FileNotFoundError):
    """There is no such file.

    Examples
    --------
    >>> import calcifate
    >>> calcifate.simulate("nowhere.toml")
    Traceback (most recent call last):
    calcifate.errors.SourceNotFoundError: nowhere.toml: there is no such file; ...
    """


class SourceTypeError(Error, TypeError):
    """An argument is of a type that says no scenario, no sweep and no setting."""


class RunError(Error, RuntimeError):
    """An arm ended early; `result` has everything up to there.

    Examples
    --------
    >>> import calcifate
    >>> error = calcifate.RunError("arm usual: interrupted on day 3")
    >>> str(error), error.result
    ('arm usual: interrupted on day 3', None)
    """

    def __init__(self, message: str, run: _core.Run | None = None) -> None:
        super().__init__(message, run)
        self.message = message
        self._run = run

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[type[RunError], tuple[str]]:
        return type(self), (self.message,)  # the rows stay in their process

    @property
    def result(self) -> Result | None:
        """The rows up to the failure."""
        from calcifate.results import Result

        return None if self._run is None else Result(self._run)


class StaysHere:
    """What holds memory of the engine: it stays in its process, and says what can leave instead."""

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__}: it cannot be pickled or copied; "
            "to_pandas() of a result or a table can, and svg or png() of a figure"
        )


class FigureError(Error, ValueError):
    """There is no such figure, or it could not be drawn."""


class ClusterError(Error, RuntimeError):
    """A sweep on many machines did not end."""

    #: Address of the Dask worker on which it happened; empty if it was on none.
    worker: str = ""
