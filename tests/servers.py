"""A web site on loopback that answers what a test tells it to, byte by byte if need be."""

import contextlib
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Raw = bytes | Iterable[bytes]


@dataclass(frozen=True)
class Asked:
    """A request as it came in; header names are in lower case."""

    path: str
    headers: dict[str, str]
    at_s: float

    @property
    def host(self) -> str:
        return self.headers.get("host", "")


def answer(
    body: bytes | str = b"",
    *,
    status: int = 200,
    media_type: str | None = "text/html; charset=utf-8",
    **headers: str | None,
) -> bytes:
    """Build a whole answer. ``retry_after="5"`` sends ``retry-after: 5``; None drops a header."""
    content = body.encode() if isinstance(body, str) else body
    lines = {"content-type": media_type, "content-length": str(len(content))}
    lines.update({name.replace("_", "-"): value for name, value in headers.items()})
    head = [f"HTTP/1.1 {status} Whatever"]
    head += [f"{name}: {value}" for name, value in lines.items() if value is not None]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + content


def redirect(to: str, *, status: int = 302) -> bytes:
    return answer(status=status, location=to)


@dataclass
class Site:
    """What a running site answers, and what it was asked.

    `routes` maps a path, or a host and a path (``wire.example/a``), to a whole answer, to the
    pieces of one, or to a function of what was asked. Other paths give 404.
    """

    routes: dict[str, Raw | Callable[[Asked], Raw]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    most_at_once: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """The paths that were asked for, in order, without robots.txt and tdmrep.json."""
        rules = ("/robots.txt", "/.well-known/tdmrep.json")
        return [asked.path for asked in self.asked if asked.path not in rules]

    def url(self, path: str) -> str:
        return f"http://{self.address}{path}"

    def reply(self, asked: Asked) -> Raw:
        with self._lock:
            self.asked.append(asked)
        host = asked.host.partition(":")[0]
        found = self.routes.get(f"{host}{asked.path}") or self.routes.get(asked.path)
        made = found(asked) if callable(found) else found
        return answer("not here", status=404) if made is None else made

    @contextlib.contextmanager
    def counted(self):
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            yield
        finally:
            with self._lock:
                self._at_once -= 1


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        with contextlib.suppress(OSError):
            while self._serve_one():
                pass

    def _serve_one(self) -> bool:
        """Answer one request; tell whether the connection may go on."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline(65_536)
            if not line:
                return False
            head += line
        first, *lines = head.decode("latin-1").split("\r\n")
        pairs = [line.partition(":") for line in lines if line]
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        asked = Asked(path=first.split(" ")[1], headers=headers, at_s=time.monotonic())
        site: Site = self.server.site
        with site.counted():
            raw = site.reply(asked)
            if isinstance(raw, bytes):
                self.wfile.write(raw)
                return b"\r\ncontent-length:" in raw.lower()
            for piece in raw:
                self.wfile.write(piece)
        return False


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is what many tests are about."""


@contextlib.contextmanager
def serve(routes=None, *, certificate=None):
    """Run a `Site` with these *routes* on a free port of loopback; with a *certificate*, by TLS."""
    site = Site(routes=dict(routes or {}))
    with _Server(("127.0.0.1", 0), _Handler) as server:
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        server.site = site
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
