"""Watch sources: discover, fetch, read and store what is new."""

import errno
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TypeGuard

import attrs

from alignwatch.errors import (
    AddressRefusedError,
    AlignwatchError,
    PageError,
    ParseError,
    SourceError,
)
from alignwatch.extract import Extractor
from alignwatch.fetch import Fetcher, has_credentials
from alignwatch.model import Health, Page, PageRef
from alignwatch.pipeline._bookmarks import StoredBookmarks
from alignwatch.pipeline._books import LONGEST_RETRY, Books
from alignwatch.pipeline._budget import Allowance, Budget, BudgetSpentError
from alignwatch.pipeline._fetched import Fetched
from alignwatch.pipeline._fetching import HostQueue
from alignwatch.pipeline._intake import Intake
from alignwatch.pipeline._parsing import PageParser
from alignwatch.pipeline._reading import hash_content
from alignwatch.pipeline._result import Progress, SourceBrokenError, WatchResult
from alignwatch.pipeline._share import Share
from alignwatch.pipeline._sources import Watched, is_url, own_delay
from alignwatch.sources import Source, read_listing_failure
from alignwatch.store import AddressState, Store

__all__ = ["Run"]

_REFS_AT_ONCE = 500
_ANY_TIME = datetime.max.replace(tzinfo=UTC)


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
    budget_of: Callable[[str], Budget] = lambda _: Budget()
    ask_now: bool = False
    share: Share | None = None
    books: Books = attrs.field(init=False)
    _others: list[PageRef] = attrs.field(init=False, factory=list)
    _intake: Intake = attrs.field(init=False)

    @books.default
    def _open_books(self) -> Books:
        return Books(store=self.store, progress=self.progress, now=self.now, ask_now=self.ask_now)

    @_intake.default
    def _make_intake(self) -> Intake:
        return Intake(
            store=self.store,
            fetcher=self.fetcher,
            parser=self.parser,
            extractor=self.extractor,
            books=self.books,
        )

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
            health=tuple(health),
            failures=tuple(self.books.failures),
            resting=tuple(self.books.resting),
            extractor=self.extractor.name,
        )
        self.store.finish_run(result.health)
        return result

    def _allow(self, budget: Budget, *, within: Allowance | None = None) -> Allowance:
        return Allowance(budget, received_bytes=self._received_bytes, within=within)

    def _received_bytes(self) -> int:
        return sum(host.received_bytes for host in self.fetcher.ledger())

    def _watch_one(self, watched: Watched, fetched: Fetched, allowance: Allowance) -> Health:
        books = self.books
        books.open(watched.name)
        rest = books.rest_of(watched.name)
        if isinstance(watched.error, BudgetSpentError):
            books.postpone()
        elif watched.source is None and rest is not None:
            books.rest(rest)
        elif watched.source is None:
            error = watched.error or ParseError("there is no source")
            books.fail_source(watched.name, error, is_alive=False)
        else:
            own = self.budget_of(watched.name)
            fetched.bound(self._allow(own, within=allowance), watched.source.info.min_delay_s)
            if rest is None:
                self._discover(watched, watched.source, fetched)
            else:
                books.rest(rest)
            self._take_due(watched, watched.source, fetched)
            fetched.bound(allowance)
            fetched.clear()
        return books.close()

    # discovery

    def _discover(self, watched: Watched, source: Source, fetched: Fetched) -> None:
        """Store all that *source* finds, and at its end what its listings answered."""
        books, name = self.books, watched.name
        refs: list[PageRef] = []

        def flush() -> None:
            self._hand_over()
            self.store.add_discovered(name, refs)
            refs.clear()

        fetched.bookmarks = StoredBookmarks(
            store=self.store, source=name, allowance=fetched.allowance, flush=flush
        )
        try:
            for found in self._admit(source.discover(fetched, since=self.since)):
                behind = fetched.behind()
                if isinstance(found, Page):
                    fetched.take(found.url)
                    self._take_page(watched, source, found, fetched, behind)
                    continue
                books.count("discovered")
                refs.append(found)
                if len(refs) >= _REFS_AT_ONCE:
                    flush()
        except BudgetSpentError:
            # the listing that could not be asked for waits as well
            flush()
            books.postpone()
        except PageError as error:
            flush()
            self._fail_source(error.url or name, error, fetched)
        except AlignwatchError:
            raise
        except Exception as error:  # noqa: BLE001 - a plugin may raise anything; others go on
            flush()
            _require_files(error)
            msg = f"discover raised {type(error).__name__}: {error}"
            self._fail_source(name, SourceBrokenError(msg), fetched)
        else:
            self._settle(name, refs, fetched)

    def _admit(self, found: Iterable[PageRef | Page]) -> Iterator[PageRef | Page]:
        """Leave out what other machines ask, and, counted, what has somebody's password in it."""
        for one in found:
            if self._is_others(one):
                self._others.append(one)
                continue
            if not has_credentials(one.url):
                yield one
                continue
            self.books.count("discovered")
            msg = "it carries credentials; alignwatch asks only for what anybody may read"
            self.books.fail(one.url, AddressRefusedError(msg))

    def _is_others(self, found: PageRef | Page) -> TypeGuard[PageRef]:
        if self.share is None or isinstance(found, Page) or has_credentials(found.url):
            return False
        return is_url(found.url) and not self.share.owns(found.url)

    def _hand_over(self) -> None:
        if self.share is not None:
            self.share.hand_over(self._others)
            self._others.clear()

    def _settle(self, name: str, refs: list[PageRef], fetched: Fetched) -> None:
        self._hand_over()
        # a feed's ETag must not outlive a kill that its entries did not: one transaction
        listings = fetched.listings(but={ref.url for ref in refs})
        self.store.add_discovered(name, refs, listings=listings)
        unchanged = fetched.unchanged()
        self.books.count("unchanged_listings", len(unchanged))
        for url in (name, *unchanged):
            self.store.clear_failure(url)

    def _fail_source(self, url: str, error: PageError, fetched: Fetched) -> None:
        # one dead feed among living ones must not silence them
        is_alive = fetched.has_answers or self.books.counted("discovered") > 0
        self.books.fail_source(url, error, is_alive=is_alive)

    def _take_page(
        self,
        watched: Watched,
        source: Source,
        page: Page,
        fetched: Fetched,
        behind: tuple[Page, ...],
    ) -> None:
        """Read a page that the source brought along, unless these very bytes were read before.

        Bytes that could not be read are tried again like pages that could not: later and later.
        """
        if (failure := read_listing_failure(page)) is not None:
            self.books.fail_source(page.url, failure, is_alive=True)
            return
        self.books.count("discovered")
        if self.store.is_forgotten(page.url):
            return
        known = self.store.address(page.url)
        same = known if known is not None and known.content_hash == hash_content(page) else None
        is_stored = same is not None and same.state == AddressState.STORED
        is_early = same is not None and self.books.is_early(same.retry_at)
        if page.is_unchanged or is_stored:
            self.books.count("unchanged")
        elif is_early or (fetched.allowance is not None and fetched.allowance.is_over):
            self.books.count("waiting")
        else:
            # a page out of an archive must not send its reader to the page's host
            asks_host = fetched.has_asked(page.url)
            self._intake.read(watched.name, source, page, asks_host=asks_host, behind=behind)
        self.books.tell(page.url, self.books.counted("discovered"))

    # fetching

    def _take_due(self, watched: Watched, source: Source, fetched: Fetched) -> None:
        books = self.books
        now = _ANY_TIME if self.ask_now else self.now()
        due = self.store.due(watched.name, now=now, latest=self.now() + LONGEST_RETRY)
        in_the_end = self.store.due(watched.name, now=_ANY_TIME)
        hosts = HostQueue(
            fetcher=self.fetcher,
            allowance=fetched.allowance or self._allow(self.budget),
            known_hash=self._known_hash,
            own_delay=own_delay(source.info),
        )
        for ref, answer in hosts.fetch(due, fetched):
            if answer is None:
                books.postpone()
            elif isinstance(answer, PageError):
                books.fail(ref.url, answer)
            elif answer.is_unchanged:
                books.count("unchanged")
                self.store.mark_unchanged(ref.url)
            else:
                books.count("fetched")
                self._intake.read(watched.name, source, answer, asks_host=True)
            books.tell(ref.url, len(due))
        books.count("waiting", len(in_the_end) - len(due))

    def _known_hash(self, url: str) -> str | None:
        known = self.store.address(url)
        return known.content_hash if known is not None else None


def _require_files(error: Exception) -> None:
    """Let no source have the blame, nor the rest that follows, where the machine is at its end."""
    if isinstance(error, OSError) and error.errno in {errno.EMFILE, errno.ENFILE}:
        msg = "this process may open no more files: raise the limit (ulimit -n), then run again"
        raise SourceError(msg) from error
