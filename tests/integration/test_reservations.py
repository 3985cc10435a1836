"""What a publisher reserves is obeyed: not analysed, or not kept."""

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.pipeline import reprocess

BODY = "<p>" + "Japan signed a trade agreement with Vietnam in Hanoi on 3 May 2025. " * 6 + "</p>"
RESERVED = '<meta name="tdm-reservation" content="1">'


def page(head=""):
    return f"<!doctype html><html lang=en><head>{head}<title>A</title></head><body>{BODY}</body>"


@pytest.fixture
def site():
    with serve() as running:
        yield running


def watch(site, path, *names):
    return aw.watch(
        [f"http://news.example{name}" for name in names],
        store=path,
        resolve={"news.example": site.address},
        delay_s=0,
    )


def test_a_reserved_page_is_neither_analysed_nor_kept(site, tmp_path):
    """The three ways in which TDMRep says it, each counted with its reason."""
    site.routes |= {
        "/by-header": answer(page(), tdm_reservation="1"),
        "/by-tag": answer(page(RESERVED)),
        "/by-file/a": answer(page()),
        "/free": answer(page()),
        "/.well-known/tdmrep.json": answer(
            '[{"location": "/by-file/", "tdm-reservation": 1}]', media_type="application/json"
        ),
    }
    result = watch(site, tmp_path / "s.db", "/by-header", "/by-tag", "/by-file/a", "/free")

    assert [(failure.url[19:], failure.reason) for failure in result.failures] == [
        ("/by-header", "rights-reserved"),
        ("/by-tag", "rights-reserved"),
        ("/by-file/a", "rights-reserved"),
    ]
    with aw.open_store(tmp_path / "s.db") as store:
        counts = store.counts()
        assert (counts.articles, counts.kept_pages) == (1, 1)
        assert store.ledger()[0].reserved == 2


@pytest.mark.parametrize("way", ["header", "tag"])
def test_of_a_page_that_must_not_be_archived_the_claims_are_kept_and_not_the_bytes(
    site, tmp_path, way
):
    """A store full of copies is an archive, whatever we call it."""
    site.routes["/a"] = (
        answer(page(), x_robots_tag="noarchive")
        if way == "header"
        else answer(page('<meta name="robots" content="noarchive">'))
    )
    result = watch(site, tmp_path / "s.db", "/a")

    assert result.stored == 1
    with aw.open_store(tmp_path / "s.db") as store:
        address = store.address("http://news.example/a")
        counts = store.counts()
        assert address.reservations == ("noarchive",)
        assert (counts.claims > 0, counts.kept_pages) == (True, 0)
        assert reprocess(store).articles == 1
        assert store.address("http://news.example/a").reservations == ("noarchive",)


def test_bytes_that_were_kept_go_when_the_publisher_asks_for_it(site, tmp_path):
    """A change of mind counts from the next visit on."""
    site.routes["/a"] = answer(page())
    watch(site, tmp_path / "s.db", "/a")
    site.routes["/a"] = answer(page("<!-- new -->"), x_robots_tag="noarchive")
    watch(site, tmp_path / "s.db", "/a")

    with aw.open_store(tmp_path / "s.db") as store:
        assert store.counts().kept_pages == 0


def test_the_file_of_reservations_is_asked_for_once_a_day(site, tmp_path):
    """Good manners must not double the load."""
    site.routes |= {"/a": answer(page()), "/b": answer(page())}
    for _ in range(2):
        watch(site, tmp_path / "s.db", "/a", "/b")

    paths = [asked.path for asked in site.asked]
    assert paths.count("/.well-known/tdmrep.json") == paths.count("/robots.txt") == 1


class WholeFeeds:
    """A source whose listings bring whole articles, one each, named after them."""

    info = aw.SourceInfo(name="whole", contract=1)

    def __init__(self, *urls):
        self.urls = urls

    def discover(self, fetcher, *, since):
        for url in self.urls:
            listing = fetcher.get(url)
            if not listing.is_unchanged:
                yield aw.Page(
                    url=url.removesuffix(".xml"), content=listing.content, media_type="text/html"
                )

    def parse(self, page):
        return aw.load_source("pages", urls=()).parse(page)


def watch_feeds(site, path, *names):
    return aw.watch(
        [WholeFeeds(*(f"http://news.example{name}" for name in names))],
        store=path,
        resolve={"news.example": site.address},
        delay_s=0,
    )


def test_whole_entries_carry_what_is_reserved_of_their_feed(site, tmp_path):
    """A copy out of a feed that must not be archived is a copy all the same."""
    site.routes |= {
        "/kept.xml": answer(page()),
        "/unkept.xml": answer(page(), x_robots_tag="noarchive"),
        "/after.xml": answer(page()),
    }
    result = watch_feeds(site, tmp_path / "s.db", "/kept.xml", "/unkept.xml", "/after.xml")

    assert result.stored == 3
    assert set(site.paths) == {"/kept.xml", "/unkept.xml", "/after.xml"}
    with aw.open_store(tmp_path / "s.db") as store:
        kept = {name: store.page(f"http://news.example/{name}") for name in ("kept", "unkept")}
        assert (kept["kept"] is not None, kept["unkept"]) == (True, None)
        assert store.page("http://news.example/after") is not None
        assert store.address("http://news.example/unkept").reservations == ("noarchive",)


def test_whole_entries_of_a_reserved_feed_are_not_analysed(site, tmp_path):
    """The file of reservations may name the feed, and not the pages that it tells of."""
    site.routes |= {
        "/feeds/a.xml": answer(page()),
        "/.well-known/tdmrep.json": answer(
            '[{"location": "/feeds/", "tdm-reservation": 1}]', media_type="application/json"
        ),
    }
    result = watch_feeds(site, tmp_path / "s.db", "/feeds/a.xml")

    assert [(failure.url, failure.reason) for failure in result.failures] == [
        ("http://news.example/feeds/a", "rights-reserved")
    ]
    assert result.health[0].refused == 1
