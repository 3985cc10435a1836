"""The source against a WordPress on loopback."""

import json
import pickle
from datetime import UTC, datetime

import pytest

import alignwatch as aw
from alignwatch.errors import (
    AddressRefusedError,
    FetchError,
    HttpStatusError,
    ParseError,
    RobotsRefusedError,
    SourceError,
)
from alignwatch.fetch import Fetcher
from alignwatch.model import Page
from alignwatch.sources import (
    CONTRACT_VERSION,
    Source,
    describe_sources,
    load_source,
    read_listing_failure,
)
from alignwatch_wordpress import POST_TYPE, WordPressSource

SITE = "http://ministry.example"


def discover(wordpress, *urls, since=None, **options):
    source = WordPressSource(urls or (SITE,), **options)
    with Fetcher(resolve=wordpress.resolve, delay_s=0) as fetcher:
        return list(source.discover(fetcher, since=since))


def numbers(pages):
    return [int(page.url.rstrip("/").rpartition("-")[2]) for page in pages]


def lists(wordpress):
    return [target for target in wordpress.asked if target != "/robots.txt"]


def test_the_plugin_is_installed_under_its_name():
    """That is how a watchlist names it."""
    source = load_source("wordpress", urls=SITE)

    assert isinstance(source, Source)
    assert source == WordPressSource(f"{SITE}/")
    assert source.info.contract == CONTRACT_VERSION
    installed = {one.name: one.distribution for one in describe_sources()}
    assert installed["wordpress"] == "alignwatch-wordpress"
    assert pickle.loads(pickle.dumps(source)) == source


def test_posts_become_articles_without_a_second_fetch(wordpress, post):
    """One request brings fifty articles, with what the site says about them."""
    wordpress.posts = [post(7)]
    (page,) = discover(wordpress)
    article = WordPressSource(SITE).parse(page)

    assert page.media_type == POST_TYPE
    assert article.url == article.id == f"{SITE}/2026/03/post-7/"
    assert article.title == "Post 7 \u2013 talks"
    assert article.authors == ("Aino Virta",)
    assert article.published == "2026-03-01T08:00:00+00:00"
    assert article.tags == ("Borders & Trade", "Norway")
    assert article.text.strip().startswith("Finland and Norway opened")
    assert article.text.strip().endswith("Note 7.")
    assert len(lists(wordpress)) == 1


def test_all_pages_are_taken_the_latest_changed_first(wordpress, post):
    """The list ends with a short page."""
    wordpress.posts = [post(n, modified=f"2026-03-{n:02}T08:00:00") for n in range(1, 8)]

    assert numbers(discover(wordpress, per_page=3)) == [7, 6, 5, 4, 3, 2, 1]
    assert len(lists(wordpress)) == 3


def test_a_list_that_ends_with_a_full_page_ends_by_the_servers_word(wordpress, post):
    """The answer to one page too many is 400, rest_post_invalid_page_number."""
    wordpress.posts = [post(n) for n in range(6)]

    assert len(discover(wordpress, per_page=3)) == 6
    assert [target.partition("&page=")[2][0] for target in lists(wordpress)] == ["1", "2", "3"]


def test_a_site_without_posts_has_none(wordpress):
    """A young site is no failure."""
    assert discover(wordpress) == []


@pytest.mark.parametrize("knows_modified_after", [True, False])
def test_what_changed_before_since_is_left_out(wordpress, post, knows_modified_after):
    """Also by a site of before 2021, which passes the parameter over."""
    wordpress.posts = [post(n, modified=f"2026-03-{n:02}T08:00:00") for n in range(1, 8)]
    wordpress.knows_modified_after = knows_modified_after
    since = datetime(2026, 3, 5, 8, tzinfo=UTC)

    assert numbers(discover(wordpress, since=since, per_page=2)) == [7, 6, 5]
    assert len(lists(wordpress)) == 2
    assert discover(wordpress, since=datetime(2026, 4, 1, tzinfo=UTC)) == []


def test_no_more_posts_are_taken_than_wanted(wordpress, post):
    """A site of twenty years has a hundred thousand."""
    wordpress.posts = [post(n) for n in range(9)]

    assert len(discover(wordpress, max_posts=3, per_page=3)) == 3
    assert len(lists(wordpress)) == 1


def test_a_site_without_pretty_addresses_is_asked_the_other_way(wordpress, post):
    """With plain permalinks, wp-json is not there."""
    wordpress.is_pretty = False
    wordpress.posts = [post(n) for n in range(4)]

    assert len(discover(wordpress, per_page=3)) == 4
    assert [target.partition("?")[0] for target in lists(wordpress)] == [
        "/wp-json/wp/v2/posts",
        "/",
        "/",
    ]


@pytest.mark.parametrize("status", [401, 403])
def test_a_closed_api_is_told_and_not_asked_in_another_way(wordpress, status):
    """Whoever closes a door does not want the window to be tried."""
    wordpress.closed = (status, "rest_login_required", "Only for members.")

    with pytest.raises(HttpStatusError, match=f"closed to the public .status {status}") as caught:
        discover(wordpress)

    assert caught.value.status == status
    assert len(lists(wordpress)) == 1


def test_an_error_with_status_200_is_told(wordpress):
    """Some plugins that switch the API off answer so."""
    wordpress.closed = (200, "rest_disabled", "The REST API is disabled on this site.")

    with pytest.raises(ParseError, match="'rest_disabled': The REST API is disabled"):
        discover(wordpress)


def test_a_site_that_is_no_wordpress_is_told(wordpress):
    """The failure says what to look at."""
    with pytest.raises(HttpStatusError, match="no 'speeches'") as caught:
        discover(wordpress, types="speeches")

    assert caught.value.status == 404


def test_what_robots_txt_forbids_is_not_asked_for(wordpress):
    """Some sites close wp-json to robots."""
    wordpress.robots = "User-agent: *\nDisallow: /wp-json/\n"

    with pytest.raises(RobotsRefusedError):
        discover(wordpress)

    assert lists(wordpress) == []


def test_a_broken_site_does_not_hide_the_others(wordpress, post):
    """All that can be read is yielded, then each failure is told."""
    wordpress.posts = [post(1)]
    source = WordPressSource(["http://127.0.0.1:1", SITE])
    with Fetcher(resolve=wordpress.resolve, delay_s=0) as fetcher:
        *found, failed = source.discover(fetcher, since=None)

    assert numbers(found) == [1]
    assert isinstance(read_listing_failure(failed), AddressRefusedError)
    assert failed.url.startswith("http://127.0.0.1:1/")


class Keeper:
    """A fetcher that keeps bookmarks, as a run does, and may fail at an address."""

    def __init__(self, fetcher, places):
        self.fetcher = fetcher
        self.places = places
        self.fails_at = None
        self.in_full = []

    def get(self, url, *, conditional=True):
        if not conditional:
            self.in_full.append(url)
        if self.fails_at is not None and self.fails_at in url:
            msg = "no connection"
            raise FetchError(msg)
        return self.fetcher.get(url, conditional=conditional)

    def bookmark(self, url):
        return self.places.get(url)

    def keep_bookmark(self, url, place):
        self.places[url] = place


@pytest.fixture
def keep(wordpress):
    """Discover with bookmarks."""
    places = {}

    def run(*, since=None, fails_at=None, **options):
        wordpress.asked.clear()
        with Fetcher(resolve=wordpress.resolve, delay_s=0) as fetcher:
            keeper = Keeper(fetcher, places)
            keeper.fails_at = fails_at
            source = WordPressSource(SITE, per_page=2, **options)
            return numbers(source.discover(keeper, since=since))

    run.places = places
    return run


def test_the_next_run_asks_for_what_changed_since(wordpress, post, keep):
    """A hundred pages of old posts are not to be sent anew for one new post."""
    wordpress.posts = [post(n, modified=f"2026-03-{n:02}T08:00:00") for n in range(1, 8)]
    assert keep() == [7, 6, 5, 4, 3, 2, 1]
    assert keep() == [7, 6]
    assert len(lists(wordpress)) == 2

    wordpress.posts.append(post(9, modified="2026-03-09T08:00:00"))
    assert keep() == [9, 7, 6]


def test_whoever_wants_more_than_before_gets_it(wordpress, post, keep):
    """More posts, or older ones, are a new wish."""
    wordpress.posts = [post(n, modified=f"2026-03-{n:02}T08:00:00") for n in range(1, 8)]
    assert keep(max_posts=3) == [7, 6, 5]
    assert len(keep(since=datetime(2026, 3, 3, tzinfo=UTC))) == 5
    assert len(keep(since=datetime(2026, 3, 2, tzinfo=UTC))) == 6
    assert len(keep()) == 7


def test_a_post_from_the_future_hides_nothing(wordpress, post, keep):
    """Some clocks are wrong, and some posts are planned."""
    wordpress.posts = [post(1, modified="2999-01-01T00:00:00")]
    keep()

    assert json.loads(next(iter(keep.places.values())))["newest"] < "2900"


def test_a_list_that_breaks_off_is_read_anew(wordpress, post, keep):
    """And its first page in full, or "not modified" would end the run."""
    wordpress.posts = [post(n, modified=f"2026-03-{n:02}T08:00:00") for n in range(1, 8)]
    with pytest.raises(FetchError):
        keep(fails_at="&page=3")

    assert keep.places == {}
    assert len(keep()) == 7


@pytest.mark.parametrize(
    "place",
    [
        *("", "{", "[]", "7", '{"newest": "x"}', '{"newest": "2026-01-01", "max_posts": 9999}'),
        '{"newest": "2026-05-01T00:00:00+00:00", "max_posts": 9999, "asked": "2026-01-01"}',
        '{"newest": "2026-05-01T00:00:00+00:00", "max_posts": 9999, "asked": 7}',
    ],
)
def test_a_bookmark_of_another_shape_is_none(place, wordpress, post, keep):
    """A later version may have written it."""
    wordpress.posts = [post(1)]
    keep.places[f"{SITE}/wp-json/wp/v2/posts?"] = place

    assert keep() == [1]


def test_warnings_of_php_in_front_of_the_list_are_skipped(wordpress, post):
    """A site whose owner has never looked at its API."""
    wordpress.before = b"<br />\n<b>Notice</b>: Undefined index in functions.php on line 7\n"
    wordpress.posts = [post(3)]

    assert numbers(discover(wordpress)) == [3]


def test_a_watch_stores_posts_once(wordpress, post, tmp_path):
    """From the first run to the second, as users see it."""
    wordpress.posts = [post(n) for n in range(3)]
    with aw.open_store(tmp_path / "a.db") as store:

        def watch():
            sources = [f"wordpress:{SITE}"]
            return aw.watch(sources, store=store, resolve=wordpress.resolve, delay_s=0)

        first, second = watch(), watch()
        wordpress.posts[1] = post(1, modified="2026-04-01T00:00:00")
        third = watch()

    assert (first.stored, second.stored, third.stored) == (3, 0, 1)
    assert first.failures == second.failures == third.failures == ()


def test_a_server_that_can_say_so_is_only_asked_whether_posts_changed(wordpress, post, tmp_path):
    """No list is sent twice: neither in the second run, nor in the one after a change."""
    wordpress.has_etags = True
    wordpress.posts = [post(n, modified=f"2026-03-{n:02}T08:00:00") for n in range(1, 8)]
    source = WordPressSource(SITE, per_page=4)
    with aw.open_store(tmp_path / "a.db") as store:

        def watch():
            wordpress.asked.clear()
            wordpress.unchanged.clear()
            result = aw.watch([source], store=store, resolve=wordpress.resolve, delay_s=0)
            assert result.failures == ()
            lists = [target for target in wordpress.asked if "/posts?" in target]
            return result.stored, len(lists), len(wordpress.unchanged)

        assert watch() == (7, 2, 0)
        assert watch() == (0, 1, 1)
        wordpress.posts.append(post(9, modified="2026-03-09T08:00:00"))
        assert watch() == (1, 1, 0)
        assert watch() == (0, 1, 1)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"urls": "ministry.example"},
        {"urls": f"{SITE}/?rest_route=/"},
        {"urls": SITE, "types": "../users"},
        {"urls": SITE, "per_page": 101},
        {"urls": SITE, "max_posts": 0},
    ],
)
def test_options_that_cannot_be_used_are_told(options):
    """A watchlist is written by people."""
    with pytest.raises(SourceError):
        load_source("wordpress", **options)


def test_other_pages_are_read_as_everywhere():
    """A page that was kept from before the site was read through its API, say."""
    page = Page(url=f"{SITE}/a", content=b"Ministers met in Riga today.", media_type="text/plain")

    assert WordPressSource(SITE).parse(page).text == "Ministers met in Riga today."
