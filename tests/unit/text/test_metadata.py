"""What pages say about their articles; every page here is made up."""

import json

import pytest

from alignwatch.text import parse_html
from alignwatch.text._authors import clean_authors, clean_organisations, find_byline
from alignwatch.text._published import date_in_url, is_same_moment, read_date
from alignwatch.text._title import choose_title

BODY = (
    "The ministers of both states signed a treaty on the ferry line in the town hall of Varde.",
    "The line will run twice a day from May, and both sides pay one half of what it costs.",
)
TITLE = "Two States Sign a Treaty on the Ferry Line"


def page(*, head="", above="", below="", lang="en", title=TITLE, h1=TITLE, aside=""):
    body = "".join(f"<p>{text}</p>" for text in BODY)
    return (
        f'<html lang="{lang}"><head><title>{title}</title>{head}</head><body>'
        f"<main><article><header><h1>{h1}</h1>{above}</header>{body}{below}</article></main>"
        f"<aside>{aside}</aside></body></html>"
    )


def read(source, **options):
    return parse_html(source, article_id="a", **options)


def linked(*records):
    return "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in records
    )


def article(**fields):
    return {"@type": "NewsArticle", "headline": TITLE, **fields}


# ---------------------------------------------------------------- linked data


@pytest.mark.parametrize(
    "records",
    [
        [article(author={"@type": "Person", "name": "Ada Roe"})],
        [article(author=[{"@type": "Person", "name": "Ada Roe"}])],
        [article(author=[["Ada Roe"]])],
        [article(author={"@type": "Person", "name": ["Ada Roe"]})],
        [article(author={"@type": "Person", "givenName": "Ada", "familyName": "Roe"})],
        [{"@graph": [{"@type": "WebPage"}, article(author="Ada Roe")]}],
        [{"@type": "WebPage", "mainEntity": article(author="Ada Roe")}],
        [[{"@type": "Organization", "name": "Example"}, article(author="Ada Roe")]],
        [article(creator="Ada Roe")],
        [{"@type": ["Thing", "ReportageNewsArticle"], "author": "Ada Roe"}],
        [
            {
                "@graph": [
                    article(author={"@id": "#ada"}),
                    {"@type": "Person", "@id": "#ada", "name": "Ada Roe"},
                ]
            }
        ],
    ],
)
def test_the_author_is_found_in_every_form_of_linked_data(records):
    """Sites write the same thing in ten ways; all of them are allowed."""
    assert read(page(head=linked(*records))).authors == ("Ada Roe",)


def test_linked_data_of_another_article_is_left_aside():
    """Pages describe the articles that they recommend, too."""
    other = {
        "@type": "NewsArticle",
        "headline": "Rain Expected Everywhere Tomorrow",
        "author": "Bo Doe",
        "datePublished": "2024-01-01",
        "articleBody": "Rain.",
    }

    found = read(page(head=linked(other, article(author="Ada Roe", datePublished="2025-07-02"))))

    assert (found.authors, found.published) == (("Ada Roe",), "2025-07-02")


def test_the_date_of_the_web_page_counts_where_no_article_is_described():
    """Many blogs describe their pages alone."""
    head = linked({"@type": "WebPage", "datePublished": "2025-07-02T08:00:00+00:00"})

    found = read(page(head=head))

    assert (found.published, found.published_from) == ("2025-07-02T08:00:00+00:00", "json-ld")


def test_a_comma_too_many_does_not_lose_the_linked_data():
    """Written by hand or by a template, it is often not quite JSON."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": "Ada Roe",}</script>'
    )

    assert read(page(head=head)).authors == ("Ada Roe",)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "null",
        "NaN",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"@type": "NewsArticle", "author": NaN, "datePublished": Infinity, "headline": 7}',
        '{"@type": 7, "@graph": "x", "mainEntity": [1, [2, [3]]], "author": {"name": {"name": 1}}}',
        '{"@type": "NewsArticle", "author": [[[[[["x"]]]]]], "publisher": [[1]], "keywords": {}}',
        '{"@type": "NewsArticle", "author": {"@id": "#a"}, "@id": "#a", "name": {"@id": "#a"}}',
        '{"@type": "Article", "headline": ["A", 1], "inLanguage": {"a": "x"}, "publisher": 1}',
        '{"@type": "NewsArticle", "datePublished": ' + "9" * 5000 + "}",
        '{"@type": "NewsArticle", "datePublished": 99999999999999999999, "author": -1}',
    ],
)
def test_odd_linked_data_is_passed_over(source):
    """A page must never bring a run down."""
    found = read(page(head=f'<script type="application/ld+json">{source}</script>'))

    assert (found.title, found.authors, found.published) == (TITLE, (), None)


def test_half_characters_in_linked_data_do_not_reach_the_article():
    r"""JSON can spell half of a pair ("\ud83d"), which no store can hold."""
    record = (
        '{"@type": "NewsArticle", "headline": "\\ud83d", "author": "Ada \\udc00 Roe",'
        ' "keywords": "a\\ud83d", "description": "\\udfff"}'
    )

    found = read(page(head=f'<script type="application/ld+json">{record}</script>'))

    for text in (found.title, found.description, *found.authors, *found.tags):
        (text or "").encode()


def test_linked_data_of_ten_megabytes_is_not_read():
    """What no article is as long as is no article's metadata."""
    head = linked(article(author="Bo Doe", description="x" * 10_000_000))

    assert read(page(head=head)).authors == ()


def test_many_meta_elements_are_read_up_to_a_bound():
    """Fifty thousand of them are an attack, and cost what they cost to parse."""
    head = "".join(f'<meta name="n{at}" content="{at}">' for at in range(50_000))
    head = '<meta name="author" content="Ada Roe">' + '<meta name="author" content="x">' * 9 + head

    assert read(page(head=head)).authors == ("Ada Roe",)


# -------------------------------------------------------------------- authors


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("By Ada Roe", ("Ada Roe",)),
        ("Written by: Ada Roe", ("Ada Roe",)),
        ("Von Ada Roe und Bo Doe", ("Ada Roe", "Bo Doe")),
        ("Par Ada Roe et Bo Doe", ("Ada Roe", "Bo Doe")),
        ("Por Ada Roe y Bo Doe", ("Ada Roe", "Bo Doe")),
        ("di Ada Roe e Bo Doe", ("Ada Roe", "Bo Doe")),
        ("Автор: Ада Роу", ("Ада Роу",)),
        ("Автор: Ада Роу и Бо Доу", ("Ада Роу", "Бо Доу")),
        ("Yazan: Ada Roe ve Bo Doe", ("Ada Roe", "Bo Doe")),
        ("بقلم: آدا رو", ("آدا رو",)),
        ("نوشته: آدا رو", ("آدا رو",)),
        ("作者：王小明", ("王小明",)),
        ("文／王小明", ("王小明",)),
        ("王小明 記者", ("王小明",)),
        ("홍길순 기자", ("홍길순",)),
        ("Ada Roe, Bo Doe & Cy Poe", ("Ada Roe", "Bo Doe", "Cy Poe")),
        ("Ada Roe; Bo Doe | Cy Poe", ("Ada Roe", "Bo Doe", "Cy Poe")),
        ("Roe, Ada", ("Ada Roe",)),
        ("Ada Roe, PhD, RDN", ("Ada Roe",)),
        ("Ada Roe MD", ("Ada Roe",)),
        ("Ada Roe, Jr.", ("Ada Roe, Jr",)),
        ("Ada Roe Staff Writer", ("Ada Roe",)),
        ("Ada Roe, Chief Political Correspondent", ("Ada Roe",)),
        ("Ada Roe (Example Press)", ("Ada Roe",)),
        ("Ada Roe @adaroe", ("Ada Roe",)),
        ("Ada Roe in Varde", ("Ada Roe",)),
        ("Ada Roe for Example News", ("Ada Roe",)),
        ("Ada Roe Last updated 2 July", ("Ada Roe",)),
        ("ADA ROE", ("Ada Roe",)),
        ("Ada van der Roe", ("Ada van der Roe",)),
        ("Von Miller", ("Von Miller",)),
        ("Ada Roe is a reporter in Varde", ("Ada Roe",)),
        ("Staff Reporter; Email the Author", ()),
        ("Staff", ()),
        ("News Desk", ()),
        ("Редакция", ()),
        ("https://example.org/ada", ()),
        ("ada@example.org", ()),
        ("@adaroe", ()),
        ("example.org", ()),
        ("July 2, 2025", ()),
        ("5 min read", ()),
        ("Learn about our editorial policies", ()),
        ("Share this story with friends", ()),
        ("Example Press", ()),
        ("Small, Medium, Large", ()),
        ("Sat, 2 July", ()),
        ("Adaroe", ("Adaroe",)),
        ("", ()),
        (" ; , | ", ()),
    ],
)
def test_names_are_read_out_of_bylines(said, authors):
    """Who wrote it is shown to readers, and nobody else is."""
    assert clean_authors([said]) == authors


def test_a_name_with_the_paper_behind_it_is_the_same_person():
    """Two elements of one byline often say the same with and without a title."""
    assert clean_authors(["Ada Roe Example", "Ada Roe"]) == ("Ada Roe",)


@pytest.mark.parametrize(
    ("said", "organisations"),
    [
        ("Example Press", ("Example Press",)),
        ("The Example Team", ("The Example Team",)),
        ("By Example Press Agency", ("Example Press Agency",)),
        ("Staff", ()),
        ("News Desk", ()),
        ("Staff Reporter", ()),
        ("example", ()),
        ("example.org", ()),
        ("https://example.org", ()),
        ("Email the Author", ()),
    ],
)
def test_an_organisation_is_a_name_and_no_role(said, organisations):
    """An agency's report has no other author; "Staff Reporter" is nobody."""
    assert clean_organisations([said]) == organisations


def test_an_organisation_is_given_only_where_no_person_is():
    """Beside its writer, the publisher is no author."""
    head = linked(article(author=[{"@type": "Organization", "name": "Example Press"}]))

    assert read(page(head=head)).authors == ("Example Press",)
    byline = '<span class="byline">By Ada Roe</span>'
    assert read(page(head=head, above=byline)).authors == ("Ada Roe",)


@pytest.mark.parametrize(
    "byline",
    [
        '<a rel="author" href="/x">Ada Roe</a>',
        '<span itemprop="author" itemscope><span itemprop="name">Ada Roe</span></span>',
        '<div class="byline">By <a href="/ada">Ada Roe</a></div>',
        '<p class="post-byline">Ada Roe<span>Staff Writer</span></p>',
        '<span class="author vcard">Ada Roe</span>',
        '<div class="Card__authorName">Ada Roe</div>',
        '<a href="/authors/ada-roe">Ada Roe</a>',
        "<p>By Ada Roe</p>",
        "<p>By <b>Ada Roe</b>, Staff Writer</p>",
        "<div>Written by</div><div>Ada Roe</div>",
        "<p>July 2, 2025 | By Ada Roe</p>",
        "<small>posted on 2 July 2025</small> by Ada Roe",
        "<p>Von Ada Roe</p>",
        "<p>Автор: Ada Roe</p>",
    ],
)
def test_a_byline_at_the_headline_names_the_author(byline):
    """Half of all pages mark up their bylines, each in its own way; the rest just show them."""
    assert read(page(above=byline)).authors == ("Ada Roe",)


@pytest.mark.parametrize(
    "beside",
    [
        '<a rel="author">Bo Doe</a>',
        '<div class="byline">By Bo Doe</div>',
        '<div class="card"><a href="/author/bo">Bo Doe</a></div>',
    ],
)
def test_bylines_of_other_articles_are_nobodys_here(beside):
    """Lists of further articles show their authors."""
    assert read(page(aside=beside)).authors == ()
    assert read(page(below=f'<div class="related-posts">{beside}</div>')).authors == ()


def test_a_layout_with_a_sidebar_does_not_hide_the_article():
    """Its container is called for the sidebar beside it."""
    source = page(above='<div class="byline">By Ada Roe</div>').replace(
        "<main>", '<main class="content has-sidebar sidebar">'
    )

    assert read(source).authors == ("Ada Roe",)


def test_the_byline_adds_nobody_to_the_authors_declared():
    """What stands beside a name there is more often a title or a reader's name than an author."""
    byline = '<div class="byline">By Ada Roe, Example Diseases</div>'

    assert read(page(head=linked(article(author="Ada Roe")), above=byline)).authors == ("Ada Roe",)


def test_a_line_is_a_byline_only_if_it_begins_as_one():
    """A sentence with "by" in it names no author."""
    assert find_byline(["The treaty was signed by Ada Roe", "Cars by the sea"]) == ()
    assert find_byline(["Varde", "By Ada Roe and Bo Doe"]) == ("Ada Roe", "Bo Doe")


# ---------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2 July 2025", "2025-07-02"),
        ("Wednesday, July 2nd, 2025", "2025-07-02"),
        ("2. Juli 2025", "2025-07-02"),
        ("2 juillet 2025 à 10h05", "2025-07-02"),
        ("1er juillet 2025", "2025-07-01"),
        ("2 de julio de 2025", "2025-07-02"),
        ("2 luglio 2025", "2025-07-02"),
        ("2 de julho de 2025", "2025-07-02"),
        ("2 июля 2025 г.", "2025-07-02"),
        ("2 липня 2025", "2025-07-02"),
        ("2 Temmuz 2025", "2025-07-02"),
        ("٢ يوليو ٢٠٢٥", "2025-07-02"),
        ("2 تموز 2025", "2025-07-02"),
        ("2 ژوئیه 2025", "2025-07-02"),
        ("2025年7月2日 10:05", "2025-07-02"),
        ("2025년 7월 2일", "2025-07-02"),
        ("2025. 7. 2.", "2025-07-02"),
        ("2025. július 2.", "2025-07-02"),
        ("2 lipca 2025", "2025-07-02"),
        ("2 juli 2025", "2025-07-02"),
        ("02-Jul-2025", "2025-07-02"),
        ("Jul. 2, 2025", "2025-07-02"),
        ("02.07.2025", "2025-07-02"),
        ("13/07/2025", "2025-07-13"),
        ("07/13/2025", "2025-07-13"),
        ("Wed, 02 Jul 2025 10:05:00 GMT", "2025-07-02T10:05:00Z"),
        ("Wed Jul 02 2025 10:05:00 GMT+0200 (CEST)", "2025-07-02T10:05:00+02:00"),
        ("2025-07-02T10:05+02:00", "2025-07-02T10:05+02:00"),
        ("2025-07-02 10:05", "2025-07-02T10:05"),
        ("2025-07-02T25:61:00Z", "2025-07-02"),
        ("1751450700", "2025-07-02T10:05:00Z"),
        ("1751450700000", "2025-07-02T10:05:00Z"),
        ("1970-01-01T00:00:00Z", None),
        ("03/04/2025", None),
        ("31 February 2025", None),
        ("July 2025", None),
        ("12 listopada 2025", None),
        ("2 Wochen 2025", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_read_in_many_languages(said, day):
    """What is not certain is not read: no month is a day, no order is guessed."""
    assert read_date(said) == day


@pytest.mark.parametrize(
    ("locale", "day"),
    [
        ("en-US", "2025-03-04"),
        ("en-GB", "2025-04-03"),
        ("fr", "2025-04-03"),
        ("en", None),
        ("", None),
    ],
)
def test_the_locale_tells_the_order_of_day_and_month(locale, day):
    """The same numbers are two days in two countries."""
    assert read_date("03/04/2025", locale=locale) == day


@pytest.mark.parametrize(("locale", "day"), [("pl", "2025-11-12"), ("hr", "2025-10-12")])
def test_the_language_tells_the_month_where_two_languages_share_its_name(locale, day):
    """The same word is October here and November there."""
    assert read_date("12 listopada 2025", locale=locale) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2025/07/02/a", "2025-07-02"),
        ("https://example.org/a/20250702/b", "2025-07-02"),
        ("https://example.org/2025-07-02-a", "2025-07-02"),
        ("https://example.org/world/2025/jul/02/a", "2025-07-02"),
        ("https://example.org/2025/13/02/a", None),
        ("https://example.org/a-2025", None),
        (None, None),
    ],
)
def test_the_date_in_an_address_is_read(url, day):
    """Many sites date their articles in the address."""
    assert date_in_url(url) == day


def test_the_same_moment_is_known_in_every_zone():
    """A day ends at another hour elsewhere."""
    assert is_same_moment("2025-07-02T23:30:00Z", "2025-07-03T01:30:00+02:00")
    assert not is_same_moment("2025-07-02T23:30:00Z", "2025-07-02T23:30:00+02:00")
    assert not is_same_moment("2025-07-02", "2025-07-02T00:00:00Z")
    assert not is_same_moment("2025-07-02T00:00", "2025-07-02T00:00:00Z")


def test_a_time_is_given_in_the_zone_that_the_page_shows():
    """Its readers saw it on that day."""
    head = linked(article(datePublished="2025-07-02T23:30:00Z"))
    above = '<time datetime="2025-07-03T09:30:00+10:00">July 3</time>'

    found = read(page(head=head, above=above))

    assert (found.published, found.published_from) == ("2025-07-03T09:30:00+10:00", "json-ld")


@pytest.mark.parametrize(
    ("above", "published", "origin"),
    [
        ('<time datetime="2025-07-02">yesterday</time>', "2025-07-02", "markup"),
        ("<time>2 July 2025</time>", "2025-07-02", "markup"),
        ('<time datetime="2019-01-01">2 July 2025</time>', "2025-07-02", "markup"),
        ('<meta itemprop="datePublished" content="2025-07-02">', "2025-07-02", "meta"),
        ('<span itemprop="datePublished">2 July 2025</span>', "2025-07-02", "markup"),
        ('<span class="post-date">July 2, 2025</span>', "2025-07-02", "markup"),
        ('<div class="article__date">2 July 2025</div>', "2025-07-02", "markup"),
        ("<p>Published on July 2, 2025</p>", "2025-07-02", "text"),
        ("<p>Ada Roe</p><p>2 juillet 2025</p>", "2025-07-02", "text"),
        ("<p>2 July 2025 - Updated 9 July 2025</p>", "2025-07-02", "text"),
        ('<p class="date">2 July 2025, updated 9 July 2025</p>', "2025-07-02", "markup"),
    ],
)
def test_the_date_at_the_headline_is_found_and_its_origin_told(above, published, origin):
    """A date read off the page is worth less than one that it declares; users can tell."""
    found = read(page(above=above))

    assert (found.published, found.published_from) == (published, origin)


def test_the_date_above_the_headline_is_found():
    """Some sites set it there; what stands below the headline comes first."""
    source = page().replace("<header>", "<header><div>Published</div><div>2 July 2025</div>")
    marked = page(above="<time>3 July 2025</time>").replace(
        "<header>", "<header><time>2 July 2025</time>"
    )

    assert (read(source).published, read(source).published_from) == ("2025-07-02", "text")
    assert read(marked).published == "2025-07-03"


@pytest.mark.parametrize(
    "where",
    [
        "<p>On 3 March 2019 they had signed the last treaty, and it was never kept by anyone.</p>",
        "<table><tr><td>Signed</td><td>3 March 2019</td></tr></table>",
        '<table><tr><td><span class="date">3 March 2019</span></td></tr></table>',
        "<figure><figcaption>The ferry on 3 March 2019</figcaption></figure>",
        '<div class="related"><time datetime="2019-03-03">3 March 2019</time></div>',
        '<p class="updated">Updated: 3 March 2019</p>',
    ],
)
def test_no_date_is_taken_from_tables_captions_running_text_or_other_articles(where):
    """A wrong date puts every claim of the article into a wrong time."""
    found = read(page(above=where))

    assert (found.published, found.published_from) == (None, None)


def test_dates_of_several_articles_are_no_date():
    """Far from the headline, only a day that all of them agree on is the article's."""
    one, other = ('<span class="date">2 July 2025</span>', '<span class="date">3 July 2025</span>')
    far = "<p></p>" * 100

    assert read(page(below=far + one)).published == "2025-07-02"
    assert read(page(below=far + one + other)).published is None


def test_what_is_declared_overrules_what_is_shown_unless_that_is_earlier():
    """A later day shown is an update; an earlier one was lost when the page was moved."""
    head = linked(article(datePublished="2025-07-02T10:00:00Z"))

    later = read(page(head=head, above="<time datetime='2025-08-01'>1 August 2025</time>"))
    earlier = read(page(head=head, above="<time datetime='2020-02-01'>1 February 2020</time>"))
    eve = read(page(head=head, above="<time datetime='2025-07-01'>1 July 2025</time>"))

    assert (later.published, later.published_from) == ("2025-07-02T10:00:00Z", "json-ld")
    assert (earlier.published, earlier.published_from) == ("2020-02-01", "markup")
    assert eve.published == "2025-07-02T10:00:00Z"


def test_meta_elements_come_after_linked_data_and_the_address_after_both():
    """The surest source that has a date gives it."""
    meta = '<meta property="article:published_time" content="2025-07-03">'
    url = "https://example.org/2025/07/04/a"

    both = parse_html(page(head=linked(article(datePublished="2025-07-02")) + meta), url=url)
    one = parse_html(page(head=meta), url=url)
    none = parse_html(page(), url=url)
    modified = read(page(head=linked(article(dateModified="2025-07-05"))))

    assert (both.published, both.published_from) == ("2025-07-02", "json-ld")
    assert (one.published, one.published_from) == ("2025-07-03", "meta")
    assert (none.published, none.published_from) == ("2025-07-04", "url")
    assert (modified.published, modified.published_from) == ("2025-07-05", "modified")


def test_a_page_without_h1_is_dated_at_its_title_in_a_lesser_heading():
    """Some sites keep the first heading for their own name."""
    source = page(title=TITLE, above="<p>2 July 2025</p>").replace("h1>", "h2>")

    assert read(source).published == "2025-07-02"


# ------------------------------------------------------------------- language


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("en-GB", "", "en"),
        ("DE", "", "de"),
        ("zh-Hant-TW", "", "zh"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt"),
        ("english", "", None),
        ("", "", None),
    ],
)
def test_the_declared_language_is_a_code(lang, head, language):
    """Extraction asks for the language by its code."""
    assert read(page(lang=lang, head=head)).language == language


# ---------------------------------------------------------------------- title


@pytest.mark.parametrize(
    ("declared", "headings", "site", "linked", "title"),
    [
        (["Two States Sign | Example"], ["Two States Sign"], "Example", False, "Two States Sign"),
        (["Two States Sign"], ["Two States Sign - Example"], "Example", False, "Two States Sign"),
        (["Two States Sign"], ["Our Blog"], None, True, "Two States Sign"),
        (["Two States Sign"], ["What a Ferry Is Worth"], None, True, "What a Ferry Is Worth"),
        (["Two States Sign"], ["Ferries: Two States Sign"], None, True, "Two States Sign"),
        (["Sea: States Sign"], ["Sea: States Sign"], None, True, "Sea: States Sign"),
        (
            ["Two Sign a (", "Two Sign a (Small) Treaty"],
            [],
            None,
            False,
            "Two Sign a (Small) Treaty",
        ),
        (["Two Sign", "Two Sign · Example"], [], None, False, "Two Sign"),
        (
            ["两国签署渡轮航线条约 - 示例"],
            ["两国签署渡轮航线条约"],
            "示例",
            False,
            "两国签署渡轮航线条约",
        ),
        ([], [], None, False, None),
    ],
)
def test_the_title_is_chosen_among_what_is_declared_and_shown(
    declared, headings, site, linked, title
):
    """What is declared is cut, or has the site's name; what is shown may be a section's name."""
    assert choose_title(declared, headings=headings, site=site, linked=linked) == title


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://harbour.example/1#top", "https://harbour.example/1"),
        ("https://news.example/2", None),
        ("https://www.news.example/2", None),
        ("/2", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_a_canonical_link_to_another_host_names_the_original(href, canonical):
    """A page that says it is a copy is not a second witness."""
    source = page(head=f'<link rel="canonical" href="{href}">')

    assert read(source, url="https://news.example/1").canonical == canonical
