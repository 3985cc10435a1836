"""OPML lists and home pages: what leads to feeds."""

import pytest

from alignwatch.errors import ParseError, TooLargeError
from alignwatch.model import Page
from alignwatch.sources import read_listing_failure
from alignwatch_rss import MAX_FEEDS, read_home, read_opml
from alignwatch_rss._lists import is_opml, is_page

URL = "http://lists.example/all.opml"
OPML = '<?xml version="1.0"?><opml version="2.0"><head/><body>{}</body></opml>'


def page(text, url=URL, **fields):
    return Page(url=url, content=text if isinstance(text, bytes) else text.encode(), **fields)


def outline(name, **more):
    told = "".join(f' {key}="{value}"' for key, value in more.items())
    return f'<outline text="x" type="rss" xmlUrl="http://a.example/{name}"{told}/>'


def test_feeds_are_found_however_they_are_nested_and_each_once():
    """Feed readers keep folders within folders, and one feed in several of them."""
    nested = f'<outline text="World"><outline text="North">{outline("b")}</outline></outline>'
    found = read_opml(page(OPML.format(outline("a") + nested + outline("a") + outline("c"))))

    assert found.feeds == tuple(f"http://a.example/{name}" for name in "abc")
    assert found.flaw is None


def test_names_of_attributes_are_read_in_any_case_and_addresses_may_be_relative():
    """Lists are written by hand."""
    found = read_opml(page(OPML.format('<Outline XMLURL="/feed"/><outline xmlurl=" b "/>')))

    assert found.feeds == ("http://lists.example/feed", "http://lists.example/b")


def test_what_is_commented_out_is_left_out_with_all_below_it():
    """The specification says so: isComment holds for the outlines below as well."""
    commented = f'<outline text="old" isComment="true">{outline("a")}</outline>'

    assert read_opml(page(OPML.format(commented + outline("b")))).feeds == ("http://a.example/b",)


def test_lists_within_lists_and_broken_addresses_are_told_apart():
    """An include leads on; a feed without an address is a mistake that somebody can mend."""
    include = '<outline type="include" url="more.opml"/><outline type="link" url="http://x/y"/>'
    found = read_opml(page(OPML.format(include + '<outline xmlUrl="feed:oops"/>')))

    assert (found.feeds, found.lists) == ((), ("http://lists.example/more.opml",))
    assert found.broken == ("feed:oops",)


def test_a_list_that_breaks_off_gives_what_stands_before():
    """Half of a list is half of the news."""
    found = read_opml(page(OPML.format(outline("a") + outline("b") + "<outline xmlUrl=")))

    assert found.feeds == ("http://a.example/a", "http://a.example/b")
    assert "broken after 2 feeds" in found.flaw


@pytest.mark.parametrize("body", ["", "<outline text='x'/>", "<", "\0", "<outline"])
def test_a_list_without_feeds_is_told(body):
    """Silence would look like a quiet day."""
    with pytest.raises(ParseError):
        read_opml(page(OPML.format(body)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    """A kilobyte of them unpacks to gigabytes."""
    laughs = '<!DOCTYPE opml [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + OPML.format(outline("&b;"))

    with pytest.raises(ParseError, match="entities"):
        read_opml(page(laughs.encode(encoding)))


def test_ten_megabytes_of_nested_outlines_are_read_in_bounds():
    """Nothing but addresses is held, and depth costs nothing."""
    deep = '<outline text="x">' * 500_000
    found = read_opml(page(OPML.format(outline("a") + deep + outline("b"))))

    assert found.feeds == ("http://a.example/a", "http://a.example/b")
    assert found.flaw is not None


def test_no_more_than_the_documented_number_of_feeds_is_read():
    """A list of the whole web is cut."""
    many = "".join(outline(number) for number in range(MAX_FEEDS + 10))

    assert len(read_opml(page(OPML.format(many))).feeds) == MAX_FEEDS


HOME = """<!DOCTYPE html><html><head><base href="/sub/"><!-- <link rel="alternate"
type="application/rss+xml" href="/old"> -->
<link rel="stylesheet" href="x.css"><link rel=alternate type=application/rss+xml href=news.xml>
<LINK title='All &raquo; Comments Feed' REL='alternate' TYPE='application/rss+xml' HREF='/c'>
<link rel="alternate" type="application/rss+xml; charset=utf-8" href="/w?a=1&amp;b=2" title="World">
<link rel="alternate" type="application/atom+xml" href="/atom">
<link rel="alternate" type="application/json" href="http://h.example/wp-json/wp/v2/posts">
<link rel="alternate" hreflang="de" href="/de"></head><body></body></html>"""


def test_a_home_page_names_its_feeds():
    """All of the first kind, for the second tells of the same; comments are no news."""
    assert read_home(page(HOME, url="http://h.example/")) == (
        "http://h.example/sub/news.xml",
        "http://h.example/w?a=1&b=2",
    )


def test_a_home_page_without_feeds_names_none():
    """It is for the caller to say so."""
    assert read_home(page("<html><body>feed</body></html>")) == ()


# as the source uses them


def test_a_home_page_leads_to_its_feeds(host, feed, refs):
    """People know a newspaper's address, and not its feed's."""
    site = host({"http://h.example/": HOME, "http://h.example/sub/news.xml": feed("1")})
    site.pages["http://h.example/w?a=1&b=2"] = feed("1", "2")

    assert refs(site.discover("http://h.example/")) == ["http://a.example/1", "http://a.example/2"]
    assert site.in_full == set()

    # it names the same feeds while it is the same, and is not to be sent twice for that
    site.pages["http://h.example/"] = 304
    site.pages["http://h.example/w?a=1&b=2"] = feed("3", "1", "2")
    assert refs(site.discover("http://h.example/"))[:2] == [
        "http://a.example/1",
        "http://a.example/3",
    ]


def test_a_list_comes_in_full_where_its_feeds_cannot_be_remembered(host, feed):
    """Or it would name none as long as it stays the same: some was broken, or nobody remembers."""
    broken = (
        '<opml><body><outline xmlUrl="http://h.example/f"/><outline xmlUrl="ftp:x"/></body></opml>'
    )
    site = host({"http://h.example/l": broken, "http://h.example/f": feed("1")})
    site.discover("http://h.example/l")
    assert site.in_full == {"http://h.example/l"}
    assert "http://h.example/l" not in site.places

    forgetful = host({"http://h.example/": HOME, "http://h.example/sub/news.xml": feed("1")})
    forgetful.keep_bookmark = lambda *_: None
    forgetful.discover("http://h.example/")
    assert forgetful.in_full == {"http://h.example/"}


@pytest.mark.parametrize("place", ["", "{", "[]", "7", '{"leads": 7}', '{"leads": [7, null]}'])
def test_a_bookmark_of_another_shape_names_no_feeds(place, host):
    """A later version may have written it."""
    site = host({"http://h.example/": 304})
    site.keep_bookmark("http://h.example/", place)

    assert site.discover("http://h.example/") == []


def test_a_home_page_without_feeds_is_told(host):
    """And a feed that leads to a page is no feed, whatever that page names."""
    with pytest.raises(ParseError, match="names none"):
        host({"http://h.example/": "<html></html>"}).discover("http://h.example/")
    site = host({"http://h.example/": HOME, "http://h.example/sub/news.xml": HOME})
    bad, _ = site.discover("http://h.example/")
    assert bad.url == "http://h.example/sub/news.xml"


def test_a_list_leads_to_all_its_feeds_and_counts_the_broken_ones(host, feed, refs):
    """Two hundred feeds of a reader's list, of which some have died since."""
    more = OPML.format(outline("c") + outline("a") + f'<outline type="include" url="{URL}"/>')
    body = outline("a") + outline("b") + '<outline xmlUrl="feed:oops"/>'
    body += '<outline type="include" url="/more"/>'
    site = host({URL: OPML.format(body), "http://lists.example/more": more})
    site.pages |= {"http://a.example/a": feed("1", "2"), "http://a.example/c": feed("2", "3")}
    found = site.discover(URL)

    assert refs(found) == [f"http://a.example/{name}" for name in "123"]
    assert [one.url for one in found if read_listing_failure(one)] == [
        "feed:oops",
        "http://a.example/b",
    ]
    assert len(site.asked) == len(set(site.asked)) == 5


def test_a_list_may_be_a_file(host, feed, refs, tmp_path):
    """It is what a feed reader exports."""
    path = tmp_path / "feeds.opml"
    path.write_text(OPML.format(outline("a")))

    assert refs(host({"http://a.example/a": feed("1")}).discover(path)) == ["http://a.example/1"]


@pytest.mark.parametrize("content", [None, b"", b"<rss/>", b"\xff\xfe"])
def test_a_file_that_is_no_list_is_told(content, host, tmp_path):
    """With what was wrong, and with its name."""
    path = tmp_path / "feeds.opml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ParseError, match=r"feeds\.opml"):
        host({}).discover(path)


def test_lists_are_followed_within_bounds(host):
    """A list of lists of lists may have no end."""
    pages = {
        f"http://l.example/{at}": OPML.format(f'<outline type="include" url="{at + 1}"/>')
        for at in range(99)
    }
    site = host(pages)
    *_, last = site.discover("http://l.example/0")
    assert isinstance(read_listing_failure(last), TooLargeError)
    assert len(site.asked) < 10

    site = host({URL: OPML.format("".join(map(outline, range(50))))})
    *_, last = site.discover([URL], max_feeds=10)
    assert "max_feeds=10" in str(read_listing_failure(last))
    assert len(site.asked) == 10


def test_a_feed_that_is_served_as_a_page_is_a_feed(host, refs):
    """Many servers call everything text/html, and entries quote whole pages."""
    item = "<item><link>http://a.example/1</link><description><![CDATA[<!DOCTYPE html><html>"
    text = f"<rss><channel>{item}<p>x</p></html>]]></description></item></channel></rss>"
    site = host({"http://a.example/feed": page(text, media_type="text/html")})

    assert refs(site.discover("http://a.example/feed")) == ["http://a.example/1"]


@pytest.mark.parametrize(
    "content",
    [
        b"<!---->" * 1_100 + b"<x>",
        b" <!-- -->\n" * 900,
        b"<?x?>" * 1_500,
        b"<link " * 150_000,
        b"<link " + b"a = " * 900 + b">",
        b"<html>" + b"<link rel=alternate type=application/rss+xml href='" * 20_000,
    ],
)
def test_pages_that_are_made_to_be_looked_at_for_ever_are_not(content):
    """What tells lists and pages apart goes over them once."""
    assert not is_opml(page(content))
    is_page(page(content))
    assert read_home(page(content)) == ()


def test_a_list_behind_comments_and_declarations_is_one():
    """As editors and servers write them."""
    start = b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a --><!DOCTYPE opml>\n<!-- b -->\n"

    assert is_opml(page(start + OPML[21:].format(outline("a")).encode()))
