"""The command ``alignwatch``: its parts, and what its exit codes mean."""

import errno
import logging
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from cyclopts import App, CycloptsError, Parameter

from alignwatch import __version__
from alignwatch.cli import (
    _alignment,
    _comparing,
    _completion,
    _diffing,
    _doctoring,
    _exports,
    _lexicon,
    _plotting,
    _reviewing,
    _scaling,
    _sources,
    _stores,
    _texts,
    _watching,
)
from alignwatch.cli._screen import complain, silence
from alignwatch.errors import AlignwatchError, StoreError

__all__ = ["EXIT_STORE", "EXIT_STRICT", "EXIT_USAGE", "run"]

EXIT_USAGE = 2
EXIT_STRICT = 3
EXIT_STORE = 5
_EXIT_BROKEN = 1

_HELP = """Evidence about which states are moving together or apart, from the news.

alignwatch watch FEED|PAGE|FOLDER ...  read what is new, print a table
alignwatch extract FILE|FOLDER ...     print claims as JSON Lines
alignwatch show RUS PRK                what the store knows of a pair
alignwatch diff --since 2026-05-01     what has changed since a day

Data goes to stdout, talk to stderr. Exit codes: 0 done, 2 wrong usage,
3 failures with --strict, 4 changes with --alert, 5 store or output file
cannot be used, 130 stopped by Ctrl-C, 1 nobody takes the output.
"""


def _make_app() -> App:
    app = App(
        name="alignwatch",
        help=_HELP,
        help_format="plaintext",
        version=__version__,
        suppress_keyboard_interrupt=False,  # the way in says that all is stored
        default_parameter=Parameter(negative=""),
    )
    for command in (
        *(_watching.watch, _watching.fetch, _texts.clean, _texts.extract),
        *(
            _stores.show,
            _diffing.diff,
            _comparing.compare,
            _alignment.alignment,
            _plotting.plot,
            _exports.export,
            _stores.report,
            _stores.reprocess,
            _stores.backup,
            _stores.forget,
        ),
    ):
        app.command(command, help_format="markdown")  # which joins the lines of a paragraph
    app.command(_doctoring.doctor, help_format="markdown")
    app.command(_completion.make_completion(app))
    app.command(_lexicon.make_lexicon_app())
    app.command(_reviewing.make_review_app())
    app.command(_scaling.make_scale_app())
    app.command(_sources.make_sources_app())
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command; give the exit code.

    Args:
        arguments: Without the program's name.

    Raises:
        KeyboardInterrupt: Somebody pressed Ctrl-C; everything so far is stored.
    """
    _mend_streams()
    # what libraries log is for those who ask for it; Python's last resort would print it
    logging.basicConfig(handlers=[logging.NullHandler()])
    try:
        code = _make_app()(
            # cyclopts takes a lone - for an option
            ["/dev/stdin" if argument == "-" else argument for argument in arguments],
            exit_on_error=False,
            result_action="return_value",
        )
        sys.stdout.flush()
    except (AlignwatchError, CycloptsError, OSError) as error:
        return _explain(error)
    except Exception as error:
        if os.environ.get("ALIGNWATCH_TRACEBACK"):
            raise
        complain(f"a mistake of alignwatch itself: {type(error).__name__}: {error}")
        complain("please report it, with what ALIGNWATCH_TRACEBACK=1 before the command shows")
        return _EXIT_BROKEN
    return code if isinstance(code, int) else 0


def _mend_streams() -> None:
    """Make standard streams that take every character, also where there were none."""
    # a closed stream's number would go to the next file that is opened: perhaps to the store
    while (file := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(file, True)  # noqa: FBT003 - positional by the standard library
    os.close(file)
    if sys.stdin is None:
        sys.stdin = os.fdopen(0)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w")
    # records are UTF-8 in every locale; a terminal gets what it can show
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="replace")


def _explain(error: Exception) -> int:
    """Say what went wrong, unless it has been said; give the exit code."""
    match error:
        case CycloptsError():
            return EXIT_USAGE
        case AlignwatchError():
            complain(str(error))
            return EXIT_STORE if isinstance(error, StoreError) else EXIT_USAGE
        case BrokenPipeError():
            # the reader went away (``| head``): nothing more to say, and nothing to flush at exit
            silence(sys.stdout)
        case OSError(errno=errno.EMFILE | errno.ENFILE):
            complain("this process may open no more files: raise the limit (ulimit -n)")
            return EXIT_USAGE
        case OSError():
            complain(f"{error.strerror or error}: {error.filename or 'the output'}")
            silence(sys.stdout)
    return _EXIT_BROKEN
