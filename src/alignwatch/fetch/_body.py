"""Bodies off the wire: decompressed by ourselves, never beyond a bound."""

import io
import zlib
from collections.abc import Iterable, Iterator

from alignwatch.errors import FetchError, TooLargeError

__all__ = ["CODINGS", "decode_chunks", "read_bounded"]

CODINGS = "gzip, deflate"
"""The content codings that a fetcher offers; others are refused."""

_GZIP_MAGIC = b"\x1f\x8b"
_STEP_BYTES = 256 * 1024


def read_bounded(chunks: Iterable[bytes], *, limit_bytes: int, truncate: bool = False) -> bytes:
    """Join *chunks* up to *limit_bytes*; reads no further once the limit is passed.

    Args:
        chunks: The body, already decompressed.
        limit_bytes: The most that is given back.
        truncate: Give the first *limit_bytes* of a longer body instead of raising.

    Raises:
        TooLargeError: The body is longer.
    """
    # gives its bytes without a copy, unlike a bytearray: a page may have ten million
    read = io.BytesIO()
    for chunk in chunks:
        if read.write(chunk) and read.tell() > limit_bytes:
            if truncate:
                read.truncate(limit_bytes)
                break
            msg = f"the body is larger than {limit_bytes:,} bytes"
            raise TooLargeError(msg)
    return read.getvalue()


def decode_chunks(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Undo the content coding, lazily and in steps of at most 256 kB.

    Args:
        chunks: The body as it was sent; consumed once.
        coding: The ``Content-Encoding`` header, empty for none.

    Raises:
        FetchError: The coding was not offered, or the data is broken or cut off.
    """
    name = coding.strip().lower()
    if name in {"", "identity"}:
        return iter(chunks)
    if name in {"gzip", "x-gzip"}:
        return _inflate(chunks, zlib.MAX_WBITS | 16)
    if name == "deflate":
        return _inflate(_with_two_bytes_first(chunks), None)
    msg = f"the server used the content coding {name!r}, which was not offered ({CODINGS})"
    raise FetchError(msg)


def _inflate(chunks: Iterable[bytes], window: int | None) -> Iterator[bytes]:
    inflater = zlib.decompressobj(window) if window else None
    has_data = False
    held = b""
    try:
        for chunk in chunks:
            data = held + chunk
            held = b""
            while data:
                has_data = True
                inflater = inflater or zlib.decompressobj(_deflate_window(data))
                if inflater.eof:
                    if len(data) < len(_GZIP_MAGIC):
                        held = data
                        break
                    # Further gzip members go on; anything else after the end is padding.
                    if not window or not data.startswith(_GZIP_MAGIC):
                        return
                    inflater = zlib.decompressobj(window)
                yield inflater.decompress(data, _STEP_BYTES)
                data = inflater.unconsumed_tail or inflater.unused_data
    except zlib.error as error:
        msg = f"the compressed body is broken ({error})"
        raise FetchError(msg) from error
    if has_data and inflater is not None and not inflater.eof:
        yield from _finish(inflater)


def _finish(inflater: "zlib._Decompress") -> Iterator[bytes]:
    yield inflater.flush(_STEP_BYTES)
    if not inflater.eof:
        msg = "the compressed body is cut off"
        raise FetchError(msg)


def _with_two_bytes_first(chunks: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for chunk in chunks:
        held += chunk
        if len(held) > 1:
            yield held
            held = b""
    yield held


def _deflate_window(data: bytes) -> int:
    """Tell zlib data, which "deflate" is by the standard, from raw data, as some servers send."""
    is_zlib = data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
