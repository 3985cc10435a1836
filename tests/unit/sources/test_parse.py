"""The default way from a page to an article."""

import pytest

from alignwatch.errors import EmptyTextError, NotTextError, ParseError, TooLargeError
from alignwatch.model import Article, Page, to_json
from alignwatch.sources import ARTICLE_TYPE, FAILURE_TYPE, make_failure_page, parse_page

URL = "http://news.example/a"
SENTENCE = "Estonia and Latvia agreed on Monday to guard the sea cables between them together. "
HTML = f"<!DOCTYPE html><html><body><article><p>{SENTENCE * 9}</p></article></body></html>"


def page(content, media_type=None, **fields):
    raw = content if isinstance(content, bytes) else content.encode()
    return Page(**{"url": URL, "content": raw, "media_type": media_type, **fields})


@pytest.mark.parametrize(
    "media_type", ["text/html", "application/xhtml+xml", None, "application/xml", "text/xml"]
)
def test_html_is_known_by_its_type_or_its_look(media_type):
    """Servers name pages in many ways, and some not at all."""
    assert SENTENCE.strip() in parse_page(page(HTML, media_type)).text


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown", None])
def test_plain_text_is_kept_character_for_character(media_type):
    """Offsets count in it."""
    article = parse_page(page("One.\r\nTwo <b>.", media_type))

    assert article == Article(id=URL, url=URL, text="One.\nTwo <b>.")


def test_the_charset_of_the_transport_counts():
    """HTTP's word is often the only one."""
    assert parse_page(page("é".encode("latin-1"), "text/plain", charset="iso-8859-1")).text == "é"


def test_an_article_is_named_by_what_was_asked_and_lives_where_it_was_found():
    """The id stays stable when a site moves a page, and a reader is led to its last place."""
    article = parse_page(page("x", "text/plain", final_url="http://news.example/b"))

    assert (article.id, article.url) == (URL, "http://news.example/b")


def test_a_name_that_is_given_wins_and_files_have_no_url():
    """Output must not carry the paths of a machine."""
    article = parse_page(page("x", "text/plain", url="file:///tmp/a.txt", article_id="a.txt"))

    assert (article.id, article.url) == ("a.txt", None)


def test_a_record_round_trips():
    """What one tool writes another reads, every field."""
    article = Article(id="x", text="Text.", url=URL, title="T", authors=("A",), speaker="USA")

    assert parse_page(page(to_json(article), ARTICLE_TYPE)) == article


@pytest.mark.parametrize(
    ("content", "media_type", "error"),
    [
        (b"", "text/html", EmptyTextError),
        (b"x" * 10, "image/png", NotTextError),
        (b"%PDF-1.7", "application/pdf", NotTextError),
        (b"<rss><channel/></rss>", "text/html; x", ParseError),
        (b"<rss version='2.0'><channel/></rss>", "application/rss+xml", ParseError),
        (b"<a/>", "application/xml", ParseError),
        (b"{}", "application/json", ParseError),
        (b"{}", ARTICLE_TYPE, ParseError),
        (b"junk", FAILURE_TYPE, ParseError),
        (b"[]", FAILURE_TYPE, ParseError),
    ],
)
def test_what_is_no_article_is_refused(content, media_type, error):
    """A feed or a picture taken for an article would fill the store with junk."""
    with pytest.raises(ParseError) as caught:
        parse_page(page(content, media_type))

    assert type(caught.value) is error
    assert caught.value.url == URL


def test_an_unchanged_page_has_no_article():
    """Its content is at the server, and in the store."""
    with pytest.raises(EmptyTextError, match="unchanged"):
        parse_page(page(b"", "text/html", status=304))


@pytest.mark.parametrize("error", [TooLargeError("over 20 MB"), NotTextError("a pipe")])
def test_a_failure_page_raises_what_it_was_made_of(error):
    """So one bad file is counted, with its own reason, where articles are."""
    with pytest.raises(type(error), match=str(error)):
        parse_page(make_failure_page(URL, article_id="a", error=error))
