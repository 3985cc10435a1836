"""A small logistic ranker on structure: the chance that a proposed claim is one.

Its weights are a data file, trained by ``benchmarks/train_ranker.py``. Features never hold a word
of the text: they say how trigger, source and target stand to each other.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import attrs

from alignwatch.extract._frames import Candidate
from alignwatch.extract._relations import Relation
from alignwatch.extract._scene import Scene

__all__ = ["Ranker", "calibrate", "describe", "load_ranker", "rate"]


_UNNAMED = frozenset({"pair", "tie", "they", "heading", "before", "heading-cued", "before-cued"})
_PREPS = frozenset({"in", "of", "with", "to", "from", "between", "by", "on", "against", "for"})


def _bucket(value: int, *bounds: int) -> int:
    return bisect_right(bounds, value)


def _side(mark: str, relation: Relation, preps: frozenset[str]) -> list[str]:
    """Features of one side; a relation belongs to one trigger, and is described once."""
    known = relation.told.get(mark)
    if known is None:
        known = relation.told[mark] = _describe_side(mark, relation, preps)
    return known


def _describe_side(mark: str, relation: Relation, preps: frozenset[str]) -> list[str]:
    group, place = relation.group, relation.name
    if place in {"prep", "pposs", "lprep"}:
        prep = relation.prep if relation.prep in _PREPS else "other"
        place = f"{place}:{prep}{'+' if relation.prep in preps else ''}"
    return [
        f"{mark}={place}",
        f"{mark}.bar={_bucket(relation.barriers, 1, 2, 3)}|{relation.name}",
        f"{mark}.com={_bucket(relation.commas, 1, 2)}",
        f"{mark}.dist={_bucket(relation.distance, 1, 3, 6, 10, 16)}",
        f"{mark}.rank={min(relation.rank, 3)}",
        f"{mark}.head={group.head}|{group.form in {'demonym', 'people'}}",
        f"{mark}.opens={relation.opens}|{relation.name}",
        f"{mark}.list={len(group.actors) > 1}|{group.form in _UNNAMED}",
    ]


def _sentence(scene: Scene) -> list[str]:
    if not scene.told:
        scene.told = _describe_sentence(scene)
    return scene.told


def _describe_sentence(scene: Scene) -> list[str]:
    return [
        f"speaker={scene.speaker is not None}",
        f"form={scene.form}",
        f"groups={_bucket(len(scene.groups), 2, 3, 4, 6)}",
        f"triggers={_bucket(len(scene.triggers), 2, 4, 7)}",
        f"length={_bucket(len(scene.tokens), 12, 25, 40, 60)}",
    ]


def _trigger(candidate: Candidate) -> list[str]:
    trigger, entry, kind = candidate.trigger, candidate.trigger.entry, candidate.kind
    part = entry.part
    return [
        f"kind={kind}",
        f"kindpart={kind}|{part}",
        f"fp={entry.frame}{part}",
        f"vform={entry.form}",
        f"passive={trigger.passive}",
        f"weak={entry.weak}|{part}",
        f"weak={entry.weak}|{entry.frame}{part}|{candidate.doer.name}|{candidate.other.name}",
        f"words={min(len(entry.words), 3)}|{part}",
        f"object={trigger.object_at >= 0}|{entry.kind is None}|{part}",
        f"governed={trigger.governed}|{part}",
        f"sense={min(trigger.rank, 2)}|{_bucket(trigger.senses, 2, 3)}",
        f"rank={candidate.rank}",
        f"rivals={_bucket(candidate.rivals, 2, 4, 6)}",
        f"skips={candidate.skips}",
        f"light={candidate.doer.light}|{part}",
    ]


def _list(candidate: Candidate) -> list[str]:
    """A tie inside one list, or of a pair that the text before has named."""
    relation = candidate.doer
    group, part = relation.group, candidate.trigger.entry.part
    prep = relation.prep if relation.prep in {"between", "among", "with", "of"} else "none"
    return [
        f"self|{candidate.kind}",
        f"self|{part}|{relation.name}|{prep}",
        f"self.bar={_bucket(relation.barriers, 1, 2)}",
        f"self.n={_bucket(len(group.actors), 3, 4)}",
        f"self.dist={_bucket(relation.distance, 1, 3, 6, 10)}",
        f"self.rank={min(relation.rank, 2)}",
        f"self.form={group.form if group.form in _UNNAMED else 'named'}",
    ]


def _two(scene: Scene, candidate: Candidate) -> list[str]:
    doer, other, entry = candidate.doer, candidate.other, candidate.trigger.entry
    kind, frame = candidate.kind, entry.frame + entry.part
    between = scene.tokens[candidate.trigger.last : max(0, other.group.first)]
    gerund = any(token.low.endswith("ing") and token.sort == "word" for token in between)
    near = (doer.name in {"poss", "mod"} or not doer.barriers) and not other.barriers
    tight = near and doer.rank == other.rank == 0 and other.distance <= 3
    plus = "+" if other.prep in entry.preps else ""
    passive = "P" if candidate.trigger.passive else ""
    return [
        f"gerund={gerund}|{entry.part}",
        f"tight={tight}|{entry.weak}|{frame}",
        f"conf={frame}{passive}|{doer.name}|{other.name}{plus}",
        f"kconf={kind}|{doer.name}|{other.name}",
        f"ks={kind}|{doer.name}",
        f"kt={kind}|{other.name}{plus}",
        *_side("s", doer, entry.preps),
        *_side("t", other, entry.preps),
    ]


def describe(scene: Scene, candidate: Candidate) -> list[str]:
    """Name the features of a candidate, but for what hangs on which of its actors is meant."""
    found = ["bias", *_sentence(scene), *_trigger(candidate)]
    if candidate.doer is candidate.other:
        return found + _list(candidate)
    return found + _two(scene, candidate)


@attrs.frozen(kw_only=True)
class Ranker:
    """Weights of the features, those of the second look, and the chance from which on to claim.

    `spoken` is that chance for a document that has a speaker, `threshold` for any other. `sure` and
    `spoken_sure` are slope and shift that turn the odds of a tie into its confidence: learnt on
    texts that the weights had not seen.
    """

    weights: Mapping[str, float]
    looks: Mapping[str, float]
    threshold: float
    spoken: float
    sure: tuple[float, float] = (1.0, 0.0)
    spoken_sure: tuple[float, float] = (1.0, 0.0)


@cache
def load_ranker() -> Ranker:
    """Give the ranker that ships with the package; without a data file it lets nothing through."""
    file = files("alignwatch.extract") / "data" / "ranker.json"
    if not file.is_file():
        return Ranker(weights={}, looks={}, threshold=1.0, spoken=1.0)
    told = json.loads(file.read_text("utf-8"))
    return Ranker(
        weights=told["weights"],
        looks=told["looks"],
        threshold=told["threshold"],
        spoken=told["spoken"],
        sure=tuple(told.get("sure", (1.0, 0.0))),
        spoken_sure=tuple(told.get("spoken_sure", (1.0, 0.0))),
    )


def calibrate(chance: float, sure: tuple[float, float]) -> float:
    """Turn a chance into a confidence: of claims at 0.8, four of five are right."""
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return 1 / (1 + math.exp(-sure[0] * math.log(bounded / (1 - bounded)) - sure[1]))


def rate(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the claim behind *features* would be listed by a careful reader."""
    total, weight = 0.0, weights.get
    for feature in features:
        total += weight(feature, 0.0)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
