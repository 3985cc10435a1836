"""Articles by selectors, one set for each layout that a site has had."""

import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from alignwatch.conformance import JUNK
from alignwatch.errors import ModelError, PageError, ParseError, TooLargeError
from alignwatch.model import Article, Page
from alignwatch.sources import Layout, parse_layouts
from alignwatch.sources._selectors import to_xpath

URL = "https://desk.example/1"
PAGE = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
<html lang="en"><head><title>Quay opens | Desk</title><script>var p = "<p>no</p>";</script></head>
<body><div id="main" class="story wide"><h1>Quay  opens</h1>
<p class="by">By <b>Ilse Varga</b> and <b>Jon Aas</b>, <time datetime="2026-05-04">Monday</time></p>
<div class="words"><p>Estonia and <a href="/f">Finland</a> signed<!-- x --> an agreement.</p>
<p class="ad">Buy a boat!</p>Russia<br>criticised it.<ul><li>One</li><li>Two<script>x()</script>
</li></ul></div><p class="tag" data-kind="topic">Ports</p></div></body></html>"""
DESK = Layout(
    text="div.words",
    remove=".ad",
    title="h1",
    authors="p.by > b",
    published="p.by time@datetime",
    tags='[data-kind="topic"]',
)


def page(content=PAGE, day=None, **fields):
    at = datetime(*day, 23, 30, tzinfo=UTC) if day else None
    return Page(url=URL, content=content.encode(), media_type="text/html", fetched_at=at, **fields)


def test_a_layout_reads_all_that_it_names():
    """And each block is a paragraph, whatever stands between."""
    assert parse_layouts(page(), [DESK], site="Desk") == Article(
        id=URL,
        url=URL,
        text="Estonia and Finland signed an agreement.\nRussia\ncriticised it.\nOne\nTwo",
        title="Quay opens",
        authors=("Ilse Varga", "Jon Aas"),
        published="2026-05-04",
        published_from="source",
        language="en",
        site="Desk",
        tags=("Ports",),
    )


def test_what_is_left_out_is_read_by_the_default():
    """Most of a site is like other sites."""
    article = parse_layouts(page(), [Layout(text="//div[@class='words']/p[1]")])

    assert article.text == "Estonia and Finland signed an agreement."
    assert "Quay opens" in article.title
    assert article.language == "en"


def test_elements_within_others_come_once():
    """Selectors overlap."""
    assert parse_layouts(page(), [Layout(text="div.words, div.words p, li")]).text.count("One") == 1


def test_the_layout_of_the_day_is_taken():
    """Stored pages are read anew years later, and a new layout must not spoil them."""
    old = Layout(text="h1", valid_until=date(2025, 12, 31))
    new = Layout(text="p.tag", valid_from=date(2026, 1, 1))

    assert parse_layouts(page(day=(2025, 12, 31)), [new, old]).text == "Quay opens"
    assert parse_layouts(page(day=(2026, 1, 1)), [old, new]).text == "Ports"
    assert parse_layouts(page(), [old, new]).text == "Quay opens"


def test_the_first_layout_that_fits_is_taken():
    """A site has one for reports and another for interviews."""
    layouts = [Layout(text="div.interview p"), DESK]

    assert parse_layouts(page(), layouts).title == "Quay opens"


@pytest.mark.parametrize(
    ("content", "layouts"),
    [
        (PAGE, []),
        (PAGE, [Layout(text="div.gone")]),
        (PAGE, [Layout(text="div.words", remove="div.words")]),
        (PAGE, [Layout(text="h1", valid_from=date(2030, 1, 1))]),
        ("<html></html>", [DESK]),
        ("", [DESK]),
    ],
)
def test_a_page_that_no_layout_fits_is_told(content, layouts):
    """The site has changed, and somebody should look at it."""
    with pytest.raises(ParseError, match="site changed"):
        parse_layouts(page(content, day=(2026, 5, 4)), layouts)


def test_a_date_that_is_none_is_passed_over():
    """What the page says elsewhere is better than nothing, and nothing better than junk."""
    layout = Layout(text="h1", published="p.by time")

    assert parse_layouts(page(), [layout]).published != "Monday"


@pytest.mark.parametrize(
    ("text", "form", "published"),
    [
        ("04.05.2026", "%d.%m.%Y", "2026-05-04"),
        ("04.05.2026 09:30", "%d.%m.%Y %H:%M", "2026-05-04T09:30:00"),
        ("2026-05-04", "%d.%m.%Y", "2026-05-04"),
        ("31.02.2026", "%d.%m.%Y", None),
        ("Monday", "%d.%m.%Y", None),
        ("04.05.2026", None, None),
    ],
)
def test_dates_are_read_as_the_site_writes_them(text, form, published):
    """Many sites have no other markup for a date than its place."""
    content = f"<html><body><p class='on'>{text}</p><p>Ministers met in the port.</p></body></html>"
    layout = Layout(text="//p[2]", published="p.on", date_format=form)

    assert parse_layouts(page(content), [layout]).published == published


@pytest.mark.parametrize(
    "selector",
    [
        "",
        " ",
        ",",
        "a,",
        "p:first-child",
        "p +q",
        "p >",
        "> p",
        "[",
        "[a=",
        "a b!",
        "//[",
        "@",
        ".",
        "#",
    ],
)
def test_what_is_no_selector_is_told_where_it_is_written(selector):
    """Not in the middle of a run."""
    with pytest.raises(ModelError, match="text is a selector"):
        Layout(text=selector)
    with pytest.raises(ModelError, match="title is a selector"):
        Layout(text="p", title=selector)


def test_a_layout_travels():
    """Pages are parsed in another process."""
    assert pickle.loads(pickle.dumps(DESK)) == DESK


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("p", ["one", "two"]),
        ("P.a", ["one"]),
        (".a.b", ["one"]),
        ("div > p.a", ["one"]),
        ("section p", ["two"]),
        ("section > p", []),
        ("#x p, h2", ["h", "one", "two"]),
        ("[data-k]", ["one"]),
        ("[data-k='it\"s']", ["one"]),
        ('p[class~="b"]', ["one"]),
        ("[id^=y],[id$=z],[id*=yy]", ["two"]),
        ("p[data-k*=t]", ["one"]),
        ("* > h2", ["h"]),
        ("(//p)[2]", ["two"]),
        ('[title="a,b"]', ["h"]),
    ],
)
def test_selectors_find_what_css_finds(selector, found):
    """As much of CSS as people write for such things."""
    tree = html.document_fromstring(
        '<div id="x"><h2 title="a,b">h</h2><p class="a  b" data-k=\'it"s\'>one</p>'
        '<section><div><p id="yyz">two</p></div></section></div>'
    )

    assert [one.text for one in tree.xpath(to_xpath(selector))] == found


@given(st.text(alphabet="ap.#[]=~^$*>, @-'\"x1/()|:", max_size=20) | st.text(max_size=20))
def test_any_text_is_a_selector_or_is_refused(text):
    """A layout that was made can be used."""
    try:
        layout = Layout(text=text)
    except ModelError:
        return
    etree.XPath(to_xpath(layout.text))


@given(st.sampled_from(sorted(JUNK)) | st.binary())
def test_any_bytes_give_an_article_or_a_page_error(junk):
    """And always the same."""
    content = JUNK[junk] if isinstance(junk, str) else junk

    def outcome():
        try:
            return parse_layouts(Page(url=URL, content=content), [DESK, Layout(text="//body")])
        except PageError as error:
            return str(error)

    first = outcome()
    assert first == outcome()
    if isinstance(first, Article):
        assert first.text.strip()


@pytest.mark.parametrize(
    "content", ["<p>" * 300_000, "<div>" * 99_000 + "x", f"<p {'a=1 ' * 3_000}>x"]
)
def test_pages_that_would_take_too_long_are_refused(content):
    """By the limits that hold for all pages."""
    with pytest.raises((TooLargeError, ParseError)):
        parse_layouts(page(content), [Layout(text="//body")])
