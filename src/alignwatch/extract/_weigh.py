"""The second look: each draft against the others of its sentence and of its article."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import add, mul

from alignwatch.extract._ranker import to_chance
from alignwatch.extract._rules import Draft

__all__ = ["LOOKS", "look_around", "weigh"]

LOOKS = (
    "bias",
    "logit",
    "kinds-above",
    "kind-gap",
    "pairs-above",
    "reverse-above",
    "reverse-likely",
    "own-above",
    "elsewhere",
    "kinds",
    "sentence-above",
    "logit-first",
    "spoken",
    "spoken-logit",
)
"""Names of the second look's features, in order."""

_LIKELY = 0.1
_ELSEWHERE = 0.15
Key = tuple[str, str, str, bool]


def _key(draft: Draft) -> Key:
    return draft.source, draft.target, draft.kind, draft.negated


def look_around(drafts: Sequence[Draft], chances: Sequence[float]) -> list[tuple[float, ...]]:
    """Give the second look's features (see `LOOKS`) of all drafts of one article.

    The drafts stand in the order of the text, those of one sentence together.
    """
    keys = [_key(draft) for draft in drafts]
    places: dict[Key, set[int]] = {}
    for draft, key, chance in zip(drafts, keys, chances, strict=True):
        if chance > _ELSEWHERE:
            places.setdefault(key, set()).add(draft.start)
    looks: list[tuple[float, ...]] = []
    first, size = 0, len(drafts)
    while first < size:
        start, last = drafts[first].start, first + 1
        while last < size and drafts[last].start == start:
            last += 1
        told = slice(first, last)
        looks += _look_in_sentence(drafts[told], keys[told], chances[told], places)
        first = last
    return looks


def _look_in_sentence(
    drafts: Sequence[Draft],
    keys: Sequence[Key],
    chances: Sequence[float],
    places: Mapping[Key, set[int]],
) -> Iterator[tuple[float, ...]]:
    of_pair: dict[tuple[str, str], dict[Key, float]] = {}
    of_trigger: dict[tuple[int, str], list[float]] = {}
    beside: list[tuple[dict[Key, float], list[float]]] = []
    for draft, key, chance in zip(drafts, keys, chances, strict=True):
        one, other, kind, _ = key
        kinds = of_pair.setdefault((one, other) if one < other else (other, one), {})
        if kinds.get(key, 0.0) < chance:
            kinds[key] = chance
        mates = of_trigger.setdefault((draft.place, kind), [])
        mates.append(chance)
        beside.append((kinds, mates))
    ranks = sorted(chances)
    at, size = drafts[0].start, len(ranks)
    spoken = float(drafts[0].scene.speaker is not None)
    for key, chance, (kinds, mates) in zip(keys, chances, beside, strict=True):
        one, other, kind, negated = key
        above, best = 0, 0.0
        if len(kinds) > 1:
            for key_beside, value in kinds.items():
                if value > best and key_beside != key:
                    best = value
            if best > chance:
                above = sum([value > chance for value in kinds.values()])
                above = min(above - (kinds[key] > chance), 4)
        logit = math.log((chance + 1e-6) / (1 - chance + 1e-6))
        reverse = kinds.get((other, one, kind, negated), 0.0)
        over = chance + 1e-9
        elsewhere = places.get(key)
        yield (
            1.0,
            logit,
            above,
            math.log((best + 1e-3) / (chance + 1e-3)) if best > chance else 0.0,
            min(sum([value > over for value in mates]), 5) if len(mates) > 1 else 0,
            1.0 if reverse > chance else 0.0,
            1.0 if reverse > _LIKELY else 0.0,
            1.0 if kinds[key] > over else 0.0,
            min(len(elsewhere) - (at in elsewhere), 4) if elsewhere else 0,
            math.log1p(len(kinds)),
            math.log1p(size - bisect_right(ranks, over)),
            0.0 if above else logit,
            spoken,
            spoken * logit,
        )


def weigh(drafts: Sequence[Draft], weights: Mapping[str, float]) -> None:
    """Set each draft's chance anew, in the light of the others of its article."""
    looks = look_around(drafts, [draft.chance for draft in drafts])
    told = [weights.get(name, 0.0) for name in LOOKS]
    for draft, look in zip(drafts, looks, strict=True):
        # added one by one: sum() rounds otherwise from Python 3.12 on
        draft.chance = to_chance(reduce(add, map(mul, told, look), 0.0))
