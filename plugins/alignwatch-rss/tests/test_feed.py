"""Feeds of every dialect, as they should be and as they are."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alignwatch.errors import PageError, ParseError, TooLargeError
from alignwatch.model import Page
from alignwatch_rss import MAX_ENTRIES, Entry, read_feed

FEEDS = Path(__file__).parent / "feeds"
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title>%b</channel></rss>"
ITEM = b"<item><link>http://a.example/1</link><title>x</title></item>"


def read(name, base="http://gazette.example/feeds/all"):
    return read_feed(Page(url=base, content=(FEEDS / name).read_bytes())).entries


def read_bytes(content, **fields):
    return read_feed(Page(url="http://a.example/feed", content=content, **fields)).entries


def test_rss_2_with_relative_links_guids_and_content():
    """The dialect that most news sites speak."""
    first, second, third, again = read("rss20.xml")

    assert first == Entry(
        name="gazette-1",
        url="http://gazette.example/2026/03/ministers-meet?a=1&b=2",
        title="Ministers & envoys meet in Riga",
        published_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
    )
    assert second.url == "http://gazette.example/2026/03/by-guid"
    assert datetime(2026, 3, 2, 4, 30, tzinfo=UTC) in (second.published_at, second.changed_at)
    assert third.url is None
    assert third.name == "note 7"
    assert third.content.startswith("<p>Finland and Norway")
    assert again.url == first.url


def test_atom_with_a_base_and_alternate_links():
    """The link to the page counts, not the one to the entry itself."""
    first, second = read("atom.xml", base="http://elsewhere.example/")

    assert first.url == "http://atom.example/news/talks-again"
    assert first.title == "Talks — again"
    assert first.published_at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert first.changed_at == datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert second.url is None
    assert "Chile and Peru" in second.content


def test_the_dialects_of_the_nineties():
    """Ministries have run the same software since then."""
    assert [entry.url for entry in read("rss091.xml")] == [
        "http://old.example/1",
        "http://old.example/2",
    ]
    (entry,) = read("rss10.rdf")
    assert (entry.url, entry.title) == ("http://rdf.example/1", "Président in Dakar")


def test_json_feed():
    """Dates in UTC, addresses absolute, junk items left out."""
    one, two, three = read("feed.json", base="http://json.example/feed.json")

    assert one == Entry(
        name="1",
        url="http://json.example/one",
        title="One",
        published_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
        changed_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
    )
    assert (two.url, two.published_at) == ("http://elsewhere.example/two", None)
    assert three.url is None
    assert three.content == (
        "<p>Kenya and Uganda &lt;opened&gt; a border post.</p><p>Trucks pass at night.</p>"
    )


@pytest.mark.parametrize(
    "content",
    [
        RSS % ITEM[:-7],
        (RSS % ITEM)[:-20],
        RSS % (ITEM + b"<item><title>A & B &nbsp; &undefined;</title></item>"),
        RSS % (ITEM + b"<p>unclosed"),
        b"\n\n  " + RSS % ITEM,
        b"\xef\xbb\xbf" + RSS % ITEM,
        (RSS % ITEM).replace(b"?>", b" encoding='utf-8'?>") + b"\xff\xfe",
        (RSS % ITEM).replace(b"?>", b" encoding='no-such-code'?>"),
        (RSS % ITEM).decode().encode("utf-16"),
        (RSS % ITEM) + b"\0\0\0",
    ],
)
def test_of_a_broken_feed_what_can_be_read_is_used(content):
    """One ampersand too many on a news site must not cost a day of news."""
    assert [entry.url for entry in read_bytes(content)] == ["http://a.example/1"]


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b" ", b"junk", b"<html><body>Not a feed</body></html>", b"\x89PNG\r\n\x1a\n\0"),
        *(b"<rss", b"<a/>", b"{", b"{}", b'{"version": "https://jsonfeed.org/version/1"}'),
        *(b'{"version": 1, "items": []}', b"{" * 100_000, b'{"items":' + b"[" * 100_000),
        gzip.compress(RSS % ITEM),
    ],
)
def test_what_is_no_feed_is_told(content):
    """Silence would look like a source without news."""
    with pytest.raises(ParseError) as caught:
        read_bytes(content)

    assert caught.value.url == "http://a.example/feed"


def test_an_empty_feed_is_no_error():
    """A new site has no news yet."""
    assert read_bytes(RSS % b"") == ()


def test_the_charset_of_the_transport_counts():
    """It overrules what the feed says of itself."""
    content = RSS % ITEM.replace(b"x", "é".encode("latin-1"))

    (entry,) = read_bytes(content, charset="iso-8859-1")

    assert entry.title == "é"


LAUGHS = b"".join(
    b'<!ENTITY l%d "%b">' % (step, b"&l%d;" % (step - 1) * 10) for step in range(1, 10)
)


@pytest.mark.parametrize(
    "declared",
    [
        b'<!ENTITY l0 "lol">' + LAUGHS,
        b'<!ENTITY x SYSTEM "file:///etc/passwd">',
        b'<!ENTITY x SYSTEM "http://127.0.0.1:9/">',
        b'<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;',
        b'<!entity x "' + b"x" * 100_000 + b'">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(declared, encoding, monkeypatch):
    """A kilobyte of them unpacks to gigabytes, or reads the files of the machine."""
    monkeypatch.setattr("socket.socket", None)
    body = ITEM.replace(b"x", b"&l9;&x;")
    content = b"<?xml version='1.0'?><!DOCTYPE rss [" + declared + b"]>" + (RSS % body)[21:]

    with pytest.raises(ParseError, match="entities"):
        read_bytes(content.decode().encode(encoding))


@pytest.mark.parametrize(
    "content",
    [
        RSS % (b"<x>" * 400_000),
        RSS % (b"<item " + b"".join(b"a%d='1' " % at for at in range(100_000)) + b"></item>"),
        RSS % b"".join(b"<item xmlns:a%d='http://b.example/%d'/>" % (at, at) for at in range(999)),
    ],
)
def test_a_feed_that_would_take_minutes_is_refused(content):
    """The parser's time grows with the square of these."""
    with pytest.raises(TooLargeError):
        read_bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        RSS % (ITEM + b"<" * 100_000),
        RSS % (ITEM + b"<item><title>&#99999999999; &#xD800;</title></item>"),
        b"<html><body>&#99999999999; &#xD800; &#0;</body></html>",
        RSS % (ITEM + b"<!--" * 50_000),
        RSS % (b"<item>" + b"<x>" * 5_000 + b"</x>" * 5_000 + b"</item>"),
        RSS % (ITEM + b"<![CDATA[" * 20_000),
        RSS % (b"<item><pubDate>" + b"1" * 10_000 + b"</pubDate></item>" + ITEM),
        RSS % (b"<item><pubDate>Mon, 99 Foo 99999 99:99:99</pubDate></item>" + ITEM),
        RSS % (b"<item><link>http://a.example/" + b"x" * 1_000_000 + b"</link></item>"),
        RSS % (b"<item><link>http://[broken</link></item>" + ITEM),
    ],
)
def test_hostile_feeds_end_in_entries_or_in_a_page_error(content):
    """One of them must not take the run down."""
    try:
        entries = read_bytes(content)
    except PageError:
        return
    assert all(entry.url is None or entry.url.startswith("http") for entry in entries)


def test_no_more_than_the_documented_number_of_entries_is_read():
    """An endless archive in one file is cut."""
    items = b"".join(b"<item><link>http://a.example/%d</link></item>" % at for at in range(10_050))

    assert len(read_bytes(RSS % items)) == MAX_ENTRIES
