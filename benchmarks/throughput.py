"""Sentences a second through cleaning and extraction, peak memory, and the time of the import.

    benchmarks/throughput.py FOLDER [--seconds 5] [--extractor syntax --model NAME]

FOLDER holds texts. One process, after start: the texts are read first, the loop cleans and
extracts them again and again; what is kept of single sentences is forgotten before each round.
The peer in the same run is a bare count of words with a regular expression over the same texts, so
that the ratio means something on another machine.
"""

import argparse
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import time

import alignwatch as aw
from alignwatch.extract import _details, load_extractor, split_sentences


def import_seconds() -> float:
    command = [
        sys.executable,
        "-c",
        "import time; t = time.perf_counter(); import alignwatch; print(time.perf_counter() - t)",
    ]
    times = [
        float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(7)
    ]
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--extractor", default="rules")
    parser.add_argument("--model", help="of the extractor, if it uses one")
    args = parser.parse_args()
    extractor = load_extractor(args.extractor, model=args.model)

    texts = [path.read_text(encoding="utf-8") for path in sorted(args.folder.glob("*.txt"))]
    documents = [aw.clean(text) for text in texts]
    sentences = sum(len(split_sentences(document.text)) for document in documents)
    claims = sum(len(aw.extract(document, extractor=extractor)) for document in documents)
    kept = [known for known in vars(_details).values() if hasattr(known, "cache_clear")]
    rounds, started = 0, time.process_time()
    while time.process_time() - started < args.seconds:
        for known in kept:
            known.cache_clear()
        for text in texts:
            aw.extract(aw.clean(text), extractor=extractor)
        rounds += 1
    ours = rounds * sentences / (time.process_time() - started)
    word = re.compile(r"\w+")
    rounds, started = 0, time.process_time()
    while time.process_time() - started < 1:
        for text in texts:
            sum(1 for _ in word.finditer(text))
        rounds += 1
    peer = rounds * sentences / (time.process_time() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(texts)} texts, {sentences} sentences, {claims} claims")
    print(f"clean and extract: {ours:,.0f} sentences/s")
    print(f"counting words: {peer:,.0f} sentences/s, {peer / ours:.0f} times as many")
    print(f"peak memory {memory:.0f} MB; import alignwatch {import_seconds():.3f} s (median of 7)")


if __name__ == "__main__":
    main()
