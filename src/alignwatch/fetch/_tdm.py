"""The tdmrep.json of each origin: asked once a day, and obeyed."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from alignwatch.errors import RightsReservedError
from alignwatch.fetch._memory import FetchMemory, RobotsRecord
from alignwatch.fetch._reservations import TdmRules
from alignwatch.fetch._robots import RobotsAnswer
from alignwatch.fetch._url import Target

__all__ = ["TDMREP_PATH", "Reservations"]

TDMREP_PATH = "/.well-known/tdmrep.json"
_LIFETIME = timedelta(hours=24)


class Reservations:
    """The reserved locations of all origins, from memory where it is fresh; thread-safe.

    Args:
        ask: Asks an origin for its tdmrep.json. Anything but a body with status 200 reserves
            nothing; what was no answer is asked again in the next run.
        memory: What outlives this object, None for nothing.
        now: The clock.
    """

    def __init__(
        self,
        *,
        ask: Callable[[Target], RobotsAnswer],
        memory: FetchMemory | None,
        now: Callable[[], datetime],
    ) -> None:
        self._ask = ask
        self._memory = memory
        self._now = now
        self._lock = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._rules: dict[str, TdmRules] = {}

    def refuse(self, target: Target) -> None:
        """Refuse *target* where its origin reserves it.

        Raises:
            RightsReservedError: It does.
        """
        with self._lock:
            lock = self._locks.setdefault(target.origin, threading.Lock())
        with lock:
            if target.origin not in self._rules:
                self._rules[target.origin] = TdmRules.from_bytes(self._read(target))
            rules = self._rules[target.origin]
        parts = urlsplit(target.url)
        if rules.reserves(parts.path + (f"?{parts.query}" if parts.query else "")):
            msg = f"{target.origin}{TDMREP_PATH} reserves text and data mining of this page"
            raise RightsReservedError(msg, url=target.url)

    def _read(self, target: Target) -> bytes:
        name = target.origin + TDMREP_PATH
        if self._memory is not None:
            record = self._memory.robots(name)
            if record is not None and record.is_fresh(self._now()):
                return record.body
        answer = self._ask(target)
        if answer.status is None or answer.status >= 500 or answer.status == 429:
            return b""
        fetched_at = self._now()
        record = RobotsRecord(
            origin=name,
            status=answer.status,
            body=answer.body,
            fetched_at=fetched_at,
            expires_at=fetched_at + _LIFETIME,
        )
        if self._memory is not None:
            self._memory.remember_robots(record)
        return record.body
