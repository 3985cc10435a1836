"""A person gives an address; whether it is a feed, its content tells."""

import pytest

from alignwatch.model import Page
from alignwatch.sources import looks_like_feed


def look(content, media_type=None):
    raw = content if isinstance(content, bytes) else content.encode()
    return looks_like_feed(Page(url="http://news.example/", content=raw, media_type=media_type))


@pytest.mark.parametrize(
    "content",
    [
        "<rss version='2.0'><channel>",
        "\ufeff<?xml version='1.0'?>\n<!-- made\nby hand -->\n<rss version='0.91'>",
        "<?xml version='1.0'?><?xml-stylesheet href='x'?><feed xmlns='http://www.w3.org/2005/Atom'>",
        "<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>",
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "x.dtd"><rss version="0.91">',
        "<!DOCTYPE rss [<!ELEMENT a ANY>]><rss>",
        "<rdf:RDF xmlns:rdf='http://x.example/' xmlns='http://purl.org/rss/1.0/'>",
        '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
        '{"title": "x", "version":"https:\\/\\/jsonfeed.org\\/version\\/1"}',
        "<rss version='2.0'><channel>".encode("utf-16"),
    ],
)
def test_feeds_are_known_by_their_content(content):
    """Half of all feeds are sent as text/html or text/xml."""
    assert look(content, "text/html")
    assert look(content)


@pytest.mark.parametrize(
    "content",
    [
        *("", "<!DOCTYPE html><html><body><rss></body></html>", "<html><feed>", "plain text"),
        *("An article on <rss version='2.0'> feeds", "<feedback>", "<rss-like>", '{"version": 1}'),
        "<rdf:RDF xmlns:rdf='http://x.example/' xmlns:foaf='http://xmlns.com/foaf/0.1/'>",
        *(b"\x89PNG\r\n", "<?xml", "<!-- <rss version='2.0'>", "<!DOCTYPE rss ["),
    ],
)
def test_pages_are_no_feeds(content):
    """A page taken for a feed yields nothing."""
    assert not look(content)


def test_the_media_type_counts_where_the_content_is_broken():
    """Then the rss source tells what is wrong with it."""
    assert look("<oops><rss", "application/rss+xml")
    assert not look("<!DOCTYPE html><html>", "application/rss+xml")
