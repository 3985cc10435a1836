"""Frames: which place in the sentence gives and which receives, and every pair that fits."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._relations import Relation, relate
from alignwatch.extract._tokens import Token
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind

__all__ = ["Candidate", "propose"]

_NEAR = 3


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


_LEFT = ("subj", "sposs", "poss", "mod", "nmod", "lprep")
_SOURCE_PREPS = frozenset({"by", "from"})


def _implied(group: Group) -> Relation:
    return Relation(group=group, name="implied")


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
    }[relation.name]
    if relation.prep in trigger.entry.preps and relation.name in {"prep", "pposs", "lprep"}:
        base += 1.2
    return base - 0.3 * relation.barriers - 0.15 * relation.commas - 0.3 * relation.rank


def _swap(trigger: Trigger) -> bool:
    return trigger.entry.frame == "get"


def _directed(
    trigger: Trigger, relations: Sequence[Relation], author: Group | None
) -> list[tuple[Relation, Relation]]:
    """Pairs of doer and undergoer in the order of plausibility; the frame turns them if need be."""
    frame = trigger.entry.frame
    doers = list(relations)
    if author is not None:
        doers.append(_implied(author))
    if frame == "judge":
        named = [
            r
            for r in relations
            if r.name
            in {"subj", "poss", "mod", "nmod", "obj", "oposs", "prep", "pposs", "sposs", "lprep"}
        ]
        sources = [_implied(author)] if author is not None else []
        sources += [r for r in relations if r.name == "subj"]
        return [
            (source, target)
            for source in sources
            for target in named
            if target.group is not source.group
        ]
    found = []
    for doer in doers:
        for other in relations:
            if doer.group is other.group:
                continue
            if not _fits(trigger, doer, other):
                continue
            found.append((doer, other))
    return found


_LEFT_OF = frozenset({"subj", "sposs", "lprep"})
_RIGHT_OF = frozenset({"obj", "oposs", "prep", "pposs", "by"})
_BEHIND = frozenset({"prep", "pposs"})


def _fits(trigger: Trigger, doer: Relation, other: Relation) -> bool:
    """Whether *doer* and *other* can be the doer and the undergoer of the trigger's clause."""
    if trigger.passive:
        if other.name in _LEFT_OF:
            return doer.name in {"by", "prep", "pposs", "implied", "mod", "obj", "oposs"}
        # "Iranian drones were sent to X"
        return trigger.entry.frame == "give" and doer.name == "sposs" and other.name in _BEHIND
    if trigger.entry.frame == "talk" and other.name in {"obj", "oposs"} and other.prep is None:
        return False
    if trigger.is_verb:
        if doer.name not in {*_LEFT_OF, "implied"}:
            return False
        # two phrases on the left: "B, which A supplied", "B accuses A of shelling it"
        return other.name not in _LEFT_OF or other.opens
    return doer.name not in {"obj", "oposs"}


def _skips(trigger: Trigger, relations: Sequence[Relation], doer: Relation, other: Relation) -> str:
    """Which closer phrase the pair leaves aside: ``s``, ``t``, ``b`` ("between A and B") or none."""
    inside = (doer.group, other.group)
    skipped = ""
    for relation in relations:
        group = relation.group
        if any(group is one for one in inside):
            if (
                relation.prep in {"between", "among"}
                and doer is not other
                and len(group.actors) > 1
            ):
                skipped += "b"
            continue
        near = not relation.barriers and relation.distance <= 3
        if near and relation.name in {"poss", "mod"} and not trigger.is_verb:
            skipped += "s"
        elif near and relation.name == "by":
            skipped += "y"
        elif near and relation.name in {"obj", "oposs"} and trigger.is_verb:
            skipped += "t"
        elif near and relation.name in {"prep", "pposs"} and relation.prep in trigger.entry.preps:
            skipped += "t" if relation.prep != "in" else "i"
        elif (
            relation.prep in {"between", "among"}
            and len(group.actors) > 1
            and not relation.barriers
        ):
            skipped += "b"
    return "".join(sorted(set(skipped)))


def _weigh(trigger: Trigger, pair: tuple[Relation, Relation]) -> float:
    doer, other = pair
    weight = _score_source(doer) + _score_target(other, trigger)
    if trigger.passive and other.name in {"subj", "sposs"}:
        weight += 3.0
    if doer.group.last <= trigger.first and other.group.first >= trigger.last:
        weight += 0.8
    return weight


def propose(
    tokens: Sequence[Token],
    groups: Sequence[Group],
    triggers: Sequence[Trigger],
    lexicon: Lexicon,
    author: Group | None,
    context: Group | None = None,
) -> list[Candidate]:
    """Propose every plausible pair of phrases for every trigger, the likeliest first.

    *author* may be the source of anything; *context* is a pair that the text before has named.
    """
    found: list[Candidate] = []
    for trigger in triggers:
        relations = relate(tokens, groups, trigger, lexicon.words["status.accusing_verbs"])
        if context is not None and trigger.kind.is_symmetric:
            known = Relation(group=context, name=context.form)
            found.append(
                Candidate(
                    trigger=trigger,
                    kind=trigger.kind,
                    source=known,
                    target=known,
                    doer=known,
                    other=known,
                )
            )
        if not relations:
            continue
        found.extend(_within_lists(trigger, relations))
        pairs = _directed(trigger, relations, author)
        if trigger.kind.is_symmetric:
            best: dict[tuple[int, int], tuple[Relation, Relation]] = {}
            for pair in sorted(pairs, key=lambda pair: -_weigh(trigger, pair)):
                key = tuple(sorted((id(pair[0].group), id(pair[1].group))))
                best.setdefault((key[0], key[1]), pair)
            pairs = list(best.values())
        pairs.sort(key=lambda pair: -_weigh(trigger, pair))
        kept = pairs[: _NEAR * 2]
        for rank, (doer, other) in enumerate(kept):
            source, target = (other, doer) if _swap(trigger) else (doer, other)
            over = None
            if trigger.kind is Kind.PREFERENCE:
                over = _third(relations, doer, other)
                if over is None:
                    continue
            found.append(
                Candidate(
                    trigger=trigger,
                    kind=trigger.kind,
                    source=source,
                    target=target,
                    doer=doer,
                    other=other,
                    over=over,
                    rank=rank,
                    rivals=len(kept),
                    skips=_skips(trigger, relations, doer, other),
                )
            )
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
    if not trigger.kind.is_symmetric:
        return []
    listed = [
        r
        for r in relations
        if len(r.group.actors) > 1
        and (r.name not in _RIGHT_OF or r.prep in {"between", "among", "of"})
    ]
    listed.sort(key=lambda r: r.barriers + r.rank)
    return [
        Candidate(
            trigger=trigger,
            kind=trigger.kind,
            source=r,
            target=r,
            doer=r,
            other=r,
            rank=rank,
            rivals=len(listed),
            skips=_skips(trigger, relations, r, r),
        )
        for rank, r in enumerate(listed[:2])
    ]
