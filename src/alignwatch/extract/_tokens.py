"""Words of a sentence, with the passages that name actors folded into one token each."""

import re
from collections.abc import Sequence

import attrs

from alignwatch.extract._lexicon import Lexicon

__all__ = ["Name", "Token", "read_tokens"]

# matches "U.S.", "hasn't", "'s", "11,000", "arms" and any single mark
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}|\w+n['\u2019]t\b|['\u2019](?:s|ll|ve|re|d|m)\b|['\u2019](?=\s)|\d[\d,.]*\d|[^\W_]+|[^\w\s]|_"
)


@attrs.frozen(kw_only=True)
class Name:
    """A passage that names actors: offsets into the text, and by what (see `Mention.form`).

    Forms of our own: ``author`` ("we" of a statement), ``pair`` ("both countries").
    """

    start: int
    end: int
    actors: tuple[str, ...]
    form: str


@attrs.define(kw_only=True)
class Token:
    """One word, mark or actor. `joined` means that a hyphen ties it to the token before."""

    start: int
    end: int
    low: str
    sort: str
    name: Name | None = None
    joined: bool = False
    capital: bool = False


def sort_table(lexicon: Lexicon) -> dict[str, str]:
    """What each small word is: det, prep, rel, conj, aux, pron, neg or verb."""
    words = lexicon.words
    table: dict[str, str] = {}
    for sort, name in (
        ("verb", None),
        ("pron", "grammar.third_person"),
        ("pron", "grammar.first_person"),
        ("rel", "grammar.relatives"),
        ("prep", "grammar.prepositions"),
        ("det", "grammar.determiners"),
        ("conj", "grammar.conjunctions"),
        ("aux", "grammar.auxiliaries"),
    ):
        table.update(dict.fromkeys(sorted(lexicon.verbs if name is None else words[name]), sort))
    table.update({"that": "rel", "not": "neg", "n't": "neg", "never": "neg", "&": "conj"})
    return table


_MARKS = {",": "comma", "'s": "poss", "'": "poss"}
_STRONG = frozenset(';:—\u2013()[]"\u201c\u201d«»|•…!?')


def read_tokens(
    text: str, start: int, end: int, names: Sequence[Name], table: dict[str, str]
) -> list[Token]:
    """Read the tokens of ``text[start:end]``; *names* lie inside it, in order, without overlap."""
    tokens: list[Token] = []
    at = start
    for name in (*names, None):
        stop = end if name is None else name.start
        for match in _TOKEN.finditer(text, at, stop):
            word = match.group()
            low = word.lower().replace("\u2019", "'")
            if word == "May" and tokens:
                low = word  # the month, not the modal
            left, right = match.span()
            if low in "-\u2013\u2011/" and tokens and left == tokens[-1].end:
                after = text[right : right + 1]
                if after.isalnum() or after in "#@":
                    tokens.append(Token(start=left, end=right, low="-", sort="hyphen"))
                    continue
            sort = _MARKS.get(low) or table.get(low)
            if sort is None:
                if low[0].isalpha():
                    sort = "cap" if word[0].isupper() else "word"
                elif low[0].isdigit():
                    sort = "num"
                else:
                    sort = "strong" if low in _STRONG else "mark"
            tokens.append(
                Token(start=left, end=right, low=low, sort=sort, capital=word[0].isupper())
            )
        if name is not None:
            tokens.append(
                Token(
                    start=name.start, end=name.end, low="\0", sort="actor", name=name, capital=True
                )
            )
            at = name.end
    return _fold_hyphens(_without_short_forms(tokens))


def _without_short_forms(tokens: list[Token]) -> list[Token]:
    """Leave out a short form in parentheses: "the Lebanese Armed Forces (LAF) with drones"."""
    if not any(token.low == "(" for token in tokens):
        return tokens
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        short = tokens[at : at + 3]
        if (
            len(short) == 3
            and kept
            and (short[0].low, short[2].low) == ("(", ")")
            and short[1].capital
            and (short[1].name is None or _means_the_same(short[1].name, kept))
        ):
            at += 3
            continue
        kept.append(tokens[at])
        at += 1
    return kept


def _means_the_same(name: Name, before: Sequence[Token]) -> bool:
    return any(t.name is not None and t.name.actors == name.actors for t in before[-3:])


def _fold_hyphens(tokens: list[Token]) -> list[Token]:
    folded: list[Token] = []
    joined = False
    for token in tokens:
        if token.sort == "hyphen":
            joined = True
            continue
        token.joined = joined
        joined = False
        folded.append(token)
    return folded
