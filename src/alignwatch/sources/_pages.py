"""The built-in source of single web pages."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar

import attrs

from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page
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

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[Page]:  # noqa: ARG002
        """Ask for each page, and whether it changed where it is known; *since* plays no part.

        Raises:
            PageError: A page cannot be fetched; those after it are not asked for.
        """
        for url in self.urls:
            yield fetcher.get(url)

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `parse_page`."""
        return parse_page(page)
