"""What the source is before it asks anybody: its name, its options, how it reads a page."""

import pickle

import pytest

from alignwatch.errors import SourceError
from alignwatch.model import Page
from alignwatch.sources import CONTRACT_VERSION, Source, describe_sources, load_source
from alignwatch_sitemap import SitemapSource

SITE = "http://gazette.example"


def test_the_plugin_is_installed_under_its_name():
    """That is how a watchlist names it."""
    source = load_source("sitemap", urls=SITE)

    assert isinstance(source, Source)
    assert source == SitemapSource(SITE)
    assert source.info.contract == CONTRACT_VERSION
    assert {one.name: one.distribution for one in describe_sources()}[
        "sitemap"
    ] == "alignwatch-sitemap"
    assert pickle.loads(pickle.dumps(source)) == source


@pytest.mark.parametrize(
    "options",
    [
        {"urls": "gazette.example"},
        {"urls": [SITE, "ftp://gazette.example"]},
        {"urls": SITE, "include": "("},
        {"urls": SITE, "max_pages": 0},
        {"urls": SITE, "max_time_s": -1},
        {"urls": SITE, "maxpages": 10},
        {},
    ],
)
def test_options_that_cannot_be_used_are_told(options):
    """A watchlist is written by people."""
    with pytest.raises(SourceError):
        load_source("sitemap", **options)


def test_pages_are_read_as_everywhere():
    """The source brings addresses alone."""
    text = "Finland and Norway opened a joint station at the border, the two governments said."
    body = f"<html><body><article><p>{text}</p></article></body></html>"
    page = Page(url=f"{SITE}/a", content=body.encode(), media_type="text/html")

    assert "joint station" in SitemapSource(SITE).parse(page).text
