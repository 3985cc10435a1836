"""``watch --alert``: telling what changed, to a terminal, a program and a feed reader."""

import sys
from pathlib import Path

import attrs

from alignwatch.cli._screen import complain, talk
from alignwatch.export import write_jsonl
from alignwatch.model import Change, to_record
from alignwatch.pipeline import (
    Alert,
    Watchlist,
    begin_telling,
    require_folder,
    split_command,
    tell_changes,
)
from alignwatch.store import Store

__all__ = ["EXIT_CHANGED", "Alerting", "to_records"]

EXIT_CHANGED = 4


@attrs.frozen(kw_only=True)
class Alerting:
    """What a user wants to be told, and how."""

    alert: bool
    hook: str | None
    hook_time_s: float
    feed: Path | None

    def __attrs_post_init__(self) -> None:
        # a slip is told before the work, and not after it
        if self.hook is not None:
            split_command(self.hook)
        if self.feed is not None:
            require_folder(self.feed.parent)

    @property
    def is_wanted(self) -> bool:
        """Whether anybody listens."""
        return self.alert or self.hook is not None or self.feed is not None

    def begin(self, store: Store) -> None:
        """Make ready to tell what the run learns."""
        if self.is_wanted:
            begin_telling(store)

    def tell(self, store: Store, *, listed: Watchlist | None, json: bool) -> Alert:
        """Tell what changed; JSON Lines go to stdout, unless one JSON object is to."""
        if not self.is_wanted:
            return Alert(changes=())
        actors = frozenset(listed.actors) if listed else frozenset()
        told = tell_changes(
            store,
            actors=actors,
            write=_print if self.alert and not json else lambda _: None,
            hook=self.hook,
            hook_time_s=self.hook_time_s,
            feed=self.feed,
        )
        if told.hook_failure is not None:
            complain(f"the hook {self.hook!r} failed: {told.hook_failure}")
        several = "change" if len(told.changes) == 1 else "changes"
        talk(f"{len(told.changes)} {several}" if told.changes else "nothing has changed")
        return told

    def exit_code(self, told: Alert) -> int:
        """Give the code of a run without failures."""
        return EXIT_CHANGED if self.alert and told.changes else 0


def _print(changes: tuple[Change, ...]) -> None:
    write_jsonl(changes, sys.stdout)
    # what was not written was not told, and is told again the next time
    sys.stdout.flush()


def to_records(told: Alert) -> dict[str, object]:
    """Give what a JSON object says of an alert."""
    return {
        "changes": [to_record(change) for change in told.changes],
        "hook_failure": told.hook_failure,
    }
