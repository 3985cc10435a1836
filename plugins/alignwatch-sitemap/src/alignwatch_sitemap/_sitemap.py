"""Sitemaps of any kind to entries. The one import of lxml."""

import io
import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

import attrs
from lxml import etree

from alignwatch.errors import EmptyTextError, NotTextError, PageError, ParseError, TooLargeError
from alignwatch.model import Page
from alignwatch.sources import looks_like_feed
from alignwatch.text import decode_text
from alignwatch_sitemap._moment import Moment, read_moment

__all__ = ["MAX_ENTRIES", "MAX_SITEMAP_BYTES", "Entry", "Sitemap", "read_sitemap"]

MAX_ENTRIES = 50_000
"""Entries of one sitemap, by the protocol; the rest is left out."""
MAX_SITEMAP_BYTES = 52_428_800
"""The largest sitemap after decompression, by the protocol."""

_GZIP = b"\x1f\x8b"
_LONGEST_URL = 8_000
# 50,000 entries with twenty elements each; reading a million takes 4 s.
_MAX_ELEMENTS = 1_000_000
_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
_SPACE = re.compile(r"\s+")
# the "<!ENTITY lol" inside of a "<!DOCTYPE urlset [...]>"
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
# the start of '<url a1="" a2="" a3="" ...'
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{16384}")
# the "<!DOCTYPE html" or "<html lang='en'" near the top of a page
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class Entry:
    """One entry: a page, or in an index a sitemap. `url` is absolute and without fragment."""

    url: str
    changed: Moment | None = None
    published: Moment | None = None
    title: str | None = None

    @property
    def newest(self) -> Moment | None:
        """The later of its times, None if it has none."""
        known = [one for one in (self.changed, self.published) if one is not None]
        return max(known, key=lambda one: one.until, default=None)


@attrs.frozen(kw_only=True)
class Sitemap:
    """What one sitemap lists, in its order: pages, or sitemaps if it `is_index`."""

    is_index: bool
    entries: tuple[Entry, ...]


def read_sitemap(page: Page) -> Sitemap:
    """Read a sitemap: XML or a list of addresses, gzipped or not. Pure.

    Broken XML gives what can be read of it.

    Raises:
        ParseError: It is no sitemap, or nothing of it can be read, or it declares entities.
        TooLargeError: It is larger than `MAX_SITEMAP_BYTES`.
    """
    base = page.final_url or page.url
    try:
        content = _inflate(page.content) if page.content.startswith(_GZIP) else page.content
        if not content.strip():
            msg = "the sitemap is empty"
            raise EmptyTextError(msg)
        # Without its NUL bytes, UTF-16 reads like ASCII here.
        start = content[:4096].replace(b"\0", b"")
        if _HTML.search(start) is not None:
            msg = (
                "this is an HTML page and no sitemap; name the site without a path, or its sitemap"
            )
            raise ParseError(msg)
        if b"<" not in start:
            return Sitemap(is_index=False, entries=tuple(_read_list(content, base)))
        return _read_xml(content, base)
    except PageError as error:
        error.url = page.url
        raise


def _inflate(content: bytes) -> bytes:
    read = bytearray()
    data = content
    try:
        # One file may be several gzip members in a row; what follows the last one is padding.
        while data.startswith(_GZIP):
            inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
            read += inflater.decompress(data, MAX_SITEMAP_BYTES + 1 - len(read))
            if len(read) > MAX_SITEMAP_BYTES:
                msg = f"the sitemap is larger than {MAX_SITEMAP_BYTES:,} bytes when decompressed"
                raise TooLargeError(msg)
            if not inflater.eof:
                msg = "the gzipped sitemap is cut off"
                raise ParseError(msg)
            data = inflater.unused_data
    except zlib.error as error:
        msg = f"the gzipped sitemap is broken ({error})"
        raise ParseError(msg) from error
    return bytes(read)


def _read_list(content: bytes, base: str) -> Iterator[Entry]:
    """Read one address a line; a text in which no line is one is no sitemap."""
    lines = [line.strip() for line in decode_text(content).splitlines()]
    urls = [line for line in lines if line.lower().startswith(("http://", "https://"))]
    if not urls:
        msg = "this is no sitemap: neither XML nor a list of addresses"
        raise ParseError(msg)
    for line in urls[:MAX_ENTRIES]:
        url = _read_url(line, base)
        if url is not None:
            yield Entry(url=url)


def _read_xml(content: bytes, base: str) -> Sitemap:
    _refuse_hostile(content)
    # Recovering goes on after an error; depth and lengths stay bounded by libxml2 (256 levels).
    events = etree.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root: etree._Element | None = None
    entries: list[Entry] = []
    try:
        for element in _bound(events):
            if root is None:
                root = element
                if _name(root) not in _ROOTS:
                    break
            elif element.getparent() is root:
                entry = _read_entry(element, base) if _name(element) in _ROOTS.values() else None
                _drop(element)
                if entry is not None:
                    entries.append(entry)
                if len(entries) >= MAX_ENTRIES:
                    break
    except (etree.LxmlError, ValueError) as error:
        if not entries:
            msg = f"the sitemap cannot be read: {error}"
            raise ParseError(msg) from error
    name = "" if root is None else _name(root)
    if name not in _ROOTS:
        raise _tell_other(content, name)
    return Sitemap(is_index=name == "sitemapindex", entries=tuple(entries))


def _bound(events: Iterable[tuple[str, etree._Element]]) -> Iterator[etree._Element]:
    """Give the root as it starts and each element as it ends, and no end of them."""
    count = 0
    for event, element in events:
        if event == "start":
            count += 1
            if count > _MAX_ELEMENTS:
                msg = f"the sitemap has more than {_MAX_ELEMENTS:,} elements"
                raise TooLargeError(msg)
            if count == 1:
                yield element
        else:
            yield element


def _refuse_hostile(content: bytes) -> None:
    plain = content.replace(b"\0", b"")
    if _ENTITY.search(plain) is not None:
        msg = "the sitemap declares entities of its own, which is how XML bombs are made"
        raise ParseError(msg)
    if _LONG_TAG.search(plain) is not None:
        msg = "the sitemap has a tag of more than 16 kB"
        raise TooLargeError(msg)


def _tell_other(content: bytes, root: str) -> ParseError:
    if looks_like_feed(Page(url="", content=content)):
        return ParseError("this is a feed and no sitemap; watch it through the rss source")
    found = f"its root is {root!r}" if root else "it has no root"
    return NotTextError(f"this XML is no sitemap: {found}, and not 'urlset' or 'sitemapindex'")


def _read_entry(element: etree._Element, base: str) -> Entry | None:
    """Read a ``url`` or ``sitemap``, whatever its namespace."""
    texts: dict[str, str] = {}
    for child in element.iterchildren():
        if _name(child) == "news":
            for part in child.iterchildren():
                texts.setdefault(f"news:{_name(part)}", part.text or "")
        else:
            texts.setdefault(_name(child), child.text or "")
    url = _read_url(texts.get("loc", ""), base)
    if url is None:
        return None
    return Entry(
        url=url,
        changed=read_moment(texts.get("lastmod")),
        published=read_moment(texts.get("news:publication_date")),
        title=_SPACE.sub(" ", texts.get("news:title", "")).strip() or None,
    )


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def _drop(element: etree._Element) -> None:
    """Free what was read, so that memory does not grow with the sitemap."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _read_url(text: str, base: str) -> str | None:
    """Give an absolute address for a ``loc``, None for what is no page on the web."""
    if not text.strip() or len(text) > _LONGEST_URL:
        return None
    try:
        url = urldefrag(urljoin(base, text.strip()))[0]
    except ValueError:
        return None
    is_web = url.lower().startswith(("http://", "https://"))
    return url if is_web and url.isprintable() else None
