"""Reported speech: who says, alleges or denies what in a sentence."""

from collections.abc import Iterator

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._scene import Scene

__all__ = ["Denial", "Report", "find_denials", "find_reports", "mark_tellers"]

_TAIL = 14
"""Tokens from the verb to the end within which ", X said" closes a sentence."""

_OPENING = 8
"""Tokens within which "X:" opens a quote."""


@attrs.frozen(kw_only=True)
class Report:
    """Tokens `first` to `last` (exclusive) rest on the word of `speakers`: ids or short names."""

    speakers: tuple[str, ...]
    first: int
    last: int
    alleging: bool


@attrs.frozen(kw_only=True)
class Denial:
    """*deniers* deny at token `at`; `before` tells that they deny what was said before it."""

    deniers: tuple[str, ...]
    at: int
    before: bool


def find_reports(scene: Scene) -> list[Report]:
    """Find who says what: "X says that ...", "..., X said", "according to X", "X: ..."."""
    words = scene.lexicon.words
    verbs = words["status.reporting_verbs"] | words["status.accusing_verbs"]
    found = []
    for at, token in enumerate(scene.tokens):
        if token.low == "according" and scene.lows(at + 1, at + 2) == ["to"]:
            speakers = _speakers_behind(scene, at + 2)
            found.append(Report(speakers=speakers, first=0, last=len(scene.tokens), alleging=True))
        elif token.low in verbs:
            found.extend(_told_by_verb(scene, at))
    found.extend(_told_by_colon(scene))
    return found


def mark_tellers(scene: Scene) -> None:
    """Mark the phrases that stand outside of what is told: "according to X", "..., X said."."""
    verbs = scene.lexicon.words["status.reporting_verbs"]
    for group in scene.groups:
        if group.prep == "to" and scene.lows(group.prep_at - 1, group.prep_at) == ["according"]:
            group.tells = True
        closing = len(scene.tokens) - group.last <= _TAIL // 2 and group.first > 0
        said = scene.lows(group.last, group.last + 1)
        if closing and said and said[0] in verbs and group.head != "thing":
            before = scene.tokens[: group.first]
            if before[-1].sort == "det" and len(before) > 1:  # ", the United States says"
                before = before[:-1]
            group.tells = before[-1].sort == "comma" or before[-1].low in '\u201d"'


def _told_by_verb(scene: Scene, at: int) -> Iterator[Report]:
    tokens, words = scene.tokens, scene.lexicon.words
    low = tokens[at].low
    accuses = low in words["status.accusing_verbs"]
    end = at
    while end > 0 and (tokens[end - 1].sort == "aux" or tokens[end - 1].low.endswith("ly")):
        end -= 1
    group = _ending_at(scene, end)
    if group is not None:
        speakers, subject = group.actors, group.first
    elif end and tokens[end - 1].low in words["status.short_names"]:
        speakers, subject = (tokens[end - 1].low,), end - 1
    elif accuses:
        speakers, subject = (), end
    else:
        return
    alleging = low in words["status.alleging_verbs"]
    closes = len(tokens) - at <= _TAIL and any(
        token.sort == "comma" or token.low in '\u201d"'
        for token in tokens[max(0, subject - 2) : subject]
    )
    if closes and not accuses and scene.lows(at + 1, at + 2) != ["that"]:
        yield Report(speakers=speakers, first=0, last=subject, alleging=alleging)
    else:
        yield Report(speakers=speakers, first=at + 1, last=len(tokens), alleging=alleging)


def _told_by_colon(scene: Scene) -> Iterator[Report]:
    name = scene.tokens[0].name if scene.tokens else None
    lows = scene.lows(0, _OPENING)
    if name is not None and ":" in lows[1:]:
        first = lows.index(":", 1) + 1
        yield Report(speakers=name.actors, first=first, last=len(scene.tokens), alleging=False)


def _ending_at(scene: Scene, end: int) -> Group | None:
    return next((g for g in scene.groups if g.last == end and g.head != "thing"), None)


def _speakers_behind(scene: Scene, at: int) -> tuple[str, ...]:
    for group in scene.groups:
        if at <= group.first <= at + 3:
            return group.actors
    short = scene.lexicon.words["status.short_names"]
    return next(((low,) for low in scene.lows(at, at + 4) if low in short), ())


def find_denials(scene: Scene) -> list[Denial]:
    """Find who denies: "X denies the claims", "a charge that X rejects", "X denied sending ..."."""
    words = scene.lexicon.words
    denying, things = words["status.denying_verbs"], words["status.denied_things"]
    found = []
    for at, token in enumerate(scene.tokens):
        near = [g for g in scene.groups if g.last <= at <= g.last + 3]
        if token.low not in denying or not near:
            continue
        denier = near[-1]
        following = scene.lows(at + 1, at + 5)
        relative = not {"which", "that"}.isdisjoint(
            scene.lows(denier.first - 5, denier.first)
        ) and not (things | {"which"}).isdisjoint(scene.lows(0, at))
        acts = any(low.endswith("ing") for low in following[:2]) or following[:1] == ["that"]
        charge = not things.isdisjoint(following)
        if relative or charge or (acts and token.low.startswith("den")):
            found.append(Denial(deniers=denier.actors, at=at, before=relative or not acts))
    return found
