"""Run commands of alignwatch, one after the other, each in a process of its own.

    python commands.py < JSON

The JSON has `commands` (lists of arguments), `scratch` (a folder for what they print) and perhaps
`user` (a number) and `warm` (commands that are run here before, because what they load may lie in
folders that the user may not enter). It gives a list of exit code, standard output and error.

The processes are forked from this one, which has loaded what they need: the surroundings that a
test makes (limits, locale, umask) hold for all of them, and loading takes its second only once.
"""

import codecs
import contextlib
import importlib
import json
import os
import sys
import tempfile
import threading
import traceback
from pathlib import Path

import jinja2  # noqa: F401 - what commands load on first use, perhaps as a user who may not
import trafilatura  # noqa: F401

import alignwatch.cli._app
import alignwatch.report  # noqa: F401
from alignwatch.cli import main
from alignwatch.extract import load_gazetteer, load_lexicon


def _run(arguments, out, err, user):
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace")
    code = 1
    try:
        code = main(arguments)
    except BaseException:  # noqa: BLE001 - what a user would see
        traceback.print_exc()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    # no waiting for threads that a broken run may have left
    os._exit(code)


def _give(commands, folder, user):
    assert threading.active_count() == 1
    for arguments in commands:
        with (
            tempfile.TemporaryFile(dir=folder) as out,
            tempfile.TemporaryFile(dir=folder) as err,
        ):
            child = os.fork()
            if child == 0:
                _run(arguments, out, err, user)
            _, status = os.waitpid(child, 0)
            out.seek(0)
            err.seek(0)
            yield (
                os.waitstatus_to_exitcode(status),
                out.read().decode("utf-8", "backslashreplace"),
                err.read().decode("utf-8", "backslashreplace"),
            )


if __name__ == "__main__":
    with contextlib.suppress(ImportError):  # an optional part
        importlib.import_module("pyarrow.parquet")
    load_gazetteer()
    load_lexicon()
    for name in ("utf-8-sig", "unicode-escape", "raw-unicode-escape", "utf-16", "cp1252"):
        codecs.lookup(name)
    given = json.load(sys.stdin)
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nothing,
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(nothing),
    ):
        for arguments in given.get("warm", ()):
            assert main(arguments) == 0
    told = list(_give(given["commands"], given["scratch"], given.get("user")))
    sys.stdout.write(json.dumps(told))
