"""The way in: loads the rest where Ctrl-C is already understood."""

import signal
import sys
from collections.abc import Sequence

__all__ = ["main"]

_EXIT_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give the exit code.

    After Ctrl-C the process is to end: further ones are ignored.

    Args:
        arguments: Without the program's name; the process's own if None.
    """
    try:
        from alignwatch.cli._app import run  # noqa: PLC0415 - loading takes a part of a second

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        # an impatient second Ctrl-C would print a traceback from wherever Python is by then
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("alignwatch: stopped; everything so far is stored", file=sys.stderr)  # noqa: T201 - the command line
        return _EXIT_INTERRUPTED
