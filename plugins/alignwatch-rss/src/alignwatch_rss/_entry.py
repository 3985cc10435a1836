"""What feeds list, and how their parts are read whatever the dialect."""

import hashlib
import re
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import attrs

__all__ = [
    "MAX_ENTRIES",
    "Entry",
    "Feed",
    "host_of",
    "read_moment",
    "read_name",
    "read_plain",
    "read_url",
    "to_html",
]

MAX_ENTRIES = 10_000
"""Entries of one feed that are read; the rest is left out."""

# "<b>" in "<b>Ministers</b> meet"
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")


@attrs.frozen(kw_only=True)
class Entry:
    """One entry: an address, or the content that stands in the feed, or both.

    `url` is absolute, http or https, and without fragment. `content` is HTML; it `is_full` where
    the feed calls it the content, and no summary or description. Times are in UTC.
    """

    name: str
    url: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    changed_at: datetime | None = None
    content: str | None = None
    is_full: bool = False
    authors: tuple[str, ...] = ()

    @property
    def newest_at(self) -> datetime | None:
        """The later of its times, None if it has none."""
        known = [at for at in (self.published_at, self.changed_at) if at is not None]
        return max(known, default=None)


@attrs.frozen(kw_only=True)
class Feed:
    """One feed document: its entries, in its order, and where the older ones are.

    `older_url` is the archive before this one or the next page (RFC 5005; JSON Feed's
    ``next_url``), None where there is none or where the feed says that it is complete. `flaw` says
    where it was cut off, None if it came to its end. `language` is what it declares, and
    `reservations` what its own markup reserves.
    """

    entries: tuple[Entry, ...]
    older_url: str | None = None
    flaw: str | None = None
    language: str | None = None
    reservations: tuple[str, ...] = ()


def read_url(value: object, base: str) -> str | None:
    """Give an absolute address for a link, None for what is no page on the web."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        url = urldefrag(urljoin(base, value.strip()))[0]
        is_whole = bool(urlsplit(url).hostname)
    except ValueError:
        return None
    scheme, colon, rest = url.partition(":")
    url = scheme.lower() + colon + rest
    return url if is_whole and url.startswith(("http://", "https://")) else None


def read_moment(value: object) -> datetime | None:
    """Read an ISO 8601 time; one without a zone is taken for UTC."""
    try:
        at = datetime.fromisoformat(str(value))
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def read_plain(value: object) -> str | None:
    """Give a text without tags and entities, None for none."""
    if not isinstance(value, str):
        return None
    return _SPACE.sub(" ", unescape(_TAG.sub("", value))).strip() or None


def read_name(value: object, url: str | None, content: object) -> str:
    """Name an entry for good: its id, else its address, else its content."""
    if isinstance(value, str | int) and str(value).strip():
        return str(value).strip()
    return url or hashlib.sha256(str(content).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def to_html(text: str) -> str:
    """Give paragraphs for a plain text."""
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n"))


def host_of(url: str) -> str:
    """Name the host of an address without ``www.``; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""
