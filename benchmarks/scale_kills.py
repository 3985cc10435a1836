#!/usr/bin/env python3
"""Kill workers while made-up pages are read, and see that nothing is missing, doubled or other.

    benchmarks/scale_kills.py [--pages 20000] [--rows 500] [--kills 1]
        [--engine local|restart|dask|spark ...]

The pages are those of `benchmarks/scale_pages.py`. They are read once undisturbed, by two processes
of this machine; then by two workers of each engine, one of which is killed with SIGKILL when half
of the partitions are done (with ``--kills 3`` at a quarter, a half and three quarters). ``restart``
kills the whole run instead, and starts it again. Every page must be in documents or failures, once,
and each file must hold the same bytes as undisturbed; else the exit code is 1. Engines that are not
installed are an error: dask and spark need ``requirements-engines.lock``, and Java.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
from pyarrow import parquet
from scale_pages import make_rows

from alignwatch.scale import ScaleResult, page_schema, run

TABLES = ("documents", "claims", "failures")
WORKERS = 2


def write_pages(count: int, rows: int, path: Path) -> None:
    """Write *count* pages in row groups of *rows*."""
    pages = make_rows(count)
    with parquet.ParquetWriter(path, page_schema(), compression="zstd") as writer:
        for start in range(0, count, rows):
            some = [next(pages) for _ in range(min(rows, count - start))]
            writer.write_table(pa.Table.from_pylist(some, schema=page_schema()))


def find_children() -> dict[int, tuple[int, bytes]]:
    """Give all processes below this one, each with its parent and command."""
    told = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            told[int(folder.name)] = (parent, (folder / "cmdline").read_bytes())
    ours = {os.getpid()}
    while more := {one for one, (parent, _) in told.items() if parent in ours} - ours:
        ours |= more
    return {one: told[one] for one in ours - {os.getpid()}}


def find_named(words: bytes) -> list[int]:
    """Give the processes below this one that were started with *words*."""
    return [one for one, (_, command) in find_children().items() if words in command]


def find_spark_workers() -> list[int]:
    """Give the Python workers of Spark: forks of its daemon."""
    daemons = set(find_named(b"pyspark.daemon"))
    found = find_children()
    return [one for one in daemons if one in found and found[one][0] in daemons]


class Killer(threading.Thread):
    """Kills one of what *find* gives, each time that one more share of the partitions is done."""

    def __init__(self, target: Path, total: int, kills: int, find: Callable[[], list[int]]) -> None:
        super().__init__(daemon=True)
        self._done = target / "done"
        self._at = [total * (number + 1) // (kills + 1) for number in range(kills)]
        self._find = find
        self.killed: list[int] = []
        """How many partitions were done at each kill."""
        self.is_over = False

    def run(self) -> None:
        for wanted in self._at:
            while (count := self._count()) < wanted or not self._kill():
                if self.is_over:
                    return
                time.sleep(0.01)
            self.killed.append(count)

    def _count(self) -> int:
        return len(list(self._done.glob("[!.]*.json")))

    def _kill(self) -> bool:
        for process in self._find():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
                return True
        return False


@contextlib.contextmanager
def open_cluster(
    engine: str, workers: int = WORKERS
) -> Iterator[tuple[Any, Callable[[], list[int]]]]:
    """Give what runs the engine, and what finds its workers."""
    if engine == "dask":
        import distributed  # noqa: PLC0415 - an optional extra

        with (
            distributed.SubprocessCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50
            ) as cluster,
            distributed.Client(cluster) as client,
        ):
            client.wait_for_workers(workers)
            yield client, lambda: list(client.run(os.getpid, on_error="ignore").values())
    elif engine == "spark":
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional extra

        os.environ["PYSPARK_PYTHON"] = sys.executable
        builder = SparkSession.builder.master(f"local[{workers},5]").appName("kills")
        session = builder.config("spark.ui.enabled", "false").getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session, find_spark_workers
        session.stop()
    else:
        yield None, lambda: find_named(b"alignwatch.scale._child")


@attrs.frozen(kw_only=True)
class Trial:
    """What is read, and how often somebody is killed meanwhile."""

    source: Path
    rows: int
    total: int
    kills: int

    def read(self, target: Path, engine: str) -> tuple[ScaleResult, Killer]:
        """Read while workers are killed."""
        with open_cluster(engine) as (cluster, find):
            killer = Killer(target, self.total, self.kills, find)
            killer.start()
            result = run(
                str(self.source),
                str(target),
                engine=engine,
                workers=WORKERS,
                rows=self.rows,
                cluster=cluster,
            )
            killer.is_over = True
            killer.join()
        return result, killer

    def restart(self, target: Path) -> tuple[ScaleResult, Killer]:
        """Read in a process that is killed, again and again; the last time here."""
        asked = f"run({str(self.source)!r}, {str(target)!r}, workers={WORKERS}, rows={self.rows})"
        command = [sys.executable, "-c", f"from alignwatch.scale import run; {asked}"]
        started: list[subprocess.Popen[bytes]] = []
        killer = Killer(target, self.total, self.kills, lambda: [one.pid for one in started[-1:]])
        for number in range(self.kills):
            started.append(subprocess.Popen(command))
            if not number:
                killer.start()
            started[-1].wait()
        result = run(str(self.source), str(target), workers=WORKERS, rows=self.rows)
        killer.is_over = True
        killer.join()
        return result, killer


def read_files(target: Path) -> dict[str, bytes]:
    """Give the files of documents, claims and failures."""
    return {
        f"{folder}/{path.name}": path.read_bytes()
        for folder in TABLES
        for path in sorted((target / folder).glob("[!.]*"))
    }


def count_pages(target: Path) -> Counter[str]:
    """Count how often each page is told of."""
    found: Counter[str] = Counter()
    for folder in ("documents", "failures"):
        found.update(parquet.read_table(target / folder, columns=["page"])["page"].to_pylist())
    return found


def tell(name: str, result: ScaleResult, seconds: float) -> None:
    """Print the account of a run."""
    print(
        f"{name}: {result.pages} pages, {result.documents} documents, {result.claims} claims, "
        f"{sum(result.failures.values())} failures {result.failures}; "
        f"{result.pages / seconds:.0f} pages/s",
        flush=True,
    )


def main() -> int:
    """Compare what was asked for; 1 if any differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--rows", type=int, default=500, help="pages to a partition")
    parser.add_argument("--kills", type=int, default=1)
    engines = ["local", "restart", "dask", "spark"]
    parser.add_argument("--engine", action="append", choices=engines)
    given = parser.parse_args()
    warnings.simplefilter("ignore", ResourceWarning)
    total = -(-given.pages // given.rows)
    is_good = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "pages.parquet"
        write_pages(given.pages, given.rows, source)
        asked = {str(row["url"]) for row in make_rows(given.pages)}
        began = time.perf_counter()
        expected = run(str(source), str(folder / "calm"), workers=WORKERS, rows=given.rows)
        tell("undisturbed", expected, time.perf_counter() - began)
        files = read_files(folder / "calm")
        trial = Trial(source=source, rows=given.rows, total=total, kills=given.kills)
        for engine in given.engine or engines:
            target = folder / engine
            began = time.perf_counter()
            restarts = engine == "restart"
            result, killer = trial.restart(target) if restarts else trial.read(target, engine)
            tell(engine, result, time.perf_counter() - began)
            told = count_pages(target)
            once = set(told) == asked and set(told.values()) == {1}
            same = read_files(target) == files
            killed = killer.killed
            good = once and same and len(killed) == given.kills
            good = good and not result.errors
            is_good = is_good and good
            print(
                f"  killed {'the run' if engine == 'restart' else 'a worker'} with "
                f"{' and '.join(map(str, killed))} of {total} partitions done; "
                f"{'every page once' if once else 'PAGES MISSING OR DOUBLED'}; "
                f"{'the same bytes' if same else 'OTHER BYTES'}",
                flush=True,
            )
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
