"""The books of a run: what was counted, what failed, and when it is tried again."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta

import attrs

from alignwatch.errors import (
    AddressRefusedError,
    EmptyTextError,
    HttpStatusError,
    PageError,
    RightsReservedError,
    RobotsRefusedError,
    WalledPageError,
)
from alignwatch.fetch import has_credentials, strip_credentials
from alignwatch.model import Failure, Health, Page
from alignwatch.pipeline._result import Progress
from alignwatch.store import Store

__all__ = ["Books"]

FIRST_RETRY = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=7)
LONGEST_REST = timedelta(days=1)
"""The longest that a source is left alone which keeps failing; it is never given up."""
_BLOCKING = frozenset({401, 402, 403, 429, 451})


@attrs.define(kw_only=True)
class Books:
    """Counts of one source at a time, and the failures of all of them."""

    store: Store
    progress: Callable[[Progress], None]
    now: Callable[[], datetime]
    ask_now: bool
    resting: list[Failure] = attrs.field(factory=list, init=False)
    failures: list[Failure] = attrs.field(factory=list, init=False)
    _counts: defaultdict[str, int] = attrs.field(factory=lambda: defaultdict(int), init=False)
    _name: str = attrs.field(default="", init=False)

    def open(self, source: str) -> None:
        """Begin the books of *source*."""
        self._name = source
        self._counts = defaultdict(int)

    def close(self) -> Health:
        """Give what the source did."""
        return Health(source=self._name, **self._counts)

    def count(self, what: str, number: int = 1) -> None:
        """Add *number* to the field of `Health` of that name."""
        self._counts[what] += number

    def counted(self, what: str) -> int:
        """Give what was counted so far of the source."""
        return self._counts[what]

    def postpone(self) -> None:
        """Count something that is left for another run."""
        self.count("waiting")
        self.count("postponed")

    def tell(self, url: str, total: int) -> None:
        """Tell whoever listens how far the source is."""
        done = sum(self._counts[name] for name in ("stored", "unchanged", "failed", "waiting"))
        self.progress(Progress(source=self._name, done=done, total=max(done, total), url=url))

    # failures, and when to try again

    def rest_of(self, source: str) -> Failure | None:
        """Give the failure for which *source* is left alone at present, None if it is not."""
        failure = None if self.ask_now else self.store.source_failure(source)
        return failure if failure and self.is_early(failure.retry_at) else None

    def is_early(self, retry_at: datetime | None) -> bool:
        """Whether the next try is not due; one beyond all waiting is the work of a wrong clock."""
        return retry_at is not None and self.now() < retry_at <= self.now() + LONGEST_RETRY

    def rest(self, failure: Failure) -> None:
        """Count that the source is left alone because of *failure*."""
        self.resting.append(failure)
        self.postpone()

    def fail_source(self, url: str, error: PageError, *, is_alive: bool) -> None:
        """Note that a source failed: one that gave nothing twice in a row is asked more rarely."""
        tries = self._tries(url)
        rest = timedelta(0)
        if not is_alive and tries > 1:
            rest = min(FIRST_RETRY * 2 ** min(tries - 2, 10), LONGEST_REST)
        self._save(url, error, wait=rest, tries=tries)

    def fail(self, url: str, error: PageError, *, page: Page | None = None) -> None:
        """Note that a page failed, and of which bytes; it is tried again later and later."""
        tries = self._tries(url)
        wait = min(FIRST_RETRY * 2 ** min(tries - 1, 10), LONGEST_RETRY)
        self._save(url, error, wait=wait, tries=tries, page=page)

    def _tries(self, url: str) -> int:
        known = self.store.failure(url)
        return 1 + (known.tries if known is not None else 0)

    def _save(
        self,
        url: str,
        error: PageError,
        *,
        wait: timedelta,
        tries: int,
        page: Page | None = None,
    ) -> None:
        asked = timedelta(seconds=min(error.retry_after_s or 0, LONGEST_RETRY.total_seconds()))
        failure = Failure(
            url=strip_credentials(url) if has_credentials(url) else url,
            source=self._name,
            reason=error.reason,
            message=strip_credentials(str(error)),
            tries=tries,
            retry_at=self.now() + max(asked, wait),
            name=page.article_id if page is not None else None,
        )
        self.store.save_failure(failure, page=page)
        self.failures.append(failure)
        self.count("failed")
        kind = _kind_of(error)
        if kind is not None:
            self.count(kind)


def _kind_of(error: PageError) -> str | None:
    """Give the count of `Health` that *error* belongs to beside those that failed."""
    match error:
        case HttpStatusError() if error.status in _BLOCKING:
            return "blocked"
        case WalledPageError():
            return "blocked"
        case RobotsRefusedError() | RightsReservedError() | AddressRefusedError():
            return "refused"
        case EmptyTextError():
            return "empty"
    return None
