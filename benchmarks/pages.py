#!/usr/bin/env python3
"""Pages a second from HTML to a clean Document with metadata, against trafilatura's extraction.

    benchmarks/pages.py FOLDER [--pages N]

FOLDER holds pages, *.html or *.html.gz, in itself or below. Both engines read each page in turn, in
this one process; what is counted is CPU time, so that other work on the machine disturbs little.
The first pages and a text in a rare language are read once before, uncounted: models and word lists
are loaded by then.
"""

import argparse
import contextlib
import gzip
import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from alignwatch.errors import PageError
from alignwatch.text import decode_text, detect_language, read_html

WARM_UP = 12


def read_pages(folder: Path, most: int | None) -> list[str]:
    """Give the pages of *folder* in the order of their names; what is no text is left out."""
    paths = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    pages = []
    for path in paths[:most]:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        try:
            pages.append(decode_text(content))
        except PageError:
            continue
    return pages


def by_alignwatch(page: str) -> None:
    """Read a page as a user does; one that holds no article counts too."""
    with contextlib.suppress(PageError):
        read_html(page, url="https://example.org/a")


def by_trafilatura(page: str) -> None:
    """Read a page by the peer's own function that gives text and metadata."""
    trafilatura.bare_extraction(page, url="https://example.org/a", with_metadata=True)


def spend(read: Callable[[str], None], page: str) -> float:
    """Give the seconds of CPU that reading took."""
    start = time.process_time()
    read(page)
    return time.process_time() - start


def main() -> int:
    """Print the pages a second of both and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=None, help="only the first N pages")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = read_pages(given.folder, given.pages)
    if not pages:
        print(f"no pages in {given.folder}", file=sys.stderr)
        return 2
    engines = {"alignwatch": by_alignwatch, "trafilatura": by_trafilatura}
    detect_language("kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen")
    for page in pages[:WARM_UP]:
        for read in engines.values():
            read(page)
    times: dict[str, list[float]] = {name: [] for name in engines}
    for page in pages:
        for name, read in engines.items():
            times[name].append(spend(read, page))
    for name, taken in times.items():
        middle = statistics.median(taken) * 1000
        print(f"{name:12} {len(taken) / sum(taken):7.1f} pages/s   p50 {middle:6.1f} ms")
    ratio = sum(times["trafilatura"]) / sum(times["alignwatch"])
    print(f"ratio        {ratio:7.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
