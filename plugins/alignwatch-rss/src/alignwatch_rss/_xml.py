"""RSS and Atom. The one import of feedparser."""

import codecs
import io
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from alignwatch.errors import ParseError, TooLargeError
from alignwatch.model import Page
from alignwatch_rss._entry import MAX_ENTRIES, Entry, Feed, read_name, read_plain, read_url

__all__ = ["read_xml", "refuse_entities"]

# feedparser takes about 20 s for a million tags, and its time grows with the square of the number
# of attributes in a tag and of namespaces.
_MAX_TAGS = 300_000
_MAX_NAMESPACES = 200

# feedparser takes a feed in UTF-16 for UTF-8 where it does not name its encoding.
_UNICODE_MARKS = (
    *((codecs.BOM_UTF32_LE, "utf-32le"), (codecs.BOM_UTF32_BE, "utf-32be")),
    *((codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be")),
    *((b"<\0?\0", "utf-16le"), (b"\0<\0?", "utf-16be")),
)
# the "<!ENTITY lol" inside of a "<!DOCTYPE rss [...]>"
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
# the start of '<item a1="" a2="" a3="" ...'
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{16384}")
# the 'xmlns:dc="http' of '<rss xmlns:dc="http://purl.org/dc/elements/1.1/">'
_NAMESPACE = re.compile(rb"xmlns(?::[\w.-]+)?\s*=\s*[\"'][^\"'<>]{0,200}")
# the "</rss>", "</atom:feed>" or "</rdf:RDF>" that ends a feed, and "<feed/>"
_END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|RDF)\s*>|<(?:rss|feed)[^<>]*/>", re.IGNORECASE)
_END_BYTES = 65_536
_HISTORY = "http://purl.org/syndication/history/1.0"
_OLDER = ("prev-archive", "next")


def read_xml(page: Page, base: str) -> Feed:
    """Read what can be read of a feed at *base*.

    Raises:
        ParseError: Nothing can, or it declares entities, or it is something else.
        TooLargeError: It has more tags or namespaces than any feed needs.
    """
    _refuse_hostile(page)
    import feedparser  # noqa: PLC0415 - takes 0.1 s, and not every run has a feed

    marked = (name for mark, name in _UNICODE_MARKS if page.content.startswith(mark))
    charset = next(marked, page.charset)
    media_type = f"application/xml; charset={charset}" if charset else "application/xml"
    headers = {"content-type": media_type, "content-location": base}
    # Bytes alone would be taken for a file's name, and a string for an address to fetch.
    try:
        found = feedparser.parse(
            io.BytesIO(page.content),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
        OverflowError,
    ) as error:
        msg = f"the feed cannot be read ({type(error).__name__}: {error})"
        raise ParseError(msg, url=page.url) from error
    if not found.entries and (found.bozo or not found.get("version")):
        why = found.get("bozo_exception") or "it is no RSS, Atom or JSON feed"
        msg = f"no entry can be read: {why}"
        raise ParseError(msg, url=page.url)
    entries = found.entries[:MAX_ENTRIES]
    own = _read_authors(found.feed)
    return Feed(
        entries=tuple(_read_entry(entry, base, own) for entry in entries),
        older_url=_find_older(found, base),
        flaw=_find_flaw(page.content, len(entries)),
        language=read_plain(found.feed.get("language")),
    )


def refuse_entities(content: bytes, *, url: str) -> None:
    """Refuse XML that declares entities of its own.

    Raises:
        ParseError: It does.
    """
    if _ENTITY.search(content):
        msg = "the feed declares entities of its own, which is how XML bombs are made"
        raise ParseError(msg, url=url)


def _refuse_hostile(page: Page) -> None:
    # Without its NUL bytes, UTF-16 reads like ASCII here.
    content = page.content.replace(b"\0", b"")
    refuse_entities(content, url=page.url)
    tags = content.count(b"<")
    namespaces = len(set(_NAMESPACE.findall(content)))
    if tags > _MAX_TAGS or namespaces > _MAX_NAMESPACES or _LONG_TAG.search(content):
        msg = (
            f"the feed has {tags:,} tags and {namespaces:,} namespaces, or an endless tag; up to "
            f"{_MAX_TAGS:,} and {_MAX_NAMESPACES:,} are read"
        )
        raise TooLargeError(msg, url=page.url)


def _find_flaw(content: bytes, count: int) -> str | None:
    """Say that a feed is cut off: its root never ends. What else is broken is mended in reading."""
    if _END.search(content[-_END_BYTES:].replace(b"\0", b"")) is not None:
        return None
    return f"the feed breaks off before its end; {count} entries of it were read"


def _find_older(found: Mapping[str, Any], base: str) -> str | None:
    """Give the address of older entries, RFC 5005: of the archive before, else of the next page."""
    feed = found["feed"]
    prefixes = [prefix for prefix, uri in found.get("namespaces", {}).items() if uri == _HISTORY]
    if any(f"{prefix}_complete".lstrip("_") in feed for prefix in prefixes):
        return None
    links: Iterable[Mapping[str, str]] = feed.get("links", ())
    by_kind = {link.get("rel"): link.get("href") for link in reversed(list(links))}
    return next((url for kind in _OLDER if (url := read_url(by_kind.get(kind), base))), None)


def _read_entry(entry: Mapping[str, Any], base: str, own: tuple[str, ...]) -> Entry:
    url = read_url(entry.get("link"), base)
    texts = [part.get("value") for part in entry.get("content", ())]
    full = next((text for text in texts if text), None)
    content = full or entry.get("summary") or None
    return Entry(
        name=read_name(entry.get("id"), url, content),
        url=url,
        title=read_plain(entry.get("title")),
        published_at=_read_struct(entry, "published_parsed"),
        changed_at=_read_struct(entry, "updated_parsed"),
        content=content,
        is_full=full is not None,
        authors=_read_authors(entry) or own,
    )


def _read_authors(part: Mapping[str, Any]) -> tuple[str, ...]:
    names = [read_plain(one.get("name")) for one in part.get("authors", ())]
    return tuple(dict.fromkeys(name for name in names if name))


def _read_struct(entry: Mapping[str, Any], name: str) -> datetime | None:
    # Asked first, because feedparser warns where it takes one date for the other.
    if name not in entry or entry[name] is None:
        return None
    at = entry[name]
    try:
        return datetime(
            at.tm_year, at.tm_mon, at.tm_mday, at.tm_hour, at.tm_min, min(at.tm_sec, 59), tzinfo=UTC
        )
    except ValueError:
        return None
