"""One archive from the place where the last run stopped, over breaks of the connection."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import attrs

from alignwatch.errors import FetchError, PageError, ParseError
from alignwatch.fetch import PageGetter, PageStreamer
from alignwatch.model import Page
from alignwatch_warc._archive import Found, read_archive
from alignwatch_warc._open import Opener, open_file, open_remote
from alignwatch_warc._paths import is_address
from alignwatch_warc._place import Bookmark, Place, mark_file, mark_page

__all__ = ["Reader", "address_of"]

_MOST_RESTARTS = 5
_MOST_REPAIRS = 1_000
_RECORDS_BETWEEN = 2_000


@attrs.define(kw_only=True)
class Reader:
    """Reads the archive at *path* and keeps the place in it.

    Args:
        path: A file, or an address.
        fetcher: What streams it, if it is at an address.
        bookmark: Keeps the place.
        offset: Where to begin; None for where the last run stopped.
        is_listed: Whether a list told of it, which names archives that never change.
        skipped: Counts the records that hold no page, by reason.
    """

    path: str
    fetcher: PageGetter
    bookmark: Bookmark
    offset: int | None
    is_listed: bool
    skipped: Counter[str]
    _mark: str | None = attrs.field(default=None, init=False)
    _before: Place = attrs.field(factory=Place, init=False)
    _last: Found | None = attrs.field(default=None, init=False)

    def read(self) -> Iterator[Page]:
        """Give the pages, and pages of failure for what is broken.

        Raises:
            PageError: The archive cannot be read, or not to its end.
        """
        is_remote = is_address(self.path)
        self._mark = None if is_remote else mark_file(Path(self.path))
        self._before = self.bookmark.read() if self.offset is None else Place()
        is_same = is_remote or self._before.mark == self._mark
        if self._before.is_done and is_same and (self.is_listed or not is_remote):
            self.skipped["read before"] += 1
            return
        # of an archive that was read to its end a server tells whether it changed
        is_begun = is_same and not self._before.is_done
        start = self._before.offset if is_begun else 0
        yield from self._read_from(self.offset or start)
        self.bookmark.keep(Place(offset=0, is_done=True, mark=self._mark))

    def _read_from(self, start: int) -> Iterator[Page]:
        opener = self._open()
        restarts = 0
        while True:
            self._last = None
            try:
                yield from self._read_once(opener, start)
            except (ChangedError, ParseError, FetchError) as error:
                again = self._where_again(error, start)
                if again is None or restarts >= _MOST_RESTARTS:
                    told = self._tell(error)
                    if told is error:
                        raise
                    raise told from error
                start, restarts = again, restarts + 1
            else:
                return

    def _read_once(self, opener: tuple[Opener, int], start: int) -> Iterator[Page]:
        open_at, repairs = opener
        name = address_of(self.path)
        for found in read_archive(open_at, name=name, offset=start, max_repairs=repairs):
            self._pass(self._last, found)
            self._last = found
            if found.outcome.page is not None:
                yield found.outcome.page
            else:
                self.skipped[found.outcome.skipped or ""] += 1

    def _where_again(self, error: Exception, start: int) -> int | None:
        """Give where to open the archive anew after *error*, None if that is of no use."""
        last = self._last
        if isinstance(error, FetchError):
            is_further = last is not None and last.is_resumable and last.offset > start
            return last.offset if last is not None and is_further else None
        if isinstance(error, ChangedError):
            return 0
        # the place of the last run lies in the middle of a record: another archive
        return 0 if start and last is None and self.offset is None else None

    def _tell(self, error: Exception) -> PageError:
        if not isinstance(error, PageError):
            return FetchError("the archive is another one with every answer")
        if isinstance(error, FetchError) and self._last is not None and self._last.is_resumable:
            error.add_note(f"to go on there: offset={self._last.offset}")
        return error

    def _pass(self, last: Found | None, found: Found) -> None:
        """Keep the place before *found*: all before it was yielded, and taken."""
        if not found.is_resumable or (last is not None and found.offset <= last.offset):
            return
        is_after_page = last is not None and last.outcome.page is not None
        if is_after_page or sum(self.skipped.values()) % _RECORDS_BETWEEN == 1:
            self.bookmark.keep(Place(offset=found.offset, mark=self._mark))

    def _open(self) -> tuple[Opener, int]:
        """Give the opener, and how often it may be opened anew to pass over damage."""
        if not is_address(self.path):
            return open_file(Path(self.path)), _MOST_REPAIRS
        if not isinstance(self.fetcher, PageStreamer):
            msg = (
                "archives at addresses need a fetcher that streams, such as "
                "alignwatch.fetch.Fetcher"
            )
            raise FetchError(msg, url=self.path)
        return open_remote(self.path, self.fetcher, see=self._see), _MOST_RESTARTS

    def _see(self, page: Page, offset: int) -> None:
        """Look at what a server says of the archive before a piece of it is read.

        Raises:
            ChangedError: It is another one than that in whose middle reading was to go on.
        """
        mark = mark_page(page)
        known = self._mark or self._before.mark
        self._mark = mark or self._mark
        if offset and mark is not None and known is not None and mark != known:
            raise ChangedError(mark)


class ChangedError(Exception):
    """The archive changed since its beginning was read."""


def address_of(path: str) -> str:
    """Give the address of an archive, for a file its ``file:`` address."""
    return path if is_address(path) else Path(path).absolute().as_uri()
