"""Many runs: sweeps and sensitivity analyses."""

from __future__ import annotations

import numbers
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from calcifate import _core
from calcifate.errors import SourceTypeError
from calcifate.figures import Figure
from calcifate.progress import Progress, follower
from calcifate.sources import Source, mapping, read, setting, split, texts, toml_text
from calcifate.tables import Table

if TYPE_CHECKING:
    import pandas as pd


def sweep(
    file: Source | None = None,
    /,
    *,
    scenario: Source | None = None,
    vary: Mapping[str, object] | None = None,
    outcomes: Mapping[str, str] | Sequence[str] | None = None,
    conditions: Mapping[str, str] | None = None,
    keep: Sequence[str] | str | None = None,
    population: Mapping[str, object] | None = None,
    sample: Mapping[str, object] | None = None,
    find: str | None = None,
    such_that: str | None = None,
    within: str | None = None,
    tolerance: str | None = None,
    set: Mapping[str, object] | None = None,  # noqa: A002 - the key of the file
    arms: Sequence[str] | None = None,
    hypothesis: str | None = None,
    seed: int | None = None,
    method: str | None = None,
    rtol: float | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> SweepResult:
    """Runs a scenario many times: a grid, samples, or virtual people.

    Parameters
    ----------
    file : str, path or dict, optional
        A sweep file, its text or its content. Without it the keywords say the same.
    scenario : str, path or dict, optional
        The scenario that is run again and again, as `simulate` takes it.
    vary : mapping
        What varies, and how: a list or array of numbers in the unit of the dial, or a text such as
        ``"0 … 360 ug/day step 30"``. Several make a grid.
    outcomes : mapping or sequence of str
        Values that are kept of each run, in the grammar of claims: ``{"score": "end(cac)"}``, or
        names of quantities, of which the end is kept: ``["cac"]``.
    conditions : mapping, optional
        Conditions that hold or not in each run.
    keep : sequence of str, optional
        Time courses that are kept of each run, for `SweepResult.courses`: ``["dp_ucmgp every 30 days"]``.
    population : mapping, optional
        Virtual people, the same in every arm: ``{"people": 200, "age": "normal 60 ± 8"}``.
    sample : mapping, optional
        Samples of what is drawn: ``{"runs": 1024, "method": "sobol"}``.
    find, such_that, within, tolerance : str, optional
        Turn the question round: ``find="lowest mk7_supplement"``.
    set : mapping, optional
        Changed in every run alike.
    arms : sequence of str, optional
        Run only these arms.
    hypothesis : {"paradox", "conservative"}, optional
        Hypothesis set of all arms.
    seed : int, optional
        Seed of everything that is drawn.
    method, rtol, threads, progress
        As of `simulate`.

    Returns
    -------
    SweepResult

    Examples
    --------
    >>> import calcifate
    >>> curve = calcifate.sweep(
    ...     scenario={"duration": "1 year", "person": {"sex": "female", "age": 60}},
    ...     vary={"mk7_supplement": [0, 45, 90, 180, 360]},
    ...     outcomes=["dp_ucmgp"],
    ... )
    >>> frame = curve.to_pandas()
    >>> list(frame.mk7_supplement_ug_per_day)
    [0.0, 45.0, 90.0, 180.0, 360.0]
    >>> bool(frame.dp_ucmgp_pmol_per_l.is_monotonic_decreasing)
    True
    """
    keys = dict(
        vary=_with_units("vary", vary), outcomes=_outcomes(outcomes), conditions=conditions,
        keep=None if keep is None else texts("keep", keep),
        population=_with_units("population", population), sample=sample, find=find, such_that=such_that,
        within=within, tolerance=tolerance, set=set,
        arms=None if arms is None else texts("arms", arms), hypothesis=hypothesis, seed=seed,
    )
    path, text, base = _parts(file, scenario, keys)
    run = _core.sweep(path, text, base, method, rtol, threads, follower(progress))
    return SweepResult(run)


def sensitivity(
    file: Source | None = None,
    /,
    *,
    scenario: Source | None = None,
    sensitivity: Mapping[str, object] | None = None,
    outcomes: Mapping[str, str] | Sequence[str] | None = None,
    set: Mapping[str, object] | None = None,  # noqa: A002 - the key of the file
    arms: Sequence[str] | None = None,
    seed: int | None = None,
    threads: int | None = None,
    progress: Progress = None,
) -> SensitivityResult:
    """Ranks the inputs of the model by their effects on outcomes.

    Parameters
    ----------
    file : str, path or dict, optional
        A sensitivity file, its text or its content. Without it the keywords say the same.
    scenario : str, path or dict, optional
        The scenario, as `simulate` takes it.
    sensitivity : mapping
        Methods, inputs and numbers of runs: ``{"methods": ["local"], "parameters": "all"}``.
    outcomes : mapping or sequence of str
        As of `sweep`.
    set, arms, seed
        As of `sweep`.
    threads, progress
        As of `simulate`.

    Returns
    -------
    SensitivityResult

    Examples
    --------
    >>> import calcifate
    >>> ranked = calcifate.sensitivity(
    ...     scenario={"duration": "30 days"},
    ...     sensitivity={"methods": ["local"], "parameters": ["mgp_half_nm"]},
    ...     outcomes=["dp_ucmgp"],
    ...     seed=1,
    ... )
    >>> ranked.indices["parameter"][0]
    'mgp_half_nm'
    """
    keys = dict(
        sensitivity=sensitivity, outcomes=_outcomes(outcomes), set=set, arms=arms, seed=seed
    )
    path, text, base = _parts(file, scenario, keys)
    return SensitivityResult(_core.sensitivity(path, text, base, threads, follower(progress)))


def _parts(
    file: Source | None, scenario: Source | None, keys: dict[str, Any]
) -> tuple[str | None, str, _core.Scenario | None]:
    """Path or text of the file, and the scenario where that is given apart."""
    given = {key: value for key, value in keys.items() if value is not None}
    if file is not None and given:
        raise SourceTypeError(
            f"{', '.join(given)}: the file says that; give either a file or keywords"
        )
    path, text = (None, toml_text(given)) if file is None else split(file)
    if isinstance(file, Mapping) and scenario is None and isinstance(file.get("scenario"), Mapping):
        content = dict(file)
        scenario = content.pop("scenario")
        path, text = None, toml_text(content)
    return path, text or "", None if scenario is None else read(scenario)


def _outcomes(outcomes: Mapping[str, str] | Sequence[str] | None) -> dict[str, str] | None:
    if outcomes is None or isinstance(outcomes, Mapping):
        return None if outcomes is None else dict(outcomes)
    return {name: f"end({name})" for name in texts("outcomes", outcomes)}


def _with_units(name: str, varied: Mapping[str, object] | None) -> dict[str, object] | None:
    """Lists of numbers with the unit of their dial."""
    if varied is None:
        return None

    def number(key: str, value: object) -> object:
        if isinstance(value, numbers.Real) and not isinstance(value, bool):
            return _core.setting_text(key, setting(key, value))
        return value

    def written(key: str, value: object) -> object:
        if hasattr(value, "tolist"):
            value = value.tolist()
        if isinstance(value, (list, tuple, range)):
            return [number(key, one) for one in value]
        return number(key, value)

    given = mapping(name, varied, '{"age": [50, 60]}')
    return {key: value if key in _COUNTS else written(key, value) for key, value in given.items()}


#: Keys of a population that are no dials.
_COUNTS = {"people", "method", "parameter_spread", "spread_parameters", "parameters"}


class SweepResult:
    """A sweep that has run: one row for each run. `sweep` makes it."""

    def __init__(self, core: _core.SweepRun) -> None:
        self._core = core
        self._table: Table | None = None
        self._courses: Table | None = None

    @property
    def table(self) -> Table:
        """One row for each run: its number, what varies, outcomes, balance, whether it is complete."""
        if self._table is None:
            self._table = Table(self._core.table())
        return self._table

    @property
    def courses(self) -> Table | None:
        """The time courses that `sweep` was told to keep: one row for each run, arm and time.

        None without `keep`. The column ``run`` is that of `table`, which has what varies.

        Examples
        --------
        >>> import calcifate
        >>> kept = calcifate.sweep(
        ...     scenario={"duration": "60 days"},
        ...     vary={"mk7_supplement": [0, 180]},
        ...     outcomes=["dp_ucmgp"],
        ...     keep=["dp_ucmgp every 30 days"],
        ... ).courses
        >>> kept.columns
        ['run', 'arm', 'time_days', 'dp_ucmgp_pmol_per_l']
        >>> kept["time_days"].tolist()
        [0.0, 30.0, 60.0, 0.0, 30.0, 60.0]
        """
        if self._courses is None:
            courses = self._core.courses()
            self._courses = None if courses is None else Table(courses)
        return self._courses

    @property
    def failures(self) -> dict[int, str]:
        """The runs that failed, by number, with the reasons."""
        return dict(self._core.failures())

    @property
    def figures(self) -> list[str]:
        """Names of the figures that suit the sweep."""
        return self._core.figure_names()

    def figure(self, name: str | None = None) -> Figure:
        """Draws a figure, the first of `figures` unless named: ``dose_response``, ``map`` …"""
        return Figure(self._core.figure(self.figures[0] if name is None else name))

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas data frame; ``attrs`` has the units."""
        return self.table.to_pandas()

    def __len__(self) -> int:
        return len(self.table)

    def __repr__(self) -> str:
        return f"<calcifate.SweepResult of {len(self)} runs: {', '.join(self.table.columns)}>"

    def _repr_html_(self) -> str:
        figure = self.figure().svg if self.figures else ""
        return figure + self.table._repr_html_()


class SensitivityResult:
    """A sensitivity analysis that has run. `sensitivity` makes it."""

    def __init__(self, core: _core.SensitivityRun) -> None:
        self._core = core

    @property
    def indices(self) -> Table:
        """Every index of every input; what has not converged has no number."""
        return Table(self._core.indices())

    @property
    def grades(self) -> Table:
        """On which grades of evidence the variance of each outcome rests."""
        return Table(self._core.grades())

    @property
    def failed(self) -> int:
        """Number of runs that failed; the indices leave them out."""
        return self._core.failed

    def figure(self, name: str, outcome: str | None = None) -> Figure:
        """Draws ``tornado``, ``sobol`` or ``morris`` of an outcome, or ``grades`` of all."""
        return Figure(self._core.figure(name, outcome))

    def to_pandas(self) -> pd.DataFrame:
        """The indices as a pandas data frame."""
        return self.indices.to_pandas()

    def __repr__(self) -> str:
        return f"<calcifate.SensitivityResult: {len(self.indices)} indices, {self.failed} runs failed>"
