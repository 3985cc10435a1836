#!/usr/bin/env python3
"""How pages to claims scales: workers, the guard's cost, archives, growth with the input, memory.

    benchmarks/scale.py HTML [--part workers|guard|warc|growth|memory ...] [--pages N]

HTML is a folder of pages (``*.html``, ``*.html.gz``, in any depth); they are taken again and again,
under new addresses. Each figure is a ratio within the same run; wall time, so that the machine must
be idle. ``--part memory`` reads one archive of made-up pages instead (`scale_pages.py`; 50,000, or
``--records``), and may run on a busy machine.
"""

import argparse
import gzip
import os
import resource
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from itertools import cycle, islice, pairwise
from pathlib import Path

import pyarrow as pa
from fastwarc.warc import ArchiveIterator, WarcRecordType
from pyarrow import parquet
from scale_pages import make_rows as make_up_rows
from trafilatura import bare_extraction

from alignwatch.scale import ScaleProgress, guard_batches, page_schema, read_batches, run

ROWS = 50
PARTS = ("workers", "guard", "warc", "growth", "memory")


def find_pages(folder: Path) -> list[bytes]:
    """Give the pages in *folder*, by name."""
    paths = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    pages = [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for path in paths
    ]
    if not pages:
        sys.exit(f"{folder} holds no *.html")
    return pages


def make_rows(pages: list[bytes], count: int) -> Iterator[dict[str, object]]:
    """Give *count* pages under addresses of their own."""
    for number, content in enumerate(islice(cycle(pages), count)):
        yield {
            "url": f"https://news{number % 97}.example/{number}",
            "content": content,
            "media_type": "text/html",
        }


def write_pages(pages: list[bytes], count: int, path: Path) -> str:
    """Write *count* pages as Parquet; give the path."""
    table = pa.Table.from_pylist(list(make_rows(pages, count)), schema=page_schema())
    parquet.write_table(table, path, row_group_size=ROWS)
    return str(path)


def measure_run(source: str, target: Path, workers: int) -> tuple[float, int]:
    """Give the seconds of a run, and its pages."""
    started = time.perf_counter()
    result = run(source, str(target), workers=workers, rows=ROWS)
    assert not result.errors, result.errors
    return time.perf_counter() - started, result.pages


def compare_workers(pages: list[bytes], count: int, folder: Path) -> None:
    """One worker against two."""
    source = write_pages(pages, count, folder / "workers.parquet")
    one, read = measure_run(source, folder / "one", 1)
    two, _ = measure_run(source, folder / "two", 2)
    print(
        f"workers  one {read / one:.1f} pages/s, two {read / two:.1f} pages/s, "
        f"ratio {one / two:.2f} (asked 1.7)"
    )


def compare_guard(pages: list[bytes], count: int) -> None:
    """The bare function against the same in its guarded process."""
    table = pa.Table.from_pylist(list(make_rows(pages, count)), schema=page_schema())
    batches = table.to_batches(max_chunksize=ROWS)
    warm = batches[0].slice(0, 8)
    list(read_batches([warm]))
    started = time.perf_counter()
    for _ in read_batches(batches):
        pass
    bare = time.perf_counter() - started
    guarded = guard_batches([warm, *batches])
    next(guarded)
    started = time.perf_counter()
    for _ in guarded:
        pass
    taken = time.perf_counter() - started
    print(
        f"guard    bare {count / bare:.1f} pages/s, guarded {count / taken:.1f} pages/s, "
        f"overhead {taken / bare - 1:.1%} a page (asked at most 10 %)"
    )


def write_warc(rows: Iterable[dict[str, object]], path: Path) -> None:
    """Write pages as an archive, compressed record by record."""
    with path.open("wb") as file:
        for row in rows:
            content = row["content"]
            assert isinstance(content, bytes)
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + content
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {row['url']}\r\n"
                f"WARC-Date: 2026-03-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + body + b"\r\n\r\n", compresslevel=5))


def compare_warc(pages: list[bytes], count: int, folder: Path) -> None:
    """An archive to claims against fastwarc and trafilatura alone."""
    path = folder / "pages.warc.gz"
    write_warc(make_rows(pages, count), path)
    bare_extraction(pages[0].decode("utf-8", "replace"), with_metadata=True)
    started = time.perf_counter()
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            record.parse_http()
            bare_extraction(record.reader.read(), with_metadata=True)
    alone = time.perf_counter() - started
    ours, read = measure_run(str(path), folder / "warc", 1)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"warc     fastwarc and trafilatura {count / alone:.1f} pages/s, ours to claims "
        f"{read / ours:.1f} pages/s, ratio {alone / ours:.2f} (asked 0.7); the process that reads "
        f"took {peak:.0f} MB at most"
    )


def measure_growth(pages: list[bytes], count: int, folder: Path) -> None:
    """Time for 1, 4 and 16 times the pages."""
    times = []
    for factor in (1, 4, 16):
        source = write_pages(pages, factor * count, folder / f"growth{factor}.parquet")
        taken, _ = measure_run(source, folder / f"growth{factor}", 2)
        times.append(taken)
    told = ", ".join(f"{b / a / 4:.2f}" for a, b in pairwise(times))
    print(f"growth   {count} to {16 * count} pages, time by input for each four times: {told}")


def find_child() -> int:
    """Give the process that reads, which this one started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"scale._child" in (folder / "cmdline").read_bytes():
                return int(folder.name)
        except OSError:
            continue
    return os.getpid()


def read_memory(process: int) -> float:
    """Give the MB that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def measure_memory(count: int, folder: Path) -> None:
    """Memory along one archive: of the process that reads, and of this one, which writes."""
    path = folder / "records.warc.gz"
    write_warc(make_up_rows(count), path)
    held: dict[int, list[tuple[float, float]]] = {}

    def look(progress: ScaleProgress) -> None:
        share = min(9, progress.pages * 10 // count)
        held.setdefault(share, []).append((read_memory(find_child()), read_memory(os.getpid())))

    result = run(str(path), str(folder / "memory"), workers=1, on_progress=look)
    assert not result.errors, result.errors
    print(f"memory   {result.pages} records, {path.stat().st_size / 1e6:.0f} MB of archive")
    for share, samples in sorted(held.items()):
        reads, writes = (sum(side) / len(side) for side in zip(*samples, strict=True))
        print(
            f"         up to {(share + 1) * count // 10}: {reads:.0f} MB in the process that "
            f"reads, {writes:.0f} MB in the one that writes"
        )


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("html", type=Path)
    parser.add_argument("--part", action="append", choices=PARTS)
    parser.add_argument("--pages", type=int, default=960)
    parser.add_argument("--records", type=int, default=50_000)
    given = parser.parse_args()
    parts = given.part or PARTS
    pages = find_pages(given.html) if {*parts} - {"memory"} else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "workers" in parts:
            compare_workers(pages, given.pages, folder)
        if "guard" in parts:
            compare_guard(pages, given.pages)
        if "warc" in parts:
            compare_warc(pages, given.pages, folder)
        if "growth" in parts:
            measure_growth(pages, given.pages // 4, folder)
        if "memory" in parts:
            measure_memory(given.records, folder)


if __name__ == "__main__":
    main()
