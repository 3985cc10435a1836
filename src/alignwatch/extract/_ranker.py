"""A small logistic ranker on structure: the chance that a proposed claim is one.

Its weights are a data file, trained by ``benchmarks/train_ranker.py``. Features never hold a word
of the text: they say how trigger, source and target stand to each other.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from alignwatch.extract._frames import Candidate
from alignwatch.extract._relations import Relation
from alignwatch.extract._scene import Scene
from alignwatch.extract._triggers import Trigger

__all__ = [
    "Key",
    "Ranker",
    "Scale",
    "calibrate",
    "describe",
    "find_keys",
    "load_ranker",
    "rate",
    "to_chance",
]

Key = tuple[Any, ...]
"""Some features that always come together: the name of their kind, and what they are made of."""

_UNNAMED = frozenset({"pair", "tie", "they", "heading", "before", "heading-cued", "before-cued"})
_PREPS = frozenset({"in", "of", "with", "to", "from", "between", "by", "on", "against", "for"})
_LIST_PREPS = frozenset({"between", "among", "with", "of"})
_PEOPLES = frozenset({"demonym", "people"})
_BEHIND = frozenset({"prep", "pposs", "lprep"})
_OWNERS = frozenset({"poss", "mod"})


def _bucket(value: int, *bounds: int) -> int:
    return bisect_right(bounds, value)


def _side(mark: str, relation: Relation, preps: frozenset[str]) -> Key:
    group, place = relation.group, relation.name
    if place in _BEHIND:
        prep = relation.prep if relation.prep in _PREPS else "other"
        place = f"{place}:{prep}{'+' if relation.prep in preps else ''}"
    return (
        mark,
        place,
        relation.name,
        relation.barriers,
        relation.commas,
        bisect_right(_FAR, relation.distance),
        relation.rank,
        group.head,
        group.form in _PEOPLES,
        relation.opens,
        len(group.actors) > 1,
        group.form in _UNNAMED,
    )


_FAR = (1, 3, 6, 10, 16)


def _name_side(key: Key) -> Iterator[str]:
    mark, place, name, barriers, commas, far, rank, head, peoples, opens, several, unnamed = key
    yield f"{mark}={place}"
    yield f"{mark}.bar={_bucket(barriers, 1, 2, 3)}|{name}"
    yield f"{mark}.com={_bucket(commas, 1, 2)}"
    yield f"{mark}.dist={far}"
    yield f"{mark}.rank={min(rank, 3)}"
    yield f"{mark}.head={head}|{peoples}"
    yield f"{mark}.opens={opens}|{name}"
    yield f"{mark}.list={several}|{unnamed}"


def _sentence(scene: Scene) -> Key:
    if not scene.told:
        scene.told = (
            *("sentence", scene.speaker is not None, scene.form),
            _bucket(len(scene.groups), 2, 3, 4, 6),
            _bucket(len(scene.triggers), 2, 4, 7),
            _bucket(len(scene.tokens), 12, 25, 40, 60),
        )
    return scene.told


def _name_sentence(key: Key) -> Iterator[str]:
    _, spoken, form, groups, triggers, length = key
    yield from ("bias", f"speaker={spoken}", f"form={form}")
    yield from (f"groups={groups}", f"triggers={triggers}", f"length={length}")


def _trigger(trigger: Trigger) -> Key:
    if not trigger.told:
        entry = trigger.entry
        trigger.told = (
            *("trigger", trigger.kind, entry.part, entry.frame, entry.form, trigger.passive),
            *(entry.weak, len(entry.words), trigger.object_at >= 0, entry.kind is None),
            *(trigger.governed, trigger.rank, trigger.senses),
        )
    return trigger.told


def _name_trigger(key: Key) -> Iterator[str]:
    _, kind, part, frame, form, passive, weak, words, has_object, open_, governed, rank, of = key
    yield f"kind={kind}"
    yield f"kindpart={kind}|{part}"
    yield f"fp={frame}{part}"
    yield f"vform={form}"
    yield f"passive={passive}"
    yield f"weak={weak}|{part}"
    yield f"words={min(words, 3)}|{part}"
    yield f"object={has_object}|{open_}|{part}"
    yield f"governed={governed}|{part}"
    yield f"sense={min(rank, 2)}|{_bucket(of, 2, 3)}"


def _name_choice(key: Key) -> Iterator[str]:
    _, rank, rivals, skips, light, part = key
    yield f"rank={rank}"
    yield f"rivals={_bucket(rivals, 2, 4, 6)}"
    yield f"skips={skips}"
    yield f"light={light}|{part}"


def _list(candidate: Candidate) -> Key:
    """A tie inside one list, or of a pair that the text before has named."""
    relation, entry = candidate.doer, candidate.trigger.entry
    group = relation.group
    return (
        *("list", candidate.kind, entry.part, entry.frame, entry.weak, relation.name),
        relation.prep if relation.prep in _LIST_PREPS else "none",
        *(relation.barriers, len(group.actors), _bucket(relation.distance, 1, 3, 6, 10)),
        *(relation.rank, group.form if group.form in _UNNAMED else "named"),
    )


def _name_list(key: Key) -> Iterator[str]:
    _, kind, part, frame, weak, name, prep, barriers, size, far, rank, form = key
    yield f"weak={weak}|{frame}{part}|{name}|{name}"
    yield f"self|{kind}"
    yield f"self|{part}|{name}|{prep}"
    yield f"self.bar={_bucket(barriers, 1, 2)}"
    yield f"self.n={_bucket(size, 3, 4)}"
    yield f"self.dist={far}"
    yield f"self.rank={min(rank, 2)}"
    yield f"self.form={form}"


def _two(scene: Scene, candidate: Candidate) -> tuple[Key, ...]:
    doer, other, trigger = candidate.doer, candidate.other, candidate.trigger
    entry = trigger.entry
    last, first = trigger.last, other.group.first
    gerunds = scene.gerunds()
    gerund = bool(gerunds) and any(last <= at < first for at in gerunds)
    near = (doer.name in _OWNERS or not doer.barriers) and not other.barriers
    tight = near and doer.rank == other.rank == 0 and other.distance <= 3
    expected = other.prep in entry.preps
    # a relation belongs to one trigger, and is described once
    if not doer.as_source:
        doer.as_source = _side("s", doer, entry.preps)
    if not other.as_target:
        other.as_target = _side("t", other, entry.preps)
    how = (doer.name, other.name, expected, gerund, tight)
    return (
        ("kinds", candidate.kind, doer.name, other.name, expected),
        ("frames", entry.frame, entry.part, entry.weak, trigger.passive, *how),
        doer.as_source,
        other.as_target,
    )


def _name_kinds(key: Key) -> Iterator[str]:
    _, kind, doer, other, expected = key
    yield f"kconf={kind}|{doer}|{other}"
    yield f"ks={kind}|{doer}"
    yield f"kt={kind}|{other}{'+' if expected else ''}"


def _name_frames(key: Key) -> Iterator[str]:
    _, frame, part, weak, passive, doer, other, expected, gerund, tight = key
    plus = "+" if expected else ""
    yield f"weak={weak}|{frame}{part}|{doer}|{other}"
    yield f"gerund={gerund}|{part}"
    yield f"tight={tight}|{weak}|{frame}{part}"
    yield f"conf={frame}{part}{'P' if passive else ''}|{doer}|{other}{plus}"


def _name_telling(key: Key) -> Iterator[str]:
    _, negated, teller, ours, frame = key
    yield from (f"neg={negated}", f"teller={teller}", f"ours={ours}|{frame}")


def _name_further(key: Key) -> Iterator[str]:
    """What another extractor adds: ("further", name, name ...)."""
    yield from key[1:]


_NAMES: Mapping[str, Callable[[Key], Iterator[str]]] = {
    "s": _name_side,
    "t": _name_side,
    "sentence": _name_sentence,
    "trigger": _name_trigger,
    "choice": _name_choice,
    "list": _name_list,
    "kinds": _name_kinds,
    "frames": _name_frames,
    "telling": _name_telling,
    "further": _name_further,
}


def find_keys(scene: Scene, candidate: Candidate) -> list[Key]:
    """Give the keys of a candidate, but for what hangs on which of its actors is meant."""
    trigger, doer = candidate.trigger, candidate.doer
    rank, rivals, part = candidate.rank, candidate.rivals, trigger.entry.part
    keys = [
        scene.told or _sentence(scene),
        trigger.told or _trigger(trigger),
        ("choice", rank, rivals, candidate.skips, doer.light, part),
    ]
    if doer is candidate.other:
        keys.append(_list(candidate))
    else:
        keys.extend(_two(scene, candidate))
    return keys


def describe(keys: Iterable[Key]) -> list[str]:
    """Name the features of *keys*, as the ranker's weights name them."""
    return [name for key in keys for name in _NAMES[key[0]](key)]


class Scale(dict[Key, float]):
    """What each key weighs: added up when it is first asked for, and kept up to a bound."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, key: Key) -> float:
        total = 0.0
        for name in _NAMES[key[0]](key):
            total += self._weights.get(name, 0.0)
        if len(self) >= _MOST_KEYS:
            self.clear()
        self[key] = total
        return total


_MOST_KEYS = 50_000


@attrs.frozen(kw_only=True)
class Ranker:
    """Weights of the features, those of the second look, and the chance from which on to claim.

    `spoken` is that chance for a document that has a speaker, `short` for one of a few sentences
    (where less can go wrong; None: as any other), `threshold` for any other. `sure` and
    `spoken_sure` are slope and shift that turn the odds of a tie into its confidence: learnt on
    texts that the weights had not seen.
    """

    weights: Mapping[str, float]
    looks: Mapping[str, float]
    threshold: float
    spoken: float
    sure: tuple[float, float] = (1.0, 0.0)
    spoken_sure: tuple[float, float] = (1.0, 0.0)
    short: float | None = None


@cache
def load_ranker(name: str = "ranker") -> Ranker:
    """Give a ranker that ships with the package; without a data file it lets nothing through."""
    file = files("alignwatch.extract") / "data" / f"{name}.json"
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
        short=told.get("short"),
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
    return to_chance(total)


def to_chance(total: float) -> float:
    """Turn a sum of weights into a chance, 0 to 1."""
    bounded = total if -30.0 <= total <= 30.0 else math.copysign(30.0, total)
    return 1 / (1 + math.exp(-bounded))
