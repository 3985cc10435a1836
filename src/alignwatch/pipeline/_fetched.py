"""What sources are given to fetch with: each address once in a run, within its bounds."""

from collections.abc import Container, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import attrs

from alignwatch.errors import FetchError, RightsReservedError
from alignwatch.fetch import (
    TDM,
    Bookmarks,
    Fetcher,
    PageGetter,
    PageStream,
    PageStreamer,
    Validators,
)
from alignwatch.model import Page
from alignwatch.pipeline._budget import Allowance

__all__ = ["Fetched"]


class Fetched:
    """A getter that asks for each address once in a run, and remembers what to remember later.

    What a source was answered while it discovered is held back until all that it found is stored:
    a feed's ETag must not outlive a kill that its entries did not. Nothing is asked for beyond
    `allowance`, and nothing faster than with `min_delay_s` between two requests to one host.
    """

    def __init__(self, getter: PageGetter) -> None:
        self._getter = getter
        self.allowance: Allowance | None = None
        self.min_delay_s = 0.0
        self.bookmarks: Bookmarks | None = None
        self._pages: dict[str, Page] = {}
        self._streamed: dict[str, Page] = {}
        self._in_full: set[str] = set()
        self._behind: list[Page] = []
        self._has_yielded = False
        # also while nobody knows whether an address is a page or a listing
        self._asks_for_pages = True
        self._hosts: set[str] = set()

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Fetch *url*, or give again what it answered before in this run.

        What a source asks for in full keeps no validators: it is to come in full the next time.
        """
        if not conditional:
            self._in_full.add(url)
        page = self._pages.get(url)
        if page is None or (page.is_unchanged and not conditional):
            if self.allowance is not None:
                self.allowance.require(pages=self._asks_for_pages)
            self._slow_down(url)
            self._hosts.add(urlsplit(url).netloc)
            page = self._getter.get(url, conditional=conditional)
            _refuse_reserved(page)
            self._pages[url] = page
        if self._has_yielded:
            self._behind.clear()
            self._has_yielded = False
        self._behind.append(page)
        return page

    def behind(self) -> tuple[Page, ...]:
        """Give the answers that the page rests on which the source brings along now.

        That is what it asked for since it began, or since it went on asking after having brought
        something: a listing, and perhaps the authors that go with it.
        """
        self._has_yielded = True
        return tuple(self._behind)

    def has_asked(self, url: str) -> bool:
        """Whether the host of *url* was asked for anything in this run."""
        return urlsplit(url).netloc in self._hosts

    @property
    def has_answers(self) -> bool:
        """Whether anything was answered that was not taken yet."""
        return bool(self._pages)

    @contextmanager
    def stream(
        self, url: str, *, offset: int = 0, conditional: bool = True
    ) -> Iterator[PageStream]:
        """Open a large file, as `Fetcher.stream`; once read to its end it counts as a listing."""
        if not isinstance(self._getter, PageStreamer):
            msg = "large files cannot be read through this getter, which has no `stream`"
            raise FetchError(msg, url=url)
        if self.allowance is not None:
            self.allowance.require()
        self._slow_down(url)
        with self._getter.stream(url, offset=offset, conditional=conditional) as found:
            _refuse_reserved(found.page)
            yield attrs.evolve(found, chunks=self._read_on(found))

    def _slow_down(self, url: str) -> None:
        if self.min_delay_s and isinstance(self._getter, Fetcher):
            self._getter.slow_down(url, self.min_delay_s)

    def _read_on(self, found: PageStream) -> Iterator[bytes]:
        for chunk in found.chunks:
            if self.allowance is not None:
                self.allowance.require()
            yield chunk
        self._streamed[found.page.url] = found.page

    def take(self, url: str) -> Page | None:
        """Give the page that *url* answered in this run and forget it, None if it was not asked.

        It counts as a page, and not as a listing; and who asks for pages himself is refused the
        next one where no more may be asked for.
        """
        page = self._pages.pop(url, None)
        if page is not None:
            self._asks_for_pages = True
            if self.allowance is not None:
                self.allowance.take_page()
        return page

    def listings(self, *, but: Container[str] = ()) -> dict[str, Validators]:
        """Give the validators of all that was fetched and changed, by address, without *but*."""
        return {
            url: Validators(etag=page.etag, last_modified=page.last_modified)
            for url, page in (self._pages | self._streamed).items()
            if not page.is_unchanged and url not in but and url not in self._in_full
        }

    def bound(self, allowance: Allowance | None, min_delay_s: float = 0.0) -> None:
        """Ask from now on within *allowance*, and no faster than *min_delay_s* allows."""
        self.allowance = allowance
        self.min_delay_s = min_delay_s
        self._asks_for_pages = False

    def unchanged(self) -> tuple[str, ...]:
        """Give the addresses that answered that nothing changed."""
        return tuple(url for url, page in self._pages.items() if page.is_unchanged)

    def bookmark(self, url: str) -> str | None:
        """Give what the source last kept for *url*, as `alignwatch.fetch.Bookmarks`."""
        return self.bookmarks.bookmark(url) if self.bookmarks is not None else None

    def keep_bookmark(self, url: str, place: str | None) -> None:
        """Keep *place*, as `alignwatch.fetch.Bookmarks`."""
        if self.bookmarks is not None:
            self.bookmarks.keep_bookmark(url, place)

    def clear(self) -> None:
        """Forget all answers."""
        self.bookmarks = None
        self._asks_for_pages = True
        self._behind.clear()
        self._has_yielded = False
        self._pages.clear()
        self._streamed.clear()
        self._in_full.clear()


def _refuse_reserved(page: Page) -> None:
    if TDM in page.reservations:
        msg = "the publisher reserves text and data mining, by the headers of this answer"
        raise RightsReservedError(msg, url=page.url)
