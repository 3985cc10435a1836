"""Telling feeds from pages."""

import codecs
import re

from alignwatch.model import Page

__all__ = ["looks_like_feed"]

_SNIFFED_CHARS = 8_000
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_FEED_TYPES = frozenset(
    {
        *("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        "application/feed+json",
    }
)
# what may stand before the root: <?xml version="1.0"?>, <!-- a comment -->, <!DOCTYPE rss>
_PROLOG = re.compile(r"(\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(\[[^\]]*\]|[^\[>])*>)+", re.DOTALL)
# <rss version="2.0">, <feed xmlns=...>, <atom:feed ...>, <rdf:RDF xmlns=...>
_FEED_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>/]", re.IGNORECASE)
_RSS_1 = re.compile(
    r"purl\.org/rss/1\.0|my\.netscape\.com/rdf|channel\.netscape\.com", re.IGNORECASE
)
# {"version": "https://jsonfeed.org/version/1.1", with slashes perhaps escaped
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org(?:\\?/)version')


def looks_like_feed(page: Page) -> bool:
    """Whether *page* is an RSS, Atom, RDF or JSON feed, by its content before its media type."""
    text = _decode_start(page.content)
    if text.lstrip().startswith("{"):
        return _JSON_FEED.search(text) is not None or page.media_type == "application/feed+json"
    prolog = _PROLOG.match(text)
    rest = text[prolog.end() :] if prolog else text
    root = _FEED_ROOT.match(rest)
    if root is None:
        is_markup_of_pages = "<html" in rest[:2_000].lower() or page.media_type in _HTML_TYPES
        return page.media_type in _FEED_TYPES and not is_markup_of_pages
    return "rdf" not in root[0].lower() or _RSS_1.search(rest) is not None


def _decode_start(content: bytes) -> str:
    if content.startswith(_UTF16_MARKS):
        return content[: 2 * _SNIFFED_CHARS].decode("utf-16", errors="replace")
    return content[:_SNIFFED_CHARS].decode("utf-8-sig", errors="replace")
