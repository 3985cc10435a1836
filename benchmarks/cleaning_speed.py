"""CPU time of cleaning alone, over the articles of a folder of pages.

    benchmarks/cleaning_speed.py FOLDER [--rounds 5]

FOLDER holds pages (``*.html`` or ``*.html.gz``, at any depth); they are parsed first. A text's
time is the least of the rounds. The peer in the same run counts words with a regular expression.
"""

import argparse
import gzip
import pathlib
import re
import statistics
import time
from collections.abc import Callable

from alignwatch.errors import PageError
from alignwatch.text import clean_text, parse_html


def _read_texts(folder: pathlib.Path) -> list[str]:
    texts = []
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.html.gz")]):
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        try:
            texts.append(parse_html(content, article_id=path.stem).text)
        except PageError:
            continue
    return texts


def _milliseconds(work: Callable[[str], object], texts: list[str], rounds: int) -> list[float]:
    best = [float("inf")] * len(texts)
    for _ in range(rounds):
        for at, text in enumerate(texts):
            started = time.process_time()
            work(text)
            best[at] = min(best[at], (time.process_time() - started) * 1000)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    texts = _read_texts(args.folder)
    for text in texts[:40]:
        clean_text(text)
    ours = _milliseconds(clean_text, texts, args.rounds)
    peer = _milliseconds(re.compile(r"\w+").findall, texts, args.rounds)
    p50, p95 = statistics.median(ours), statistics.quantiles(ours, n=20)[18]
    print(f"{len(texts)} texts, median {statistics.median(map(len, texts)):,.0f} characters")
    print(f"cleaning: p50 {p50:.2f} ms, p95 {p95:.2f} ms")
    words = statistics.median(peer)
    print(f"counting words: p50 {words:.2f} ms; cleaning takes {p50 / words:.1f} times as long")


if __name__ == "__main__":
    main()
