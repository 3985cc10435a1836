"""A fetcher at work: robots.txt, pace, retries and redirects around single requests."""

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

import attrs
import stamina

from alignwatch.errors import (
    AddressRefusedError,
    FetchError,
    HostUnreachableError,
    HttpStatusError,
    PageError,
    RightsReservedError,
    RobotsRefusedError,
)
from alignwatch.fetch._answer import Answer, OpenAnswer
from alignwatch.fetch._http import HttpSession, PassingError
from alignwatch.fetch._memory import Validators
from alignwatch.fetch._pace import HostPace
from alignwatch.fetch._reservations import TDM, read_header_reservations
from alignwatch.fetch._robots import ROBOTS_BYTES, Robots, RobotsAnswer
from alignwatch.fetch._settings import Settings
from alignwatch.fetch._tdm import TDMREP_PATH, Reservations
from alignwatch.fetch._url import Target, join_url, parse_url
from alignwatch.model import Page

__all__ = ["Asker", "Session", "conditional_headers", "make_page", "read_redirect"]

_Asked = TypeVar("_Asked")

_log = logging.getLogger("alignwatch.fetch")
# stamina warns of each retry; without a handler of the user's, Python would print that
logging.getLogger("stamina").addHandler(logging.NullHandler())

_ROBOTS_PATH = "/robots.txt"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING_STATUSES = frozenset({429, 500, 502, 503, 504})
_BACKOFF_S = 0.3
_LONGEST_BACKOFF_S = 0.9  # stamina's sleep cannot be woken, and Ctrl-C shall end within a second
# the "utf-8" of 'text/html; charset="utf-8"'
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)


class Session:
    """What a `Fetcher` delegates to once it has something to send; connects to nobody yet."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._http = HttpSession(
            guard=settings.guard, limits=settings.limits, headers=settings.headers
        )
        asker = _RobotsAsker(settings=settings, http=self._http)
        self._robots = Robots(ask=asker.ask, memory=settings.memory, now=settings.now)
        self._reservations = Reservations(
            ask=self._ask_tdmrep, memory=settings.memory, now=settings.now
        )

    def close(self) -> None:
        """Close all connections, and end what is under way in other threads."""
        self._http.close()

    def get(
        self, url: str, target: Target, *, conditional: bool, admit: Callable[[Target], None]
    ) -> Page:
        """Fetch *url*, which reads as *target*; *admit* judges the target of each redirect."""
        if target.url == f"{target.origin}{_ROBOTS_PATH}":
            return self._get_robots(url, target)
        asked = url
        memory = self._settings.memory if conditional else None
        known = memory.validators(url) if memory is not None else None
        redirects = self._settings.limits.redirects
        for hop in range(redirects + 1):
            if hop:
                admit(target)
            answer = self._get_once(target, known)
            location = read_redirect(answer)
            if location is None:
                page = make_page(url, asked, answer, known, self._settings.now())
                if TDM in page.reservations:
                    self._settings.paces.of(target.host).note(reserved=1)
                return page
            target = parse_url(join_url(target.url, location))
            asked = target.url
        msg = f"more than {redirects} redirects; the last one led to {target.url}"
        raise FetchError(msg)

    def _get_robots(self, url: str, target: Target) -> Page:
        """Give the robots.txt whose rules hold: it was asked for anyway, and is not asked again."""
        rules = self._robots.rules(target)
        self._settings.paces.of(target.host).judge(rules.verdict)
        if not rules.was_asked:
            rules.refuse(target)
        record = rules.record
        if record.status is not None and record.status >= 300:
            msg = f"the server answered with status {record.status}"
            raise HttpStatusError(msg, status=record.status)
        return Page(
            url=url,
            final_url=target.url,
            content=record.body,
            media_type="text/plain",
            fetched_at=record.fetched_at,
        )

    def refuse_reserved(self, target: Target) -> None:
        """Refuse *target* where its origin's tdmrep.json reserves text and data mining.

        Raises:
            RightsReservedError: It does.
        """
        try:
            self._reservations.refuse(target)
        except RightsReservedError:
            self._settings.paces.of(target.host).note(reserved=1)
            raise

    def _ask_tdmrep(self, target: Target) -> RobotsAnswer:
        """Ask as for a page: where robots.txt forbids it, it is taken as not there."""
        url = target.origin + TDMREP_PATH
        try:
            page = self.get(
                url, parse_url(url), conditional=False, admit=self._settings.guard.refuse
            )
        except HttpStatusError as error:
            return RobotsAnswer(status=error.status)
        except PageError as error:
            _log.debug("tdmrep.json not read", extra={"url": url, "why": str(error)})
            return RobotsAnswer(status=None, why=str(error))
        return RobotsAnswer(status=page.status, body=page.content)

    def open(
        self, target: Target, headers: Mapping[str, str]
    ) -> AbstractContextManager[OpenAnswer]:
        """Ask for *target* by all rules, and give the answer before its body was read."""
        return self._admit(target).open(target, headers)

    def _admit(self, target: Target) -> "Asker":
        """Give who may ask for *target*, unless robots.txt forbids it."""
        pace = self._settings.paces.of(target.host)
        rules = self._robots.rules(target)
        pace.judge(rules.verdict)
        pace.slow_down(rules.crawl_delay_s)
        try:
            rules.refuse(target)
        except (HostUnreachableError, RobotsRefusedError):
            pace.note(refused=1)
            raise
        return Asker(settings=self._settings, http=self._http, pace=pace)

    def _get_once(self, target: Target, known: Validators | None) -> Answer:
        asker = self._admit(target)
        content_bytes = self._settings.limits.content_bytes
        answer = asker.ask(target, conditional_headers(known), content_bytes)
        if answer.status == 206:
            msg = "the server sent a part of the page (206) that was asked for in full"
            raise FetchError(msg)
        if answer.status == 304 and known is None:
            msg = 'the server says "unchanged" (304), but nothing was known of the page'
            raise FetchError(msg)
        return answer


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
                extra={"url": target.url, "status": answer.status, "bytes": answer.wire_bytes},
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
class _RobotsAsker:
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
            _log.debug("robots.txt not read", extra={"url": robots.url, "why": str(error)})
            return RobotsAnswer(status=None, why=str(error), is_silent=not is_refused)
        # RFC 9309, 2.3.1.2: after five redirects the file may be taken as not there.
        return RobotsAnswer(status=answer.status)


def conditional_headers(known: Validators | None) -> Mapping[str, str]:
    if known is None:
        return {}
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    # A server may have sent what no request can carry back.
    return {
        name: value
        for name, value in pairs.items()
        if value and value.isascii() and value.isprintable()
    }


def read_redirect(answer: Answer | OpenAnswer) -> str | None:
    if not 300 <= answer.status < 400 or answer.status == 304:
        return None
    location = answer.headers.get("location", "")
    if answer.status in _REDIRECTS and location:
        return location
    msg = f"the server answered with status {answer.status} and nowhere to go"
    raise FetchError(msg)


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


def make_page(
    url: str, final_url: str, answer: Answer, known: Validators | None, fetched_at: datetime
) -> Page:
    content_type = answer.headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    is_unchanged = answer.status == 304
    before = known if is_unchanged and known else Validators()
    return Page(
        url=url,
        content=b"" if is_unchanged else answer.content,
        final_url=final_url,
        status=answer.status,
        media_type=content_type.partition(";")[0].strip().lower() or None,
        charset=charset[1].lower() if charset else None,
        fetched_at=fetched_at,
        etag=answer.headers.get("etag") or before.etag,
        last_modified=answer.headers.get("last-modified") or before.last_modified,
        reservations=read_header_reservations(answer.headers),
    )
