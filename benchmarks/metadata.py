#!/usr/bin/env python3
"""Score the metadata of pages, on all of a set and on two halves of its hosts, and time it.

Takes the folder of bench_extract.py (its loaders and its metric) and that of the page sets.
"""

import argparse
import hashlib
import importlib
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alignwatch.text._metadata import Metadata, read_metadata
from alignwatch.text._page import _build_tree

FIELDS = ("title", "authors", "date")


def main() -> None:
    """Print a line for each set and half, then where the dates come from, and the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path, help="folder of bench_extract.py")
    parser.add_argument("html", type=Path, help="folder of the page sets")
    parser.add_argument("--sets", nargs="+", default=["aed", "wcxb"])
    args = parser.parse_args()
    sys.path.insert(0, str(args.eval))
    bench: Any = importlib.import_module("bench_extract")
    bench.WCXB_TYPES.add("article")
    for name in args.sets:
        rows = list(bench.LOADERS[name](args.html / name))
        score(name, bench, {key: (bench.read_html(path), info) for key, path, info in rows})


def score(name: str, bench: Any, pages: dict[str, tuple[str, dict[str, Any]]]) -> None:
    """Print how one set fares."""
    truths = {key: info for key, (_, info) in pages.items()}
    found: dict[str, Metadata] = {}
    spent = 0.0
    for key, (html, info) in pages.items():
        tree = _build_tree(html, info["url"])
        start = time.process_time()
        found[key] = read_metadata(tree, url=info["url"])
        spent += time.process_time() - start
    got = {
        key: {"title": one.title, "authors": list(one.authors), "date": one.published}
        for key, one in found.items()
    }
    halves = {key: half_of(info["url"]) for key, info in truths.items()}
    for label, wanted in (("all", {0, 1}), ("half 1", {0}), ("half 2", {1})):
        chosen = {key: info for key, info in truths.items() if halves[key] in wanted}
        marks = bench.score_meta(chosen, got)
        print(
            f"{name} {label} ({len(chosen)}):", *(f"{field} {marks[field]:.3f}" for field in FIELDS)
        )
    right: Counter[tuple[str | None, bool]] = Counter()
    for key, info in truths.items():
        if info["date"]:
            hit = str(info["date"])[:10] == (found[key].published or "")[:10]
            right[found[key].published_from, hit] += 1
    for origin in sorted({origin for origin, _ in right}, key=str):
        print(f"{name} date from {origin}: {right[origin, True]} right, {right[origin, False]} not")
    print(f"{name}: {1000 * spent / len(pages):.2f} ms of CPU a page")


def half_of(url: str | None) -> int:
    """Give the half that a host falls into."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return hashlib.sha256(host.encode()).digest()[0] & 1


if __name__ == "__main__":
    main()
