"""What a fetcher remembers between runs, and the seam through which it does so."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

import attrs

from alignwatch.errors import ModelError
from alignwatch.model import Page

__all__ = [
    "Bookmarks",
    "FetchMemory",
    "PageGetter",
    "PageStream",
    "PageStreamer",
    "RobotsRecord",
    "Validators",
]


@attrs.frozen(kw_only=True)
class Validators:
    """What a server gave to ask "has it changed?", byte for byte as it gave it."""

    etag: str | None = None
    last_modified: str | None = None


def _require_zone(_: object, field: "attrs.Attribute[datetime]", at: datetime) -> None:
    if at.tzinfo is None:
        msg = f"{field.name} must carry a time zone, got the naive {at.isoformat()}"
        raise ModelError(msg)


_SKEW = timedelta(hours=1)


@attrs.frozen(kw_only=True)
class RobotsRecord:
    """What one origin answered when it was asked for robots.txt.

    `origin` is scheme, host and, unless it is the scheme's own, port: ``https://news.example``.
    `status` is the last HTTP status, None if nobody answered. `body` is empty unless the status is
    2xx, and at most 500 kB. What the origin reserves is remembered in the same way, with the path
    ``/.well-known/tdmrep.json`` after the origin.
    """

    origin: str
    status: int | None
    body: bytes = attrs.field(default=b"", repr=lambda body: f"<{len(body)} bytes>")
    fetched_at: datetime = attrs.field(validator=_require_zone)
    expires_at: datetime = attrs.field(validator=_require_zone)

    def is_fresh(self, now: datetime) -> bool:
        """Whether it holds at *now*; not if it says to be of the future, by a clock that was wrong.

        Else what was forbidden or allowed one day would stay so until the clock is there again.
        """
        return self.fetched_at - _SKEW <= now < self.expires_at


class FetchMemory(Protocol):
    """What outlives a fetcher; the store is one.

    A fetcher reads validators and never writes them: they are on the `Page` (`etag`,
    `last_modified`), to be remembered together with what was made of the page, or a kill between
    the two would lose it. Called from several threads.
    """

    def validators(self, url: str) -> Validators | None:
        """Give what *url* answered when it was last read to the end, None if it never was."""

    def robots(self, origin: str) -> RobotsRecord | None:
        """Give the last record of *origin*, expired or not."""

    def remember_robots(self, record: RobotsRecord) -> None:
        """Put *record* in the place of its origin's last one, at once."""


class PageGetter(Protocol):
    """What sources are given to fetch with; `Fetcher` is one."""

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Fetch *url*; see `Fetcher.get`."""


@attrs.frozen(kw_only=True)
class PageStream:
    """A large file as it comes: what its server says of it, and its bytes, undecoded.

    `page` has no content; if it `is_unchanged`, `chunks` is empty. `chunks` is consumed once, and
    its end is the end of the file.
    """

    page: Page
    chunks: Iterator[bytes]


@runtime_checkable
class PageStreamer(Protocol):
    """What sources of large files may find their getter to be, too; `Fetcher` is one."""

    def stream(
        self, url: str, *, offset: int = 0, conditional: bool = True
    ) -> AbstractContextManager[PageStream]:
        """Open *url* for reading piece by piece; see `Fetcher.stream`."""


@runtime_checkable
class Bookmarks(Protocol):
    """What sources of long listings may find their getter to be, too: it keeps their places.

    A run of `alignwatch.watch` gives such a getter; one of a test need not.
    """

    def bookmark(self, url: str) -> str | None:
        """Give what this source last kept for *url*, in this run or an earlier one."""

    def keep_bookmark(self, url: str, place: str | None) -> None:
        """Keep *place* for *url*, a listing or an archive; None forgets it.

        Call it when all up to there was yielded: what was yielded is stored before the bookmark is,
        so that a run that is killed goes on where it stopped, and loses nothing.

        Raises:
            PageError: The budget of the run is used up: end there, by letting it pass.
        """
