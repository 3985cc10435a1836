"""Bodies as they were sent, back to what they say: never beyond a bound."""

import io
from collections.abc import Callable
from typing import Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

from alignwatch.errors import ParseError, TooLargeError

__all__ = ["MAX_BODY_BYTES", "decode_body", "read_bounded"]

MAX_BODY_BYTES = 10_000_000
"""The largest body that is read, before and after decompression."""


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


_READERS: dict[str, Callable[[io.BytesIO], _Readable]] = {
    "chunked": ChunkedReader,
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": lambda stream: GzipReader(stream, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
}


def read_bounded(stream: _Readable) -> bytes:
    """Read all that is there.

    Raises:
        TooLargeError: It is more than `MAX_BODY_BYTES`.
        OSError: It is broken.
    """
    read = bytearray()
    while piece := stream.read(MAX_BODY_BYTES + 1 - len(read)):
        read += piece
        if len(read) > MAX_BODY_BYTES:
            msg = f"the body is larger than {MAX_BODY_BYTES:,} bytes"
            raise TooLargeError(msg)
    return bytes(read)


def decode_body(content: bytes, *, transfer: str, coding: str) -> bytes:
    """Undo the codings that the headers *transfer* (first) and *coding* name, the last one first.

    Archives often keep the headers of a body that they keep decoded; such a body stays as it is.

    Raises:
        ParseError: A coding is unknown, or the body is broken.
        TooLargeError: The decoded body is more than `MAX_BODY_BYTES`.
    """
    names = [*_split(transfer), *_split(coding)]
    for name in names:
        content = _undo(name, content)
    return content


def _split(header: str) -> list[str]:
    names = [name.strip().lower() for name in header.split(",")]
    return [name for name in reversed(names) if name not in {"", "identity"}]


def _undo(name: str, content: bytes) -> bytes:
    is_plain = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    if name not in _READERS:
        if is_plain:
            return content
        msg = f"the body is in the coding {name!r}, which is not known"
        raise ParseError(msg)
    try:
        return read_bounded(_READERS[name](io.BytesIO(content)))
    except OSError as error:
        if is_plain:
            return content
        msg = f"the body is broken ({name}: {error})"
        raise ParseError(msg) from error
