"""The source."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import attrs

from alignwatch.errors import PageError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page
from alignwatch.sources import FAILURE_TYPE, SourceInfo, parse_page, tell_failures
from alignwatch_warc._paths import find_archives, is_list, select_since
from alignwatch_warc._place import Bookmark, mark_choice
from alignwatch_warc._reader import Reader, address_of

__all__ = ["WarcSource"]

_log = logging.getLogger("alignwatch.sources.warc")


def _read_texts(texts: str | Path | Iterable[str | Path]) -> tuple[str, ...]:
    named = (texts,) if isinstance(texts, str | Path) else texts
    return tuple(dict.fromkeys(str(text) for text in named))


def _read_patterns(patterns: str | Iterable[str]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(pattern) for pattern in _read_texts(patterns))
    except re.error as error:
        msg = f"{error.pattern!r} is no regular expression: {error}"
        raise ValueError(msg) from error


def _require_one(source: "WarcSource", field: "attrs.Attribute[Any]", offset: int | None) -> None:
    is_one = len(source.paths) <= 1 and not any(map(is_list, source.paths))
    if offset is not None and (offset < 0 or (offset and not is_one)):
        msg = f"{field.name} is a number of bytes into one archive, got {offset}"
        raise ValueError(msg)


@attrs.frozen
class WarcSource:
    """The pages in web archives: WARC files, compressed or not, CC-NEWS among them.

    Every HTML page that was answered with status 200 comes as a finished page, under the address
    and with the time at which it was crawled. No page is fetched anew.

    Args:
        paths: Files, or addresses of files; lists of such, by names that end in ``.paths`` or
            ``.paths.gz``.
        include: Regular expressions, one of which must match somewhere in a page's address.
        exclude: Regular expressions, none of which may.
        max_pages: Pages that one run yields at most.
        base: What the lines of a list are relative to; None for the root of the list's host, or
            for the folder of the list if it is a file.
        max_archives: Archives that one run reads at most; those that were read before not counted.
        offset: Where to begin in the one archive; None for where the last run stopped.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="warc", contract=1)

    paths: tuple[str, ...] = attrs.field(converter=_read_texts)
    include: tuple[re.Pattern[str], ...] = attrs.field(default=(), converter=_read_patterns)
    exclude: tuple[re.Pattern[str], ...] = attrs.field(default=(), converter=_read_patterns)
    max_pages: int = attrs.field(default=1_000_000, validator=attrs.validators.ge(1))
    base: str | None = None
    max_archives: int = attrs.field(default=100, validator=attrs.validators.ge(1))
    offset: int | None = attrs.field(default=None, validator=_require_one)

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[Page]:
        """Yield the pages, archive by archive in their order, each address once.

        What was crawled before *since* is left out. Pages and places that cannot be read come as
        pages of failure. A connection that breaks is taken up at the last record, a few times; a
        run that ends in the middle is taken up by the next one, where the fetcher keeps bookmarks.

        Raises:
            PageError: An archive cannot be read, or not to its end, in which case the message
                names the offset to go on at; the others were yielded before.
        """
        seen: set[str] = set()
        failures: list[PageError] = []
        archives = tuple(self._find_archives(fetcher, since, failures))
        choice = mark_choice((*_texts(self.include), "-", *_texts(self.exclude)))
        read = 0
        for path, is_listed in archives:
            skipped: Counter[str] = Counter()
            bookmark = Bookmark(fetcher=fetcher, url=address_of(path), choice=choice, since=since)
            reader = Reader(
                path=path,
                fetcher=fetcher,
                bookmark=bookmark,
                offset=self.offset,
                is_listed=is_listed,
                skipped=skipped,
            )
            try:
                for page in reader.read():
                    # only now is the place behind the last page known, and kept
                    if len(seen) >= self.max_pages:
                        return
                    if page.url in seen or not self._is_wanted(page, since):
                        skipped["seen, too old or not wanted"] += 1
                        continue
                    seen.add(page.url)
                    yield page
            except PageError as error:
                error.url = error.url or address_of(path)
                failures.append(error)
            finally:
                _log.info("read an archive", extra={"path": path, "skipped": dict(skipped)})
            read += not skipped["read before"]
            if read >= self.max_archives:
                break
        yield from tell_failures(failures, is_all=len(failures) >= max(1, len(archives)))

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `alignwatch.sources.parse_page`."""
        return parse_page(page)

    def _find_archives(
        self, fetcher: PageGetter, since: datetime | None, failures: list[PageError]
    ) -> Iterator[tuple[str, bool]]:
        """Give the archives, and whether a list told of them; each once."""
        seen: set[str] = set()
        for path in self.paths:
            try:
                named = find_archives(path, fetcher, base=self.base) if is_list(path) else (path,)
            except PageError as error:
                error.url = error.url or address_of(path)
                failures.append(error)
                continue
            for one in select_since(named, since) if is_list(path) else named:
                if one not in seen:
                    seen.add(one)
                    yield one, is_list(path)

    def _is_wanted(self, page: Page, since: datetime | None) -> bool:
        if since is not None and page.fetched_at is not None and page.fetched_at < since:
            return False
        if page.media_type == FAILURE_TYPE and "#offset=" in page.url:
            return True
        is_included = not self.include or any(one.search(page.url) for one in self.include)
        return is_included and not any(one.search(page.url) for one in self.exclude)


def _texts(patterns: Iterable[re.Pattern[str]]) -> Iterator[str]:
    return (pattern.pattern for pattern in patterns)
