"""Who is meant where no actor is named: the author's "we", "both countries", a heading's pair."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._tokens import Name, Token

__all__ = ["Context", "resolve"]

_POSSESSIVES = frozenset({"our", "my"})
_TIE_OPENERS = frozenset({"their", "this", "the", "these", "such"})
_LONGEST = 5
_NOBODY: tuple[int, tuple[str, ...], str] = (1, (), "")


@attrs.define(kw_only=True)
class Context:
    """What the text so far offers to pronouns: the last pair, the last longer list, the heading's."""

    speaker: str | None
    pair: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()

    def remember(self, groups: Sequence[tuple[str, ...]], *, is_heading: bool) -> None:
        """Take note of the actors of a sentence, given as its phrases."""
        named = tuple(dict.fromkeys(actor for actors in groups for actor in actors))
        if is_heading:
            self.heading = named if len(named) == 2 else ()
            if len(named) == 2:
                self.pair = named
        lists = [actors for actors in groups if len(actors) == 2]
        if lists:
            self.pair = lists[-1]
        elif len(named) == 2:
            self.pair = named
        longer = [actors for actors in groups if len(actors) >= 3]
        if longer:
            self.several = longer[-1]


def _phrase_at(tokens: Sequence[Token], at: int, phrases: frozenset[str]) -> int:
    for size in range(min(_LONGEST, len(tokens) - at), 0, -1):
        if " ".join(token.low for token in tokens[at : at + size]) in phrases:
            return size
    return 0


def _tie_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether "their", "this" or "the" at *at* opens a phrase for a known tie: "this new pact"."""
    nouns, adjectives = lexicon.words["context.tie_nouns"], lexicon.words["context.tie_adjectives"]
    place = at + 1
    while place < min(len(tokens), at + 4) and tokens[place].low in adjectives:
        if tokens[place].low in nouns and not (
            place + 1 < len(tokens) and tokens[place + 1].low in nouns | adjectives
        ):
            break
        place += 1
    if place >= len(tokens) or tokens[place].low not in nouns:
        return False
    following = tokens[place + 1].low if place + 1 < len(tokens) else ""
    return following not in {"between", "with", "of", "among", "against", "on"}


def resolve(tokens: list[Token], context: Context, lexicon: Lexicon) -> list[Token]:
    """Fold the author's pronouns and titles, and nominals for a known pair, into actor tokens."""
    resolved: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        size, actors, form = _NOBODY
        if token.low in lexicon.context_openers:
            size, actors, form = _meant(tokens, at, context, lexicon)
        if actors:
            name = Name(start=token.start, end=tokens[at + size - 1].end, actors=actors, form=form)
            resolved.append(
                Token(
                    start=name.start, end=name.end, low="\0", sort="actor", name=name, capital=True
                )
            )
        else:
            resolved.extend(tokens[at : at + size])
        at += size
    return resolved




def _meant(
    tokens: Sequence[Token], at: int, context: Context, lexicon: Lexicon
) -> tuple[int, tuple[str, ...], str]:
    """How many tokens from *at* on name whom, and how: see `Name.form`."""
    token, words = tokens[at], lexicon.words
    speaker, pair = context.speaker, context.pair or context.heading
    if speaker is not None:
        if token.low in words["grammar.first_person"]:
            return 1, (speaker,), "our" if token.low in _POSSESSIVES else "author"
        size = _phrase_at(tokens, at, words["context.author_titles"])
        following = tokens[at + size] if size and at + size < len(tokens) else None
        if (
            size
            and tokens[at + size - 1].capital
            and (
                following is None or (following.low not in {"of", "\0"} and following.sort != "cap")
            )
        ):
            return size, (speaker,), "author"
    if size := _phrase_at(tokens, at, words["context.pair_nominals"]):
        return (size, pair, "pair") if pair else _NOBODY
    if size := _phrase_at(tokens, at, words["context.triple_nominals"]):
        return (size, context.several, "pair") if context.several else _NOBODY
    if pair and token.low == "they" and speaker is None:
        return 1, pair, "they"
    if pair and token.low in _TIE_OPENERS and _tie_at(tokens, at, lexicon):
        return 1, pair, "tie"
    return _NOBODY
