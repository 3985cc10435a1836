"""The contract of a source, kept by this one, and what is its own."""

from pathlib import Path

import pytest
from alignwatch_meridian import MeridianSource

from alignwatch.conformance import ScriptedGetter, ScriptedSite
from alignwatch.errors import ParseError
from alignwatch.model import Page
from alignwatch.testing import SourceContract

PAGES = Path(__file__).parent / "pages"
LISTING = "http://meridian-wire.example/latest/"
ARTICLE = "http://meridian-wire.example/2026/07/06/ferry-line"


class TestMeridian(SourceContract):
    """Golden pages, since, junk, addresses, no request of its own: all of it is inherited."""

    source = MeridianSource()
    pages = PAGES


def test_the_listing_is_discovered_newest_first() -> None:
    """Who stops early has the newest."""
    getter = ScriptedGetter(ScriptedSite.from_folder(PAGES))
    refs = list(MeridianSource().discover(getter, since=None))

    assert [ref.url for ref in refs] == [ARTICLE, "http://meridian-wire.example/2026/07/01/quay"]
    assert refs[0].title == "Ferry line links two capitals"


def test_a_listing_without_headlines_is_an_error_and_not_an_empty_day() -> None:
    """A site that changed its markup must show up in the report of failures."""
    site = ScriptedSite.from_folder(PAGES)
    getter = ScriptedGetter(site, spoil=lambda _: b"<main><h1>Latest</h1></main>")

    with pytest.raises(ParseError, match="changed its markup"):
        list(MeridianSource().discover(getter, since=None))


@pytest.mark.parametrize(
    "content", [b"<p>Please enable scripts.</p>", b"\x89PNG\r\n\x1a\n\x00\x00"]
)
def test_a_page_without_a_story_is_a_parse_error(content: bytes) -> None:
    """It is counted, rather than stored as an article that is none."""
    with pytest.raises(ParseError):
        MeridianSource().parse(Page(url=ARTICLE, content=content))
