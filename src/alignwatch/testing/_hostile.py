"""The hostile site: a server on loopback that does what servers should not."""

import contextlib
import socketserver
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import TracebackType
from typing import ClassVar, Self

import attrs

from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources import SourceInfo, parse_page
from alignwatch.testing._hostile_cases import CASES, HostileCase

__all__ = ["HostileSite", "HostileSource"]

_MOST_HEAD_LINES = 200
# files that are asked for beside the page, and the cases that are about them
_WELL_KNOWN = {"/robots.txt": "robots-", "/.well-known/": "tdmrep-"}
_GONE_S = 30.0


def _read_urls(urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(urls)


@attrs.frozen
class HostileSource:
    """A source that discovers pages of the hostile site, and reads them as most sources do.

    Args:
        urls: Their addresses.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="hostile", contract=1)

    urls: tuple[str, ...] = attrs.field(converter=_read_urls)

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef]:  # noqa: ARG002 - the contract's
        """Yield all pages; asks for nothing."""
        for url in self.urls:
            yield PageRef(url=url)

    def parse(self, page: Page) -> Article:
        """Read *page* by `alignwatch.sources.parse_page`."""
        return parse_page(page)


class HostileSite:
    """Every `HostileCase` on a host of its own, all served from one port of loopback.

    ::

        with HostileSite() as site:
            aw.watch([site.source, *site.feeds], store=path, resolve=site.resolve, delay_s=0)

    Use as a context manager; nothing of it is left behind.

    Args:
        cases: Which ones; all of them if not given.
    """

    def __init__(self, cases: tuple[HostileCase, ...] = CASES) -> None:
        self.cases = cases
        self._closed = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.site = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._by_host = {case.host: case for case in cases}

    @property
    def resolve(self) -> Mapping[str, str]:
        """Where the hosts lead, for `alignwatch.watch` and `alignwatch.fetch.Fetcher`."""
        port = int(self._server.server_address[1])
        address = f"127.0.0.1:{port}"
        return dict.fromkeys(self._by_host, address)

    @property
    def source(self) -> HostileSource:
        """A source of all pages; feeds are for a feed reader, see `feeds`."""
        return HostileSource(tuple(case.url for case in self.cases if not case.is_feed))

    @property
    def feeds(self) -> tuple[str, ...]:
        """The addresses of the hostile feeds."""
        return tuple(case.url for case in self.cases if case.is_feed)

    @property
    def is_closed(self) -> bool:
        """Whether answers without end shall end now."""
        return self._closed.is_set()

    def answer(self, host: str, path: str) -> Iterator[bytes]:
        """Give the pieces of the raw answer; robots.txt and its like are not there."""
        case = self._by_host.get(host)
        is_theirs = case is not None and any(
            path.startswith(well_known) and not case.name.startswith(kind)
            for well_known, kind in _WELL_KNOWN.items()
        )
        if case is None or is_theirs:
            yield b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            return
        yield from case.answer(path)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(socketserver.StreamRequestHandler):
    server: "_Server"
    timeout = _GONE_S

    def handle(self) -> None:
        # whoever asks here hangs up early, as he should
        with contextlib.suppress(OSError):
            head = self._read_head()
            if head is None or self.server.site is None:
                return
            for piece in self.server.site.answer(*head):
                if self.server.site.is_closed:
                    return
                self.wfile.write(piece)

    def _read_head(self) -> tuple[str, str] | None:
        words = self.rfile.readline(65_536).split()
        host = ""
        for _ in range(_MOST_HEAD_LINES):
            name, _, value = self.rfile.readline(65_536).decode("latin-1").strip().partition(":")
            if not name:
                return (host, words[1].decode("latin-1")) if len(words) > 1 else None
            if name.lower() == "host":
                host = value.strip().lower().partition(":")[0]
        return None


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    site: HostileSite | None = None

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what all this is about."""
