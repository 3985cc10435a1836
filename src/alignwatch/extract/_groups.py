"""Noun phrases of actors: who is named, by whose name, behind which preposition, listed with whom."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._lexicon import Lexicon
from alignwatch.extract._tokens import Token

__all__ = ["Group", "find_groups"]

_ADJECTIVAL = frozenset({"demonym", "our", "tie"})
_PERSONAL = frozenset(
    {"leader", "former-leader", "title", "official", "ministry", "force", "handle"}
)
_LIST_WORDS = frozenset({"and", "or", "&", "both", "also", "including", "even", "possibly"})


@attrs.define(kw_only=True, eq=False)
class Group:
    """Actors that stand together in one phrase. `first`/`last` are tokens, `last` exclusive.

    `core` is where the last name ends (before what it modifies). `head` is ``self`` (the actor
    itself acts), ``agent`` (its government, army, minister), ``people`` or ``thing``. `prep` is
    the preposition that governs the phrase, at token `prep_at`. `actors` are distinct ids.
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
    start: int = -1


def _is_verb(token: Token) -> bool:
    return token.sort in {"verb", "aux"} or (
        token.sort == "word" and token.low.endswith(("ed", "ly")) and len(token.low) > 4
    )


def _goes_on(token: Token, actors: tuple[str, ...]) -> bool:
    """Whether a title goes on: a person's name, or the same actor again."""
    return token.sort == "cap" or (token.name is not None and token.name.actors == actors)


def _read_head(
    tokens: Sequence[Token],
    at: int,
    name: tuple[str, ...],
    agents: frozenset[str],
    people: frozenset[str],
    adjectival: bool,
) -> tuple[str, int]:
    """Head of the phrase that begins at token *at* after a name, and where it ends."""
    last = at
    limit = min(len(tokens), at + 7)
    while last < limit:
        token = tokens[last]
        if token.sort not in {"word", "cap", "num"} and not (
            token.sort == "verb" and token.low in agents and not token.capital
        ):
            break
        following = tokens[last + 1] if last + 1 < len(tokens) else None
        ends = following is None or following.sort not in {"word", "num"} or _is_verb(following)
        if token.low in agents and ends:
            last += 1
            while last < len(tokens) and _goes_on(tokens[last], name):
                last += 1
            return "agent", last
        if token.low in people and ends:
            return "people", last + 1
        if not adjectival and last == at and token.low not in agents:
            return "self", at
        if _is_verb(token) and last > at:
            break
        last += 1
    return ("thing" if adjectival and last > at else "self"), (last if adjectival else at)


def _find_prep(tokens: Sequence[Token], first: int) -> tuple[str | None, int]:
    """The preposition before the phrase that begins at *first*: "with its close neighbour X"."""
    at, skipped = first - 1, 0
    while at >= 0 and skipped < 5:
        token = tokens[at]
        if token.sort == "prep":
            return token.low, at
        if token.low in {"and", "&", ","}:
            return None, -1
        if token.sort in {"det", "num", "cap"} or (
            token.sort == "pron" and token.low.endswith("s")
        ):
            pass
        elif token.sort == "word" and not _is_verb(token) and not token.low.endswith("ing"):
            skipped += 1
        else:
            return None, -1
        at -= 1
        skipped += 1
    return None, -1


def _single_groups(tokens: Sequence[Token], lexicon: Lexicon) -> list[Group]:
    agents, people = lexicon.words["agents.nouns"], lexicon.words["agents.people"]
    groups: list[Group] = []
    at = 0
    while at < len(tokens):
        name = tokens[at].name
        if name is None:
            at += 1
            continue
        first, core = at, at + 1
        poss = core < len(tokens) and tokens[core].sort == "poss"
        if poss:
            core += 1
        adjectival = poss or name.form in _ADJECTIVAL
        head, last = _read_head(tokens, core, name.actors, agents, people, adjectival)
        if name.form in _PERSONAL and not poss:
            head = "agent"
        if name.form == "people":
            head = "people"
        # "the government of X", "leaders of X"
        back = first - 1
        if back >= 0 and tokens[back].sort == "det":
            back -= 1
        if back >= 1 and tokens[back].low == "of" and tokens[back - 1].low in agents and not poss:
            first = back - 1
            head = "agent"
        group = Group(
            actors=name.actors,
            first=first,
            core=core,
            last=max(last, core),
            head=head,
            poss=poss,
            form=name.form,
        )
        before = groups[-1] if groups else None
        if (
            before is not None
            and before.actors == group.actors
            and before.head != "thing"
            and group.first - before.last <= 1
            and all(
                t.sort in {"cap", "word", "prep"} or t.low == ","
                for t in tokens[before.last : group.first]
            )
            and all(
                t.low in agents or t.low in {"of", ","} or t.sort == "cap"
                for t in tokens[before.last : group.first]
            )
        ):
            # "Russian President | Vladimir Putin", "President Erdogan | of Turkey"
            before.core, before.last, before.poss = group.core, group.last, group.poss
            before.head = "agent" if group.head == "self" else group.head
        else:
            groups.append(group)
        at = max(core, group.last if head == "agent" else core)
    for group in groups:
        group.prep, group.prep_at = _find_prep(tokens, group.first)
    return groups


def _are_listed(tokens: Sequence[Token], left: Group, right: Group) -> str | None:
    """How *right* follows *left* in a list: ``and``, ``comma``, ``joined``, or not at all."""
    between = tokens[left.last : right.first]
    if not between:
        return "joined" if tokens[right.first].joined else None
    if left.poss and left.head == "thing" and right.head != left.head:
        return None
    how = None
    for token in between:
        if token.low in _LIST_WORDS:
            how = "and" if token.low in {"and", "or", "&"} else how
        elif token.low == ",":
            how = how or "comma"
        elif token.sort == "prep" and token.low == left.prep:
            continue
        elif token.sort not in {"det", "cap"} and token.low not in {
            "as",
            "well",
            "along",
            "its",
            "ally",
            "neighboring",
            "neighbouring",
        }:
            return None
    text = " ".join(token.low for token in between)
    if "as well as" in text or "along with" in text:
        return "and"
    return how


def find_groups(tokens: Sequence[Token], lexicon: Lexicon) -> list[Group]:
    """Find the phrases of actors, those of one list put together, in the order of the sentence."""
    singles = _single_groups(tokens, lexicon)
    groups: list[Group] = []
    chain: list[tuple[Group, str]] = []

    def close() -> None:
        if not chain:
            return
        hows = [how for _, how in chain[1:]]
        members = [group for group, _ in chain]
        if len(members) > 1 and ("and" in hows or "joined" in hows or len(members) > 2):
            first, final = members[0], members[-1]
            after = tokens[final.last] if final.last < len(tokens) else None
            clause = (
                first.prep is not None
                and first.prep not in {"between", "of"}
                and len(members) == 2
                and "and" in hows
                and final.head in {"self", "agent"}
                and after is not None
                and after.sort in {"aux", "verb"}
                and any(t.low == "and" for t in tokens[first.last : final.first])
            )
            if not clause:
                ids = tuple(dict.fromkeys(actor for member in members for actor in member.actors))
                groups.append(
                    Group(
                        actors=ids,
                        first=first.first,
                        core=final.core,
                        last=final.last,
                        head=final.head,
                        poss=final.poss,
                        form=final.form,
                        prep=first.prep,
                        prep_at=first.prep_at,
                        listed=True,
                    )
                )
                return
        groups.extend(members)

    for single in singles:
        how = _are_listed(tokens, chain[-1][0], single) if chain else None
        if how is None:
            close()
            chain = [(single, "")]
        else:
            chain.append((single, how))
    close()
    return groups
