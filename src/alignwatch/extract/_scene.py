"""A sentence as it was read: tokens, phrases of actors, triggers, and who is meant unnamed."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._tokens import Token
from alignwatch.extract._triggers import Trigger

__all__ = ["ASIDES", "Scene", "first_words", "phrase_size"]

_LONGEST = 3


@attrs.frozen(eq=False)
class Bounds:
    """What parts a sentence: how many barriers and commas stand before each token and its end.

    Barriers are strong marks, relatives and finite verbs; `relatives` are the places of relatives,
    `has_asides` tells whether one of `ASIDES` stands there.
    """

    barriers: Sequence[int]
    commas: Sequence[int]
    relatives: Sequence[int]
    has_asides: bool


_BARRIERS = frozenset({"strong", "rel", "verb"})
ASIDES = frozenset({"which", "who", "whose", "where", "whom"})
"""What opens a relative clause behind a comma."""


def _find_bounds(tokens: Sequence[Token], *, has_asides: bool) -> Bounds:
    barriers, commas, relatives = [0], [0], []
    barred = parted = 0
    for at, token in enumerate(tokens):
        sort = token.sort
        if sort in _BARRIERS:
            barred += 1
            if sort == "rel":
                relatives.append(at)
        elif sort == "comma":
            parted += 1
        barriers.append(barred)
        commas.append(parted)
    return Bounds(barriers, commas, relatives, has_asides)


@attrs.define(kw_only=True, eq=False)
class Scene:
    """What frames, voice and ranker look at.

    `author` is the document's speaker as a phrase that may be the source of anything; `known` is a
    pair that the text before has named, for a sentence that names none. `form` is the sentence's,
    `text` the document's, `told_by` who spoke last before it, `people` are
    surnames and whom they speak for,
    `told` the sentence's key for the ranker once it is made.
    """

    tokens: Sequence[Token]
    groups: Sequence[Group]
    triggers: Sequence[Trigger]
    lexicon: Lexicon
    form: str
    text: str = ""
    told_by: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    speaker: str | None = None
    author: Group | None = None
    known: Group | None = None
    told: tuple[Any, ...] = attrs.field(default=(), init=False, repr=False)
    _lows: list[str] = attrs.field(factory=list, init=False, repr=False)
    _word_set: frozenset[str] = attrs.field(default=frozenset(), init=False, repr=False)
    _bounds: Bounds | None = attrs.field(default=None, init=False, repr=False)
    _gerunds: list[int] | None = attrs.field(default=None, init=False, repr=False)
    _classes: dict[str, bool] = attrs.field(factory=dict, init=False, repr=False)

    def lows(self, first: int, last: int) -> list[str]:
        """The words from token *first* to *last* (exclusive); a negative *first* counts as 0."""
        lows = self._lows
        if not lows:
            lows = self._lows = [token.low for token in self.tokens]
        if first < 0 or last < 0:
            first, last = max(0, first), max(0, last)
        return lows[first:last]

    def word_set(self) -> frozenset[str]:
        """Give every word of the sentence once: most cues stand in few sentences."""
        if not self._word_set:
            self._word_set = frozenset(self.lows(0, len(self.tokens)))
        return self._word_set

    def has(self, name: str) -> bool:
        """Tell whether a single word of the lexicon's class *name* stands in the sentence."""
        known = self._classes.get(name)
        if known is None:
            words = self.lexicon.words[name]
            known = self._classes[name] = not words.isdisjoint(self.word_set())
        return known

    def bounds(self) -> Bounds:
        """Give where clauses may end; made once."""
        if self._bounds is None:
            has_asides = not ASIDES.isdisjoint(self.word_set())
            self._bounds = _find_bounds(self.tokens, has_asides=has_asides)
        return self._bounds

    def gerunds(self) -> Sequence[int]:
        """Give the places of words in -ing that are no other sort of word."""
        if self._gerunds is None:
            self._gerunds = [
                at
                for at, token in enumerate(self.tokens)
                if token.sort == "word" and token.low.endswith("ing")
            ]
        return self._gerunds


@cache
def first_words(phrases: frozenset[str]) -> frozenset[str]:
    """Give the words that open *phrases*, as one set that is made once."""
    return frozenset(phrase.partition(" ")[0] for phrase in phrases)


def phrase_size(lows: Sequence[str], at: int, phrases: frozenset[str]) -> int:
    """How many words the longest of *phrases* has that begins at *at*; 0 for none, at most 3."""
    if lows[at] not in first_words(phrases):
        return 0
    for size in range(min(_LONGEST, len(lows) - at), 0, -1):
        if " ".join(lows[at : at + size]) in phrases:
            return size
    return 0
