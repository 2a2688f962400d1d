"""The command `calcifate`, as in a terminal: ``python -m calcifate run FILE``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from calcifate import _core


def main() -> int:
    """Runs the command line; gives the exit code."""
    # The engine answers Ctrl-C itself; Python's own handler would wait for it to return.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    page = Path(__file__).with_name("explorer.html")
    if page.is_file():
        os.environ.setdefault("CALCIFATE_EXPLORER", str(page))
    return _core.program_status(["calcifate", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
