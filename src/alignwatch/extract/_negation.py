"""Negation that stands beside a trigger rather than before it in its clause."""

from itertools import pairwise

from alignwatch.extract._frames import Candidate
from alignwatch.extract._scene import Scene
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind

__all__ = ["NEGATIVE", "is_denied_beside", "is_lifted", "is_overdone"]

_PROOF = frozenset(
    {
        "evidence",
        "suggests",
        "shows",
        "indicates",
        "sign",
        "signs",
        "indication",
        "indications",
        "proof",
    }
)
_UNTRUE = frozenset({("not", "true"), ("false", "that"), ("untrue", "that"), ("not", "proven")})
_FRONTED = frozenset({"never", "neither", "nor", "nowhere", "not"})
_REACH, _OPENING = 14, 6
_ABSENT = frozenset({"missing", "absent", "lacking", "nonexistent"})
_FAILED = (["failed"], ["collapsed"], ["never"])

_OVERDONE = frozenset(
    {"overstated", "exaggerated", "overblown", "unfounded", "misplaced", "unwarranted", "overdone"}
)
_TALK = frozenset({"fears", "fear", "talk", "claims", "reports", "notion", "idea", "rumours"}) | {
    *("rumors", "concerns", "worries", "warnings", "speculation", "suggestions", "allegations"),
}

NEGATIVE = frozenset(
    {"no", "non", "not", "never", "neither", "nor", "failed", "collapsed", "lacks", "little"}
    | _OVERDONE
    | _ABSENT
    | {"scant", "false", "untrue", "nothing", "nowhere"}
)
"""One of these stands in every sentence that `is_denied_beside` may find a denial in."""


def is_denied_beside(scene: Scene, candidate: Candidate) -> bool:
    """Whether "no evidence that", "not true that", "failed", "no X", "not Y" deny the claim."""
    trigger = candidate.trigger
    before = scene.lows(trigger.first - _REACH, trigger.first)
    if _is_fronted(scene, candidate) or is_overdone(scene, candidate):
        return True
    after = scene.lows(trigger.last, trigger.last + 1)
    absent = not _ABSENT.isdisjoint(scene.lows(trigger.last + 1, trigger.last + 3))
    if absent and after[0] in scene.lexicon.words["grammar.be"] | {"remains", "remained"}:
        return True
    ends = after == ["no"] if trigger.is_verb else after in _FAILED
    return (
        ends
        or before[-1:] in (["failed"], ["no"], ["non"])
        or any(_denies(low, following) for low, following in pairwise(before))
        or _is_excluded(scene, candidate)
    )


def _is_fronted(scene: Scene, candidate: Candidate) -> bool:
    """Whether a negation opens the clause: "at no point did X", "never has X"."""
    doer, tokens = candidate.doer.group, scene.tokens
    at = doer.first - 1
    if at > 0 and tokens[at].sort == "det":
        at -= 1
    if not 0 < at < _OPENING or tokens[at].sort != "aux" or candidate.trigger.first < doer.first:
        return False
    before = scene.lows(0, at)
    return before[0] in _FRONTED or "no" in before[:2]


def is_overdone(scene: Scene, candidate: Candidate) -> bool:
    """Whether "fears of ... are overstated", "talk of ... is exaggerated" say that it is not so."""
    if _OVERDONE.isdisjoint(scene.word_set()):
        return False
    trigger = candidate.trigger
    told = scene.lows(trigger.first - _REACH, trigger.first)
    if _TALK.isdisjoint(told):
        return False
    return not _OVERDONE.isdisjoint(scene.lows(trigger.last, trigger.last + 2 * _REACH))


def _denies(low: str, following: str) -> bool:
    lacks = following in _PROOF and low in {"no", "little", "scant", "nothing"}
    return lacks or (low, following) in _UNTRUE


def _is_excluded(scene: Scene, candidate: Candidate) -> bool:
    """Whether one side is: "neither X nor Y sold", "no X troops", "X but not Y"."""
    doer, other = candidate.doer.group, candidate.other.group
    if doer.first > 0 and scene.tokens[doer.first - 1].low in {"neither", "nor", "no"}:
        return True
    before = scene.lows(other.first - 2, other.first)
    return before[-1:] == ["not"] and before[0] in {",", "but", "and", "though", "although"}


def is_lifted(scene: Scene, trigger: Trigger) -> bool:
    """Whether a penalty is only what a concession ends: "lifted an arms embargo"."""
    for other in scene.triggers:
        if other.kind is not Kind.CONCESSION:
            continue
        if trigger.governed and trigger.first <= other.object_at < trigger.last:
            return True
        between = scene.tokens[other.last : trigger.first]
        if other.last <= trigger.first and all(token.sort in _DESCRIBES for token in between):
            return True  # "agreed to lift the harsh sanctions"
    return False


_DESCRIBES = frozenset({"det", "word", "cap", "num", "actor"})
