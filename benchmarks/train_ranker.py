"""Train the weights of the claim ranker on annotated texts.

    train_ranker.py --out WEIGHTS.json TEXTS=CLAIMS [TEXTS=CLAIMS ...]

TEXTS: a JSON Lines file of texts (``id``, ``text``, perhaps ``speaker`` and ``published``) or a folder
of text files; CLAIMS: the annotated claims, one text a line (``doc``, ``claims``). The ranker sees how
trigger, source and target stand to each other, never a word of the text, so that what it learns on
one kind of text holds for another; ``--transfer`` shows it: each set is left out in turn.
"""

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from alignwatch.extract import load_gazetteer
from alignwatch.extract._rules import Draft, Reader
from alignwatch.model import Document

Row = tuple[tuple[str, ...], bool]
EPOCHS = 40
RATE = 0.25
L2 = 0.004
RARE = 4  # a feature seen less often says nothing about the next text


def read_documents(path: Path) -> Iterable[Document]:
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield Document(article=file.name, text=file.read_text("utf-8"))
        return
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Document(
            article=row["id"],
            text=row["text"],
            speaker=row.get("speaker"),
            published=row.get("published"),
        )


def read_keys(path: Path) -> dict[str, set[tuple[str, str, str, bool]]]:
    return {
        row["doc"]: {
            (c["source"], c["target"], c["kind"], bool(c.get("negated"))) for c in row["claims"]
        }
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    }


def key_of(draft: Draft) -> tuple[str, str, str, bool]:
    return (draft.source, draft.target, str(draft.kind), draft.voice.negated)


def train(rows: Sequence[Row]) -> dict[str, float]:
    """Fit a logistic regression with L2 by AdaGrad, in a fixed order: the same rows, the same weights."""
    seen = Counter(feature for features, _ in rows for feature in features)
    weights = {feature: 0.0 for feature, count in sorted(seen.items()) if count >= RARE}
    squares = dict.fromkeys(weights, 1e-6)
    told = [([f for f in features if f in weights], right) for features, right in rows]
    order = random.Random(7)
    for _ in range(EPOCHS):
        order.shuffle(told)
        for features, right in told:
            total = sum(weights[f] for f in features)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - right
            for f in features:
                slope = error + L2 * weights[f]
                squares[f] += slope * slope
                weights[f] -= RATE * slope / math.sqrt(squares[f])
    return weights


def chance(features: Iterable[str], weights: Mapping[str, float]) -> float:
    total = sum(weights.get(f, 0.0) for f in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def best_threshold(scored: Sequence[tuple[float, bool]], gold: int) -> tuple[float, float]:
    """The threshold with the highest F1, and that F1."""
    best, at, hits = 0.0, 0.5, 0
    for number, (value, right) in enumerate(sorted(scored, reverse=True), start=1):
        hits += right
        f1 = 2 * hits / (number + gold)
        if f1 > best:
            best, at = f1, value
    return at, best


def by_key(
    drafts: Mapping[str, Sequence[Draft]],
    weights: Mapping[str, float],
    keys: Mapping[str, set[tuple[str, str, str, bool]]],
) -> list[tuple[float, bool]]:
    scored = []
    for doc, found in drafts.items():
        top: dict[tuple[str, str, str, bool], float] = {}
        for draft in found:
            key = key_of(draft)
            top[key] = max(top.get(key, 0.0), chance(draft.features, weights))
        scored += [(value, key in keys[doc]) for key, value in sorted(top.items())]
    return scored


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="TEXTS=CLAIMS")
    parser.add_argument("--out", type=Path)
    parser.add_argument("--transfer", action="store_true")
    args = parser.parse_args()
    reader = Reader(load_gazetteer())
    drafts: list[dict[str, list[Draft]]] = []
    golds = []
    for name in args.sets:
        texts, _, claims = name.partition("=")
        keys = read_keys(Path(claims))
        golds.append(keys)
        drafts.append(
            {
                d.article: list(reader.read(d))
                for d in read_documents(Path(texts))
                if d.article in keys
            }
        )

    def rows(numbers: Iterable[int], part: int | None = None, *, inside: bool = False) -> list[Row]:
        return [
            (draft.features, key_of(draft) in golds[n][doc])
            for n in numbers
            for place, (doc, found) in enumerate(drafts[n].items())
            if part is None or (place % 4 == part) == inside
            for draft in found
        ]

    everything = range(len(drafts))
    if args.transfer:
        for left in everything:
            weights = train(rows(n for n in everything if n != left))
            pooled = [
                s for n in everything if n != left for s in by_key(drafts[n], weights, golds[n])
            ]
            total = sum(len(k) for n in everything if n != left for k in golds[n].values())
            at, _ = best_threshold(pooled, total)
            scored = by_key(drafts[left], weights, golds[left])
            gold = sum(len(k) for k in golds[left].values())
            said = [right for value, right in scored if value >= at]
            f1 = 2 * sum(said) / (len(said) + gold)
            print(
                f"{args.sets[left].partition('=')[0]}: left out F1 {f1:.3f} at {at:.2f}; best {best_threshold(scored, gold)[1]:.3f} at {best_threshold(scored, gold)[0]:.2f}"
            )
    held: list[list[tuple[float, bool]]] = [[] for _ in everything]
    for part in range(4):
        weights = train(rows(everything, part))
        for n in everything:
            some = {doc: f for place, (doc, f) in enumerate(drafts[n].items()) if place % 4 == part}
            held[n] += by_key(some, weights, golds[n])
    pooled = [s for h in held for s in h]
    total = sum(len(k) for g in golds for k in g.values())
    at, f1 = best_threshold(pooled, total)
    print(f"four folds over texts: F1 {f1:.3f} at {at:.2f}")
    for n in everything:
        gold = sum(len(k) for k in golds[n].values())
        said = [right for value, right in held[n] if value >= at]
        print(
            f"  {args.sets[n].partition('=')[0]}: P {sum(said) / max(1, len(said)):.3f} R {sum(said) / gold:.3f} F1 {2 * sum(said) / (len(said) + gold):.3f}"
        )
    if args.out:
        weights = train(rows(everything))
        told = {f: round(w, 4) for f, w in sorted(weights.items()) if abs(w) >= 0.005}
        made = {"threshold": round(at, 3), "weights": told}
        args.out.write_text(json.dumps(made, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
