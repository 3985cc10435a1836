"""The built-in source of single web pages."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar

import attrs

from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources._contract import SourceInfo
from alignwatch.sources._parse import parse_page

__all__ = ["PagesSource"]


def _read_urls(urls: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((urls,) if isinstance(urls, str) else urls))


@attrs.frozen
class PagesSource:
    """Web pages that a user names, one article each.

    Args:
        urls: Their addresses, in order; doubles are dropped.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="pages", contract=1)

    urls: tuple[str, ...] = attrs.field(converter=_read_urls)

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef]:  # noqa: ARG002
        """Give the addresses; nothing is asked and *since* plays no part."""
        for url in self.urls:
            yield PageRef(url=url)

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `parse_page`."""
        return parse_page(page)
