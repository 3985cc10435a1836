"""Serve the example newsroom on loopback: five invented outlets, told apart by their Host header.

Addresses never carry the port, so that they are the same on every machine: a client connects each
host to the loopback address that `Newsroom.resolve` gives, as curl does with ``--connect-to``.
Answers depend on the files alone, never on clock, port or folder.
"""

import hashlib
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
FEED_HOST = "daybreak-digest.example"
NOT_FOUND = b"<!DOCTYPE html><title>404</title><p>There is no such page.</p>\n"

Resource = tuple[int, dict[str, str], bytes]
"""Status, headers and body of what a host has under a path."""


class Request(NamedTuple):
    """One request that was answered; `size_bytes` counts the body that was sent."""

    host: str
    path: str
    status: int
    size_bytes: int


@dataclass(frozen=True)
class Newsroom:
    """The running newsroom, as a client needs to know it.

    `resolve` maps each host to the ``ADDRESS:PORT`` that answers for it. `requests` grows, in the
    order in which answers were sent.
    """

    port: int
    resolve: dict[str, str]
    feed_url: str = f"http://{FEED_HOST}/feed.xml"
    requests: list[Request] = field(default_factory=list)


def load_resources(folder: Path = HERE) -> dict[tuple[str, str], Resource]:
    """Read ``hosts.json`` and the files it names: what each (host, path) answers.

    A page's Last-Modified is noon of its date, its ETag the hash of its bytes.
    """
    listed = json.loads((folder / "hosts.json").read_text(encoding="utf-8"))
    found: dict[tuple[str, str], Resource] = {}
    for page in listed["pages"]:
        body = (folder / "hosts" / page["host"] / page["file"]).read_bytes()
        changed_at = datetime.fromisoformat(page["date"]).replace(hour=12, tzinfo=UTC)
        headers = {
            "Content-Type": page["type"],
            "Last-Modified": format_datetime(changed_at, usegmt=True),
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        }
        found[page["host"], page["path"]] = (200, headers, body)
    for moved in listed["redirects"]:
        found[moved["host"], moved["path"]] = (301, {"Location": moved["to"]}, b"")
    return found


def is_unchanged(asked: dict[str, str], headers: dict[str, str]) -> bool:
    """Whether a conditional request already holds what *headers* describe (RFC 9110, 13.2.2)."""
    if "ETag" not in headers:
        return False
    if tags := asked.get("if-none-match"):
        given = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
        return headers["ETag"] in given or "*" in given
    try:
        since_at = parsedate_to_datetime(asked.get("if-modified-since", ""))
        return parsedate_to_datetime(headers["Last-Modified"]) <= since_at
    except (TypeError, ValueError):
        return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.resources = load_resources()
        self.hosts = {host for host, _ in self.resources}
        self.log: list[Request] = []
        self.open_sockets: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open_sockets.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self.open_sockets.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that hangs up in the middle is not our trouble."""

    def close_all(self) -> None:
        self.shutdown()
        for request in tuple(self.open_sockets):  # clients that keep their connection alive
            with suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with the body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer without the body."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "").split(":")[0].lower()
        status, headers, body = self.server.resources.get(
            (host, self.path), (404, {"Content-Type": "text/html; charset=utf-8"}, NOT_FOUND)
        )
        if host not in self.server.hosts:
            status, headers, body = 421, {"Content-Type": "text/plain"}, b"not a host of ours\n"
        asked = {name.lower(): value for name, value in self.headers.items()}
        if status == 200 and is_unchanged(asked, headers):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        sent = body if with_body else b""
        self.server.log.append(Request(host, self.path, status, len(sent)))
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        """Keep quiet; `Newsroom.requests` has the log."""


@contextmanager
def serve(port: int = 0) -> Iterator[Newsroom]:
    """Run the newsroom on 127.0.0.1 for as long as the block lasts; port 0 is any free one."""
    server = _Server(port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    address = f"127.0.0.1:{server.server_port}"
    resolve = dict.fromkeys(sorted(server.hosts), address)
    try:
        yield Newsroom(port=server.server_port, resolve=resolve, requests=server.log)
    finally:
        server.close_all()
        thread.join()


def main() -> None:
    """Serve until Ctrl-C, and say what to type meanwhile."""
    with serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0) as newsroom:
        print(f"The example newsroom answers on 127.0.0.1:{newsroom.port}. In another terminal:\n")
        print(f"  curl --connect-to ::127.0.0.1:{newsroom.port} {newsroom.feed_url}\n")
        told = [f"--resolve {host}={address}" for host, address in newsroom.resolve.items()]
        told.append("--delay 0 --out watch-out/newsroom --store watch-out/newsroom/store.db")
        print(" \\\n    ".join([f"  .venv/bin/alignwatch watch {newsroom.feed_url}", *told]))
        print("\nCtrl-C ends it.", flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
