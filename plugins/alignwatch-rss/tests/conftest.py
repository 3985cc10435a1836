"""A host that answers out of a dictionary, and keeps bookmarks as a run does."""

import pytest

from alignwatch.errors import HttpStatusError
from alignwatch.model import Page, PageRef
from alignwatch_rss import FeedSource


class Host:
    """Gives what `pages` say: bytes, a `Page`, or a status."""

    def __init__(self, pages):
        self.pages = dict(pages)
        self.asked = []
        self.in_full = set()
        self.places = {}

    def get(self, url, *, conditional=True):
        if not conditional:
            self.in_full.add(url)
            return Page(url=url, content=b"")
        self.asked.append(url)
        found = self.pages.get(url, 404)
        if isinstance(found, int) and found >= 400:
            msg = f"status {found}"
            raise HttpStatusError(msg, status=found, url=url)
        if isinstance(found, Page):
            return found
        if isinstance(found, int):
            return Page(url=url, content=b"", status=found)
        return Page(url=url, content=found if isinstance(found, bytes) else found.encode())

    def bookmark(self, url):
        return self.places.get(url)

    def keep_bookmark(self, url, place):
        self.places[url] = place

    def discover(self, urls, *, since=None, **options):
        self.asked.clear()
        return list(FeedSource(urls, **options).discover(self, since=since))


@pytest.fixture
def host():
    return Host


@pytest.fixture
def refs():
    """Give the addresses of what was found, without failures."""
    return lambda found: [one.url for one in found if isinstance(one, PageRef)]


@pytest.fixture
def feed():
    """Make an RSS feed of items, with links to other documents."""

    def make(*names, head="", date=None):
        items = "".join(
            f"<item><guid>{name}</guid><link>http://a.example/{name}</link>"
            + (f"<pubDate>{date}</pubDate>" if date else "")
            + "</item>"
            for name in names
        )
        spaces = (
            'xmlns:atom="http://www.w3.org/2005/Atom" '
            'xmlns:fh="http://purl.org/syndication/history/1.0"'
        )
        return f'<rss version="2.0" {spaces}><channel><title>t</title>{head}{items}</channel></rss>'

    return make
