"""Servers that say "unchanged" of what their own listing says has changed."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from alignwatch.fetch import Fetcher
from alignwatch.model import Page, PageRef
from alignwatch.pipeline._reading import hash_content

__all__ = ["EACH_OF_DOUBTED", "Doubt", "is_doubtful"]

EACH_OF_DOUBTED = 10
"""Of the answers of one host that are in doubt, the first is checked and then each tenth."""


def is_doubtful(ref: PageRef, page: Page) -> bool:
    """Whether *page* is said to be unchanged, and by its listing changed after what we hold.

    What we hold is dated by its Last-Modified. Without one, or without a date in the listing,
    nothing speaks against the server.
    """
    if not page.is_unchanged or ref.changed_at is None or page.last_modified is None:
        return False
    try:
        held = parsedate_to_datetime(page.last_modified)
    except ValueError:
        return False
    return (held if held.tzinfo else held.replace(tzinfo=UTC)) < _whole_seconds(ref.changed_at)


def _whole_seconds(at: datetime) -> datetime:
    # Last-Modified knows no fractions of a second, many listings do
    return at.replace(microsecond=0)


class Doubt:
    """The doubts of one run about one host; for one thread.

    Where a check finds that a page did change, the server lies, and each of its further answers
    that is in doubt is checked in this run. Where it did not, the listing is wrong.

    Args:
        fetcher: Asks in full, and books the doubts.
        known_hash: Tells the hash of what is stored of an address.
    """

    def __init__(self, fetcher: Fetcher, known_hash: Callable[[str], str | None]) -> None:
        self._fetcher = fetcher
        self._known_hash = known_hash
        self._doubted = 0
        self._has_lied = False

    def check(self, ref: PageRef, page: Page) -> Page:
        """Give *page*, or the whole one where it is in doubt, checked, and has changed.

        Raises:
            PageError: It cannot be fetched in full.
        """
        if not is_doubtful(ref, page):
            return page
        self._doubted += 1
        if not self._has_lied and self._doubted % EACH_OF_DOUBTED != 1:
            self._fetcher.note_doubt(ref.url)
            return page
        whole = self._fetcher.get(ref.url, conditional=False)
        has_changed = hash_content(whole) != self._known_hash(ref.url)
        self._has_lied = self._has_lied or has_changed
        self._fetcher.note_doubt(ref.url, was_right=has_changed)
        return whole if has_changed else page
