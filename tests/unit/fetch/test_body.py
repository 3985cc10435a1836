"""Bodies are decompressed within bounds, whatever was sent."""

import gzip
import zlib

import pytest

from alignwatch.errors import FetchError, TooLargeError
from alignwatch.fetch._body import decode_chunks, read_bounded

TEXT = b"Ministers met in Riga. " * 100


def deflate_raw(data):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("coding", "sent"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT, mtime=0)),
        ("X-GZip ", gzip.compress(TEXT, mtime=0)),
        ("gzip", gzip.compress(TEXT[:100], mtime=0) + gzip.compress(TEXT[100:], mtime=0)),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"\0\0padding"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", deflate_raw(TEXT)),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_offered_codings_are_undone(coding, sent, step):
    """Servers compress in more ways than the standard knows, and cut anywhere."""
    chunks = [sent[at : at + step] for at in range(0, len(sent), step)]

    assert b"".join(decode_chunks(chunks, coding)) == TEXT


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, gzip", "deflate, gzip", "x"])
def test_codings_that_were_not_offered_are_refused(coding):
    """A few kilobytes of zstd became hundreds of megabytes in another client."""
    with pytest.raises(FetchError, match="not offered"):
        decode_chunks([b"x"], coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
@pytest.mark.parametrize("spoil", [lambda data: data[:-5], lambda data: data[:20] + b"\xff" * 99])
def test_broken_compression_is_an_error_and_no_half_article(coding, spoil):
    """Half an article that passes for a whole one misses its denial."""
    sent = gzip.compress(TEXT) if coding == "gzip" else zlib.compress(TEXT)

    with pytest.raises(FetchError, match=r"broken|cut off"):
        b"".join(decode_chunks([spoil(sent)], coding))


def test_an_empty_compressed_body_is_empty():
    """Some servers announce gzip and send nothing."""
    assert b"".join(decode_chunks([], "gzip")) == b""
    assert b"".join(decode_chunks([b""], "deflate")) == b""


def test_a_bomb_stops_at_the_limit():
    """A megabyte that unpacks to a gigabyte must cost no more than the limit."""
    bomb = gzip.compress(b"\0" * 200_000_000)
    seen = 0

    def watch(chunks):
        nonlocal seen
        for chunk in chunks:
            seen += len(chunk)
            yield chunk

    with pytest.raises(TooLargeError, match="1,000,000"):
        read_bounded(watch(decode_chunks([bomb], "gzip")), limit_bytes=1_000_000)

    assert seen < 2_000_000


def test_a_body_may_be_cut_instead():
    """Of an endless robots.txt the beginning holds."""

    def endless():
        while True:
            yield b"x" * 10

    assert read_bounded(endless(), limit_bytes=25, truncate=True) == b"x" * 25
    assert read_bounded([b"ab", b"c"], limit_bytes=3) == b"abc"
