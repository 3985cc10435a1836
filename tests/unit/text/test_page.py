"""Pages: the article's text, and what the page says about it."""

import json

import pytest

from alignwatch.errors import EmptyTextError, ModelError, NotTextError, ParseError, TooLargeError
from alignwatch.text import (
    MAX_ARTICLE_CHARS,
    MAX_HTML_TAGS,
    MAX_TAG_ATTRIBUTES,
    MAX_TEXT_CHARS,
    clean_article,
    parse_html,
    parse_text,
    read_html,
)

PARAGRAPHS = (
    "The foreign ministers of Aland and Bland signed a treaty on trade in Riga on Monday.",
    "Under the agreement both states will lift their tariffs on grain before the year ends.",
    "A spokesman said that the treaty also covers the ports on the northern coast of Aland.",
    "Bland has denied that the treaty contains a secret clause on the defence of the border.",
)


def _page(*, head: str = "", above: str = "", below: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<html lang="en-GB"><head><title>Two States Sign | Example News</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a> <a href='/w'>World</a></nav><article>{above}{body}{below}"
        "</article><footer>Imprint</footer></body></html>"
    )


def _linked(**fields: object) -> str:
    record = {"@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(record)}</script>'


def test_the_text_is_the_paragraphs():
    """Everything behind this stage works on what is found here."""
    article = parse_html(_page(), url="https://example.org/a")

    assert article.text.splitlines() == list(PARAGRAPHS)
    assert (article.id, article.language) == ("https://example.org/a", "en")


def test_the_same_bytes_give_the_same_article():
    """A second run must give the same output byte for byte."""
    content = _page().encode()

    assert parse_html(content, url="https://example.org/a") == parse_html(
        content, url="https://example.org/a"
    )


def test_linked_data_overrules_meta_elements():
    """Meta elements are often written for social networks, linked data for machines."""
    head = (
        _linked(
            headline="Two States Sign",
            datePublished="2025-07-02T10:05:00+02:00",
            author=[{"@type": "Person", "name": "Ada Roe"}],
            publisher={"name": "Example News"},
            keywords=["trade", "treaties"],
        )
        + '<meta name="author" content="Somebody Else">'
        '<meta property="article:published_time" content="2020-01-01">'
        '<meta name="description" content="A treaty on trade.">'
    )

    article = parse_html(_page(head=head), url="https://example.org/a")

    assert article.title == "Two States Sign"
    assert article.authors == ("Ada Roe",)
    assert article.published == "2025-07-02T10:05:00+02:00"
    assert (article.site, article.description) == ("Example News", "A treaty on trade.")
    assert article.tags == ("trade", "treaties")


def test_a_page_without_metadata_invents_none():
    """A date from the body's running text would date claims wrongly."""
    page = _page(below="<p>The last treaty was signed on 3 March 2019, and it was never kept.</p>")

    article = parse_html(page, article_id="a")

    assert (article.authors, article.published, article.url) == ((), None, None)


@pytest.mark.parametrize(
    ("said", "authors"),
    [
        ("By Ada Roe", ("Ada Roe",)),
        ("Staff Reporter; Email the Author", ()),
        ("Ada Roe and Bo Doe", ("Ada Roe", "Bo Doe")),
        ("ADA ROE, Senior Political Correspondent", ("Ada Roe",)),
        ("Example News", ("Example News",)),
        ("admin", ()),
        ("https://example.org/authors/ada", ()),
        ("Reuters", ("Reuters",)),
    ],
)
def test_authors_are_persons_or_else_an_organisation(said, authors):
    """Who wrote it is shown to readers; "Email the Author" wrote nothing."""
    article = parse_html(_page(head=_linked(author=said, headline="Two States")), article_id="a")

    assert article.authors == authors


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("2025-07-02", "2025-07-02"),
        ("July 2, 2025", "2025-07-02"),
        ("2 July 2025", "2025-07-02"),
        ("20250702", "2025-07-02"),
        ("2025-07-02T10:05:00.123Z", "2025-07-02T10:05:00Z"),
        ("2025-07-02 10:05 +0200", "2025-07-02T10:05+02:00"),
        ("03/04/2025", "2025-04-03"),
        ("2025-13-45", None),
        ("soon", None),
    ],
)
def test_dates_are_as_precise_as_they_are_given(said, published):
    """An order of day and month that nobody knows is not guessed."""
    head = f'<meta property="article:published_time" content="{said}">'

    assert parse_html(_page(head=head), article_id="a").published == published


def test_the_date_in_an_address_is_the_last_resort():
    """Many sites date their articles in the address alone."""
    assert parse_html(_page(), url="https://example.org/2025/07/02/a").published == "2025-07-02"


def test_furniture_of_the_page_does_not_reach_the_document():
    """The parser and the cleaner together leave the article."""
    page = _page(above="<p>3 min read</p>", below="<p>Share this post</p><p>Leave a comment</p>")

    document = clean_article(parse_html(page, url="https://example.org/a"))

    assert document.text.splitlines() == list(PARAGRAPHS)


def test_an_article_needs_a_name():
    """Claims are stored by it."""
    with pytest.raises(ModelError, match="article_id"):
        parse_html(_page())


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyTextError),
        (b" \n ", EmptyTextError),
        ("<html><body></body></html>", EmptyTextError),
        (b"%PDF-1.7", NotTextError),
        ("<<<>>>\x00", ParseError),
        ("<!-- only a comment -->", ParseError),
    ],
)
def test_junk_is_a_parse_error(content, error):
    """One page that cannot be read must not end the run."""
    with pytest.raises(error):
        parse_html(content, url="https://example.org/a")


def test_a_plain_text_is_an_article_character_for_character():
    """Scraped text files are the main input, and evidence points into them."""
    article = parse_text(b"One.\r\n\r\nTwo. \n", article_id="a.txt")

    assert (article.id, article.text, article.url) == ("a.txt", "One.\n\nTwo. \n", None)


@pytest.mark.parametrize("content", [b"", b" \n\t\n"])
def test_an_empty_file_is_named(content):
    """An empty file is a failure that a person wants to hear of."""
    with pytest.raises(EmptyTextError, match=r"a\.txt"):
        parse_text(content, article_id="a.txt")


def test_a_text_over_the_limit_is_refused():
    """The limit is documented, so the message says it."""
    with pytest.raises(TooLargeError, match="12,000,000"):
        parse_text("a" * (MAX_TEXT_CHARS + 1), article_id="a")


@pytest.mark.parametrize(
    "body",
    [
        "<br>" * (MAX_HTML_TAGS + 1),
        "<p " + " ".join(f"a{at}=1" for at in range(MAX_TAG_ATTRIBUTES + 1)) + ">x</p>",
        "<p>" + "word " * (MAX_ARTICLE_CHARS // 5 + 1) + "</p>",
    ],
    ids=["tags", "attributes", "characters"],
)
def test_a_page_that_would_hold_the_parser_is_refused_before_it_is_parsed(body):
    """A megabyte of them costs minutes and a gigabyte of memory."""
    with pytest.raises(TooLargeError, match="alignwatch reads"):
        parse_html(f"<html><body>{body}</body></html>", url="https://desk.example/x")


@pytest.mark.parametrize(
    ("shown", "declared", "title"),
    [
        ("A Pact of Two Neighbours", "Pact of two | Example News", "A Pact of Two Neighbours"),
        (
            "Opinion A Pact of Two Neighbours",
            "A Pact of Two Neighbours",
            "A Pact of Two Neighbours",
        ),
        ("Example News", "A Pact of Two - Example News", "A Pact of Two"),
        ("Site Logo", "A Pact of Two", "A Pact of Two"),
        ("", "A | " * 3000 + "B", None),
    ],
)
def test_the_title_is_the_headline_that_readers_see(shown, declared, title):
    """Declared titles are cut, made for search, or carry the site's name."""
    head = f'<meta property="og:title" content="{declared}">'
    head += '<meta property="og:site_name" content="Example News">'
    page = _page(head=head, above=f"<h1>{shown}</h1>").replace("Two States Sign | Example News", "")

    found = parse_html(page, article_id="a").title

    assert found == title or (title is None and found)


def test_a_long_script_or_value_is_not_taken_for_a_tag_of_many_attributes():
    """Real pages carry whole programs and records in one element."""
    script = "<script>for (i=0; i<n; i++) { " + "let a = b; " * 3000 + "}</script>"
    record = "<div data-state='" + '{"a": 1} ' * 3000 + "'></div>"

    assert parse_html(_page(head=script, above=record), article_id="a").text


@pytest.mark.parametrize("before", ["", "<p>", "< " * 3_000, "x" * 9_000, "<p>" + "x" * 9_000])
def test_a_tag_of_thousands_of_attributes_is_found_behind_anything(before):
    """The search jumps from bracket to bracket; a tag that it jumps over takes minutes to parse."""
    page = f"<html><body>{before}<p {'a=1 ' * 3_000}>Delegates met in Riga.</p></body></html>"

    with pytest.raises(TooLargeError, match="attributes"):
        parse_html(page, url="https://example.org/a")


def test_a_tag_of_thousands_of_attributes_is_refused():
    """The parser's time grows with their square."""
    with pytest.raises(TooLargeError, match="attributes"):
        parse_html(_page(above="<p " + "a=1 " * 5000 + "></p>"), article_id="a")


def _hide(address):
    return bytes([0x2A, *(byte ^ 0x2A for byte in address.encode())]).hex()


def test_an_address_hidden_from_programs_is_put_back():
    """The page carries it; the stub in its place says nothing."""
    code = _hide("press@example.org")
    stub = (
        f'<p>{PARAGRAPHS[0]} Write to <a data-cfemail="{code}">[email&#160;protected]</a> now.</p>'
    )

    assert "Write to press@example.org now." in read_html(_page(above=stub)).text


@pytest.mark.parametrize("code", ["", "zz", "2a", _hide("nobody"), "2a" + "00" * 600])
def test_what_hides_no_address_stays_a_stub(code):
    """Pages are written by others, who may write anything into an attribute."""
    stub = (
        f'<p>{PARAGRAPHS[0]} Write to <a data-cfemail="{code}">[email&#160;protected]</a> now.</p>'
    )

    assert "Write to now." in " ".join(read_html(_page(above=stub)).text.split())


def test_a_page_is_read_in_one_step():
    """A first-time user has a page and wants its text."""
    document = read_html(_page(below="<p>Leave a Comment</p>"), url="https://example.org/a")

    assert (document.article, document.url) == ("https://example.org/a",) * 2
    assert document.text.endswith(PARAGRAPHS[-1])
    assert read_html(_page()).article == "page"
