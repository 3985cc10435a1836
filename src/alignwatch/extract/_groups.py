"""Phrases of actors: who is named, as what, behind which preposition, listed with whom."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._lexicon import Lexicon, WordClasses
from alignwatch.extract._tokens import Token

__all__ = ["Group", "find_groups"]

_ADJECTIVAL = frozenset({"demonym", "our", "tie"})
_PERSONAL = frozenset(
    {"leader", "former-leader", "title", "official", "ministry", "force", "handle"}
)
_LIST_WORDS = frozenset(
    {
        *("and", "or", "nor", "&", "both", "also", "including", "even", "possibly", "as", "well"),
        *("along", "its", "ally", "neighboring", "neighbouring"),
    }
)
_BESIDE = (["together", "with"], ["along", "with"], ["alongside"], ["jointly", "with"])
# before a number they compare: "up to 4,000 X soldiers", "over 300 X troops"
_COMPARING = frozenset({"to", "over", "about", "around", "under", "than", "near", "above", "some"})
_IN_OFFICE = frozenset(
    {
        *("hawks", "junta", "lawmakers", "mandarins", "planners", "policymakers", "rulers"),
        *("strategists", "decision-makers", "generals", "legislators", "politicians", "critics"),
    }
)
# "arrived in X", "its embassy in X": more than a place
_AT_HOME = frozenset(
    {
        *("arrived", "arrive", "arrives", "arriving", "landed", "landing", "arrival", "mission"),
        *("ambassador", "consulate", "embassy", "embassies", "envoy", "office"),
    }
)
_MEMBERS = frozenset({"member", "members", "candidate", "aspirant", "hopeful", "newcomer"})
_ANDS = frozenset({"and", "or", "nor", "&"})
# "states that defy it, notably X and Y", "partners such as X"
_EXAMPLES = frozenset(
    {
        *("as", "like", "including", "particularly", "notably", "especially", "namely"),
        *("chiefly", "mainly", "primarily", "mostly", "foremost"),
    }
)
_STATES = frozenset(
    {
        *("nations", "countries", "states", "governments", "regimes", "powers", "capitals"),
        *("partners", "allies", "neighbours", "neighbors", "friends", "buyers", "suppliers"),
        *("customers", "rivals", "adversaries", "foes", "enemies", "members", "economies"),
        *("democracies", "autocracies", "monarchies", "republics", "competitors", "actors"),
    }
)
_FAR_NOUN = 9
"""Tokens between such a noun and its examples."""
_LONGEST_HEAD, _LONGEST_LEAD = 7, 6


@attrs.define(kw_only=True, eq=False)
class Group:
    """Actors that stand together in one phrase. `first`/`last` are tokens, `last` exclusive.

    `core` is where the last name ends (before what it modifies). `head` is ``self`` (the actor
    itself acts), ``agent`` (its government, army, minister), ``people`` or ``thing``. `prep` is
    the preposition that governs the phrase, at token `prep_at`. `actors` are distinct ids. Who only
    `tells` ("according to X", ", X said") has no part in what is told. `noun_at` is the token of
    the noun that the phrase gives examples of, -1 if there is none: "ties with states such as X".
    A `topic` is talked about, and not with: "they discussed X".
    """

    actors: tuple[str, ...]
    first: int
    core: int
    last: int
    head: str
    poss: bool = False
    form: str = "name"
    prep: str | None = None
    prep_at: int = -1
    listed: bool = False
    implied: bool = False
    tells: bool = False
    noun_at: int = -1
    topic: bool = False


def _is_verb(token: Token) -> bool:
    return token.sort in {"verb", "aux"} or (
        token.sort == "word" and token.low.endswith(("ed", "ly")) and len(token.low) > 4
    )


def _goes_on(token: Token, actors: tuple[str, ...]) -> bool:
    """Whether a title goes on: a person's name, or the same actor again."""
    return token.sort == "cap" or (token.name is not None and token.name.actors == actors)


def _read_head(
    tokens: Sequence[Token], group: Group, words: WordClasses, *, adjectival: bool
) -> None:
    """Set head and end of *group*, whose `core` is where its name ends."""
    agents, people = words["agents.nouns"], words["agents.people"]
    at = last = group.core
    while last < min(len(tokens), at + _LONGEST_HEAD):
        token = tokens[last]
        if token.sort not in {"word", "cap", "num"} and not (
            token.sort == "verb" and token.low in agents and not token.capital
        ):
            break
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        ends = following is None or following.sort not in {"word", "num"} or _is_verb(following)
        if token.low in agents and ends:
            last += 1
            while last < len(tokens) and _goes_on(tokens[last], group.actors):
                last += 1
            group.head, group.last = "agent", last
            return
        if token.low in people and ends:
            group.head, group.last = "people", last + 1
            return
        if last > at and _is_verb(token):
            break
        if not adjectival and token.low not in agents:
            return
        last += 1
    if adjectival and last > at:
        group.head, group.last = "thing", last


def _find_prep(tokens: Sequence[Token], first: int) -> tuple[str | None, int]:
    """The preposition before the phrase that begins at *first*: "with its close neighbour X"."""
    words = 0
    for at in range(first - 1, max(-1, first - 1 - _LONGEST_LEAD), -1):
        token = tokens[at]
        if token.sort == "prep":
            counts = tokens[at + 1].sort == "num" and token.low in _COMPARING
            return (None, -1) if counts else (token.low, at)
        if token.low in {"and", "&", ","}:
            break
        adjective = token.sort == "word" and not _is_verb(token) and token.low[-3:] != "ing"
        words += adjective
        own = token.sort == "pron" and token.low.endswith("s")
        if words > 3 or not (adjective or own or token.sort in {"det", "num", "cap"}):
            break
    return None, -1


def _read_examples(tokens: Sequence[Token], group: Group) -> None:
    """Take the preposition of the noun that *group* gives examples of."""
    at = group.first - 1
    while at >= 0 and tokens[at].sort == "det":
        at -= 1
    if at < 1 or tokens[at].low not in _EXAMPLES:
        return
    if tokens[at].low == "as" and tokens[at - 1].low != "such":
        return
    for noun in range(at - 1, max(-1, at - 1 - _FAR_NOUN), -1):
        if tokens[noun].name is not None or tokens[noun].sort == "strong":
            return
        if tokens[noun].low in _STATES:
            group.noun_at = noun
            group.prep, group.prep_at = _find_prep(tokens, noun)
            return


def _single_groups(tokens: Sequence[Token], words: WordClasses) -> list[Group]:
    groups: list[Group] = []
    at = 0
    while at < len(tokens):
        if tokens[at].name is None:
            at += 1
            continue
        if _is_membership(tokens, at):
            at += 2
            continue
        group = _read_group(tokens, at, words)
        before = groups[-1] if groups else None
        if before is not None and _is_one(tokens, before, group, words["agents.nouns"]):
            # "Russian President | Vladimir Putin", "President Erdogan | of Turkey"
            before.core, before.last, before.poss = group.core, group.last, group.poss
            before.head = "agent" if group.head == "self" else group.head
        else:
            groups.append(group)
        at = max(group.core, group.last if group.head == "agent" else group.core)
    for group in groups:
        group.prep, group.prep_at = _find_prep(tokens, group.first)
        _read_examples(tokens, group)
    return [group for group in groups if not _is_place(tokens, group, words["agents.nouns"])]


def _is_place(tokens: Sequence[Token], group: Group, agents: frozenset[str]) -> bool:
    """Whether a capital only says where: "signed in X"; "officials in X" are made to act for it."""
    at = group.prep_at
    if group.form != "capital" or group.prep not in {"in", "at"} or group.poss or at < 1:
        return False
    before = tokens[at - 1].low
    if group.head == "self" and (before in agents or before in _IN_OFFICE):
        if before.startswith("ministr"):
            return False
        group.first, group.head = at - 1, "agent"
        group.prep, group.prep_at = _find_prep(tokens, group.first)
        return False
    return group.head == "self" and before not in _AT_HOME


def _is_membership(tokens: Sequence[Token], at: int) -> bool:
    """Whether a bloc only says what the next name is: "NATO member X", "EU candidate Y"."""
    name = tokens[at].name
    if name is None or name.form not in {"bloc", "name"} or at + 2 >= len(tokens):
        return False
    return tokens[at + 1].low in _MEMBERS and tokens[at + 2].name is not None


def _read_group(tokens: Sequence[Token], at: int, words: WordClasses) -> Group:
    name = tokens[at].name
    assert name is not None
    poss = at + 1 < len(tokens) and tokens[at + 1].sort == "poss"
    core = at + 1 + poss
    group = Group(
        actors=name.actors, first=at, core=core, last=core, head="self", poss=poss, form=name.form
    )
    _read_head(tokens, group, words, adjectival=poss or name.form in _ADJECTIVAL)
    if name.form in _PERSONAL and not poss:
        group.head = "agent"
    if name.form == "people":
        group.head = "people"
    # "the government of X", "leaders of the X"
    back = at - 1 - (at >= 1 and tokens[at - 1].sort == "det")
    agent = back >= 1 and tokens[back].low == "of" and tokens[back - 1].low in words["agents.nouns"]
    if agent and not poss:
        group.first, group.head = back - 1, "agent"
    return group


def _is_one(tokens: Sequence[Token], before: Group, group: Group, agents: frozenset[str]) -> bool:
    """Whether two names of the same actor are one phrase."""
    between = tokens[before.last : group.first]
    return (
        before.actors == group.actors
        and before.head != "thing"
        and len(between) <= 1
        and all(
            token.sort == "cap" or token.low in {"of", ","} or token.low in agents
            for token in between
        )
    )


def _are_listed(tokens: Sequence[Token], left: Group, right: Group) -> str | None:
    """How *right* follows *left* in a list: ``and``, ``comma``, ``joined``, or not at all."""
    between = tokens[left.last : right.first]
    if not between:
        return "joined" if tokens[right.first].joined else None
    if left.poss and left.head == "thing" and right.head != left.head:
        return None
    lows = [token.low for token in between]
    if [low for low in lows if low != ","] in _BESIDE:
        return "and"
    for token in between:
        listing = token.low in _LIST_WORDS or token.low == "," or token.sort in {"det", "cap"}
        if not listing and not (token.sort == "prep" and token.low == left.prep):
            return None
    if not _ANDS.isdisjoint(lows) or "well" in lows or "along" in lows:
        return "and"
    return "comma" if "," in lows else None


def _is_next_clause(tokens: Sequence[Token], members: Sequence[Group], hows: Sequence[str]) -> bool:
    """Whether "and" joins two clauses: "sold drones to A and B condemned it"."""
    first, final = members[0], members[-1]
    after = tokens[final.last].sort if final.last < len(tokens) else ""
    return (
        len(members) == 2
        and "and" in hows
        and first.prep not in {None, "between", "of"}
        and final.head in {"self", "agent"}
        and after in {"aux", "verb"}
    )


def _close_list(tokens: Sequence[Token], chain: Sequence[tuple[Group, str]]) -> list[Group]:
    """One phrase for a list, or its members where they are none."""
    members = [group for group, _ in chain]
    hows = [how for _, how in chain[1:]]
    listed = len(members) > 2 or "and" in hows or "joined" in hows
    if len(members) < 2 or not listed or _is_next_clause(tokens, members, hows):
        return members
    first, final = members[0], members[-1]
    return [
        Group(
            actors=tuple(dict.fromkeys(actor for member in members for actor in member.actors)),
            first=first.first,
            core=final.core,
            last=final.last,
            head=final.head,
            poss=final.poss,
            form=final.form,
            prep=first.prep,
            prep_at=first.prep_at,
            noun_at=first.noun_at,
            listed=True,
        )
    ]


def _opens_clause(
    tokens: Sequence[Token], chain: Sequence[tuple[Group, str]], single: Group
) -> bool:
    """Whether a comma ends a list: "A and B, C has ...", "according to A, B and C have ..."."""
    first, final = chain[0][0], chain[-1]
    cited = first.prep == "to" and tokens[first.prep_at - 1].low == "according"
    following = tokens[single.last].sort if single.last < len(tokens) else ""
    return cited or (final[1] == "and" and following in {"aux", "verb"})


def find_groups(tokens: Sequence[Token], lexicon: Lexicon) -> list[Group]:
    """Find the phrases of actors, those of one list put together, in the order of the sentence."""
    groups: list[Group] = []
    chain: list[tuple[Group, str]] = []
    for single in _single_groups(tokens, lexicon.words):
        how = _are_listed(tokens, chain[-1][0], single) if chain else None
        if how == "comma" and _opens_clause(tokens, chain, single):
            how = None
        if how is None:
            groups.extend(_close_list(tokens, chain))
            chain = []
        chain.append((single, how or ""))
    groups.extend(_close_list(tokens, chain))
    return groups
