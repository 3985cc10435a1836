"""Servers whose validators lie are noticed, and asked in full now and then."""

from datetime import UTC, datetime

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.model import PageRef
from alignwatch.pipeline._doubt import is_doubtful
from alignwatch.sources import SourceInfo, parse_page

OLD = "Sun, 01 Mar 2026 12:00:00 GMT"
PAGES = 12


class Listing:
    """A source whose listing says when each page changed."""

    info = SourceInfo(name="listing", contract=1)

    def __init__(self, changed_at):
        self.changed_at = changed_at

    def discover(self, fetcher, *, since):
        for number in range(PAGES):
            yield PageRef(url=f"http://news.example/{number}", changed_at=self.changed_at)

    def parse(self, page):
        return parse_page(page)


@pytest.fixture
def site():
    with serve() as running:
        yield running


def serve_pages(site, text):
    """Answer as a server that says "unchanged" to everybody who asks for changes."""

    def reply(asked):
        if "if-modified-since" in asked.headers:
            return answer(status=304)
        body = f"<!doctype html><html lang=en><body><p>{asked.path} {text * 20}"
        return answer(body, last_modified=OLD)

    site.routes |= {f"/{number}": reply for number in range(PAGES)}


def watch(site, path, day):
    return aw.watch(
        [Listing(datetime(2026, 3, day, tzinfo=UTC))],
        store=path,
        resolve={"news.example": site.address},
        delay_s=0,
    )


def ledger(path):
    with aw.open_store(path, read_only=True) as store:
        (host,) = store.ledger()
        return host.doubted, host.false_unchanged


def test_a_server_that_lies_is_asked_in_full_for_all_that_is_in_doubt(site, tmp_path):
    """A correction that is never read is a claim that stays wrong."""
    serve_pages(site, "Japan and Vietnam met in Hanoi. ")
    watch(site, tmp_path / "s.db", 1)
    serve_pages(site, "Japan and Vietnam did not meet. ")
    result = watch(site, tmp_path / "s.db", 2)

    assert result.stored == PAGES
    assert ledger(tmp_path / "s.db") == (PAGES, PAGES)


def test_where_the_listing_is_wrong_one_page_in_ten_is_asked_in_full(site, tmp_path):
    """Sitemaps that date every page today must not cost the site its bandwidth."""
    serve_pages(site, "Japan and Vietnam met in Hanoi. ")
    watch(site, tmp_path / "s.db", 1)
    site.asked.clear()
    result = watch(site, tmp_path / "s.db", 2)

    assert (result.stored, result.health[0].unchanged) == (0, PAGES)
    in_full = [one for one in site.asked if "if-modified-since" not in one.headers]
    assert [one.path for one in in_full] == ["/0", "/10"]
    assert ledger(tmp_path / "s.db") == (PAGES, 0)


@pytest.mark.parametrize(
    ("changed_at", "last_modified", "status", "doubted"),
    [
        (datetime(2026, 3, 2, tzinfo=UTC), OLD, 304, True),
        (datetime(2026, 3, 1, 12, 0, 0, 9, tzinfo=UTC), OLD, 304, False),
        (datetime(2026, 3, 1, tzinfo=UTC), OLD, 304, False),
        (datetime(2026, 3, 2, tzinfo=UTC), OLD, 200, False),
        (datetime(2026, 3, 2, tzinfo=UTC), None, 304, False),
        (datetime(2026, 3, 2, tzinfo=UTC), "yesterday", 304, False),
        (None, OLD, 304, False),
    ],
)
def test_only_a_later_date_in_the_listing_is_a_reason_to_doubt(
    changed_at, last_modified, status, doubted
):
    """Most servers are honest, and most dates are missing."""
    ref = PageRef(url="http://news.example/a", changed_at=changed_at)
    page = aw.Page(url=ref.url, content=b"", status=status, last_modified=last_modified)

    assert is_doubtful(ref, page) is doubted
