"""Train the weights of the claim ranker on annotated texts.

    train_ranker.py [--out WEIGHTS.json] [--leave SET] [--sentences FILE] [--drills]
        [--syntax MODEL] [--events FILE ...] TEXTS=CLAIMS [TEXTS=CLAIMS ...]

TEXTS: a JSON Lines file of texts (``id``, ``text``, perhaps ``speaker`` and ``published``) or a
folder of text files. CLAIMS: annotated claims, one text a line (``doc``, ``claims``). Sentences:
our own, see ``data/sentences.txt``. Events: sentences with source and target of one event and no
kind (the likeliest proposal for the pair counts as right). The ranker sees how trigger, source and
target stand to each other, never a word of the text, so that what it learns on one kind of text
holds for another; ``--leave`` shows it: that set is scored, and not trained on. It needs
scikit-learn.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from zlib import crc32

import attrs
from agency_events import types_of_kind
from drills import make_drills
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from alignwatch.extract import load_gazetteer, load_lexicon
from alignwatch.extract._ranker import calibrate, load_ranker, rate
from alignwatch.extract._rules import Draft, Reader
from alignwatch.extract._syntax import SyntaxReader
from alignwatch.extract._syntax_parse import load_pipeline
from alignwatch.extract._weigh import LOOKS, look_around
from alignwatch.model import Document, Kind

Key = tuple[str, str, str, bool]
Sample = tuple[dict[str, float], bool, float]
OURS = frozenset({"drills", "own"})  # made for training, never scored
EXHAUSTIVE = frozenset({"own"})  # here a text without claims says so
WORTH = 0.05  # chances below this are never given
FOLDS = 4
RARE = 5  # a feature seen less often says nothing about the next text
RIDGE = 10.0
SLOPES = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6)  # of confidence, where there are texts enough
# weights: another passage than the annotated one, an event, a made sentence
ELSEWHERE, EVENT, DRILL = 0.3, 1.2, 0.2


@attrs.define
class Row:
    """One draft with what it is worth to the training: `right`, with `weight`."""

    draft: Draft
    right: bool
    weight: float
    event: bool = False
    chance: float = 0.0


@attrs.define(eq=False)
class Text:
    """The drafts of one annotated text."""

    name: str
    rows: list[Row]
    gold: set[Key]
    group: str

    @property
    def half(self) -> int:
        return crc32(self.name.encode()) >> 8 & 1

    @property
    def fold(self) -> int:
        return crc32(self.name.encode()) % FOLDS


def key_of(draft: Draft) -> Key:
    return (draft.source, draft.target, str(draft.kind), draft.voice.negated)


def read_documents(path: Path) -> Iterable[Document]:
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield Document(article=file.name, text=file.read_text("utf-8"))
        return
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        if row.get("text", "").strip():
            yield Document(
                article=row.get("group") or row["id"],
                text=row["text"],
                speaker=row.get("speaker"),
                published=row.get("published"),
            )


def read_annotated(reader: Reader, texts: Path, claims: Path) -> Iterable[Text]:
    told = {
        row["doc"]: row["claims"] for row in map(json.loads, claims.read_text("utf-8").splitlines())
    }
    for document in read_documents(texts):
        places: dict[Key, list[tuple[int, int]]] = defaultdict(list)
        for claim in told.get(document.article, ()):
            start = claim.get("start")
            start = document.text.find(claim["quote"]) if start is None else start
            key = (claim["source"], claim["target"], claim["kind"], bool(claim.get("negated")))
            places[key].append((start, start + len(claim["quote"])))
        rows = []
        for draft in reader.read(document):
            found = places.get(key_of(draft), [])
            here = any(start < draft.end and draft.start < end for start, end in found)
            rows.append(Row(draft, bool(found), 1.0 if here or not found else ELSEWHERE))
        yield Text(document.article, rows, set(places), texts.stem)


def read_sentences(reader: Reader, path: Path) -> Iterable[Text]:
    lines = [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    for number, line in enumerate(lines):
        text, _, told = line.rpartition(" => ")
        gold: set[Key] = set()
        for claim in told.split(";"):
            if claim.strip() != "-":
                source, target, kind = claim.split()
                if Kind(kind.rstrip("!")).is_symmetric:
                    source, target = sorted((source, target))
                gold.add((source, target, kind.rstrip("!"), kind.endswith("!")))
        drafts = reader.read(Document(article=f"own-{number}", text=text))
        yield Text(f"own-{number}", [Row(d, key_of(d) in gold, 1.0) for d in drafts], gold, "own")


def read_drills(reader: Reader) -> Iterable[Text]:
    for number, drill in enumerate(make_drills()):
        source, target = drill.source, drill.target
        if Kind(drill.kind).is_symmetric:
            source, target = sorted((source, target))
        key = (source, target, drill.kind, False)
        drafts = reader.read(Document(article=f"drill-{number}", text=drill.text))
        rows = [Row(draft, key_of(draft) == key, DRILL) for draft in drafts]
        yield Text(f"drill-{number}", rows, {key}, "drills")


def read_events(reader: Reader, path: Path) -> Iterable[Text]:
    pairs: dict[str, list[tuple[set[str], set[str], str | None]]] = defaultdict(list)
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        if row.get("source_actor") and row.get("target_actor"):
            sides = (set(row["source_actor"].split(";")), set(row["target_actor"].split(";")))
            pairs[row["group"]].append((*sides, row.get("plover_type")))
    seen = set()
    for document in read_documents(path):
        if document.article in seen:
            continue
        seen.add(document.article)
        rows = []
        for draft in reader.read(document):
            types = types_of_kind(draft.kind, draft.voice.status, negated=draft.negated)
            right = any(
                (draft.source in s and draft.target in t)
                or (draft.kind.is_symmetric and draft.source in t and draft.target in s)
                for s, t, name in pairs[document.article]
                if name is None or name in types
            )
            rows.append(Row(draft, right, EVENT, event=True))
        yield Text(document.article, rows, set(), path.stem)


def fit(
    samples: Sequence[tuple[Mapping[str, float], bool, float]], ridge: float
) -> dict[str, float]:
    """Logistic regression with ridge; the same rows give the same weights."""
    seen = Counter(name for values, _, weight in samples if weight for name in values)
    names = [name for name, count in sorted(seen.items()) if count >= RARE]
    places = {name: place for place, name in enumerate(names)}
    told = [sample for sample in samples if sample[2]]
    starts, columns, data = [0], [], []
    for values, _, _ in told:
        for name, value in values.items():
            if name in places:
                columns.append(places[name])
                data.append(value)
        starts.append(len(columns))
    model = LogisticRegression(C=1 / ridge, fit_intercept=False, solver="liblinear", max_iter=1000)
    model.fit(
        csr_matrix((data, columns, starts), shape=(len(told), len(names))),
        [right for _, right, _ in told],
        sample_weight=[weight for _, _, weight in told],
    )
    return dict(zip(names, map(float, model.coef_[0]), strict=True))


def fit_features(texts: Iterable[Text]) -> dict[str, float]:
    rows = [row for text in texts for row in text.rows]
    return fit([(dict.fromkeys(r.draft.features, 1.0), r.right, r.weight) for r in rows], RIDGE)


def keep_best_events(texts: Iterable[Text], weights: Mapping[str, float]) -> None:
    """Of the proposals for an event's pair only the likeliest is right, the others say nothing."""
    for text in texts:
        right = [row for row in text.rows if row.event and row.right]
        best = max(right, key=lambda row: rate(row.draft.features, weights), default=None)
        for row in right:
            row.weight = EVENT if row is best else 0.0


@attrs.frozen
class Trained:
    """The weights of both looks, and slope and shift of confidence without and with a speaker."""

    first: dict[str, float]
    second: dict[str, float]
    sure: tuple[float, float]
    spoken_sure: tuple[float, float]


def train(texts: Sequence[Text]) -> Trained:
    """Fit the first look, then the second on what the first says of texts that it has not seen."""
    first = fit_features(texts)
    keep_best_events(texts, first)
    first = fit_features(texts)
    unseen: list[tuple[Text, list[Sample]]] = []
    for fold in range(FOLDS):
        weights = fit_features([text for text in texts if text.fold != fold])
        unseen += [(t, second_samples(t, weights)) for t in texts if t.fold == fold and t.rows]
    second = fit([sample for _, samples in unseen for sample in samples], 1.0)
    return Trained(
        first,
        second,
        fit_sureness((pair for pair in unseen if not is_spoken(pair[0])), second),
        fit_sureness((pair for pair in unseen if is_spoken(pair[0])), second, SLOPES),
    )


def is_spoken(text: Text) -> bool:
    return text.rows[0].draft.scene.speaker is not None


def fit_sureness(
    unseen: Iterable[tuple[Text, Sequence[Sample]]],
    second: Mapping[str, float],
    slopes: Sequence[float] = (1.0,),
) -> tuple[float, float]:
    """Slope and shift of the odds at which as many claims are right as their confidence says.

    Of texts without a speaker the slope stays 1: what a handful of them says of it does not hold
    for the next ones.
    """
    told: list[tuple[float, bool]] = []
    for text, looks in unseen:
        if not text.gold and text.group not in EXHAUSTIVE:
            continue
        for value, right in keyed(text, looks, second):
            if value > WORTH:
                told.append((min(value, 1 - 1e-4), right))
    tried = [(slope, fit_shift(told, slope)) for slope in slopes]
    return min(tried, key=lambda sure: loss_of(told, sure))


def fit_shift(told: Sequence[tuple[float, bool]], slope: float) -> float:
    """The shift at which as many claims are expected to be right as are."""
    right = sum(right for _, right in told)
    low, high = -2.0, 2.0
    for _ in range(30):
        shift = (low + high) / 2
        expected = math.fsum(calibrate(value, (slope, shift)) for value, _ in told)
        low, high = (low, shift) if expected > right else (shift, high)
    return round(low, 3)


def loss_of(told: Sequence[tuple[float, bool]], sure: tuple[float, float]) -> float:
    """How far confidences are from what is right, as log loss."""
    chances = ((calibrate(value, sure), right) for value, right in told)
    return -math.fsum(math.log(chance if right else 1 - chance) for chance, right in chances)


def second_samples(text: Text, weights: Mapping[str, float]) -> list[Sample]:
    chances = [rate(row.draft.features, weights) for row in text.rows]
    looks = look_around([row.draft for row in text.rows], chances)
    return [
        (dict(zip(LOOKS, look, strict=True)), row.right, row.weight)
        for row, look in zip(text.rows, looks, strict=True)
    ]


def keyed(
    text: Text, looks: Sequence[Sample], second: Mapping[str, float]
) -> list[tuple[float, bool]]:
    """The highest chance of each key of a text, and whether the key is right."""
    top = top_chances(text, looks, second)
    return [(value, key in text.gold) for key, value in sorted(top.items())]


def top_chances(
    text: Text, looks: Sequence[Sample], second: Mapping[str, float]
) -> dict[Key, float]:
    """The highest chance of each key of a text."""
    top: dict[Key, float] = {}
    for row, (values, _, _) in zip(text.rows, looks, strict=True):
        total = math.fsum(second.get(name, 0.0) * value for name, value in values.items())
        key = key_of(row.draft)
        top[key] = max(top.get(key, 0.0), 1 / (1 + math.exp(-total)))
    return top


def score(texts: Iterable[Text], trained: Trained) -> list[tuple[float, bool]]:
    """The same over several texts."""
    return [
        pair
        for text in texts
        for pair in keyed(text, second_samples(text, trained.first), trained.second)
    ]


def best_threshold(scored: Sequence[tuple[float, bool]], gold: int) -> tuple[float, float]:
    best, at, hits = 0.0, 0.5, 0
    for number, (value, right) in enumerate(sorted(scored, reverse=True), start=1):
        hits += right
        if 2 * hits / (number + gold) > best:
            best, at = 2 * hits / (number + gold), value
    return at, best


def f1_at(scored: Sequence[tuple[float, bool]], gold: int, threshold: float) -> float:
    said = [right for value, right in scored if value >= threshold]
    return 2 * sum(said) / max(1, len(said) + gold)


def report(texts: Sequence[Text], held: Mapping[str, list[tuple[float, bool]]]) -> float:
    gold = Counter(text.group for text in texts for _ in text.gold)
    pooled = [pair for scored in held.values() for pair in scored]
    threshold, f1 = best_threshold(pooled, sum(gold.values()))
    print(f"held out: F1 {f1:.3f} at {threshold:.2f}")
    for group, scored in held.items():
        best, at = best_threshold(scored, gold[group])[::-1]
        print(
            f"  {group}: {f1_at(scored, gold[group], threshold):.3f} (best {best:.3f} at {at:.2f})"
        )
    return threshold


def report_halves(texts: Sequence[Text]) -> None:
    """Train on one half of every annotated set, score the other, and the reverse."""
    annotated = [text for text in texts if text.gold and text.group not in OURS]
    groups = sorted({text.group for text in annotated})
    for half in (0, 1):
        mine = [text for text in annotated if text.half == half]
        trained = train([text for text in texts if text not in mine])
        print("left out: half", half)
        report(mine, {g: score([t for t in mine if t.group == g], trained) for g in groups})


def report_left(texts: Sequence[Text], leave: Iterable[str]) -> None:
    """Train without one set, score that set; one after the other."""
    for left in leave:
        trained = train([text for text in texts if text.group != left])
        mine = [text for text in texts if text.group == left]
        print("left out:", left)
        threshold = report(mine, {left: score(mine, trained)})
        coarse, pair = report_loosely(mine, trained, threshold)
        print(f"  coarse {coarse:.3f}, pair {pair:.3f}")


def report_loosely(
    texts: Iterable[Text], trained: Trained, threshold: float
) -> tuple[float, float]:
    """F1 where the family of the kind counts, and where the pair alone does."""
    hits, total = [0, 0], [0, 0]
    for text in texts:
        top = top_chances(text, second_samples(text, trained.first), trained.second)
        said = {key for key, value in top.items() if value >= threshold}
        for at, loosen in enumerate((_to_family, _to_pair)):
            one, other = set(map(loosen, said)), set(map(loosen, text.gold))
            hits[at] += len(one & other)
            total[at] += len(one) + len(other)
    return 2 * hits[0] / max(1, total[0]), 2 * hits[1] / max(1, total[1])


def _to_pair(key: Key) -> frozenset[str]:
    return frozenset(key[:2])


def _to_family(key: Key) -> tuple[frozenset[str], str, bool]:
    return frozenset(key[:2]), str(Kind(key[2]).family), key[3]


def make_reader(model: str | None) -> Reader:
    """The reader of `rules`, or that of `syntax` on a spaCy *model*."""
    if model is None:
        return Reader(load_gazetteer())
    pipeline = load_pipeline(model)
    return SyntaxReader(load_gazetteer(), load_lexicon(), load_ranker(), pipeline=pipeline)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+", metavar="TEXTS=CLAIMS")
    parser.add_argument("--sentences", type=Path)
    parser.add_argument("--drills", action="store_true", help="train on drills, see drills.py")
    parser.add_argument("--events", type=Path, action="append", default=[])
    parser.add_argument("--leave", action="append", default=[], help="stem of a set to score only")
    parser.add_argument("--halves", action="store_true", help="train on one half, score the other")
    parser.add_argument("--folds", action="store_true", help="score by folds (five times slower)")
    parser.add_argument("--threshold", type=float, help="the chance from which on to claim")
    parser.add_argument("--spoken", type=float, help="the same, for texts that have a speaker")
    parser.add_argument("--syntax", metavar="MODEL", help="for `syntax`, on this spaCy pipeline")
    parser.add_argument("--short", type=float, help="the same, for texts of a few sentences")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    reader = make_reader(args.syntax)
    texts: list[Text] = []
    for name in args.sets:
        source, _, claims = name.partition("=")
        texts += read_annotated(reader, Path(source), Path(claims))
    if args.sentences:
        texts += read_sentences(reader, args.sentences)
    if args.drills:
        texts += read_drills(reader)
    for events in args.events:
        texts += read_events(reader, events)
    groups = sorted({text.group for text in texts if text.gold})
    report_left(texts, args.leave)
    if args.halves:
        report_halves(texts)
    threshold = args.threshold or 0.4
    if args.folds:
        held: dict[str, list[tuple[float, bool]]] = {group: [] for group in groups}
        for fold in range(FOLDS):
            trained = train([text for text in texts if text.fold != fold])
            for group in groups:
                mine = [text for text in texts if text.fold == fold and text.group == group]
                held[group] += score(mine, trained)
        threshold = args.threshold or report(texts, held)
    if args.out:
        trained = train(texts)
        made = {
            "threshold": round(threshold, 3),
            "short": round(args.short or threshold, 3),
            "spoken": round(args.spoken or threshold, 3),
            "sure": trained.sure,
            "spoken_sure": trained.spoken_sure,
            "looks": {name: round(trained.second.get(name, 0.0), 4) for name in LOOKS},
            "weights": {
                f: round(w, 4) for f, w in sorted(trained.first.items()) if abs(w) >= 0.005
            },
        }
        args.out.write_text(json.dumps(made, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main()
