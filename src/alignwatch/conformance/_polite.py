"""Politeness, measured by a server."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from urllib.parse import urlsplit

from alignwatch.conformance._measured import Asked, MeasuredSite, PlainGetter, serve_site
from alignwatch.conformance._subject import Subject, discover, refuse
from alignwatch.fetch import Fetcher

__all__ = ["check_polite"]

_DELAY_S = 0.03
_CLOCK_S = 0.001


def check_polite(subject: Subject) -> None:
    """A server that measures is asked one thing at a time, with pauses, once, and by its rules."""
    if not subject.site.answers:
        return
    asked, _, _ = _visit(subject, is_closed=False)
    _judge_pace(asked)
    pages = Counter(one.url for one in asked if not one.is_for_rules)
    for url, count in pages.items():
        if count > 1:
            refuse(f"the server was asked for {url} {count} times in one run")
    asked, found, error = _visit(subject, is_closed=True)
    for one in asked:
        if not one.is_for_rules:
            refuse(f"the server was asked for {one.url}, which its robots.txt forbids")
    if asked and not found and error is None:
        refuse("discover ends as if nothing were new where robots.txt forbids all")


def _visit(subject: Subject, *, is_closed: bool) -> tuple[list[Asked], object, object]:
    measured = MeasuredSite(site=subject.site, is_closed=is_closed)
    hosts = {urlsplit(url.replace("*", "")).hostname for url in subject.site.answers}
    with serve_site(measured):
        resolve = {host: f"127.0.0.1:{measured.port}" for host in hosts if host}
        with Fetcher(resolve=resolve, delay_s=_DELAY_S) as fetcher:
            found, error = discover(subject, PlainGetter(fetcher))
    return measured.asked, found, error


def _judge_pace(asked: Iterable[Asked]) -> None:
    by_host: dict[str, list[Asked]] = {}
    for one in sorted(asked, key=lambda one: one.began_at_s):
        if not one.user_agent.startswith("alignwatch/"):
            refuse(f"the server was asked for {one.url} by {one.user_agent!r}")
        by_host.setdefault(urlsplit(one.url).hostname or "", []).append(one)
    for host, requests in by_host.items():
        for one, following in pairwise(requests):
            # from beginning to beginning, which is longer than the pause, however slow the machine
            if following.began_at_s - one.began_at_s < _DELAY_S - _CLOCK_S:
                refuse(f"{host} was asked for {following.url} without a pause after {one.url}")
