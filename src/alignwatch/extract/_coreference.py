"""Who is meant where no actor is named: the author's "we", "both countries", a heading's pair."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._scene import first_words
from alignwatch.extract._tokens import Name, Token

__all__ = ["Context", "resolve"]

# behind these stands whom a list's actors face, not who they are: "against A and B"
_APART = frozenset({"against", "to", "on", "toward", "towards", "from", "over", "than", "despite"})
_OWN_FORMS = frozenset({"pair", "tie", "they", "author", "our"})
_STATES = frozenset({3})
"""Lengths of the ids of states; blocs and groups have others, or do not act as "both countries"."""
_POSSESSIVES = frozenset({"our", "my"})
_TIE_OPENERS = frozenset({"their", "this", "the", "these", "such"})
_LONGEST = 5
_TELLING = 2
"""Sentences after which "it added" no longer means who spoke last."""

_MEMORY = 5
"""Sentences after which actors that were not named again are forgotten."""

_NOBODY: tuple[int, tuple[str, ...], str] = (1, (), "")


@attrs.define(kw_only=True)
class Context:
    """What the text so far offers to pronouns: the last pair, the last list, the heading's."""

    speaker: str | None
    pair: tuple[str, ...] = ()
    older: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()

    age: int = 0
    heading_age: int = 0
    told_by: tuple[str, ...] = ()
    """Who spoke in one of the last sentences: "it added" means them."""

    people: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    """Surnames of officials, and whom they speak for; of others, their whole names."""

    told_age: int = 0
    koreas: bool = False
    """Whether a Korea was named, so that "the North" is one."""

    subject: tuple[str, ...] = ()
    """Who was the subject of the sentence right before, if it was one actor."""

    ties: tuple[str, ...] = ()
    """Who has ties with whom, the one whom all share first: "these alliances" means them."""

    listed: tuple[str, ...] = ()
    """Two states that the sentence right before listed: "X is close to Y and Z"."""

    def remember(self, groups: Sequence[Group], *, is_heading: bool) -> None:
        """Take note of the actors of a sentence, given as its phrases."""
        named = tuple(dict.fromkeys(actor for group in groups for actor in group.actors))
        self.koreas = self.koreas or not {"PRK", "KOR"}.isdisjoint(named)
        self._grow_old({*named})
        self.subject = () if is_heading else _subject_of(groups)
        self.listed = () if is_heading else _two_listed(groups, named)
        if is_heading:
            self.heading, self.heading_age = (named if len(named) == 2 else ()), 0
            if len(named) == 2:
                self.remember_tie((named[0], named[1]))
        for group in groups:
            if (
                group.form in _OWN_FORMS
                or group.prep in _APART
                or not _STATES.issuperset(map(len, group.actors))
            ):
                continue
            if len(group.actors) == 2 and group.prep != "of":
                self.remember_tie((group.actors[0], group.actors[1]))
            elif len(group.actors) > 2:
                self.several, self.age = group.actors, 0

    def remember_tie(self, pair: tuple[str, str]) -> None:
        """Take note of a tie that a sentence told of: "the treaty" may mean it later."""
        if set(pair) != set(self.pair):
            self.older = self.pair
        self.pair, self.age = pair, 0

    def remember_ties(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Take note of several ties that a sentence told of, if one state has a part in all."""
        if not pairs:
            return
        shared = set(pairs[0]).intersection(*pairs[1:])
        self.ties = ()
        if len(pairs) > 1 and len(shared) == 1:
            hub = shared.pop()
            self.ties = (hub, *(a for pair in pairs for a in pair if a != hub))

    def remember_teller(self, names: tuple[str, ...]) -> None:
        """Take note of who spoke in a sentence, if anybody did."""
        for name in names:
            *first, last = name.split()
            if first and not name.isupper():
                self.people.setdefault(last.lower(), (name,))
        self.told_age = 0 if names else self.told_age + 1
        if names or self.told_age > _TELLING:
            self.told_by = names

    def pair_beside(self, named: set[str]) -> tuple[str, ...]:
        """The pair that "both" means behind the actors *named* in the same sentence."""
        pair = self.pair or self.heading
        if len(named) == 1 and named & set(pair):
            # "X has ties with both nations" means two others
            return self.older if not named & set(self.older) else ()
        return pair

    def _grow_old(self, named: set[str]) -> None:
        """Forget who was named long ago."""
        self.age = 0 if named & {*self.pair, *self.several} else self.age + 1
        self.heading_age = 0 if named & {*self.heading} else self.heading_age + 1
        if self.age > _MEMORY:
            self.pair, self.older, self.several, self.ties = (), (), (), ()
        if self.heading_age > _MEMORY:
            self.heading = ()


def _phrase_at(tokens: Sequence[Token], at: int, phrases: frozenset[str]) -> int:
    if tokens[at].low not in first_words(phrases):
        return 0
    lows = [token.low for token in tokens[at : at + _LONGEST]]
    for size in range(len(lows), 0, -1):
        if " ".join(lows[:size]) in phrases:
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


def _subject_of(groups: Sequence[Group]) -> tuple[str, ...]:
    """The one actor whom a sentence begins with, if it acts itself."""
    for group in groups[:1]:
        acts = group.prep is None and group.head in {"self", "agent"} and group.first <= _EARLY
        if acts and len(group.actors) == 1:
            return group.actors
    return ()


def _two_listed(groups: Sequence[Group], named: Sequence[str]) -> tuple[str, ...]:
    """The one list of two states of a sentence that names a third one besides."""
    lists = [g for g in groups if g.listed and g.form not in _OWN_FORMS and len(g.actors) == 2]
    if len(lists) != 1 or len(named) < 3:
        return ()
    return lists[0].actors if _STATES.issuperset(map(len, lists[0].actors)) else ()


_PRONOUNS = frozenset({"it", "he", "she"})
_OPENS_CLAUSE = frozenset({"that", "after", "before", "because", "when", "while", "if", "whether"})
_EMPTY = frozenset(
    {"is", "was", "seems", "seemed", "appears", "appeared", "remains", "remained", "would", "'s"}
)
_EARLY = 6
"""Tokens within which the subject of a sentence stands: "In May, X ..."."""


def _pronoun_means(
    tokens: Sequence[Token], at: int, resolved: Sequence[Token], context: Context, lexicon: Lexicon
) -> tuple[str, ...]:
    """Whom "it" at *at* means, where that is not whom the nearest name before it names.

    It is the subject of the sentence that tells or denies ("X denied Y's claim that it ..."), or of
    the sentence before, where this one has named nobody yet.
    """
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is None or following.sort not in {"aux", "verb", "word"}:
        return ()
    before = tokens[at - 1] if at else None
    names = [token.name for token in resolved if token.name is not None]
    if not names:
        bound = before is not None and before.low in _OPENS_CLAUSE
        opens = at <= 3 or bound or (before is not None and before.sort == "comma")
        empty = following.low in _EMPTY
        return context.subject if opens and not empty and (bound or at <= _EARLY) else ()
    if before is None or names[-1].actors == names[0].actors:
        return ()
    denying = lexicon.words["verbs.denying"]
    denied = before.low == "that" and any(token.low in denying for token in resolved)
    denied = denied or (before.sort == "comma" and following.low in {"also", "has", "had", "then"})
    leads = resolved[0].name is not None or resolved[0].sort == "det"
    return names[0].actors if denied and leads and len(names[0].actors) == 1 else ()


_KOREAS = {"north": "PRK", "south": "KOR"}


def _is_korea(
    tokens: Sequence[Token], at: int, resolved: Sequence[Token], context: Context
) -> bool:
    """Whether "the North" means North Korea: behind a mention of either Korea."""
    if not (at and tokens[at].capital and tokens[at - 1].low == "the"):
        return False
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and (following.sort in {"cap", "actor"} or following.low == "of"):
        return False
    named = {actor for token in resolved if token.name for actor in token.name.actors}
    return context.koreas or not named.isdisjoint(_KOREAS.values())


def resolve(tokens: list[Token], context: Context, lexicon: Lexicon) -> list[Token]:
    """Fold the author's pronouns and titles, and nominals for a known pair, into actor tokens."""
    resolved: list[Token] = []
    openers, at = lexicon.context_openers, 0
    while at < len(tokens):
        size, actors, form = _NOBODY
        if tokens[at].low == "what":
            at += _hedge_at(tokens, at, lexicon)
            if at == len(tokens):
                break
        token = tokens[at]
        low = token.low
        if low in openers:
            size, actors, form = _meant(tokens, at, context, lexicon)
        elif low in _KOREAS:
            if _is_korea(tokens, at, resolved, context):
                actors, form = (_KOREAS[low],), "name"
        elif low in _PRONOUNS:
            actors, form = _pronoun_means(tokens, at, resolved, context, lexicon), "name"
        if actors:
            name = Name(start=token.start, end=tokens[at + size - 1].end, actors=actors, form=form)
            resolved.append(
                Token(
                    start=name.start, end=name.end, low="\0", sort="actor", name=name, capital=True
                )
            )
        else:
            resolved += tokens[at : at + size]
        at += size
    return resolved


def _hedge_at(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> int:
    """How many tokens only say whose words follow: "condemned | what it called | X's attack"."""
    verb = at + 2
    if verb >= len(tokens) or tokens[at + 1].sort != "pron":
        return 0
    while verb < len(tokens) - 1 and tokens[verb].sort == "aux":
        verb += 1
    if tokens[verb].low not in lexicon.words["grammar.naming_verbs"]:
        return 0
    following = tokens[verb + 1] if verb + 1 < len(tokens) else None
    links = following is not None and (following.low == "as" or following.sort == "aux")
    return verb + 1 + links - at


def _meant(
    tokens: Sequence[Token], at: int, context: Context, lexicon: Lexicon
) -> tuple[int, tuple[str, ...], str]:
    """How many tokens from *at* on name whom, and how: see `Name.form`."""
    if context.speaker is not None:
        found = _author(tokens, at, context.speaker, lexicon)
        if found[1]:
            return found
    words, low = lexicon.words, tokens[at].low
    two = _phrase_at(tokens, at, words["context.pair_nominals"])
    several = 0 if two else _phrase_at(tokens, at, words["context.triple_nominals"])
    they = low == "they" and context.speaker is None
    if not (two or several or they or (low in _TIE_OPENERS and _tie_at(tokens, at, lexicon))):
        return _NOBODY
    named = {a for t in tokens[:at] if t.name for a in t.name.actors}
    joined = _joined_before(tokens, at)
    pair = joined or context.pair_beside(named)
    if two:
        beside = () if joined or named & {*context.listed} else context.listed
        found = (two, beside or pair, "pair")
    elif several:
        found = (several, context.several, "pair")
    elif they:
        found = (1, pair, "they")
    else:
        ties = context.ties if low == "these" and named <= {*context.ties} else ()
        found = (1, joined or _two_before(tokens, at) or ties or pair, "tie")
    return found if found[1] else _NOBODY


_JOINS = frozenset({"and", "&", "the"})


def _joined_before(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The two states that "and" joins before *at*, where no third one is named by then."""
    places = [place for place in range(at) if tokens[place].name is not None]
    if len(places) != 2:
        return ()
    between = [tokens[place].low for place in range(places[0] + 1, places[1])]
    named = tuple(a for place in places if (name := tokens[place].name) for a in name.actors)
    is_pair = len(named) == 2 and named[0] != named[1] and _STATES.issuperset(map(len, named))
    return named if is_pair and "and" in between and _JOINS.issuperset(between) else ()


def _two_before(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The two states that a sentence names before *at*: "X armed Y, a sign of their alliance"."""
    named: dict[str, None] = {}
    for place, token in enumerate(tokens[:at]):
        if token.name is not None and not _is_against(tokens, place):
            named.update(dict.fromkeys(token.name.actors))
    return tuple(named) if len(named) == 2 and _STATES.issuperset(map(len, named)) else ()


def _is_against(tokens: Sequence[Token], at: int) -> bool:
    """Whether the name at *at* is whom others face, or where: "the war against X"."""
    before = at - 1 - (at > 0 and tokens[at - 1].sort == "det")
    return before >= 0 and tokens[before].low in {"against", "in", "over", "despite"}


def _author(
    tokens: Sequence[Token], at: int, speaker: str, lexicon: Lexicon
) -> tuple[int, tuple[str, ...], str]:
    """The author's "we" and "the Secretary"."""
    if tokens[at].low in lexicon.words["grammar.first_person"]:
        return 1, (speaker,), "our" if tokens[at].low in _POSSESSIVES else "author"
    size = _phrase_at(tokens, at, lexicon.words["context.author_titles"])
    if not size or not tokens[at + size - 1].capital:
        return _NOBODY
    following = tokens[at + size] if at + size < len(tokens) else None
    if following is not None and (following.low in {"of", "\0"} or following.sort == "cap"):
        return _NOBODY
    return size, (speaker,), "author"
