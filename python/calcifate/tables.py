"""Tables of results: Arrow for every data frame, NumPy for single columns."""

from __future__ import annotations

import difflib
import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from calcifate.errors import StaysHere

if TYPE_CHECKING:
    import pandas as pd

    from calcifate import _core

#: Rows that are shown of a longer table.
_SHOWN = 10


class Table(StaysHere):
    """Columns with units.

    It has the Arrow PyCapsule interface, so that every library of data frames takes it without a
    copy: ``pyarrow.table(table)``, ``polars.DataFrame(table)``; of a variable ``rows``, ``duckdb.sql("from rows")``.

    Examples
    --------
    >>> import calcifate
    >>> table = calcifate.foods()
    >>> table.columns[:2]
    ['food', 'serving_g']
    >>> table.units["calcium_mg_per_100g"]
    'mg'
    >>> float(max(table["mk7_ug_per_100g"])) > 900
    True
    """

    def __init__(self, core: _core.Table) -> None:
        self._core = core

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._core.__arrow_c_stream__(requested_schema)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._core.columns()

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column, ``1`` for none."""
        units = self._core.units()
        return {name: units[name] for name in self.columns}

    @property
    def meanings(self) -> dict[str, str]:
        """What each column means."""
        meanings = self._core.meanings()
        return {name: meanings[name] for name in self.columns}

    @property
    def facts(self) -> dict[str, str]:
        """What is known of the whole table: title, version of the model, fingerprint."""
        return self._core.facts()

    def __len__(self) -> int:
        return len(self._core)

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __getitem__(self, name: str) -> np.ndarray:
        """A column as an array: numbers (NaN where there is none), words or truths."""
        if name not in self.columns:
            # In claims and dials a quantity has no unit behind its name.
            close = [column for column in self.columns if column.startswith(f"{name}_")][:1]
            close = close or difflib.get_close_matches(str(name), self.columns, n=1)
            meant = f"did you mean {close[0]!r}? " if close else ""
            raise KeyError(f"there is no column {name!r}; {meant}columns: {', '.join(self.columns)}")
        kind, values = self._core.column_values(name)
        if isinstance(values, bytes):
            return np.frombuffer(values, dtype=kind)
        return np.array(values, dtype=bool if kind == "?" else object)

    def to_pandas(self) -> pd.DataFrame:
        """The table as a pandas data frame; ``attrs["units"]`` has the units.

        Examples
        --------
        >>> import calcifate
        >>> frame = calcifate.parameters().to_pandas()
        >>> sorted(frame.evidence.unique())
        ['assumed', 'fitted', 'measured']
        """
        import pandas as pd

        frame = pd.DataFrame({name: self[name].copy() for name in self.columns})
        frame.attrs.update(units=self.units, **self.facts)
        return frame

    def _rows(self, count: int) -> list[list[str]]:
        columns = [self[name][:count] for name in self.columns]
        return [[_shown(column[row]) for column in columns] for row in range(min(count, len(self)))]

    def __repr__(self) -> str:
        return f"<calcifate.Table of {len(self)} rows: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        def cells(words: list[str], tag: str) -> str:
            return "".join(f"<{tag}>{html.escape(word)}</{tag}>" for word in words)

        heads = [name if unit in {"", "1"} else f"{name} [{unit}]" for name, unit in self.units.items()]
        rows = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in self._rows(_SHOWN))
        more = f"<p>{len(self)} rows</p>" if len(self) > _SHOWN else ""
        return f"<table><thead><tr>{cells(heads, 'th')}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.6g}" if isinstance(value, (float, np.floating)) else str(value)
