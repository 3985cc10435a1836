"""robots.txt by RFC 9309: asked once a day per origin, and obeyed."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import attrs
import protego

from alignwatch.errors import HostUnreachableError, RobotsRefusedError
from alignwatch.fetch._memory import FetchMemory, RobotsRecord
from alignwatch.fetch._url import Target

__all__ = ["ROBOTS_BYTES", "USER_AGENT_TOKEN", "Robots", "RobotsAnswer", "RobotsRules"]

USER_AGENT_TOKEN = "alignwatch"  # noqa: S105 - the product token of RFC 9309, not a secret
"""The name to which a site's robots.txt may speak."""

ROBOTS_BYTES = 500_000
"""What lies beyond is not read, as RFC 9309 allows."""

_LIFETIME = timedelta(hours=24)
_LIFETIME_OF_FAILURE = timedelta(minutes=10)


@attrs.frozen(kw_only=True)
class RobotsAnswer:
    """What came of asking: the last status and the body.

    The status is None, with `why`, if there was no answer or none that may be taken.
    """

    status: int | None
    body: bytes = b""
    why: str = ""
    is_silent: bool = False


@attrs.frozen(kw_only=True)
class RobotsRules:
    """What the robots.txt of one origin comes to; `why` tells why not, if known.

    `is_silent` is true where nobody answered at all.
    """

    record: RobotsRecord
    why: str = ""
    is_silent: bool = False
    _parsed: protego.Protego | None = attrs.field(repr=False)

    @classmethod
    def from_record(
        cls, record: RobotsRecord, *, why: str = "", is_silent: bool = True
    ) -> "RobotsRules":
        """Read the record's body, which may be any bytes."""
        if not record.body:
            is_silent = record.status is None and is_silent
            return cls(record=record, why=why, is_silent=is_silent, parsed=None)
        text = record.body.decode("utf-8-sig", errors="replace")
        return cls(record=record, why=why, parsed=protego.Protego.parse(text))

    @property
    def was_asked(self) -> bool:
        """Whether the origin said anything: an error of the server is no answer."""
        status = self.record.status
        return status is not None and status < 500 and status != 429

    @property
    def verdict(self) -> str:
        """In a few words, for the ledger."""
        if not self.was_asked:
            return f"not now: {self._answer}"
        return "rules" if self._parsed else f"no rules: {self._answer}"

    @property
    def crawl_delay_s(self) -> float:
        """The delay that the origin asks for by crawl-delay or request-rate, 0 if by neither."""
        if self._parsed is None:
            return 0.0
        rate = self._parsed.request_rate(USER_AGENT_TOKEN)
        by_rate_s = rate.seconds / rate.requests if rate else 0.0
        return max(self._parsed.crawl_delay(USER_AGENT_TOKEN) or 0.0, by_rate_s)

    def refuse(self, target: Target) -> None:
        """Refuse *target* where robots.txt does.

        Raises:
            HostUnreachableError: Nobody answered.
            RobotsRefusedError: It is forbidden, or the server was in trouble when it was asked.
        """
        if not self.was_asked:
            why = self.why or self._answer
            msg = f"robots.txt of {target.origin} could not be asked, so not now: {why}"
            raise (HostUnreachableError if self.is_silent else RobotsRefusedError)(
                msg, url=target.url
            )
        if self._parsed and not self._parsed.can_fetch(target.url, USER_AGENT_TOKEN):
            msg = f"robots.txt of {target.origin} forbids {target.url} to {USER_AGENT_TOKEN}"
            raise RobotsRefusedError(msg, url=target.url)

    @property
    def _answer(self) -> str:
        return "no answer" if self.record.status is None else f"status {self.record.status}"


class Robots:
    """The rules of all origins, from memory where it is fresh; thread-safe.

    Args:
        ask: Asks an origin for its robots.txt, redirects followed.
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
        self._rules: dict[str, RobotsRules] = {}

    def rules(self, target: Target) -> RobotsRules:
        """Give what holds for *target*'s origin now."""
        origin = target.origin
        with self._lock:
            lock = self._locks.setdefault(origin, threading.Lock())
        with lock:
            rules = self._rules.get(origin)
            if rules is None or not rules.record.is_fresh(self._now()):
                rules = self._rules[origin] = self._renew(target, rules)
            return rules

    def _renew(self, target: Target, known: RobotsRules | None) -> RobotsRules:
        if known is None and self._memory is not None:
            record = self._memory.robots(target.origin)
            if record is not None:
                known = RobotsRules.from_record(record)
                if record.is_fresh(self._now()):
                    return known
        answer = self._ask(target)
        fetched_at = self._now()
        rules = RobotsRules.from_record(
            RobotsRecord(
                origin=target.origin,
                status=answer.status,
                body=answer.body,
                fetched_at=fetched_at,
                expires_at=fetched_at + _LIFETIME,
            ),
            why=answer.why,
            is_silent=answer.is_silent,
        )
        if rules.was_asked:
            self._remember(rules.record)
            return rules
        soon = fetched_at + _LIFETIME_OF_FAILURE
        if known is not None and known.was_asked:
            # RFC 9309, 2.4: while robots.txt cannot be reached, the old copy holds.
            return attrs.evolve(known, record=attrs.evolve(known.record, expires_at=soon))
        rules = attrs.evolve(rules, record=attrs.evolve(rules.record, body=b"", expires_at=soon))
        self._remember(rules.record)
        return rules

    def _remember(self, record: RobotsRecord) -> None:
        if self._memory is not None:
            self._memory.remember_robots(record)
