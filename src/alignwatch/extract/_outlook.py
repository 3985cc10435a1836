"""Whether a claim lies ahead: planned, promised, possible, conditional, asked for."""

from collections.abc import Sequence

from alignwatch.extract._aims import (
    is_averted,
    is_awaited,
    is_feared,
    is_in_preparation,
    is_provided,
    is_sought,
    is_talked_of,
)
from alignwatch.extract._frames import Candidate
from alignwatch.extract._negation import is_overdone
from alignwatch.extract._scene import Scene, first_words, phrase_size
from alignwatch.extract._tokens import Token
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
# kinds that an agreement may only provide for
_DEEDS = _THINGS | {
    *(Kind.TRADE, Kind.ECONOMIC_COOPERATION, Kind.MILITARY_COOPERATION, Kind.EXERCISE),
    *(Kind.INTELLIGENCE, Kind.LABOR, Kind.NORMALIZATION, Kind.CONCESSION),
}
_AGREED = _DEEDS | {Kind.TREATY, Kind.DEFENSE_PACT}
_SIGNED = frozenset({Kind.TREATY, Kind.DEFENSE_PACT})
_STANDING = frozenset({"from", "under", "within", "despite", "violate", "violates", "violated"})
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
_DATES_AHEAD = frozenset({"tomorrow", "next"})
_SPANS = frozenset({"week", "month", "year", "summer", "autumn", "fall", "winter", "spring"})
_ONGOING = frozenset({"continue", "continues", "keep", "remain", "always"})
_PROVIDED = frozenset({"provided", "providing", "assuming", "supposing"})
_INVERTED = frozenset({"should", "had", "were"})
_MISJUDGED = frozenset({"expected", "feared", "hoped", "anticipated", "foreseen", "warned"})
_CONDITIONS = _INVERTED | {
    "if",
    "unless",
    "provided",
    "providing",
    "assuming",
    "supposing",
    "whether",
    "case",
}
_REMAINS = frozenset({"remain", "remains", "remained", "firmly", "fully", "deeply", "strongly"})
_MODIFYING = frozenset({"word", "cap", "actor", "poss", "num"})
_SENTENCE, _CONDITION, _NEAR = 36, 14, 8


def is_prospective(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the words that govern the trigger make it a prospect; *zone* are those before it."""
    trigger = candidate.trigger
    if _is_conditional(scene, trigger.first):
        return candidate.kind not in _SAYINGS or candidate.kind is Kind.SUPPORT
    if candidate.kind in _SAYINGS or is_overdone(scene, candidate):
        return False
    announced = candidate.kind in _ARRANGED and _is_announced(scene, trigger.first)
    promised = announced or _is_promised(scene, zone, candidate)
    to_be = "to" in scene.word_set() and _is_to_be(scene, candidate)
    if promised or to_be or _is_dated_ahead(scene, candidate):
        return True
    if candidate.kind in _STANCES:
        return _is_future_stance(scene, zone, candidate)
    if candidate.kind in _SIGNED and not trigger.is_verb and _stands(scene, trigger.first):
        return False
    wanted = candidate.kind in _AGREED and _is_only_wanted(scene, candidate)
    return wanted or _is_governed(scene, zone, candidate)


def _is_dated_ahead(scene: Scene, candidate: Candidate) -> bool:
    """Whether a date ahead goes with the verb or noun: "travels to Y next week"."""
    if candidate.kind in _STANCES or _DATES_AHEAD.isdisjoint(scene.word_set()):
        return False
    tokens, trigger = scene.tokens, candidate.trigger
    for at in range(trigger.last, min(len(tokens) - 1, trigger.last + _CONDITION)):
        if tokens[at].sort in {"strong", "rel"} or tokens[at].low in {"and", "but"}:
            return False
        if tokens[at].low == "tomorrow" or (
            tokens[at].low == "next" and tokens[at + 1].low in _SPANS
        ):
            return True
    return False


def _is_future_stance(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether even a stance lies ahead: "could ally", "discussed closer ties", "will leave"."""
    trigger = candidate.trigger
    talked = candidate.kind is Kind.PARTNERSHIP and is_talked_of(scene, trigger.first)
    leaves = candidate.kind is Kind.DISTANCING and trigger.is_verb and "will" in zone
    return talked or leaves or not _DOUBTFUL.isdisjoint(zone)


def _stands(scene: Scene, stop: int) -> bool:
    """Whether what is planned leaves or follows a treaty: "will withdraw from the X deal"."""
    if _STANDING.isdisjoint(scene.word_set()):
        return False
    for at in range(stop - 1, max(-1, stop - _NEAR), -1):
        if scene.tokens[at].low in _STANDING:
            return True
        if scene.tokens[at].sort not in _MODIFYING | {"det"}:
            return False
    return False


def _is_only_wanted(scene: Scene, candidate: Candidate) -> bool:
    """Whether it is an aim: asked for, negotiated, talked of, or what an agreement provides for."""
    trigger, words = candidate.trigger, scene.lexicon.words
    own = scene.tokens[trigger.first].low
    if trigger.is_verb and own in words["status.seeking"]:
        return True
    agreed = candidate.kind in _DEEDS and is_provided(scene, trigger.first)
    return agreed or is_sought(scene, candidate) or is_talked_of(scene, trigger.first)


def _is_governed(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether a modal or a plan governs the trigger."""
    trigger = candidate.trigger
    if trigger.is_verb and scene.tokens[trigger.first].low in _PLANNING:
        return True
    if not scene.lexicon.words["status.prospective_modals"].isdisjoint(zone):
        if not _ONGOING.isdisjoint(zone) and _DOUBTFUL.isdisjoint(zone):
            return False  # "will continue to supply"
        done = "have" in zone and _DOUBTFUL.isdisjoint(zone)
        return not (done and trigger.is_verb)
    if trigger.is_verb:
        feared = trigger.entry.form == "ing" and is_feared(scene, trigger.first)
        return feared or _is_infinitive_of_plan(scene, zone, candidate)
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
    return _plans(scene, stop - 3, stop)


def _is_conditional(scene: Scene, stop: int) -> bool:
    """Whether the clause of the word at *stop* is a condition: "if X attacks Y", "had X sent"."""
    if _CONDITIONS.isdisjoint(scene.word_set()):
        return False
    tokens = scene.tokens
    for at in range(stop - 1, max(-1, stop - _CONDITION), -1):
        token = tokens[at]
        if token.low in {"if", "unless", "whether"}:
            return scene.lows(at - 1, at) != ["even"] or token.low != "if"
        if token.low == "case" and scene.lows(at - 1, at) == ["in"]:
            return tokens[at + 1].low != "of"
        if token.low in _PROVIDED and tokens[at + 1].low != "that":
            continue
        opens = token.low in _PROVIDED or at == 0 or tokens[at - 1].sort in {"comma", "strong"}
        if opens and (
            token.low in _PROVIDED or (token.low in _INVERTED and _begins_phrase(scene, at + 1))
        ):
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
        if token.low != "to" or tokens[at + 1].low == "have":
            continue  # "X said to have sent"
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
    if candidate.kind not in _THINGS or not scene.has("status.promising_verbs"):
        return False
    trigger = candidate.trigger
    words = {*zone, *scene.lows(trigger.first, trigger.first + 1)}
    promising = scene.lexicon.words["status.promising_verbs"]
    if promising.isdisjoint(words):
        return False
    keeps = {"committed"} == promising & words
    return not (keeps and _keeps_promise(scene, zone, trigger.first))


def _plans(scene: Scene, first: int, stop: int) -> bool:
    """Whether a word of planning stands among the tokens; "is committed to" keeps a promise."""
    tokens = scene.tokens
    governors = scene.lexicon.words["status.prospective_governors"]
    phrases = scene.lexicon.words["status.prospective_phrases"]
    if not scene.has("status.prospective_governors") and first_words(phrases).isdisjoint(
        scene.word_set()
    ):
        return False
    lows = scene.lows(0, stop + 1)
    for at in range(max(0, first), min(stop, len(tokens))):
        low = lows[at]
        if phrase_size(lows, at, phrases):
            return True
        if low not in governors:
            continue
        before = tokens[at - 1].low if at else ""
        if before in {"had", "few", "nobody"} and low in _MISJUDGED:
            continue
        if not (low == "committed" and _is_kept(scene, before)) and not (
            low == "due" and _is_because(tokens, at)
        ):
            return True
    return False


def _is_kept(scene: Scene, before: str) -> bool:
    """Whether "committed" behind the word *before* tells of what is done already."""
    return before in _REMAINS or before in scene.lexicon.words["grammar.be"]


def _keeps_promise(scene: Scene, zone: Sequence[str], stop: int) -> bool:
    at = stop - len(zone) + [*zone].index("committed") if "committed" in zone else 0
    return at > 0 and _is_kept(scene, scene.tokens[at - 1].low)


def _is_because(tokens: Sequence[Token], at: int) -> bool:
    """Whether "due to" tells a cause: "due to the war", but "due to arrive"."""
    if at + 2 >= len(tokens) or tokens[at + 1].low != "to":
        return False
    token = tokens[at + 2]
    return token.sort in {"det", "actor", "cap", "num", "pron"} or token.low[-3:] == "ing"


def _is_infinitive_of_plan(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the verb hangs on a plan: "pledged to send", "considers sending"."""
    trigger = candidate.trigger
    first = trigger.first - len(zone)
    if "to" in zone:
        at = trigger.first - zone[::-1].index("to") - 1
        return _plans(scene, at - 4, at)
    against = "against" in zone[-2:]
    governed = _plans(scene, max(first, trigger.first - 3), trigger.first)
    return trigger.entry.form in {"base", "ing"} and not against and governed


def _is_planned_thing(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the noun is a plan: "a possible Russian attack", "drills are scheduled"."""
    trigger = candidate.trigger
    stop = trigger.first
    first = max(stop - len(zone), stop - 4)
    for at in range(stop - 1, first - 1, -1):
        if scene.tokens[at].sort == "comma":
            first = at + 1
            break
    governed = _plans(scene, first, stop)
    if candidate.source.name in {"poss", "mod"}:
        owner = candidate.source.group.first
        governed = governed or _plans(scene, owner - 3, owner)
    before = list(zone[-4:])
    if governed or before[-3:-1] in (["close", "to"], ["near", "to"]):
        return True
    if is_awaited(scene, stop) or is_feared(scene, stop) or is_averted(scene, candidate):
        return True
    if _is_object_of_plan(scene, zone, stop):
        return True
    if "possibility" in scene.lows(trigger.last, trigger.last + 14):
        return True
    after = scene.lows(trigger.last, trigger.last + 6)
    stops = [place for place, low in enumerate(after) if low in {",", ".", ";"}]
    after = after[: min(stops, default=len(after))]
    return not _AHEAD.isdisjoint(after) or is_in_preparation(scene, trigger.last)


def _is_object_of_plan(scene: Scene, zone: Sequence[str], stop: int) -> bool:
    """Whether the noun's verb hangs on a plan: "urged X to send food aid", "aims at selling"."""
    if "to" not in zone:
        return False
    for place, low in enumerate(zone[:-1]):
        at = stop - len(zone) + place
        verb = scene.tokens[at + 1].sort in {"verb", "word"}
        if low == "to" and verb and _plans(scene, at - 3, at):
            return True
    return False
