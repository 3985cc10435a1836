"""How a phrase of actors stands to a trigger: subject, possessor, object or behind what."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

import attrs

from alignwatch.extract._clauses import mark_outsiders, mark_undergoers
from alignwatch.extract._groups import Group
from alignwatch.extract._scene import ASIDES, Scene
from alignwatch.extract._tokens import Token
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind

__all__ = ["Relation", "relate"]


@attrs.define(eq=False)
class Relation:
    """A phrase's place seen from a trigger.

    `name` is one of: ``poss`` ("X's support"), ``mod`` ("Russian support"), ``nmod`` ("Iran
    sanctions"), ``subj``, ``sposs`` (possessor in the subject), ``lprep`` (left, behind a
    preposition), ``obj``, ``oposs`` (possessor in the object), ``prep`` (right, behind `prep`),
    ``pposs`` (possessor behind `prep`), ``accuser`` ("X accuses Y of ..."), ``by`` (the agent of a
    passive), ``implied`` (the author), or the form of a pair that the text before has named.
    `light` tells of a subject that a light verb lends ("X launched strikes"), `opens` of a phrase
    on the left that a relative clause or an accusation ties to the trigger: "B, which A ...".
    `apart` tells of a phrase of another clause: "sent arms to B and condemned C" makes B condemn
    nobody. `barriers` and `commas` count what stands between, `rank` nearer phrases of the side.
    """

    group: Group
    name: str
    prep: str | None = None
    distance: int = 0
    barriers: int = 0
    commas: int = 0
    rank: int = 0
    opens: bool = False
    light: bool = False
    apart: bool = False
    as_source: tuple[Any, ...] = attrs.field(default=(), init=False, repr=False)
    as_target: tuple[Any, ...] = attrs.field(default=(), init=False, repr=False)


_MODIFIER_SORTS = frozenset({"word", "cap", "num"})


def _count(scene: Scene, start: int, stop: int) -> tuple[int, int]:
    """Clause boundaries and commas between two places."""
    if start >= stop:
        return 0, 0
    bounds = scene.bounds()
    if not bounds.has_asides:
        barriers, commas = bounds.barriers, bounds.commas
        return barriers[stop] - barriers[start], commas[stop] - commas[start]
    tokens = scene.tokens
    barred = parted = 0
    at = start - 1
    while at + 1 < stop:
        at += 1
        sort = tokens[at].sort
        if sort == "comma" and at + 1 < stop and tokens[at + 1].low in ASIDES:
            closing = _closing_comma(tokens, at + 1, stop)
            if closing:
                parted, at = parted + 1, closing
                continue
        if sort in {"strong", "rel", "verb"}:
            barred += 1
        elif sort == "comma":
            parted += 1
    return barred, parted


def _closing_comma(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Where a relative clause that opens at *start* ends before *stop*; 0 where it does not."""
    for at in range(start, stop):
        if tokens[at].sort == "strong":
            return 0
        if tokens[at].sort == "comma":
            return at
    return 0


def _is_light(tokens: Sequence[Token], start: int, stop: int, light: frozenset[str]) -> bool:
    """Whether the last verb before the trigger lends it its subject: "launched strikes on"."""
    for at in range(stop - 1, max(start, stop - 6) - 1, -1):
        if tokens[at].low in light:
            return True
        if tokens[at].sort not in {"word", "det", "cap", "num", "comma", "conj", "verb"}:
            return False
    return False


def _left(scene: Scene, group: Group, trigger: Trigger, light: frozenset[str]) -> Relation:
    tokens, first = scene.tokens, trigger.first
    barriers, commas = _count(scene, group.core, first)
    distance = first - group.core
    made = Relation(group, "subj", group.prep, distance, barriers, commas)
    if distance <= _OWN and trigger.entry.part in _NOMINAL:
        name = _stands_before(tokens[group.core : first], group, trigger)
        if name:
            made.name = name
            return made
    if barriers and not trigger.is_verb:
        made.light = _is_light(tokens, group.core, first, light)
        made.barriers -= made.light
    if group.prep is not None:
        made.name = "lprep"
    elif group.head == "thing" or (
        trigger.passive and group.core <= trigger.object_at < group.last
    ):
        made.name = "sposs"  # "X's drones were sent", "X soldiers were sent"
    return made


_OWN = 7
"""Tokens between an owner and what it owns: "X's continued and growing military support"."""

_NOMINAL = frozenset({"n", "w", "a"})
_AND = frozenset({"and", ","})
_ADJECTIVES = frozenset({"demonym", "our", "tie"})


def _stands_before(between: Sequence[Token], group: Group, trigger: Trigger) -> str:
    """How a phrase describes the noun behind it, with *between* in between; nothing: not at all."""
    joined = False
    for token in between:
        listed = token.low in _AND
        joined = joined or listed
        plain = listed or token.sort in _MODIFIER_SORTS
        if not (plain or (group.poss and token.low.endswith("ed"))):
            return ""
    if (between and between[-1].low == ",") or (trigger.entry.part == "a" and not group.poss):
        return ""
    if group.poss:
        return "poss"
    if group.form in _ADJECTIVES and group.head != "people":
        return "mod"
    return "nmod" if len(between) <= 3 and not joined else ""


def _right(scene: Scene, group: Group, trigger: Trigger) -> Relation:
    last = trigger.last
    start = max(last, group.first if group.noun_at < last else group.noun_at)
    barriers, commas = _count(scene, last, start)
    near = trigger.object_at + 1 if last <= trigger.object_at < start else last
    made = Relation(group, "obj", None, start - near, barriers, commas)
    prep, at = group.prep, group.prep_at
    if prep is not None and at >= last:
        made.name, made.prep = ("by" if prep == "by" else "prep"), prep
    elif prep is not None and last - trigger.first > 1 and at >= trigger.first:
        made.prep = prep
    elif scene.tokens[last - 1].sort == "prep":
        made.prep = scene.tokens[last - 1].low
    if group.head == "thing" and made.name != "by":
        made.name = "oposs" if made.name == "obj" else "pposs"
    return made


_JOINING = frozenset({"and", "but", "or", "then", "while", "whereas", "although", "though", ","})


def _is_verbal(token: Token, light: frozenset[str]) -> bool:
    """Whether a word reads as a verb where one is expected."""
    if token.sort in {"verb", "aux"} or token.low in light:
        return True
    return token.sort == "word" and token.low.endswith("ed")


def _shares_subject(
    tokens: Sequence[Token], group: Group, first: int, light: frozenset[str]
) -> int:
    """Where "and" joins the trigger's verb to one before *group*'s end; -1 where it does not."""
    for at in range(group.core, first):
        if tokens[at].sort in {"strong", "rel", "actor", "verb", "aux"} or tokens[at].low == "to":
            return -1
        if tokens[at].low not in _CLAUSE_JOINS:
            continue
        verb = at + 1
        while verb < first and (tokens[verb].low == "then" or tokens[verb].low.endswith("ly")):
            verb += 1
        if verb == first or tokens[verb].sort == "verb" or tokens[verb].low in light:
            return at
    return -1


def _opening_clause(tokens: Sequence[Token]) -> int:
    """Where the participle that opens a sentence ends its clause: "Having praised X, ..."; 0."""
    if len(tokens) < _SHORT:
        return 0
    verb = tokens[1] if tokens[0].low in _TIMING else tokens[0]
    if not verb.low.endswith("ing") or verb.name is not None:
        return 0
    return next((at for at, token in enumerate(tokens) if token.sort == "comma"), 0)


def _find_late_subject(
    tokens: Sequence[Token], right: Sequence[Relation], trigger: Trigger
) -> None:
    """Give the participle that opens a sentence the subject of its main clause."""
    comma = _opening_clause(tokens) if trigger.is_verb and right else 0
    if trigger.first >= min(comma, _SHORT):
        return
    late = next((relation for relation in right if relation.group.first > comma), None)
    if late is not None and late.group.prep is None and late.group.first <= comma + 2:
        late.name, late.barriers, late.commas, late.rank = "subj", 0, 0, 0


_SHORT = 4
_TIMING = frozenset({"after", "before", "while", "by", "since", "upon", "besides", "despite"})


def _mark_other_clauses(scene: Scene, left: Sequence[Relation], first: int) -> None:
    """Mark agents of another verb, and who stands before ";" or in an opening participle."""
    if not left:
        return
    tokens = scene.tokens
    for relation in left:
        at = relation.group.prep_at
        agent = relation.prep == "by" and at > 0 and tokens[at - 1].low.endswith(("ed", "en"))
        relation.apart = relation.apart or (agent and len(left) > 1)
    comma = _opening_clause(tokens)
    stop = comma if comma < first else 0
    if ";" in scene.word_set():
        for at in range(stop + 1, first):
            if tokens[at].low == ";":
                stop = at
    if stop and any(r.group.first > stop and r.prep is None for r in left):
        for relation in left:
            relation.apart = relation.apart or relation.group.first < stop


def _mark_beside_owner(left: Sequence[Relation]) -> None:
    """Mark who stands before a noun's owner: in "X praised Y's aid to Z" X gives nothing."""
    owner = next((relation for relation in reversed(left) if relation.name == "poss"), None)
    if owner is None or owner is not left[-1] or owner.distance > _OWNED:
        return
    for relation in left[:-1]:
        relation.apart = not relation.light


_OWNED = 3
_CLAUSE_JOINS = frozenset({"and", "but", "or", "then"})


def _mark_apart(
    scene: Scene,
    left: Sequence[Relation],
    right: Sequence[Relation],
    trigger: Trigger,
    light: frozenset[str],
) -> None:
    """Mark objects of an earlier verb of the same subject, and the subject of the next clause."""
    tokens = scene.tokens
    for relation in right:
        opens = relation.group.prep is None and _opens_clause(
            tokens, relation.group, trigger, light
        )
        relation.apart = opens and relation.name != "subj"
    _mark_other_clauses(scene, left, trigger.first)
    if not trigger.is_verb:
        _mark_beside_owner(left)
    if not trigger.is_verb and not any(relation.light for relation in left):
        return
    subjects = [r for r in left if r.prep is None and r.group.head != "thing"]
    if not subjects:
        return
    first = subjects[0].group
    if _CLAUSE_JOINS.isdisjoint(scene.word_set()):
        return
    for relation in left:
        group = relation.group
        if group is first or group.first < first.last:
            continue
        if _shares_subject(tokens, group, trigger.first, light) >= 0 and any(
            _is_verbal(token, light) for token in tokens[first.last : group.first]
        ):
            relation.apart = True


def _opens_clause(
    tokens: Sequence[Token], group: Group, trigger: Trigger, light: frozenset[str]
) -> bool:
    """Whether a phrase on the right is the subject of the next clause: ", while X looked on"."""
    before = group.first - 1
    if before >= 0 and tokens[before].sort == "det":
        before -= 1
    if before < 1 or tokens[before].low not in _JOINING or group.last >= len(tokens):
        return False
    joined = tokens[before].low in {"and", ","} and tokens[before - 1].sort != "comma"
    if joined and not trigger.is_verb:
        return False  # "the talks with Y and Z were long"
    return group.head != "thing" and not group.poss and _is_verbal(tokens[group.last], light)


def _accuses(tokens: Sequence[Token], accusing: frozenset[str]) -> bool:
    """Whether somebody is accused in these words, by who stands before them: not "accused by"."""
    return any(
        token.low in accusing and (at + 1 == len(tokens) or tokens[at + 1].low not in {"by", "of"})
        for at, token in enumerate(tokens)
    )


def _is_between(places: Sequence[int], start: int, stop: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < stop


def relate(scene: Scene, trigger: Trigger) -> list[Relation]:
    """Say of each phrase how it stands to *trigger*; each `rank` counts nearer ones of its side."""
    tokens, words = scene.tokens, scene.lexicon.words
    light, accusing = words["grammar.light_verbs"], words["verbs.accusing"]
    left: list[Relation] = []
    right: list[Relation] = []
    for group in scene.groups:
        if group.implied or group.tells or (group.topic and trigger.kind is Kind.CONSULTATION):
            continue
        if group.core <= trigger.first:
            left.append(_left(scene, group, trigger, light))
        elif group.first >= trigger.first:
            right.append(_right(scene, group, trigger))
    rank = 0
    relatives = scene.bounds().relatives
    accuses = len(left) > 1 and not scene.word_set().isdisjoint(accusing)
    for number, relation in enumerate(left[:-1]):
        start, stop = relation.group.core, left[number + 1].group.first
        relation.opens = _is_between(relatives, start, stop)
        if accuses and relation.name == "subj" and _accuses(tokens[start:stop], accusing):
            relation.name, relation.opens = "accuser", True
    for relation in reversed(left):
        relation.rank = rank
        if relation.name in _NEARER:
            rank += 1
    for rank, relation in enumerate(right):
        relation.rank = rank
    _find_late_subject(tokens, right, trigger)
    _mark_apart(scene, left, right, trigger, light)
    mark_outsiders(scene, left, trigger)
    mark_undergoers(scene, right, trigger)
    return [*left, *right]


_NEARER = frozenset({"subj", "sposs", "poss", "mod", "nmod"})
