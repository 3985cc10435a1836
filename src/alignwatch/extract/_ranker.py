"""A small logistic ranker on structure: the chance that a proposed claim is one.

Its weights are a data file, trained by ``benchmarks/train_ranker.py``. Features never hold a word of
the text: they say how trigger, source and target stand to each other.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import attrs

from alignwatch.extract._frames import Candidate
from alignwatch.extract._relations import Relation
from alignwatch.extract._tokens import Token

__all__ = ["Ranker", "describe", "load_ranker", "rate"]


_UNNAMED = frozenset({"pair", "tie", "they", "heading", "before", "heading-cued", "before-cued"})
_PREPS = frozenset({"in", "of", "with", "to", "from", "between", "by", "on", "against", "for"})


def _bucket(value: int, *bounds: int) -> int:
    return sum(value >= bound for bound in bounds)


def _side(mark: str, relation: Relation, expected: bool) -> list[str]:
    group = relation.group
    place = relation.name
    if place in {"prep", "pposs", "lprep"}:
        prep = relation.prep if relation.prep in _PREPS else "other"
        place = f"{place}:{prep}{'+' if expected else ''}"
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


def describe(
    tokens: Sequence[Token],
    candidate: Candidate,
    *,
    groups: int,
    triggers: int,
    speaker: bool,
    form: str,
    ours: str,
) -> list[str]:
    """Name the features of a candidate. *ours* says which side is the document's speaker."""
    trigger, entry = candidate.trigger, candidate.trigger.entry
    source, target = candidate.doer, candidate.other
    same = source is target
    s_place = f"{source.name}"
    t_place = f"{target.name}"
    expected_s = source.prep in entry.preps
    expected_t = target.prep in entry.preps
    features = [
        "bias",
        f"kind={candidate.kind}",
        f"fp={entry.frame}{entry.part}",
        f"speaker={speaker}",
        f"ours={ours}|{entry.frame}",
        f"form={form}",
        f"groups={_bucket(groups, 2, 3, 4, 6)}",
        f"triggers={_bucket(triggers, 2, 4, 7)}",
        f"rank={candidate.rank}",
        f"rivals={_bucket(candidate.rivals, 2, 4, 6)}",
        f"sense={min(trigger.rank, 2)}|{_bucket(trigger.senses, 2, 3)}",
        f"words={min(len(entry.words), 3)}|{entry.part}",
        f"object={trigger.object_at >= 0}|{entry.part}",
        f"passive={trigger.passive}",
        f"length={_bucket(len(tokens), 12, 25, 40, 60)}",
        f"vform={entry.form}",
        f"kindpart={candidate.kind}|{entry.part}",
    ]
    features += [f"weak={entry.weak}|{entry.part}", f"skips={candidate.skips}"]
    if same:
        prep = source.prep if source.prep in {"between", "among", "with", "of"} else "none"
        features += [
            f"self|{candidate.kind}",
            f"self|{entry.part}|{source.name}|{prep}",
            f"self.bar={_bucket(source.barriers, 1, 2)}",
            f"self.n={_bucket(len(source.group.actors), 3, 4)}",
            f"self.dist={_bucket(source.distance, 1, 3, 6, 10)}",
            f"self.rank={min(source.rank, 2)}",
            f"self.form={source.group.form if source.group.form in _UNNAMED else 'named'}",
        ]
        return features
    features += _side("s", source, expected_s)
    features += _side("t", target, expected_t)
    features += [
        f"conf={entry.frame}{entry.part}{'P' if trigger.passive else ''}|{s_place}|{t_place}{'+' if expected_t else ''}",
        f"kconf={candidate.kind}|{s_place}|{t_place}",
        f"ks={candidate.kind}|{s_place}",
        f"kt={candidate.kind}|{t_place}{'+' if expected_t else ''}",
    ]
    return features


@attrs.frozen(kw_only=True)
class Ranker:
    """Weights of the features, those of the second look, and the chance from which on to claim."""

    weights: Mapping[str, float]
    looks: Mapping[str, float]
    threshold: float


@cache
def load_ranker() -> Ranker:
    """Give the ranker that ships with the package; without a data file it lets nothing through."""
    file = files("alignwatch.extract") / "data" / "ranker.json"
    if not file.is_file():
        return Ranker(weights={}, looks={}, threshold=1.0)
    told = json.loads(file.read_text("utf-8"))
    return Ranker(
        weights=MappingProxyType(told["weights"]),
        looks=MappingProxyType(told["looks"]),
        threshold=told["threshold"],
    )


def rate(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """The chance, 0 to 1, that the claim behind *features* would be listed by a careful reader."""
    total = sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
