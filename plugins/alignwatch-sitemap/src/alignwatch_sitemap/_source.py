"""The source."""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar
from urllib.parse import urlsplit

import attrs

from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources import SourceInfo, parse_page
from alignwatch_sitemap._entry import Entry
from alignwatch_sitemap._walk import MAX_DEPTH, Walk

__all__ = ["MAX_DEPTH", "SitemapSource"]

_log = logging.getLogger("alignwatch.sources.sitemap")


def _read_texts(texts: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((texts,) if isinstance(texts, str) else texts))


def _read_patterns(patterns: str | Iterable[str]) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(re.compile(pattern) for pattern in _read_texts(patterns))
    except re.error as error:
        msg = f"{error.pattern!r} is no regular expression: {error}"
        raise ValueError(msg) from error


def _require_address(_: object, field: "attrs.Attribute[tuple[str, ...]]", urls: object) -> None:
    for url in urls if isinstance(urls, tuple) else ():
        parts = urlsplit(url)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            msg = f"{field.name} are addresses like https://news.example, got {url!r}"
            raise ValueError(msg)


@attrs.frozen
class SitemapSource:
    """Pages that sitemaps tell of: urlsets, indexes, news and text sitemaps, gzipped or not.

    Every page comes as a reference, to be fetched by the host.

    Args:
        urls: Sites (addresses without a path), whose sitemaps robots.txt names, else
            ``/sitemap.xml``; or addresses of sitemaps.
        include: Regular expressions, one of which must match somewhere in a page's address.
        exclude: Regular expressions, none of which may.
        max_pages: References that one run yields at most; the rest is left out, also later while
            the sitemaps stay the same.
        max_sitemaps: Sitemaps that one run asks for at most.
        max_time_s: How long one run may discover.
        any_folder: Whether a sitemap that robots.txt does not name may list pages outside of its
            own folder, against the protocol.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="sitemap", contract=1)

    urls: tuple[str, ...] = attrs.field(converter=_read_texts, validator=_require_address)
    include: tuple[re.Pattern[str], ...] = attrs.field(default=(), converter=_read_patterns)
    exclude: tuple[re.Pattern[str], ...] = attrs.field(default=(), converter=_read_patterns)
    max_pages: int = attrs.field(default=10_000, validator=attrs.validators.ge(1))
    max_sitemaps: int = attrs.field(default=500, validator=attrs.validators.ge(1))
    max_time_s: float = attrs.field(default=900.0, validator=attrs.validators.gt(0))
    any_folder: bool = attrs.field(default=False, validator=attrs.validators.instance_of(bool))

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef | Page]:
        """Yield what the sitemaps list, each address once, in each sitemap the newest first.

        Entries and whole sitemaps whose ``lastmod`` is before *since* are left out, those without
        one are not. A sitemap that did not change yields nothing.

        Raises:
            PageError: No sitemap can be fetched or read; of several, one that cannot comes as a
                page of failure, and so does a bound of the walk that is reached.
        """
        walk = Walk(
            fetcher=fetcher,
            since=since,
            max_sitemaps=self.max_sitemaps,
            max_time_s=self.max_time_s,
            any_folder=self.any_folder,
        )
        found: set[str] = set()
        for entry in walk.find_pages(self.urls):
            if entry.url in found or not self._is_wanted(entry.url):
                continue
            found.add(entry.url)
            yield _to_ref(entry)
            if len(found) >= self.max_pages:
                _log.info("left the rest", extra={"max_pages": self.max_pages})
                break
        yield from walk.tell_failures()

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `alignwatch.sources.parse_page`."""
        return parse_page(page)

    def _is_wanted(self, url: str) -> bool:
        is_included = not self.include or any(pattern.search(url) for pattern in self.include)
        return is_included and not any(pattern.search(url) for pattern in self.exclude)


def _to_ref(entry: Entry) -> PageRef:
    return PageRef(
        url=entry.url,
        title=entry.title,
        published_at=entry.published.at if entry.published else None,
        changed_at=entry.changed.at if entry.changed else None,
    )
