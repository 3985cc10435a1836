"""The source."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import ClassVar

import attrs

from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources import SourceInfo, parse_page, tell_failures
from alignwatch_rss._content import has_whole_text, make_page
from alignwatch_rss._entry import Entry
from alignwatch_rss._walk import Found, Walk

__all__ = ["FeedSource"]


def _read_urls(urls: str | Path | Iterable[str | Path]) -> tuple[str, ...]:
    named = (urls,) if isinstance(urls, str | Path) else urls
    return tuple(dict.fromkeys(str(url) for url in named))


@attrs.frozen
class FeedSource:
    """Articles that feeds tell of: RSS 0.9x, 1.0 and 2.0, Atom, JSON Feed.

    An entry with an address gives a reference, to be fetched; one that brings its whole text, or
    has content but no address, gives that as a finished page.

    Args:
        urls: Addresses of feeds, of home pages that name their feeds, and of OPML lists; or paths
            of OPML files. Each is asked once per run.
        use_content: Whether a whole text in the feed stands for the page, which is then not
            fetched.
        max_feeds: Feeds, pages, lists and archives that one run asks for at most.
        max_archives: Older pages of one feed (RFC 5005) that are followed at most.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="rss", contract=1)

    urls: tuple[str, ...] = attrs.field(converter=_read_urls)
    use_content: bool = attrs.field(default=True, validator=attrs.validators.instance_of(bool))
    max_feeds: int = attrs.field(default=1_000, validator=attrs.validators.ge(1))
    max_archives: int = attrs.field(default=10, validator=attrs.validators.ge(0))

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef | Page]:
        """Yield what the feeds list, feed by feed in their order, each address once.

        Entries dated before *since* are left out, those without a date are not. A feed that did
        not change yields nothing. Older pages of a feed are followed until *since*, or until what
        an earlier run has met.

        Raises:
            PageError: No feed can be fetched or read; of several, one that cannot comes as a page
                of failure.
        """
        walk = Walk(
            fetcher=fetcher, since=since, max_feeds=self.max_feeds, max_archives=self.max_archives
        )
        seen: set[str] = set()
        for found in walk.find_entries(self.urls):
            one = self._make(found)
            if one.url not in seen and not _is_older(found.entry, since):
                seen.add(one.url)
                yield one
        yield from tell_failures(walk.failures, is_all=walk.read == 0)

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `alignwatch.sources.parse_page`."""
        return parse_page(page)

    def _make(self, found: Found) -> PageRef | Page:
        entry = found.entry
        is_whole = self.use_content and has_whole_text(found.page, entry)
        if entry.url is None or is_whole:
            return make_page(found.page, found.feed, entry)
        return PageRef(
            url=entry.url,
            title=entry.title,
            published_at=entry.published_at,
            changed_at=entry.changed_at,
        )


def _is_older(entry: Entry, since: datetime | None) -> bool:
    newest = entry.newest_at
    return since is not None and newest is not None and newest < since
