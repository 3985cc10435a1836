"""The site of the tests as a server on loopback that measures who asks it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import attrs

from alignwatch.conformance._offline import own_requests
from alignwatch.conformance._site import ScriptedSite
from alignwatch.errors import PageError
from alignwatch.fetch import Fetcher
from alignwatch.model import Page

__all__ = ["Asked", "MeasuredSite", "PlainGetter", "serve_site"]

_ROBOTS = "/robots.txt"
_TDMREP = "/.well-known/"


@attrs.frozen(kw_only=True)
class Asked:
    """One request as it came in: address, name of the asker, and when it began."""

    url: str
    user_agent: str
    began_at_s: float

    @property
    def is_for_rules(self) -> bool:
        """Whether it was for robots.txt or its like, which the host asks for by itself."""
        return urlsplit(self.url).path.startswith((_ROBOTS, _TDMREP))


@attrs.define(kw_only=True)
class MeasuredSite:
    """What is served and what was asked; with `is_closed`, robots.txt forbids all."""

    site: ScriptedSite
    is_closed: bool = False
    port: int = 0
    asked: list[Asked] = attrs.field(factory=list)
    _lock: threading.Lock = attrs.field(factory=threading.Lock, init=False)

    def answer(self, host: str, path: str) -> tuple[int, str, bytes]:
        """Give status, media type and body."""
        if path == _ROBOTS:
            rules = (
                "User-agent: *\nDisallow: /\n" if self.is_closed else "User-agent: *\nAllow: /\n"
            )
            return 200, "text/plain", rules.encode()
        for scheme in ("https", "http"):
            page = self.site.find(f"{scheme}://{host}{path}")
            if page is not None:
                charset = f"; charset={page.charset}" if page.charset else ""
                media_type = f"{page.media_type or 'application/octet-stream'}{charset}"
                return page.status, media_type, page.content
        return 404, "text/plain", b"no such page"

    def note(self, asked: Asked) -> None:
        """Write a request down."""
        with self._lock:
            self.asked.append(asked)


@contextmanager
def serve_site(measured: MeasuredSite) -> Iterator[MeasuredSite]:
    """Serve on a port of loopback, which is in `MeasuredSite.port`, until the block ends."""
    from http.server import (  # noqa: PLC0415 - takes a while to load, and few commands need it
        BaseHTTPRequestHandler,
        ThreadingHTTPServer,
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            began_at_s = time.monotonic()
            host = self.headers.get("Host", "").partition(":")[0]
            asked = Asked(
                url=f"http://{host}{self.path}",
                user_agent=self.headers.get("User-Agent", ""),
                began_at_s=began_at_s,
            )
            measured.note(asked)
            status, media_type, body = measured.answer(host, self.path)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Print nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        measured.port = int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield measured
        finally:
            server.shutdown()
            thread.join()


@attrs.frozen
class PlainGetter:
    """Asks a `Fetcher` for addresses with https by http, for a server without certificates.

    What was given in full and is wanted in full again is given again, as a run does.
    """

    fetcher: Fetcher
    _given: dict[str, Page] = attrs.field(factory=dict, init=False)

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Give the page under the address that was asked for."""
        if not conditional and url in self._given:
            return self._given[url]
        is_secure = url.lower().startswith("https://")
        plain = f"http://{url[8:]}" if is_secure else url
        try:
            with own_requests():
                page = self.fetcher.get(plain, conditional=conditional)
        except PageError as error:
            error.url = url
            raise
        final_url = page.final_url or plain
        if is_secure:
            final_url = f"https://{final_url.partition('://')[2]}"
        self._given[url] = attrs.evolve(page, url=url, final_url=final_url)
        return self._given[url]
