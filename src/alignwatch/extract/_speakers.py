"""Who speaks: the actor, person, paper or unnamed source that stands before a verb."""

import re
from collections.abc import Sequence

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._scene import Scene
from alignwatch.extract._tokens import Token

__all__ = ["Subject", "find_cited", "find_proper_name", "find_subject", "is_adverb"]

_APPOSITION = 18
"""Tokens of an apposition: "Poland, a member of the alliance since 1999, said"."""

_ADVERBS = frozenset(
    {
        *("also", "later", "again", "then", "now", "still", "often", "once", "since", "long"),
        *("already", "even", "first", "further", "just", "soon", "thus", "twice", "ever", "too"),
        *("more", "recently", "always", "openly"),
    }
)
_JOINS = frozenset({"of", "for", "the", "and", "&"})
_CITED = 20
"""Tokens within which "according to a study on ... by X" names X."""

# matches a short form behind a name: " (SIPRI)"
_SHORT_FORM = re.compile(r" \((?P<short>[A-Z][A-Za-z&-]*[A-Z][A-Za-z]*)\)")
_TOPIC = frozenset({"on", "about", "into", "against", "regarding", "over", "for"})
_STOPS = frozenset({"comma", "strong", "rel", "aux"})
_CALENDAR = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_OWNS = frozenset({"its", "their", "his", "her"})
_ALLIES = frozenset({"allies", "partners", "others", "neighbours", "neighbors", "friends"})
_ASIDE, _NEAR = 6, 4
_APPOSED = frozenset({"det", "rel", "word", "cap", "poss", "actor"})
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
    tokens = scene.tokens
    if end > 2 and tokens[end - 1].low in _ALLIES:  # "X and its allies"
        joined = next((at for at in range(end - 2, max(0, end - 5), -1) if _is_and(tokens[at])), 0)
        end = joined - (tokens[joined - 1].sort == "comma") if joined else end
    institute = _find_institute(scene, end)
    if institute is not None:
        return institute
    group = next((g for g in scene.groups if g.last == end and g.head != "thing"), None)
    if group is not None:
        return (
            Subject(names=group.actors, first=group.first, group=group)
            if (_can_speak(scene, group))
            else None
        )
    token = tokens[end - 1] if end else None
    if token is None:
        return None
    words = scene.lexicon.words
    again = token.low in words["status.told_again"] and scene.told_by
    if again or token.low in words["status.short_names"]:
        return _named_generically(scene, end)
    if token.sort == "pron" and token.low in _PRONOUNS and scene.told_by:
        return Subject(names=scene.told_by, first=end - 1)
    return find_proper_name(scene, end)


def _is_and(token: Token) -> bool:
    return token.low in {"and", "&"}


def _named_generically(scene: Scene, end: int) -> Subject:
    """Who "officials" or "a report" before token *end* are: "X estimates", "a CSIS report"."""
    tokens, at = scene.tokens, end - 1
    first = _phrase_start(scene, at)
    if not _OWNS.isdisjoint(scene.lows(first - 1, first + 1)):
        whose = next((g for g in scene.groups if g.last < first and g.prep is None), None)
        if whose is not None:  # "X shot it down, its military said"
            return Subject(names=whose.actors, first=first - (tokens[first].low not in _OWNS))
    owner = next((g for g in scene.groups if g.first <= first and first in {g.core, g.last}), None)
    owner = owner or next((g for g in scene.groups if g.last == end and g.first <= first), None)
    if owner is not None and (owner.poss or owner.form == "demonym"):
        return Subject(names=owner.actors, first=owner.first, group=owner)
    named = find_proper_name(scene, at) if at and tokens[at - 1].sort == "cap" else None
    if named is not None and named.first:
        return Subject(names=named.names, first=first)
    again = scene.told_by and tokens[first].low in {"the", "this", "that"} and not named
    if again and first == end - 2 and tokens[at].low in scene.lexicon.words["status.told_again"]:
        return Subject(names=scene.told_by, first=first)
    return Subject(names=(tokens[at].low,), first=first)


def find_cited(scene: Scene, behind: int) -> Subject | None:
    """Find who is cited from token *behind* on: "(according to) a study on X by the Y Institute".

    A name goes before "analysts" and the like; what a study is about is no source.
    """
    tokens, short = scene.tokens, scene.lexicon.words["status.short_names"]
    stop = behind
    while stop < min(len(tokens), behind + _CITED):
        if tokens[stop].sort in _STOPS or tokens[stop].low == ".":
            break
        stop += 1
    lows = scene.lows(behind, stop)
    first = behind + len(lows) - lows[::-1].index("by") if "by" in lows else behind
    place = first
    while place < stop:
        end, cited = _cited_at(scene, place, stop, first)
        if cited is not None:
            return cited
        place = end
    told = [*scene.lows(first, stop), *lows]
    at = next((at for at, low in enumerate(told) if low in short), -1)
    while 0 <= at < len(told) - 1 and told[at + 1] in short:
        at += 1  # "media reports" are reports
    return Subject(names=(told[at],), first=behind) if at >= 0 else None


def _cited_at(scene: Scene, place: int, stop: int, first: int) -> tuple[int, Subject | None]:
    """Who is named at token *place*, and where to look next."""
    tokens = scene.tokens
    token = tokens[place]
    topic = place > first and tokens[place - 1].low in _TOPIC
    group = next((g for g in scene.groups if g.first <= place < max(g.last, g.core)), None)
    if group is None and (token.sort != "cap" or token.low in _CALENDAR):
        return place + 1, None
    end = place + 1 if group is None else max(group.last, group.core)
    while end < stop and (tokens[end].sort == "cap" or _joins(tokens, end)):
        end += 1
    if (institute := _find_institute(scene, end)) is not None:
        return end, institute
    if group is None:
        return end, None if topic else find_proper_name(scene, end)
    if group.prep in _TOPIC and group.prep_at >= first:
        return end, None
    return end, Subject(names=group.actors, first=group.first, group=group)


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at *at* stands within a name: "Institute for the Study of War"."""
    if tokens[at].low not in _JOINS or at + 1 >= len(tokens):
        return False
    behind = at + 1 + (tokens[at + 1].low == "the")
    return behind < len(tokens) and tokens[behind].sort == "cap"


def _find_institute(scene: Scene, end: int) -> Subject | None:
    """A body before token *end* that bears an actor's name and is not it: "the X Peace Centre"."""
    tokens = scene.tokens
    if not end or tokens[end - 1].low not in scene.lexicon.words["status.institutes"]:
        return None
    first = end - 1
    while first > 0 and (
        tokens[first - 1].sort == "cap"
        or _names_a_body(tokens[first - 1])
        or (tokens[first - 1].low == "new" and tokens[first - 1].capital)
    ):
        first -= 1
    if first == end - 1 or not tokens[end - 1].capital:
        return None
    group = next((g for g in scene.groups if g.first <= first < max(g.last, g.core)), None)
    return Subject(names=(_name(scene, first, end),), first=first, group=group)


def _names_a_body(token: Token) -> bool:
    return token.name is not None and token.name.form in {"demonym", "capital"}


def _name(scene: Scene, first: int, end: int) -> str:
    """The words from token *first* to *end*, or the short form behind them."""
    tokens = scene.tokens
    short = _SHORT_FORM.match(scene.text, tokens[end - 1].end)
    return short["short"] if short else scene.text[tokens[first].start : tokens[end - 1].end]


def _before_apposition(scene: Scene, comma: int) -> Subject | None:
    """Who is named before the apposition that ends at *comma*: "X, its neighbour, said"."""
    tokens = scene.tokens
    for at in range(comma - 1, max(0, comma - _APPOSITION), -1):
        if tokens[at].sort == "strong":
            return None
        if tokens[at].sort == "comma" and tokens[at + 1].sort in _APPOSED:
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
        or (first < end and tokens[first - 1].low == "new" and tokens[first - 1].capital)
        or (
            first < end
            and tokens[first - 1].low in _JOINS
            and first > 1
            and (tokens[first - 2].sort == "cap" or tokens[first - 2].low in _JOINS)
        )
    ):
        first -= 1
    if not 0 < end - first <= 7:
        return None
    name = _name(scene, first, end)
    official = scene.people.get(tokens[end - 1].low)
    if official is not None:
        beside = (g for g in scene.groups if g.actors == official and abs(g.first - end) <= _NEAR)
        return Subject(names=official, first=first, group=next(beside, None))
    known = name.isupper() or name.lower() in scene.lexicon.words["status.media"]
    if end - first == 1 and first == 0 and not known:
        return None
    det = first > 0 and tokens[first - 1].sort == "det"
    return Subject(names=(name,), first=first - det)
