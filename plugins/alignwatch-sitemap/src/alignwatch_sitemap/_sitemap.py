"""Sitemaps of any kind to entries."""

import re
import zlib
from collections.abc import Iterator

from alignwatch.errors import EmptyTextError, PageError, ParseError, TooLargeError
from alignwatch.model import Page
from alignwatch.text import decode_text
from alignwatch_sitemap._entry import MAX_ENTRIES, Entry, Sitemap, read_url
from alignwatch_sitemap._xml import read_xml

__all__ = ["MAX_SITEMAP_BYTES", "read_sitemap"]

MAX_SITEMAP_BYTES = 52_428_800
"""The largest sitemap after decompression, by the protocol."""

_GZIP = b"\x1f\x8b"
# Small, because each member that ends has what follows it copied.
_STEP_BYTES = 4_096
# the "<!DOCTYPE html" or "<html lang='en'" near the top of a page
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)


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
        return read_xml(content, base)
    except PageError as error:
        error.url = page.url
        raise


def _inflate(content: bytes) -> bytes:
    """Undo gzip: several members in a row, padding after the last one."""
    read = bytearray()
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for start in range(0, len(content), _STEP_BYTES):
            data = content[start : start + _STEP_BYTES]
            while data:
                if inflater.eof:
                    if not data.startswith(_GZIP[:1]):
                        return bytes(read)
                    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
                read += inflater.decompress(data, MAX_SITEMAP_BYTES + 1 - len(read))
                if len(read) > MAX_SITEMAP_BYTES:
                    msg = f"the sitemap has more than {MAX_SITEMAP_BYTES:,} bytes, decompressed"
                    raise TooLargeError(msg)
                data = inflater.unused_data
    except zlib.error as error:
        msg = f"the gzipped sitemap is broken ({error})"
        raise ParseError(msg) from error
    if not inflater.eof:
        msg = "the gzipped sitemap is cut off"
        raise ParseError(msg)
    return bytes(read)


def _read_list(content: bytes, base: str) -> Iterator[Entry]:
    """Read one address a line; a text in which no line is one is no sitemap."""
    lines = [line.strip() for line in decode_text(content).splitlines()]
    urls = [line for line in lines if line.lower().startswith(("http://", "https://"))]
    if not urls:
        msg = "this is no sitemap: neither XML nor a list of addresses"
        raise ParseError(msg)
    for line in urls[:MAX_ENTRIES]:
        url = read_url(line, base)
        if url is not None:
            yield Entry(url=url)
