"""One request at a time per host, and a delay between two."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from alignwatch.errors import FetchError
from alignwatch.fetch._ledger import HostLedger

__all__ = ["HostPace", "Paces"]


class HostPace:
    """The turn of one host. `turn` is for one thread at a time; the rest may be called by any."""

    def __init__(
        self,
        host: str,
        *,
        delay_s: float,
        sleep: Callable[[float], object],
        tell: Callable[[HostLedger], None],
    ) -> None:
        self._host = host
        self._sleep = sleep
        self._tell = tell
        self._turn = threading.Lock()
        self._whose: int | None = None
        self._books = threading.Lock()
        self._delay_s = delay_s
        self._own_delay_s = 0.0
        self._next_at_s = 0.0
        self._waited_s = 0.0
        self._retry_after_s: float | None = None
        self._robots: str | None = None
        self._counts: dict[str, int] = {}

    @contextmanager
    def turn(self, *, longest_wait_s: float) -> Iterator[None]:
        """Wait until the host may be asked, hold the others off, and start the delay afterwards.

        The ledger is told at the end, while the others still wait: what was asked was asked.

        Raises:
            FetchError: The wait is longer than *longest_wait_s*, or it is this thread that holds
                the others off; nothing was waited for.
        """
        if self._whose == threading.get_ident():
            msg = f"a file of {self._host} is being read: end that before anything else is asked"
            raise FetchError(msg)
        with self._turn:
            self._whose = threading.get_ident()
            try:
                self._wait(longest_wait_s)
                try:
                    yield
                finally:
                    self._hold(self._delay_s)
                    self._tell(self.ledger())
            finally:
                self._whose = None

    def _wait(self, longest_wait_s: float) -> None:
        wait_s = self._next_at_s - time.monotonic()
        if wait_s > longest_wait_s:
            msg = (
                f"{self._host} wants {wait_s:.0f} s of silence first, and at most "
                f"{longest_wait_s:g} s are waited for (the limit longest_wait_s); ask again later"
            )
            raise FetchError(msg, retry_after_s=wait_s)
        if wait_s > 0:
            self._sleep(wait_s)
            self._waited_s += wait_s

    def slow_down(self, delay_s: float) -> None:
        """Keep at least *delay_s* between any two requests from now on."""
        with self._books:
            self._delay_s = max(self._delay_s, delay_s)

    def insist(self, delay_s: float) -> None:
        """Keep at least *delay_s* as `slow_down`, also at hosts that this one redirects to."""
        with self._books:
            self._own_delay_s = max(self._own_delay_s, delay_s)
        self.slow_down(delay_s)

    def hand_on(self, other: "HostPace") -> None:
        """Let *other*, to which this host redirects, keep what was insisted on here."""
        if self._own_delay_s:
            other.insist(self._own_delay_s)

    def hold(self, wait_s: float) -> None:
        """Send nothing in the next *wait_s* seconds: the host asked for it."""
        self._hold(wait_s)
        with self._books:
            self._retry_after_s = max(self._retry_after_s or 0.0, wait_s)

    def judge(self, robots: str) -> None:
        """Note in the ledger what robots.txt came to."""
        self._robots = robots

    def note(self, **counts: int) -> None:
        """Add *counts* to the ledger's fields of the same names."""
        with self._books:
            for name, count in counts.items():
                self._counts[name] = self._counts.get(name, 0) + count

    def ledger(self) -> HostLedger:
        """What was asked so far."""
        with self._books:
            return HostLedger(
                host=self._host,
                delay_s=self._delay_s,
                waited_s=self._waited_s,
                retry_after_s=self._retry_after_s,
                robots=self._robots,
                **self._counts,
            )

    def _hold(self, wait_s: float) -> None:
        with self._books:
            self._next_at_s = max(self._next_at_s, time.monotonic() + wait_s)


class Paces:
    """The pace of every host, made when it is first asked for."""

    def __init__(
        self,
        *,
        delay_s: Callable[[str], float],
        sleep: Callable[[float], object],
        tell: Callable[[HostLedger], None] = lambda _: None,
    ) -> None:
        self._delay_s = delay_s
        self._sleep = sleep
        self._tell = tell
        self._lock = threading.Lock()
        self._paces: dict[str, HostPace] = {}

    def of(self, host: str) -> HostPace:
        """The one pace of *host*."""
        with self._lock:
            if host not in self._paces:
                delay_s = self._delay_s(host)
                self._paces[host] = HostPace(
                    host, delay_s=delay_s, sleep=self._sleep, tell=self._tell
                )
            return self._paces[host]

    def hand_on(self, host: str, other: str) -> None:
        """Note that *host* redirects to *other*."""
        if host != other:
            self.of(host).hand_on(self.of(other))

    def ledger(self) -> tuple[HostLedger, ...]:
        """What was asked of each host, by name."""
        with self._lock:
            return tuple(self._paces[host].ledger() for host in sorted(self._paces))
