"""``diff``: what changed since a moment."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from alignwatch.cli._screen import talk
from alignwatch.cli._telling import print_changes
from alignwatch.cli._words import Sure
from alignwatch.export import write_jsonl
from alignwatch.pipeline import diff as find_changes
from alignwatch.pipeline import name_actor_of
from alignwatch.store import open_store

__all__ = ["diff"]

_STORE = Path("alignwatch.db")


def diff(  # noqa: PLR0913 - the options of a command
    *what: str,
    since: Annotated[str, Parameter(required=True)],
    until: str | None = None,
    during: str | None = None,
    sure: Sure = 0.0,
    store: Path = _STORE,
    json: bool = False,
) -> None:
    """Tell what became of the relationships since a day, by when the store learned of it.

    That is: which are new, gone, confirmed from a second source, newly denied, ended, strengthened
    or weakened. docs/standing.md says what each word means.

    Args:
        what: Nothing, one actor or two: only what changed between them.
        since: The begin of this day in UTC, or a moment: 2026-05-01, 2026-05-01T12:00Z.
        until: Compare with what was known at the end of this day, or at this moment; else now.
        during: Compare what holds in this period alone: 2024, 2024-05, 2024-05..2025.
        sure: Leave out claims that are less sure than this, from 0 to 1, such as 0.7.
        store: The store to look into.
        json: Print JSON Lines.
    """
    with open_store(store, read_only=True) as opened:
        wanted = {name_actor_of(opened, name) for name in what}
        changes = [
            one
            for one in find_changes(
                opened, since=since, until=until, during=during, min_confidence=sure
            )
            if wanted <= {one.source, one.target}
        ]
    if json:
        write_jsonl(changes, sys.stdout)
    elif changes:
        print_changes(changes)
    else:
        talk(f"nothing has changed since {since}")
