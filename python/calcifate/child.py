"""The command in a process that ends with its parent: ``python -m calcifate.child PID WORDS…``."""

from __future__ import annotations

import os
import sys
import threading
import time

from calcifate import __main__

#: Linux: the signal that a process gets when its parent dies (sys/prctl.h).
_PR_SET_PDEATHSIG = 1
_SIGKILL = 9


def end_with(parent: int) -> None:
    """Sees to it that this process ends soon after its parent, however that ends."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGKILL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    end_with(int(sys.argv.pop(1)))
    sys.exit(__main__.main())
