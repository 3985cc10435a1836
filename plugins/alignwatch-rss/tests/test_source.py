"""The source as the pipeline uses it."""

from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from alignwatch.errors import FetchError, ParseError
from alignwatch.model import Page, PageRef
from alignwatch.sources import (
    CONTRACT_VERSION,
    Source,
    describe_sources,
    load_source,
    read_listing_failure,
)
from alignwatch_rss import FeedSource

FEEDS = Path(__file__).parent / "feeds"
URL = "http://gazette.example/feeds/all"


class Getter:
    """Gives feeds from the folder, and notes what was asked."""

    def __init__(self, **pages):
        self.pages = pages
        self.asked = []

    def get(self, url, *, conditional=True):
        self.asked.append(url)
        found = self.pages.get(url.rpartition("/")[2])
        if found is None:
            msg = "no connection"
            raise FetchError(msg)
        if isinstance(found, int):
            return Page(url=url, content=b"", status=found)
        return Page(url=url, content=(FEEDS / found).read_bytes(), media_type="application/xml")


def discover(*urls, since=None, **pages):
    return list(FeedSource(urls).discover(Getter(**pages), since=since))


def test_the_plugin_is_installed_under_its_name():
    """That is how a watchlist names it."""
    source = load_source("rss", urls=URL)

    assert isinstance(source, Source)
    assert source == FeedSource(URL)
    assert source.info.contract == CONTRACT_VERSION
    assert {one.name: one.distribution for one in describe_sources()}["rss"] == "alignwatch-rss"


def test_entries_become_references_and_pages_in_order_without_doubles():
    """An entry's own content is a page; the rest is for the host to fetch."""
    first, second, third = discover(URL, all="rss20.xml")

    assert first == PageRef(
        url="http://gazette.example/2026/03/ministers-meet?a=1&b=2",
        title="Ministers & envoys meet in Riga",
        published_at=datetime(2026, 3, 2, 8, tzinfo=UTC),
    )
    assert second.url == "http://gazette.example/2026/03/by-guid"
    assert third.url == f"{URL}#note%207"
    assert (third.media_type, third.charset) == ("text/html", "utf-8")


def test_what_stands_in_the_feed_is_read_like_any_page():
    """With its title and date, and under its own address."""
    page = discover(URL, all="rss20.xml")[2]
    article = FeedSource(URL).parse(page)

    assert article.text.strip().startswith("Finland and Norway opened a joint station")
    assert article.title == "A note without a page"
    assert article.published.startswith("2026-03-01")
    assert article.url == page.url


def test_the_same_feed_gives_the_same_pages():
    """Otherwise a page would be stored anew in every run."""
    assert discover(URL, all="rss20.xml") == discover(URL, all="rss20.xml")


def test_what_is_older_than_since_is_left_out_and_what_has_no_date_is_not():
    """Nothing new may be lost for want of a date."""
    since = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert [ref.url for ref in discover("http://a.example/x", since=since, x="atom.xml")] == [
        "http://atom.example/news/talks-again",  # published before, changed after
        "http://a.example/x#urn%3Ax-atom-desk%3A2",
    ]
    later = attrs.evolve(PageRef(url="x"), published_at=datetime(2026, 3, 3, tzinfo=UTC))
    assert discover("http://a.example/x", since=later.published_at, x="atom.xml") == []
    assert len(discover("http://a.example/x", since=later.published_at, x="rss091.xml")) == 2


def test_an_unchanged_feed_yields_nothing():
    """The second run asks once per feed, and for nothing else."""
    assert discover(URL, all=304) == []


def test_a_broken_feed_does_not_hide_the_others():
    """All that can be read is yielded, then each failure is told."""
    urls = ["http://a.example/gone", "http://a.example/x", "http://a.example/bad", URL]
    *found, gone, bad = discover(*urls, x="rss091.xml", bad="../test_feed.py", all="rss10.rdf")

    assert len(found) == 3
    assert (gone.url, str(read_listing_failure(gone))) == (urls[0], "no connection")
    assert (bad.url, type(read_listing_failure(bad))) == (urls[2], ParseError)


def test_where_no_feed_can_be_read_the_source_fails():
    """It rests then, instead of asking all of them again every hour."""
    with pytest.raises(FetchError, match="no connection") as caught:
        discover("http://a.example/gone", "http://a.example/lost")

    assert caught.value.url == "http://a.example/gone"
    assert "http://a.example/lost" in caught.value.__notes__[0]


def test_a_single_broken_feed_is_told_with_its_address():
    """The failure list names it."""
    with pytest.raises(ParseError) as caught:
        discover(URL, all="../test_feed.py")

    assert caught.value.url == URL


def test_each_feed_is_asked_once_and_all_through_the_host():
    """A plugin opens no connection of its own."""
    getter = Getter(x="atom.xml")
    list(FeedSource(["http://a.example/x", "http://a.example/x"]).discover(getter, since=None))

    assert getter.asked == ["http://a.example/x"]
