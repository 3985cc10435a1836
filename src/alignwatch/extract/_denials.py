"""Denials: who denies what was said, or denies doing it."""

from collections.abc import Iterator

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._reports import find_zone_end
from alignwatch.extract._scene import Scene
from alignwatch.extract._speakers import Subject, find_subject, is_adverb

__all__ = ["Denial", "find_denials"]

_NEAR = 7
"""Tokens from the verb to what is denied, and from there to "as false"."""

_OPENING = 4
"""Tokens within which "Despite X's denials" opens a sentence."""

_TOLD = frozenset({"that", "of"})
_OPENS = frozenset({"it", "they", "he", "she"})
_ANY = frozenset({"any", "the", "all", "its", "their", "his", "her"})


@attrs.frozen(kw_only=True, eq=False)
class Denial:
    """*deniers* deny at token `at` what is told from token `first` to `last` (exclusive).

    `is_back` tells that they deny what was said before this sentence or clause; without *deniers*
    it is both sides of it: "which both countries deny".
    """

    deniers: tuple[str, ...]
    at: int
    first: int
    last: int
    is_back: bool

    def covers(self, at: int) -> bool:
        """Whether what the token *at* tells is denied."""
        return self.first <= at < self.last


def find_denials(scene: Scene) -> list[Denial]:
    """Find who denies: "X denies doing", "a charge that X rejects", "X called the claims false"."""
    words = scene.lexicon.words
    denying, naming = words["verbs.denying"], words["verbs.naming"]
    found: list[Denial] = []
    for at, token in enumerate(scene.tokens):
        if token.low in words["status.denials"]:
            found.extend(_by_noun(scene, at))
        elif token.low in denying and not _is_left_open(scene, at):
            found.extend(_by_verb(scene, at))
        elif token.low in naming and _is_called_false(scene, at):
            subject = find_subject(scene, at)
            if subject is not None:
                found.append(_back(subject.names, at, subject.first))
    return found


def _by_noun(scene: Scene, at: int) -> Iterator[Denial]:
    """What "despite X's denials" denies: the rest of the sentence, or what stands before it."""
    owner = next(
        (g for g in scene.groups if g.core <= at < max(g.last, g.core + 2) and _owns(g)), None
    )
    agent = next((g for g in scene.groups if g.prep == "by" and g.prep_at == at + 1), None)
    denier = owner or agent
    if denier is None:
        return
    opens = denier.first <= _OPENING
    last = len(scene.tokens) if opens else denier.first
    first = max(at + 1, denier.last) if opens else 0
    yield Denial(deniers=denier.actors, at=at, first=first, last=last, is_back=True)


def _owns(group: Group) -> bool:
    return group.poss or group.form == "demonym"


def _is_left_open(scene: Scene, at: int) -> bool:
    """Whether "neither confirmed nor denied" stands there, or "has not denied"."""
    return bool({"nor", "not", "never"} & {*scene.lows(at - 2, at)})


def _back(deniers: tuple[str, ...], at: int, last: int) -> Denial:
    return Denial(deniers=deniers, at=at, first=0, last=max(0, last), is_back=True)


def _by_verb(scene: Scene, at: int) -> Iterator[Denial]:
    words = scene.lexicon.words
    agent = next((g for g in scene.groups if g.prep == "by" and g.prep_at == at + 1), None)
    if agent is not None:
        yield _back(agent.actors, at, at)
        return
    subject = find_subject(scene, at)
    if subject is None or not subject.names:
        if _are_both(scene, at):
            yield _back((), at, at)
        return
    things, charges = words["status.denied_things"], words["status.charge_nouns"]
    first = _skip_adverbs(scene, at + 1)
    following = scene.lows(first, first + _NEAR)
    stop = next((n for n, low in enumerate(following) if low in {",", ".", ";"}), len(following))
    following = following[:stop]
    flat = scene.tokens[at].low in words["verbs.flat_denying"]
    place = next((n for n, low in enumerate(following) if low in charges), -1)
    behind = following[place + 1 : place + 2] if place >= 0 else []
    before = scene.lows(subject.first - 2, subject.first)
    if behind and behind[0] in _TOLD | _OPENS:
        yield _ahead(scene, subject, at)
    elif _is_relative(before, charges) and following[:1] != ["that"]:
        yield _back(subject.names, at, subject.first)
    elif flat and _denies_an_act(following, things):
        yield _ahead(scene, subject, at)
    elif not things.isdisjoint(following):
        if {"involvement", "responsibility", "role", "complicity"}.isdisjoint(following):
            yield _back(subject.names, at, subject.first)
        else:
            yield _back(subject.names, at, subject.first)
            yield _ahead(scene, subject, at)
    elif flat and not following:
        yield _back(subject.names, at, subject.first)


def _skip_adverbs(scene: Scene, at: int) -> int:
    """Where what is denied begins: "denied outright (that)", "denied again (having)"."""
    tokens = scene.tokens
    while at < len(tokens) and (tokens[at].low == "outright" or is_adverb(tokens[at])):
        at += 1
    return at


def _are_both(scene: Scene, at: int) -> bool:
    """Whether "which both countries" stands before the verb, without saying who they are."""
    lows = scene.lows(at - 6, at)
    return "which" in lows and not {"both", "two"}.isdisjoint(lows)


def _ahead(scene: Scene, subject: Subject, at: int) -> Denial:
    last = find_zone_end(scene, at + 1)
    return Denial(deniers=subject.names, at=at, first=at + 1, last=last, is_back=False)


def _is_relative(before: list[str], charges: frozenset[str]) -> bool:
    """Whether the denier stands in a relative clause: "a charge (that) X denies"."""
    return not {"which", "that"}.isdisjoint(before) or not charges.isdisjoint(before[-1:])


def _denies_an_act(following: list[str], things: frozenset[str]) -> bool:
    """Whether "denied" goes on with doing, with a clause, or with any deed of one's own."""
    if following[:1] == ["that"] or any(low.endswith("ing") for low in following[:3]):
        return True
    if following and following[0] in {"it", "they", "he", "she", "to", "\0"}:
        return len(following) > 2
    return bool(following) and following[0] in _ANY and things.isdisjoint(following)


def _is_called_false(scene: Scene, at: int) -> bool:
    """Whether somebody "called the claims baseless"."""
    words = scene.lexicon.words
    following = scene.lows(at + 1, at + 2 + 2 * _NEAR)
    stop = next((n for n, low in enumerate(following) if low in {".", ";"}), len(following))
    following = following[:stop]
    place = next((n for n, low in enumerate(following) if low in words["status.denied_things"]), -1)
    false = words["status.false_words"]
    return place >= 0 and not false.isdisjoint(following[place + 1 :])
