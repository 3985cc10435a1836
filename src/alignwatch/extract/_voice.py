"""The voice of a claim: asserted, alleged or prospective, negated, on whose word."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from alignwatch.extract._frames import Candidate
from alignwatch.extract._reports import Denial, Report, find_denials, find_reports
from alignwatch.extract._scene import Scene, phrase_size
from alignwatch.model import Kind, Status

__all__ = ["Hearing", "Voice"]

# kinds whose aim is the thing itself: "seeks to counter X" is rivalry already
_STANCES = frozenset({Kind.RIVALRY, Kind.PARTNERSHIP, Kind.PREFERENCE, Kind.DISTANCING})
# kinds that are done by saying so: a pledge of support is support
_SAYINGS = frozenset({Kind.SUPPORT, Kind.THREAT, Kind.DEMAND, Kind.CRITICISM})
# kinds that consist in words or stand open: nobody alleges them
_OPEN = frozenset({Kind.CRITICISM, Kind.DEMAND, Kind.CONSULTATION, Kind.RIVALRY, Kind.PARTNERSHIP})
# kinds that are announced: "will host X and meet with Y"
_ARRANGED = frozenset({Kind.CONSULTATION, Kind.EXERCISE, Kind.TREATY, Kind.NORMALIZATION})
_FUTURE = frozenset({"will", "upcoming", "previews", "preview", "previewed", "planned", "'ll"})
_DONE = frozenset({"today", "yesterday", "met", "spoke", "visited", "held"})
_DOUBTFUL = frozenset({"could", "might", "may", "would"})
_AHEAD = frozenset({*_DOUBTFUL, "will", "planned", "scheduled", "expected"})
_NOT_NEGATING = frozenset({"only", "just", "merely", "simply", "least", "doubt"})
_PROOF = frozenset({"evidence", "sign", "signs", "indication", "indications", "proof"})
_BEFORE_NOUN, _BEFORE_VERB, _SENTENCE = 8, 9, 22


@attrs.frozen(kw_only=True)
class Voice:
    """How a claim is told."""

    negated: bool
    status: Status
    attributed_to: tuple[str, ...]
    denied_by: tuple[str, ...] = ()


class Hearing:
    """Hears the candidates of one sentence; reported speech is looked for once."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._reports: Sequence[Report] = find_reports(scene)
        self.denials: Sequence[Denial] = find_denials(scene)

    def hear(self, candidate: Candidate) -> Voice:
        """Tell how the sentence makes *candidate*'s claim."""
        scene = self._scene
        zone = _governing(scene, candidate)
        attributed, alleged = self._attribute(candidate)
        denied = self._denied_by(candidate)
        alleged = alleged or bool(denied) or _is_hedged(scene, candidate.trigger.first)
        if candidate.kind in _OPEN:
            alleged, denied = False, ()
        status = Status.ASSERTED
        if alleged:
            status = Status.ALLEGED
        elif _is_prospective(scene, zone, candidate):
            status = Status.PROSPECTIVE
        return Voice(
            negated=_is_negated(scene, zone, candidate),
            status=status,
            attributed_to=attributed if alleged or scene.speaker else (),
            denied_by=denied,
        )

    def _attribute(self, candidate: Candidate) -> tuple[tuple[str, ...], bool]:
        """On whose word the trigger rests, and whether that makes it an allegation.

        Who speaks of its own doing, or for the author of the document, alleges nothing.
        """
        names: list[str] = []
        alleged = False
        own = {*candidate.source.group.actors, self._scene.speaker}
        for report in self._reports:
            governed = report.first <= candidate.trigger.first < report.last
            if governed and own.isdisjoint(report.speakers):
                names.extend(report.speakers)
                alleged = alleged or report.alleging
        return tuple(dict.fromkeys(names)), alleged

    def _denied_by(self, candidate: Candidate) -> tuple[str, ...]:
        sides = {*candidate.source.group.actors, *candidate.target.group.actors}
        at = candidate.trigger.first
        return tuple(
            dict.fromkeys(
                denier
                for denial in self.denials
                if (at < denial.at) == denial.before and not sides.isdisjoint(denial.deniers)
                for denier in denial.deniers
            )
        )


def _governing(scene: Scene, candidate: Candidate) -> list[str]:
    """The words that govern the trigger: from its subject on, or from where its clause begins."""
    trigger = candidate.trigger
    start = max(0, trigger.first - (_BEFORE_VERB if trigger.is_verb else _BEFORE_NOUN))
    for relation in (candidate.source, candidate.target):
        if not relation.group.implied and relation.group.core <= trigger.first:
            start = max(start, relation.group.core)
    for at in range(trigger.first - 1, start - 1, -1):
        token = scene.tokens[at]
        quote = token.low in '\u201c\u201d"'
        far = token.sort == "comma" and trigger.first - at > 3
        if far or (token.sort in {"strong", "rel"} and not quote):
            start = at + 1
            break
    return scene.lows(start, trigger.first)


def _is_hedged(scene: Scene, stop: int) -> bool:
    """Whether "reportedly", "is believed to" and the like stand before the word at *stop*."""
    cues = scene.lexicon.words["status.alleged_cues"]
    first = max(0, stop - 12)
    for at in range(stop - 1, first - 1, -1):
        if scene.tokens[at].sort == "strong":
            first = at + 1
            break
    lows = scene.lows(first, stop)
    return any(phrase_size(lows, at, cues) for at in range(len(lows)))


def _is_negated(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    trigger = candidate.trigger
    if candidate.kind in _SAYINGS and candidate.kind is not Kind.SUPPORT and not trigger.is_verb:
        return False
    if _has_negator(zone, scene.lexicon.words["status.negators"]):
        return True
    before = scene.lows(trigger.first - 14, trigger.first)
    for low, following in pairwise(before):
        if low in {"no", "little", "scant"} and following in _PROOF:
            return True
    if before[-1:] in (["failed"], ["no"], ["non"]):
        return True
    after = scene.lows(trigger.last, trigger.last + 1)
    return not trigger.is_verb and after in (["failed"], ["collapsed"], ["lacks"], ["never"])


def _has_negator(zone: Sequence[str], negators: frozenset[str]) -> bool:
    for at, low in enumerate(zone):
        size = phrase_size(zone, at, negators)
        following = zone[at + size] if at + size < len(zone) else ""
        idle = low == "no" and following in {"longer", "matter"}
        if size and not idle and following not in _NOT_NEGATING:
            return True
    return False


def _is_prospective(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    if candidate.kind in _SAYINGS:
        return False
    if candidate.kind in _ARRANGED and _is_announced(scene, candidate.trigger.first):
        return True
    if candidate.kind in _STANCES:
        return not _DOUBTFUL.isdisjoint(zone)
    if not scene.lexicon.words["status.prospective_modals"].isdisjoint(zone):
        done = "have" in zone and _DOUBTFUL.isdisjoint(zone)
        return not (done and candidate.trigger.is_verb)
    if candidate.trigger.is_verb:
        return _is_infinitive_of_plan(scene, zone, candidate)
    return _is_planned_thing(scene, zone, candidate)


def _is_announced(scene: Scene, stop: int) -> bool:
    """Whether the clause that leads to *stop* looks ahead."""
    for at in range(stop - 1, max(-1, stop - _SENTENCE), -1):
        low = scene.tokens[at].low
        if scene.tokens[at].sort == "strong" or low in {"who", "which", "that"} or low in _DONE:
            return False
        if low in _FUTURE:
            return scene.lows(at, at + 2) != ["will", "continue"]
    return _plans(scene, scene.lows(stop - 3, stop))


def _plans(scene: Scene, lows: Iterable[str]) -> bool:
    return not scene.lexicon.words["status.prospective_governors"].isdisjoint(lows)


def _is_infinitive_of_plan(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the verb hangs on a plan: "pledged to send", "considers sending"."""
    trigger = candidate.trigger
    if "to" in zone:
        at = trigger.first - zone[::-1].index("to") - 1
        return _plans(scene, scene.lows(at - 4, at))
    return trigger.entry.form in {"base", "ing"} and _plans(scene, zone[-3:])


def _is_planned_thing(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether the noun is a plan: "a possible Russian attack", "drills are scheduled"."""
    trigger = candidate.trigger
    before = list(zone[-4:])
    if candidate.source.name in {"poss", "mod"}:
        first = candidate.source.group.first
        before += scene.lows(first - 2, first)
    if _plans(scene, before):
        return True
    after = scene.lows(trigger.last, trigger.last + 6)
    stops = [place for place, low in enumerate(after) if low in {",", ".", ";"}]
    return not _AHEAD.isdisjoint(after[: min(stops, default=len(after))])
