"""How far a list of posts was read: what a run tells the next one."""

import json
from datetime import UTC, datetime, timedelta

import attrs

from alignwatch.fetch import Bookmarks, PageGetter

__all__ = ["Place", "Wanted"]

_OVERLAP = timedelta(days=1)
"""Posts that were put in order later than they were changed are found within this time."""


@attrs.frozen(kw_only=True)
class Wanted:
    """Posts that changed at `since` or later, in a list that is asked for those since `asked`."""

    since: datetime | None
    asked: datetime | None


@attrs.frozen(kw_only=True)
class Place:
    """Keeps when the newest post of the list at `url` had changed, where the fetcher can.

    It is of use to who wants the same posts, or fewer: no more of them, and none from before.
    A server that can say that nothing changed is asked at the same address again.
    """

    fetcher: PageGetter
    url: str
    max_posts: int
    since: datetime | None

    def read(self) -> Wanted:
        """Give what is wanted now: all since `since`, or what the last run did not come to."""
        told = self.fetcher.bookmark(self.url) if isinstance(self.fetcher, Bookmarks) else None
        try:
            place = json.loads(told or "{}")
            before = place.get("since")
            is_wanted = place.get("max_posts", 0) >= self.max_posts and (
                before is None
                or (self.since is not None and datetime.fromisoformat(before) <= self.since)
            )
            newest = datetime.fromisoformat(place["newest"]) - _OVERLAP
            if is_wanted and newest.tzinfo is not None:
                since = newest if self.since is None else max(newest, self.since)
                return Wanted(since=since, asked=_read_asked(place, since))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            pass
        return Wanted(since=self.since, asked=self.since)

    def keep(self, newest: datetime | None, *, asked: datetime | None, is_dated: bool) -> None:
        """Keep when the newest post had changed; one in the future would hide all that follow.

        Args:
            newest: When it had.
            asked: Since when the list was asked for.
            is_dated: Whether the answer can be asked for changes.

        Raises:
            PageError: The budget of the run is used up.
        """
        if newest is None or not isinstance(self.fetcher, Bookmarks):
            return
        told: dict[str, object] = {
            "newest": min(newest, datetime.now(tz=UTC)).isoformat(),
            "max_posts": self.max_posts,
            "since": self.since and self.since.isoformat(),
        }
        if is_dated:
            told["asked"] = asked and asked.isoformat()
        self.fetcher.keep_bookmark(self.url, json.dumps(told))


def _read_asked(place: dict[str, str | None], since: datetime) -> datetime | None:
    """Give since when the last run asked, if its answer can be asked for changes; else *since*."""
    if "asked" not in place:
        return since
    asked = place["asked"]
    return None if asked is None else min(datetime.fromisoformat(asked), since)
