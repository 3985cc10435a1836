"""From a site or sitemap through indexes to pages, within bounds."""

import logging
import re
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import attrs

from alignwatch.errors import HttpStatusError, PageError, ParseError, TooLargeError
from alignwatch.fetch import PageGetter
from alignwatch.model import Page
from alignwatch.sources import tell_failures
from alignwatch.text import decode_text
from alignwatch_sitemap._entry import Entry, Sitemap
from alignwatch_sitemap._sitemap import read_sitemap
from alignwatch_sitemap._undated import recall_undated, remember_undated

__all__ = ["MAX_DEPTH", "Walk"]

MAX_DEPTH = 3
"""Indexes above a sitemap that are followed; the protocol knows one."""

_log = logging.getLogger("alignwatch.sources.sitemap")

# the line "Sitemap: https://news.example/sitemap.xml" of a robots.txt
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
_PORTS = {"http": 80, "https": 443}


@attrs.frozen(kw_only=True)
class _Task:
    """A sitemap to be asked for; its entries must be of one of `sites`.

    They must lie in its own folder, too, unless it `is_free`: unless robots.txt vouches for it.
    `above` are the indexes that lead to it.
    """

    url: str
    depth: int
    sites: frozenset[str]
    is_free: bool
    above: tuple[str, ...] = ()


@attrs.define(kw_only=True)
class Walk:
    """One run's way through sitemaps; what fails is kept until `tell_failures`."""

    fetcher: PageGetter
    since: datetime | None
    max_sitemaps: int
    max_time_s: float
    any_folder: bool
    read: int = attrs.field(default=0, init=False)
    _asked: set[str] = attrs.field(factory=set, init=False)
    _failures: list[PageError] = attrs.field(factory=list, init=False)

    def find_pages(self, urls: Iterable[str]) -> Iterator[Entry]:
        """Give the pages of all sitemaps, depth first, the newest of each first."""
        deadline = time.monotonic() + self.max_time_s
        for url in urls:
            tasks = list(reversed(self._find_roots(url)))
            while tasks:
                task = tasks.pop()
                if task.url in self._asked:
                    continue
                if len(self._asked) >= self.max_sitemaps or time.monotonic() > deadline:
                    msg = (
                        f"there are more sitemaps than max_sitemaps={self.max_sitemaps} or "
                        f"max_time_s={self.max_time_s:g} allow; {task.url} was not asked for"
                    )
                    self._failures.append(TooLargeError(msg, url=url))
                    self._ask_above_again(task)
                    return
                self._asked.add(task.url)
                failures = len(self._failures)
                sitemap, sites = self._read(task)
                entries = self._select(task, sitemap, sites)
                if len(self._failures) > failures:
                    self._ask_above_again(task)
                if sitemap.is_index:
                    tasks.extend(reversed(self._descend(task, entries, sites)))
                else:
                    yield from entries

    def tell_failures(self) -> Iterator[Page]:
        """Give each failure as a page.

        Raises:
            PageError: Nothing could be read, or the run has to see a failure itself.
        """
        yield from tell_failures(self._failures, is_all=self.read == 0)

    def _find_roots(self, url: str) -> list[_Task]:
        parts = urlsplit(url)
        sites = frozenset({_site(url)})
        if not (parts.path.strip("/") or parts.query):
            return self._find_of_site(url, sites)
        is_free = self.any_folder or _folder(url) == "/" or self._is_vouched(url)
        return [_Task(url=url, depth=0, sites=sites, is_free=is_free)]

    def _find_of_site(self, url: str, sites: frozenset[str]) -> list[_Task]:
        robots_url = urljoin(url, "/robots.txt")
        named: list[str] = []
        try:
            robots = self._ask_robots(robots_url)
            sites |= {_site(robots.final_url or robots_url)}
            named = _read_robots(robots)
        except HttpStatusError as error:
            if error.status >= 500:
                self._fail(error, robots_url)
                return []
        except PageError as error:
            self._fail(error, robots_url)
            return []
        roots = named or [urljoin(url, "/sitemap.xml")]
        return [_Task(url=root, depth=0, sites=sites, is_free=True) for root in roots]

    def _is_vouched(self, url: str) -> bool:
        """Whether robots.txt names the sitemap: it may then list pages anywhere on the site."""
        try:
            return url in _read_robots(self._ask_robots(urljoin(url, "/robots.txt")))
        except PageError:
            return False

    def _ask_robots(self, url: str) -> Page:
        # "Not modified" would not say what it names.
        return self.fetcher.get(url, conditional=False)

    def _read(self, task: _Task) -> tuple[Sitemap, frozenset[str]]:
        """Give a sitemap, and the sites that it may speak for."""
        nothing = Sitemap(is_index=False, entries=())
        try:
            page = self.fetcher.get(task.url)
            if page.is_unchanged:
                self.read += 1
                at, undated = recall_undated(self.fetcher, task.url)
                sitemap = Sitemap(is_index=bool(undated), entries=undated)
                return sitemap, task.sites | {_site(at)}
            sitemap = read_sitemap(page)
            if sitemap.is_index:
                entries = sitemap.entries
                remember_undated(self.fetcher, page, entries, most=self.max_sitemaps)
        except PageError as error:
            self._fail(error, task.url)
            return nothing, task.sites
        self.read += 1
        # Where a site sends its visitors is its own affair.
        return sitemap, task.sites | {_site(page.final_url or task.url)}

    def _ask_above_again(self, task: _Task) -> None:
        """Have the indexes above asked in full in the next run, or it would not come this far."""
        for url in task.above:
            self.fetcher.get(url, conditional=False)

    def _select(self, task: _Task, sitemap: Sitemap, sites: frozenset[str]) -> list[Entry]:
        """Give the entries that are new and its own, dated ones first, newest first."""
        own = [entry for entry in sitemap.entries if _site(entry.url) in sites]
        self._tell_refused(task, len(sitemap.entries), own, "on other hosts than the site")
        inside = own
        if not task.is_free:
            folder = _folder(task.url)
            inside = [entry for entry in own if urlsplit(entry.url).path.startswith(folder)]
            why = (
                f"outside of the sitemap's own folder {folder}, and robots.txt does not name the "
                "sitemap (any_folder takes them all the same)"
            )
            self._tell_refused(task, len(own), inside, why)
        fresh = [entry for entry in inside if not self._is_older(entry)]
        return sorted(fresh, key=_age)

    def _tell_refused(self, task: _Task, count: int, left: list[Entry], why: str) -> None:
        refused = count - len(left)
        if refused:
            msg = f"{refused} of {count} addresses are {why}"
            _log.info("refused addresses", extra={"url": task.url, "why": msg})
            if not left:
                self.read -= 1
                self._fail(ParseError(f"{msg}, and none is left"), task.url)

    def _descend(self, task: _Task, entries: Iterable[Entry], sites: frozenset[str]) -> list[_Task]:
        if task.depth >= MAX_DEPTH:
            msg = f"indexes are nested more than {MAX_DEPTH} deep"
            self._fail(TooLargeError(msg), task.url)
            return []
        return [
            _Task(
                url=entry.url,
                depth=task.depth + 1,
                sites=sites,
                is_free=task.is_free,
                above=(*task.above, task.url),
            )
            for entry in entries
        ]

    def _is_older(self, entry: Entry) -> bool:
        newest = entry.newest
        return self.since is not None and newest is not None and newest.until <= self.since

    def _fail(self, error: PageError, url: str) -> None:
        error.url = error.url or url
        self._failures.append(error)


def _age(entry: Entry) -> float:
    """Give a key that puts the newest first and what has no date last."""
    newest = entry.newest
    return float("inf") if newest is None else -newest.until.timestamp()


def _read_robots(page: Page) -> list[str]:
    base = page.final_url or page.url
    found = []
    for name in _SITEMAP_LINE.findall(decode_text(page.content)):
        try:
            url = urljoin(base, name)
        except ValueError:
            continue
        if url.lower().startswith(("http://", "https://")):
            found.append(url)
    return list(dict.fromkeys(found))


def _folder(url: str) -> str:
    """Give the folder of an address, with a slash at both ends."""
    return f"{urlsplit(url).path.rpartition('/')[0]}/"


def _site(url: str) -> str:
    """Name the site of an address: its host without ``www.``, and a port that is not usual."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme.lower())
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return host if port in _PORTS.values() else f"{host}:{port}"
