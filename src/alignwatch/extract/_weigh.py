"""The second look: each draft against the others of its sentence and of its article."""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

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
    return (draft.source, draft.target, str(draft.kind), draft.voice.negated)


def look_around(drafts: Sequence[Draft], chances: Sequence[float]) -> list[tuple[float, ...]]:
    """Give the second look's features (see `LOOKS`) of all drafts of one article."""
    of_pair: dict[tuple[int, frozenset[str]], dict[Key, float]] = defaultdict(dict)
    of_trigger: dict[tuple[int, int, str], list[float]] = defaultdict(list)
    of_sentence: dict[int, list[float]] = defaultdict(list)
    places: dict[Key, set[int]] = defaultdict(set)
    top: dict[tuple[int, Key], float] = defaultdict(float)
    for draft, chance in zip(drafts, chances, strict=True):
        key, at = _key(draft), draft.sentence.start
        kinds = of_pair[at, frozenset(key[:2])]
        kinds[key] = max(kinds.get(key, 0.0), chance)
        of_trigger[at, draft.place, key[2]].append(chance)
        of_sentence[at].append(chance)
        top[at, key] = max(top[at, key], chance)
        if chance > _ELSEWHERE:
            places[key].add(at)
    looks: list[tuple[float, ...]] = []
    ranks = {at: sorted(values) for at, values in of_sentence.items()}
    for draft, chance in zip(drafts, chances, strict=True):
        key, at = _key(draft), draft.sentence.start
        kinds = of_pair[at, frozenset(key[:2])]
        above, best = 0, 0.0
        for other, value in kinds.items():
            if other != key:
                above += value > chance
                best = max(best, value)
        logit = math.log((chance + 1e-6) / (1 - chance + 1e-6))
        gap = math.log((best + 1e-3) / (chance + 1e-3))
        reverse = top.get((at, (key[1], key[0], key[2], key[3])), 0.0)
        over = chance + 1e-9
        mates = of_trigger[at, draft.place, key[2]]
        elsewhere = places.get(key, ())
        spoken = float(draft.scene.speaker is not None)
        looks.append(
            (
                1.0,
                logit,
                min(above, 4),
                max(0.0, gap),
                min(sum([value > over for value in mates]), 5) if len(mates) > 1 else 0,
                float(reverse > chance),
                float(reverse > _LIKELY),
                float(kinds[key] > over),
                min(len(elsewhere) - (at in elsewhere), 4),
                math.log1p(len(kinds)),
                math.log1p(len(ranks[at]) - bisect_right(ranks[at], over)),
                0.0 if above else logit,
                spoken,
                spoken * logit,
            )
        )
    return looks


def weigh(drafts: Sequence[Draft], weights: Mapping[str, float]) -> None:
    """Set each draft's chance anew, in the light of the others of its article."""
    looks = look_around(drafts, [draft.chance for draft in drafts])
    told = [weights.get(name, 0.0) for name in LOOKS]
    for draft, look in zip(drafts, looks, strict=True):
        total = 0.0  # added one by one: sum() rounds otherwise from Python 3.12 on
        for weight, value in zip(told, look, strict=True):
            total += weight * value
        draft.chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
