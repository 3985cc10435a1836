"""Fetching what is due: one thing at a time per host, several hosts at once."""

import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

import attrs

from alignwatch.errors import PageError, StoreError
from alignwatch.fetch import Fetcher
from alignwatch.model import Page, PageRef
from alignwatch.pipeline._budget import Allowance
from alignwatch.pipeline._doubt import Doubt
from alignwatch.pipeline._fetched import Fetched

__all__ = ["HOSTS_AT_ONCE", "HostQueue"]

HOSTS_AT_ONCE = 8
"""Hosts that are asked at the same time; each is asked one thing at a time."""

_ANSWERS_AHEAD = 4
"""Pages that wait to be read; each may have ten million bytes."""

_Answer = tuple[PageRef, Page | PageError | None]
_Told = tuple[PageRef, Page | PageError | StoreError | None]


@attrs.frozen(kw_only=True)
class HostQueue:
    """Fetches pages in threads of its own, as long as *allowance* lasts.

    *known_hash* tells the hash of what is stored of an address, *own_delay* the least delay between
    two requests to its host.
    """

    fetcher: Fetcher
    allowance: Allowance
    known_hash: Callable[[str], str | None]
    own_delay: Callable[[str], float] = lambda _: 0.0
    _hosts: "queue.SimpleQueue[list[PageRef]]" = attrs.field(factory=queue.SimpleQueue, init=False)
    _answers: "queue.Queue[_Told]" = attrs.field(
        factory=lambda: queue.Queue(maxsize=_ANSWERS_AHEAD), init=False
    )
    _stop: threading.Event = attrs.field(factory=threading.Event, init=False)

    def fetch(self, refs: Iterable[PageRef], fetched: Fetched) -> Iterator[_Answer]:
        """Give an answer to each of *refs*, in order of arrival; None for want of a budget.

        What *fetched* has is not asked for again.

        Raises:
            StoreError: What a host said could not be noted.
        """
        by_host: dict[str, list[PageRef]] = defaultdict(list)
        for ref in refs:
            if (page := fetched.take(ref.url)) is not None:
                yield ref, page
            else:
                by_host[urlsplit(ref.url).netloc].append(ref)
        for of_host in by_host.values():
            self._hosts.put(of_host)
        for _ in range(min(HOSTS_AT_ONCE, len(by_host))):
            # daemons: Ctrl-C must not wait for a server
            threading.Thread(target=self._work, daemon=True).start()
        try:
            for _ in range(sum(map(len, by_host.values()))):
                ref, answer = self._answers.get()
                if isinstance(answer, StoreError):
                    # no page's fault: what is known of hosts could not be noted
                    raise answer
                yield ref, answer
        finally:
            self._stop.set()

    def _work(self) -> None:
        while True:
            try:
                refs = self._hosts.get_nowait()
            except queue.Empty:
                return
            doubt = Doubt(self.fetcher, self.known_hash)
            for ref in refs:
                answer = self._fetch(ref, doubt)
                while not self._stop.is_set():
                    try:
                        self._answers.put((ref, answer), timeout=0.2)
                        break
                    except queue.Full:
                        continue
                if self._stop.is_set():
                    return

    def _fetch(self, ref: PageRef, doubt: Doubt) -> Page | PageError | StoreError | None:
        try:
            if not self.allowance.take_page():
                return None
            if delay_s := self.own_delay(ref.url):
                self.fetcher.slow_down(ref.url, delay_s)
            self.fetcher.refuse_reserved(ref.url)
            return doubt.check(ref, self.fetcher.get(ref.url))
        except (PageError, StoreError) as error:
            return error
        except Exception as error:  # noqa: BLE001 - a thread that dies would lose its pages
            msg = f"fetching raised {type(error).__name__}: {error}"
            return PageError(msg, url=ref.url)
