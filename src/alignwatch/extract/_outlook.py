"""Whether a claim lies ahead: planned, promised, possible, conditional, asked for."""

from collections.abc import Iterable, Sequence

from alignwatch.extract._frames import Candidate
from alignwatch.extract._scene import Scene
from alignwatch.model import Kind

__all__ = ["is_prospective"]

# kinds whose aim is the thing itself: "seeks to counter X" is rivalry already
_STANCES = frozenset({Kind.RIVALRY, Kind.PARTNERSHIP, Kind.PREFERENCE, Kind.DISTANCING})
# kinds that are done by saying so: a pledge of support is support
_SAYINGS = frozenset({Kind.SUPPORT, Kind.THREAT, Kind.DEMAND, Kind.CRITICISM})
# kinds that are announced: "will host X and meet with Y"
_ARRANGED = frozenset({Kind.CONSULTATION, Kind.EXERCISE, Kind.TREATY, Kind.NORMALIZATION})
# kinds that consist of things: promised, they are not given yet
_THINGS = frozenset(
    {Kind.ARMS_TRANSFER, Kind.TECHNOLOGY, Kind.TROOPS, Kind.AID, Kind.INVESTMENT, Kind.ENERGY}
)
_FUTURE = frozenset({"will", "upcoming", "previews", "preview", "previewed", "planned", "'ll"})
_DONE = frozenset({"today", "yesterday", "met", "spoke", "visited", "held"})
_DOUBTFUL = frozenset({"could", "might", "may", "would"})
_AHEAD = frozenset(
    {*_DOUBTFUL, "will", "planned", "scheduled", "expected", "likely", "unlikely", "possible"}
    | {"imminent", "looming", "inevitable", "conceivable", "unthinkable"}
)
_PLANNING = frozenset(
    {"schedule", "schedules", "scheduled", "plan", "plans", "planned", "planning", "propose"}
    | {"proposes", "proposed", "proposing", "consider", "considers", "considered", "considering"}
)
_INVERTED = frozenset({"should", "had", "were"})
_SENTENCE, _CONDITION = 36, 14


def is_prospective(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the words that govern the trigger make it a prospect; *zone* are those before it."""
    trigger = candidate.trigger
    if _is_conditional(scene, trigger.first):
        return candidate.kind not in _SAYINGS or candidate.kind is Kind.SUPPORT
    if candidate.kind in _SAYINGS:
        return False
    announced = candidate.kind in _ARRANGED and _is_announced(scene, trigger.first)
    if announced or _is_promised(scene, zone, candidate) or _is_to_be(scene, candidate):
        return True
    if candidate.kind in _STANCES:
        return not _DOUBTFUL.isdisjoint(zone)
    return _is_governed(scene, zone, candidate)


def _is_governed(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether a modal or a plan governs the trigger."""
    trigger = candidate.trigger
    if trigger.is_verb and scene.tokens[trigger.first].low in _PLANNING:
        return True
    if not scene.lexicon.words["status.prospective_modals"].isdisjoint(zone):
        done = "have" in zone and _DOUBTFUL.isdisjoint(zone)
        return not (done and trigger.is_verb)
    if trigger.is_verb:
        return _is_infinitive_of_plan(scene, zone, candidate)
    return _is_planned_thing(scene, zone, candidate)


def _is_announced(scene: Scene, stop: int) -> bool:
    """Whether the clause that leads to *stop* looks ahead; a headline does with "X to visit Y"."""
    if scene.form == "heading" and "to" in scene.lows(0, stop):
        return True
    for at in range(stop - 1, max(-1, stop - _SENTENCE), -1):
        low = scene.tokens[at].low
        if scene.tokens[at].sort == "strong" or low in {"who", "which", "that"} or low in _DONE:
            return False
        if low in _FUTURE:
            return scene.lows(at, at + 2) != ["will", "continue"]
    return _plans(scene, scene.lows(stop - 3, stop))


def _is_conditional(scene: Scene, stop: int) -> bool:
    """Whether the clause of the word at *stop* is a condition: "if X attacks Y", "had X sent"."""
    tokens = scene.tokens
    for at in range(stop - 1, max(-1, stop - _CONDITION), -1):
        token = tokens[at]
        if token.low in {"if", "unless", "whether"}:
            return scene.lows(at - 1, at) != ["even"] or token.low != "if"
        if token.low == "case" and scene.lows(at - 1, at) == ["in"]:
            return tokens[at + 1].low != "of"
        opens = at == 0 or tokens[at - 1].sort in {"comma", "strong"}
        if opens and token.low in _INVERTED and _begins_phrase(scene, at + 1):
            return True
        if token.sort in {"strong", "comma"}:
            return False
    return False


def _begins_phrase(scene: Scene, at: int) -> bool:
    return any(group.first in {at, at + 1} for group in scene.groups)


def _is_to_be(scene: Scene, candidate: Candidate) -> bool:
    """Whether an infinitive of its own tells of it: "X to send ...", "for X to send ..."."""
    tokens, stop = scene.tokens, candidate.trigger.first
    for at in range(stop - 1, max(0, stop - 7), -1):
        token = tokens[at]
        if token.sort in {"strong", "comma", "rel", "conj", "actor"}:
            return False
        if token.low != "to":
            continue
        before = next((g for g in scene.groups if g.last == at), None)
        if before is not None and before.head != "thing":
            is_headed = scene.form == "heading" and before.prep is None
            return is_headed or before.prep == "for"
        if tokens[at - 1].low in {"is", "are", "'s"}:
            return at + 1 < len(tokens) and tokens[at + 1].sort != "det"
        if scene.form == "heading":
            return before is not None or at <= 3
        return False
    return False


def _is_promised(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether things are only promised: "announced $5 million in aid"."""
    trigger = candidate.trigger
    words = {*zone, *scene.lows(trigger.first, trigger.first + 1)}
    promising = scene.lexicon.words["status.promising_verbs"]
    return candidate.kind in _THINGS and not promising.isdisjoint(words)


def _plans(scene: Scene, lows: Iterable[str]) -> bool:
    return not scene.lexicon.words["status.prospective_governors"].isdisjoint(lows)


def _is_infinitive_of_plan(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the verb hangs on a plan: "pledged to send", "considers sending"."""
    trigger = candidate.trigger
    if "to" in zone:
        at = trigger.first - zone[::-1].index("to") - 1
        return _plans(scene, scene.lows(at - 4, at))
    against = "against" in zone[-2:]
    return trigger.entry.form in {"base", "ing"} and not against and _plans(scene, zone[-3:])


def _is_planned_thing(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the noun is a plan: "a possible Russian attack", "drills are scheduled"."""
    trigger = candidate.trigger
    before = list(zone[-4:])
    if "," in before:
        before = before[len(before) - before[::-1].index(",") :]
    if candidate.source.name in {"poss", "mod"}:
        first = candidate.source.group.first
        before += scene.lows(first - 3, first)
    if _plans(scene, before) or before[-3:-1] in (["close", "to"], ["near", "to"]):
        return True
    if "possibility" in scene.lows(trigger.last, trigger.last + 14):
        return True
    after = scene.lows(trigger.last, trigger.last + 6)
    stops = [place for place, low in enumerate(after) if low in {",", ".", ";"}]
    return not _AHEAD.isdisjoint(after[: min(stops, default=len(after))])
