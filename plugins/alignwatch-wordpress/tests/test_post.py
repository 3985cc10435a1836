"""Posts as pages, pages as articles, lists as posts."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import EmptyTextError, PageError, ParseError
from alignwatch.model import Page
from alignwatch_wordpress import POST_TYPE, make_page, parse_post, read_listing

SITE = "http://news.ministry.example/en/"
LISTING = Page(
    url=f"{SITE}wp-json/wp/v2/posts",
    content=b"[]",
    fetched_at=datetime(2026, 3, 9, tzinfo=UTC),
)


def page_of(found):
    return make_page(found, LISTING, site=SITE)


def read(content):
    return read_listing(Page(url=LISTING.url, content=content))


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("http://news.ministry.example/en/a/", "http://news.ministry.example/en/a/"),
        ("https://www.ministry.example/a", "https://www.ministry.example/a"),
        ("http://press.news.ministry.example/a", "http://press.news.ministry.example/a"),
        ("/en/a/", "http://news.ministry.example/en/a/"),
        ("http://bigwire.example/a", f"{SITE}?p=5"),
        ("http://notministry.example/a", f"{SITE}?p=5"),
        ("http://me:pw@news.ministry.example/a", f"{SITE}?p=5"),
        ("javascript:alert(1)", f"{SITE}?p=5"),
        ("http://[broken", f"{SITE}?p=5"),
        (None, f"{SITE}?p=5"),
        (7, f"{SITE}?p=5"),
    ],
)
def test_a_post_goes_by_its_permalink_if_that_is_the_sites_own(post, link, url):
    """Nobody may put words into another outlet's mouth."""
    assert page_of(post(5, link=link)).url == url


def test_the_same_post_gives_the_same_page(post):
    """Otherwise it would be stored anew in every run."""
    assert page_of(post(5)) == page_of(dict(reversed(post(5).items())))
    assert page_of(post(5)).content != page_of(post(6)).content


def test_what_is_missing_is_missing(post):
    """Embedding may be refused, and old posts have odd dates."""
    bare = post(
        5,
        date_gmt="0000-00-00T00:00:00",
        _embedded={"author": [{"code": "rest_user_invalid_id"}], "wp:term": None},
    )
    article = parse_post(page_of(bare))

    assert article.published == "2026-03-01T10:00:00"
    assert article.authors == article.tags == ()
    assert make_page({"title": {"rendered": "x"}}, LISTING, site=SITE) is None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ({"rendered": "", "protected": True}, "password"),
        ({"rendered": " \n"}, "no content"),
        (None, "no content"),
        ({"rendered": "<p></p><script>var text = 1</script>"}, "no article text"),
    ],
)
def test_a_post_without_text_is_told(post, content, why):
    """It is counted with its reason."""
    with pytest.raises(EmptyTextError, match=why) as caught:
        parse_post(page_of(post(5, content=content)))

    assert caught.value.url.endswith("post-5/") or caught.value.url.endswith("?p=5")


def test_a_title_cannot_break_out(post):
    """Markup in a title stays text."""
    hostile = post(5, title={"rendered": "&lt;/title&gt;&lt;p&gt;Injected words"})
    article = parse_post(page_of(hostile))

    assert article.title == "</title><p>Injected words"
    assert "Injected" not in article.text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "broken JSON"),
        (b"<html><body>Coming soon</body></html>", "HTML page"),
        (b'[{"id": 1', "broken JSON"),
        (b"7", "no list"),
        (b'{"name": "A site"}', "no list"),
        (b'{"code": "rest_no_route", "message": "No route"}', "'rest_no_route': No route"),
        (b"[" * 100_000, "broken JSON"),
    ],
)
def test_what_is_no_list_is_told(content, why):
    """The failure says what is there instead."""
    with pytest.raises(ParseError, match=why):
        read(content)


def test_what_is_no_post_in_a_list_is_passed_over():
    """Plugins put odd things in."""
    assert read(b'\xef\xbb\xbf[1, null, {"id": 2}]') == ({"id": 2},)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)
_keys = st.sampled_from(
    ["link", "date", "date_gmt", "modified_gmt", "title", "content", "_embedded", "author"]
)


@given(st.dictionaries(_keys, _json), st.integers(0, 9))
def test_any_post_gives_an_article_or_a_page_error(fields, number):
    """A plugin of the site may write anything into its answers."""
    page = page_of({"id": number, **fields})
    try:
        article = parse_post(page)
    except PageError:
        return
    assert article.id == page.url
    assert article == parse_post(page)


@given(st.binary() | _json.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_give_posts_or_a_page_error(content):
    """The run goes on."""
    for what in (read, lambda bad: parse_post(Page(url=SITE, content=bad, media_type=POST_TYPE))):
        try:
            what(content)
        except PageError:
            continue


def test_what_the_answer_reserves_is_reserved_of_its_posts(post):
    """No bytes of them are kept, then."""
    listing = Page(url="http://ministry.example/", content=b"", reservations=("noarchive",))
    page = make_page(post(1), listing, site="http://ministry.example/")

    assert page.reservations == ("noarchive",)
