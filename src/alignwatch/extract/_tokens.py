"""Words of a sentence, with the passages that name actors folded into one token each."""

import re
from collections.abc import Mapping, Sequence

import attrs

from alignwatch.extract._lexicon import Lexicon

__all__ = ["Name", "Token", "WordTable", "read_tokens", "sort_table"]

# matches "arms" (first, as most words are plain), "U.S.", "hasn't", "'s", "11,000" and any mark
_TOKEN = re.compile(
    r"[A-Za-z]++(?![\w'\u2019.])|(?:[A-Za-z]\.){2,}|\w{1,30}n['\u2019]t\b"
    r"|['\u2019](?:s|ll|ve|re|d|m)\b|['\u2019](?=\s)|\d[\d,.]*\d|[^\W_]+|[^\w\s]|_"
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


@attrs.define
class Token:
    """One word, mark or actor. `joined` means that a hyphen ties it to the token before."""

    start: int
    end: int
    low: str
    sort: str
    name: Name | None = None
    joined: bool = False
    capital: bool = False


class WordTable(dict[str, tuple[str, str, bool]]):
    """What a word is by its form: in lower case, its sort, and whether it has a capital.

    Filled as words are met, as a text has few that no text before it had; never beyond a bound.
    """

    def __init__(self, sorts: Mapping[str, str]) -> None:
        super().__init__()
        self._sorts = sorts
        self.opening_may = ("may", sorts.get("may", "cap"), True)
        """The modal: inside a sentence "May" is the month."""

    def __missing__(self, word: str) -> tuple[str, str, bool]:
        low = "May" if word == "May" else word.lower().replace("\u2019", "'")
        row = (low, self._sort(word, low), word[0].isupper())
        if len(self) < _MOST_WORDS and len(word) < _LONG_WORD:
            self[word] = row
        return row

    def _sort(self, word: str, low: str) -> str:
        sort = _MARKS.get(low) or self._sorts.get(low)
        if sort is not None:
            return sort
        if low[0].isalpha():
            return "cap" if word[0].isupper() else "word"
        if low[0].isdigit():
            return "num"
        return "strong" if low in _STRONG else "mark"


def sort_table(lexicon: Lexicon) -> WordTable:
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
    return WordTable(table)


_MARKS = {",": "comma", "'s": "poss", "'": "poss"}
_STRONG = frozenset(';:—\u2013()[]"\u201c\u201d«»|•…!?')
_HYPHENS = frozenset("-\u2013\u2011/")
_MOST_WORDS, _LONG_WORD = 50_000, 40


def read_tokens(
    text: str, start: int, end: int, names: Sequence[Name], table: WordTable
) -> list[Token]:
    """Read the tokens of ``text[start:end]``; *names* lie inside it, in order, without overlap."""
    tokens: list[Token] = []
    add = tokens.append
    at, hyphened = start, False
    for name in (*names, None):
        stop = end if name is None else name.start
        for match in _TOKEN.finditer(text, at, stop):
            word = match[0]
            left, right = match.span()
            if right - left == 1 and word in _HYPHENS and tokens and left == tokens[-1].end:
                after = text[right : right + 1]
                if after.isalnum() or after in "#@":
                    add(Token(left, right, "-", "hyphen"))
                    hyphened = True
                    continue
            low, sort, capital = table[word]
            add(Token(left, right, low, sort, None, False, capital))  # noqa: FBT003 - positional arguments are quicker
        if name is not None:
            at = name.end
            add(Token(name.start, at, "\0", "actor", name, False, True))  # noqa: FBT003 - as above
    if tokens and tokens[0].low == "May":
        tokens[0].low, tokens[0].sort, tokens[0].capital = table.opening_may
    if text.find("(", start, end) >= 0:
        tokens = _without_short_forms(tokens)
    return _fold_hyphens(tokens) if hyphened else tokens


def _without_short_forms(tokens: list[Token]) -> list[Token]:
    """Leave out a short form in parentheses: "the Lebanese Armed Forces (LAF) with drones"."""
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
