"""Bytes that no site should send, and some do."""

import random
from collections.abc import Iterator

__all__ = ["JUNK", "mutate"]

_PAGE = b"<html><body><article><p>%s</p></article></body></html>"

JUNK: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \r\n\t ",
    "a NUL byte": b"\0",
    "NUL bytes": b"\0" * 1_000,
    "a PNG": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0",
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "gzip data": b"\x1f\x8b\x08\0\0\0\0\0\0\x03",
    "half of a UTF-8 letter": _PAGE % b"caf\xc3",
    "bytes of no encoding": bytes(range(128, 256)) * 8,
    "half of a UTF-16 letter": b"\xff\xfe<\0h",
    "an unknown charset": b'<meta charset="no-such-code">' + _PAGE % b"one",
    "a page without a body": b"<!DOCTYPE html><html><head><title>x</title></head></html>",
    "an open tag": b"<html><body><p",
    "an open comment": b"<html><!-- ",
    "an open CDATA": b"<rss><![CDATA[",
    "a note about scripts": _PAGE % b"Please enable JavaScript.",
    "deep nesting": b"<div>" * 3_000 + b"words" + b"</div>" * 3_000,
    "many attributes": b"<p " + b"".join(b"a%d=1 " % at for at in range(2_000)) + b">x</p>",
    "entities of entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;">]><rss><channel>&b;</channel></rss>',
    "an external entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM '
    b'"file:///etc/hostname">]><rss><channel>&a;</channel></rss>',
    "a number out of bounds": _PAGE % b"&#99999999999; &#xD800; &#0;",
    "half a JSON record": b'{"items": [{"id": ',
    "JSON of the wrong shape": b"[[], null, 1, {}]",
    "deep JSON": b"[" * 3_000,
    "JSON null": b"null",
    "a number": b"1e999",
    "a bare quote": b'"',
}
"""What is no article and no listing, by what it is."""

_PIECES = (
    b"<",
    b">",
    b"&",
    b"\0",
    b"\xff",
    b"<!--",
    b"]]>",
    b'"',
    b"</div>",
    b"<table>",
    b"{",
    b"[",
)
_PIECES_MORE = (b"&#0;", b"\xed\xa0\x80", b"<p>" * 50, b"0" * 400, b"<script>", b"<![CDATA[")


def mutate(content: bytes, *, count: int, seed: int = 0) -> Iterator[bytes]:
    """Give *count* spoiled copies of *content*, the same ones for the same *seed*."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    for _ in range(count):
        made = content
        for _ in range(rng.randint(1, 4)):
            made = _spoil(made, rng)
        yield made


def _spoil(content: bytes, rng: random.Random) -> bytes:
    start = rng.randint(0, len(content))
    end = min(len(content), start + rng.randint(0, max(1, len(content) // 4)))
    match rng.randrange(5):
        case 0:
            return content[:start]
        case 1:
            return content[:start] + content[end:]
        case 2:
            return content[:end] + content[start:]
        case 3:
            return content[:start] + rng.randbytes(rng.randint(1, 20)) + content[end:]
        case _:
            return content[:start] + rng.choice(_PIECES + _PIECES_MORE) + content[start:]
