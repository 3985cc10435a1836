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
_BEFORE_NOUN, _BEFORE_VERB, _HEDGED, _SENTENCE = 8, 9, 12, 22


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
        self._denials: Sequence[Denial] = find_denials(scene)
        lows = scene.lows(0, len(scene.tokens))
        words = scene.lexicon.words
        self._hedges = _starts(lows, words["status.alleged_cues"])
        self._negators = {
            at
            for at, size in _starts(lows, words["status.negators"]).items()
            if not _is_idle(lows, at, size)
        }

    def hear(self, candidate: Candidate) -> Voice:
        """Tell how the sentence makes *candidate*'s claim."""
        scene = self._scene
        start = _clause_start(scene, candidate)
        zone = scene.lows(start, candidate.trigger.first)
        attributed, alleged = self._attribute(candidate)
        denied = self._denied_by(candidate)
        alleged = alleged or bool(denied) or self._is_hedged(candidate.trigger.first)
        if candidate.kind in _OPEN:
            alleged, denied = False, ()
        status = Status.ASSERTED
        if alleged:
            status = Status.ALLEGED
        elif _is_prospective(scene, zone, candidate):
            status = Status.PROSPECTIVE
        return Voice(
            negated=self._is_negated(start, candidate),
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

    def is_teller(self, candidate: Candidate) -> bool:
        """Whether the doer only tells what others do: "X says that Y sold arms"."""
        doer, at = candidate.doer.group, candidate.trigger.first
        return any(
            report.first <= at < report.last
            and report.speakers == doer.actors
            and not doer.last > report.first
            for report in self._reports
        )

    def _is_hedged(self, stop: int) -> bool:
        """Whether "reportedly", "is believed to" and the like stand before the word at *stop*."""
        near = [at for at in self._hedges if stop - _HEDGED <= at < stop]
        if not near:
            return False
        between = self._scene.tokens[near[-1] : stop]
        # "reportedly sends drones, while Y buys oil" hedges the first alone
        return not any(
            token.sort == "strong" or (token.sort == "rel" and before.sort == "comma")
            for before, token in pairwise(between)
        )

    def _is_negated(self, start: int, candidate: Candidate) -> bool:
        scene, trigger = self._scene, candidate.trigger
        if candidate.kind in _SAYINGS - {Kind.SUPPORT} and not trigger.is_verb:
            return False
        if any(start <= at < trigger.first for at in self._negators):
            return True
        before = scene.lows(trigger.first - 14, trigger.first)
        for low, following in pairwise(before):
            if following in _PROOF and low in {"no", "little", "scant"}:
                return True
        if before[-1:] in (["failed"], ["no"], ["non"]):
            return True
        after = scene.lows(trigger.last, trigger.last + 1)
        return not trigger.is_verb and after in (["failed"], ["collapsed"], ["lacks"], ["never"])

    def _denied_by(self, candidate: Candidate) -> tuple[str, ...]:
        sides = {*candidate.source.group.actors, *candidate.target.group.actors}
        at = candidate.trigger.first
        return tuple(
            dict.fromkeys(
                denier
                for denial in self._denials
                if (at < denial.at) == denial.before and not sides.isdisjoint(denial.deniers)
                for denier in denial.deniers
            )
        )


def _clause_start(scene: Scene, candidate: Candidate) -> int:
    """Where the words begin that govern the trigger: behind its subject, or with its clause."""
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
    return start


def _starts(lows: Sequence[str], phrases: frozenset[str]) -> dict[int, int]:
    """Where phrases begin, and how many words each has."""
    found = ((at, phrase_size(lows, at, phrases)) for at in range(len(lows)))
    return {at: size for at, size in found if size}


def _is_idle(lows: Sequence[str], at: int, size: int) -> bool:
    """Whether a negator denies nothing: "not only", "no longer", "no doubt"."""
    following = lows[at + size] if at + size < len(lows) else ""
    return following in _NOT_NEGATING or (lows[at] == "no" and following in {"longer", "matter"})


def _is_prospective(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    if candidate.kind in _SAYINGS:
        return False
    announced = candidate.kind in _ARRANGED and _is_announced(scene, candidate.trigger.first)
    conditional = _is_conditional(scene, candidate.trigger.first)
    if announced or conditional or _is_promised(scene, zone, candidate):
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
    """Whether the clause that leads to *stop* looks ahead; a headline does with "X to visit Y"."""
    if scene.form == "heading" and "to" in scene.lows(0, stop):
        return True
    for at in range(stop - 1, max(-1, stop - _SENTENCE), -1):
        low = scene.tokens[at].low
        if scene.tokens[at].sort == "strong" or low in {"who", "which", "that"} or low in _DONE:
            return False
        if low in _FUTURE:
            return scene.lows(at, at + 2) != ["will", "continue"]
    return _plans(scene, scene.lows(stop - 3, stop))


def _is_conditional(scene: Scene, stop: int) -> bool:
    """Whether the clause of the word at *stop* is a condition: "if X attacks Y"."""
    for at in range(stop - 1, max(-1, stop - 9), -1):
        token = scene.tokens[at]
        if token.low in {"if", "unless"}:
            return True
        if token.sort in {"strong", "comma"}:
            return False
    return False


# kinds that consist of things: promised, they are not given yet
_THINGS = frozenset(
    {Kind.ARMS_TRANSFER, Kind.TECHNOLOGY, Kind.TROOPS, Kind.AID, Kind.INVESTMENT, Kind.ENERGY}
)


def _is_promised(scene: Scene, zone: Sequence[str], candidate: Candidate) -> bool:
    """Whether things are only promised: "announced $5 million in aid"."""
    trigger = candidate.trigger
    words = {*zone, *scene.lows(trigger.first, trigger.first + 1)}
    promising = scene.lexicon.words["status.promising_verbs"]
    return candidate.kind in _THINGS and not promising.isdisjoint(words)


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
    if "possibility" in scene.lows(trigger.last, trigger.last + 14):
        return True
    after = scene.lows(trigger.last, trigger.last + 6)
    stops = [place for place, low in enumerate(after) if low in {",", ".", ";"}]
    return not _AHEAD.isdisjoint(after[: min(stops, default=len(after))])
