"""The voice of a claim: asserted, alleged or prospective, negated, on whose word."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._frames import Candidate
from alignwatch.extract._groups import Group
from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._tokens import Token
from alignwatch.model import Kind, Status

__all__ = ["Report", "Voice", "find_reports", "hear"]


@attrs.frozen(kw_only=True)
class Report:
    """Reported speech: tokens `first` to `last` (exclusive) rest on the word of `speakers`."""

    speakers: tuple[str, ...]
    first: int
    last: int
    alleging: bool


@attrs.frozen(kw_only=True)
class Voice:
    """How a claim is told."""

    negated: bool
    status: Status
    attributed_to: tuple[str, ...]


# kinds whose aim is the thing itself: "seeks to counter X" is rivalry already
_STANCES = frozenset(
    {
        Kind.RIVALRY,
        Kind.PARTNERSHIP,
        Kind.CRITICISM,
        Kind.SUPPORT,
        Kind.DEMAND,
        Kind.THREAT,
        Kind.PREFERENCE,
        Kind.DISTANCING,
    }
)
_NOT_NEGATING = frozenset({"only", "just", "merely", "simply", "least", "doubt"})


def _phrase_at(tokens: Sequence[Token], at: int, phrases: frozenset[str]) -> int:
    """Length of the longest phrase of *phrases* (up to three words) that begins at *at*."""
    for size in (3, 2, 1):
        if at + size <= len(tokens):
            if " ".join(token.low for token in tokens[at : at + size]) in phrases:
                return size
    return 0


def find_reports(
    tokens: Sequence[Token], groups: Sequence[Group], lexicon: Lexicon
) -> list[Report]:
    """Find who says what in the sentence: "X says that ...", "..., X said", "according to X"."""
    words = lexicon.words
    reporting, alleging = words["status.reporting_verbs"], words["status.alleging_verbs"]
    accusing, short = words["status.accusing_verbs"], words["status.short_names"]
    found: list[Report] = []
    ends = {group.last: group for group in groups if group.head != "thing"}
    for at, token in enumerate(tokens):
        low = token.low
        if low == "according" and at + 1 < len(tokens) and tokens[at + 1].low == "to":
            speakers = _speakers_right(tokens, groups, at + 2, short)
            found.append(Report(speakers=speakers, first=0, last=len(tokens), alleging=True))
        elif low in reporting or low in accusing:
            back = at
            while back > 0 and (
                tokens[back - 1].sort == "aux" or tokens[back - 1].low.endswith("ly")
            ):
                back -= 1
            speaker = ends.get(back)
            speakers = speaker.actors if speaker is not None else ()
            if not speakers and back and tokens[back - 1].low in short:
                speakers = (tokens[back - 1].low,)
            if not speakers and low not in accusing:
                continue
            subject = speaker.first if speaker is not None else back - 1
            tail = len(tokens) - at <= 14 and any(
                token.sort == "comma" or token.low in '”"'
                for token in tokens[max(0, subject - 2) : subject]
            )
            after = tokens[at + 1].low if at + 1 < len(tokens) else ""
            if tail and after != "that" and low not in accusing:
                found.append(
                    Report(speakers=speakers, first=0, last=subject, alleging=low in alleging)
                )
            else:
                found.append(
                    Report(
                        speakers=speakers, first=at + 1, last=len(tokens), alleging=low in alleging
                    )
                )
    if len(tokens) > 1 and tokens[0].name is not None:
        first = next((at for at, token in enumerate(tokens[:8]) if token.low == ":"), 0)
        if first:
            found.append(
                Report(
                    speakers=tokens[0].name.actors,
                    first=first + 1,
                    last=len(tokens),
                    alleging=False,
                )
            )
    return found


def _speakers_right(
    tokens: Sequence[Token], groups: Sequence[Group], at: int, short: frozenset[str]
) -> tuple[str, ...]:
    for group in groups:
        if at <= group.first <= at + 3:
            return group.actors
    for token in tokens[at : at + 4]:
        if token.low in short:
            return (token.low,)
    return ()


def _zone(tokens: Sequence[Token], candidate: Candidate) -> list[Token]:
    """The tokens that govern the trigger, from its subject on."""
    trigger = candidate.trigger
    start = max(0, trigger.first - (9 if trigger.is_verb else 8))
    for relation in (candidate.source, candidate.target):
        group = relation.group
        if not group.implied and group.core <= trigger.first and relation.name != "poss":
            start = max(start, group.core)
    for at in range(trigger.first - 1, start - 1, -1):
        if tokens[at].sort in {"strong", "rel"} and tokens[at].low not in {"”", "“", '"'}:
            start = at + 1
            break
        if tokens[at].sort == "comma" and trigger.first - at > 3:
            start = at + 1
            break
    return list(tokens[start : trigger.first])


def _is_negated(
    tokens: Sequence[Token], zone: Sequence[Token], candidate: Candidate, lexicon: Lexicon
) -> bool:
    negators = lexicon.words["status.negators"]
    for at in range(len(zone)):
        size = _phrase_at(zone, at, negators)
        if not size:
            continue
        following = zone[at + size].low if at + size < len(zone) else ""
        if following in _NOT_NEGATING or (
            zone[at].low == "no" and following in {"longer", "matter"}
        ):
            continue
        return True
    trigger = candidate.trigger
    # "no evidence that ...", "there is no ..."
    for at in range(max(0, trigger.first - 14), trigger.first - 2):
        if tokens[at].low in {"no", "little", "scant"} and tokens[at + 1].low in {
            "evidence",
            "sign",
            "signs",
            "indication",
            "indications",
            "proof",
        }:
            return True
    if trigger.first >= 1 and tokens[trigger.first - 1].low in {"failed", "no", "non"}:
        return True
    after = tokens[trigger.last : trigger.last + 3]
    return bool(
        not trigger.is_verb and after and after[0].low in {"failed", "collapsed", "lacks", "never"}
    )


def _is_prospective(
    tokens: Sequence[Token], zone: Sequence[Token], candidate: Candidate, lexicon: Lexicon
) -> bool:
    words, trigger = lexicon.words, candidate.trigger
    modals = words["status.prospective_modals"]
    lows = [token.low for token in zone]
    future = any(low in modals for low in lows)
    if future and "have" in lows and candidate.trigger.is_verb:
        future = "would" in lows or "could" in lows or "may" in lows or "might" in lows
    if candidate.kind in _STANCES:
        if candidate.kind in {Kind.SUPPORT, Kind.THREAT, Kind.DEMAND, Kind.CRITICISM}:
            return False
        return any(low in {"could", "might", "may", "would"} for low in lows)
    if future:
        return True
    governors = words["status.prospective_governors"]
    if trigger.is_verb:
        if "to" in lows:
            at = len(lows) - 1 - lows[::-1].index("to")
            before = lows[max(0, at - 4) : at]
            if any(low in governors for low in before):
                return True
            start = trigger.first - len(zone) + at
            wider = [token.low for token in tokens[max(0, start - 3) : start]]
            return any(low in governors for low in wider)
        if trigger.entry.form == "base" and any(low in governors for low in lows[-3:]):
            return True
        return trigger.entry.form == "ing" and any(low in governors for low in lows[-3:])
    if any(low in governors for low in lows[-6:]):
        return True
    after = [token.low for token in tokens[trigger.last : trigger.last + 8]]
    for place, low in enumerate(after):
        if low in {"will", "would", "could", "may", "might", "planned", "scheduled", "expected"}:
            return True
        if low in {",", ".", ";"} or place > 5:
            break
    return False


def hear(
    tokens: Sequence[Token],
    candidate: Candidate,
    reports: Sequence[Report],
    lexicon: Lexicon,
    speaker: str | None,
) -> Voice:
    """Tell how the sentence makes *candidate*'s claim."""
    zone = _zone(tokens, candidate)
    negated = _is_negated(tokens, zone, candidate, lexicon)
    if (
        candidate.kind in {Kind.CRITICISM, Kind.THREAT, Kind.DEMAND, Kind.SANCTIONS}
        and candidate.trigger.is_verb is False
    ):
        negated = negated and candidate.kind is Kind.SANCTIONS
    prospective = _is_prospective(tokens, zone, candidate, lexicon)
    attributed: list[str] = []
    alleged = False
    own = {actor for actor in candidate.source.group.actors}
    for report in reports:
        if not report.first <= candidate.trigger.first < report.last:
            continue
        attributed.extend(report.speakers)
        if report.alleging and not own.issuperset(report.speakers or ("",)):
            if speaker is None or speaker not in report.speakers:
                alleged = True
    cues = lexicon.words["status.alleged_cues"]
    stop = candidate.trigger.first
    for at in range(max(0, stop - 12), stop):
        if _phrase_at(tokens, at, cues) and not any(
            token.sort == "strong" for token in tokens[at:stop]
        ):
            alleged = True
    if candidate.kind in {
        Kind.CRITICISM,
        Kind.DEMAND,
        Kind.CONSULTATION,
        Kind.RIVALRY,
        Kind.PARTNERSHIP,
    }:
        alleged = False
    status = Status.ASSERTED
    if alleged:
        status = Status.ALLEGED
    elif prospective:
        status = Status.PROSPECTIVE
    return Voice(negated=negated, status=status, attributed_to=tuple(dict.fromkeys(attributed)))
