"""Who is meant where no actor is named: the author's "we", "both countries", a heading's pair."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._tokens import Name, Token

__all__ = ["Context", "resolve"]

_POSSESSIVES = frozenset({"our", "my"})
_LONGEST = 5


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


def resolve(tokens: list[Token], context: Context, lexicon: Lexicon) -> list[Token]:
    """Fold the author's pronouns and titles, and nominals for a known pair, into actor tokens."""
    words = lexicon.words
    pairs, several = words["context.pair_nominals"], words["context.triple_nominals"]
    first_person, titles = words["grammar.first_person"], words["context.author_titles"]
    openers = lexicon.context_openers
    resolved: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        size, form = 1, "pair"
        actors: tuple[str, ...] = ()
        if token.low in openers:
            if context.speaker is not None and token.low in first_person:
                actors, form = (context.speaker,), "our" if token.low in _POSSESSIVES else "author"
            elif size := _phrase_at(tokens, at, pairs):
                actors = context.pair or context.heading
            elif size := _phrase_at(tokens, at, several):
                actors = context.several
            elif context.speaker is not None and (size := _phrase_at(tokens, at, titles)):
                title = tokens[at + size - 1]
                following = tokens[at + size] if at + size < len(tokens) else None
                if title.capital and (
                    following is None
                    or following.low not in {"of", "\0"}
                    and following.sort != "cap"
                ):
                    actors, form = (context.speaker,), "author"
            size = size or 1
        if actors:
            last = tokens[at + size - 1]
            name = Name(start=token.start, end=last.end, actors=actors, form=form)
            resolved.append(
                Token(
                    start=token.start, end=last.end, low="\0", sort="actor", name=name, capital=True
                )
            )
        else:
            resolved.extend(tokens[at : at + size] if size > 1 else (token,))
        at += size
    return resolved
