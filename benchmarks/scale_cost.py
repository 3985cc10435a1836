#!/usr/bin/env python3
"""What a million, a hundred million and ten thousand million pages cost, from measured rates.

    benchmarks/scale_cost.py HTML [--pages 120] [--engine local|dask|spark ...] [--rate 28.2]
    benchmarks/scale_cost.py --rate 28.2 --share dask=1.04 --bytes-in 30000 --bytes-out 20000

With HTML, a folder of pages (``*.html``, ``*.html.gz``), each engine reads archives of them with
one worker: of ``--pages`` pages, and of three times as many. The difference, in seconds of CPU of
all processes, is what further pages cost: starting is not in it. Beside those that read, processes
of Dask and Spark take CPU for as long as they live, so that on a busy machine, where all takes
longer, their part comes out too large. Without HTML the table is computed from what is given.

``--rate`` is pages a second a core of the local engine where the machine was idle
(`benchmarks/scale.py --part workers`); else it is what the CPU seconds say. ``--share`` is the CPU
of an engine against the local one. ``--fold-ms`` is CPU an article for clusters and relationships
(`benchmarks/scale_aggregate.py`).
"""

import argparse
import contextlib
import os
import tempfile
import threading
import time
from pathlib import Path

import attrs
from scale import find_pages, make_rows, write_warc
from scale_kills import find_children, open_cluster

from alignwatch.scale import run

COUNTS = {"1e6": 10**6, "1e8": 10**8, "1e10": 10**10}
CORES = {"1e6": 8, "1e8": 256, "1e10": 4_096}
TICKS = os.sysconf("SC_CLK_TCK")


class CpuMeter(threading.Thread):
    """Adds up the CPU of all processes below this one, also of those that end meanwhile."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._reads: dict[int, float] = {}
        self._others: dict[int, float] = {}
        self._own_s = 0.0
        self._is_over = threading.Event()

    def run(self) -> None:
        while not self._is_over.wait(0.5):
            self.look()
            self._own_s = time.thread_time()

    def look(self) -> tuple[float, float]:
        """Give the seconds so far: of the processes that read, and of all others with this one."""
        for process, (_, command) in find_children().items():
            with contextlib.suppress(OSError):
                fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                held = self._reads if b"scale._child" in command else self._others
                held[process] = (int(fields[11]) + int(fields[12])) / TICKS
        here = time.process_time() - self._own_s
        return sum(self._reads.values()), sum(self._others.values()) + here

    def stop(self) -> None:
        self._is_over.set()
        self.join()


@attrs.frozen
class Cost:
    """CPU seconds of reading and of all else, and the bytes that were read and written."""

    reads_s: float
    others_s: float
    read: int
    written: int

    @property
    def cpu_s(self) -> float:
        return self.reads_s + self.others_s


def measure_page(engine: str, pages: list[bytes], count: int, folder: Path) -> Cost:
    """Give what one further page costs, read by one worker that has read before."""
    found = []
    with open_cluster(engine, 1) as (cluster, _):
        for number, times in enumerate((1, 1, 3)):
            source, target = folder / f"{engine}{number}.warc.gz", folder / f"{engine}{number}"
            write_warc(make_rows(pages, count * times), source)
            meter = CpuMeter()
            meter.start()
            before = meter.look()
            result = run(str(source), str(target), engine=engine, workers=1, cluster=cluster)
            reads, others = (now - then for now, then in zip(meter.look(), before, strict=True))
            meter.stop()
            assert result.pages == count * times, result
            written = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
            found.append(Cost(reads, others, source.stat().st_size, written))
    _, less, more = (attrs.astuple(cost) for cost in found)
    steps = [(late - early) / 2 / count for early, late in zip(less, more, strict=True)]
    return Cost(steps[0], max(0.0, steps[1]), int(steps[2]), int(steps[3]))


def tell_time(hours: float) -> str:
    """Give hours, or days where they are many."""
    return f"{hours / 24:,.1f} days" if hours >= 72 else f"{hours:,.1f} h"


def tell_size(size: float) -> str:
    """Give bytes with a unit of thousands."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1_000:
            return f"{size:,.0f} {unit}"
        size /= 1_000
    return f"{size:,.1f} TB"


def print_table(rate: float, shares: dict[str, float], page: Cost, fold_ms: float) -> None:
    """Print the costs as a table in Markdown."""
    print("| pages | engine | in | out | core hours | of these to fold | on | takes |")
    print("|---|---|---|---|---|---|---|---|")
    for name, count in COUNTS.items():
        for engine, share in shares.items():
            fold = count * fold_ms / 1_000 / 3_600
            hours = count * share / rate / 3_600 + fold
            cores = CORES["1e6"] if engine == "local" else CORES[name]
            print(
                f"| {name} | {engine} | {tell_size(count * page.read)} | "
                f"{tell_size(count * page.written)} | {hours:,.0f} | {fold:,.1f} | {cores} cores | "
                f"{tell_time(hours / cores)} |"
            )


def read_share(told: str) -> tuple[str, float]:
    """Read an argument such as dask=1.04."""
    engine, _, share = told.partition("=")
    return engine, float(share)


def main() -> None:
    """Measure, if there is something to measure, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("html", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--engine", action="append", choices=["local", "dask", "spark"])
    parser.add_argument("--rate", type=float)
    parser.add_argument("--share", action="append", type=read_share, default=[])
    parser.add_argument("--bytes-in", type=int, default=0)
    parser.add_argument("--bytes-out", type=int, default=0)
    parser.add_argument("--fold-ms", type=float, default=0.76)
    given = parser.parse_args()
    shares = {"local": 1.0, **dict(given.share)}
    page = Cost(0.0, 0.0, given.bytes_in, given.bytes_out)
    rate = given.rate
    if given.html:
        pages = find_pages(given.html)
        with tempfile.TemporaryDirectory() as name:
            for engine in dict.fromkeys(["local", *(given.engine or ["dask", "spark"])]):
                cost = measure_page(engine, pages, given.pages, Path(name))
                page = cost if engine == "local" else page
                shares[engine] = cost.cpu_s / page.cpu_s
                print(
                    f"{engine}: {1_000 * cost.reads_s:.1f} ms of CPU a page to read, "
                    f"{1_000 * cost.others_s:.1f} beside, {shares[engine]:.2f} of local; "
                    f"{cost.read:,} bytes in, {cost.written:,} out",
                    flush=True,
                )
        rate = rate or 1 / page.cpu_s
    if not rate:
        parser.error("name a folder of pages to measure with, or a --rate")
    print_table(rate, shares, page, given.fold_ms)


if __name__ == "__main__":
    main()
