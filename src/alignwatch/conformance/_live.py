"""A first visit to the real site, with a small budget."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import attrs

from alignwatch.conformance._quick import CheckResult
from alignwatch.errors import ContactRequiredError, FetchError, PageError, RightsReservedError
from alignwatch.fetch import TDM, Fetcher, find_meta_reservations
from alignwatch.model import Page, PageRef
from alignwatch.sources import Source, read_listing_failure

__all__ = ["MAX_LIVE_PAGES", "MAX_LIVE_REQUESTS", "LiveVisit", "visit_live"]

MAX_LIVE_REQUESTS = 10
"""Listings that a visit asks for at most; robots.txt is not counted."""
MAX_LIVE_PAGES = 3
"""Pages that a visit reads at most."""
_MOST_FOUND = 200


@attrs.frozen(kw_only=True)
class LiveVisit:
    """What a visit to the real site came to.

    `asked` are the addresses that were asked for, in order, `found` what was discovered, `read` the
    titles of what could be read.
    """

    results: tuple[CheckResult, ...]
    asked: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    read: tuple[str, ...] = ()


class BudgetUsedError(FetchError):
    """The visit is over; no failure of the source."""

    reason = "budget-spent"


@attrs.define
class _Counting:
    """Asks each address once, and for no more than a few listings."""

    fetcher: Fetcher
    asked: list[str] = attrs.field(factory=list)
    given: dict[str, Page] = attrs.field(factory=dict)

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Give the page; what was given before is not asked for again."""
        self.asked += [url] if conditional else []
        if url not in self.given:
            if len(self.given) >= MAX_LIVE_REQUESTS:
                msg = f"the visit asks for no more than {MAX_LIVE_REQUESTS} listings"
                raise BudgetUsedError(msg, url=url)
            self.given[url] = self.fetcher.get(url, conditional=False)
        return self.given[url]


def visit_live(source: Source, *, fetcher: Fetcher, since: datetime | None = None) -> LiveVisit:
    """Visit the real site of *source* by all rules: a few listings, a few pages, nothing stored.

    What is told of politeness at the site itself is in the ledger of *fetcher*.

    Raises:
        ContactRequiredError: The site is live and *fetcher* does not say who asks.
    """
    getter = _Counting(fetcher)
    found: list[PageRef | Page] = []
    results = [_try("discovers", lambda: _discover(source, getter, since, found))]
    twice = [url for url, count in Counter(getter.asked).items() if count > 1]
    error = f"{twice[0]} is asked for more than once in a run" if twice else None
    results.append(CheckResult(promise="asks for each address once", error=error))
    read: list[str] = []
    for one in found[:MAX_LIVE_PAGES]:
        act = partial(_read, source, fetcher, one, read)
        results.append(_try(f"reads {one.url}", act))
    return LiveVisit(
        results=tuple(results),
        asked=tuple(getter.given),
        found=tuple(one.url for one in found),
        read=tuple(read),
    )


def _discover(
    source: Source, getter: _Counting, since: datetime | None, found: list[PageRef | Page]
) -> None:
    try:
        for one in _take(source.discover(getter, since=since)):
            found.append(one)  # noqa: PERF402 - what came before an error is kept
    except BudgetUsedError:
        return
    if not found:
        msg = "nothing was found; a listing that suddenly lists nothing should raise a PageError"
        raise FetchError(msg)


def _take(discovered: Iterator[PageRef | Page]) -> Iterator[PageRef | Page]:
    for count, one in enumerate(discovered, start=1):
        failure = read_listing_failure(one)
        if isinstance(failure, PageError) and failure.reason != BudgetUsedError.reason:
            raise failure
        yield one
        if count >= _MOST_FOUND:
            return


def _read(source: Source, fetcher: Fetcher, one: PageRef | Page, read: list[str]) -> None:
    """Tell the title of the article, or its beginning."""
    page = one
    if isinstance(page, PageRef):
        fetcher.refuse_reserved(page.url)
        page = fetcher.get(page.url, conditional=False)
    if TDM in {*page.reservations, *find_meta_reservations(page.content)}:
        msg = "the publisher reserves text and data mining of this page, so it is not read"
        raise RightsReservedError(msg, url=page.url)
    article = source.parse(page)
    words = len(article.text.split())
    title = article.title or f"{article.text[:60]}..."
    read.append(f"{title} ({article.published or 'undated'}, {words} words)")


def _try(promise: str, act: Callable[[], object]) -> CheckResult:
    try:
        act()
    except ContactRequiredError:
        raise
    except PageError as error:
        return CheckResult(promise=promise, error=f"{error.reason}: {error}")
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything, and that is a finding
        return CheckResult(promise=promise, error=f"{type(error).__name__}: {error}")
    return CheckResult(promise=promise)
