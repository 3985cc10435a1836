"""Persons who speak for an actor: "Pentagon spokesman Ed Roe" is "Roe" in what follows."""

from collections.abc import Iterator, Sequence

from alignwatch.extract._groups import Group
from alignwatch.extract._lexicon import WordClasses
from alignwatch.extract._tokens import Token

__all__ = ["find_people"]

_IN_OFFICE = frozenset({"title", "official", "leader"})
_LONGEST = 4
"""Words of a person's name."""


def find_people(
    tokens: Sequence[Token], groups: Sequence[Group], text: str, words: WordClasses
) -> dict[str, tuple[str, ...]]:
    """Give the surnames, in lower case, of those whom the sentence calls an actor's officials."""
    agents = words["agents.nouns"]
    found: dict[str, tuple[str, ...]] = {}
    for token in tokens:
        if token.name is not None and token.name.form in _IN_OFFICE:
            named = text[token.start : token.end].split()
            if len(named) > 1 and _is_surname(named[-1], agents):
                found[named[-1].lower()] = token.name.actors
    for group in groups:
        if group.head != "agent" or group.implied or len(group.actors) != 1:
            continue
        if any(token.low == "former" for token in tokens[max(0, group.first - 2) : group.last]):
            continue
        for first, last in _beside(tokens, group, agents):
            name = tokens[last - 1]
            if last > first and _is_surname(text[name.start : name.end], agents):
                found[name.low] = group.actors
    return found


def _is_surname(word: str, agents: frozenset[str]) -> bool:
    return len(word) > 2 and word[0].isupper() and not word.isupper() and word.lower() not in agents


def _beside(
    tokens: Sequence[Token], group: Group, agents: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Where a person's name may stand: in the phrase, or beside it between commas."""
    first = group.last
    while first > group.core and _is_named(tokens[first - 1], agents):
        first -= 1
    if first > group.core:  # "the Polish minister Jan Nowak"
        yield first, group.last
    end = group.first - (group.first > 0 and tokens[group.first - 1].sort == "det")
    if end > 2 and tokens[end - 1].sort == "comma":  # "Jan Nowak, Poland's minister"
        start = end - 1
        while start > 0 and end - start <= _LONGEST and _is_named(tokens[start - 1], agents):
            start -= 1
        if end - 1 - start > 1:
            yield start, end - 1
    if group.last + 2 < len(tokens) and tokens[group.last].sort == "comma":
        last = group.last + 1  # "Poland's minister, Jan Nowak,"
        while last < len(tokens) - 1 and _is_named(tokens[last], agents):
            last += 1
        if last - group.last > 2 and tokens[last].sort == "comma":
            yield group.last + 1, last


def _is_named(token: Token, agents: frozenset[str]) -> bool:
    return token.sort == "cap" and token.low not in agents
