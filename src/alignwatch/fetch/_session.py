"""A fetcher at work: robots.txt, reservations and redirects around single requests."""

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from alignwatch.errors import (
    FetchError,
    HostUnreachableError,
    HttpStatusError,
    PageError,
    RightsReservedError,
    RobotsRefusedError,
)
from alignwatch.fetch._answer import Answer, OpenAnswer
from alignwatch.fetch._asker import Asker, RobotsAsker
from alignwatch.fetch._http import HttpSession
from alignwatch.fetch._memory import Validators
from alignwatch.fetch._pages import conditional_headers, make_page, read_redirect
from alignwatch.fetch._reservations import TDM
from alignwatch.fetch._robots import Robots, RobotsAnswer
from alignwatch.fetch._settings import Settings
from alignwatch.fetch._tdm import TDMREP_PATH, Reservations
from alignwatch.fetch._url import Target, join_url, parse_url, redact_url
from alignwatch.model import Page

__all__ = ["Session"]

_log = logging.getLogger("alignwatch.fetch")

_ROBOTS_PATH = "/robots.txt"


class Session:
    """What a `Fetcher` delegates to once it has something to send; connects to nobody yet."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._http = HttpSession(
            guard=settings.guard, limits=settings.limits, headers=settings.headers
        )
        asker = RobotsAsker(settings=settings, http=self._http)
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
        for _ in range(redirects + 1):
            answer = self._get_once(target, known)
            location = read_redirect(answer)
            if location is None:
                page = make_page(url, asked, answer, known, self._settings.now())
                if TDM in page.reservations:
                    self._settings.paces.of(target.host).note(reserved=1)
                return page
            target = self.follow(target, location, admit)
            asked = target.url
        msg = f"more than {redirects} redirects; the last one led to {target.url}"
        raise FetchError(msg)

    def follow(self, target: Target, location: str, admit: Callable[[Target], None]) -> Target:
        """Give where *target* redirects to, once *admit* lets; its host keeps the same delay."""
        found = parse_url(join_url(target.url, location))
        admit(found)
        self._settings.paces.hand_on(target.host, found.host)
        return found

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
            _log.debug("tdmrep.json not read", extra={"url": redact_url(url), "why": str(error)})
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
