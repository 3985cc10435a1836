"""Single requests in their host's turn, tried again where that may help; robots.txt among them."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import attrs
import stamina

from alignwatch.errors import AddressRefusedError, HttpStatusError, PageError
from alignwatch.fetch._answer import Answer, OpenAnswer
from alignwatch.fetch._http import HttpSession, PassingError
from alignwatch.fetch._pace import HostPace
from alignwatch.fetch._pages import read_redirect
from alignwatch.fetch._robots import ROBOTS_BYTES, RobotsAnswer
from alignwatch.fetch._settings import Settings
from alignwatch.fetch._url import Target, join_url, parse_url, redact_url

__all__ = ["Asker", "RobotsAsker"]

_Asked = TypeVar("_Asked")

_log = logging.getLogger("alignwatch.fetch")
# stamina warns of each retry; without a handler of the user's, Python would print that
logging.getLogger("stamina").addHandler(logging.NullHandler())

_PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})
_BACKOFF_S = 0.3
_LONGEST_BACKOFF_S = 0.9  # stamina's sleep cannot be woken, and Ctrl-C shall end within a second


@attrs.frozen(kw_only=True)
class Asker:
    """Sends one request in its host's turn, again if that may help."""

    settings: Settings
    http: HttpSession
    pace: HostPace

    def ask(
        self,
        target: Target,
        headers: Mapping[str, str],
        content_bytes: int,
        *,
        truncate: bool = False,
    ) -> Answer:
        """Give the answer, whose status is below 400.

        Raises:
            HttpStatusError: The status is 400 or more.
            FetchError: As `HttpSession.request`, or the host wants too long a pause.
        """
        return self._retry(
            lambda: self._ask_once(target, headers, content_bytes, truncate=truncate)
        )

    @contextmanager
    def open(self, target: Target, headers: Mapping[str, str]) -> Iterator[OpenAnswer]:
        """Give the answer before its body was read; the host's turn lasts until the end.

        Raises:
            HttpStatusError: As `ask`.
            FetchError: As `ask`.
        """
        stack, answer = self._retry(lambda: self._open_once(target, headers))
        with stack:
            yield answer

    def _open_once(
        self, target: Target, headers: Mapping[str, str]
    ) -> tuple[ExitStack, OpenAnswer]:
        settings = self.settings
        with ExitStack() as stack:
            stack.enter_context(self.pace.turn(longest_wait_s=settings.limits.longest_wait_s))
            opened = self.http.open(target, headers=headers, limits=settings.stream_limits)
            try:
                answer = stack.enter_context(opened)
            except (PassingError, PageError):
                self.pace.note(requests=1, failed=1)
                raise
            self.pace.note(requests=1, failed=int(answer.status >= 400))
            self.pace.note(unchanged=int(answer.status == 304))
            stack.callback(lambda: self.pace.note(received_bytes=answer.count_wire_bytes()))
            if answer.status >= 400:
                self._refuse_status(answer)
            return stack.pop_all(), answer

    def _retry(self, ask: Callable[[], _Asked]) -> _Asked:
        attempts = stamina.retry_context(
            on=PassingError,
            attempts=self.settings.limits.attempts,
            timeout=None,
            wait_initial=_BACKOFF_S,
            wait_max=_LONGEST_BACKOFF_S,
            wait_jitter=0.0,
        )
        try:
            for attempt in attempts:
                with attempt:
                    return ask()
        except PassingError as passing:
            raise passing.error from passing
        msg = "stamina gave no attempt"
        raise AssertionError(msg)

    def _ask_once(
        self, target: Target, headers: Mapping[str, str], content_bytes: int, *, truncate: bool
    ) -> Answer:
        with self.pace.turn(longest_wait_s=self.settings.limits.longest_wait_s):
            try:
                answer = self.http.request(
                    target, headers=headers, content_bytes=content_bytes, truncate=truncate
                )
            except (PassingError, PageError):
                self.pace.note(requests=1, failed=1)
                raise
            self.pace.note(
                requests=1,
                failed=int(answer.status >= 400),
                unchanged=int(answer.status == 304),
                received_bytes=answer.wire_bytes,
            )
            _log.debug(
                "asked a host",
                extra={
                    "url": redact_url(target.url),
                    "status": answer.status,
                    "bytes": answer.wire_bytes,
                },
            )
            if answer.status >= 400:
                self._refuse_status(answer)
            return answer

    def _refuse_status(self, answer: Answer | OpenAnswer) -> None:
        wait_s = _read_retry_after(answer.headers.get("retry-after", ""), self.settings.now())
        error = HttpStatusError(
            f"the server answered with status {answer.status}",
            status=answer.status,
            retry_after_s=wait_s,
        )
        if wait_s is not None:
            self.pace.hold(wait_s)
        is_long = wait_s is not None and wait_s > self.settings.limits.longest_wait_s
        if answer.status in _PASSING_STATUSES and not is_long:
            raise PassingError(error)
        raise error


@attrs.frozen(kw_only=True)
class RobotsAsker:
    """Gets robots.txt itself: no rules stand before it, redirects are followed anywhere public."""

    settings: Settings
    http: HttpSession

    def ask(self, target: Target) -> RobotsAnswer:
        """Ask for the robots.txt of *target*'s origin.

        Raises:
            AddressRefusedError: The origin's own address is out of bounds.
        """
        robots = own = parse_url(target.origin + "/robots.txt")
        try:
            for _ in range(self.settings.limits.redirects + 1):
                self.settings.guard.refuse(robots)
                pace = self.settings.paces.of(robots.host)
                asker = Asker(settings=self.settings, http=self.http, pace=pace)
                answer = asker.ask(robots, {}, ROBOTS_BYTES, truncate=True)
                location = read_redirect(answer)
                if location is None:
                    return RobotsAnswer(status=answer.status, body=answer.content)
                robots = parse_url(join_url(robots.url, location))
        except HttpStatusError as error:
            return RobotsAnswer(status=error.status)
        except PageError as error:
            is_refused = isinstance(error, AddressRefusedError)
            if is_refused and robots is own:
                raise
            _log.debug(
                "robots.txt not read", extra={"url": redact_url(robots.url), "why": str(error)}
            )
            return RobotsAnswer(status=None, why=str(error), is_silent=not is_refused)
        # RFC 9309, 2.3.1.2: after five redirects the file may be taken as not there.
        return RobotsAnswer(status=answer.status)


def _read_retry_after(header: str, now: datetime) -> float | None:
    text = header.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    until = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
