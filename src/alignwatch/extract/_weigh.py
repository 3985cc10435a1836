"""The second look: each draft against the others of its sentence and of its article."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

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
    return (draft.source, draft.target, draft.kind, draft.negated)


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
    first = 0
    for number, draft in enumerate(drafts):
        if number + 1 == len(drafts) or drafts[number + 1].start != draft.start:
            told = slice(first, number + 1)
            looks.extend(_look_in_sentence(drafts[told], keys[told], chances[told], places))
            first = number + 1
    return looks


def _look_in_sentence(
    drafts: Sequence[Draft],
    keys: Sequence[Key],
    chances: Sequence[float],
    places: Mapping[Key, set[int]],
) -> Iterator[tuple[float, ...]]:
    of_pair: dict[tuple[str, str], dict[Key, float]] = {}
    of_trigger: dict[tuple[int, str], list[float]] = {}
    for draft, key, chance in zip(drafts, keys, chances, strict=True):
        one, other, kind, _ = key
        kinds = of_pair.setdefault((one, other) if one < other else (other, one), {})
        if kinds.get(key, 0.0) < chance:
            kinds[key] = chance
        of_trigger.setdefault((draft.place, kind), []).append(chance)
    ranks = sorted(chances)
    at = drafts[0].start
    spoken = float(drafts[0].scene.speaker is not None)
    for draft, key, chance in zip(drafts, keys, chances, strict=True):
        one, other, kind, negated = key
        kinds = of_pair[(one, other) if one < other else (other, one)]
        above, best = 0, 0.0
        for key_beside, value in kinds.items() if len(kinds) > 1 else ():
            if key_beside != key:
                above += value > chance
                best = max(best, value)
        logit = math.log((chance + 1e-6) / (1 - chance + 1e-6))
        reverse = kinds.get((other, one, kind, negated), 0.0)
        over = chance + 1e-9
        mates = of_trigger[draft.place, kind]
        elsewhere = places.get(key, ())
        yield (
            1.0,
            logit,
            min(above, 4),
            max(0.0, math.log((best + 1e-3) / (chance + 1e-3))),
            min(sum([value > over for value in mates]), 5) if len(mates) > 1 else 0,
            float(reverse > chance),
            float(reverse > _LIKELY),
            float(kinds[key] > over),
            min(len(elsewhere) - (at in elsewhere), 4),
            math.log1p(len(kinds)),
            math.log1p(len(ranks) - bisect_right(ranks, over)),
            0.0 if above else logit,
            spoken,
            spoken * logit,
        )


def weigh(drafts: Sequence[Draft], weights: Mapping[str, float]) -> None:
    """Set each draft's chance anew, in the light of the others of its article."""
    looks = look_around(drafts, [draft.chance for draft in drafts])
    told = [weights.get(name, 0.0) for name in LOOKS]
    for draft, look in zip(drafts, looks, strict=True):
        total = 0.0  # added one by one: sum() rounds otherwise from Python 3.12 on
        for weight, value in zip(told, look, strict=True):
            total += weight * value
        draft.chance = to_chance(total)
