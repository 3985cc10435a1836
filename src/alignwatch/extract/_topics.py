"""Who is only talked about: "remarks on X", "discussed X, Y and Z with W"."""

from collections.abc import Sequence

from alignwatch.extract._groups import Group
from alignwatch.extract._lexicon import WordClasses
from alignwatch.extract._tokens import Token

__all__ = ["mark_topics"]

_REACH = 9
"""Tokens between the word of talk and the preposition, or the object."""

_MODIFIED = 4
"""Tokens behind a name that it may describe: "the X-Y trilateral summit"."""

_JOINS = frozenset({"comma", "conj", "det", "cap", "word"})
_DESCRIBED = frozenset({"word", "cap", "num", "verb"})
_BEFORE_OBJECT = frozenset({"det", "word", "cap", "num", "verb"})
_INSIDE_OBJECT = frozenset({"to", "of", "in", "from", "against", "for", "on"})
_ENDS = frozenset({"verb", "aux", "strong", "rel"})


def mark_topics(tokens: Sequence[Token], groups: Sequence[Group], words: WordClasses) -> None:
    """Mark the phrases that a talk is about: they are no partners of it."""
    talked = not words["topics.verbs"].isdisjoint(token.low for token in tokens)
    before: Group | None = None
    for group in groups:
        if before is not None and before.topic and _goes_on(tokens, before, group):
            group.topic = True
        elif not _is_talk(tokens, group, words["topics.behind"]):
            group.topic = _is_about(tokens, group, words) or (
                talked and _is_object(tokens, group, words["topics.verbs"])
            )
        before = group


def _goes_on(tokens: Sequence[Token], before: Group, group: Group) -> bool:
    """Whether *group* is the next one of a list: "on X, the summit, and Y"."""
    between = tokens[before.last : group.first]
    return group.prep in {None, before.prep} and all(
        token.sort in _JOINS or token.low == "and" or token.sort == "prep" for token in between
    )


def _is_talk(tokens: Sequence[Token], group: Group, behind: frozenset[str]) -> bool:
    """Whether the phrase names who meets: "discussed the X-Y summit"."""
    for token in tokens[group.core : group.core + _MODIFIED]:
        if token.low in behind:
            return True
        if token.sort not in _DESCRIBED:
            return False
    return False


def _is_object(tokens: Sequence[Token], group: Group, verbs: frozenset[str]) -> bool:
    for at in range(group.first - 1, max(-1, group.first - 1 - _REACH), -1):
        if tokens[at].low in verbs:
            return True
        if tokens[at].sort not in _BEFORE_OBJECT and tokens[at].low not in _INSIDE_OBJECT:
            return False
    return False


def _is_about(tokens: Sequence[Token], group: Group, words: WordClasses) -> bool:
    if group.prep not in words["topics.prepositions"]:
        return False
    behind = words["topics.behind"]
    for at in range(group.prep_at - 1, max(-1, group.prep_at - 1 - _REACH), -1):
        if tokens[at].low in behind:
            return True
        if tokens[at].sort in _ENDS:
            return False
    return False
