"""Memory over thousands of pages: what a long run holds must not grow with the pages it has read.

    benchmarks/memory.py FOLDER [--pages 5000] [--first 500]

FOLDER holds pages (``*.html`` or ``*.html.gz``, at any depth), which are read in a cycle: once in
this process with `read_html`, and once with the pipeline's parser, whose child process reads them
while this one cleans. A line for each tenth of the run tells the resident memory of this process
and its children; the last line compares the end with the state after the first pages.
"""

import argparse
import gzip
import itertools
import os
import pathlib
import subprocess
import sys
from collections.abc import Callable

from alignwatch.errors import PageError
from alignwatch.model import Page
from alignwatch.pipeline._parsing import PageParser
from alignwatch.sources import PagesSource
from alignwatch.text import clean_article, read_html


def _resident_kb(process: int) -> int:
    status = pathlib.Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


def _megabytes() -> float:
    own = os.getpid()
    children = pathlib.Path(f"/proc/{own}/task/{own}/children").read_text(encoding="ascii")
    return sum(_resident_kb(process) for process in (own, *map(int, children.split()))) / 1024


def _read_file(path: pathlib.Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def _cycle(
    read: Callable[[bytes, str], object], paths: list[pathlib.Path], pages: int, first: int
) -> float:
    at_first = refused = 0.0
    for number, path in zip(range(1, pages + 1), itertools.cycle(paths), strict=False):
        try:
            read(_read_file(path), f"https://example.org/{path.stem}")
        except PageError:
            refused += 1
        if number == first:
            at_first = _megabytes()
        if number == first or number % (pages // 10) == 0:
            print(f"  {number:6,} pages: {_megabytes():7.1f} MB", flush=True)
    ratio = _megabytes() / at_first
    print(f"  at the end {ratio:.3f} of that at {first} ({refused:.0f} pages refused)", flush=True)
    return ratio


def _direct(paths: list[pathlib.Path], pages: int, first: int) -> float:
    return _cycle(lambda content, url: read_html(content, url=url), paths, pages, first)


def _with_worker(paths: list[pathlib.Path], pages: int, first: int) -> float:
    source = PagesSource(urls=("https://example.org/",))
    with PageParser() as parser:

        def read(content: bytes, url: str) -> object:
            page = Page(url=url, content=content, media_type="text/html")
            return clean_article(parser.parse(source, page))

        return _cycle(read, paths, pages, first)


MODES = {"direct": _direct, "with a worker": _with_worker}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=5000)
    parser.add_argument("--first", type=int, default=500)
    parser.add_argument("--mode", choices=MODES, help="one way alone, in this process")
    args = parser.parse_args()
    if args.mode:
        paths = sorted([*args.folder.rglob("*.html"), *args.folder.rglob("*.html.gz")])
        print(f"{args.mode}, {len(paths)} pages in a cycle", flush=True)
        return 1 if MODES[args.mode](paths, args.pages, args.first) > 1.05 else 0
    # a process for each way, so that neither inherits the other's memory
    return max(
        subprocess.call([sys.executable, __file__, *sys.argv[1:], "--mode", mode]) for mode in MODES
    )


if __name__ == "__main__":
    sys.exit(main())
