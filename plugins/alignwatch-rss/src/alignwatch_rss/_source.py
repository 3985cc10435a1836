"""The source."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import ClassVar
from urllib.parse import quote

import attrs

from alignwatch.errors import PageError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources import SourceInfo, parse_page
from alignwatch_rss._feed import Entry, read_feed

__all__ = ["FeedSource"]


def _read_urls(urls: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((urls,) if isinstance(urls, str) else urls))


@attrs.frozen
class FeedSource:
    """Articles that feeds tell of: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed.

    An entry with an address gives a reference, to be fetched; one without, but with content,
    gives that content as a page.

    Args:
        urls: The feeds' addresses; each is asked once per run.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="rss", contract=1)

    urls: tuple[str, ...] = attrs.field(converter=_read_urls)

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef | Page]:
        """Yield what the feeds list, feed by feed in their order, each address once.

        Entries dated before *since* are left out, those without a date are not. A feed that did
        not change yields nothing.

        Raises:
            PageError: A feed cannot be fetched or read; the others were yielded before.
        """
        seen: set[str] = set()
        failures: list[PageError] = []
        for url in self.urls:
            try:
                page = fetcher.get(url)
                entries = () if page.is_unchanged else read_feed(page)
            except PageError as error:
                error.url = error.url or url
                failures.append(error)
                continue
            for entry in entries:
                found = _to_page(page, entry) if entry.url is None else _to_ref(entry, entry.url)
                if found.url not in seen and not _is_older(entry, since):
                    seen.add(found.url)
                    yield found
        if failures:
            for other in failures[1:]:
                failures[0].add_note(f"also {other.url}: {other}")
            raise failures[0]

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `alignwatch.sources.parse_page`."""
        return parse_page(page)


def _is_older(entry: Entry, since: datetime | None) -> bool:
    dates = [at for at in (entry.published_at, entry.changed_at) if at is not None]
    return since is not None and bool(dates) and max(dates) < since


def _to_ref(entry: Entry, url: str) -> PageRef:
    return PageRef(
        url=url,
        title=entry.title,
        published_at=entry.published_at,
        changed_at=entry.changed_at,
    )


def _to_page(page: Page, entry: Entry) -> Page:
    """Make a page of what stands in the feed: the entry's HTML in a plain frame."""
    title = f"<title>{escape(entry.title)}</title>" if entry.title else ""
    at = entry.published_at or entry.changed_at
    date = f'<meta property="article:published_time" content="{at.isoformat()}">' if at else ""
    content = (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{title}{date}</head>'
        f"<body><article>{entry.content}</article></body></html>"
    )
    return Page(
        url=f"{page.url}#{quote(entry.name, safe='')}",
        content=content.encode("utf-8", errors="replace"),
        media_type="text/html",
        charset="utf-8",
        fetched_at=page.fetched_at,
    )
