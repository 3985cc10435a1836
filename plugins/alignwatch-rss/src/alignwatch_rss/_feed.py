"""Feeds of any kind to entries. The one import of feedparser."""

import codecs
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urldefrag, urljoin

import attrs

from alignwatch.errors import ParseError, TooLargeError
from alignwatch.model import Page

__all__ = ["MAX_ENTRIES", "Entry", "read_feed"]

MAX_ENTRIES = 10_000
"""Entries of one feed that are read; the rest is left out."""

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
# "<b>" in "<b>Ministers</b> meet"
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")


@attrs.frozen(kw_only=True)
class Entry:
    """One entry: an address, or the content that stands in the feed, or both.

    `url` is absolute, http or https, and without fragment. `content` is HTML. Times are in UTC.
    """

    name: str
    url: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    changed_at: datetime | None = None
    content: str | None = None


def read_feed(page: Page) -> tuple[Entry, ...]:
    """Read the entries of *page*, in its order; those without address and content are left out.

    Pure. A broken feed gives what can be read of it.

    Raises:
        ParseError: It is no feed, or so broken that no entry can be read, or declares entities.
        TooLargeError: It has more tags or namespaces than any feed needs.
    """
    base = page.final_url or page.url
    if page.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        entries = _read_json(page.content, base)
    else:
        entries = _read_xml(page, base)
    return tuple(entry for entry in entries if entry.url or entry.content)


def _read_xml(page: Page, base: str) -> Iterator[Entry]:
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
    return (_from_xml(entry, base) for entry in found.entries[:MAX_ENTRIES])


def _refuse_hostile(page: Page) -> None:
    # Without its NUL bytes, UTF-16 reads like ASCII here.
    content = page.content.replace(b"\0", b"")
    if _ENTITY.search(content):
        msg = "the feed declares entities of its own, which is how XML bombs are made"
        raise ParseError(msg, url=page.url)
    tags = content.count(b"<")
    namespaces = len(set(_NAMESPACE.findall(content)))
    if tags > _MAX_TAGS or namespaces > _MAX_NAMESPACES or _LONG_TAG.search(content):
        msg = (
            f"the feed has {tags:,} tags and {namespaces:,} namespaces, or an endless tag; up to "
            f"{_MAX_TAGS:,} and {_MAX_NAMESPACES:,} are read"
        )
        raise TooLargeError(msg, url=page.url)


def _from_xml(entry: Mapping[str, Any], base: str) -> Entry:
    url = _read_url(entry.get("link"), base)
    texts = [part.get("value") for part in entry.get("content", ())]
    content = next((text for text in texts if text), None) or entry.get("summary") or None
    title = _read_title(entry.get("title"))
    return Entry(
        name=_read_name(entry.get("id"), url, content),
        url=url,
        title=title,
        published_at=_read_struct(entry, "published_parsed"),
        changed_at=_read_struct(entry, "updated_parsed"),
        content=content,
    )


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


def _read_json(content: bytes, base: str) -> Iterator[Entry]:
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        msg = f"the JSON feed cannot be read: {error}"
        raise ParseError(msg, url=base) from error
    items = feed.get("items")
    if "jsonfeed.org/version" not in str(feed.get("version")) or not isinstance(items, list):
        msg = "this JSON is no JSON Feed: it needs a version of jsonfeed.org and a list of items"
        raise ParseError(msg, url=base)
    return (_from_json(item, base) for item in items[:MAX_ENTRIES] if isinstance(item, dict))


def _from_json(item: Mapping[str, object], base: str) -> Entry:
    url = _read_url(item.get("url") or item.get("external_url"), base)
    text = item.get("content_text")
    content = item.get("content_html") or (_to_html(text) if isinstance(text, str) else None)
    return Entry(
        name=_read_name(item.get("id"), url, content),
        url=url,
        title=_read_title(item.get("title")),
        published_at=_read_iso(item.get("date_published")),
        changed_at=_read_iso(item.get("date_modified")),
        content=content if isinstance(content, str) else None,
    )


def _read_iso(value: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(str(value))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_url(value: object, base: str) -> str | None:
    """Give an absolute address for a link, None for what is no page on the web."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        url = urldefrag(urljoin(base, value.strip()))[0]
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


def _read_title(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return _SPACE.sub(" ", unescape(_TAG.sub("", value))).strip() or None


def _read_name(value: object, url: str | None, content: object) -> str:
    """Name an entry for good: its id, else its address, else its content."""
    if isinstance(value, str | int) and str(value).strip():
        return str(value).strip()
    return url or hashlib.sha256(str(content).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _to_html(text: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))
