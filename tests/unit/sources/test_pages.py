"""Single pages, as a person names them."""

import pytest

from alignwatch.errors import FetchError
from alignwatch.model import Page
from alignwatch.sources import PagesSource


class Getter:
    def get(self, url, *, conditional=True):
        if "gone" in url:
            msg = "no connection"
            raise FetchError(msg)
        return Page(url=url, content=b"x")


def test_each_page_is_asked_for_once_in_order():
    """Doubles on a list must not double the load on a site."""
    source = PagesSource(["http://b.example/", "http://a.example/", "http://b.example/"])

    found = [page.url for page in source.discover(Getter(), since=None)]

    assert found == ["http://b.example/", "http://a.example/"]
    assert PagesSource("http://a.example/").urls == ("http://a.example/",)


def test_a_page_that_cannot_be_fetched_does_not_hide_the_others():
    """All are yielded, then the failures are told."""
    urls = ["http://gone.example/", "http://a.example/", "http://gone.example/2"]
    found = []

    with pytest.raises(FetchError, match="no connection") as caught:
        found.extend(PagesSource(urls).discover(Getter(), since=None))

    assert caught.value.url == "http://gone.example/"
    assert caught.value.__notes__ == ["also http://gone.example/2: no connection"]


def test_what_was_found_before_a_failure_is_kept():
    """Discovery is lazy, so each page is stored before the next is asked for."""
    found = PagesSource(["http://a.example/", "http://gone.example/"]).discover(
        Getter(), since=None
    )

    assert next(found).url == "http://a.example/"
