"""What leads to feeds: OPML lists, and home pages that name their feeds."""

import re
from collections.abc import Mapping
from html import unescape
from xml.parsers import expat

import attrs

from alignwatch.errors import ParseError
from alignwatch.model import Page
from alignwatch.sources import looks_like_feed
from alignwatch_rss._entry import read_url
from alignwatch_rss._xml import refuse_entities

__all__ = ["MAX_FEEDS", "FeedList", "is_opml", "is_page", "read_home", "read_opml"]

MAX_FEEDS = 2_000
"""Feeds of one list that are read; the rest is left out."""

_MOST_OF_A_HOME = 20
_HEAD_BYTES = 1_000_000
_START_BYTES = 8_000
# what may stand before the root: <?xml version="1.0"?>, <!-- a comment -->, <!DOCTYPE opml>;
# each part is taken once and for all, or a thousand comments could be parted in any number of ways
_OPML = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?[^>]*>|<!--.*?-->|<!DOCTYPE[^>\[]*>)*+<opml[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
# the "<!DOCTYPE html" or "<html lang='en'" near the top of a page
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
# <link rel="alternate" type="application/rss+xml" href="/feed">, <base href="/">
_LINK = re.compile(r"<(link|base)\s([^<>]{1,4000})>", re.IGNORECASE)
# the 'href="/feed"', "href='/feed'" or "href=/feed" of a tag
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FEED_TYPES = frozenset(
    {
        *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        *("application/feed+json", "application/json"),
    }
)
# feeds of readers' comments call themselves so: ".../comments/feed/", "Gazette » Comments Feed"
_COMMENTS = re.compile(r"\bcomments?\b|\breplies\b", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class FeedList:
    """What an OPML list names, in its order and each once: feeds, and further lists.

    `broken` are addresses of feeds that are none; `flaw` says where the list breaks off.
    """

    feeds: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    flaw: str | None = None


def is_opml(page: Page) -> bool:
    """Whether *page* is an OPML list, by its content."""
    return _OPML.match(page.content[:_START_BYTES].replace(b"\0", b"")) is not None


def is_page(page: Page) -> bool:
    """Whether *page* is an HTML page, by its content before its media type."""
    if looks_like_feed(page):
        return False
    if _HTML.search(page.content[:_START_BYTES].replace(b"\0", b"")):
        return True
    return page.media_type == "text/html" and b"<link" in page.content[:_HEAD_BYTES].lower()


def read_opml(page: Page) -> FeedList:
    """Read the feeds of an OPML list (https://opml.org/spec2.opml), however deep they are nested.

    Pure. A broken list gives what stands before the break. What is commented out is left out.

    Raises:
        ParseError: It declares entities, or nothing of it can be read.
    """
    refuse_entities(page.content.replace(b"\0", b""), url=page.url)
    reader = _OutlineReader(base=page.final_url or page.url)
    try:
        reader.read(page.content)
        flaw = None
    except (expat.ExpatError, ValueError, LookupError) as error:
        if not (reader.feeds or reader.lists):
            msg = f"the OPML list cannot be read: {error}"
            raise ParseError(msg, url=page.url) from error
        flaw = f"the OPML list is broken after {len(reader.feeds)} feeds: {error}"
    if not (reader.feeds or reader.lists or reader.broken):
        msg = "the OPML list names no feed: an outline needs an xmlUrl"
        raise ParseError(msg, url=page.url)
    return FeedList(
        feeds=tuple(reader.feeds)[:MAX_FEEDS],
        lists=tuple(reader.lists)[:MAX_FEEDS],
        broken=tuple(reader.broken)[:MAX_FEEDS],
        flaw=flaw,
    )


class _OutlineReader:
    """Takes outlines as they come: nothing is held but addresses, whatever the depth."""

    def __init__(self, *, base: str) -> None:
        self.feeds: dict[str, None] = {}
        self.lists: dict[str, None] = {}
        self.broken: dict[str, None] = {}
        self._base = base
        self._depth = 0
        self._commented_at: int | None = None

    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(content, True)  # noqa: FBT003 - expat takes it by its place

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if name.lower() != "outline" or self._commented_at is not None:
            return
        told = {key.lower(): value for key, value in attributes.items()}
        if told.get("iscomment", "").lower() == "true":
            self._commented_at = self._depth
            return
        address = told.get("xmlurl", "")
        if address.strip():
            url = read_url(address, self._base)
            (self.broken if url is None else self.feeds)[url or address.strip()[:200]] = None
        elif told.get("type", "").lower() == "include":
            url = read_url(told.get("url"), self._base)
            if url is not None:
                self.lists[url] = None

    def _end(self, _: str) -> None:
        if self._commented_at == self._depth:
            self._commented_at = None
        self._depth -= 1


def read_home(page: Page) -> tuple[str, ...]:
    """Give the feeds that an HTML page names in its head: all of the kind of the first.

    A page often names the same entries as RSS and as Atom. Feeds of comments are left out. Pure.
    """
    text = page.content[:_HEAD_BYTES].decode("utf-8", errors="replace")
    base = page.final_url or page.url
    found: list[tuple[str, str]] = []
    for tag, inner in _LINK.findall(_COMMENT.sub("", text)):
        told = _read_attributes(inner)
        if tag.lower() == "base":
            base = read_url(told.get("href"), base) or base
            continue
        kind = told.get("type", "").partition(";")[0].strip().lower()
        url = read_url(told.get("href"), base)
        is_feed = "alternate" in told.get("rel", "").lower().split() and kind in _FEED_TYPES
        # WordPress names its API as application/json
        is_api = kind == "application/json" and "/wp-json/" in (url or "")
        if not is_feed or url is None or is_api:
            continue
        if not _COMMENTS.search(f"{told.get('title', '')} {url}"):
            found.append((kind, url))
    first = found[0][0] if found else ""
    return tuple(dict.fromkeys(url for kind, url in found if kind == first))[:_MOST_OF_A_HOME]


def _read_attributes(inner: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inner):
        told.setdefault(name.lower(), unescape(double or single or bare))
    return told
