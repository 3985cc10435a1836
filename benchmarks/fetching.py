#!/usr/bin/env python
"""Measure the fetcher against bare httpx, and discovery in a store that has seen much.

    benchmarks/fetching.py [--pages 2000] [--seen 1000000] [--rounds 5]

Both are ratios to a peer in the same run; see benchmarks/README.md.
"""

import argparse
import queue
import socketserver
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

import alignwatch as aw
from alignwatch.fetch import Fetcher
from alignwatch.model import PageRef
from alignwatch.sources import SourceInfo, load_source
from alignwatch.store import open_store

HOSTS = 50
THREADS = 8
LISTED = 10_000
BODY = (
    b"<!doctype html><html lang=en><body><article>"
    + b"<p>Ministers met in Riga and agreed to meet again.</p>" * 100
    + b"</article></body></html>"
)
PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
    + str(len(BODY)).encode()
    + b"\r\n\r\n"
    + BODY
)
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Handler(socketserver.StreamRequestHandler):
    """Answers as fast as can be: whoever measures clients must not wait for the server."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        while first := self.rfile.readline(65_536):
            while self.rfile.readline(65_536).strip():
                continue
            self.wfile.write(PAGE if b" /p/" in first else MISSING)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no news."""


def serve() -> None:
    """Serve until killed; tell the port."""
    with Server(("0.0.0.0", 0), Handler) as server:
        print(server.server_address[1], flush=True)
        server.serve_forever()


def fetch_all(get: Callable[[str], object], hosts: list[str], each: int) -> tuple[float, float]:
    """Fetch the pages of all hosts in threads; give pages a second of time and of CPU."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for host in hosts:
        waiting.put(host)
    done: list[int] = []

    def work() -> None:
        while True:
            try:
                host = waiting.get_nowait()
            except queue.Empty:
                return
            for number in range(each):
                get(f"http://{host}/p/{number}")
                done.append(number)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    began, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pages = len(done)
    assert pages == len(hosts) * each
    return pages / (time.perf_counter() - began), pages / (time.process_time() - cpu)


def measure_fetching(pages: int, rounds: int) -> None:
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            hosts = [f"127.0.0.{number}:{port}" for number in range(1, HOSTS + 1)]
            each = pages // HOSTS
            ratios, cpu_ratios = [], []
            for _ in range(rounds):
                with httpx.Client(trust_env=False) as client:
                    bare = fetch_all(lambda url, ask=client.get: ask(url).content, hosts, each)
                with Fetcher(delay_s=0, allow_private=frozenset(hosts)) as fetcher:
                    ours = fetch_all(lambda url, ask=fetcher.get: ask(url).content, hosts, each)
                    asked = sum(host.requests for host in fetcher.ledger())
                ratios.append(ours[0] / bare[0])
                cpu_ratios.append(ours[1] / bare[1])
                print(
                    f"bare httpx {bare[0]:6.0f} pages/s, alignwatch {ours[0]:6.0f} "
                    f"({asked} requests): {ratios[-1]:.2f}; of CPU {cpu_ratios[-1]:.2f}",
                    flush=True,
                )
        finally:
            server.kill()
    told = f"{pages} pages over {HOSTS} hosts, {THREADS} threads, median of {rounds}"
    print(f"{told}: {statistics.median(ratios):.2f} of bare httpx", end="; ")
    print(f"{statistics.median(cpu_ratios):.2f} by CPU")


class Listing:
    """A listing of addresses, half of which were seen before."""

    info = SourceInfo(name="listing", contract=1)

    def __init__(self, first: int) -> None:
        self.first = first

    def discover(self, fetcher: object, *, since: object) -> object:  # noqa: ARG002 - the contract's
        for number in range(self.first, self.first + LISTED):
            yield PageRef(url=f"http://127.0.0.1:9/listed/{number}")

    def parse(self, page: object) -> object:
        return load_source("pages", urls=()).parse(page)


def fill(path: Path, seen: int) -> None:
    """Make a store that has seen so many addresses, long stored."""
    with open_store(path):
        pass
    with sqlite3.connect(path) as connection:
        connection.executemany(
            "INSERT INTO addresses (url, host, source, state, listed, article) "
            "VALUES (?, ?, 'listing', 'stored', 1, ?)",
            (
                (f"http://site{n % 997}.example/2026/{n}", f"site{n % 997}.example", f"a{n}")
                for n in range(seen)
            ),
        )


def discover(path: Path, turn: int) -> float:
    """Give the seconds of CPU of one discovery."""
    first = turn * LISTED // 2
    with open_store(path) as store:
        began = time.process_time()
        aw.watch(
            [Listing(first)],
            store=store,
            budget=aw.Budget(pages=1),
            allow_private=frozenset({"127.0.0.1:9"}),
        )
        took = time.process_time() - began
    # what was found counts as read, so that the next turn has as much to do
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE addresses SET state = 'stored', article = url")
    return took


def measure_discovery(seen: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.db", Path(folder) / "large.db"
        fill(small, 0)
        fill(large, seen)
        times: dict[Path, list[float]] = {small: [], large: []}
        for turn in range(rounds + 1):
            for path in (small, large):
                took = discover(path, turn)
                if turn:  # the first one warms up
                    times[path].append(took)
    little, much = (min(times[path]) for path in (small, large))
    print(
        f"discovery of {LISTED:,} addresses, half of them known: {little:.2f} s of CPU; "
        f"with {seen:,} seen in the store {much:.2f} s: {much / little:.2f} (best of {rounds})"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--seen", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve()
        return
    measure_fetching(given.pages, given.rounds)
    measure_discovery(given.seen, given.rounds)


if __name__ == "__main__":
    main()
