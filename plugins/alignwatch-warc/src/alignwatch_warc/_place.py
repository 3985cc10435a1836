"""How far an archive was read: what a run tells the next one."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import attrs

from alignwatch.fetch import Bookmarks, PageGetter
from alignwatch.model import Page

__all__ = ["Bookmark", "Place", "mark_choice", "mark_file", "mark_page"]


@attrs.frozen(kw_only=True)
class Place:
    """A place in an archive: all before `offset` was read, and all of it if it `is_done`.

    `mark` tells one version of the archive from another, None where its server tells nothing.
    """

    offset: int = 0
    is_done: bool = False
    mark: str | None = None


@attrs.frozen(kw_only=True)
class Bookmark:
    """Keeps the place in the archive at `url`, where the fetcher can.

    A place is only of use to who wants the same pages, or fewer: of the same `choice` of addresses,
    and `since` the same time or later.
    """

    fetcher: PageGetter
    url: str
    choice: str
    since: datetime | None

    def read(self) -> Place:
        """Give the last place, the beginning if there is none."""
        told = self.fetcher.bookmark(self.url) if isinstance(self.fetcher, Bookmarks) else None
        try:
            place = json.loads(told or "{}")
            since = place.get("since")
            is_wanted = place.get("choice") == self.choice and (
                since is None
                or (self.since is not None and datetime.fromisoformat(since) <= self.since)
            )
            if not is_wanted:
                return Place()
            mark = place.get("mark")
            return Place(
                offset=max(0, int(place["offset"])),
                is_done=place.get("done") is True,
                mark=mark if isinstance(mark, str) else None,
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            return Place()

    def keep(self, place: Place) -> None:
        """Keep *place*; all before it was yielded.

        Raises:
            PageError: The budget of the run is used up.
        """
        if isinstance(self.fetcher, Bookmarks):
            told = {
                "offset": place.offset,
                "done": place.is_done,
                "mark": place.mark,
                "choice": self.choice,
                "since": self.since and self.since.isoformat(),
            }
            self.fetcher.keep_bookmark(self.url, json.dumps(told))


def mark_choice(patterns: Iterable[str]) -> str:
    """Name a choice of addresses."""
    return hashlib.sha256("\n".join(patterns).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def mark_file(path: Path) -> str | None:
    """Tell one version of a file from another, None where it cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return None
    return f"{status.st_size}-{status.st_mtime_ns}"


def mark_page(page: Page) -> str | None:
    """Tell one version of a file on a server from another, None where the server does not."""
    return page.etag or page.last_modified
