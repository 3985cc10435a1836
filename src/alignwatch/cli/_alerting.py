"""``watch --alert``: telling what changed, to a terminal, a program and a feed reader."""

import sys
from pathlib import Path

import attrs

from alignwatch.cli._screen import complain, talk
from alignwatch.cli._words import count
from alignwatch.export import write_jsonl
from alignwatch.model import Change, to_record
from alignwatch.pipeline import (
    HOOK_TIME_S,
    Alert,
    Watchlist,
    begin_telling,
    require_folder,
    split_command,
    tell_changes,
)
from alignwatch.store import Store

__all__ = ["EXIT_CHANGED", "Alerting", "make_alerting", "to_records"]

EXIT_CHANGED = 4


@attrs.frozen(kw_only=True)
class Alerting:
    """What a user wants to be told, and how."""

    alert: bool
    hook: str | None
    hook_time_s: float
    feed: Path | None
    min_confidence: float

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
            min_confidence=self.min_confidence,
            write=_print if self.alert and not json else lambda _: None,
            hook=self.hook,
            hook_time_s=self.hook_time_s,
            feed=self.feed,
        )
        if told.hook_failure is not None:
            complain(f"the hook {self.hook!r} failed: {told.hook_failure}")
        talk(count(len(told.changes), "change") if told.changes else "nothing has changed")
        return told

    def exit_code(self, told: Alert) -> int:
        """Give the code of a run without failures."""
        return EXIT_CHANGED if self.alert and told.changes else 0


def make_alerting(  # noqa: PLR0913 - the options of a command
    listed: Watchlist | None,
    *,
    alert: bool,
    hook: str | None,
    hook_time_s: float | None,
    feed: Path | None,
    min_confidence: float | None,
) -> Alerting:
    """Put together what the command line says, and what the watchlist says where that is silent."""
    if listed is not None:
        alert = alert or listed.alert
        hook = listed.hook if hook is None else hook
        hook_time_s = listed.hook_time_s if hook_time_s is None else hook_time_s
        feed = listed.feed if feed is None else feed
        min_confidence = listed.min_confidence if min_confidence is None else min_confidence
    return Alerting(
        alert=alert,
        hook=hook,
        hook_time_s=HOOK_TIME_S if hook_time_s is None else hook_time_s,
        feed=feed,
        min_confidence=min_confidence or 0.0,
    )


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
