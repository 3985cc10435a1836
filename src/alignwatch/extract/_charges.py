"""What saying so does: who tells of another's blow charges him, who will strike threatens."""

from collections.abc import Iterator, Sequence

import attrs

from alignwatch.extract._frames import Candidate
from alignwatch.extract._relations import Relation, relate
from alignwatch.extract._reports import Report
from alignwatch.extract._scene import Scene
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind

__all__ = ["find_charges", "find_warnings"]

# deeds that nobody tells of another without charging him
_BLOWS = frozenset({Kind.ATTACK, Kind.THREAT, Kind.SANCTIONS})
_DOERS = frozenset({"subj", "sposs", "mod", "poss"})
# deeds that are threats as long as they lie ahead
_FORCE = frozenset({Kind.ATTACK, Kind.SANCTIONS})
_AHEAD = frozenset({"will", "would", "shall", "may", "might", "could", "'ll"})
_SET_ON = frozenset(
    {"ready", "prepared", "determined", "vow", "vows", "vowed", "threaten", "threatens"}
    | {"threatened", "threatening", "intends", "intend", "intended", "wants", "plans", "planning"}
)
# stems of verbs that only hold an opinion: "X believes that Y attacked Z"
_MUSING = (
    *("belie", "think", "thought", "suspect", "fear", "doubt", "estimat", "assess", "reckon"),
    *("presum", "assum", "surmis", "speculat", "understand", "understood", "conclud"),
    *("expect", "predict", "convinced", "certain", "hop", "worri"),
)
_PONDERING = frozenset(
    {"weighing", "weighs", "considering", "considers", "mulling", "mulls", "contemplating"}
)
_AGAINST = frozenset(
    {"not", "never", "n't", "won't", "wouldn't", "if", "unless", "whether", "who"}
    | {"should", "must", "ought", "advised", "wise", "unwise", "foolish"}
)


def find_charges(scene: Scene, reports: Sequence[Report]) -> Iterator[Candidate]:
    """Propose the charges that lie in telling: "X said Y's planes had bombed an oil terminal"."""
    for report in reports:
        teller = report.teller
        if teller is None or teller.head == "people" or not report.alleging:
            continue
        if scene.tokens[report.at].low.startswith(_MUSING):
            continue
        seen: set[tuple[str, ...]] = set()
        for trigger in scene.triggers:
            if trigger.kind not in _BLOWS or not report.covers(trigger.first):
                continue
            accused = _doer_of(scene, trigger, report)
            if accused is None or accused.group.actors in seen:
                continue
            seen.add(accused.group.actors)
            yield _told_by(teller_of(report), accused, trigger)


def teller_of(report: Report) -> Relation:
    """The speaker's phrase as a place in the clause that it tells."""
    assert report.teller is not None
    place = "teller-around" if report.is_around else "teller"
    return Relation(group=report.teller, name=place, prep=report.teller.prep)


def _told_by(teller: Relation, accused: Relation, trigger: Trigger) -> Candidate:
    charge = attrs.evolve(trigger, kind=Kind.CRITICISM)
    return Candidate(
        trigger=charge,
        kind=Kind.CRITICISM,
        source=teller,
        target=accused,
        doer=teller,
        other=accused,
    )


def _doer_of(scene: Scene, trigger: Trigger, report: Report) -> Relation | None:
    """Who does what the trigger tells, where it is another than the speaker."""
    for relation in relate(scene, trigger):
        named = relation.name == "by" if trigger.passive else relation.name in _DOERS
        if not named or relation.rank or relation.apart or relation.group is report.teller:
            continue
        inside = report.covers(relation.group.first)
        speaks = report.teller is not None and not set(relation.group.actors).isdisjoint(
            report.teller.actors
        )
        if inside and not speaks:
            return relation
    return None


def find_warnings(scene: Scene, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """Propose the threats among deeds that lie ahead: "X will strike", "X may impose tariffs"."""
    if scene.word_set().isdisjoint(_AHEAD | _SET_ON | _PONDERING):
        return
    for candidate in candidates:
        trigger, doer = candidate.trigger, candidate.doer
        if candidate.kind not in _FORCE or trigger.passive or candidate.rank or doer.apart:
            continue
        between = scene.lows(doer.group.core, trigger.first)
        if doer.name != "subj" or not _is_ahead(between):
            continue
        entry = attrs.evolve(trigger.entry, frame="will")
        threat = attrs.evolve(trigger, kind=Kind.THREAT, entry=entry)
        yield attrs.evolve(candidate, trigger=threat, kind=Kind.THREAT)


def _is_ahead(between: Sequence[str]) -> bool:
    words = set(between)
    set_on = "to" in words and not words.isdisjoint(_SET_ON)
    return (set_on or not words.isdisjoint(_AHEAD | _PONDERING)) and words.isdisjoint(_AGAINST)
