"""How far a list of posts was read: what a run tells the next one."""

import json
from datetime import UTC, datetime, timedelta

import attrs

from alignwatch.fetch import Bookmarks, PageGetter

__all__ = ["Place"]

_OVERLAP = timedelta(days=1)
"""Posts that were put in order later than they were changed are found within this time."""


@attrs.frozen(kw_only=True)
class Place:
    """Keeps when the newest post of the list at `url` had changed, where the fetcher can.

    It is of use to who wants the same posts, or fewer: no more of them, and none from before.
    """

    fetcher: PageGetter
    url: str
    max_posts: int
    since: datetime | None

    def read(self) -> datetime | None:
        """Give since when posts are to be listed: `since`, or what the last run came to."""
        told = self.fetcher.bookmark(self.url) if isinstance(self.fetcher, Bookmarks) else None
        try:
            place = json.loads(told or "{}")
            before = place.get("since")
            is_wanted = place.get("max_posts", 0) >= self.max_posts and (
                before is None
                or (self.since is not None and datetime.fromisoformat(before) <= self.since)
            )
            newest = datetime.fromisoformat(place["newest"]) - _OVERLAP
            if not is_wanted or newest.tzinfo is None:
                return self.since
            return newest if self.since is None else max(newest, self.since)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            return self.since

    def keep(self, newest: datetime | None) -> None:
        """Keep when the newest post had changed; one in the future would hide all that follow.

        Raises:
            PageError: The budget of the run is used up.
        """
        if newest is None or not isinstance(self.fetcher, Bookmarks):
            return
        told = {
            "newest": min(newest, datetime.now(tz=UTC)).isoformat(),
            "max_posts": self.max_posts,
            "since": self.since and self.since.isoformat(),
        }
        self.fetcher.keep_bookmark(self.url, json.dumps(told))
