"""What a person names to be watched, turned into sources."""

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs

from alignwatch.errors import PageError, SourceError
from alignwatch.fetch import (
    PageGetter,
    has_credentials,
    strip_credentials,
)
from alignwatch.sources import (
    Source,
    SourceInfo,
    available_sources,
    load_source,
    looks_like_feed,
    required_options,
)
from alignwatch.store import Store

__all__ = ["Watched", "is_url", "own_delay", "plan_sources", "refuse_credentials"]


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
