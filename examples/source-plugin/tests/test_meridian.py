"""The contract of a source, kept by this one, and its golden pages."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alignwatch_meridian import MeridianSource

from alignwatch.errors import ParseError
from alignwatch.model import Page, to_record

PAGES = Path(__file__).parent / "pages"
LISTING = "http://meridian-wire.example/latest/"
ARTICLE = "http://meridian-wire.example/2026/07/06/ferry-line"


class OnePage:
    """A getter that knows one page and writes down what it is asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []

    def get(self, url: str, *, conditional: bool = True) -> Page:  # noqa: ARG002 - as a getter's
        """Give the page, whatever is asked for."""
        self.asked.append(url)
        return self.page


def read_page(name: str, url: str) -> Page:
    """Give a golden page as if *url* had answered it."""
    return Page(url=url, content=(PAGES / name).read_bytes(), charset="utf-8")


def test_the_golden_page_gives_the_json_beside_it() -> None:
    """When the site changes, this is where it shows."""
    article = MeridianSource().parse(read_page("2026-07-06-ferry-line.html", ARTICLE))

    golden = PAGES / "2026-07-06-ferry-line.json"
    assert to_record(article) == json.loads(golden.read_text(encoding="utf-8"))


def test_the_listing_is_discovered_newest_first_through_the_given_getter() -> None:
    """A source that fetches by itself would dodge robots.txt and delays."""
    getter = OnePage(read_page("listing.html", LISTING))

    refs = list(MeridianSource().discover(getter, since=None))

    assert getter.asked == [LISTING]
    assert [ref.url for ref in refs] == [ARTICLE, "http://meridian-wire.example/2026/07/01/quay"]
    assert refs[0].published_at == datetime(2026, 7, 6, 12, tzinfo=UTC)


def test_what_is_older_than_asked_for_is_left_out() -> None:
    """Whoever asks for July does not want June."""
    getter = OnePage(read_page("listing.html", LISTING))
    refs = MeridianSource().discover(getter, since=datetime(2026, 7, 3, tzinfo=UTC))

    assert [ref.url for ref in refs] == [ARTICLE]


def test_an_unchanged_listing_brings_nothing_new() -> None:
    """A 304 has no content to read."""
    getter = OnePage(Page(url=LISTING, content=b"", status=304))

    assert list(MeridianSource().discover(getter, since=None)) == []


def test_a_listing_without_headlines_is_an_error_and_not_an_empty_day() -> None:
    """A site that changed its markup must show up in the report of failures."""
    getter = OnePage(Page(url=LISTING, content=b"<main><h1>Latest</h1></main>"))

    with pytest.raises(ParseError, match="changed its markup"):
        list(MeridianSource().discover(getter, since=None))


@pytest.mark.parametrize(
    "content", [b"", b"<p>Please enable scripts.</p>", b"\x89PNG\r\n\x1a\n\x00\x00", b"   \n"]
)
def test_a_page_without_a_story_is_a_parse_error(content: bytes) -> None:
    """The run counts it and goes on; anything else would end the run."""
    with pytest.raises(ParseError):
        MeridianSource().parse(Page(url=ARTICLE, content=content))
