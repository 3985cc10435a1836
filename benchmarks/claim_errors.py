#!/usr/bin/env python3
"""What is missed and what is wrong, by cause and by kind; and what lexicon and ranker are worth.

    claim_errors.py [--curves] TEXTS=CLAIMS [TEXTS=CLAIMS ...]

TEXTS and CLAIMS: as for ``train_ranker.py``. Every figure is of the extractor as it ships.
``--curves`` also scores a quarter, half and three quarters of the lexicon (chosen by a hash of the
lemma), and rules alone: of each trigger that is not weak the pair that fits best, without ranker.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import attrs
from train_ranker import Key, Text, key_of, read_annotated

from alignwatch.extract import load_gazetteer
from alignwatch.extract._lexicon import Lexicon, load_lexicon
from alignwatch.extract._ranker import load_ranker
from alignwatch.extract._rules import Reader
from alignwatch.extract._weigh import weigh
from alignwatch.model import Kind

MOST = 20
K = TypeVar("K")


def thin_lexicon(share: float) -> Lexicon:
    lexicon = load_lexicon()

    def keeps(lemma: str) -> bool:
        return crc32(lemma.encode()) % 100 < share * 100

    entries = {
        first: tuple(entry for entry in rows if keeps(entry.lemma))
        for first, rows in lexicon.entries.items()
    }
    heads = {
        first: (
            tuple(entry for entry in single if keeps(entry.lemma)),
            {
                second: tuple(entry for entry in rows if keeps(entry.lemma))
                for second, rows in longer.items()
            },
        )
        for first, (single, longer) in lexicon.heads.items()
    }
    return attrs.evolve(lexicon, entries=entries, heads=heads)


def read_all(sets: Sequence[str], lexicon: Lexicon) -> list[Text]:
    reader = Reader(load_gazetteer(), lexicon)
    texts: list[Text] = []
    for name in sets:
        source, _, claims = name.partition("=")
        texts += read_annotated(reader, Path(source), Path(claims))
    return texts


def said(text: Text) -> set[Key]:
    """The keys that the extractor gives."""
    ranker = load_ranker()
    drafts = [row.draft for row in text.rows]
    weigh(drafts, ranker.looks)
    spoken = bool(drafts) and drafts[0].scene.speaker is not None
    threshold = ranker.spoken if spoken else ranker.threshold
    return {key_of(draft) for draft in drafts if draft.chance >= threshold}


def said_by_rules(text: Text) -> set[Key]:
    """The keys of the pair that fits best, of each trigger that is not weak."""
    drafts = [row.draft for row in text.rows]
    return {
        key_of(draft)
        for draft in drafts
        if draft.candidate.rank == 0 and not draft.candidate.trigger.entry.weak
    }


def missed_because(key: Key, proposed: Iterable[Key]) -> str:
    keys = set(proposed)
    if key in keys:
        return "proposed, ranked too low"
    if (key[1], key[0], *key[2:]) in keys:
        return "only the other direction proposed"
    if (*key[:3], not key[3]) in keys:
        return "only the opposite proposed"
    if any({*key[:2]} == {*other[:2]} for other in keys):
        return "pair proposed, no trigger of that kind"
    return "pair never proposed"


def wrong_because(key: Key, gold: Iterable[Key]) -> str:
    mates = [other for other in gold if {*other[:2]} == {*key[:2]}]
    if not mates:
        return "the pair has no claim"
    if any(other[2] == key[2] for other in mates):
        return "negation or direction"
    return "right pair, other kind"


def f1(texts: Iterable[Text], given: dict[int, set[Key]]) -> float:
    rows = [(text.gold, given[id(text)]) for text in texts]
    hits = sum(len(gold & mine) for gold, mine in rows)
    return 2 * hits / max(1, sum(len(gold) + len(mine) for gold, mine in rows))


def ranked(counts: Counter[K]) -> list[tuple[K, int]]:
    """The most frequent ones, ties in the order of their names."""
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:MOST]


def print_causes(texts: Sequence[Text]) -> None:
    causes: Counter[tuple[str, str]] = Counter()
    by_kind: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for text in texts:
        proposed = {key_of(row.draft) for row in text.rows}
        given = said(text)
        for key in text.gold - given:
            cause = f"missed: {missed_because(key, proposed)}"
            causes[text.group, cause] += 1
            by_kind[f"{cause} ({key[2]})"] += 1
            confused.update(
                (key[2], other[2])
                for other in given - text.gold
                if {*other[:2]} == {*key[:2]} and other[2] != key[2]
            )
        for key in given - text.gold:
            cause = f"wrong: {wrong_because(key, text.gold)}"
            causes[text.group, cause] += 1
            by_kind[f"{cause} ({key[2]})"] += 1
    groups = sorted({text.group for text in texts})
    print("| | " + " | ".join(groups) + " |")
    for cause in sorted({cause for _, cause in causes}):
        print(f"| {cause} | " + " | ".join(str(causes[g, cause]) for g in groups) + " |")
    print("\nmost frequent causes")
    for name, count in ranked(by_kind):
        print(f"| {name} | {count} |")
    print("\nannotated kind, given kind (same pair)")
    for (want, have), count in ranked(confused):
        print(f"| {Kind(want)} | {Kind(have)} | {count} |")


def print_curves(sets: Sequence[str]) -> None:
    print("\n| lexicon | exact F1 |")
    for share in (0.25, 0.5, 0.75, 1.0):
        texts = read_all(sets, thin_lexicon(share))
        groups = sorted({text.group for text in texts})
        given = {id(text): said(text) for text in texts}
        scores = [f1([t for t in texts if t.group == g], given) for g in groups]
        told = ", ".join(f"{g} {s:.3f}" for g, s in zip(groups, scores, strict=True))
        print(f"| {share:.0%} | {told} |")
    texts = read_all(sets, load_lexicon())
    given = {id(text): said_by_rules(text) for text in texts}
    groups = sorted({text.group for text in texts})
    scores = [f1([t for t in texts if t.group == g], given) for g in groups]
    told = ", ".join(f"{g} {s:.3f}" for g, s in zip(groups, scores, strict=True))
    print(f"| 100%, rules alone | {told} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", metavar="TEXTS=CLAIMS")
    parser.add_argument("--curves", action="store_true")
    args = parser.parse_args()
    print_causes(read_all(args.sets, load_lexicon()))
    if args.curves:
        print_curves(args.sets)


if __name__ == "__main__":
    main()
