#!/usr/bin/env python3
"""Where the time goes from a page's HTML to its claims, and how many pages a second that makes.

    benchmarks/html_profile.py FOLDER [--pages N] [--rounds 5] [--against CHECKOUT]

FOLDER holds pages, *.html or *.html.gz, in itself or below; N of them are taken evenly. CPU time of
one process. With --against the pages are also read by the code of another checkout, such as a
`git worktree` of an older commit, in a process of its own, page by page in turn with this one's;
the ratio is that of the sums of each page's quickest reading.
"""

import argparse
import contextlib
import functools
import gzip
import importlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import alignwatch as aw
from alignwatch.errors import AlignwatchError
from alignwatch.text import clean_article, parse_html

# what is timed: module, function, what it is called in the table
STAGES = (
    ("alignwatch.text._page", "_to_text", "bytes to text"),
    ("alignwatch.text._page", "_check_tags", "bytes to text"),
    ("alignwatch.text._page", "build_tree", "text to tree (lxml)"),
    ("alignwatch.text._metadata", "read_metadata", "metadata"),
    ("alignwatch.text._content", "read_blocks", "blocks: read"),
    ("alignwatch.text._content", "measure_blocks", "blocks: measure"),
    ("alignwatch.text._content_model", "Forest.judge", "blocks: judge"),
    ("alignwatch.text._extraction", "leave_unread", "pages in doubt (trafilatura)"),
    ("alignwatch.text._extraction", "extract_by_rules", "pages in doubt (trafilatura)"),
    (__name__, "clean_article", "clean"),
    (__name__, "extract", "claims"),
)
WARM_UP = 12


def extract(document: Any) -> Any:
    """Give the claims of a document."""
    return aw.extract(document)


def read_page(page: bytes) -> None:
    """Read a page as a user does; one that holds no article, or none in English, counts too."""
    with contextlib.suppress(AlignwatchError):
        article = parse_html(page, url="https://example.org/a")
        extract(clean_article(article))


def read_pages(folder: Path, most: int) -> list[bytes]:
    """Give *most* pages of *folder*, taken evenly in the order of their names."""
    paths = sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")])
    paths = paths[:: max(1, len(paths) // most)][:most]
    contents = [path.read_bytes() for path in paths]
    return [gzip.decompress(c) if c[:2] == b"\x1f\x8b" else c for c in contents]


def spend(page: bytes) -> float:
    """Give the seconds of CPU that reading took."""
    start = time.process_time()
    read_page(page)
    return time.process_time() - start


def watch(spent: Counter[str]) -> None:
    """Let every stage add what it takes to *spent*, without the stages inside it."""
    inner: list[float] = []
    for module, path, stage in STAGES:
        owner: Any = importlib.import_module(module) if module != __name__ else sys.modules[module]
        *above, name = path.split(".")
        for part in above:
            owner = getattr(owner, part)
        setattr(owner, name, _timed(getattr(owner, name), stage, spent, inner))


def _timed(function: Any, stage: str, spent: Counter[str], inner: list[float]) -> Any:
    @functools.wraps(function)
    def timed(*args: Any, **kwargs: Any) -> Any:
        inner.append(0.0)
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            took = time.process_time() - start
            spent[stage] += took - inner.pop()
            if inner:
                inner[-1] += took

    return timed


def answer(pages: list[bytes]) -> None:
    """Read the page whose number stands in each line of stdin, and say how long it took."""
    for page in pages[:WARM_UP]:
        read_page(page)
    for line in sys.stdin:
        print(spend(pages[int(line)]), flush=True)


@contextlib.contextmanager
def start_other(checkout: Path, arguments: list[str]) -> Iterator["subprocess.Popen[str]"]:
    """Start this script on the code of another checkout."""
    env = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    command = [sys.executable, __file__, *arguments, "--answer"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=checkout
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def compare(pages: list[bytes], rounds: int, checkout: Path, arguments: list[str]) -> None:
    """Print the pages a second of both checkouts, and their ratio."""
    ours = [float("inf")] * len(pages)
    theirs = list(ours)
    with start_other(checkout, arguments) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        for _ in range(rounds):
            for at, page in enumerate(pages):
                other.stdin.write(f"{at}\n")
                other.stdin.flush()
                theirs[at] = min(theirs[at], float(other.stdout.readline()))
                ours[at] = min(ours[at], spend(page))
    mine, its = len(pages) / sum(ours), len(pages) / sum(theirs)
    print(f"here {mine:.1f} pages a second, there {its:.1f}: {mine / its:.2f} times")


def main() -> None:
    """Print the table, and the comparison that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", type=Path)
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    pages = read_pages(args.folder.resolve(), args.pages)
    if args.answer:
        answer(pages)
        return
    for page in pages[:WARM_UP]:
        read_page(page)
    if args.against:
        where = [str(args.folder.resolve()), "--pages", str(args.pages)]
        compare(pages, args.rounds, args.against.resolve(), where)
    spent: Counter[str] = Counter()
    watch(spent)
    total = sum(spend(page) for _ in range(args.rounds) for page in pages)
    spent["all else"] = total - sum(spent.values())
    print(f"{len(pages)} pages, {args.rounds * len(pages) / total:.1f} a second")
    for stage, seconds in spent.most_common():
        took = 1000 * seconds / args.rounds / len(pages)
        print(f"{stage:30s} {took:6.2f} ms a page {seconds / total:6.1%}")


if __name__ == "__main__":
    main()
