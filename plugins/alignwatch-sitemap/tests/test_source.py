"""The source as the pipeline uses it."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alignwatch.errors import (
    FetchError,
    HttpStatusError,
    PageError,
    ParseError,
    TooLargeError,
)
from alignwatch.model import Page, PageRef
from alignwatch.sources import (
    read_listing_failure,
)
from alignwatch_sitemap import MAX_DEPTH, SitemapSource

SITEMAPS = Path(__file__).parent / "sitemaps"
SITE = "http://gazette.example"
INDEX = f"{SITE}/index.xml"


class Getter:
    """Gives what it is told to by address, or from the folder by name, and notes what was asked."""

    def __init__(self, pages=None, *, etag=None):
        self.pages = pages or {}
        self.etag = etag
        self.asked = []
        self.in_full = []

    def get(self, url, *, conditional=True):
        self.asked.append(url)
        if not conditional:
            self.in_full.append(url)
        found = self.pages.get(url)
        if isinstance(found, PageError):
            raise found
        if isinstance(found, int):
            return Page(url=url, content=b"", status=found)
        if isinstance(found, Page):
            return found
        name = url.rpartition("/")[2]
        if found is None and not (name and (SITEMAPS / name).is_file()):
            msg = "the server answered with status 404"
            raise HttpStatusError(msg, status=404)
        content = (SITEMAPS / name).read_bytes() if found is None else found
        return Page(url=url, content=content, etag=self.etag)


def discover(*urls, getter=None, since=None, **options):
    source = SitemapSource(urls or (SITE,), **options)
    found = source.discover(getter or Getter(), since=since)
    return [one.url for one in found if isinstance(one, PageRef)]


def fail(*urls, getter=None, **options):
    found = SitemapSource(urls, **options).discover(getter or Getter(), since=None)
    return [told for one in found if (told := read_listing_failure(one)) is not None]


def urlset(*urls):
    return "".join(
        ["<urlset>", *(f"<url><loc>{u}</loc></url>" for u in urls), "</urlset>"]
    ).encode()


def index(*urls, date="<lastmod>2026-03-01</lastmod>"):
    inner = (f"<sitemap><loc>{url}</loc>{date}</sitemap>" for url in urls)
    return "".join(["<sitemapindex>", *inner, "</sitemapindex>"]).encode()


def test_pages_come_as_references_newest_first_and_those_without_a_date_last():
    """Whoever takes the first hundred wants the newest hundred."""
    url = f"{SITE}/pages.xml"
    refs = list(SitemapSource(url).discover(Getter(), since=None))

    assert refs[0] == PageRef(
        url="http://www.gazette.example/2026/03/ferry-line",
        changed_at=datetime(2026, 3, 5, tzinfo=UTC),
    )
    assert [ref.url.rpartition("/")[2] for ref in refs] == [
        "ferry-line",
        "ministers-meet?a=1&b=2",
        "old-story",
        "",
        "relative",
    ]


def test_titles_and_dates_of_news_go_with_the_reference():
    """They stand in where the page names none."""
    (ref,) = SitemapSource(f"{SITE}/news.xml").discover(Getter(), since=None)

    assert ref == PageRef(
        url=f"{SITE}/2026/03/envoys",
        title="Envoys & ministers in Riga",
        published_at=datetime(2026, 3, 3, 8, 30, tzinfo=UTC),
    )


def test_a_site_is_read_by_what_its_robots_txt_names():
    """Also on another host, which the site itself vouches for."""
    robots = (
        b"User-agent: *\nDisallow:\nSITEMAP: http://cdn.example/g.xml.gz\n sitemap :/news.xml\n"
    )
    pages = {
        f"{SITE}/robots.txt": robots,
        "http://cdn.example/g.xml.gz": gzip.compress(urlset(f"{SITE}/a", "http://b.example/b")),
    }
    getter = Getter(pages)

    assert discover(getter=getter) == [f"{SITE}/a", f"{SITE}/2026/03/envoys"]
    assert getter.asked == [f"{SITE}/robots.txt", "http://cdn.example/g.xml.gz", f"{SITE}/news.xml"]


@pytest.mark.parametrize("robots", [None, b"User-agent: *\n", 304])
def test_without_a_name_in_robots_txt_the_usual_place_is_asked(robots):
    """Half of all sites name none."""
    pages = {f"{SITE}/sitemap.xml": urlset(f"{SITE}/a")}
    if robots is not None:
        pages[f"{SITE}/robots.txt"] = robots

    assert discover(f"{SITE}/", getter=Getter(pages)) == [f"{SITE}/a"]


@pytest.mark.parametrize(
    "error", [FetchError("no connection"), HttpStatusError("status 503", status=503)]
)
def test_a_site_that_does_not_answer_is_told(error):
    """Nothing was found, and that is no news."""
    with pytest.raises(FetchError) as caught:
        discover(getter=Getter({f"{SITE}/robots.txt": error}))

    assert caught.value.url == f"{SITE}/robots.txt"


def test_an_index_is_followed_newest_first_and_each_page_comes_once():
    """The newest sitemap holds the news."""
    getter = Getter({f"{SITE}/old.xml": urlset(f"{SITE}/old", f"{SITE}/2026/03/envoys")})

    found = discover(INDEX, getter=getter)

    assert [url.rpartition("/")[2] for url in getter.asked] == [
        "index.xml",
        "news.xml",
        "pages.xml",
        "old.xml",
    ]
    assert found[0] == f"{SITE}/2026/03/envoys"
    assert found[-1] == f"{SITE}/old"
    assert len(found) == len(set(found)) == 7


def test_what_is_older_than_since_is_left_out_sitemaps_too():
    """An archive of twenty years need not be asked for each day."""
    getter = Getter()
    since = datetime(2026, 3, 5, 12, tzinfo=UTC)

    found = discover(INDEX, getter=getter, since=since)

    # pages.xml changed before noon of the 5th; what has no date is never left out
    assert getter.asked == [INDEX, f"{SITE}/news.xml"]
    assert found == []
    dated = discover(f"{SITE}/pages.xml", since=since)
    assert [url.rpartition("/")[2] for url in dated] == ["ferry-line", "", "relative"]


def test_addresses_on_other_hosts_are_refused():
    """A sitemap speaks for its own site alone, or anybody could send the watcher anywhere."""
    pages = {
        f"{SITE}/a.xml": urlset(
            "http://other.example/x",
            "https://www.gazette.example/ok",
            "http://gazette.example:8080/x",
            "http://notgazette.example/x",
            "http://gazette.example.evil.example/x",
            "http://gazette.example@evil.example/x",
        ),
        f"{SITE}/all-other.xml": urlset("http://other.example/x"),
        f"{SITE}/other-index.xml": index("http://other.example/sitemap.xml"),
    }
    getter = Getter(pages)

    assert discover(f"{SITE}/a.xml", getter=getter) == ["https://www.gazette.example/ok"]
    for name in ("all-other.xml", "other-index.xml"):
        with pytest.raises(ParseError, match="other hosts"):
            discover(f"{SITE}/{name}", getter=getter)
    assert "http://other.example/sitemap.xml" not in getter.asked


def test_a_site_that_moved_may_speak_for_its_new_host():
    """It redirects there itself."""
    moved = Page(
        url=f"{SITE}/sitemap.xml",
        final_url="http://newname.example/sitemap.xml",
        content=urlset("http://newname.example/a"),
    )

    assert discover(getter=Getter({moved.url: moved})) == ["http://newname.example/a"]


def test_indexes_that_name_each_other_or_nest_too_deep_come_to_an_end():
    """Each is asked once."""
    loop = Getter(
        {
            f"{SITE}/a.xml": index(f"{SITE}/b.xml", f"{SITE}/a.xml"),
            f"{SITE}/b.xml": index(f"{SITE}/a.xml", f"{SITE}/news.xml"),
        }
    )
    assert discover(f"{SITE}/a.xml", getter=loop) == [f"{SITE}/2026/03/envoys"]
    assert len(loop.asked) == 3

    endless = Getter({f"{SITE}/{n}.xml": index(f"{SITE}/{n + 1}.xml") for n in range(20)})
    (told,) = fail(f"{SITE}/0.xml", getter=endless)
    assert isinstance(told, TooLargeError)
    assert "nested" in str(told)
    assert len(set(endless.asked)) == MAX_DEPTH + 1


def test_the_walk_is_bounded_in_sitemaps_pages_and_time():
    """A site may list more than anybody wants to read."""
    many = {f"{SITE}/i.xml": index(*(f"{SITE}/{n}.xml" for n in range(20)))}
    many |= {f"{SITE}/{n}.xml": urlset(f"{SITE}/{n}/a", f"{SITE}/{n}/b") for n in range(20)}
    getter = Getter(many)
    (told,) = fail(f"{SITE}/i.xml", getter=getter, max_sitemaps=4)
    assert "max_sitemaps=4" in str(told)
    assert getter.in_full == [f"{SITE}/i.xml"]
    assert len(discover(f"{SITE}/i.xml", getter=getter, max_sitemaps=4)) == 6

    getter = Getter(many)
    assert len(discover(f"{SITE}/i.xml", getter=getter, max_pages=3)) == 3
    assert len(getter.asked) == 3

    with pytest.raises(TooLargeError, match="max_time_s"):
        fail(f"{SITE}/i.xml", getter=getter, max_time_s=1e-9)


def test_what_max_pages_leaves_out_is_told(caplog):
    """A cut that nobody hears of looks like a small site."""
    caplog.set_level("INFO", logger="alignwatch.sources.sitemap")
    discover(f"{SITE}/pages.xml", max_pages=2)

    cuts = [record for record in caplog.records if record.message == "left the rest"]
    assert [record.max_pages for record in cuts] == [2]


def test_patterns_choose_the_pages():
    """Most sites write about sports, too."""
    found = discover(f"{SITE}/pages.xml", include=[r"/2026/0[23]/", "relative"], exclude="ferry")

    assert [url.rpartition("/")[2] for url in found] == [
        "ministers-meet?a=1&b=2",
        "old-story",
        "relative",
    ]


def test_what_did_not_change_yields_nothing():
    """The second run asks once per sitemap, and for nothing else."""
    getter = Getter({f"{SITE}/pages.xml": 304})

    assert discover(f"{SITE}/pages.xml", getter=getter) == []
    assert getter.asked == [f"{SITE}/pages.xml"]


class Keeper(Getter):
    """A getter that keeps bookmarks, as that of a run does."""

    places = None

    def bookmark(self, url):
        return (self.places or {}).get(url)

    def keep_bookmark(self, url, place):
        self.places = {**(self.places or {}), url: place}


def test_what_an_unchanged_index_does_not_date_is_asked_all_the_same():
    """The index stays the same when its sitemaps change, and is not to be sent twice for that."""
    url, dated = f"{SITE}/i.xml", index(f"{SITE}/pages.xml")
    undated = index(f"{SITE}/news.xml", date="")
    mixed = dated.replace(b"</sitemapindex>", undated.removeprefix(b"<sitemapindex>"))
    getter = Keeper({url: mixed}, etag='"1"')
    assert len(discover(url, getter=getter)) == 6
    assert getter.in_full == []

    getter.pages[url] = 304
    getter.asked.clear()
    assert discover(url, getter=getter) == [f"{SITE}/2026/03/envoys"]
    assert getter.asked == [url, f"{SITE}/news.xml"]

    getter.pages[url] = dated
    discover(url, getter=getter)
    getter.pages[url] = 304
    assert discover(url, getter=getter) == []


@pytest.mark.parametrize("place", ["", "{", "[]", "7", '{"urls": 7}', '{"urls": [7, null]}'])
def test_a_bookmark_of_another_shape_is_none(place):
    """A later version may have written it."""
    getter = Keeper({f"{SITE}/i.xml": 304})
    getter.keep_bookmark(f"{SITE}/i.xml", place)

    assert discover(f"{SITE}/i.xml", getter=getter) == []


def test_an_index_without_dates_comes_in_full_where_nothing_can_be_remembered():
    """It stays the same when its sitemaps change, and the news would be lost."""
    undated = index(f"{SITE}/news.xml", date="")
    getter = Getter({f"{SITE}/i.xml": undated}, etag='"1"')
    assert discover(f"{SITE}/i.xml", getter=getter) == [f"{SITE}/2026/03/envoys"]
    assert getter.in_full == [f"{SITE}/i.xml"]

    dated = Getter({f"{SITE}/i.xml": index(f"{SITE}/news.xml")}, etag='"1"')
    discover(f"{SITE}/i.xml", getter=dated)
    assert dated.in_full == []


def test_a_broken_sitemap_does_not_hide_the_others():
    """All that can be read is yielded, then each failure is told."""
    getter = Getter({f"{SITE}/pages.xml": b"<html>gone</html>"})

    assert discover(INDEX, getter=getter) == [f"{SITE}/2026/03/envoys"]
    told = fail(INDEX, getter=getter)
    assert {one.url for one in told} == {f"{SITE}/pages.xml", f"{SITE}/old.xml"}
    # an index that did not change would lead to none of them the next time
    assert INDEX in getter.in_full


def test_where_no_sitemap_can_be_read_the_source_fails():
    """It rests then, and is asked more rarely."""
    with pytest.raises(HttpStatusError) as caught:
        fail(f"{SITE}/a.xml", f"{SITE}/b.xml")

    assert caught.value.url == f"{SITE}/a.xml"
    assert f"{SITE}/b.xml" in caught.value.__notes__[0]


FOLDER = f"{SITE}/maps/all.xml"
MIXED = urlset(f"{SITE}/maps/own", f"{SITE}/world/1", f"{SITE}/mapsforall/2")


def test_a_sitemap_speaks_for_its_own_folder():
    """The protocol says so, because folders of one host may be of different people."""
    getter = Getter({FOLDER: MIXED})

    assert discover(FOLDER, getter=getter) == [f"{SITE}/maps/own"]
    assert getter.asked == [f"{SITE}/robots.txt", FOLDER]
    with pytest.raises(ParseError, match=r"own folder /maps/.*any_folder"):
        discover(FOLDER, getter=Getter({FOLDER: urlset(f"{SITE}/world/1")}))


def test_a_sitemap_that_robots_txt_names_speaks_for_the_whole_site():
    """And so do those that it leads to: whoever writes robots.txt has the whole host."""
    robots = {f"{SITE}/robots.txt": f"Sitemap: {FOLDER}".encode()}
    assert len(discover(FOLDER, getter=Getter({FOLDER: MIXED, **robots}))) == 3
    assert len(discover(SITE, getter=Getter({FOLDER: MIXED, **robots}))) == 3

    nested = {FOLDER: index(f"{SITE}/maps/2026/a.xml"), f"{SITE}/maps/2026/a.xml": MIXED}
    assert len(discover(FOLDER, getter=Getter({**nested, **robots}))) == 3
    assert "own folder" in str(fail(FOLDER, getter=Getter(nested))[0])


def test_who_trusts_a_sitemap_may_say_so():
    """Few sites keep to the folders."""
    getter = Getter({FOLDER: MIXED})

    assert len(discover(FOLDER, getter=getter, any_folder=True)) == 3
    assert getter.asked == [FOLDER]
