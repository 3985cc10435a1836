"""What a person names to be watched, turned into sources."""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs

from alignwatch.errors import PageError, SourceError
from alignwatch.fetch import PageGetter, Validators
from alignwatch.model import Page
from alignwatch.sources import Source, load_source, looks_like_feed
from alignwatch.store import Store

__all__ = ["Fetched", "Watched", "plan_sources"]


class Fetched:
    """A getter that asks for each address once in a run, and remembers what to remember later.

    What a source was answered while it discovered is held back until all that it found is stored:
    a feed's ETag must not outlive a kill that its entries did not.
    """

    def __init__(self, getter: PageGetter) -> None:
        self._getter = getter
        self._pages: dict[str, Page] = {}

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Fetch *url*, or give again what it answered before in this run."""
        page = self._pages.get(url)
        if page is None or (page.is_unchanged and not conditional):
            page = self._pages[url] = self._getter.get(url, conditional=conditional)
        return page

    def take(self, url: str) -> Page | None:
        """Give the page that *url* answered in this run and forget it, None if it was not asked."""
        return self._pages.pop(url, None)

    def listings(self, *, but: Container[str] = ()) -> dict[str, Validators]:
        """Give the validators of all that was fetched and changed, by address, without *but*."""
        return {
            url: Validators(etag=page.etag, last_modified=page.last_modified)
            for url, page in self._pages.items()
            if not page.is_unchanged and url not in but
        }

    def clear(self) -> None:
        """Forget all answers."""
        self._pages.clear()


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
    a feed goes to the ``rss`` plugin, anything else is a page.

    Raises:
        SourceError: A path does not exist, or something is neither path, address nor source.
    """
    paths = []
    others: list[str | Source] = []
    for item in wanted:
        if isinstance(item, Path) or (isinstance(item, str) and not is_url(item)):
            if not Path(item).exists():
                msg = f"no such file or folder: {item} (an address starts with http:// or https://)"
                raise SourceError(msg)
            paths.append(Path(item))
        else:
            others.append(item)
    if paths:
        yield Watched(name="files", source=load_source("files", paths=tuple(paths)))
    for other in others:
        if isinstance(other, str):
            yield _plan_address(other, getter, store)
        else:
            yield Watched(name=other.info.name, source=other)


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
