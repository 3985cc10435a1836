"""Who stands before a verb and does not do it: in another clause, or beside its object."""

from collections.abc import Sequence
from typing import Protocol

from alignwatch.extract._groups import Group
from alignwatch.extract._scene import ASIDES, Scene
from alignwatch.extract._tokens import Token
from alignwatch.extract._triggers import Trigger

__all__ = ["mark_outsiders", "mark_undergoers"]

_OPENERS = frozenset(
    {"as", "while", "when", "after", "before", "although", "though", "since", "because", "once"}
    | {"in", "to", "despite", "amid", "whereas", "until", "for", "unlike", "like"}
)
_CONTROLLED = frozenset({"for", "of", "from"})
_CHARGES = frozenset({"of", "for", "from", "against", "with"})
_BETWEEN = frozenset({"not", "having", "ever", "never", "been", "again", "even"})
_ABOUT = frozenset({"of", "about", "over", "despite", "with"})
_NEXT = frozenset({"and", "but", "or"})
_FINITE = frozenset({"past", "pret", "s"})
_LEAD, _LENDING = 5, 6


class _Placed(Protocol):
    """What is marked: a phrase seen from a trigger (`Relation`)."""

    group: Group
    apart: bool


def mark_outsiders(scene: Scene, left: Sequence[_Placed], trigger: Trigger) -> None:
    """Mark as `apart` those on the *left* of *trigger* who do something else, or nothing.

    "As X looked on, Y attacked", "Y, whose envoy is in X, attacked", "X praised Y for sending",
    "Y armed X, attacked Z and left".
    """
    if len(left) < 2:
        return
    if trigger.is_verb:
        if not trigger.kind.is_symmetric:
            _mark_opening(scene, left, trigger.first)
        _mark_asides(scene, left, trigger.first)
        if trigger.entry.form == "ing":
            _mark_controller(scene, left, trigger.first)
    _mark_earlier_objects(scene, left, trigger)


def mark_undergoers(scene: Scene, right: Sequence[_Placed], trigger: Trigger) -> None:
    """Mark as `apart` those on the *right* of *trigger* to whom its object does something.

    "X accused Y of arming Z", "X punished Y for not having left Z".
    """
    if len(right) < 2 or not trigger.is_verb or trigger.kind.is_symmetric:
        return
    tokens, known = scene.tokens, right[0].group
    at = known.last
    is_object = known.prep is None and known.first <= trigger.last + 2
    if not is_object or at + 1 >= len(tokens) or tokens[at].low not in _CHARGES:
        return
    at += 1
    while at + 1 < len(tokens) and (tokens[at].low.endswith("ly") or tokens[at].low in _BETWEEN):
        at += 1
    if tokens[at].low.endswith("ing"):
        for placed in right[1:]:
            placed.apart = placed.apart or placed.group.first > at


def _mark_opening(scene: Scene, left: Sequence[_Placed], first: int) -> None:
    """Who stands in an opening clause: "As X looked on, ...", "To the dismay of X, ..."."""
    tokens = scene.tokens
    if tokens[0].low not in _OPENERS:
        return
    for at in range(1, first):
        if tokens[at].sort != "comma":
            continue
        if any(_acts_behind(placed.group, at) for placed in left):
            for placed in left:
                placed.apart = placed.apart or placed.group.last <= at
            return


def _acts_behind(group: Group, comma: int) -> bool:
    return comma < group.first <= comma + 2 and group.prep is None and not group.poss


def _mark_asides(scene: Scene, left: Sequence[_Placed], first: int) -> None:
    """Who stands in a relative clause between commas: "Y, whose envoy is in X, attacked"."""
    if not scene.bounds().has_asides:
        return
    tokens = scene.tokens
    for at in range(left[0].group.last, first - 1):
        if tokens[at].sort != "comma" or tokens[at + 1].low not in ASIDES:
            continue
        closing = next((n for n in range(at + 1, first) if tokens[n].sort == "comma"), 0)
        for placed in left:
            inside = at < placed.group.first and placed.group.last <= closing
            placed.apart = placed.apart or inside


def _mark_controller(scene: Scene, left: Sequence[_Placed], first: int) -> None:
    """Everyone but whom the participle is about: "X praised Y for sending", "of Y sending"."""
    tokens = scene.tokens
    at = first - 1
    while at > 0 and (tokens[at].low.endswith("ly") or tokens[at].low in {"not", "having", "ever"}):
        at -= 1
    controller: _Placed | None = None
    for placed in left:
        group = placed.group
        bound = (
            tokens[at].low in _CONTROLLED and group.last == at and group.prep not in {"by", "to"}
        )
        if bound or (group.last == at + 1 and group.prep in _ABOUT and group.head != "thing"):
            controller = placed
    if controller is None:
        return
    for placed in left:
        placed.apart = placed.apart or placed is not controller


def _mark_earlier_objects(scene: Scene, left: Sequence[_Placed], trigger: Trigger) -> None:
    """Whom an earlier verb of the same subject is done to: "Y armed X, attacked Z and left"."""
    tokens = scene.tokens
    verb = _verb_of(scene, trigger)
    if verb < 1 or trigger.passive or not _goes_on(scene, verb, trigger):
        return
    subject = next(
        (p.group for p in left if p.group.prep is None and p.group.head != "thing"), None
    )
    if subject is None:
        return
    light = scene.lexicon.words["grammar.light_verbs"]
    for placed in left:
        group = placed.group
        if group.first < subject.last or group.last > verb:
            continue
        between = tokens[subject.last : group.first]
        aside = group.last < verb - 1 and tokens[group.last].sort == "comma"
        if not aside and any(_is_verbal(token, light) for token in between):
            placed.apart = True


def _verb_of(scene: Scene, trigger: Trigger) -> int:
    """Where the verb stands that the trigger is or that lends it its subject; -1 for none."""
    if trigger.is_verb:
        return trigger.first if trigger.entry.form in _FINITE else -1
    light = scene.lexicon.words["grammar.light_verbs"]
    for at in range(trigger.first - 1, max(-1, trigger.first - _LENDING), -1):
        token = scene.tokens[at]
        if token.low in light:
            return at if token.low[-3:] != "ing" else -1
        if token.sort not in {"word", "det", "cap", "num"}:
            return -1
    return -1


def _goes_on(scene: Scene, verb: int, trigger: Trigger) -> bool:
    """Whether a verb follows "," or "and" without a subject of its own."""
    tokens = scene.tokens
    if tokens[verb - 1].sort == "comma":
        return trigger.is_verb
    for at in range(verb - 1, max(-1, verb - _LEAD), -1):
        token = tokens[at]
        if token.low in _NEXT:
            return at < verb - 1
        if token.sort not in {"word", "num", "comma"} or token.low[-3:] == "ing":
            return False
    return False


def _is_verbal(token: Token, light: frozenset[str]) -> bool:
    if token.sort in {"verb", "aux"} or token.low in light:
        return True
    return token.sort == "word" and token.low.endswith("ed")
