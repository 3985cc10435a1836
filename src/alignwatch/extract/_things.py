"""Object nouns in a sentence: what is given, taken or acted on, by class."""

from collections.abc import Mapping, Sequence

import attrs

from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._tokens import Token
from alignwatch.model import Kind

__all__ = ["LAST_RESORT", "TROOPS", "Found", "Things", "find_things", "is_held", "object_at"]

TROOPS = "troops"
LAST_RESORT = "money"
"""The class of objects that counts only where none of another class stands."""

Found = tuple[int, str, Kind | None]


@attrs.frozen(eq=False)
class Things:
    """The object nouns of a sentence by place, longest first, and the classes that they are of.

    Of each: how many words it has, its class, the kind that it makes. What has one of the words
    `holders` behind it is no such noun: "oil companies".
    """

    at: Mapping[int, Sequence[Found]]
    classes: frozenset[str]
    holders: frozenset[str]


_CURRENCIES = frozenset("$€£¥")


def _find_money(lows: Sequence[str]) -> dict[int, list[Found]]:
    """Sums such as "$368m"."""
    return {
        at: [(2, LAST_RESORT, Kind.AID)]
        for at, low in enumerate(lows[:-1])
        if low in _CURRENCIES and lows[at + 1][0].isdigit()
    }


def find_things(tokens: Sequence[Token], lows: Sequence[str], lexicon: Lexicon) -> Things:
    """Find the object nouns of a sentence; *lows* are its tokens in lower case."""
    found = _find_money(lows)
    heads, size_of_all = lexicon.object_heads, len(lows)
    for at, low in enumerate(lows):
        if low not in heads:  # get() of a read-only mapping is slow
            continue
        single, longer = heads[low]
        rows: list[Found] = []
        if longer and at + 1 < size_of_all:
            for words, name, kind in longer.get(lows[at + 1], ()):
                size = len(words)
                if size == 2 or lows[at : at + size] == list(words):
                    rows.append((size, name, kind))
        if single:
            rows += [(1, name, kind) for _, name, kind in single]
        if rows:
            found[at] = rows
    classes = {row[1] for rows in found.values() for row in rows}
    if any(token.name is not None and token.name.form == "force" for token in tokens):
        classes.add(TROOPS)
    return Things(found, frozenset(classes), lexicon.words["grammar.holders"])


def object_at(things: Things, at: int, classes: frozenset[str]) -> Found | None:
    """The object noun at token *at*: how many words it has, its class, the kind it makes."""
    for found in things.at.get(at, ()):
        if found[1] in classes:
            return found
    return None


def is_held(tokens: Sequence[Token], behind: int, things: Things) -> bool:
    """Whether a noun only says whose another one is: "oil companies", "intelligence agencies"."""
    return behind < len(tokens) and tokens[behind].low in things.holders
