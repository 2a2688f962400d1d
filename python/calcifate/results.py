"""One scenario, run: `simulate` and its result."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from calcifate import _core
from calcifate.errors import Problem
from calcifate.figures import Figure
from calcifate.progress import Progress, follower
from calcifate.sources import Source, read, setting, texts
from calcifate.tables import Table

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


def simulate(
    source: Source,
    /,
    *,
    arms: Sequence[str] = (),
    beyond_range: bool = False,
    method: str | None = None,
    rtol: float | None = None,
    threads: int | None = None,
    progress: Progress = None,
    **dials: object,
) -> Result:
    """Runs all arms of a scenario.

    Parameters
    ----------
    source : str, path or dict
        Path of a scenario file, its text, or its content as a dict. Numbers in a dict are in the
        unit of their dial (`calcifate.dials`), times in days.
    arms : sequence of str
        Run only these arms.
    beyond_range : bool
        Let parameters leave their ranges.
    method : {"rosenbrock", "dopri5", "dop853"}, optional
        How to integrate.
    rtol : float, optional
        Relative tolerance of a step, 1e-12 to 1e-2; 1e-6 unless given.
    threads : int, optional
        Number of threads; all cores unless given. The result does not depend on it.
    progress : bool or callable, optional
        True for a bar, or a function that gets the share done. What it raises ends the run.
    **dials
        Values in place of those of the scenario, as ``calcifate run --set`` takes them: a number in
        the unit of the dial, or a text with a unit. Names with a point, for one arm or for life, go
        in as ``**{"k2.mk7_supplement": 360, "habitual.calcium_diet": 700}``.

    Returns
    -------
    Result

    Raises
    ------
    ScenarioError
        The scenario or a dial is refused; it has file, line and help.
    RunError
        An arm ended early; it has the rows up to there.
    KeyboardInterrupt
        Ctrl-C ends the run at any moment.

    Examples
    --------
    >>> import calcifate
    >>> result = calcifate.simulate(calcifate.lesson("calcium_paradox"), age=55)
    >>> result.arms
    ['usual', 'calcium_d', 'calcium_d_k2', 'k2']
    >>> bool(result.value("end(cac)", "k2") < result.value("end(cac)", "usual"))
    True

    The same from a dict, with numbers in the units of `calcifate.dials`:

    >>> scenario = {
    ...     "duration": "2 years",
    ...     "person": {"sex": "female", "age": 60},
    ...     "habitual": {"calcium_diet": 700},
    ...     "arm": [{"name": "usual"}, {"name": "k2", "take": ["MK-7 180 ug daily"]}],
    ... }
    >>> frame = calcifate.simulate(scenario).to_pandas()
    >>> list(frame.arm.unique())
    ['usual', 'k2']

    A dial that does not exist is refused with what may be meant:

    >>> calcifate.simulate(scenario, mk7_suplement=180)
    Traceback (most recent call last):
    calcifate.errors.ScenarioError: ... did you mean "mk7_supplement"? ...
    """
    scenario = changed(source, arms, beyond_range, dials)
    return Result(scenario.run(method, rtol, threads, follower(progress)))


def why(
    source: Source,
    from_arm: str,
    to_arm: str,
    /,
    *,
    outcomes: Sequence[str] = (),
    method: str | None = None,
    rtol: float | None = None,
    threads: int | None = None,
    progress: Progress = None,
    **dials: object,
) -> Why:
    """Shares out the difference between two arms among everything that differs between them.

    The shares of causes are exact Shapley values: every mixture of both arms is run, and the shares
    of an outcome sum to the difference. Ends of bones and walls are shared out by effect, too.

    Parameters
    ----------
    source : str, path or dict
        The scenario, as `simulate` takes it.
    from_arm, to_arm : str
        Names of the arms.
    outcomes : sequence of str
        Values in the grammar of claims; those of bone and artery unless given.
    method, rtol, threads, progress, **dials
        As of `simulate`.

    Returns
    -------
    Why

    Examples
    --------
    >>> import calcifate
    >>> reasons = calcifate.why(
    ...     calcifate.lesson("calcium_paradox"), "usual", "calcium_d_k2", outcomes=["end(cac)"]
    ... )
    >>> frame = reasons.to_pandas()
    >>> list(frame[frame.by == "cause"].cause)
    ['MK-7 from pills', 'elemental calcium from pills', 'vitamin D3 from pills']
    """
    scenario = changed(source, (), False, dials)
    table, figures = scenario.why(
        from_arm, to_arm, list(outcomes), method, rtol, threads, follower(progress)
    )
    return Why(table, figures)


def changed(
    source: Source, arms: Sequence[str], beyond_range: bool, dials: dict[str, object]
) -> _core.Scenario:
    """The scenario with other values of dials, and some of its arms."""
    scenario = read(source)
    wanted = texts("arms", arms)
    if not dials and not wanted and not beyond_range:
        return scenario
    settings = [(key, setting(key, value)) for key, value in dials.items()]
    return scenario.with_settings(settings, wanted, beyond_range)


class Result:
    """A scenario that has run. `simulate` makes it.

    Examples
    --------
    >>> import calcifate
    >>> result = calcifate.simulate(calcifate.lesson("calcium_paradox"))
    >>> len(result.table), result.table.columns[:3]
    (4180, ['arm', 'time_days', 'stomach_calcium_mg'])
    >>> result.question
    'Why can much calcium give hard arteries and still not the best bones?'
    >>> bool(result.claims["holds"].all() and result.balance["holds"].all())
    True
    >>> result.to_xarray().sizes["arm"]
    4
    """

    def __init__(self, core: _core.Run) -> None:
        self._core = core
        self._scenario = core.scenario
        self._table: Table | None = None

    @property
    def table(self) -> Table:
        """Every row of every arm: ``arm``, ``time_days``, every quantity in its unit."""
        if self._table is None:
            self._table = Table(self._core.table())
        return self._table

    @property
    def summary(self) -> Table:
        """Every quantity of every arm at the start and at the end."""
        return Table(self._core.summary())

    @property
    def claims(self) -> Table:
        """What the lesson says will happen, judged."""
        return Table(self._core.claims())

    @property
    def balance(self) -> Table:
        """The calcium-balance certificate of every arm: eaten = excreted + stored."""
        return Table(self._core.balance())

    @property
    def answer(self) -> str | None:
        """The lesson's answer with the numbers of this run, if it has one."""
        return self._core.answer()

    @property
    def fingerprint(self) -> str:
        """Eight digits over all numbers: equal where ``calcifate run`` prints the same ones."""
        return self._core.fingerprint()

    @property
    def arms(self) -> list[str]:
        """Names of the arms that have run."""
        return list(dict.fromkeys(self.table["arm"]))

    @property
    def title(self) -> str:
        """The headline of the scenario."""
        return self._scenario.title

    @property
    def question(self) -> str:
        """The question that the lesson asks; may be empty."""
        return self._scenario.question

    @property
    def lesson(self) -> str:
        """The text for students; may be empty."""
        return self._scenario.lesson

    @property
    def warnings(self) -> list[Problem]:
        """What is possible but unusual in the scenario."""
        return [Problem(*parts) for parts in self._scenario.warnings()]

    @property
    def figures(self) -> list[str]:
        """Names of the figures that suit the run, or that its scenario wants."""
        return self._core.figure_names()

    def figure(self, name: str | None = None) -> Figure:
        """Draws a figure: ``paradox``, ``timeline``, ``body``, ``fate``, ``kinetics``, ``day``.

        Parameters
        ----------
        name : str, optional
            The first of `figures` unless given.

        Examples
        --------
        >>> import calcifate
        >>> figure = calcifate.simulate(calcifate.lesson("calcium_paradox")).figure("paradox")
        >>> figure.svg.startswith("<svg")
        True
        """
        return Figure(self._core.figure(self.figures[0] if name is None else name))

    def value(self, expression: str, arm: str) -> float:
        """A value in the grammar of claims: ``end(cac)``, ``mean(pth, 2 to 5 years)``.

        Parameters
        ----------
        expression : str
            The value; ``calcifate list claims`` shows the grammar.
        arm : str
            The arm that it is about.
        """
        return self._core.value(expression, arm)

    def to_pandas(self) -> pd.DataFrame:
        """All rows as a pandas data frame; ``attrs`` has units and fingerprint."""
        return self.table.to_pandas()

    def to_xarray(self) -> xr.Dataset:
        """All rows as an xarray dataset over arm and time; units stand in the attributes.

        Arms that end earlier than others have NaN behind their end.

        Examples
        --------
        >>> import calcifate
        >>> data = calcifate.simulate({"duration": "1 year"}).to_xarray()
        >>> data.dp_ucmgp_pmol_per_l.attrs["units"]
        'pmol/L'
        >>> data.sizes["arm"], float(data.time_days[-1])
        (1, 365.25)
        """
        import xarray as xr

        table = self.table
        units, meanings = table.units, table.meanings
        arm, time = table["arm"], table["time_days"]
        arms = list(dict.fromkeys(arm))
        times, column = np.unique(time, return_inverse=True)
        row = np.array([arms.index(name) for name in arm], dtype=int)
        data = {}
        for name in table.columns[2:]:
            values = np.full((len(arms), len(times)), np.nan)
            values[row, column] = table[name]
            about = {"units": units[name], "long_name": meanings[name]}
            data[name] = (("arm", "time_days"), values, about)
        time_axis = ("time_days", times, {"units": "days", "long_name": "time from the start"})
        return xr.Dataset(data, {"arm": arms, "time_days": time_axis}, table.facts)

    def __repr__(self) -> str:
        rows = len(self.table)
        return f"<calcifate.Result {self.title!r}: {', '.join(self.arms)}; {rows} rows, {self.fingerprint}>"

    def _repr_html_(self) -> str:
        parts = [f"<h3>{html.escape(self.question or self.title)}</h3>"]
        if self.answer:
            parts.append(f"<p>{html.escape(self.answer)}</p>")
        if self.figures:
            parts.append(self.figure().svg)
        note = f"{self.title} · numbers {self.fingerprint} · {_core.DISCLAIMER}"
        parts.append(f"<p><small>{html.escape(note)}</small></p>")
        return f'<div style="max-width: 60em">{"".join(parts)}</div>'


class Why:
    """Why two arms end differently. `why` makes it."""

    def __init__(self, table: _core.Table, figures: list[_core.Figure]) -> None:
        #: One row for each outcome and cause, then effect, the largest share first.
        self.table = Table(table)
        #: The waterfalls of each outcome.
        self.figures = [Figure(figure) for figure in figures]

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas data frame."""
        return self.table.to_pandas()

    def __repr__(self) -> str:
        return f"<calcifate.Why: {'; '.join(figure.title for figure in self.figures)}>"

    def _repr_html_(self) -> str:
        return "".join(figure.svg for figure in self.figures)
