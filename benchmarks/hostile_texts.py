"""Time and memory of cleaning over hostile texts that grow tenfold, from 10 kB to 10 MB.

    benchmarks/hostile_texts.py [--only NAME ...] [--sizes 10000 100000 1000000 10000000]

Each text is made by a rule below. A case is cleaned in a process of its own; a line tells the CPU
seconds at each size, by how much they grow per doubling between two sizes (2.00 is proportional),
and the peak memory at the last. It exits with 1 if any case grows by more than `MOST_GROWTH`
between the last two sizes.
"""

import argparse
import itertools
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from alignwatch.text import clean_text
from alignwatch.text._phrases import load_phrases

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MOST_GROWTH = 2.15  # proportional, and what caches and the allocator add
STORY = (
    "the ministers of two countries met on monday to sign an agreement about trade water energy"
    " borders railways and customs which officials said would take years to carry out"
)
WORDS = STORY.split()
Rng = random.Random


def _fill(pieces: Iterator[str], size: int) -> str:
    made, length = [], 0
    for piece in pieces:
        made.append(piece)
        length += len(piece)
        if length >= size:
            break
    return "".join(made)[:size]


def _sentence(rng: Rng, words: int = 14) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def _lines(make: Callable[[Rng, int], str]) -> Callable[[int], str]:
    def text(size: int) -> str:
        rng = Rng(7)
        return _fill((make(rng, number) + "\n" for number in itertools.count(1)), size)

    return text


def _again(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _phrases(use: str) -> Callable[[int], str]:
    """Phrases of every language for one use, each beside a paragraph."""

    def spell(size: int) -> Iterator[str]:
        rng, left = Rng(7), size
        root = load_phrases()[use]._root  # noqa: SLF001 - the words that the rules look for
        while left > 0:
            words, node = [], root
            while node and (not node.ends or rng.random() < 0.5):
                word = rng.choice(sorted(node))
                words.append({"#": str(rng.randint(1, 99)), "*": "of them"}.get(word, word))
                node = node[word]
            line = " ".join(words).capitalize()
            line += f"\n{_sentence(rng)}\n" if rng.random() < 0.3 else "\n"
            left -= len(line)
            yield line

    return lambda size: _fill(spell(size), size)


def _growing_rows(size: int) -> str:
    rng = Rng(7)
    return _fill(
        (
            "| " + " | ".join(rng.choices(WORDS, k=1 + number % 400)) + " |\n"
            for number in itertools.count()
        ),
        size,
    )


def _half(size: int) -> str:
    rng, made = Rng(7), []
    for _ in range(size // 320):
        sentence = _sentence(rng, 25)
        made += [sentence, sentence[: len(sentence) // 2], sentence[len(sentence) // 2 :]]
    return "\n".join(made)[:size]


def _twice(size: int) -> str:
    rng = Rng(7)
    half = _fill((_sentence(rng) + "\n" for _ in itertools.count()), size // 2)
    return half + "\n" + half


CASES: dict[str, Callable[[int], str]] = {
    "one-letter lines": _again("a\n"),
    "other one-letter lines": _lines(lambda rng, _: rng.choice("abcdefghijklmnopqrstuvwxyz")),
    "short lines, all different": _lines(lambda _, number: f"{number:x}"),
    "one giant line": _again("the two ministers met "),
    "one giant word": _again("a"),
    "one giant word with apostrophes": _again("a'"),
    "one giant line of sentences": _again("The ministers met. "),
    "sentences without spaces": _again("The ministers met.And they spoke."),
    "only pipes": _again("|"),
    "pipes and lines": _again("|\n"),
    "only tabs": _again("\t"),
    "tabs and letters": _again("a\t"),
    "only spaces": _again(" "),
    "spaces, one letter behind": lambda size: " " * (size - 1) + "a",
    "spaces between letters": _again("a          "),
    "only line breaks": _again("\n"),
    "carriage returns": _again("\r"),
    "breaks of every kind": _again("a\r\n\x0b\x0c\x85\u2028\u2029b"),
    "odd spaces": _again("a\u00a0\u2003\u202f\u3000"),
    "nested brackets": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "nested parentheses": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "links that never close": _again("[a](http://"),
    "images that never close": _again("![a](http://e.org/"),
    "stars": _again("*"),
    "stars around letters": _again("**a** *b "),
    "underscores": _again("__a_"),
    "hashes": _again("# "),
    "headings of markdown": _lines(lambda rng, _: "## " + " ".join(rng.choices(WORDS, k=4))),
    "rulers": _again("- - -\n* * *\n"),
    "dashes in one line": _again("- "),
    "slugs": _again("a-and-"),
    "list item of slugs": lambda size: _sentence(Rng(7)) + "\n1. " + _again("b-a-")(size) + ".",
    "list markers": _lines(lambda rng, number: f"{number}. {_sentence(rng, 4)}"),
    "bullets": _lines(lambda rng, _: "\u2022 " + " ".join(rng.choices(WORDS, k=5))),
    "one paragraph, repeated": _again(_sentence(Rng(7)) + "\n"),
    "the whole text twice": _twice,
    "two paragraphs in turn": _again(_sentence(Rng(7)) + "\n" + _sentence(Rng(8)) + "\n"),
    "halves of paragraphs": _half,
    "one headline, repeated": _again("Ministers meet in the capital\n"),
    "headlines with a longer end": _lines(
        lambda _, number: "Ministers meet in the capital" + " again" * (number % 50)
    ),
    "captions twice": _lines(
        lambda _, number: "\n".join([f"Map of the border {number} - Atlas"] * 2)
    ),
    "paragraphs that end in captions": _lines(
        lambda rng, number: f"{_sentence(rng)} Map of border {number}\nMap of border {number}"
    ),
    "addresses": _lines(lambda _, number: f"https://example.org/{number}/?a={number}&b=1"),
    "e-mail addresses": _lines(lambda _, number: f"user{number}@example.org"),
    "hidden addresses": _again("[email protected] [email\u00a0protected]"),
    "entities": _again("&amp;amp;lt;&#8217;&nbsp;&"),
    "ampersands": _again("&amp;"),
    "entities that never end": _again("&amp;amp;amp;amp;amp;amp"),
    "zero-width marks": _again("a\u200b\u200d\u00ad\ufeff"),
    "mojibake": _again("Russia\u00e2\u20ac\u2122s caf\u00c3\u00a9 "),
    "mojibake without end": _again("\u00e2\u20ac\u2122"),
    "ligatures": _again("\ufb01\ufb02"),
    "long words": _lines(lambda rng, _: "".join(rng.choices(WORDS, k=200))),
    "right to left": _again(
        "\u0648\u0632\u064a\u0631 \u0627\u0644\u062e\u0627\u0631\u062c\u064a\u0629\u060c "
    ),
    "Chinese without spaces": _again(
        "\u5916\u4ea4\u90e8\u957f\u5728\u9996\u90fd\u4f1a\u8c08\u3002"
    ),
    "Chinese lines": _again("\u5916\u4ea4\u90e8\u957f\u5728\u9996\u90fd\u4f1a\u8c08\n"),
    "Cyrillic": _again("\u043c\u0438\u0440 \u0438 \u0442\u0440\u0443\u0434. "),
    "combining marks": _again("e" + "\u0301" * 50),
    "emoji": _again("\U0001f469\u200d\U0001f680 "),
    "bylines": _lines(lambda *_: "By Ada Roe and Bo Doe"),
    "dates": _lines(
        lambda _, number: f"{1 + number % 28} July {1990 + number % 40}, 10:{number % 60:02}"
    ),
    "reading times": _lines(lambda _, number: f"Example News {number} min read"),
    "authors' notes": _lines(lambda *_: "Ada Roe is a freelance writer and journalist in Riga."),
    "references": _lines(
        lambda _, number: f'[{number % 999}] A. Paper, "A Title," {1990 + number % 40}.'
    ),
    "references in one line": lambda size: _fill(
        (f"[{number % 999}] A. Paper, 2001. " for number in itertools.count(1)), size
    ),
    "a label of sources, again and again": _again("Sources:\nA Paper, 2001.\n"),
    "read also": _lines(lambda rng, _: "Read also: " + _sentence(rng, 6)),
    "read also, without a colon": _lines(lambda _, number: f"Read more\nTitle number {number}"),
    "contents list": lambda size: "Table of contents\n" + _lines(lambda _, n: f"Section {n}")(size),
    "contents list, again and again": _again("Contents\nTable of contents\nSection one\n"),
    "tags": _lines(lambda rng, _: ", ".join(rng.choices(WORDS, k=8))),
    "hashtags": _again("#trade #treaty "),
    "posts": _lines(lambda _, number: f"\u2014 Chief Roe (@roe{number}) December 22, 2023"),
    "copyright": _lines(lambda _, number: f"\u00a9 {number} Example News"),
    "closing prompts": _again("What do you think? Share your views in the comments below. "),
    "notices": _again("This news aggregator shows other sites' texts. The page will be removed. "),
    "phrases: line": _phrases("line"),
    "phrases: edge": _phrases("edge"),
    "phrases: start": _phrases("start"),
    "phrases: prose": _phrases("prose"),
    "phrases: label": _phrases("label"),
    "phrases: heading": _phrases("heading"),
    "phrases: sentence": _phrases("sentence"),
    "phrases: evidence": _phrases("evidence"),
    "table of one column": _again("| a |\n"),
    "table of many rows": _lines(lambda _, number: f"| {number} | {number * 7} | x |"),
    "table with separators everywhere": _again("| a | b |\n|---|---|\n"),
    "copies of a table": _again("| Year | Trade |\n|---|---|\n| 2024 | 240 |\n\n"),
    "rows of growing width": _growing_rows,
    "ragged rows": _lines(
        lambda rng, _: "| " + " | ".join(rng.choices(WORDS, k=rng.randint(1, 9)))
    ),
    "one giant row": lambda size: "| a | b |\n|---|---|\n" + _again("| a ")(size),
    "giant separator": lambda size: "| a | b |\n" + _again("|---")(size),
    "tabbed table": _lines(lambda _, number: f"{number}\t{number}\t{number}"),
    "spilled cells": _again("| a | - one\n- two\n"),
    "tags of lists in cells": _again("| a | <ul><li>one</li><li>two</li></ul> |\n"),
    "profiles": _again(
        "Detail Author:\nName : Ada Roe\nUsername : ada.roe\nEmail : ada@example.org\n"
        "Birthdate : 1991-02-15\n\n"
    ),
    "labels in one line": _again("Name: Ada Roe, Username: ada.roe, Email: a@example.org; "),
    "colons": _again("username:"),
    "field without end": lambda size: "Username " + " " * size + ":",
    "quotes": _again('\u201cYes,\u201d he said. "No," she said. '),
    "apostrophes": _again("'"),
    "dots": _again("."),
    "digits": _again("1"),
    "control characters": _again("\x00\x01\x1f"),
    "lone surrogates": _again("\ud800a"),
    "leftovers of HTML": _again("<div class='a'>text</div><!-- "),
    "script": _again("function(){var a=1;}\n"),
}


def measure(name: str, sizes: list[int]) -> None:
    clean_text(CASES[name](8_000))  # whatever is loaded once
    for size in sizes:
        text = CASES[name](size)
        times: list[float] = []
        while not times or (sum(times) < 0.2 and len(times) < 20):
            started = time.process_time()
            clean_text(text)
            times.append(time.process_time() - started)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps([min(times), memory]), flush=True)


def report(name: str, sizes: list[int], patience_s: float) -> float:
    """Print one case, measured in its own process; give its growth between the last two sizes."""
    command = [sys.executable, __file__, "--sizes", *map(str, sizes), "--measure", name]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=patience_s
        )
    except subprocess.TimeoutExpired:
        print(f"{name:38} took over {patience_s:g} s", flush=True)
        return math.inf
    except subprocess.CalledProcessError as error:
        print(f"{name:38} failed: {error.stderr.splitlines()[-1:]}", flush=True)
        return math.inf
    found = [json.loads(line) for line in done.stdout.splitlines()]
    told, growth = [f"{found[0][0]:9.4f} s"], 0.0
    for at in range(1, len(sizes)):
        growth = (found[at][0] / found[at - 1][0]) ** (1 / math.log2(sizes[at] / sizes[at - 1]))
        told.append(f"{found[at][0]:9.4f} s x{growth:.2f}")
    print(f"{name:38} {' '.join(told)} {found[-1][1]:7.0f} MB", flush=True)
    return growth


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--patience", type=float, default=300.0)
    parser.add_argument("--measure")
    args = parser.parse_args()
    if args.measure:
        measure(args.measure, args.sizes)
        return 0
    names = [name for name in CASES if not args.only or any(part in name for part in args.only)]
    slow = [name for name in names if report(name, args.sizes, args.patience) > MOST_GROWTH]
    print(f"{len(names)} texts, {len(slow)} grow faster than x{MOST_GROWTH}: {', '.join(slow)}")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
