#!/usr/bin/env python3
"""What is missed and what is wrong, by cause and by kind; and what lexicon and ranker are worth.

    claim_errors.py [--curves] TEXTS=CLAIMS [TEXTS=CLAIMS ...] [SENTENCES ...]

TEXTS and CLAIMS: as for ``train_ranker.py``. SENTENCES: a file as ``data/world.txt``; its odd and
even lines are counted apart, so that one half can be read and the other stay unread. Every figure
is of the extractor as it ships, on the texts as they are: nothing is cleaned away first.
``--curves`` also scores a quarter, half and three quarters of the lexicon (chosen by a hash of the
lemma), and rules alone: of each trigger that is not weak the pair that fits best, without ranker.
"""

import argparse
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import attrs
from train_ranker import Key, Text, key_of, read_annotated, read_sentences

from alignwatch.extract import load_gazetteer
from alignwatch.extract._extractor import _SHORT as SHORT
from alignwatch.extract._extractor import EXTRACTOR_VERSION
from alignwatch.extract._fold import fold_drafts
from alignwatch.extract._lexicon import Lexicon, load_lexicon
from alignwatch.extract._ranker import Ranker, load_ranker
from alignwatch.extract._rules import Reader
from alignwatch.extract._weigh import weigh
from alignwatch.model import Document, Kind

MOST = 20
K = TypeVar("K")
Given = dict[int, set[Key]]
"""What is given for each text, by its id()."""


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
        source, annotated, claims = name.partition("=")
        if annotated:
            texts += read_annotated(reader, Path(source), Path(claims))
            continue
        for number, text in enumerate(read_sentences(reader, Path(source)), start=1):
            text.group = f"{Path(source).stem}: {'odd' if number % 2 else 'even'}"
            texts.append(text)
    return texts


def said(text: Text, ranker: Ranker) -> set[Key]:
    """The keys that the extractor gives; to be asked once, as it weighs the drafts anew."""
    drafts = [row.draft for row in text.rows]
    if not drafts:
        return set()
    weigh(drafts, ranker.looks)
    scene = drafts[0].scene
    document = Document(article=text.name, text=scene.text, speaker=scene.speaker)
    if scene.speaker is not None:
        threshold = ranker.spoken
    elif len(scene.text) <= SHORT and ranker.short is not None:
        threshold = ranker.short
    else:
        threshold = ranker.threshold
    claims = fold_drafts(drafts, document, extractor=EXTRACTOR_VERSION, threshold=threshold)
    return {(claim.source, claim.target, str(claim.kind), claim.negated) for claim in claims}


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


def to_family(key: Key) -> Hashable:
    return frozenset(key[:2]), Kind(key[2]).family, key[3]


def to_pair(key: Key) -> Hashable:
    return frozenset(key[:2])


def print_scores(texts: Sequence[Text], said_of: Given) -> None:
    """Precision, recall and F1: of the claim, with the family for its kind, of the pair alone."""
    print("| | exact: P | R | F1 | coarse: F1 | pair: F1 |")
    for group in sorted({text.group for text in texts}):
        mine = [(text.gold, said_of[id(text)]) for text in texts if text.group == group]
        cells = []
        for loosen in (tuple, to_family, to_pair):
            hits = sum(len({*map(loosen, g)} & {*map(loosen, s)}) for g, s in mine)
            given = sum(len({*map(loosen, s)}) for _, s in mine)
            wanted = sum(len({*map(loosen, g)}) for g, _ in mine)
            scores = [hits / max(1, given), hits / max(1, wanted), 2 * hits / (given + wanted or 1)]
            cells += scores if loosen is tuple else scores[2:]
        print(f"| {group} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")


def print_kinds(texts: Sequence[Text], said_of: Given) -> None:
    """Of each kind how many are annotated, proposed, found, and given; the worst recall first."""
    counts: dict[str, Counter[str]] = {}
    for text in texts:
        proposed, given = {key_of(row.draft) for row in text.rows}, said_of[id(text)]
        for name, keys in (
            ("annotated", text.gold),
            ("proposed", text.gold & proposed),
            ("found", text.gold & given),
            ("given", given),
        ):
            for key in keys:
                counts.setdefault(str(Kind(key[2])), Counter())[name] += 1
    print("\n| kind | annotated | proposed | found | given | recall |")
    rows = sorted(counts.items(), key=lambda i: (i[1]["found"] / max(1, i[1]["annotated"]), i[0]))
    for kind, count in rows:
        cells = [count[name] for name in ("annotated", "proposed", "found", "given")]
        recall = count["found"] / max(1, count["annotated"])
        print(f"| {kind} | " + " | ".join(map(str, cells)) + f" | {recall:.2f} |")


def f1(texts: Iterable[Text], given: Given) -> float:
    rows = [(text.gold, given[id(text)]) for text in texts]
    hits = sum(len(gold & mine) for gold, mine in rows)
    return 2 * hits / max(1, sum(len(gold) + len(mine) for gold, mine in rows))


def ranked(counts: Counter[K]) -> list[tuple[K, int]]:
    """The most frequent ones, ties in the order of their names."""
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:MOST]


def print_causes(texts: Sequence[Text], said_of: Given) -> None:
    causes: Counter[tuple[str, str]] = Counter()
    by_kind: Counter[str] = Counter()
    confused: Counter[tuple[str, str]] = Counter()
    for text in texts:
        proposed = {key_of(row.draft) for row in text.rows}
        given = said_of[id(text)]
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
        given = {id(text): said(text, load_ranker()) for text in texts}
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
    parser.add_argument("sets", nargs="+", metavar="TEXTS=CLAIMS or SENTENCES")
    parser.add_argument("--curves", action="store_true")
    args = parser.parse_args()
    texts = read_all(args.sets, load_lexicon())
    given = {id(text): said(text, load_ranker()) for text in texts}
    print_scores(texts, given)
    print_kinds(texts, given)
    print()
    print_causes(texts, given)
    if args.curves:
        print_curves(args.sets)


if __name__ == "__main__":
    main()
