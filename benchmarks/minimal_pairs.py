#!/usr/bin/env python3
"""Minimal pairs: one fact asserted, denied, alleged, negated, questioned ..., and what is claimed.

    minimal_pairs.py [--half develop|held] [--show FORM] [--list] [--extractor syntax --model NAME]

The patterns, facts and actors stand in ``data/minimal_pairs.toml``. Each pattern is filled with
several facts and actors in a fixed rotation, so that every run makes the same sentences. A
sentence is right where exactly the expected claims come out, each with the expected negation,
status, speakers, deniers, period, amount and trend. Printed is the share of right sentences by
form, for both halves; ``--show FORM`` prints what is wrong with the sentences of a form.
"""

import argparse
import itertools
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from alignwatch.extract import Extractor, load_extractor
from alignwatch.model import Claim, Document, Kind, Precision, When

__all__ = ["Case", "make_cases", "share_by_form", "wrongs"]

HALVES = ("develop", "held", "fresh", "sealed")
_DATA = Path(__file__).parent / "data" / "minimal_pairs.toml"
_REPEAT = 3
_CUT = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}
Key = tuple[str, str, str]


@attrs.frozen(kw_only=True)
class Case:
    """One text with what it tells.

    `keys` are (source, target, kind) of the claims that must come out, the first of them with the
    fields below; `give` "unasserted" asks for no asserted claim, "nothing" for no claim at all.
    `may` are kinds that any two actors may have besides, `by_may` speakers that may be named.
    """

    form: str
    half: str
    text: str
    published: str | None = None
    keys: tuple[Key, ...] = ()
    give: str = "claims"
    negated: bool = False
    status: tuple[str, ...] = ("asserted",)
    by: frozenset[str] = frozenset()
    by_may: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    over: str | None = None
    when: str | None = None
    quantity: str | None = None
    trend: str | None = None


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",")]


@attrs.frozen(kw_only=True)
class _Filling:
    """Words for the slots of one pattern."""

    slots: Mapping[str, str]
    fact: Mapping[str, Any]
    ids: Mapping[str, str]


def _verb_slots(fact: Mapping[str, Any], target: str) -> dict[str, str]:
    base, present, past, part, ing = _split(fact["verb"])
    thing, prep = fact.get("thing", ""), fact.get("prep", "")
    preposition = prep or ("with" if fact["shape"] == "with" else "")
    tail = " ".join(filter(None, (thing, preposition, target)))
    gives = fact["shape"] == "give"
    subject = thing if gives else target
    plural = gives and subject.endswith("s")
    return {
        "do": f"{base} {tail}",
        "does": f"{present} {tail}",
        "did": f"{past} {tail}",
        "done": f"{part} {tail}",
        "doing": f"{ing} {tail}",
        "did_alone": f"{past} {thing}",
        "past": past,
        "thing": thing,
        "prep": prep,
        "noun": f"{fact['noun']} {target}",
        "subject": subject,
        "were": "were" if plural else "was",
        "are": "are" if plural else "is",
        "have": "have" if plural else "has",
        "done_to": f"{part} {prep} {target}" if gives else part,
    }


def _actor_slots(letter: str, row: Sequence[str]) -> dict[str, str]:
    name, demonym, capital, _ = row
    return {letter: name, f"{letter}'s": f"{name}'s", f"{letter}d": demonym, f"{letter}c": capital}


def _negate(word: str, slots: Mapping[str, str]) -> str:
    if word == "never":
        return f"never {slots['did']}"
    return f"{word} {slots['done' if word.startswith('has') else 'do']}"


class _Maker:
    """Fills the patterns of one half, turning through its facts, actors and words."""

    def __init__(self, data: Mapping[str, Any], half: str) -> None:
        self.half = half
        self._actors = [_split(row) for row in data["actors"][half]]
        self._facts = [fact for fact in data["fact"] if fact["half"] == half]
        self._words = {name: _split(cell) for name, cell in data["words"][half].items()}
        self._turns: Counter[str] = Counter()
        self._count = 0

    def _next(self, name: str, several: Sequence[Any]) -> Any:
        self._turns[name] += 1
        return several[(self._turns[name] - 1) % len(several)]

    def fill(self, form: Mapping[str, Any]) -> _Filling:
        """Give the next words for a pattern of *form*."""
        fits = [
            fact
            for fact in self._facts
            if fact["shape"] in form.get("shapes", (fact["shape"],))
            and fact["kind"] in form.get("kinds", (fact["kind"],))
        ]
        fact = self._next(f"fact {form['name']} {form.get('shapes')}", fits)
        self._count += 1
        count = len(self._actors)
        step = 1 + self._count // count % (count // 4)
        places = [(self._count + step * number) % count for number in range(4)]
        slots: dict[str, str] = {}
        for letter, place in zip("STAB", places, strict=True):
            slots |= _actor_slots(letter, self._actors[place])
        slots |= _verb_slots(fact, slots["T"])
        slots |= {name: self._next(name, words) for name, words in self._words.items()}
        slots["not_do"] = _negate(slots["not"], slots)
        ids = {letter: self._actors[place][3] for letter, place in zip("STAB", places, strict=True)}
        return _Filling(slots=slots, fact=fact, ids=ids)


def _put(pattern: str, slots: Mapping[str, str]) -> str:
    """Fill the slots of a pattern; {Subject} is {subject} with a capital, also at the start."""

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name in slots:
            return slots[name]
        told = slots[name[0].lower() + name[1:]]
        return told[0].upper() + told[1:]

    text = re.sub(r"\{([^}]+)\}", word, pattern)
    return text[0].upper() + text[1:]


def _key(source: str, target: str, kind: str) -> Key:
    if Kind(kind).is_symmetric and source > target:
        source, target = target, source
    return source, target, kind


def _several(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]  # TOML


def _names(value: object, filling: _Filling) -> frozenset[str]:
    """Ids of the actors behind letters; "sources" is the last word of the unnamed source."""
    sources = filling.slots["sources"].split()[-1]
    return frozenset(
        sources if letter == "sources" else filling.ids[letter] for letter in _several(value)
    )


def _make_case(form: Mapping[str, Any], pattern: str | Mapping[str, str], maker: _Maker) -> Case:
    row = {**form, **({"text": pattern} if isinstance(pattern, str) else pattern)}
    filling = maker.fill(form)
    ids, kind = filling.ids, row.get("kind") or filling.fact["kind"]
    keys = [_key(ids["S"], ids["T"], kind)]
    for also in row.get("also", ()):
        one, told, other = also.split()
        keys.append(_key(ids[one], ids[other], kind if told == "fact" else told))
    may = {*row.get("may", ()), *row.get("also_may", ()), *filling.fact.get("may", ())}
    give = row.get("give", "claims")
    return Case(
        form=form["name"],
        half=maker.half,
        text=_put(row["text"], filling.slots),
        published=row.get("published"),
        keys=tuple(keys) if give == "claims" else (),
        give=give,
        negated=row.get("negated", False),
        status=_several(row.get("status", "asserted")),
        by=_names(row.get("by"), filling),
        by_may=_names(row.get("by_may"), filling),
        denied=_names(row.get("denied"), filling),
        may=frozenset(may),
        over=ids[row["over"]] if "over" in row else None,
        when=row.get("when"),
        quantity=_put(row["quantity"], filling.slots) if "quantity" in row else None,
        trend=row.get("trend"),
    )


def make_cases() -> tuple[Case, ...]:
    """Make every sentence of both halves, the same ones in each run."""
    data = tomllib.loads(_DATA.read_text("utf-8"))
    cases: list[Case] = []
    for half in HALVES:
        maker = _Maker(data, half)
        for form in data["form"]:
            for pattern in form.get(half, ()):
                times = form.get("repeat", _REPEAT)
                cases.extend(_make_case(form, pattern, maker) for _ in range(times))
        for row in data["text"]:
            if row["half"] == half:
                keys = (claim.split() for claim in row["claims"])
                cases.append(
                    Case(
                        form=row["form"],
                        half=half,
                        text=row["text"],
                        published=row.get("published"),
                        keys=tuple(_key(one, other, kind) for one, kind, other in keys),
                        give="claims" if row["claims"] else "nothing",
                        negated=row.get("negated", False),
                        status=_several(row.get("status", "asserted")),
                        by=frozenset(row.get("by", ())),
                        by_may=frozenset(row.get("by_may", ())),
                        denied=frozenset(row.get("denied", ())),
                        may=frozenset(row.get("may", ())),
                        when=row.get("when"),
                        quantity=row.get("quantity"),
                        trend=row.get("trend"),
                        over=row.get("over"),
                    )
                )
    return tuple(cases)


def _moment(when: When | None) -> str | None:
    if when is None:
        return None
    start, end = (str(day)[: _CUT[when.precision]] for day in (when.start, when.end))
    return start if start == end else f"{start}/{end}"


def _strays(case: Case, claims: Iterable[Claim]) -> Iterator[str]:
    for claim in claims:
        key = (claim.source, claim.target, str(claim.kind))
        if case.give == "unasserted" and claim.status != "asserted":
            continue
        if key not in case.keys and str(claim.kind) not in case.may:
            yield f"stray {key} {claim.status}"
        elif key == case.keys[:1] and claim.negated != case.negated:
            yield f"stray negation {key}"


def _fields(case: Case, claim: Claim) -> Iterator[str]:
    """What is wrong with the claim of the fact itself."""
    said = {name.casefold() for name in claim.attributed_to}
    by = {name.casefold() for name in case.by}
    may = by | {name.casefold() for name in case.by_may}
    told = [quantity.text.casefold() for quantity in claim.quantities]
    if claim.negated != case.negated:
        yield f"negated {claim.negated}"
    if claim.status not in case.status:
        yield f"status {claim.status}"
    if not by <= said <= may:
        yield f"attributed_to {sorted(said)}"
    if set(claim.denied_by) != case.denied:
        yield f"denied_by {list(claim.denied_by)}"
    if case.when is not None and _moment(claim.when) != case.when:
        yield f"when {_moment(claim.when)}"
    if case.quantity is not None and case.quantity.casefold() not in told:
        yield f"quantity {told}"
    if case.trend is not None and claim.trend != case.trend:
        yield f"trend {claim.trend}"
    if claim.over != case.over:
        yield f"over {claim.over}"


def wrongs(case: Case, extractor: Extractor) -> tuple[str, ...]:
    """What is wrong with the claims that *extractor* gives for a sentence, if anything."""
    document = Document(article="pair", text=case.text, language="en", published=case.published)
    claims = extractor.extract(document)
    found = list(_strays(case, claims))
    for number, key in enumerate(case.keys):
        same = [c for c in claims if (c.source, c.target, str(c.kind)) == key]
        if not same:
            found.append(f"missed {key}")
        elif not number:
            found += min((list(_fields(case, claim)) for claim in same), key=len)
    return tuple(found)


def share_by_form(
    cases: Iterable[Case], extractor: Extractor
) -> dict[tuple[str, str], tuple[int, int]]:
    """Count for each half and form the right sentences, and all."""
    right: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    for case in cases:
        total[case.half, case.form] += 1
        right[case.half, case.form] += not wrongs(case, extractor)
    return {key: (right[key], count) for key, count in total.items()}


def main() -> int:
    """Print the share of right sentences by form."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--show", help="print what is wrong with the sentences of this form")
    parser.add_argument("--list", action="store_true", help="print the sentences")
    parser.add_argument("--extractor", default="rules")
    parser.add_argument("--model", help="of the extractor, if it uses one")
    options = parser.parse_args()
    extractor = load_extractor(options.extractor, model=options.model)
    cases = [case for case in make_cases() if options.half in {None, case.half}]
    if options.list or options.show:
        for case in cases:
            found = () if options.list else wrongs(case, extractor)
            if options.list or (found and options.show in {case.form, "all"}):
                print(f"{case.form}: {case.text}", *found, sep=" | ")
        return 0
    shares = share_by_form(cases, extractor)
    for form, _ in itertools.groupby(sorted(shares, key=lambda key: key[1]), lambda key: key[1]):
        counts = [shares.get((half, form), (0, 0)) for half in HALVES]
        print(f"{form:20}", *(f"{right:4} of {total:<4}" for right, total in counts))
    for half in HALVES:
        rows = [count for (name, _), count in shares.items() if name == half]
        right, total = (sum(column) for column in zip(*rows, strict=True)) if rows else (0, 0)
        print(f"{half}: {right} of {total} right, {right / max(1, total):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
