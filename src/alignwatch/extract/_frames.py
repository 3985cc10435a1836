"""Frames: which place in the sentence gives and which receives, and every pair that fits."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._outsiders import find_asked, has_outer_side, is_company
from alignwatch.extract._relations import Relation, relate
from alignwatch.extract._scene import Scene
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind

__all__ = ["Candidate", "propose"]

_NEAR = 4
"""Pairs of phrases that are looked at for one trigger."""


@attrs.define(eq=False)
class Candidate:
    """A possible claim: a trigger with a source and a target phrase, and why.

    `doer` and `other` are the same two in the order of the clause (who buys is the doer, and the
    target). `skips` names closer phrases that were left aside.
    """

    trigger: Trigger
    kind: Kind
    source: Relation
    target: Relation
    doer: Relation
    other: Relation
    over: Relation | None = None
    rank: int = 0
    rivals: int = 1
    skips: str = ""


_SOURCE_PREPS = frozenset({"by", "from"})


_AS_SOURCE = {
    "poss": 4.0,
    "mod": 3.6,
    "subj": 3.2,
    "by": 4.5,
    "nmod": 2.2,
    "sposs": 1.6,
    "lprep": 1.0,
    "implied": 0.8,
    "accuser": 0.1,
    "prep": 0.2,
    "pposs": 0.2,
    "obj": 0.3,
    "oposs": 0.3,
}
_AS_TARGET = {
    "obj": 3.6,
    "oposs": 2.6,
    "prep": 2.2,
    "pposs": 1.4,
    "nmod": 1.6,
    "subj": 0.6,
    "sposs": 0.5,
    "lprep": 0.9,
    "poss": 0.5,
    "mod": 0.7,
    "by": 0.1,
    "implied": 0.1,
    "accuser": 2.0,
}


def _score_source(relation: Relation) -> float:
    base = _AS_SOURCE[relation.name]
    if relation.name == "prep" and relation.prep in _SOURCE_PREPS:
        base = 1.0
    return base - 0.35 * relation.barriers - 0.15 * relation.commas - 0.25 * relation.rank


def _score_target(relation: Relation, trigger: Trigger) -> float:
    base = _AS_TARGET[relation.name]
    if relation.name in _BEHIND_ANY and relation.prep in trigger.entry.preps:
        base += 1.2
    return base - 0.3 * relation.barriers - 0.15 * relation.commas - 0.3 * relation.rank


_BEHIND_ANY = frozenset({"prep", "pposs", "lprep"})


def _directed(
    trigger: Trigger, relations: Sequence[Relation], author: Group | None
) -> list[tuple[Relation, Relation]]:
    """Pairs of doer and undergoer that fit the clause."""
    implied = [] if author is None else [Relation(group=author, name="implied")]
    if trigger.entry.frame == "prefer" and trigger.entry.part == "a":
        # "X is more important than Y as Z's ally", "to Z": Z is the judge
        ranking = [r for r in relations if r.prep in {"as", "to", "for"} and r.name != "lprep"]
        if ranking:
            return [(one, two) for one in ranking for two in relations if two.name in _LEFT_OF]
    if trigger.entry.frame == "judge":
        judges = [*implied, *(r for r in relations if r.name == "subj")]
        judged = [r for r in relations if r.name != "by"]
        return [(one, two) for one in judges for two in judged if one.group is not two.group]
    doers = [doer for doer in (*relations, *implied) if _may_do(trigger, doer)]
    pairs = [
        (doer, other)
        for doer in doers
        for other in relations
        if doer.group is not other.group and _fits(trigger, doer, other)
    ]
    if trigger.entry.frame == "prefer":  # who prefers is named before who is preferred
        return [pair for pair in pairs if pair[0].group.first < pair[1].group.first]
    return pairs


_LEFT_OF = frozenset({"subj", "sposs", "lprep", "accuser"})
_RIGHT_OF = frozenset({"obj", "oposs", "prep", "pposs", "by"})
_BEHIND = frozenset({"prep", "pposs"})
# kinds that stand in a text: "no such clause in the X-Y treaty"
_WRITTEN = frozenset({Kind.TREATY, Kind.DEFENSE_PACT})
_AGENTS = frozenset({"by", "prep", "pposs", "implied", "mod", "obj", "oposs"})


_LEFT = _LEFT_OF | {"implied"}
_OBJECTS = frozenset({"obj", "oposs"})
_OWNERS = frozenset({"poss", "mod"})
_SUBJECTS = frozenset({"subj", "sposs"})
_GIVERS = frozenset({"sposs", "by"})


def _may_do(trigger: Trigger, doer: Relation) -> bool:
    """Whether *doer* can be the doer of the trigger's clause, whoever undergoes it."""
    unowned = trigger.entry.needs_owner and doer.name not in _OWNERS and not doer.light
    if unowned or doer.name == "accuser" or doer.apart:
        return False
    if trigger.passive:
        return True
    return doer.name in _LEFT if trigger.is_verb else doer.name not in _OBJECTS


def _fits(trigger: Trigger, doer: Relation, other: Relation) -> bool:
    """Whether *other* can undergo what *doer*, who may do it, does in the trigger's clause."""
    frame = trigger.entry.frame
    if other.apart and other.name in _RIGHT_OF:
        return False  # it belongs to the next clause
    if trigger.passive:
        if other.name in _LEFT_OF:
            return doer.name in _AGENTS
        # "Iranian drones were sent to X", "drones were sent to X by Iran"
        gives = frame == "give" or trigger.object_at >= 0
        return gives and doer.name in _GIVERS and other.name in _BEHIND
    if frame == "talk" and other.name in _OBJECTS and other.prep is None:
        return False
    # two phrases on the left: "B, which A supplied", "B accuses A of shelling it"
    return (
        not trigger.is_verb
        or other.name not in _LEFT_OF
        or other.opens
        or _in_subject(trigger, doer, other)
    )


def _in_subject(trigger: Trigger, doer: Relation, other: Relation) -> bool:
    """Whether the noun that is the trigger's subject has both: "X's ties with Y have frayed"."""
    at = trigger.object_at
    return (
        trigger.entry.turns
        and other.name == "lprep"
        and doer.group.first < at < other.group.first < trigger.first
        and not other.barriers
    )


def _skips(trigger: Trigger, relations: Sequence[Relation], doer: Relation, other: Relation) -> str:
    """Which closer phrases the pair leaves aside: see `_mark_of`."""
    skipped: set[str] = set()
    for relation in relations:
        group = relation.group
        between = relation.prep in _AMONG and len(group.actors) > 1
        if group is doer.group or group is other.group:
            if between and doer is not other:
                skipped.add("b")
        elif not relation.barriers:
            mark = _mark_of(trigger, relation, between=between)
            if mark:
                skipped.add(mark)
    return "".join(sorted(skipped)) if skipped else ""


_AMONG = frozenset({"between", "among"})


def _mark_of(trigger: Trigger, relation: Relation, *, between: bool) -> str:
    """What a phrase behind no barrier would be: source, agent (y), target, place (i), list (b)."""
    near = relation.distance <= 3
    mark = "b" if between else ""
    if near and relation.name in _OWNERS and not trigger.is_verb:
        mark = "s"
    elif near and relation.name == "by":
        mark = "y"
    elif near and relation.name in _OBJECTS and trigger.is_verb:
        mark = "t"
    elif near and relation.name in _BEHIND and relation.prep in trigger.entry.preps:
        mark = "i" if relation.prep == "in" else "t"
    return mark


def _weigh_pairs(
    trigger: Trigger, relations: Sequence[Relation], pairs: Sequence[tuple[Relation, Relation]]
) -> list[float]:
    """How likely each of *pairs* is, by the places of the two."""
    targets = {relation: _score_target(relation, trigger) for relation in relations}
    sources = {doer: _score_source(doer) for doer in {one for one, _ in pairs}}
    first, last = trigger.first, trigger.last
    weights = []
    for doer, other in pairs:
        weight = sources[doer] + targets[other]
        if trigger.passive and other.name in _SUBJECTS:
            weight += 3.0
        if doer.group.last <= first and other.group.first >= last:
            weight += 0.8
        weights.append(weight)
    return weights


def propose(scene: Scene) -> list[Candidate]:
    """Propose every plausible pair of phrases for every trigger, the likeliest first."""
    found: list[Candidate] = []
    for trigger in scene.triggers:
        if is_company(scene, trigger):
            continue
        relations = relate(scene, trigger)
        plain = not trigger.is_verb and not trigger.entry.weak
        if scene.known is not None and trigger.kind.is_symmetric and plain:
            known = Relation(group=scene.known, name=scene.known.form)
            found.append(_candidate(trigger, known, known))
        if relations:
            if not has_outer_side(scene, trigger, relations):
                found.extend(_within_lists(trigger, relations))
            between = _between_phrases(trigger, relations, scene.author)
            asked = find_asked(scene, trigger) if between else None
            found.extend(c for c in between if asked is None or not _is_askers(c, asked))
    return found


def _is_askers(candidate: Candidate, asked: Group) -> bool:
    """Whether who only asks for it would do it himself, to a third."""
    if candidate.trigger.entry.frame == "judge":
        return False
    sides = (candidate.doer, candidate.other) if candidate.kind.is_symmetric else (candidate.doer,)
    if any(side.group is asked for side in sides):
        return False
    return candidate.doer.group.first < asked.first


_TURNED = frozenset({"get", "stir"})


def _candidate(trigger: Trigger, doer: Relation, other: Relation) -> Candidate:
    frame = trigger.entry.frame
    # "Y's supplier": the owner receives; "Y's customer": the owner gives
    turned = frame in _TURNED or frame == ("role" if doer.name == "poss" else "client")
    source, target = (other, doer) if turned else (doer, other)
    return Candidate(trigger, trigger.kind, source, target, doer, other)


def _both_named(trigger: Trigger, relations: Sequence[Relation]) -> Relation | None:
    """The phrase that says between whom: in "X fears the ties of Y and Z" none are X's."""
    if not trigger.kind.is_symmetric or (trigger.is_verb and trigger.kind is Kind.CONSULTATION):
        return None
    for relation in relations:
        if len(relation.group.actors) < 2 or relation.barriers:
            continue
        owns = relation.name in _OWNERS and relation.distance <= 1 and not trigger.is_verb
        if owns or (relation.prep in {"between", "among"} and 0 <= relation.distance <= _CLOSE):
            return relation
    return None


_OWNERS = frozenset({"poss", "mod"})
_TOPIC = frozenset({"on", "over", "about", "against"})


def _is_topic(one: Relation, two: Relation, preps: frozenset[str]) -> bool:
    """Whether a list does something together about *two*: "X and Y share intelligence on Z"."""
    return len(one.group.actors) > 1 and one.name == "subj" and two.prep in preps


_PRESSING = frozenset({"from", "despite"})
_CLOSE = 3


def _joined(trigger: Trigger, relations: Sequence[Relation]) -> list[tuple[Relation, Relation]]:
    """Who is joined with whom by what is no actor: "a railway links X with Y"."""
    if not (trigger.is_verb and trigger.kind.is_symmetric and _is_alone(trigger, relations)):
        return []
    objects = [r for r in relations if r.name in _OBJECTS and r.distance <= 1]
    others = [r for r in relations if r.prep in _JOINED and r.name in _BEHIND and not r.apart]
    return [(one, two) for one in objects for two in others if one.group is not two.group]


_JOINED = frozenset({"with", "to"})


def _is_alone(trigger: Trigger, relations: Sequence[Relation]) -> bool:
    """Whether no actor can be the subject of the verb."""
    return trigger.is_verb and not any(
        r.name in _LEFT and r.prep is None and not r.barriers for r in relations
    )


def _between_phrases(
    trigger: Trigger, relations: Sequence[Relation], author: Group | None
) -> list[Candidate]:
    if _both_named(trigger, relations) is not None:
        return []
    pairs = [*_directed(trigger, relations, author), *_joined(trigger, relations)]
    if trigger.kind.is_symmetric:
        aside = _TOPIC | _PRESSING if trigger.is_verb else _PRESSING
        pairs = [
            (one, two)
            for one, two in pairs
            if not _is_topic(one, two, aside) and not _is_topic(two, one, aside)
        ]
    if len(pairs) > 1:
        weights = _weigh_pairs(trigger, relations, pairs)
        order = sorted(range(len(pairs)), key=weights.__getitem__, reverse=True)
        pairs = [pairs[at] for at in order]
    if trigger.kind.is_symmetric:
        best: dict[frozenset[Group], tuple[Relation, Relation]] = {}
        for pair in pairs:
            best.setdefault(frozenset((pair[0].group, pair[1].group)), pair)
        pairs = list(best.values())
    found = []
    for rank, (doer, other) in enumerate(pairs[:_NEAR]):
        candidate = _candidate(trigger, doer, other)
        candidate.rank, candidate.rivals = rank, min(len(pairs), _NEAR)
        candidate.skips = _skips(trigger, relations, doer, other)
        if trigger.kind is Kind.PREFERENCE:
            candidate.over = _third(relations, doer, other, trigger)
            if candidate.over is None:
                continue
        found.append(candidate)
    return found


_OVER = frozenset({"over", "than", "above", "before"})


def _third(
    relations: Sequence[Relation], doer: Relation, other: Relation, trigger: Trigger
) -> Relation | None:
    preps = _OVER if trigger.entry.weak else _OVER | {"to"}
    for relation in relations:
        if relation.group is doer.group or relation.group is other.group:
            continue
        if relation.prep in preps:
            return relation
    return None


def _within_lists(trigger: Trigger, relations: Sequence[Relation]) -> list[Candidate]:
    """Ties inside one list: "A and B met", "the A-B treaty", "between A and B"."""
    if not trigger.kind.is_symmetric and trigger.entry.frame != "mutual":
        return []
    alone = _is_alone(trigger, relations)
    listed = [
        r
        for r in relations
        if len(r.group.actors) > 1
        and (
            r.name not in _RIGHT_OF
            or (alone and r.name in _OBJECTS and r.distance <= 1)  # "a railway links X and Y"
            or r.prep in {"between", "among", "of"}
            or (r.prep in {"in", "from"} and trigger.kind in _WRITTEN)
        )
    ]
    both = _both_named(trigger, relations)
    listed = [both] if both is not None and both in listed else listed
    listed.sort(key=lambda r: r.barriers + r.rank)
    found = []
    for rank, relation in enumerate(listed[:2]):
        candidate = _candidate(trigger, relation, relation)
        candidate.rank, candidate.rivals = rank, len(listed)
        candidate.skips = _skips(trigger, relations, relation, relation)
        found.append(candidate)
    return found
