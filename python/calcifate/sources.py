"""Scenarios as people hand them over: a path, the text of a file, or a dict that says the same."""

from __future__ import annotations

import contextlib
import datetime
import json
import math
import numbers
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Union

from calcifate import _core
from calcifate.errors import ScenarioError, SourceNotFoundError, SourceTypeError

#: A path, the text of a file (with at least one line break), or its content as a mapping.
Source = Union[str, "os.PathLike[str]", Mapping[str, Any]]

#: Texts above this many bytes are refused, as files are.
LARGEST_TEXT = 1_000_000

#: Tables within tables, deeper than any file has them.
_DEEPEST = 16

#: Keys with a time, whose number is one of days.
_TIMES = {"from", "to"}


def read(source: Source) -> _core.Scenario:
    """The scenario of a source, checked."""
    path, text = split(source)
    return _core.Scenario.read(path, text)


def split(source: Source) -> tuple[str | None, str | None]:
    """A source as a path or a text; the other is None."""
    if isinstance(source, Mapping):
        return None, toml_text(source)
    if isinstance(source, str) and ("\n" in source or not source.strip()):
        if len(source) > LARGEST_TEXT:
            raise _too_large()
        return None, _whole("the text", source)
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        if not os.path.lexists(path):
            told = (
                f"{path}: there is no such file; a text has at least one line break, "
                "and calcifate.lesson(name) gives that of a shipped lesson"
            )
            raise SourceNotFoundError(told)
        return path, None
    raise SourceTypeError(
        f"a scenario is a path, a text or a dict, not {type(source).__name__}; "
        'such as "my_diet.toml" or {"duration": "1 year"}'
    )


def setting(key: str, value: object) -> bool | float | str:
    """The value of a dial: True, a number in the unit of the dial, or words."""
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = value.item()
    if isinstance(value, str):
        return _whole(key, value)
    if _is_flag(value):
        return bool(value)
    if isinstance(value, numbers.Real):
        return _float(key, value)
    raise SourceTypeError(
        f"{key}: a number, a text or True is accepted, not {type(value).__name__}; "
        "calcifate.dials() shows unit and range"
    )


def texts(name: str, value: object) -> list[str]:
    """A list of texts, of which a single one needs no brackets."""
    if isinstance(value, str):
        return [value]
    listed: list[Any] = list(value) if isinstance(value, Iterable) and not isinstance(value, Mapping) else [value]
    wrong = next((one for one in listed if not isinstance(one, str)), None)
    if wrong is not None:
        raise SourceTypeError(f"{name}: a list of texts is accepted, not {type(wrong).__name__} in it")
    return listed


def text(name: str, value: object) -> str:
    """A single text."""
    if isinstance(value, str):
        return _whole(name, value)
    raise SourceTypeError(f"{name}: a text is accepted, not {type(value).__name__}")


def engine(method: object, rtol: object, threads: object) -> tuple[str | None, float | None, int | None]:
    """Method, relative tolerance and number of threads, of the types that the engine takes."""
    if rtol is not None and (_is_flag(rtol) or not isinstance(rtol, numbers.Real)):
        raise SourceTypeError(f"rtol: a number is accepted, not {type(rtol).__name__}")
    return (
        None if method is None else text("method", method),
        None if rtol is None else _float("rtol", rtol),
        None if threads is None else whole("threads", threads),
    )


def whole(name: str, value: object) -> int:
    """A whole number; one beyond every range becomes another such, for the engine to refuse."""
    if _is_flag(value) or not isinstance(value, numbers.Integral):
        raise SourceTypeError(f"{name}: a whole number is accepted, not {type(value).__name__}")
    return max(-1, min(int(value), 2**31))


def mapping(name: str, value: object, example: str) -> dict[str, Any]:
    """A mapping, as a dict."""
    if isinstance(value, Mapping):
        return dict(value)
    raise SourceTypeError(f"{name}: a dict such as {example} is accepted, not {type(value).__name__}")


def toml_text(content: Mapping[str, Any]) -> str:
    """The text of the file that says the same as a mapping.

    Numbers are in the unit of their dial, as `calcifate.dials()` shows it.

    >>> print(toml_text({"duration": 365, "person": {"age": 60}}))
    duration = "365 days"
    person = {age = 60.0}
    <BLANKLINE>
    """
    writer = _Writer()
    lines = [
        f"{_key(key, '')} = {writer.value(key, value, ())}\n" for key, value in content.items()
    ]
    return "".join(lines)


class _Writer:
    def __init__(self) -> None:
        self.size = 0
        self.open: list[int] = []

    def value(self, key: str, value: object, place: tuple[str, ...]) -> str:
        """A value as TOML; `place` are the keys that lead to its own."""
        name = ".".join([*place, key])
        if hasattr(value, "tolist") and getattr(value, "ndim", 0) == 1:
            value = value.tolist()
        if isinstance(value, Mapping):
            inner = (*place, key)
            with self._within(value, name):
                items = [
                    f"{_key(sub, name)} = {self.value(sub, item, inner)}"
                    for sub, item in value.items()
                ]
            return self._counted("{", ", ".join(items), "}")
        if isinstance(value, (list, tuple, range)):
            with self._within(value, name):
                items = [self.value(key, item, place) for item in value]
            return self._counted("[", ", ".join(items), "]")
        return self._counted(_scalar(key, value, place))

    def _counted(self, *parts: str) -> str:
        """Refuses what is too large while it is written, at the latest when it is twice that."""
        text = "".join(parts)
        self.size += len(parts[0]) + 1
        if max(self.size, len(text)) > LARGEST_TEXT:
            raise _too_large()
        return text

    @contextlib.contextmanager
    def _within(self, value: object, name: str) -> Iterator[None]:
        if id(value) in self.open:
            raise ScenarioError(f"{name}: the dict contains itself, and a file cannot")
        if len(self.open) >= _DEEPEST:
            raise ScenarioError(f"{name}: tables within tables, {_DEEPEST} deep; no file has them")
        self.open.append(id(value))
        try:
            yield
        finally:
            self.open.pop()


def _scalar(key: str, value: object, place: tuple[str, ...]) -> str:
    if isinstance(value, str):
        return _quoted(_whole(".".join([*place, key]), value))
    if _is_flag(value):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return _quoted(value.isoformat())
    if isinstance(value, numbers.Real):
        return _number(key, place, _float(".".join([*place, key]), value))
    raise SourceTypeError(
        f"{'.'.join([*place, key])}: a text, a number, True, a date, a list or a dict is accepted, "
        f"not {type(value).__name__}"
    )


def _number(key: str, place: tuple[str, ...], value: float) -> str:
    """A number with the unit of its dial, where a file wants one."""
    if not math.isfinite(value):
        raise ScenarioError(f"{'.'.join([*place, key])}: {value} is no number that a file can hold")
    if "parameters" in place:
        return repr(value)
    spelling = "duration" if key in _TIMES else key
    if "habitual" in place:
        spelling = f"habitual.{key}"
    text = _core.setting_text(spelling, value)
    try:
        float(text)
    except ValueError:
        return _quoted(text)
    whole = value.is_integer() and abs(value) < 1e15 and key in _WHOLE
    return str(int(value)) if whole else repr(value)


#: Keys that count; files want them without a point.
_WHOLE = {"seed", "people", "runs", "runs_per_chunk", "samples", "trajectories", "levels"}


def _key(key: object, within: str) -> str:
    if not isinstance(key, str):
        place = f"{within}: " if within else ""
        raise SourceTypeError(f"{place}a key is a text, not {type(key).__name__}")
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _quoted(key)


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _whole(name: str, text: str) -> str:
    """The text, unless it has half a character, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ScenarioError(
            f"{name}: character {error.start + 1} is half of a pair ({text[error.start]!r}); write whole ones"
        ) from None
    return text


def _float(name: str, value: numbers.Real) -> float:
    try:
        return float(value)
    except OverflowError:
        raise ScenarioError(f"{name}: a number of more than 308 digits is beyond every range") from None


def _is_flag(value: object) -> bool:
    return isinstance(value, bool) or type(value).__name__ in {"bool_", "bool"}


def _too_large() -> ScenarioError:
    return ScenarioError(
        f"the scenario is larger than {LARGEST_TEXT} bytes as a text; a scenario has a few arms, "
        "and calcifate.sweep runs many variants of them"
    )
