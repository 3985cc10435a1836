"""Laws of reading feeds."""

from contextlib import suppress
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import PageError
from alignwatch.model import Page
from alignwatch.sources import FAILURE_TYPE
from alignwatch_rss import FeedSource, read_feed, read_home, read_opml

FEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent / "feeds").iterdir())]
PIECES = [
    b"<item>",
    b"</link>",
    b"<![CDATA[",
    b"<!--",
    b"&amp;",
    b"&",
    b"<",
    b"]]>",
    b"\xff",
    b"\0",
]
PIECES += [b'"', b"<link>http://x.example/", b'<?xml encoding="utf-16"?>', b"[", b"{", b"<div>"]


@st.composite
def spoiled_feeds(draw):
    content = draw(st.sampled_from(FEEDS))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 50)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=20))
        content = content[:start] + piece + content[end:]
    return content


@given(spoiled_feeds() | st.binary())
def test_any_bytes_give_entries_or_a_page_error_and_always_the_same(content):
    """A feed is written by software that nobody maintains; the run goes on."""
    page = Page(url="http://a.example/feed", content=content)

    def outcome():
        try:
            return read_feed(page).entries
        except PageError as error:
            return str(error)

    first = outcome()
    assert first == outcome()
    if isinstance(first, tuple):
        assert all(entry.url or entry.content for entry in first)
        assert all("#" not in (entry.url or "") for entry in first)


LISTS = [
    (
        b'<?xml version="1.0"?><opml><body><outline xmlUrl="/a"/><outline text="x">'
        b'<outline type="include" url="/b"/><outline isComment="true"/></outline></body></opml>'
    ),
    (
        b'<!DOCTYPE html><html><head><base href="/x/"><link rel="alternate" title="x" '
        b'type="application/rss+xml" href="feed"></head><body><p>x</p></body></html>'
    ),
]


@st.composite
def spoiled_lists(draw):
    content = draw(st.sampled_from(LISTS))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 20)))
        content = content[:start] + draw(st.binary(max_size=9)) + content[end:]
    return content


@given(spoiled_lists() | st.binary())
def test_any_bytes_give_addresses_or_a_page_error(content):
    """Lists and home pages are written by anybody."""
    page = Page(url="http://a.example/list", content=content)
    found = read_home(page)
    with suppress(PageError):
        found += read_opml(page).feeds

    assert all(url.startswith(("http://", "https://")) and "#" not in url for url in found)


@given(st.lists(spoiled_lists() | spoiled_feeds() | st.binary(max_size=99), max_size=4))
def test_discovery_ends_whatever_hosts_answer_and_yields_each_address_once(contents):
    """Lists that name each other, feeds that name lists: the run goes on."""

    class Getter:
        asked = 0

        def get(self, url, *, conditional=True):
            self.asked += 1
            content = contents[self.asked % len(contents)] if contents else b""
            return Page(url=url, content=content)

    getter = Getter()
    found = []
    with suppress(PageError):
        source = FeedSource(["http://a.example/1", "http://a.example/2"], max_feeds=50)
        found.extend(source.discover(getter, since=None))

    assert getter.asked <= 200
    urls = [one.url for one in found if getattr(one, "media_type", "") != FAILURE_TYPE]
    assert len(urls) == len(set(urls))
