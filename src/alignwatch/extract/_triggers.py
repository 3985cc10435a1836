"""Triggers in a sentence: which words of the lexicon stand there, in which part of speech."""

from collections.abc import Sequence

import attrs

from alignwatch.extract._lexicon import Entry, Lexicon
from alignwatch.extract._tokens import Token
from alignwatch.model import Kind

__all__ = ["Trigger", "find_triggers"]


@attrs.define(kw_only=True, eq=False)
class Trigger:
    """One sense of a trigger at tokens `first` to `last` (exclusive).

    `object_at` is the token of the object noun that decided the kind, -1 if there is none.
    """

    first: int
    last: int
    entry: Entry
    kind: Kind
    passive: bool = False
    rank: int = 0
    senses: int = 1
    object_at: int = -1

    @property
    def is_verb(self) -> bool:
        """Whether the trigger governs a clause of its own."""
        return self.entry.part == "v"


_NOUN_BEFORE = frozenset({"det", "poss", "num"})
_SKIP = frozenset(
    {
        "also",
        "not",
        "never",
        "now",
        "then",
        "even",
        "still",
        "already",
        "jointly",
        "recently",
        "only",
        "just",
        "again",
        "further",
        "always",
        "often",
    }
)


def _match(tokens: Sequence[Token], at: int, entry: Entry) -> bool:
    words = entry.words
    if at + len(words) > len(tokens):
        return False
    return all(tokens[at + place].low == words[place] for place in range(1, len(words)))


def _reads_as_verb(tokens: Sequence[Token], first: int, last: int, form: str) -> bool:
    """Whether the word at *first*, a verb as well as a noun by its form, is a verb here."""
    before = first - 1
    while before >= 0 and (tokens[before].low in _SKIP or tokens[before].low.endswith("ly")):
        before -= 1
    after = tokens[last] if last < len(tokens) else None
    if before < 0:
        return after is not None and after.sort in {"det", "actor", "pron"} and form != "ing"
    token = tokens[before]
    if token.low == "to" or token.sort in {"aux", "pron", "rel"}:
        return token.low not in {"his", "her", "its", "their", "our", "my"}
    if token.sort in _NOUN_BEFORE or token.sort == "prep":
        return form == "ing" and token.sort == "prep"
    if token.name is not None:
        if token.name.form == "demonym":
            return False
        return (
            form != "base"
            and after is not None
            and (
                after.sort in {"det", "actor", "pron", "num"}
                or (after.sort == "cap" and form == "s")
            )
        )
    if token.sort in {"comma", "conj"}:
        return after is not None and after.sort in {"det", "actor", "pron"}
    if token.low in {
        "officials",
        "forces",
        "troops",
        "leaders",
        "who",
        "governments",
        "powers",
        "countries",
    }:
        return after is not None and after.sort in {"det", "actor", "pron"}
    return False


def _is_passive(
    tokens: Sequence[Token], first: int, last: int, be: frozenset[str], form: str
) -> bool:
    if form not in {"past", "part"}:
        return False
    at = first - 1
    while at >= 0 and (
        tokens[at].low.endswith("ly") or tokens[at].low in _SKIP or tokens[at].sort == "neg"
    ):
        at -= 1
    if at >= 0 and tokens[at].low in be:
        return True
    if last < len(tokens) and tokens[last].low == "by":
        return True
    return (
        form == "part" and at >= 0 and tokens[at].low not in {"have", "has", "had", "having", "'ve"}
    )


def _find_objects(
    tokens: Sequence[Token], trigger: Trigger, lexicon: Lexicon, limit: int = 22
) -> list[tuple[int, str, Kind]]:
    """Object nouns that the trigger governs: the nearest one and those listed with it."""
    found: list[tuple[int, str, Kind]] = []

    def look(at: int) -> tuple[int, str, Kind] | None:
        for words, name, kind in lexicon.objects.get(tokens[at].low, ()):
            if name in trigger.entry.objects and all(
                at + k < len(tokens) and tokens[at + k].low == words[k]
                for k in range(1, len(words))
            ):
                return len(words), name, kind
        return None

    if not trigger.is_verb or trigger.passive:
        # "arms supplies", "oil was sold"
        stop = max(0, trigger.first - (14 if trigger.passive else 4))
        for at in range(trigger.first - 1, stop - 1, -1):
            token = tokens[at]
            if token.sort in {"strong", "rel", "verb"} or (
                not trigger.passive and token.sort in {"prep", "aux", "comma", "actor", "poss"}
            ):
                break
            hit = look(at)
            if hit:
                found.append((at, hit[1], hit[2]))
                break
        if found:
            return found
    at, gap = trigger.last, 0
    while at < min(len(tokens), trigger.last + limit):
        token = tokens[at]
        if token.sort in {"strong", "rel"} and token.low != "“":
            break
        if token.sort in {"verb", "aux"} and at > trigger.last:
            break
        if not trigger.is_verb and not found and at - trigger.last > 12:
            break
        if found and gap > 6:
            break
        hit = look(at)
        if hit:
            following = tokens[at + hit[0]] if at + hit[0] < len(tokens) else None
            compound = following is not None and following.sort == "word" and look(at + hit[0])
            if not compound:
                found.append((at, hit[1], hit[2]))
                gap = 0
            at += hit[0]
            continue
        if token.sort in {"prep"} and found and token.low not in {"of", "like", "including", "as"}:
            break
        at += 1
        gap += 1
    return found


def find_triggers(tokens: Sequence[Token], lexicon: Lexicon) -> list[Trigger]:
    """Find every sense of every trigger, in the order of the sentence, longest match first."""
    be = lexicon.words["grammar.be"]
    triggers: list[Trigger] = []
    at = 0
    while at < len(tokens):
        rows = lexicon.entries.get(tokens[at].low)
        if not rows or tokens[at].name is not None:
            at += 1
            continue
        matched = [entry for entry in rows if _match(tokens, at, entry)]
        if not matched:
            at += 1
            continue
        size = len(matched[0].words)
        matched = [entry for entry in matched if len(entry.words) == size]
        parts = {entry.part for entry in matched}
        if {"v", "n"} <= parts or (parts == {"v"} and size == 1):
            form = next(entry.form for entry in matched if entry.part == "v")
            verb = form in {"past", "pret", "part"} or _reads_as_verb(tokens, at, at + size, form)
            if "n" in parts:
                matched = [e for e in matched if e.part != ("n" if verb else "v")]
            elif (
                form == "base"
                and not verb
                and at
                and tokens[at - 1].sort in {"det", "poss", "prep"}
            ):
                matched = [e for e in matched if e.part != "v"]
        found: list[Trigger] = []
        for entry in matched:
            passive = entry.part == "v" and _is_passive(tokens, at, at + 1, be, entry.form)
            if entry.part == "a" and entry.words[-1] == "by" and entry.kind is not Kind.CRITICISM:
                passive = True
            base = Trigger(
                first=at, last=at + size, entry=entry, kind=entry.kind or Kind.AID, passive=passive
            )
            if entry.kind is not None:
                found.append(base)
            elif entry.objects:
                kinds: set[Kind] = set()
                for place, _, kind in _find_objects(tokens, base, lexicon):
                    if kind not in kinds:
                        kinds.add(kind)
                        found.append(attrs.evolve(base, kind=kind, object_at=place))
        for rank, trigger in enumerate(found):
            trigger.rank, trigger.senses = rank, len(found)
        triggers.extend(found)
        at += size if found else 1
    return triggers
