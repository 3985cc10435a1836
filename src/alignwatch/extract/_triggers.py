"""Triggers in a sentence: which words of the lexicon stand there, in which part of speech."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import attrs

from alignwatch.extract._lexicon import Entry, Lexicon
from alignwatch.extract._things import (
    LAST_RESORT,
    TROOPS,
    Found,
    Things,
    find_things,
    is_held,
    object_at,
)
from alignwatch.extract._tokens import Token
from alignwatch.extract._verbs import (
    ARTICLES,
    asking_others,
    is_attribute,
    is_described,
    is_participle,
    is_passive,
    reads_as_verb,
)
from alignwatch.model import Kind

__all__ = ["Trigger", "find_triggers"]


@attrs.define(eq=False)
class Trigger:
    """One sense of a trigger at tokens `first` to `last` (exclusive).

    `object_at` is the token of the object noun that decided the kind, -1 if there is none;
    `governed` tells that this is such a noun of a trigger of another kind: "lifted sanctions".
    """

    first: int
    last: int
    entry: Entry
    kind: Kind
    passive: bool = False
    rank: int = 0
    senses: int = 1
    object_at: int = -1
    governed: bool = False
    is_verb: bool = attrs.field(init=False)
    """Whether the trigger governs a clause of its own."""
    told: tuple[Any, ...] = attrs.field(default=(), init=False, repr=False)

    @is_verb.default
    def _governs(self) -> bool:
        return self.entry.part == "v"


_REACH = 11
"""Tokens between a trigger and the noun that it governs."""

_LIST_GAP = 6
"""Tokens between two nouns of one list: "drones, long-range missiles and oil"."""

_SPAN = 22


def _match(tokens: Sequence[Token], at: int, words: Sequence[str]) -> bool:
    size = len(words)
    return size == 1 or (
        at + size <= len(tokens)
        and tokens[at + 1].low == words[1]
        and (size == 2 or all(tokens[at + k].low == words[k] for k in range(2, size)))
    )


_JOINS = frozenset({"and", "or", ","})
_SPLIT = 6
"""Tokens within which a shared noun follows: "economic, political and military ties"."""


def _shared_noun(tokens: Sequence[Token], at: int, words: Sequence[str]) -> int:
    """The end of "economic and military ties" for "economic ties"; 0 where it is not there."""
    if len(words) != 2 or at + 2 >= len(tokens) or tokens[at + 1].low not in _JOINS:
        return 0
    for place in range(at + 2, min(len(tokens), at + _SPLIT)):
        if tokens[place].low == words[1]:
            return place + 1 if tokens[place - 1].low not in _JOINS else 0
        if tokens[place].sort != "word" and tokens[place].low not in _JOINS:
            return 0
    return 0


def _objects_before(tokens: Sequence[Token], trigger: Trigger, things: Things) -> list[Found]:
    """The object noun in front: "arms supplies", "oil was sold"."""
    ends = {"strong", "rel", "verb"}
    subject = trigger.passive or (trigger.is_verb and trigger.entry.turns)
    if not subject:
        ends |= {"prep", "aux", "comma", "actor", "poss"}
    reach = 14 if subject else 4
    for at in range(trigger.first - 1, max(0, trigger.first - reach) - 1, -1):
        if tokens[at].sort in ends:
            break
        hit = object_at(things, at, trigger.entry.objects)
        if hit:
            return [(at, hit[1], hit[2])]
        name = tokens[at].name
        if (
            subject
            and name is not None
            and name.form == "force"
            and TROOPS in trigger.entry.objects
        ):
            return [(at, TROOPS, None)]  # "Syrian forces withdrew", an actor in one word
    return []


_TAKES_UP = frozenset({"that", "which"})
_SUBJECT_WORDS = frozenset({"actor", "det", "aux", "cap", "word", "poss"})


def _objects_taken_up(tokens: Sequence[Token], trigger: Trigger, things: Things) -> list[Found]:
    """The object before a relative clause: "the drones that X sold to Y"."""
    at = trigger.first - 1
    while at > 0 and tokens[at].low not in _TAKES_UP:
        if tokens[at].sort not in _SUBJECT_WORDS or trigger.first - at > _LIST_GAP:
            return []
        if tokens[at].sort == "actor" and object_at(things, at - 1, trigger.entry.objects):
            break  # "the drones X sold to Y"
        at -= 1
    end = at - (tokens[at - 1].sort == "comma")
    for size in (2, 1):
        if end - size < 0 or at < 1:
            continue
        hit = object_at(things, end - size, trigger.entry.objects)
        if hit is not None and hit[0] == size:
            return [(end - size, hit[1], hit[2])]
    return []


def _objects_behind(tokens: Sequence[Token], trigger: Trigger, things: Things) -> list[Found]:
    """The nearest object noun behind the trigger and those listed with it."""
    found: list[Found] = []
    rest: list[Found] = []
    at, last = trigger.last, trigger.last
    while at < min(len(tokens), trigger.last + _SPAN):
        token = tokens[at]
        if at - last > (_LIST_GAP if found else _REACH) or _ends_object(
            token, inside=at > trigger.last, found=bool(found)
        ):
            break
        hit = object_at(things, at, trigger.entry.objects)
        if hit is None:
            at += 1
            continue
        size = hit[0]
        if is_held(tokens, at + size, things):
            at += size + 1
            continue
        if hit[1] == LAST_RESORT:
            rest = rest or [(at, hit[1], hit[2])]
            at += size
            continue
        # "oil tankers": what follows decides
        if not (
            at + size < len(tokens)
            and tokens[at + size].sort == "word"
            and object_at(things, at + size, trigger.entry.objects)
        ):
            found.append((at, hit[1], hit[2]))
            last = at + size
        at += size
    return found or rest


_GOES_ON = frozenset({"of", "like", "including", "as"})


def _ends_object(token: Token, *, inside: bool, found: bool) -> bool:
    if token.sort in {"strong", "rel"}:
        return token.low != "\u201c"
    if token.sort in {"verb", "aux"}:
        return inside
    return found and token.sort == "prep" and token.low not in _GOES_ON


def _governed_kinds(tokens: Sequence[Token], trigger: Trigger, things: Things) -> dict[Kind, int]:
    """The kinds that the trigger's objects make, each with the place of its object.

    Where the trigger has a kind of its own, its object only tells that it is meant.
    """
    found: list[Found] = []
    if not trigger.is_verb or trigger.passive:
        found = _objects_before(tokens, trigger, things)
    found = found or _objects_behind(tokens, trigger, things)
    if not found and trigger.entry.turns and trigger.is_verb:
        found = _objects_before(tokens, trigger, things)
    if not found and trigger.is_verb:
        found = _objects_taken_up(tokens, trigger, things)
    kinds: dict[Kind, int] = {}
    for at, _, kind in found:
        made = trigger.entry.kind or kind
        if made is not None:
            kinds.setdefault(made, at)
    return kinds


def _in_part(
    tokens: Sequence[Token], at: int, size: int, entries: Sequence[Entry]
) -> Sequence[Entry]:
    """Those of *entries* whose part of speech fits the place."""
    form, has_noun = "", False
    for entry in entries:
        part = entry.part
        if part == "n":
            has_noun = True
        elif part == "v" and not form:
            form = entry.form
    if not form or (size > 1 and not has_noun):
        # "boycotted the talks with X": no verb stands behind an article
        noun = form in _NOT_FINITE and at and tokens[at - 1].low in ARTICLES
        return [entry for entry in entries if entry.part != "v"] if noun else entries
    if size == 1 and form in _PARTICIPLES and is_attribute(tokens, at):
        return [entry for entry in entries if entry.part != "v"]
    verb = form in _FINITE or reads_as_verb(tokens, at, at + size, form)
    if has_noun:
        return [entry for entry in entries if entry.part != ("n" if verb else "v")]
    if form == "base" and not verb and is_described(tokens, at):
        return [entry for entry in entries if entry.part != "v"]
    return entries


_FINITE = frozenset({"past", "pret", "part"})
_PARTICIPLES = frozenset({"past", "part"})
_NOT_FINITE = frozenset({"s", "base"})


_GIVEN = frozenset({Kind.ARMS_TRANSFER, Kind.TECHNOLOGY, Kind.TROOPS, Kind.ENERGY})


def _senses(
    tokens: Sequence[Token], at: int, entries: Sequence[Entry], things: Things, be: frozenset[str]
) -> list[Trigger]:
    found: list[Trigger] = []
    sure: set[Kind] = set()
    passives: dict[str, bool] = {}
    for entry in asking_others(tokens, at, entries, be):
        if (entry.objects and entry.objects.isdisjoint(things.classes)) or (
            entry.needs_owner and is_held(tokens, at + len(entry.words), things)
        ):
            continue
        passive = False
        if entry.part == "v":
            form = entry.form
            if form not in passives:
                passives[form] = is_passive(tokens, at, form, be)
            passive = passives[form] or (
                bool(entry.objects) and is_participle(tokens, at, at + len(entry.words), form)
            )
        elif entry.part == "a":
            passive = entry.words[-1] == "by" and entry.kind is not Kind.CRITICISM
        trigger = Trigger(at, at + len(entry.words), entry, entry.kind or Kind.AID, passive)
        if not entry.objects:
            found.append(trigger)
            continue
        for governed, place in _governed_kinds(tokens, trigger, things).items():
            found.append(Trigger(at, trigger.last, entry, governed, passive, object_at=place))
            sure.add(governed)
    if sure:  # leave out a sense without object beside one whose object tells what is given
        unsaid = sure | {Kind.AID} if not sure.isdisjoint(_GIVEN) else sure
        found = [
            trigger for trigger in found if trigger.object_at >= 0 or trigger.kind not in unsaid
        ]
    for rank, trigger in enumerate(found):
        trigger.rank, trigger.senses = rank, len(found)
    return found


def _split_senses(tokens: Sequence[Token], at: int, rows: Sequence[Entry]) -> list[Trigger]:
    """Senses of an adjective that shares its noun with another one."""
    found = []
    near = {token.low for token in tokens[at + 2 : at + _SPLIT]}
    for entry in rows:
        if entry.part != "n" or entry.words[-1] not in near:
            continue
        last = _shared_noun(tokens, at, entry.words)
        if last and entry.kind is not None:
            found.append(Trigger(at, last, entry, entry.kind))
    for rank, trigger in enumerate(found):
        trigger.rank, trigger.senses = rank, len(found)
    return found


def find_triggers(tokens: Sequence[Token], lexicon: Lexicon) -> list[Trigger]:
    """Find every sense of every trigger, in the order of the sentence, longest match first."""
    triggers: list[Trigger] = []
    lows = [token.low for token in tokens]
    heads, be = lexicon.heads, lexicon.words["grammar.be"]
    things: Things | None = None
    free = 0
    for at, low in enumerate(lows):
        if low not in heads or at < free:  # get() of a read-only mapping is slow
            continue
        if things is None:
            things = find_things(tokens, lows, lexicon)
        found: list[Trigger] = []
        single, longer = heads[low]
        following = lows[at + 1] if at + 1 < len(lows) else ""
        matched = [e for e in longer.get(following, ()) if _match(tokens, at, e.words)]
        for size, same in groupby(matched, key=_size_of):
            found = _senses(tokens, at, _in_part(tokens, at, size, list(same)), things, be)
            if found:
                break
        if single and found and _only_reaches(found):
            told = _senses(tokens, at, _in_part(tokens, at, 1, single), things, be)
            found = [trigger for trigger in told if trigger.object_at >= 0] or found
        if single and not found:
            found = _senses(tokens, at, _in_part(tokens, at, 1, single), things, be)
        if found:
            free = found[0].last
        elif following in _JOINS:
            found = _split_senses(tokens, at, lexicon.entries[low])
        triggers += found
    return _mark_governed(triggers)


def _only_reaches(found: Sequence[Trigger]) -> bool:
    """Whether a verb is longer by its preposition alone: "donated to", of what was donated."""
    return all(
        trigger.is_verb
        and not trigger.entry.objects
        and len(trigger.entry.words) == 2
        and trigger.entry.words[1] in _REACHING
        for trigger in found
    )


_REACHING = frozenset({"to", "for", "with", "in", "into", "on"})


def _size_of(entry: Entry) -> int:
    return len(entry.words)


def _mark_governed(triggers: list[Trigger]) -> list[Trigger]:
    """Mark the nouns that another trigger governs; talks that are called off are left out."""
    governing = [trigger for trigger in triggers if trigger.object_at >= 0]
    if not governing:
        return triggers
    kept: list[Trigger] = []
    for trigger in triggers:
        first, last, kind = trigger.first, trigger.last, trigger.kind
        over = [o for o in governing if first <= o.object_at < last and o.kind is not kind]
        trigger.governed = bool(over)
        if not any(_is_called_off(trigger, other) for other in over):
            kept.append(trigger)
    return kept


def _is_called_off(trigger: Trigger, other: Trigger) -> bool:
    """Whether *other*, of which *trigger* is the object, says that it is not: "cancelled talks"."""
    off = other.is_verb and other.kind is Kind.DISTANCING
    return off and not trigger.is_verb and trigger.kind is Kind.CONSULTATION
