"""What a person names to be watched, turned into sources."""

import os
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs

from alignwatch.errors import PageError, RightsReservedError, SourceError
from alignwatch.fetch import TDM, PageGetter, Validators
from alignwatch.model import Page
from alignwatch.pipeline._budget import Allowance
from alignwatch.sources import (
    Source,
    available_sources,
    load_source,
    looks_like_feed,
    required_options,
)
from alignwatch.store import Store

__all__ = ["Fetched", "Watched", "plan_sources"]


class Fetched:
    """A getter that asks for each address once in a run, and remembers what to remember later.

    What a source was answered while it discovered is held back until all that it found is stored:
    a feed's ETag must not outlive a kill that its entries did not. Nothing is asked for beyond
    `allowance`.
    """

    def __init__(self, getter: PageGetter) -> None:
        self._getter = getter
        self.allowance: Allowance | None = None
        self._pages: dict[str, Page] = {}
        self._in_full: set[str] = set()

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Fetch *url*, or give again what it answered before in this run.

        What a source asks for in full keeps no validators: it is to come in full the next time.
        """
        if not conditional:
            self._in_full.add(url)
        page = self._pages.get(url)
        if page is None or (page.is_unchanged and not conditional):
            if self.allowance is not None:
                self.allowance.require()
            page = self._getter.get(url, conditional=conditional)
            if TDM in page.reservations:
                msg = "the publisher reserves text and data mining, by the headers of this answer"
                raise RightsReservedError(msg, url=url)
            self._pages[url] = page
        return page

    def take(self, url: str) -> Page | None:
        """Give the page that *url* answered in this run and forget it, None if it was not asked."""
        return self._pages.pop(url, None)

    def listings(self, *, but: Container[str] = ()) -> dict[str, Validators]:
        """Give the validators of all that was fetched and changed, by address, without *but*."""
        return {
            url: Validators(etag=page.etag, last_modified=page.last_modified)
            for url, page in self._pages.items()
            if not page.is_unchanged and url not in but and url not in self._in_full
        }

    def clear(self) -> None:
        """Forget all answers."""
        self._pages.clear()
        self._in_full.clear()


@attrs.frozen(kw_only=True)
class Watched:
    """A source under the name that its pages are kept under, or why there is none."""

    name: str
    source: Source | None
    error: PageError | None = None


def is_url(name: str) -> bool:
    """Whether *name* is an address and not a path."""
    return urlsplit(name).scheme in ("http", "https")


def plan_sources(
    wanted: Iterable[str | Path | Source], *, getter: PageGetter, store: Store
) -> Iterator[Watched]:
    """Turn paths, addresses and sources into sources with names, in order.

    Paths together are one ``files`` source. An address is asked once what it is, and remembered:
    a feed goes to the ``rss`` plugin, anything else is a page. ``NAME:ADDRESS`` goes to the source
    of that name, as its one required option.

    Raises:
        SourceError: A path does not exist, or something is neither path, address nor source, or
            cannot be a source's option.
    """
    paths = []
    others: list[str | Source | Watched] = []
    for item in wanted:
        if not isinstance(item, str | Path) or (isinstance(item, str) and is_url(item)):
            others.append(item)
        elif os.path.exists(item):  # noqa: PTH110 - a query may be too long for a file's name
            paths.append(Path(item))
        else:
            others.append(_plan_named(str(item)))
    if paths:
        yield Watched(name="files", source=load_source("files", paths=tuple(paths)))
    for other in others:
        if isinstance(other, Watched):
            yield other
        elif isinstance(other, str):
            yield _plan_address(other, getter, store)
        else:
            yield Watched(name=other.info.name, source=other)


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


def _plan_address(url: str, getter: PageGetter, store: Store) -> Watched:
    kind = store.source_of(url)
    if kind is None:
        try:
            kind = "rss" if looks_like_feed(getter.get(url)) else "pages"
        except PageError as error:
            return Watched(name=url, source=None, error=error)
        store.remember_source(url, kind)
    if kind == "rss":
        return Watched(name=f"rss:{url}", source=load_source("rss", urls=(url,)))
    return Watched(name=f"pages:{url}", source=load_source("pages", urls=(url,)))
