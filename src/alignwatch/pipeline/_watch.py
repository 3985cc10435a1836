"""Watch sources: discover, fetch, read and store what is new."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import attrs

from alignwatch.errors import (
    AddressRefusedError,
    AlignwatchError,
    EmptyTextError,
    HttpStatusError,
    PageError,
    ParseError,
    RightsReservedError,
    RobotsRefusedError,
)
from alignwatch.extract import EXTRACTOR_VERSION, Extractor
from alignwatch.fetch import Fetcher
from alignwatch.model import Failure, Health, Page, PageRef
from alignwatch.pipeline._budget import Allowance, Budget, BudgetSpentError
from alignwatch.pipeline._fetching import HostQueue
from alignwatch.pipeline._parsing import PageParser
from alignwatch.pipeline._reading import fill_from_listing, hash_content, read_article
from alignwatch.pipeline._rights import require_unreserved
from alignwatch.pipeline._sources import Fetched, Watched
from alignwatch.sources import Source
from alignwatch.store import AddressState, Store
from alignwatch.text import CLEANER_VERSION

__all__ = ["Progress", "Run", "SourceBrokenError", "WatchResult"]

FIRST_RETRY = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=7)
LONGEST_REST = timedelta(days=1)
"""The longest that a source is left alone which keeps failing; it is never given up."""
_REFS_AT_ONCE = 500
_ANY_TIME = datetime.max.replace(tzinfo=UTC)
_BLOCKING = frozenset({401, 402, 403, 429, 451})


@attrs.frozen(kw_only=True)
class Progress:
    """How far one source is: `done` of `total` known pages, `url` the last one."""

    source: str
    done: int
    total: int
    url: str = ""


@attrs.frozen(kw_only=True)
class WatchResult:
    """What a run did: per source its `health`, and every page that failed in it.

    `resting` are the sources that were not asked, because they kept failing: what was wrong the
    last time, and from when on they are asked again.
    """

    health: tuple[Health, ...]
    failures: tuple[Failure, ...]
    resting: tuple[Failure, ...] = ()

    @property
    def stored(self) -> int:
        """Articles that are new or changed since the run before."""
        return sum(health.stored for health in self.health)


@attrs.define(kw_only=True)
class Run:
    """One run over some sources, into one store. All writing happens in the calling thread."""

    store: Store
    fetcher: Fetcher
    parser: PageParser
    extractor: Extractor
    since: datetime | None = None
    progress: Callable[[Progress], None] = lambda _: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    budget: Budget = attrs.field(factory=Budget)
    budgets: Mapping[str, Budget] = MappingProxyType({})
    ask_now: bool = False
    _resting: list[Failure] = attrs.field(factory=list, init=False)
    _failures: list[Failure] = attrs.field(factory=list, init=False)
    _counts: dict[str, int] = attrs.field(factory=dict, init=False)
    _name: str = attrs.field(default="", init=False)

    def watch(self, plan: Iterable[Watched], fetched: Fetched) -> WatchResult:
        """Take each source of *plan* to its end; a broken one never stops the others."""
        self.store.start_run()
        fetched.allowance = allowance = self._allow(self.budget)
        health = []
        try:
            for watched in plan:
                health.append(self._watch_one(watched, fetched, allowance))
                self.store.save_ledger(self.fetcher.ledger())
        finally:
            # also of a run that was stopped: what was asked was asked
            self.store.save_ledger(self.fetcher.ledger())
        result = WatchResult(
            health=tuple(health), failures=tuple(self._failures), resting=tuple(self._resting)
        )
        self.store.finish_run(result.health)
        return result

    def _allow(self, budget: Budget, *, within: Allowance | None = None) -> Allowance:
        return Allowance(budget, received_bytes=self._received_bytes, within=within)

    def _received_bytes(self) -> int:
        return sum(host.received_bytes for host in self.fetcher.ledger())

    def _watch_one(self, watched: Watched, fetched: Fetched, allowance: Allowance) -> Health:
        self._name = watched.name
        self._counts = defaultdict(int)
        rest = self.rest_of(watched.name)
        if isinstance(watched.error, BudgetSpentError):
            self._postpone()
        elif watched.source is None and rest is not None:
            self._resting.append(rest)
            self._postpone()
        elif watched.source is None:
            error = watched.error or ParseError("there is no source")
            self._fail_source(watched.name, error, is_alive=False)
        else:
            own = self.budgets.get(watched.name, Budget())
            fetched.allowance = self._allow(own, within=allowance)
            if rest is None:
                self._discover(watched.source, fetched)
            else:
                self._resting.append(rest)
                self._postpone()
            self._take_due(watched.source, fetched)
            fetched.clear()
            fetched.allowance = allowance
        return Health(source=watched.name, **self._counts)

    def rest_of(self, source: str) -> Failure | None:
        """Give the failure for which *source* is left alone at present, None if it is not."""
        failure = None if self.ask_now else self.store.source_failure(source)
        is_resting = failure and failure.retry_at and failure.retry_at > self.now()
        return failure if is_resting else None

    # discovery

    def _discover(self, source: Source, fetched: Fetched) -> None:
        """Store all that *source* finds, and at its end what its listings answered."""
        refs: list[PageRef] = []
        try:
            for found in source.discover(fetched, since=self.since):
                self._count("discovered")
                if isinstance(found, Page):
                    fetched.take(found.url)
                    self._take_page(source, found, fetched)
                    continue
                refs.append(found)
                if len(refs) >= _REFS_AT_ONCE:
                    self.store.add_discovered(self._name, refs)
                    refs.clear()
        except BudgetSpentError:
            # the listing that could not be asked for waits as well
            self.store.add_discovered(self._name, refs)
            self._postpone()
        except PageError as error:
            self.store.add_discovered(self._name, refs)
            # one dead feed among living ones must not silence them
            is_alive = fetched.has_answers or self._counts["discovered"] > 0
            self._fail_source(error.url or self._name, error, is_alive=is_alive)
        except AlignwatchError:
            raise
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything; others go on
            self.store.add_discovered(self._name, refs)
            msg = f"discover raised {type(error).__name__}: {error}"
            is_alive = fetched.has_answers or self._counts["discovered"] > 0
            self._fail_source(self._name, SourceBrokenError(msg), is_alive=is_alive)
        else:
            # a feed's ETag must not outlive a kill that its entries did not: one transaction
            found_refs = {ref.url for ref in refs}
            listings = fetched.listings(but=found_refs)
            self.store.add_discovered(self._name, refs, listings=listings)
            self.store.clear_failure(self._name)

    def _take_page(self, source: Source, page: Page, fetched: Fetched) -> None:
        """Read a page that the source brought along, unless these very bytes were read before.

        Bytes that could not be read are tried again like pages that could not: later and later.
        """
        known = self.store.address(page.url)
        same = known if known is not None and known.content_hash == hash_content(page) else None
        is_stored = same is not None and same.state == AddressState.STORED
        is_early = same is not None and same.retry_at is not None and same.retry_at > self.now()
        if self.store.is_forgotten(page.url):
            return
        if page.is_unchanged or is_stored:
            self._count("unchanged")
        elif is_early or (fetched.allowance is not None and fetched.allowance.is_over):
            self._count("waiting")
        else:
            # a page out of an archive must not send its reader to the page's host
            self._read(source, page, asks_host=fetched.has_asked(page.url))
        self._tell(page.url, self._counts["discovered"])

    # fetching

    def _take_due(self, source: Source, fetched: Fetched) -> None:
        due = self.store.due(self._name, now=_ANY_TIME if self.ask_now else self.now())
        in_the_end = self.store.due(self._name, now=datetime.max.replace(tzinfo=UTC))
        allowance = fetched.allowance or self._allow(self.budget)
        hosts = HostQueue(fetcher=self.fetcher, allowance=allowance, known_hash=self._known_hash)
        for ref, answer in hosts.fetch(due, fetched):
            if answer is None:
                self._postpone()
            elif isinstance(answer, PageError):
                self._fail(ref.url, answer)
            elif answer.is_unchanged:
                self._count("unchanged")
                self.store.mark_unchanged(ref.url)
            else:
                self._count("fetched")
                self._read(source, answer, asks_host=True)
            self._tell(ref.url, len(due))
        self._counts["waiting"] += len(in_the_end) - len(due)

    def _known_hash(self, url: str) -> str | None:
        known = self.store.address(url)
        return known.content_hash if known is not None else None

    # reading and storing

    def _read(self, source: Source, page: Page, *, asks_host: bool) -> None:
        try:
            page = require_unreserved(page, self.fetcher if asks_host else None)
            known = self.store.address(page.url)
            article = fill_from_listing(
                self.parser.parse(source, page), known.ref if known else None
            )
            reading = read_article(article, self.extractor)
            self.store.save_article(
                ref_url=page.url,
                source=self._name,
                page=page,
                article=reading.article,
                document=reading.document,
                claims=reading.claims,
                cleaner=CLEANER_VERSION,
                extractor=EXTRACTOR_VERSION,
            )
        except PageError as error:
            self._fail(page.url, error, page=page)
        else:
            self._count("stored")

    def _fail_source(self, url: str, error: PageError, *, is_alive: bool) -> None:
        """Note that a source failed: one that gave nothing twice in a row is asked more rarely."""
        tries = self._tries(url)
        rest = timedelta(0)
        if not is_alive and tries > 1:
            rest = min(FIRST_RETRY * 2 ** min(tries - 2, 10), LONGEST_REST)
        self._save_failure(url, error, wait=rest, tries=tries)

    def _fail(self, url: str, error: PageError, *, page: Page | None = None) -> None:
        tries = self._tries(url)
        wait = min(FIRST_RETRY * 2 ** min(tries - 1, 10), LONGEST_RETRY)
        self._save_failure(url, error, wait=wait, tries=tries, page=page)

    def _tries(self, url: str) -> int:
        known = self.store.failure(url)
        return 1 + (known.tries if known is not None else 0)

    def _save_failure(
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
            url=url,
            source=self._name,
            reason=error.reason,
            message=str(error),
            tries=tries,
            retry_at=self.now() + max(asked, wait),
        )
        self.store.save_failure(failure, page=page)
        self._failures.append(failure)
        self._count("failed")
        kind = _kind_of(error)
        if kind is not None:
            self._count(kind)

    def _postpone(self) -> None:
        self._count("waiting")
        self._count("postponed")

    def _count(self, what: str) -> None:
        self._counts[what] = self._counts.get(what, 0) + 1

    def _tell(self, url: str, total: int) -> None:
        done = sum(
            self._counts.get(name, 0) for name in ("stored", "unchanged", "failed", "waiting")
        )
        self.progress(Progress(source=self._name, done=done, total=max(done, total), url=url))


def _kind_of(error: PageError) -> str | None:
    """Give the count of `Health` that *error* belongs to beside those that failed."""
    match error:
        case HttpStatusError() if error.status in _BLOCKING:
            return "blocked"
        case RobotsRefusedError() | RightsReservedError() | AddressRefusedError():
            return "refused"
        case EmptyTextError():
            return "empty"
    return None


class SourceBrokenError(PageError):
    """A source cannot be used, or stopped in the middle; what it had found is kept."""

    reason = "source-broken"
