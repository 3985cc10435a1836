"""Words near a trigger that make it an aim or a chance: sought, provided for, feared, prepared."""

from alignwatch.extract._frames import Candidate
from alignwatch.extract._scene import Scene
from alignwatch.model import Kind

__all__ = [
    "is_averted",
    "is_awaited",
    "is_feared",
    "is_in_preparation",
    "is_provided",
    "is_sought",
    "is_talked_of",
]

_MODIFYING = frozenset({"word", "cap", "actor", "poss", "num"})
_SENTENCE, _PROVISION, _NEAR = 36, 18, 8


def is_sought(scene: Scene, candidate: Candidate) -> bool:
    """Whether the noun is what somebody seeks: "has sought X investment and economic ties"."""
    if candidate.trigger.is_verb or not scene.has("status.seeking"):
        return False
    seeking = scene.lexicon.words["status.seeking"]
    for at in range(candidate.trigger.first - 1, max(-1, candidate.trigger.first - _NEAR), -1):
        token = scene.tokens[at]
        if token.low in seeking:
            return True
        if token.sort not in _MODIFYING | {"det", "conj"} and token.low != "for":
            return False
    return False


def is_talked_of(scene: Scene, stop: int) -> bool:
    """Whether a step is talked of: "discussed expanding trade", "negotiating a pact"."""
    tokens, words = scene.tokens, scene.lexicon.words
    if not (scene.has("status.negotiating") or scene.has("status.discussing")):
        return False
    steps = tokens[stop].low[-3:] == "ing" or tokens[stop].low in words["status.dealings"]
    for at in range(stop - 1, max(-1, stop - _SENTENCE), -1):
        token = tokens[at]
        near = stop - at <= _NEAR
        if near and token.low in words["status.negotiating"]:
            return True
        if token.low in words["status.discussing"]:
            return steps
        if token.sort in {"strong", "rel", "aux"}:
            return False
        step = token.low[-3:] == "ing" or token.low in words["status.dealings"]
        steps = steps or (near and step and token.sort in {"word", "verb"})
        if not near and not steps:
            return False
    return False


def is_provided(scene: Scene, stop: int) -> bool:
    """Whether an agreement aims at it: "a treaty to expand ...", "the deal provides for ..."."""
    tokens, words = scene.tokens, scene.lexicon.words
    if not scene.has("status.instruments") and tokens[0].low != "it":
        return False
    aims = False
    for at in range(stop - 1, max(-1, stop - _PROVISION), -1):
        token = tokens[at]
        if token.low in words["status.instruments"]:
            return aims
        if not at and token.low == "it":
            return tokens[1].low in words["status.providing"]  # "It provides for joint drills"
        far = token.sort == "comma" and stop - at > _NEAR
        if far or token.sort in {"strong", "neg"} or token.low in {"but", "while"}:
            return False
        purpose = token.low == "to" and _begins_a_step(scene, at + 1)
        provides = token.low in words["status.providing"]
        aims = aims or purpose or provides
        if token.sort == "verb" and not (aims or tokens[at - 1].low == "to"):
            return False
    return False


def _begins_a_step(scene: Scene, at: int) -> bool:
    """Whether an infinitive begins at *at*: "(to) supply", "(to) deepen"."""
    token = scene.tokens[at]
    words = scene.lexicon.words
    return token.sort == "verb" or token.low in words["trend.up"] | words["grammar.light_verbs"]


def is_feared(scene: Scene, stop: int) -> bool:
    """Whether it is only a chance or a risk: "the possibility of X sending troops"."""
    if not scene.has("status.chances"):
        return False
    tokens, chances = scene.tokens, scene.lexicon.words["status.chances"]
    for at in range(stop - 1, max(-1, stop - _NEAR), -1):
        if tokens[at].low in chances:
            return tokens[at + 1].low in {"of", "that", "for"}
        if tokens[at].sort in {"strong", "comma", "aux", "verb"}:
            return False
    return False


def is_awaited(scene: Scene, stop: int) -> bool:
    """Whether an adjective before the noun and its owner looks ahead: "a possible X attack"."""
    if not scene.has("status.awaited"):
        return False
    awaited = scene.lexicon.words["status.awaited"]
    for at in range(stop - 1, max(-1, stop - _NEAR), -1):
        if scene.tokens[at].low in awaited:
            return scene.tokens[at - 1].low != "had" if at else True
        if scene.tokens[at].sort not in _MODIFYING and scene.tokens[at].low != "of":
            return False
    return False


def is_averted(scene: Scene, candidate: Candidate) -> bool:
    """Whether an attack is what one makes ready against: "to deter an X attack"."""
    if candidate.kind is not Kind.ATTACK or not scene.has("status.averting"):
        return False
    averting = scene.lexicon.words["status.averting"]
    stop = candidate.trigger.first
    for at in range(stop - 1, max(-1, stop - _NEAR), -1):
        token = scene.tokens[at]
        if token.low in averting:
            ready = {"respond", "response", "defend"}.isdisjoint({token.low})
            return ready or not {"ready", "prepared", "prepare", "will"}.isdisjoint(
                scene.lows(at - 6, at)
            )
        if token.sort not in _MODIFYING | {"det"} and token.low not in {"to", "of", "against"}:
            return False
    return False


def is_in_preparation(scene: Scene, at: int) -> bool:
    """Whether what follows says so: "sanctions on X are being prepared"."""
    if not scene.has("status.pending"):
        return False
    lows = scene.lows(at, at + 2 * _NEAR)
    for place, low in enumerate(lows[:-1]):
        if low in {",", ".", ";", "that", "which", "who"}:
            return False
        pending = lows[place + 1] in scene.lexicon.words["status.pending"]
        if pending and low in {"being", "under", "in"}:
            return True
    return False
