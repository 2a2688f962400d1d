"""Progress of long calls."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Union

from calcifate.errors import SourceTypeError

#: True for a bar on the standard error, or a function that gets the share done, 0 to 1.
Progress = Union[bool, Callable[[float], object], None]

_WIDTH = 40
#: Shorter calls show nothing.
_PATIENCE_SECONDS = 0.5


def follower(progress: Progress) -> Callable[[float], object] | None:
    """The function that the engine calls now and then."""
    if progress is None or progress is False:
        return None
    if progress is True:
        return _Bar().show
    if callable(progress):
        return progress
    raise SourceTypeError(f"progress: True or a function of the share done, not {type(progress).__name__}")


class _Bar:
    def __init__(self) -> None:
        self.started = time.monotonic()
        self.shown = -1

    def show(self, share: float) -> None:
        seconds = time.monotonic() - self.started
        percent = int(100 * share)
        if percent == self.shown or (self.shown < 0 and seconds < _PATIENCE_SECONDS):
            return
        self.shown = percent
        done = int(_WIDTH * share)
        left = f"{seconds / share - seconds:.0f} s left" if 0 < share < 1 else f"{seconds:.1f} s"
        end = "\n" if share >= 1 else ""
        print(f"\r{'█' * done}{'░' * (_WIDTH - done)} {percent:3d} %  {left}   ", end=end, file=sys.stderr, flush=True)
