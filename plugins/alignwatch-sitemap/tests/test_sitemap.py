"""Reading one sitemap."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alignwatch.errors import PageError, ParseError, TooLargeError
from alignwatch.model import Page
from alignwatch_sitemap import MAX_ENTRIES, MAX_SITEMAP_BYTES, read_moment, read_sitemap

SITEMAPS = Path(__file__).parent / "sitemaps"
BASE = "http://gazette.example/sitemap.xml"


def read(content, **facts):
    return read_sitemap(Page(url=BASE, content=content, **facts))


def urls(content):
    return [entry.url for entry in read(content).entries]


def urlset(inner):
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'


def test_pages_come_in_order_with_their_times():
    """Comments, images, odd addresses and dates stand in every second sitemap."""
    entries = read((SITEMAPS / "pages.xml").read_bytes()).entries

    assert [entry.url for entry in entries] == [
        "http://gazette.example/",
        "http://gazette.example/2026/03/ministers-meet?a=1&b=2",
        "http://www.gazette.example/2026/03/ferry-line",
        "https://gazette.example/2026/02/old-story",
        "http://gazette.example/2026/01/relative",
        "http://elsewhere.example/not-ours",
    ]
    times = [entry.changed.at if entry.changed else None for entry in entries]
    assert times == [
        None,
        datetime(2026, 3, 2, 8, tzinfo=UTC),
        datetime(2026, 3, 5, tzinfo=UTC),
        datetime(2026, 2, 1, tzinfo=UTC),
        None,
        datetime(2026, 3, 6, tzinfo=UTC),
    ]


def test_a_news_sitemap_brings_titles_and_dates():
    """They are worth having before the page is fetched."""
    (entry,) = read((SITEMAPS / "news.xml").read_bytes()).entries

    assert entry.title == "Envoys & ministers in Riga"
    assert entry.published.at == datetime(2026, 3, 3, 8, 30, tzinfo=UTC)


def test_an_index_lists_sitemaps():
    """Its entries are no pages."""
    sitemap = read((SITEMAPS / "index.xml").read_bytes())

    assert sitemap.is_index
    assert [entry.url.rpartition("/")[2] for entry in sitemap.entries] == [
        "old.xml",
        "pages.xml",
        "news.xml",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_list_of_addresses_is_a_sitemap(encoding):
    """The protocol's third form: a text, one address a line."""
    text = "http://gazette.example/a\r\n\n  https://gazette.example/b \nnot an address\n"

    assert urls(text.encode(encoding)) == ["http://gazette.example/a", "https://gazette.example/b"]


def test_gzip_is_undone_also_in_several_members():
    """Servers send .xml.gz as it is, and some write it piece by piece."""
    content = (SITEMAPS / "pages.xml").read_bytes()

    assert read(gzip.compress(content)) == read(content)
    assert read(gzip.compress(content[:300]) + gzip.compress(content[300:])) == read(content)
    assert read(gzip.compress(content) + b"\0" * 512) == read(content)


def test_utf_16_and_any_namespace_are_read():
    """Google's old schema, none at all, or a prefix: the names say enough."""
    inner = "<url><loc>http://gazette.example/ü</loc></url>"

    assert urls(f"<urlset>{inner}</urlset>".encode()) == ["http://gazette.example/ü"]
    marked = f'<?xml version="1.0" encoding="utf-16"?>{urlset(inner)}'
    assert urls(marked.encode("utf-16")) == ["http://gazette.example/ü"]
    prefixed = inner.replace("url>", "s:url>").replace("loc>", "s:loc>")
    named = f'<s:urlset xmlns:s="http://www.google.com/schemas/sitemap/0.84">{prefixed}</s:urlset>'
    assert urls(named.encode()) == ["http://gazette.example/ü"]


@pytest.mark.parametrize(
    "inner",
    [
        "<url><loc>http://gazette.example/a</loc></url><url><loc>http://gaz",
        "<url><loc>http://gazette.example/a</loc></url></wrong><url>",
        "\n\n<url><loc>http://gazette.example/a</loc><lastmod>2026 & 2027</url>",
        "<url><loc>http://gazette.example/a</loc><priority>\x01</priority></url>",
    ],
)
def test_of_broken_xml_what_can_be_read_is_used(inner):
    """A cut-off answer must not hide the pages before the cut."""
    start = urlset("").removesuffix("</urlset>")

    assert urls((start + inner).encode())[0] == "http://gazette.example/a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">',
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;',
    ],
)
def test_entities_are_refused(declared, encoding):
    """That is how XML bombs are made, and how files are stolen."""
    body = f"<!DOCTYPE urlset [{declared}]>{urlset('<url><loc>http://gazette.example/&x;</loc></url>')}"

    with pytest.raises(ParseError, match="entities"):
        read(body.encode(encoding))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "HTML"),
        (b"nothing here", "neither XML"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", "rss source"),
        (b"<opml><body/></opml>", "'opml'"),
        (b"<<<>>>", "no root"),
        (b"\x1f\x8b\x08garbage", "broken|cut off"),
        (gzip.compress(b"<urlset/>" * 99, mtime=0)[:-12], "cut off"),
    ],
)
def test_what_is_no_sitemap_is_told(content, why):
    """The failure list must say what to do about it."""
    with pytest.raises(ParseError, match=why) as caught:
        read(content)

    assert caught.value.url == BASE


def test_a_gzip_bomb_is_refused_before_it_is_whole():
    """Half a megabyte becomes half a gigabyte."""
    bomb = gzip.compress(b"\n" * (MAX_SITEMAP_BYTES + 1))

    with pytest.raises(TooLargeError, match="52,428,800"):
        read(bomb)


def test_half_a_million_empty_members_are_read_in_a_moment():
    """Copying what follows each of them would take an hour."""
    with pytest.raises(ParseError, match="empty"):
        read(gzip.compress(b"") * 400_000)


@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 5_000,
        "<url " + " ".join(f'a{n}=""' for n in range(20_000)) + "/>",
        "<a/>" * 10_050,
        "<url><loc>" + "x" * 11_000_000 + "</loc></url>",
    ],
    ids=["deep", "attributes", "elements", "text"],
)
def test_hostile_xml_ends_in_a_page_error_or_in_nothing(inner, monkeypatch):
    """Discovery runs in the user's own process."""
    monkeypatch.setattr("alignwatch_sitemap._xml._MAX_ELEMENTS", 10_000)
    try:
        found = read(urlset(inner).encode()).entries
    except PageError:
        found = ()

    assert found == ()


def test_no_more_than_the_protocol_allows_is_read():
    """Fifty thousand entries to a sitemap."""
    many = "".join(f"<url><loc>http://gazette.example/{n}</loc></url>" for n in range(50_010))

    assert len(urls(urlset(many).encode())) == MAX_ENTRIES
    lines = "".join(f"http://gazette.example/{n}\n" for n in range(50_010))
    assert len(urls(lines.encode())) == MAX_ENTRIES


@pytest.mark.parametrize(
    ("text", "at", "until"),
    [
        ("2026", (2026, 1, 1), (2027, 1, 1)),
        ("2024", (2024, 1, 1), (2025, 1, 1)),
        ("2026-02", (2026, 2, 1), (2026, 3, 1)),
        ("2026-12", (2026, 12, 1), (2027, 1, 1)),
        ("2026-04", (2026, 4, 1), (2026, 5, 1)),
        (" 2026-03-02\n", (2026, 3, 2), (2026, 3, 3)),
        ("2026-03-02T08:00", (2026, 3, 2, 8), (2026, 3, 2, 8, 0, 1)),
        ("2026-03-02T08:00:00+02:00", (2026, 3, 2, 6), (2026, 3, 2, 6, 0, 1)),
        ("2026-03-02 08:00:00Z", (2026, 3, 2, 8), (2026, 3, 2, 8, 0, 1)),
    ],
)
def test_times_are_as_precise_as_they_are_written(text, at, until):
    """A page that changed on a day may have changed in its evening."""
    moment = read_moment(text)

    assert moment.at == datetime(*at, tzinfo=UTC)
    assert moment.until == datetime(*until, tzinfo=UTC)


@pytest.mark.parametrize("text", [None, "", "soon", "2026-13", "2026-02-30", "0000", "9999-12-31"])
def test_what_is_no_time_is_none(text):
    """A wrong date must not hide a page."""
    assert read_moment(text) is None
