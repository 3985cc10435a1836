"""What a person names to be watched, turned into sources."""

import glob
import os
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import attrs

from alignwatch.errors import FetchError, PageError, RightsReservedError, SourceError
from alignwatch.fetch import (
    TDM,
    Bookmarks,
    Fetcher,
    PageGetter,
    PageStream,
    PageStreamer,
    Validators,
    has_credentials,
    strip_credentials,
)
from alignwatch.model import Page
from alignwatch.pipeline._budget import Allowance
from alignwatch.sources import (
    Source,
    SourceInfo,
    available_sources,
    load_source,
    looks_like_feed,
    required_options,
)
from alignwatch.store import Store

__all__ = ["Fetched", "Watched", "is_url", "own_delay", "plan_sources", "refuse_credentials"]


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


@attrs.frozen(kw_only=True)
class Watched:
    """A source under the name that its pages are kept under, or why there is none."""

    name: str
    source: Source | None
    error: PageError | None = None


def own_delay(info: SourceInfo) -> Callable[[str], float]:
    """Give what tells of an address which delay a source asks for pages there: see `SourceInfo`."""
    home = _site_of(info.home or "")

    def tell(url: str) -> float:
        host = urlsplit(url).hostname or ""
        is_own = not home or host == home or host.endswith(f".{home}")
        return info.min_delay_s if is_own else 0.0

    return tell


def _site_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_url(name: str) -> bool:
    """Whether *name* is an address and not a path."""
    return urlsplit(name).scheme in ("http", "https")


def plan_sources(
    wanted: Iterable[str | Path | Source],
    *,
    getter: PageGetter,
    store: Store,
    rests: Callable[[str], bool] = lambda _: False,
) -> Iterator[Watched]:
    """Turn paths, addresses and sources into sources with names, in order.

    Paths and patterns together are one ``files`` source. An address is asked once what it is, and
    remembered: a feed goes to the ``rss`` plugin, anything else is a page. ``NAME:ADDRESS`` goes to
    the source of that name, as its one required option. An address that *rests* is not asked: it
    has no source for now, and no error.

    Raises:
        SourceError: A path does not exist, or something is neither path, address nor source, or
            cannot be a source's option.
    """
    paths = []
    others: list[str | Source | Watched] = []
    for item in wanted:
        refuse_credentials(item)
        if not isinstance(item, str | Path) or (isinstance(item, str) and is_url(item)):
            others.append(item)
        elif _is_path(str(item)):
            paths.append(Path(item))
        else:
            others.append(_plan_named(str(item)))
    if paths:
        yield Watched(name="files", source=load_source("files", paths=tuple(paths)))
    for other in others:
        if isinstance(other, Watched):
            yield other
        elif isinstance(other, str):
            yield _plan_address(other, getter, store, rests)
        else:
            yield Watched(name=other.info.name, source=other)


def refuse_credentials(option: object) -> None:
    """Refuse addresses with a user name or password, which would be kept in the store.

    Raises:
        SourceError: *option* is one, or has one in it.
    """
    for one in option if isinstance(option, list | tuple) else (option,):
        # also of an item such as rss:https://news.example
        if isinstance(one, str) and any(map(has_credentials, (one, one.partition(":")[2]))):
            msg = (
                f"{strip_credentials(one)} was given with credentials; alignwatch asks only for "
                "what anybody may read: leave them out"
            )
            raise SourceError(msg)


def _is_path(item: str) -> bool:
    """Whether *item* is a file or folder, or a pattern such as ``mail/*.eml`` that some fit."""
    if os.path.exists(item):  # noqa: PTH110 - a query may be too long for a file's name
        return True
    is_named = item.partition(":")[0] in available_sources()
    return not is_named and glob.has_magic(item) and any(glob.iglob(item, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern


def _plan_named(item: str) -> Watched:
    """Read an item such as ``sitemap:https://news.example``."""
    name, _, value = item.partition(":")
    if not value or name not in available_sources():
        names = ", ".join(f"{one}:" for one in available_sources())
        msg = (
            f"no such file or folder: {item} "
            f"(an address starts with http:// or https://, or with a source's name: {names})"
        )
        raise SourceError(msg)
    required = required_options(name)
    if len(required) != 1:
        msg = (
            f"{item!r} cannot be read: the source {name!r} needs "
            f"{' and '.join(required) or 'no address'}; make it in Python with load_source()"
        )
        raise SourceError(msg)
    return Watched(name=item, source=load_source(name, **{required[0]: value}))


def _plan_address(
    url: str, getter: PageGetter, store: Store, rests: Callable[[str], bool]
) -> Watched:
    kind = store.source_of(url)
    if kind is None:
        if rests(url):
            return Watched(name=url, source=None)
        try:
            kind = "rss" if looks_like_feed(getter.get(url)) else "pages"
        except PageError as error:
            return Watched(name=url, source=None, error=error)
        store.remember_source(url, kind)
    if kind == "rss":
        return Watched(name=f"rss:{url}", source=load_source("rss", urls=(url,)))
    return Watched(name=f"pages:{url}", source=load_source("pages", urls=(url,)))
