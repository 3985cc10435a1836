"""The voice of a claim: asserted, alleged or prospective, negated, on whose word."""

from collections.abc import Sequence
from itertools import pairwise

import attrs

from alignwatch.extract._denials import Denial, find_denials
from alignwatch.extract._frames import Candidate
from alignwatch.extract._negation import NEGATIVE, is_denied_beside, is_lifted
from alignwatch.extract._outlook import is_prospective
from alignwatch.extract._reports import Report, find_reports
from alignwatch.extract._scene import Scene, first_words, phrase_size
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind, Status

__all__ = ["Hearing", "Voice"]

# kinds that are done by saying so, not denied by a "no" before their noun
_SAID = frozenset({Kind.THREAT, Kind.DEMAND, Kind.CRITICISM})
# kinds that consist in words or stand open: nobody alleges them
_OPEN = frozenset({Kind.CRITICISM, Kind.DEMAND, Kind.CONSULTATION, Kind.RIVALRY, Kind.PARTNERSHIP})
# kinds whose words may only serve the next verb: "is going to attack"
_SERVING = frozenset({Kind.CONSULTATION, Kind.DISTANCING})
_NOT_NEGATING = frozenset({"only", "just", "merely", "simply", "least", "doubt"})
# "has not confirmed", "neither confirmed nor denied" leave it open
_CONFIRMING = frozenset(
    {"confirm", "confirmed", "confirms", "confirming", "acknowledge", "acknowledged", "admit"}
    | {"admitted", "verify", "verified", "denied", "deny", "denies", "commented", "comment"}
)
_OBJECT_PRONOUNS = frozenset(
    {"it", "them", "him", "her", "its", "their", "his", "us", "they", "he"}
)
_FUTURE = frozenset({"will", "would", "could", "may", "might", "should", "won't", "'ll"})
_PERHAPS = frozenset({"may", "might", "could"})
_NEVER = frozenset({"not", "never", "n't", "weren't", "wasn't", "haven't", "hasn't", "won't"})
_MAY_NEGATE = NEGATIVE | _NEVER
_CONTRASTS = frozenset({"in contrast", "as opposed", "by contrast", "as compared"})
_LEFT_OUT = frozenset({"unlike", "through", "via"})
_PHRASE = frozenset({"word", "cap", "num", "actor", "poss"})
_BEFORE_NOUN, _BEFORE_VERB, _HEDGED = 8, 9, 12
_NEAR_COMMA, _ASIDE, _PREDICATE, _PUT_IN = 3, 24, 6, 6


@attrs.frozen(kw_only=True)
class Voice:
    """How a claim is told."""

    negated: bool
    status: Status
    attributed_to: tuple[str, ...]
    denied_by: tuple[str, ...] = ()


class Hearing:
    """Hears the candidates of one sentence; reported speech is looked for once.

    Its `reports` mark the phrases of those who only tell, so that it comes before the frames.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self.reports: Sequence[Report] = find_reports(scene)
        _mark_contrasts(scene)
        lows = scene.lows(0, len(scene.tokens))
        words = scene.lexicon.words
        denying = words.union("verbs.denying", "verbs.naming", "status.denials")
        self.denials: Sequence[Denial] = () if denying.isdisjoint(lows) else find_denials(scene)
        self._hedges = _starts(lows, words.union("status.alleged_cues", "status.alleged_adverbs"))
        doubtful = words["status.alleged_adjectives"]
        self._doubts = (
            [at for at, low in enumerate(lows) if low in doubtful]
            if scene.has("status.alleged_adjectives")
            else []
        )
        self._negators = {
            at
            for at, size in _starts(lows, words["status.negators"]).items()
            if not _is_idle(lows, at, size)
        }
        self._may_negate = bool(self._negators) or not scene.word_set().isdisjoint(_MAY_NEGATE)
        self._heard: dict[Candidate, Voice] = {}

    def hear(self, candidate: Candidate) -> Voice:
        """Tell how the sentence makes *candidate*'s claim; each is listened to once."""
        voice = self._heard.get(candidate)
        if voice is None:
            voice = self._heard[candidate] = self._listen(candidate)
        return voice

    def _listen(self, candidate: Candidate) -> Voice:
        scene = self._scene
        start = _clause_start(scene, candidate)
        zone = scene.lows(start, candidate.trigger.first)
        behind = self._words_of_coming_about(candidate)
        attributed, alleged = self._attribute(candidate)
        denied = self._denied_by(candidate)
        adverbs = scene.lexicon.words["status.alleged_adverbs"]
        alleged = alleged or bool(denied) or self._is_hedged(candidate)
        alleged = alleged or not adverbs.isdisjoint(behind)
        if candidate.kind in _OPEN:
            alleged, denied = False, ()
        status = Status.ASSERTED
        pledged = () if alleged else self._pledged_by(candidate, zone)
        if is_prospective(scene, zone, candidate) or not _FUTURE.isdisjoint(behind):
            # "X says that Y may have sent" tells of a deed
            perhaps = alleged and "have" in zone and not _PERHAPS.isdisjoint(zone)
            status = Status.ALLEGED if perhaps else Status.PROSPECTIVE
        elif alleged:
            status = Status.ALLEGED
        elif candidate.kind is not Kind.SUPPORT:
            pledged = ()
        return Voice(
            negated=self.is_negated(candidate),
            status=status,
            attributed_to=attributed if alleged else pledged or self._own_word(candidate),
            denied_by=denied,
        )

    def is_negated(self, candidate: Candidate) -> bool:
        """Tell whether the sentence says that *candidate*'s claim does not hold."""
        if not self._may_negate:
            return False
        behind = self._words_of_coming_about(candidate)
        start = _clause_start(self._scene, candidate)
        return self._is_negated(start, candidate) or not _NEVER.isdisjoint(behind)

    def _words_of_coming_about(self, candidate: Candidate) -> list[str]:
        """Small words between a noun and the verb that brings it about: "were never (imposed)"."""
        trigger, tokens = candidate.trigger, self._scene.tokens
        if trigger.is_verb:
            return []
        light = self._scene.lexicon.words["grammar.light_verbs"]
        for at in range(trigger.last, min(len(tokens), trigger.last + _PREDICATE)):
            token = tokens[at]
            if token.sort in {"aux", "neg"} or token.low.endswith("ly"):
                continue
            made = at > trigger.last and token.low in light and token.low[-2:] != "ng"
            return self._scene.lows(trigger.last, at) if made else []
        return []

    def _attribute(self, candidate: Candidate) -> tuple[tuple[str, ...], bool]:
        """On whose word the trigger rests, and whether that makes it an allegation.

        Who speaks of its own doing, or for the author of the document, alleges nothing. Of those
        who speak within each other's speech the last one counts.
        """
        if not self.reports:
            return (), False
        own = {*candidate.source.group.actors, self._scene.speaker}
        if candidate.kind.is_symmetric:
            own |= {*candidate.target.group.actors}
        told = [
            report
            for report in self.reports
            if report.covers(candidate.trigger.first) and own.isdisjoint(report.speakers)
        ]
        inner = max((r.first for r in told if not r.is_around and r.speakers), default=0)
        names = [n for r in told if r.is_around or r.first >= inner for n in r.speakers]
        generic = self._scene.lexicon.words["status.short_names"]
        named = [name for name in names if name not in generic]
        return tuple(dict.fromkeys(named or names)), any(report.alleging for report in told)

    def _own_word(self, candidate: Candidate) -> tuple[str, ...]:
        """Whose own word it is: "..., X said" of what X did; not the author's."""
        if not self.reports:
            return ()
        at = candidate.trigger.first
        own = {*candidate.source.group.actors, *candidate.target.group.actors}
        own.add(self._scene.speaker or "")
        told = [
            name
            for report in self.reports
            if report.alleging and report.covers(at) and own.issuperset(report.speakers)
            for name in report.speakers
            if report.is_around or name != self._scene.speaker
        ]
        return tuple(dict.fromkeys(told))

    def told_by(self) -> tuple[str, ...]:
        """Who spoke last in the sentence, for a sentence behind that says "it added"."""
        return next((r.speakers for r in reversed(self.reports) if r.speakers), ())

    def _pledged_by(self, candidate: Candidate, zone: Sequence[str]) -> tuple[str, ...]:
        """Who pledges it: a pledge rests on the word of whom it binds."""
        if not self._scene.has("status.pledging"):
            return ()
        group, trigger = candidate.doer.group, candidate.trigger
        own = self._scene.lows(trigger.first, trigger.first + 1)
        pledging = self._scene.lexicon.words["status.pledging"]
        if pledging.isdisjoint([*zone, *own]) or len(group.actors) != 1:
            return ()
        return () if group.actors == (self._scene.speaker,) else group.actors

    def is_teller(self, candidate: Candidate) -> bool:
        """Whether the doer only tells what others do: "X says that Y sold arms"."""
        if not self.reports:
            return False
        doer, at = candidate.doer.group, candidate.trigger.first
        for report in self.reports:
            told = report.covers(at) and report.speakers == doer.actors
            if told and not doer.last > report.first:
                return True
        return False

    def is_barred(self, candidate: Candidate) -> bool:
        """Whether reported speech forbids the pair.

        A denial is no tie of its own, who is told of accuses nobody by that, and who tells of
        another's deed does not undergo it unless a pronoun says so.
        """
        trigger = candidate.trigger
        if self.denials and any(denial.at == trigger.first for denial in self.denials):
            return True
        if trigger.is_verb and self._accuses_unnamed(trigger.first):
            return candidate.doer.name != "by"
        if candidate.kind is Kind.SANCTIONS and is_lifted(self._scene, trigger):
            return True
        serves = candidate.kind in _SERVING and self._only_governs(candidate)
        return serves or _is_compared(candidate) or self._is_barred_by_report(candidate)

    def _is_barred_by_report(self, candidate: Candidate) -> bool:
        trigger, other = candidate.trigger, candidate.other.group
        accused = trigger.is_verb and trigger.entry.form == "ing"
        accusing = self._scene.lexicon.words["verbs.accusing"] if accused else ()
        for report in self.reports:
            if report.teller is candidate.doer.group and (
                self._tells_of_another(report, trigger)
                or (report.covers(trigger.first) and self._scene.tokens[report.at].low in accusing)
            ):
                return True
            behind = candidate.doer.group.first > trigger.last and candidate.doer.name != "by"
            if report.at == trigger.first and behind and trigger.is_verb:
                return True
            if report.teller is other and report.covers(trigger.first) and not report.is_around:
                lows = self._scene.lows(report.first, report.last)
                if other.first < report.first and _OBJECT_PRONOUNS.isdisjoint(lows):
                    return True
        return False

    def _tells_of_another(self, report: Report, trigger: Trigger) -> bool:
        """Whether what is told has a subject of its own, even an unknown one: "X says rebels"."""
        if report.is_around or not trigger.is_verb or not report.covers(trigger.first):
            return False
        told = self._scene.tokens[report.first : trigger.first]
        first = next((token for token in told if token.low != "that"), None)
        if first is None or first.low[-3:] == "ing" or first.low[-2:] == "ly":
            return False
        return first.sort in {"det", "cap", "num"} and any(t.sort in {"word", "cap"} for t in told)

    def _only_governs(self, candidate: Candidate) -> bool:
        """Whether a trigger serves the next verb: "is going to attack", "stopped short of -ing"."""
        trigger = candidate.trigger
        form = {"to": "base", "of": "ing"}.get(trigger.entry.words[-1])
        return form is not None and any(
            following.first == trigger.last and following.entry.form == form and following.is_verb
            for following in self._scene.triggers
        )

    def _accuses_unnamed(self, at: int) -> bool:
        """Whether "accused of" stands at *at*, without the one who accuses."""
        if not self._scene.has("verbs.accusing") or self._scene.lows(at + 1, at + 2) != ["of"]:
            return False
        return self._scene.tokens[at].low in self._scene.lexicon.words["verbs.accusing"]

    def _is_hedged(self, candidate: Candidate) -> bool:
        """Whether "reportedly", "is believed to" and the like govern the trigger."""
        tokens, trigger = self._scene.tokens, candidate.trigger
        stop = trigger.first
        for at in self._doubts:
            near = at < stop and stop - at <= 6
            between = tokens[at + 1 : stop]
            if near and all(token.sort in _PHRASE or token.low == "of" for token in between):
                return True
        near_cues = [at for at in self._hedges if stop - _HEDGED <= at < stop]
        if not near_cues:
            return False
        between = tokens[near_cues[-1] : stop]
        # "reportedly sends drones, while Y buys oil" hedges the first alone
        return not any(
            token.sort == "strong" or (token.sort == "rel" and before.sort == "comma")
            for before, token in pairwise(between)
        )

    def _is_negated(self, start: int, candidate: Candidate) -> bool:
        trigger = candidate.trigger
        if candidate.kind in _SAID and not trigger.is_verb:
            return False
        governed = any(
            start <= at < trigger.first or trigger.last <= at < trigger.object_at
            for at in self._negators
        )
        return governed or is_denied_beside(self._scene, candidate)

    def _denied_by(self, candidate: Candidate) -> tuple[str, ...]:
        if not self.denials:
            return ()
        sides = (*candidate.source.group.actors, *candidate.target.group.actors)
        at = candidate.trigger.first
        found: list[str] = []
        for denial in self.denials:
            deniers = denial.deniers or sides
            if denial.covers(at) and not {*sides}.isdisjoint(deniers):
                found += deniers
        return tuple(dict.fromkeys(found))


def _is_compared(candidate: Candidate) -> bool:
    """Whether one side is only compared: "sold more to Y than X did"."""
    than = candidate.doer.group.prep == "than" or candidate.other.group.prep == "than"
    return than and candidate.kind is not Kind.PREFERENCE


def _mark_contrasts(scene: Scene) -> None:
    """Leave out who is only compared, and ways: "unlike X", "through X", "from bases in X"."""
    for group in scene.groups:
        way = group.prep == "in" and scene.lows(group.prep_at - 2, group.prep_at - 1) == ["from"]
        if (
            way
            or group.prep in _LEFT_OUT
            or (
                group.prep in {"to", "with"}
                and " ".join(scene.lows(group.prep_at - 2, group.prep_at)) in _CONTRASTS
            )
        ):
            group.tells = True


def _clause_start(scene: Scene, candidate: Candidate) -> int:
    """Where the words begin that govern the trigger: behind its subject, or with its clause."""
    trigger = candidate.trigger
    start = max(0, trigger.first - (_BEFORE_VERB if trigger.is_verb else _BEFORE_NOUN))
    for relation in (candidate.doer, candidate.other):
        if not relation.group.implied and relation.group.core <= trigger.first:
            start = max(start, relation.group.core)
            break  # "promised Y $5 million in aid": what governs stands behind the doer
    aside = _is_aside(scene, start)
    for at in range(trigger.first - 1, start - 1, -1):
        token = scene.tokens[at]
        quote = token.low in '\u201c\u201d"'
        comma = token.sort == "comma"
        closes = comma and (_closes_aside(scene, at) or (aside and at > start))
        never = token.low == "once" and scene.tokens[at - 1].low in {"never", "not"}
        again = token.low == "once" and scene.tokens[at + 1].low in {"again", "more"}
        if never or again or (comma and _is_put_in(scene, at)):
            continue
        far = comma and (trigger.first - at > _NEAR_COMMA or closes)
        if far or (token.sort in {"strong", "rel"} and not quote):
            start = at + 1
            break
    return start


def _is_put_in(scene: Scene, comma: int) -> bool:
    """Whether commas enclose a few words before an infinitive: "failed, once again, to send"."""
    for at in range(comma + 2, min(len(scene.tokens) - 1, comma + _PUT_IN)):
        if scene.tokens[at].sort == "comma":
            return scene.tokens[at + 1].low == "to"
    return False


def _is_aside(scene: Scene, start: int) -> bool:
    """Whether what follows the doer is set apart by commas: "X, long reluctant, has"."""
    return start < len(scene.tokens) and scene.tokens[start].sort == "comma"


def _closes_aside(scene: Scene, comma: int) -> bool:
    """Whether a relative clause ends at *comma*: "X, which hopes to join, ..."."""
    for at in range(comma - 1, max(-1, comma - _ASIDE), -1):
        if scene.tokens[at].sort == "comma":
            return scene.tokens[at + 1].low in {"which", "who", "whose", "where", "whom"}
    return False


def _starts(lows: Sequence[str], phrases: frozenset[str]) -> dict[int, int]:
    """Where phrases begin, and how many words each has."""
    openers = first_words(phrases)
    places = [at for at, low in enumerate(lows) if low in openers]
    return {at: size for at in places if (size := phrase_size(lows, at, phrases))}


def _is_idle(lows: Sequence[str], at: int, size: int) -> bool:
    """Whether a negator denies nothing: "not only", "no matter", "no doubt"."""
    following = lows[at + size] if at + size < len(lows) else ""
    return following in _NOT_NEGATING | _CONFIRMING or (lows[at] == "no" and following == "matter")
