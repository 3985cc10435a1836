"""Sitemaps in XML. The one import of lxml."""

import io
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from alignwatch.errors import NotTextError, ParseError, TooLargeError
from alignwatch.model import Page
from alignwatch.sources import looks_like_feed
from alignwatch_sitemap._entry import MAX_ENTRIES, Entry, Sitemap, read_url
from alignwatch_sitemap._moment import read_moment

__all__ = ["read_xml"]

# 50,000 entries with twenty elements each; reading a million takes 4 s.
_MAX_ELEMENTS = 1_000_000
_ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
_SPACE = re.compile(r"\s+")
# the "<!ENTITY lol" inside of a "<!DOCTYPE urlset [...]>"
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
# the start of '<url a1="" a2="" a3="" ...'
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{16384}")


def read_xml(content: bytes, base: str) -> Sitemap:
    """Read what can be read of a sitemap at *base*.

    Raises:
        ParseError: Nothing can, or it declares entities, or it is something else.
        TooLargeError: It has more elements, or longer tags, than any sitemap needs.
    """
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
    url = read_url(texts.get("loc", ""), base)
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
