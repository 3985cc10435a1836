"""What a source is: the contract between alignwatch and the plugins that bring it pages."""

import math
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol, runtime_checkable

import attrs

from alignwatch.errors import ModelError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef

__all__ = ["CONTRACT_VERSION", "Source", "SourceInfo"]

CONTRACT_VERSION = 1
"""The version of the contract that this alignwatch speaks; raised only by a breaking change."""


def _require_seconds(_: object, field: "attrs.Attribute[float]", value: float) -> None:
    if not 0 <= value < math.inf:
        msg = f"{field.name} must be seconds from 0, got {value!r}"
        raise ModelError(msg)


@attrs.frozen(kw_only=True)
class SourceInfo:
    """What a source says about itself.

    Attributes:
        name: The name of its entry point.
        contract: The `CONTRACT_VERSION` that it was written for, as a plain number: a plugin that
            imports the constant would claim to speak every version.
        home: The site that it reads, None if it reads whatever it is given.
        language: ISO 639-1 code of what it brings, None if that varies.
        licence: Under which terms its texts stand, in a few words.
        min_delay_s: Seconds between two requests to one host, where the site's terms want more
            than is usual. Kept for all that `discover` asks for, and for pages on the site of
            `home`, or all pages if there is none; whichever wish is the longest holds.
    """

    name: str
    contract: int
    home: str | None = None
    language: str | None = None
    licence: str = "as the publisher says"
    min_delay_s: float = attrs.field(default=0.0, validator=_require_seconds)


@runtime_checkable
class Source(Protocol):
    """Finds pages, and reads articles out of them.

    The class is what an entry point of the group ``alignwatch.sources`` names. Its options are
    the fields of an attrs class, or the keyword arguments of its ``__init__``; a source must be
    cheap to make, hashable or not, and should be picklable, so that pages are parsed in a process
    that can be killed.
    """

    @property
    def info(self) -> SourceInfo:
        """Best a class attribute, so that it can be read without making a source."""

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef | Page]:
        """Yield what may be new, lazily, each address once, the same address in every run.

        All requests go through *fetcher*. What is known to be older than *since* is left out.
        A finished `Page` is yielded where the listing brings the whole content.

        Raises:
            PageError: The listing cannot be read; what was yielded before is kept.
        """

    def parse(self, page: Page) -> Article:
        """Read the article in *page*. Pure: the same page gives the same article.

        `parse_page` is a good default.

        Raises:
            PageError: There is none, usually a `ParseError`; and nothing else for any bytes.
        """
