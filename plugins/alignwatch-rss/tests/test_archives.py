"""Paged and archived feeds (RFC 5005), and feeds that are cut off."""

from datetime import UTC, datetime

import pytest

from alignwatch.errors import FetchError, ParseError
from alignwatch.model import Page
from alignwatch.sources import read_listing_failure
from alignwatch_rss import read_feed

URL = "http://a.example/feed"


def link(kind, address):
    return f'<atom:link rel="{kind}" href="{address}"/>'


@pytest.fixture
def chain(host, feed):
    """A feed of two entries and nine archives before it."""

    def make(kind="prev-archive", count=9, **dates):
        pages = {
            f"http://a.example/p{at}": feed(
                f"{at}a", f"{at}b", head=link(kind, f"/p{at + 1}"), date=dates.get(f"p{at}")
            )
            for at in range(1, count + 1)
        }
        return host({URL: feed("0a", "0b", head=link(kind, "/p1")), **pages})

    return make


def numbers(found):
    return [one.url[-2:] for one in found if not read_listing_failure(one)]


@pytest.mark.parametrize("kind", ["prev-archive", "next"])
def test_older_pages_are_followed_as_far_as_wanted(kind, chain):
    """A feed shows twenty entries; what came before the first run stands in its archives."""
    assert numbers(chain(kind).discover(URL, max_archives=2)) == [
        "0a",
        "0b",
        "1a",
        "1b",
        "2a",
        "2b",
    ]
    assert numbers(chain(kind).discover(URL, max_archives=0)) == ["0a", "0b"]
    *found, failure = chain(kind).discover(URL, max_archives=99)
    assert len(found) == 20
    assert "/p10" in str(read_listing_failure(failure))
    assert failure.url == URL


def test_a_json_feed_names_its_next_page(host):
    """With a field of its own."""
    text = '{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"url": "/{}"}}]{}}}'
    site = host({URL: text.format("00", ', "next_url": "/two"')})
    site.pages["http://a.example/two"] = text.format("01", "")

    assert numbers(site.discover(URL)) == ["00", "01"]


def test_a_complete_feed_has_no_older_pages(host, feed):
    """It says that all entries are in it."""
    site = host({URL: feed("0a", head="<fh:complete/>" + link("next", "/p1"))})
    site.discover(URL)

    assert site.asked == [URL]


def test_a_loop_ends(host, feed):
    """Of archives that name each other, each is asked once."""
    site = host({URL: feed("0a", head=link("next", "/p1"))})
    site.pages["http://a.example/p1"] = feed("1a", head=link("next", URL))

    assert numbers(site.discover(URL)) == ["0a", "1a"]
    assert len(site.asked) == 2


def test_archives_on_other_hosts_are_left(host, feed):
    """A feed that was taken over must not send us around."""
    site = host({URL: feed("0a", head=link("next", "http://b.example/p1"))})

    assert numbers(site.discover(URL)) == ["0a"]
    assert site.asked == [URL]


def test_since_ends_the_way_back(chain):
    """What is older is not wanted, and not asked for."""
    site = chain(p1="Mon, 02 Mar 2026 08:00:00 GMT", p2="Sun, 01 Mar 2026 08:00:00 GMT")
    found = site.discover(URL, since=datetime(2026, 3, 2, tzinfo=UTC))

    assert numbers(found) == ["0a", "0b", "1a", "1b"]
    assert len(site.asked) == 3


def test_what_an_earlier_run_met_ends_the_way_back(chain, feed):
    """Archives are read once; the next run reads what is new and no more."""
    site = chain()
    assert len(numbers(site.discover(URL, max_archives=3))) == 8
    assert len(site.discover(URL, max_archives=3)) == 2
    assert site.asked == [URL]

    site.pages[URL] = feed("xa", "xb", head=link("prev-archive", "/x"))
    site.pages["http://a.example/x"] = feed("xc", "0a", head=link("prev-archive", "/p1"))
    assert numbers(site.discover(URL, max_archives=3)) == ["xa", "xb", "xc", "0a"]


def test_an_old_entry_that_was_changed_hides_no_gap(chain, feed):
    """It stands on top again, and many new ones below it."""
    site = chain()
    site.discover(URL, max_archives=3)
    site.pages[URL] = feed("0a", "xa", "xb", "xc", head=link("next", "/x"))
    site.pages["http://a.example/x"] = feed("xd", "xe")

    assert "xe" in numbers(site.discover(URL, max_archives=3))


def test_whoever_wants_more_than_before_gets_it(chain):
    """A larger bound, or an earlier time, is a new wish."""
    site = chain()
    site.discover(URL, max_archives=1)

    assert len(site.discover(URL, max_archives=3)) == 8


def test_a_broken_archive_is_counted_and_tried_again(chain, feed):
    """The head keeps no validators then, or "not modified" would end the next run at once."""
    site = chain()
    whole = site.pages.pop("http://a.example/p2")
    *found, failure = site.discover(URL, max_archives=3)
    assert numbers(found) == ["0a", "0b", "1a", "1b"]
    assert failure.url == URL
    assert site.places == {}

    site.pages["http://a.example/p2"] = whole
    assert len(site.discover(URL, max_archives=3)) == 8


def test_an_archive_that_did_not_change_ends_the_way_back(chain):
    """What lies before it was read when it was."""
    site = chain()
    site.pages["http://a.example/p2"] = 304

    assert numbers(site.discover(URL)) == ["0a", "0b", "1a", "1b"]


def test_a_bookmark_of_another_shape_is_none(chain):
    """A later version may have written it."""
    for place in ("", "[]", "{", '{"entries": 1, "archives": 99}', '{"since": "x"}', "7"):
        site = chain(count=1)
        site.places[URL] = place
        assert len(numbers(site.discover(URL))) == 4


def test_a_feed_that_is_cut_off_is_read_and_counted(host, feed):
    """Half of the entries are news; that half is missing is to be told."""
    text = feed("0a", "0b", "0c")
    site = host({URL: text[: text.index("0c")]})
    *found, failure = site.discover(URL)

    assert numbers(found)[:2] == ["0a", "0b"]
    assert (failure.url, type(read_listing_failure(failure))) == (URL, ParseError)
    assert "breaks off" in str(read_listing_failure(failure))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/1"}, {"url": "/2', 1),
        (
            '{"items": [{"url": "/1"} , {"url": "/2"}], "version": "https://jsonfeed.org/version/1',
            2,
        ),
    ],
)
def test_a_json_feed_that_is_cut_off_is_read_and_told(text, count):
    """Its whole items are as good as those of a whole feed."""
    feed = read_feed(Page(url=URL, content=text.encode()))

    assert len(feed.entries) == count
    assert "breaks off" in feed.flaw


@pytest.mark.parametrize(
    "end",
    ["</rss>", "</rss>\n<!-- cached -->", "</RSS >", "</rss>" + " " * 9_999, "</rss>\0\0"],
)
def test_a_feed_that_ends_is_whole_whatever_follows(end, feed):
    """Servers add comments, blanks and zeros."""
    text = feed("0a").removesuffix("</rss>")

    assert read_feed(Page(url=URL, content=(text + end).encode())).flaw is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_a_whole_feed_is_whole_in_every_encoding(encoding, feed):
    """Letters of two bytes and four end it as well."""
    text = "<?xml version='1.0'?>" + feed("0a")

    assert read_feed(Page(url=URL, content=text.encode(encoding))).flaw is None


def test_a_budget_that_ends_at_a_feed_is_seen_by_the_run(chain):
    """It is no failure of the feed, and what is left waits."""

    class SpentError(FetchError):
        reason = "budget-spent"

    site = chain()
    ask = site.get

    def get(url, **options):
        if url.endswith("p2"):
            msg = "used up"
            raise SpentError(msg)
        return ask(url, **options)

    site.get = get
    with pytest.raises(SpentError):
        site.discover(URL)
