"""From addresses through lists and home pages to feeds, and back through their archives."""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import attrs

from alignwatch.errors import PageError, ParseError, TooLargeError
from alignwatch.fetch import Bookmarks, PageGetter
from alignwatch.model import Page
from alignwatch_rss._entry import Entry, Feed, host_of
from alignwatch_rss._feed import read_feed
from alignwatch_rss._leads import recall_leads, remember_leads
from alignwatch_rss._lists import is_opml, is_page, read_home, read_opml

__all__ = ["MAX_DEPTH", "Found", "Walk", "is_address"]

MAX_DEPTH = 3
"""Lists within lists that are followed."""
_MAX_LIST_BYTES = 20_000_000
_KNOWN_ENTRIES = 40

_log = logging.getLogger("alignwatch.sources.rss")


@attrs.frozen(kw_only=True)
class Found:
    """An entry, and the feed and the page that it stands in."""

    page: Page
    feed: Feed
    entry: Entry


@attrs.frozen(kw_only=True)
class _Task:
    url: str
    depth: int = 0
    is_of_page: bool = False


@attrs.define(kw_only=True)
class Walk:
    """One run's way; what fails is kept in `failures`, and `read` counts what could be read."""

    fetcher: PageGetter
    since: datetime | None
    max_feeds: int
    max_archives: int
    read: int = attrs.field(default=0, init=False)
    failures: list[PageError] = attrs.field(factory=list, init=False)
    _asked: set[str] = attrs.field(factory=set, init=False)

    def find_entries(self, urls: Iterable[str]) -> Iterator[Found]:
        """Give the entries of all feeds that *urls* lead to, feed by feed in their order."""
        tasks = [_Task(url=url) for url in reversed(tuple(urls))]
        while tasks:
            task = tasks.pop()
            if task.url in self._asked:
                continue
            if len(self._asked) >= self.max_feeds:
                msg = f"there are more feeds than max_feeds={self.max_feeds}; {task.url} is one"
                self._fail(TooLargeError(msg), task.url)
                return
            self._asked.add(task.url)
            page = self._ask(task)
            if page is None:
                continue
            if page.is_unchanged:
                tasks.extend(reversed(self._recall_leads(task)))
            elif is_opml(page) or is_page(page):
                tasks.extend(reversed(self._read_leads(task, page)))
            else:
                yield from self._read_chain(page)

    def _ask(self, task: _Task) -> Page | None:
        try:
            page = self.fetcher.get(task.url) if is_address(task.url) else _read_file(task.url)
        except PageError as error:
            self._fail(error, task.url)
            return None
        self.read += page.is_unchanged
        return page

    def _read_leads(self, task: _Task, page: Page) -> list[_Task]:
        """Give the feeds and lists that a list or a home page names."""
        fails_before = len(self.failures)
        try:
            if task.depth > MAX_DEPTH:
                msg = f"lists are nested more than {MAX_DEPTH} deep"
                raise TooLargeError(msg)
            is_list = is_opml(page)
            urls = self._read_list(page) if is_list else self._read_home(task, page)
            if is_address(task.url):
                is_whole = len(self.failures) == fails_before
                remember_leads(self.fetcher, page, urls, is_list=is_list, is_whole=is_whole)
        except PageError as error:
            self._fail(error, task.url)
            return []
        self.read += 1
        return [_Task(url=url, depth=task.depth + 1, is_of_page=not is_list) for url in urls]

    def _recall_leads(self, task: _Task) -> list[_Task]:
        """Give what a list or a home page named that did not change since."""
        is_list, urls = recall_leads(self.fetcher, task.url)
        return [_Task(url=url, depth=task.depth + 1, is_of_page=not is_list) for url in urls]

    def _read_list(self, page: Page) -> list[str]:
        found = read_opml(page)
        for address in found.broken:
            msg = f"the list {page.url} names a feed without an address: {address!r}"
            self._fail(ParseError(msg), address)
        if found.flaw is not None:
            self._fail(ParseError(found.flaw), page.url)
        return [*found.feeds, *found.lists]

    def _read_home(self, task: _Task, page: Page) -> list[str]:
        # a feed's address that leads to a page again is no feed any more
        urls = () if task.is_of_page else read_home(page)
        if not urls:
            msg = "this is an HTML page and no feed, and it names none; name the feed's own address"
            raise ParseError(msg)
        return list(urls)

    # one feed and its archives

    def _read_chain(self, head: Page) -> Iterator[Found]:
        known = self._recall(head.url)
        archives: set[str] = set()
        page: Page | None = head
        names: list[str] = []
        fails_before = len(self.failures)
        while page is not None:
            feed = self._read(page, head)
            if feed is None:
                break
            names.extend(entry.name for entry in feed.entries)
            for entry in feed.entries:
                yield Found(page=page, feed=feed, entry=entry)
            page = None if self._is_enough(feed, known) else self._ask_older(feed, head, archives)
        if len(self.failures) == fails_before:
            self._remember(head.url, names)

    def _read(self, page: Page, head: Page) -> Feed | None:
        try:
            feed = read_feed(page)
        except PageError as error:
            self._fail_of_feed(error, page.url, head)
            return None
        self.read += 1
        if feed.flaw is not None:
            self._fail_of_feed(ParseError(feed.flaw), page.url, head)
        return feed

    def _fail_of_feed(self, error: PageError, url: str, head: Page) -> None:
        """Tell it of the head, so that it is asked in full the next time, and then its archives."""
        if url != head.url:
            error.args = (f"its older page {url}: {error}",)
        error.url = head.url
        self._fail(error, head.url)

    def _is_enough(self, feed: Feed, known: frozenset[str]) -> bool:
        """Whether what is older than this page is older than `since`, or was read before."""
        dates = [at for entry in feed.entries if (at := entry.newest_at) is not None]
        if self.since is not None and dates and max(dates) < self.since:
            return True
        met = [_mark(entry.name) in known for entry in feed.entries]
        # One old entry may stand on top of many new ones, because it was changed.
        return bool(met) and (met[-1] or 2 * sum(met) >= len(met))

    def _ask_older(self, feed: Feed, head: Page, archives: set[str]) -> Page | None:
        url = feed.older_url
        is_loop = url in archives or url in (head.url, head.final_url)
        if url is None or is_loop or len(archives) >= self.max_archives:
            return None
        if url in self._asked or host_of(url) != host_of(head.final_url or head.url):
            _log.info("left an archive", extra={"url": head.url, "archive": url})
            return None
        archives.add(url)
        self._asked.add(url)
        try:
            page = self.fetcher.get(url)
        except PageError as error:
            self._fail_of_feed(error, url, head)
            return None
        # what is older than an archive that did not change was read when it was
        return None if page.is_unchanged else page

    def _recall(self, url: str) -> frozenset[str]:
        """Give the marks of the newest entries that the last whole walk through a feed met."""
        told = self.fetcher.bookmark(url) if isinstance(self.fetcher, Bookmarks) else None
        try:
            place = json.loads(told or "{}")
            since = place.get("since")
            is_further = place.get("archives", 0) >= self.max_archives and (
                since is None
                or (self.since is not None and datetime.fromisoformat(since) <= self.since)
            )
            return frozenset(place.get("entries", ())) if is_further else frozenset()
        except (ValueError, TypeError, AttributeError):
            return frozenset()

    def _remember(self, url: str, names: list[str]) -> None:
        if not isinstance(self.fetcher, Bookmarks):
            return
        place = {
            "archives": self.max_archives,
            "since": self.since and self.since.isoformat(),
            "entries": [_mark(name) for name in names[:_KNOWN_ENTRIES]],
        }
        try:
            self.fetcher.keep_bookmark(url, json.dumps(place))
        except PageError as error:
            self._fail(error, url)

    def _fail(self, error: PageError, url: str) -> None:
        error.url = error.url or url
        self.failures.append(error)


def is_address(text: str) -> bool:
    """Whether *text* is an address, and no path."""
    return text.lower().startswith(("http://", "https://"))


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _read_file(name: str) -> Page:
    """Read a list of feeds from a file.

    Raises:
        ParseError: It cannot be read, or is no list.
        TooLargeError: It has more than 20 MB.
    """
    path = Path(name)
    try:
        if not path.is_file():
            msg = f"{name} is neither an address (http:// or https://) nor a file"
            raise ParseError(msg)
        with path.open("rb") as stream:
            content = stream.read(_MAX_LIST_BYTES + 1)
    except OSError as error:
        msg = f"{name}: {error.strerror or error}"
        raise ParseError(msg) from error
    if len(content) > _MAX_LIST_BYTES:
        msg = f"{name} is larger than {_MAX_LIST_BYTES:,} bytes"
        raise TooLargeError(msg)
    page = Page(url=path.absolute().as_uri(), content=content)
    if not is_opml(page):
        msg = f"{name} is no OPML list; feeds are read from addresses"
        raise ParseError(msg)
    return page
