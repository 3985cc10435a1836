"""The source."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import attrs

from alignwatch.errors import FetchError, PageError
from alignwatch.fetch import PageGetter, PageStreamer
from alignwatch.model import Article, Page
from alignwatch.sources import FAILURE_TYPE, SourceInfo, parse_page
from alignwatch_warc._archive import Found, read_archive
from alignwatch_warc._open import Opener, open_file, open_remote

__all__ = ["WarcSource"]

_log = logging.getLogger("alignwatch.sources.warc")

_REMOTE = ("http://", "https://")
_MOST_RESTARTS = 5


def _read_texts(texts: str | Path | Iterable[str | Path]) -> tuple[str, ...]:
    named = (texts,) if isinstance(texts, str | Path) else texts
    return tuple(dict.fromkeys(str(text) for text in named))


def _read_patterns(patterns: str | Iterable[str]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(pattern) for pattern in _read_texts(patterns))
    except re.error as error:
        msg = f"{error.pattern!r} is no regular expression: {error}"
        raise ValueError(msg) from error


def _require_one(source: "WarcSource", field: "attrs.Attribute[Any]", offset: int) -> None:
    if offset < 0 or (offset and len(source.paths) > 1):
        msg = f"{field.name} is a number of bytes into one archive, got {offset}"
        raise ValueError(msg)


@attrs.frozen
class WarcSource:
    """The pages in web archives: WARC files, compressed or not, CC-NEWS among them.

    Every HTML page that was answered with status 200 comes as a finished page, under the address
    and with the time at which it was crawled. No page is fetched anew.

    Args:
        paths: Files, or addresses of files.
        include: Regular expressions, one of which must match somewhere in a page's address.
        exclude: Regular expressions, none of which may.
        max_pages: Pages that one run yields at most.
        offset: Where to begin in the one archive: a place that an earlier run told of.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="warc", contract=1)

    paths: tuple[str, ...] = attrs.field(converter=_read_texts)
    include: tuple[re.Pattern[str], ...] = attrs.field(default=(), converter=_read_patterns)
    exclude: tuple[re.Pattern[str], ...] = attrs.field(default=(), converter=_read_patterns)
    max_pages: int = attrs.field(default=1_000_000, validator=attrs.validators.ge(1))
    offset: int = attrs.field(default=0, validator=_require_one)

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[Page]:
        """Yield the pages, archive by archive in their order, each address once.

        What was crawled before *since* is left out. Pages and places that cannot be read come as
        pages of failure. A connection that breaks is taken up at the last record, a few times.

        Raises:
            PageError: An archive cannot be read, or not to its end, in which case the message
                names the offset to go on at; the others were yielded before.
        """
        seen: set[str] = set()
        failures: list[PageError] = []
        for path in self.paths:
            skipped: Counter[str] = Counter()
            try:
                for page in self._read(path, fetcher, skipped):
                    is_old = since is not None and page.fetched_at and page.fetched_at < since
                    if page.url in seen or is_old or not self._is_wanted(page):
                        skipped["seen, too old or not wanted"] += 1
                        continue
                    seen.add(page.url)
                    yield page
                    if len(seen) >= self.max_pages:
                        return
            except PageError as error:
                error.url = error.url or _address(path)
                failures.append(error)
            finally:
                _log.info("read an archive", extra={"path": path, "skipped": dict(skipped)})
        if failures:
            for other in failures[1:]:
                failures[0].add_note(f"also {other.url}: {other}")
            raise failures[0]

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `alignwatch.sources.parse_page`."""
        return parse_page(page)

    def _is_wanted(self, page: Page) -> bool:
        if page.media_type == FAILURE_TYPE and "#offset=" in page.url:
            return True
        is_included = not self.include or any(one.search(page.url) for one in self.include)
        return is_included and not any(one.search(page.url) for one in self.exclude)

    def _read(self, path: str, fetcher: PageGetter, skipped: Counter[str]) -> Iterator[Page]:
        open_at, repairs = _open(path, fetcher)
        start, restarts = self.offset, 0
        last: Found | None = None
        while True:
            try:
                for found in read_archive(
                    open_at, name=_address(path), offset=start, max_repairs=repairs
                ):
                    last = found
                    if found.outcome.page is not None:
                        yield found.outcome.page
                    else:
                        skipped[found.outcome.skipped or ""] += 1
            except FetchError as error:
                is_further = last is not None and last.is_resumable and last.offset > start
                if last is None or not is_further or restarts >= _MOST_RESTARTS:
                    if last is not None and last.is_resumable:
                        error.add_note(f"to go on there: offset={last.offset}")
                    raise
                start, restarts = last.offset, restarts + 1
            else:
                return


def _open(path: str, fetcher: PageGetter) -> tuple[Opener, int]:
    """Give the opener of an archive, and how often it may be opened anew to pass over damage."""
    if not path.startswith(_REMOTE):
        return open_file(Path(path)), 1_000
    if not isinstance(fetcher, PageStreamer):
        msg = "archives at addresses need a fetcher that streams, such as alignwatch.fetch.Fetcher"
        raise FetchError(msg, url=path)
    return open_remote(path, fetcher), _MOST_RESTARTS


def _address(path: str) -> str:
    return path if path.startswith(_REMOTE) else Path(path).absolute().as_uri()
