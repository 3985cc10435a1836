"""Telling what changed: once, to whoever listens."""

import os
import shlex
import signal
import socket
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import attrs

from alignwatch.errors import SourceError
from alignwatch.export import format_atom, format_jsonl, write_atomically
from alignwatch.model import Change
from alignwatch.pipeline._views import diff
from alignwatch.store import Store

__all__ = ["HOOK_TIME_S", "Alert", "begin_telling", "find_untold", "split_command", "tell_changes"]

HOOK_TIME_S = 60.0
"""Seconds after which a hook is ended, with all that it started."""

FEED_ENTRIES = 200
_EVER = datetime(1, 1, 1, tzinfo=UTC)


@attrs.frozen(kw_only=True)
class Alert:
    """What was told, and what was wrong with the hook, None if nothing was."""

    changes: tuple[Change, ...]
    hook_failure: str | None = None


def begin_telling(store: Store) -> None:
    """Note, before the first run with a listener, from when on changes are to be told: from now.

    Without effect the next time: what is learned while nobody is told, or by a run that is killed
    before it tells, is told by the next one.
    """
    if store.told_at() is None:
        store.save_told((), up_to=store.moment() or _EVER)


def find_untold(
    store: Store, *, actors: frozenset[str] = frozenset(), min_confidence: float = 0.0
) -> tuple[Change, ...]:
    """Give the changes that nobody was told of yet, those of *actors* alone if there are any.

    Where nobody ever was told of anything, that is all. Only claims that are as sure as
    *min_confidence* make changes.
    """
    since, until = store.told_at() or _EVER, store.moment() or _EVER
    if since >= until:
        return ()
    found = diff(store, since=since, until=until, min_confidence=min_confidence)
    return tuple(one for one in found if not actors or actors & {one.source, one.target})


def tell_changes(  # noqa: PLR0913 - each way of telling is an option of its own
    store: Store,
    *,
    actors: frozenset[str] = frozenset(),
    min_confidence: float = 0.0,
    write: Callable[[tuple[Change, ...]], None] = lambda _: None,
    hook: str | None = None,
    hook_time_s: float = HOOK_TIME_S,
    feed: Path | None = None,
) -> Alert:
    """Tell what `find_untold` finds, and note that it was told.

    Only claims that are as sure as *min_confidence*, from 0 to 1, make changes. First *write* is
    called, then the command *hook* gets the changes as JSON Lines on its standard
    input, without a shell; it is not run where nothing changed. Its failure is told in the result
    and ends nothing. *feed* is written as an Atom feed of the last 200 changes, also where nothing
    changed. Killed meanwhile, the same is told again the next time.

    Raises:
        SourceError: *hook* is no command.
        StoreError: The store or *feed* cannot be written.
    """
    command = split_command(hook) if hook is not None else ()
    up_to = store.moment()
    changes = find_untold(store, actors=actors, min_confidence=min_confidence)
    write(changes)
    failure = _run_hook(command, changes, time_s=hook_time_s) if command and changes else None
    if up_to is not None:
        store.save_told(changes, up_to=up_to)
    if feed is not None:
        # the same name in every run, and another one on another machine
        name = f"feed:{socket.gethostname()}:{os.fsencode(feed.resolve())!r}"
        told = store.changes(FEED_ENTRIES)
        write_atomically(feed, format_atom(told, title="alignwatch: what changed", name=name))
    return Alert(changes=changes, hook_failure=failure)


def split_command(command: str) -> tuple[str, ...]:
    """Split *command* into words as a shell does, without doing anything else that one does.

    Raises:
        SourceError: It has no words, or a quote is not closed.
    """
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        msg = f"the hook {command!r} is no command: {error}"
        raise SourceError(msg) from error
    if not words:
        msg = "the hook is no command: name a program, with its arguments"
        raise SourceError(msg)
    return words


def _run_hook(command: Iterable[str], changes: Iterable[Change], *, time_s: float) -> str | None:
    """Run *command* with *changes* on its standard input; give what was wrong."""
    lines = "".join(format_jsonl(changes)).encode()
    try:
        # what it prints is talk, not data; a session of its own can be ended as a whole
        process = subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
            tuple(command), stdin=subprocess.PIPE, stdout=2, start_new_session=True
        )
    except (OSError, ValueError) as error:
        return f"it could not be started: {error}"
    try:
        process.communicate(lines, timeout=time_s)
    except subprocess.TimeoutExpired:
        _end(process)
        return f"it was ended after {time_s:g} s"
    except BaseException:
        _end(process)
        raise
    return f"it ended with {process.returncode}" if process.returncode else None


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()
