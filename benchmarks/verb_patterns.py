#!/usr/bin/env python3
"""Patterns of verbs and objects as plain sentences between two states: which give their type?

    verb_patterns.py PATTERNS.tsv [--show TYPE] [--verbs N]

PATTERNS: columns (tabs, with a head line) of verbs divided by ";", a pattern (``*`` marks the
verb, ``+`` the partner), CAMEO code, PLOVER type, such as an event coder's dictionary gives.
Of each pattern N verbs (drawn by the pattern itself, so that every run makes the same sentences)
make a few sentences in the past tense between two states, one for each way in which the partner
may follow. Right is a pattern of which one sentence gives a claim of a kind that may stand for the
type, in the right direction. The patterns are broad and noisy: what counts is what is missing.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from agency_events import state_claims, types_of

from alignwatch.extract import Extractor, load_extractor
from alignwatch.extract._inflect import verb_forms

__all__ = ["make_sentences"]

_STATES = (
    ("Kenya", "KEN"),
    ("Peru", "PER"),
    ("Norway", "NOR"),
    ("Ghana", "GHA"),
    ("Vietnam", "VNM"),
    ("Japan", "JPN"),
    ("Poland", "POL"),
    ("Egypt", "EGY"),
    ("Canada", "CAN"),
    ("India", "IND"),
    ("Brazil", "BRA"),
    ("Iran", "IRN"),
    ("Serbia", "SRB"),
    ("Morocco", "MAR"),
)
_FOLLOWS = {
    "AGREE": ("with", "to", "in"),
    "CONSULT": ("with", "in", "to"),
    "SUPPORT": ("with", "for", "to"),
    "COOPERATE": ("with", "to"),
    "AID": ("to", "for", "in"),
    "CONCEDE": ("on", "from", "to"),
    "RETREAT": ("from", "with", "in"),
    "REQUEST": ("from", "to"),
    "ACCUSE": ("of", "against", "to"),
    "REJECT": ("from", "with", "by"),
    "THREATEN": ("against", "on", "to"),
    "PROTEST": ("against", "in"),
    "SANCTION": ("against", "with", "to"),
    "MOBILIZE": ("against", "to", "near"),
    "COERCE": ("of", "against", "from"),
    "ASSAULT": ("on", "in", "against"),
}
_PREPS = frozenset(
    [
        "to",
        "with",
        "for",
        "against",
        "from",
        "of",
        "on",
        "in",
        "into",
        "at",
        "by",
        "over",
        "about",
        "near",
        "across",
    ]
)


def past_of(verb: str) -> str:
    """The past form of *verb*."""
    forms = verb_forms(verb)
    wanted = ("past", "pret")
    return next((form for form, part in forms.items() if part in wanted), verb)


def make_sentences(
    verbs: list[str], pattern: str, name: str, source: str, target: str
) -> Iterator[str]:
    """The sentences of one pattern."""
    before, _, behind = pattern.replace("$", "").partition("*")
    words = behind.split()
    doer = f"{source}'s {before.strip()}" if before.strip(" +") else source
    if "+" in before:
        doer, words = source, ["+", *words]
    for verb in verbs:
        done = past_of(verb)
        if "+" in words:
            yield f"{doer} {done} {' '.join(words).replace('+', target)} on Monday."
        elif not words:
            for prep in ("", *_FOLLOWS[name]):
                yield f"{doer} {done} {prep + ' ' if prep else ''}{target} on Monday."
        elif words[-1] in _PREPS:
            yield f"{doer} {done} {' '.join(words)} {target} on Monday."
        else:
            thing = " ".join(words)
            for prep in _FOLLOWS[name]:
                yield f"{doer} {done} {thing} {prep} {target} on Monday."
            yield f"{doer} {done} {target} {thing} on Monday."
            yield f"{doer} {done} {target}'s {thing} on Monday."


def judge(extractor: Extractor, sentences: list[str], name: str, pair: tuple[str, str]) -> str:
    """Whether one of *sentences* gives the type: ``right``, ``other`` kinds only, ``nothing``."""
    kinds: Counter[str] = Counter()
    for sentence in sentences:
        for claim in state_claims(extractor, sentence):
            way = (claim.source, claim.target)
            turned = claim.kind.is_symmetric and way == pair[::-1]
            if name in types_of(claim) and (way == pair or turned):
                return "right"
            kinds[str(claim.kind)] += 1
    return f"other ({', '.join(kind for kind, _ in kinds.most_common(2))})" if kinds else "nothing"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("patterns", type=Path)
    parser.add_argument("--show", default="")
    parser.add_argument("--verbs", type=int, default=1)
    args = parser.parse_args()
    extractor = load_extractor("rules")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for line in args.patterns.read_text("utf-8").splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 4 or cells[3] not in _FOLLOWS or "^" in cells[1] or "%" in cells[1]:
            continue
        seed = crc32(line.encode())
        verbs = [verb.replace("_", " ") for verb in cells[0].split(";")]
        drawn = [verbs[(seed + 7 * turn) % len(verbs)] for turn in range(args.verbs)]
        one, two = _STATES[seed % len(_STATES)], _STATES[(seed + 1 + seed % 5) % len(_STATES)]
        sentences = list(make_sentences(drawn, cells[1], cells[3], one[0], two[0]))
        found = judge(extractor, sentences, cells[3], (one[1], two[1]))
        counts[cells[3]][found.partition(" ")[0]] += 1
        if args.show in {cells[3], "all"} and found != "right":
            sys.stdout.write(f"{cells[3]} {cells[2]} {cells[1]} | {found} | {sentences[0]}\n")
    sys.stdout.write(
        "| type | patterns | right | another kind | nothing |\n|---|---|---|---|---|\n"
    )
    counts["all"] = sum(counts.values(), Counter())
    for name, found in counts.items():
        total = found.total()
        shares = " | ".join(f"{found[key] / total:.2f}" for key in ("right", "other", "nothing"))
        sys.stdout.write(f"| {name} | {total} | {shares} |\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
