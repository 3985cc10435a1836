"""The built-in source of single web pages."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar

import attrs

from alignwatch.errors import PageError
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

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[Page]:  # noqa: ARG002 - the contract's
        """Ask for each page, and whether it changed where it is known; *since* plays no part.

        Raises:
            PageError: A page cannot be fetched; the others were yielded before.
        """
        failures: list[PageError] = []
        for url in self.urls:
            try:
                page = fetcher.get(url)
            except PageError as error:
                error.url = error.url or url
                failures.append(error)
                continue
            yield page
        if failures:
            for other in failures[1:]:
                failures[0].add_note(f"also {other.url}: {other}")
            raise failures[0]

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `parse_page`."""
        return parse_page(page)
