"""Who speaks: the actor, person, paper or unnamed source that stands before a verb."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._scene import Scene
from alignwatch.extract._tokens import Token

__all__ = ["Subject", "find_proper_name", "find_subject", "is_adverb"]

_APPOSITION = 18
"""Tokens of an apposition: "Poland, a member of the alliance since 1999, said"."""

_ADVERBS = frozenset(
    {
        *("also", "later", "again", "then", "now", "still", "often", "once", "since", "long"),
        *("already", "even", "first", "further", "just", "soon", "thus", "twice", "ever", "too"),
    }
)
_JOINS = frozenset({"of", "for", "the", "and", "&"})
_ASIDE = 6
_ASIDES = frozenset({"on", "in", "at", "last", "earlier", "yesterday", "today", "this", "late"})


@attrs.frozen(kw_only=True, eq=False)
class Subject:
    """Who stands before a verb: ids or short names, from token `first` on, perhaps a phrase."""

    names: tuple[str, ...]
    first: int
    group: Group | None = None


def is_adverb(token: Token) -> bool:
    """Whether a word may stand between a subject and its verb: "repeatedly", "also"."""
    return token.low.endswith("ly") or token.low in _ADVERBS


def find_subject(scene: Scene, at: int) -> Subject | None:
    """Find who does the verb at token *at*, None where nobody is named or the verb is negated."""
    tokens = scene.tokens
    end = at
    while end > 0 and (tokens[end - 1].sort == "aux" or is_adverb(tokens[end - 1])):
        end -= 1
        if tokens[end].low.endswith("n't"):
            return None
    end = _before_time(tokens, end)
    if end > 1 and tokens[end - 1].low in {"which", "who"}:
        end -= 1 + (tokens[end - 2].sort == "comma")
        return _named_before(scene, end)
    if not end or tokens[end - 1].sort == "neg":
        return None
    if tokens[end - 1].sort == "comma":
        outside = _before_apposition(scene, end - 1)
        return outside or _named_before(scene, end - 1)
    return _named_before(scene, end)


def _before_time(tokens: Sequence[Token], end: int) -> int:
    """Where the time or place between a subject and its verb begins: "X on Thursday said"."""
    for at in range(end - 1, max(0, end - _ASIDE), -1):
        token = tokens[at]
        if token.low in _ASIDES and at:
            return at
        if token.sort not in {"word", "cap", "num", "det"}:
            break
    return end


def _named_before(scene: Scene, end: int) -> Subject | None:
    """Who is named right before token *end*."""
    group = next((g for g in scene.groups if g.last == end and g.head != "thing"), None)
    if group is not None:
        return (
            Subject(names=group.actors, first=group.first, group=group)
            if (_can_speak(scene, group))
            else None
        )
    token = scene.tokens[end - 1] if end else None
    if token is None:
        return None
    if token.low in scene.lexicon.words["status.short_names"]:
        return Subject(names=(token.low,), first=_phrase_start(scene, end - 1))
    if token.sort == "pron" and token.low in {"he", "she"} and scene.told_by:
        return Subject(names=scene.told_by, first=end - 1)
    return find_proper_name(scene, end)


def _before_apposition(scene: Scene, comma: int) -> Subject | None:
    """Who is named before the apposition that ends at *comma*: "X, its neighbour, said"."""
    tokens = scene.tokens
    for at in range(comma - 1, max(0, comma - _APPOSITION), -1):
        if tokens[at].sort == "strong":
            return None
        if tokens[at].sort == "comma" and tokens[at + 1].sort in {"det", "rel", "word", "cap"}:
            return _named_before(scene, at)
    return None


def _can_speak(scene: Scene, group: Group) -> bool:
    """Whether a phrase acts itself: "officials in Kyiv", but not "the invasion of Ukraine"."""
    if group.prep is None:
        return True
    before = scene.lows(group.prep_at - 1, group.prep_at)
    words = scene.lexicon.words
    if not before:
        return False
    return before[0] in words["agents.nouns"] or before[0] in words["status.short_names"]


def _phrase_start(scene: Scene, at: int) -> int:
    while at > 0 and scene.tokens[at - 1].sort in {"word", "cap", "det"}:
        at -= 1
    return at


def find_proper_name(scene: Scene, end: int) -> Subject | None:
    """Find a person, paper or institute right before token *end*: "The Daily Herald", "SIPRI"."""
    tokens = scene.tokens
    first = end
    while first > 0 and (
        tokens[first - 1].sort == "cap"
        or (
            first < end
            and tokens[first - 1].low in _JOINS
            and first > 1
            and tokens[first - 2].sort == "cap"
        )
    ):
        first -= 1
    if not 0 < end - first <= 7:
        return None
    name = scene.text[tokens[first].start : tokens[end - 1].end]
    known = name.isupper() or name.lower() in scene.lexicon.words["status.media"]
    if end - first == 1 and first == 0 and not known:
        return None
    det = first > 0 and tokens[first - 1].sort == "det"
    return Subject(names=(name,), first=first - det)
