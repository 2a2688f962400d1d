"""The command `calcifate`, as in a terminal: ``python -m calcifate run FILE``."""

from __future__ import annotations

import signal
import sys

from calcifate import _core


def main() -> int:
    """Runs the command line; gives the exit code."""
    # The engine answers Ctrl-C itself; Python's own handler would wait for it to return.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _core.program_status(["calcifate", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
