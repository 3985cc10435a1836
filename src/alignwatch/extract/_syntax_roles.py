"""Who does, undergoes and receives what a trigger tells, by the parse of its sentence.

A trigger's arguments are looked for where its clause may leave them: at the trigger itself, at the
verb that lends it a subject ("launched strikes on"), at the verb it is joined with ("visited X and
met Y"), at what controls it ("asked X to sign"), at the noun a relative clause describes.
"""

from collections.abc import Callable, Iterator, Sequence

import attrs

from alignwatch.extract._groups import Group
from alignwatch.extract._syntax_parse import Parse
from alignwatch.extract._triggers import Trigger

__all__ = ["Argument", "Role", "find_arguments", "find_role", "head_word"]

_SUBJECTS = frozenset({"nsubj", "csubj"})
_UNDERGOING = frozenset({"nsubjpass", "csubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "dative", "oprd"})
_MODIFIERS = frozenset({"compound", "amod", "nmod"})
_SAME = frozenset({"conj", "appos"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "csubj", "parataxis", "pcomp"})
_MOST_STEPS = 4


@attrs.frozen(kw_only=True)
class Argument:
    """A word that stands in a slot of a trigger.

    `slot` is agent, patient, owner, modifier, or the preposition that it stands behind; `how` is
    own, lent, joined, controlled, relative or nested: what the slot was found by.
    """

    word: int
    slot: str
    how: str


@attrs.frozen(kw_only=True)
class Role:
    """How a phrase fills a trigger's slot: `depth` is self, list, part (of the word) or inner."""

    slot: str
    how: str
    depth: str
    steps: int
    clauses: int


def head_word(parse: Parse, first: int, last: int) -> int:
    """The word of tokens *first* to *last* (exclusive) that all its others hang on."""
    own = range(parse.place[first], parse.place[last - 1] + 1)
    outer = [at for at in own if parse.heads[at] not in own or parse.heads[at] == at]
    named = [at for at in outer if parse.tags[at] not in {"DET", "PUNCT", "PART", "ADP"}]
    return (named or outer or [own[-1]])[0]


def _is_verb(parse: Parse, at: int) -> bool:
    return parse.tags[at] == "VERB"


def find_arguments(parse: Parse, trigger: Trigger) -> list[Argument]:
    """The arguments of *trigger*, nearest first; a word may stand in several slots."""
    top = head_word(parse, trigger.first, trigger.last)
    found: list[Argument] = []
    seen: set[tuple[int, str]] = set()
    verbal = _is_verb(parse, top) if trigger.is_verb else False
    ways = _of_verb(parse, top) if verbal else _of_noun(parse, top)
    for argument in ways:
        key = (argument.word, argument.slot)
        if key not in seen:
            seen.add(key)
            found.append(argument)
    return found


def _behind(parse: Parse, top: int, how: str) -> Iterator[Argument]:
    """What stands behind prepositions of the word *top*."""
    for at in parse.below[top]:
        label = parse.labels[at]
        if label in _PREPOSED:
            slot = "agent" if label == "agent" else parse.lows[at]
            yield from _pobjs(parse, at, slot, how)
            for one in parse.below[at]:  # "because of X", "from A to B"
                if parse.labels[one] == "prep":
                    yield from _pobjs(parse, one, parse.lows[one], how)


def _pobjs(parse: Parse, prep: int, slot: str, how: str) -> Iterator[Argument]:
    for at in parse.below[prep]:
        if parse.labels[at] == "pobj":
            yield Argument(word=at, slot=slot, how=how)


def _subjects(parse: Parse, top: int, how: str) -> Iterator[Argument]:
    for at in parse.below[top]:
        label = parse.labels[at]
        if label in _SUBJECTS or label in _UNDERGOING:
            slot = "agent" if label in _SUBJECTS else "patient"
            if parse.lows[at] in _RELATIVES and parse.labels[top] in {"relcl", "ccomp"}:
                yield Argument(word=parse.heads[top], slot=slot, how="relative")
            else:
                yield Argument(word=at, slot=slot, how=how)


def _objects(parse: Parse, top: int, how: str) -> Iterator[Argument]:
    for at in parse.below[top]:
        label = parse.labels[at]
        if label in _OBJECTS and parse.tags[at] != "ADP":
            gap = parse.lows[at] in _RELATIVES and parse.labels[top] == "relcl"
            word = parse.heads[top] if gap else at
            yield Argument(word=word, slot="patient", how="relative" if gap else how)


def _of_verb(parse: Parse, top: int) -> Iterator[Argument]:
    own = list(_subjects(parse, top, "own"))
    yield from own
    yield from _objects(parse, top, "own")
    yield from _behind(parse, top, "own")
    if not own:
        yield from _borrowed_subject(parse, top)
    if parse.labels[top] == "relcl" and not any(argument.how == "relative" for argument in own):
        yield Argument(word=parse.heads[top], slot="patient", how="relative")
    for at in parse.below[top]:  # "visited X and met Y": what Y's verb has may be shared
        if parse.labels[at] == "conj" and _is_verb(parse, at):
            yield from _objects(parse, at, "joined")
            yield from _behind(parse, at, "joined")
        elif parse.labels[at] == "xcomp":  # "agreed to | sign with"
            yield from _objects(parse, at, "nested")
            yield from _behind(parse, at, "nested")
        elif parse.labels[at] in _OBJECTS and parse.tags[at] == "NOUN":
            yield from _behind(parse, at, "nested")
            yield from _owners(parse, at, "nested")


def _borrowed_subject(parse: Parse, top: int) -> list[Argument]:
    """Who does what a verb without a subject of its own tells."""
    at = top
    for _ in range(_MOST_STEPS):
        label, head = parse.labels[at], parse.heads[at]
        if head == at or label not in _LOOKS:
            return []
        found = _LOOKS[label](parse, at)
        if found:
            return found
        at = parse.heads[head] if label == "pcomp" else head
    return []


def _of_participle(parse: Parse, at: int) -> list[Argument]:
    """The noun that a participle describes: "the drones supplied by X", "forces fighting in X"."""
    noun = parse.heads[at]
    if parse.tags[noun] not in _NOMINAL:
        return []
    if parse.lows[at].endswith(_DONE):
        return [Argument(word=noun, slot="patient", how="relative")]
    doer = Argument(word=noun, slot="agent", how="relative")
    return [*_subject_of_noun(parse, noun, "controlled"), doer]


def _of_gerund(parse: Parse, at: int) -> list[Argument]:
    """Who does what stands behind a preposition: "accused X of", "thanked X for", "by doing"."""
    prep = parse.heads[at]
    verb = parse.heads[prep]
    if parse.lows[prep] in _BLAMING and _is_verb(parse, verb):
        return _controlled(parse, verb)
    return _doers_of(parse, verb)


def _of_infinitive(parse: Parse, at: int) -> list[Argument]:
    """Who does what a verb wants done: "agreed to sign", "asked X to sign", "X, hoping to"."""
    verb = parse.heads[at]
    if parse.labels[at] != "advcl" and any(_objects(parse, verb, "controlled")):
        return _controlled(parse, verb)
    return _doers_of(parse, verb)


def _doers_of(parse: Parse, word: int) -> list[Argument]:
    """The subject of a verb, or who has a noun: "X's support, by buying oil, ..."."""
    if _is_verb(parse, word):
        return _subjects_of(parse, word, "controlled")
    return list(_subject_of_noun(parse, word, "controlled"))


def _controlled(parse: Parse, verb: int) -> list[Argument]:
    """The objects of *verb* do what is told, its subject has them do it."""
    found = [attrs.evolve(one, slot="agent") for one in _objects(parse, verb, "controlled")]
    for one in _subjects(parse, verb, "controlled"):
        slot = "agent" if one.slot == "patient" else "controller"
        found.append(attrs.evolve(one, slot=slot))
    return found


def _of_first_verb(parse: Parse, at: int) -> list[Argument]:
    """Who does the first of two verbs: "X visited Y and met Z"."""
    return _subjects_of(parse, parse.heads[at], "joined")


def _subjects_of(parse: Parse, verb: int, how: str) -> list[Argument]:
    # "X was hit and withdrew": who undergoes the first does the second
    return [attrs.evolve(one, slot="agent", how=how) for one in _subjects(parse, verb, how)]


_DONE = ("ed", "en", "wn", "nt", "ld", "ught")
_BLAMING = frozenset({"of", "for", "from", "over", "into"})
_LOOKS: dict[str, Callable[[Parse, int], list[Argument]]] = {
    "acl": _of_participle,
    "pcomp": _of_gerund,
    "xcomp": _of_infinitive,
    "ccomp": _of_infinitive,
    "advcl": _of_infinitive,
    "conj": _of_first_verb,
}


def _subject_of_noun(parse: Parse, noun: int, how: str) -> Iterator[Argument]:
    """Who has the noun: "X's decision to", "X took steps to"."""
    yield from _owners(parse, noun, how)
    if parse.labels[noun] in _OBJECTS | {"attr"} and _is_verb(parse, parse.heads[noun]):
        for one in _subjects(parse, parse.heads[noun], how):
            yield attrs.evolve(one, slot="agent")


def _owners(parse: Parse, top: int, how: str) -> Iterator[Argument]:
    for at in parse.below[top]:
        label = parse.labels[at]
        if label == "poss":
            yield Argument(word=at, slot="owner", how=how)
        elif label in _MODIFIERS:
            yield Argument(word=at, slot="modifier", how=how)


def _of_noun(parse: Parse, top: int) -> Iterator[Argument]:
    yield from _owners(parse, top, "own")
    yield from _behind(parse, top, "own")
    if _is_verb(parse, top):
        yield from _of_verb(parse, top)
    else:
        yield from _beside_noun(parse, top)
    at: int | None = top
    for _ in range(_MOST_STEPS):
        if at is None or parse.heads[at] == at:
            return
        found, at = _above_noun(parse, at)
        yield from found


def _beside_noun(parse: Parse, noun: int) -> Iterator[Argument]:
    """What hangs on a noun's companions: "talks and trade | with X", "aid | provided by X"."""
    for at in parse.below[noun]:
        if parse.labels[at] == "conj":
            yield from _behind(parse, at, "joined")
        elif parse.labels[at] in {"acl", "relcl"}:
            yield from _subjects(parse, at, "relative")
            yield from _behind(parse, at, "relative")


def _above_noun(parse: Parse, at: int) -> tuple[list[Argument], int | None]:
    """What a noun gets from the word above it, and the word from which more may come."""
    label, head = parse.labels[at], parse.heads[at]
    found: list[Argument] = []
    if label in _JOINS_UP:
        how = "joined" if label == "conj" else "nested"
        found = [*_owners(parse, head, how), *_behind(parse, head, how)]
        return found, None if _is_verb(parse, head) else head
    if label == "appos":
        return [Argument(word=head, slot="agent", how="appos")], None
    if label in {"pobj", "pcomp"} and parse.labels[head] in _PREPOSED:
        return _above_phrase(parse, parse.heads[head])
    if label in _SUBJECTS | _UNDERGOING:
        found = [*_objects(parse, head, "predicate"), *_behind(parse, head, "predicate")]
    elif label in _GOVERNED and _is_verb(parse, head):
        found = list(_lent(parse, head, "lent"))
    return found, None


def _above_phrase(parse: Parse, at: int) -> tuple[list[Argument], int | None]:
    """The same for a noun behind a preposition: "increase in trade", "met for talks"."""
    if _is_verb(parse, at):
        return list(_lent(parse, at, "nested")), None
    whole = Argument(word=at, slot="whole", how="nested")
    return [*_owners(parse, at, "nested"), *_behind(parse, at, "nested"), whole], at


_JOINS_UP = frozenset({"conj", "compound", "amod", "nmod", "poss"})
_PREPOSED = frozenset({"prep", "agent", "dative"})
_GOVERNED = _OBJECTS | {"attr", "acomp", "npadvmod"}


def _lent(parse: Parse, verb: int, how: str) -> Iterator[Argument]:
    """What the verb that governs a noun gives it: "X launched strikes on Y", "sent Y aid"."""
    own = [attrs.evolve(one, how=how) for one in _subjects(parse, verb, how)]
    yield from own
    if not own:
        for one in _borrowed_subject(parse, verb):
            yield attrs.evolve(one, how=how)
    yield from _objects(parse, verb, how)
    yield from _behind(parse, verb, how)
    if parse.labels[verb] == "relcl":
        yield Argument(word=parse.heads[verb], slot="whole", how="relative")


def find_role(
    parse: Parse, arguments: Sequence[Argument], group: Group, trigger: Trigger
) -> Role | None:
    """The best role of *group* among *arguments*; None for a phrase that hangs on none of them."""
    if group.first < 0:
        return None
    mine = head_word(parse, group.first, max(group.last, group.core))
    names = {parse.place[at] for at in range(group.first, group.core)}
    top = head_word(parse, trigger.first, trigger.last)
    steps, clauses = _way(parse, mine, top)
    chain = _up(parse, mine)
    best: tuple[int, Argument, str] | None = None
    for number, argument in enumerate(arguments):
        if argument.word == mine or argument.word in names:
            cost, depth = 0, "self"
        elif argument.word in chain:
            between = chain[: chain.index(argument.word)]
            labels = {parse.labels[at] for at in between}
            if labels <= _SAME | {"cc", "punct"}:
                cost, depth = 1, "list"
            elif labels <= _SAME | _MODIFIERS | {"poss"}:
                cost, depth = 2, "part"
            elif not labels & _CLAUSES:
                cost, depth = 4 + len(between), "inner"
            else:
                cost, depth = 12, "clause"
        else:
            continue
        cost = cost * 100 + number
        if best is None or cost < best[0]:
            best = (cost, argument, depth)
    if best is None:
        return Role(slot="none", how="none", depth="none", steps=steps, clauses=clauses)
    _, argument, depth = best
    return Role(slot=argument.slot, how=argument.how, depth=depth, steps=steps, clauses=clauses)


def _up(parse: Parse, at: int) -> list[int]:
    chain = [at]
    while parse.heads[chain[-1]] != chain[-1] and len(chain) <= len(parse.heads):
        chain.append(parse.heads[chain[-1]])
    return chain


def _way(parse: Parse, one: int, other: int) -> tuple[int, int]:
    """Steps between two words, and clauses that the way leaves or enters; 99 where none leads."""
    left, right = _up(parse, one), _up(parse, other)
    shared = next((at for at in left if at in right), None)
    if shared is None:
        return 99, 9
    way = [*left[: left.index(shared)], *right[: right.index(shared)]]
    clauses = sum(
        parse.labels[at] in _CLAUSES or (parse.labels[at] == "conj" and _is_verb(parse, at))
        for at in way
    )
    return len(way), clauses
