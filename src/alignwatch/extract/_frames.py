"""Frames: which place in the sentence gives and which receives, and every pair that fits."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._relations import Relation, relate
from alignwatch.extract._scene import Scene
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind

__all__ = ["Candidate", "propose"]

_NEAR = 4
"""Pairs of phrases that are looked at for one trigger."""


@attrs.define(kw_only=True, eq=False)
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


def _score_source(relation: Relation) -> float:
    base = {
        "poss": 4.0,
        "mod": 3.6,
        "subj": 3.2,
        "by": 4.5,
        "nmod": 2.2,
        "sposs": 1.6,
        "lprep": 1.0,
        "implied": 0.8,
        "accuser": 0.1,
        "prep": 1.0 if relation.prep in _SOURCE_PREPS else 0.2,
        "pposs": 0.2,
        "obj": 0.3,
        "oposs": 0.3,
    }[relation.name]
    return base - 0.35 * relation.barriers - 0.15 * relation.commas - 0.25 * relation.rank


def _score_target(relation: Relation, trigger: Trigger) -> float:
    base = {
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
    }[relation.name]
    if relation.prep in trigger.entry.preps and relation.name in {"prep", "pposs", "lprep"}:
        base += 1.2
    return base - 0.3 * relation.barriers - 0.15 * relation.commas - 0.3 * relation.rank


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
    return [
        (doer, other)
        for doer in (*relations, *implied)
        for other in relations
        if doer.group is not other.group and _fits(trigger, doer, other)
    ]


_LEFT_OF = frozenset({"subj", "sposs", "lprep", "accuser"})
_RIGHT_OF = frozenset({"obj", "oposs", "prep", "pposs", "by"})
_BEHIND = frozenset({"prep", "pposs"})
# kinds that stand in a text: "no such clause in the X-Y treaty"
_WRITTEN = frozenset({Kind.TREATY, Kind.DEFENSE_PACT})
_AGENTS = frozenset({"by", "prep", "pposs", "implied", "mod", "obj", "oposs"})


def _fits(trigger: Trigger, doer: Relation, other: Relation) -> bool:
    """Whether *doer* and *other* can be the doer and the undergoer of the trigger's clause."""
    frame = trigger.entry.frame
    unowned = trigger.entry.needs_owner and doer.name not in {"poss", "mod"} and not doer.light
    next_clause = other.apart and other.name in _RIGHT_OF
    if unowned or doer.name == "accuser" or doer.apart or next_clause:
        return False
    if trigger.passive:
        if other.name in _LEFT_OF:
            return doer.name in _AGENTS
        # "Iranian drones were sent to X", "drones were sent to X by Iran"
        gives = frame == "give" or trigger.object_at >= 0
        return gives and doer.name in {"sposs", "by"} and other.name in _BEHIND
    if frame == "talk" and other.name in {"obj", "oposs"} and other.prep is None:
        return False
    if not trigger.is_verb:
        return doer.name not in {"obj", "oposs"}
    # two phrases on the left: "B, which A supplied", "B accuses A of shelling it"
    return doer.name in {*_LEFT_OF, "implied"} and (other.name not in _LEFT_OF or other.opens)


def _skips(trigger: Trigger, relations: Sequence[Relation], doer: Relation, other: Relation) -> str:
    """Which closer phrases the pair leaves aside: see `_mark_of`."""
    skipped: set[str] = set()
    for relation in relations:
        inside = relation.group in (doer.group, other.group)
        between = relation.prep in {"between", "among"} and len(relation.group.actors) > 1
        if inside:
            skipped.update("b" if between and doer is not other else "")
        else:
            skipped.update(_mark_of(trigger, relation, between=between))
    return "".join(sorted(skipped))


def _mark_of(trigger: Trigger, relation: Relation, *, between: bool) -> str:
    """What a close phrase would be: source, agent (y), target, place (i), list ("between")."""
    near = not relation.barriers and relation.distance <= 3
    mark = "b" if between and not relation.barriers else ""
    if near and relation.name in {"poss", "mod"} and not trigger.is_verb:
        mark = "s"
    elif near and relation.name == "by":
        mark = "y"
    elif near and relation.name in {"obj", "oposs"} and trigger.is_verb:
        mark = "t"
    elif near and relation.name in _BEHIND and relation.prep in trigger.entry.preps:
        mark = "i" if relation.prep == "in" else "t"
    return mark


def _weigh(trigger: Trigger, pair: tuple[Relation, Relation]) -> float:
    doer, other = pair
    weight = _score_source(doer) + _score_target(other, trigger)
    if trigger.passive and other.name in {"subj", "sposs"}:
        weight += 3.0
    if doer.group.last <= trigger.first and other.group.first >= trigger.last:
        weight += 0.8
    return weight


def propose(scene: Scene) -> list[Candidate]:
    """Propose every plausible pair of phrases for every trigger, the likeliest first."""
    found: list[Candidate] = []
    for trigger in scene.triggers:
        relations = relate(scene, trigger)
        plain = not trigger.is_verb and not trigger.entry.weak
        if scene.known is not None and trigger.kind.is_symmetric and plain:
            known = Relation(group=scene.known, name=scene.known.form)
            found.append(_candidate(trigger, known, known))
        if relations:
            found.extend(_within_lists(trigger, relations))
            found.extend(_between_phrases(trigger, relations, scene.author))
    return found


def _candidate(trigger: Trigger, doer: Relation, other: Relation) -> Candidate:
    turned = trigger.entry.frame in {"get", "stir"}
    return Candidate(
        trigger=trigger,
        kind=trigger.kind,
        source=other if turned else doer,
        target=doer if turned else other,
        doer=doer,
        other=other,
    )


def _between_phrases(
    trigger: Trigger, relations: Sequence[Relation], author: Group | None
) -> list[Candidate]:
    pairs = _directed(trigger, relations, author)
    pairs.sort(key=lambda pair: -_weigh(trigger, pair))
    if trigger.kind.is_symmetric:
        best: dict[frozenset[int], tuple[Relation, Relation]] = {}
        for pair in pairs:
            best.setdefault(frozenset(id(relation.group) for relation in pair), pair)
        pairs = list(best.values())
    found = []
    for rank, (doer, other) in enumerate(pairs[:_NEAR]):
        candidate = _candidate(trigger, doer, other)
        candidate.rank, candidate.rivals = rank, min(len(pairs), _NEAR)
        candidate.skips = _skips(trigger, relations, doer, other)
        if trigger.kind is Kind.PREFERENCE:
            candidate.over = _third(relations, doer, other)
            if candidate.over is None:
                continue
        found.append(candidate)
    return found


def _third(relations: Sequence[Relation], doer: Relation, other: Relation) -> Relation | None:
    for relation in relations:
        if relation.group is doer.group or relation.group is other.group:
            continue
        if relation.prep in {"over", "than", "above", "before", "to"}:
            return relation
    return None


def _within_lists(trigger: Trigger, relations: Sequence[Relation]) -> list[Candidate]:
    """Ties inside one list: "A and B met", "the A-B treaty", "between A and B"."""
    if not trigger.kind.is_symmetric and trigger.entry.frame != "mutual":
        return []
    listed = [
        r
        for r in relations
        if len(r.group.actors) > 1
        and (
            r.name not in _RIGHT_OF
            or r.prep in {"between", "among", "of"}
            or (r.prep == "in" and trigger.kind in _WRITTEN)
        )
    ]
    listed.sort(key=lambda r: r.barriers + r.rank)
    found = []
    for rank, relation in enumerate(listed[:2]):
        candidate = _candidate(trigger, relation, relation)
        candidate.rank, candidate.rivals = rank, len(listed)
        candidate.skips = _skips(trigger, relations, relation, relation)
        found.append(candidate)
    return found
