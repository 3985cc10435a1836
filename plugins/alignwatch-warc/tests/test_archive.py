"""Reading archives from files."""

import gzip
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from fastwarc.stream_io import BrotliWriter, Lz4Writer, ZstdWriter
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import EmptyTextError, PageError, ParseError, TooLargeError
from alignwatch.sources import FAILURE_TYPE, parse_page
from alignwatch_warc import MAX_BODY_BYTES, open_file, read_archive

NAME = "file:///a.warc.gz"


@pytest.fixture
def read(tmp_path):
    """Read an archive of these bytes; give its pages, and those of failure as errors."""

    def reader(content, **options):
        path = tmp_path / "a.warc.gz"
        path.write_bytes(content)
        return [
            (one.offset, one.outcome.skipped or _open(one.outcome.page))
            for one in read_archive(open_file(path), name=NAME, **options)
        ]

    return reader


def _open(page):
    if page.media_type != FAILURE_TYPE:
        return page
    with pytest.raises(PageError) as caught:
        parse_page(page)
    return caught.value


def urls(found):
    return [one.url for _, one in found if not isinstance(one, str)]


def test_a_response_becomes_a_page_as_the_crawler_got_it(read, archives):
    """With its address, its time and what its headers say."""
    block = archives.http(media_type='text/HTML; charset="ISO-8859-1"', ETag='"x"')
    content = archives.zip(
        archives.record(None, b"software: x\r\n", kind="warcinfo"),
        archives.record("http://wire.example/1", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        archives.record("<http://wire.example/1#top>", block),
    )
    (_, first), (_, second), (offset, page) = read(content)

    assert (first, second) == ("no response", "no response")
    assert page.url == "http://wire.example/1"
    assert page.fetched_at == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert (page.media_type, page.charset, page.etag) == ("text/html", "iso-8859-1", '"x"')
    assert "joint border station" in parse_page(page).text
    assert content[offset:].startswith(b"\x1f\x8b")


@pytest.mark.parametrize("form", ["plain", "gzip", "whole", "zstd", "lz4"])
def test_archives_are_read_in_all_their_forms(read, archives, form):
    """Crawlers differ."""
    records = [archives.page(number) for number in range(4)]
    if form in {"zstd", "lz4"}:
        stream = BytesIO()
        for record in records:
            with (ZstdWriter if form == "zstd" else Lz4Writer)(stream) as writer:
                writer.write(record)
        content = stream.getvalue()
    else:
        joined = b"".join(records)
        content = {"plain": joined, "gzip": archives.zip(*records), "whole": gzip.compress(joined)}[
            form
        ]

    assert urls(read(content)) == [f"http://wire.example/{number}" for number in range(4)]


def test_reading_goes_on_at_the_offset_of_any_record(read, archives):
    """A run that was stopped need not begin anew."""
    records = [archives.page(number) for number in range(5)]
    content = archives.zip(*records)

    assert [offset for offset, _ in read(content)] == archives.offsets(*records)
    for number, offset in enumerate(archives.offsets(*records)):
        found = read(content, offset=offset)
        assert found[0][0] == offset
        assert urls(found) == [f"http://wire.example/{rest}" for rest in range(number, 5)]
    assert read(content, offset=len(content)) == []
    with pytest.raises(ParseError, match="no WARC record starts at offset 3"):
        read(content, offset=3)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "404 Not Found"}, "status"),
        ({"status": "301 Moved", "Location": "/b"}, "status"),
        ({"status": "304 Not Modified"}, "status"),
        ({"media_type": "image/png"}, "no HTML"),
        ({"media_type": "text/plain"}, "no HTML"),
        ({"media_type": None, "body": b"plain words"}, "no HTML"),
    ],
)
def test_what_is_no_page_is_skipped_with_a_reason(read, archives, fields, reason):
    """An archive of news is half pictures."""
    content = archives.zip(archives.record("http://wire.example/x", archives.http(**fields)))

    assert [what for _, what in read(content)] == [reason]


def test_html_without_a_media_type_is_a_page(read, archives):
    """Old servers say nothing of it."""
    block = archives.http(media_type=None)

    assert urls(read(archives.zip(archives.record("http://wire.example/x", block))))


@pytest.mark.parametrize(
    ("headers", "coded"),
    [
        ({"Content_Encoding": "gzip"}, gzip.compress),
        ({"Content_Encoding": "x-gzip"}, gzip.compress),
        ({"Content_Encoding": "deflate"}, zlib.compress),
        ({"Content_Encoding": "br"}, None),
        (
            {"Transfer_Encoding": "chunked"},
            lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
        ),
        ({"Content_Encoding": "gzip"}, bytes),
        ({"Content_Encoding": "br"}, bytes),
        ({"Content_Encoding": "snappy"}, bytes),
        ({"Transfer_Encoding": "chunked"}, bytes),
        ({"Content_Encoding": "identity"}, bytes),
    ],
)
def test_bodies_are_decoded_unless_the_crawler_has_done_so(read, archives, headers, coded):
    """Many archives keep the header of a coding that they have undone."""
    body = b"<!DOCTYPE html><html><body><p>Ministers met in Riga.</p></body></html>"
    if coded is None:
        stream = BytesIO()
        with BrotliWriter(stream) as writer:
            writer.write(body)
        sent = stream.getvalue()
    else:
        sent = coded(body)
    block = archives.http(sent, **headers)
    ((_, page),) = read(archives.zip(archives.record("http://wire.example/x", block)))

    assert page.content == body


@pytest.mark.parametrize(
    ("block", "fields", "why"),
    [
        ({"body": b"\xff\x00" * 9, "Content_Encoding": "gzip"}, {}, "broken (gzip"),
        ({"body": b"\xff\x00" * 9, "Content_Encoding": "snappy"}, {}, "'snappy'"),
        ({}, {"WARC_Truncated": "length"}, "WARC-Truncated: length"),
        ({"body": b" " * (MAX_BODY_BYTES + 1)}, {}, "10,000,000"),
    ],
)
def test_pages_that_cannot_be_read_are_failures(read, archives, block, fields, why):
    """Each is counted, under its address."""
    content = archives.zip(
        archives.record("http://wire.example/x", archives.http(**block), **fields),
        archives.page(2),
    )
    (_, failure), (_, page) = read(content)

    assert failure.url == "http://wire.example/x"
    assert why in str(failure)
    assert page.url == "http://wire.example/2"


def test_a_bomb_ends_at_the_bound(read, archives):
    """A hundred kilobytes become a hundred megabytes."""
    bomb = archives.http(gzip.compress(b"\0" * 100_000_000), Content_Encoding="gzip")
    ((_, failure),) = read(archives.zip(archives.record("http://wire.example/x", bomb)))

    assert isinstance(failure, TooLargeError)


@pytest.mark.parametrize("is_zipped", [True, False])
@pytest.mark.parametrize("cut", [30, 300, 500])
def test_an_archive_that_is_cut_off_gives_all_before_and_a_failure(read, archives, cut, is_zipped):
    """A download that was stopped is still worth reading."""
    records = [archives.page(number) for number in range(4)]
    content = archives.zip(*records) if is_zipped else b"".join(records)
    size = len(archives.zip(records[-1])) if is_zipped else len(records[-1])
    found = read(content[: len(content) - size + cut * size // 700])

    assert [one.url for _, one in found[:3]] == [f"http://wire.example/{n}" for n in range(3)]
    assert isinstance(found[-1][1], ParseError)
    assert len(found) == 4


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: b"GARBAGE " * 40,
        lambda record: record[:40] + b"\xff" * 30 + record[70:],
        lambda record: record[:50],
        lambda record: b"\x1f\x8b\x08" + record[:60],
    ],
)
def test_damage_is_passed_over_and_counted_once(read, archives, damage):
    """One bad sector must not hide ten thousand pages."""
    records = [archives.zip(archives.page(number)) for number in range(6)]
    broken = [*records[:2], damage(records[2]), *records[3:]]
    found = read(b"".join(broken))

    assert [one.url for _, one in found if not isinstance(one, ParseError)] == [
        f"http://wire.example/{number}" for number in (0, 1, 3, 4, 5)
    ]
    failures = [one for _, one in found if isinstance(one, ParseError)]
    assert 1 <= len(failures) <= 3
    assert all(failure.url.startswith(f"{NAME}#offset=") for failure in failures)


def test_damage_of_a_plain_archive_is_passed_over_too(read, archives):
    """Also a length that is a lie."""
    records = [archives.page(number) for number in range(4)]
    lies = archives.page(9, length=len(records[0]) + 50)
    found = read(b"".join([records[0], b"GARBAGE\r\n" * 9, records[1], lies, *records[2:]]))

    assert {url for url in urls(found) if "wire.example" in url} >= {
        "http://wire.example/0",
        "http://wire.example/1",
        "http://wire.example/3",
    }


def test_an_archive_that_is_nothing_but_damage_comes_to_an_end(read):
    """However much of it looks like the start of a record."""
    found = read(b"WARC/1.0\r\n" * 5_000, max_repairs=20)

    assert len(found) <= 42


@pytest.mark.parametrize(
    "url",
    ["", "dns:wire.example", "http://", "http://me:pw@wire.example/", "http://wire.example/a b"],
)
def test_a_response_without_an_address_is_a_failure_by_its_place(read, archives, url):
    """It cannot be named otherwise."""
    ((offset, failure),) = read(archives.zip(archives.record(url, archives.http())))

    assert failure.url == f"{NAME}#offset={offset}"


@pytest.mark.parametrize("block", [b"no HTTP at all", b"", b"HTTP/1.1 abc\r\n\r\nx", b"\0" * 99])
def test_a_response_that_is_no_http_is_a_failure(read, archives, block):
    """Crawlers break, too."""
    found = read(archives.zip(archives.record("http://wire.example/x", block), archives.page(1)))

    assert isinstance(found[0][1], ParseError)
    assert found[1][1].url == "http://wire.example/1"


def test_an_odd_date_is_none(read, archives):
    """The page is worth having without."""
    ((_, page),) = read(archives.zip(archives.page(1, date="yesterday")))

    assert page.fetched_at is None


def test_what_is_no_archive_is_told(read, tmp_path):
    """The failure names the file."""
    with pytest.raises(EmptyTextError, match="is empty"):
        read(b"")
    with pytest.raises(ParseError, match="no WARC record starts at offset 0"):
        read(b"<html>Not found</html>")
    for path in (tmp_path / "missing", tmp_path):
        with pytest.raises(ParseError, match=path.name):
            list(read_archive(open_file(path), name="x"))


@given(data=st.data())
def test_any_damage_gives_pages_or_failures_and_always_the_same(tmp_path_factory, data):
    """Archives are years old when they are read."""
    from_conftest = _records()
    content = bytearray(data.draw(st.sampled_from(from_conftest)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=20))
        content[at : at + data.draw(st.integers(0, 30))] = piece
    path = tmp_path_factory.mktemp("warc") / "a"
    path.write_bytes(content)

    def outcome():
        try:
            return list(read_archive(open_file(path), name=NAME, max_repairs=20))
        except PageError as error:
            return str(error)

    assert outcome() == outcome()


PIECES = [
    b"",
    b"\r\n",
    b"\0",
    b"WARC/1.1\r\n",
    b"\x1f\x8b\x08",
    b"Content-Length: 99999999999999\r\n",
]
PIECES += [b"Content-Length: -1\r\n", b"WARC-Type: response\r\n", b"\xff\xfe"]


def _records():
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Ministers met in Riga.</p>"
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://wire.example/{}\r\n"
    head += f"WARC-Date: 2026-03-02T08:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    records = [head.format(number).encode() + block + b"\r\n\r\n" for number in range(3)]
    return [b"".join(records), b"".join(gzip.compress(record, mtime=0) for record in records)]
