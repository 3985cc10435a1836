"""Drills: plain sentences made from the lexicon, for the ranker to learn what is clear.

Every third strong entry stands in one or two constructions (active, passive, perfect, nominal,
"between", compound), with a third state beside it that has no part in the tie.
"""

from collections.abc import Iterator, Sequence

import attrs

from alignwatch.extract._inflect import verb_forms
from alignwatch.extract._lexicon import Entry, load_lexicon

__all__ = ["Drill", "make_drills"]

_STATES = (
    ("Kenya", "Kenyan", "KEN"),
    ("Peru", "Peruvian", "PER"),
    ("Norway", "Norwegian", "NOR"),
    ("Ghana", "Ghanaian", "GHA"),
    ("Vietnam", "Vietnamese", "VNM"),
    ("Japan", "Japanese", "JPN"),
    ("Poland", "Polish", "POL"),
    ("Egypt", "Egyptian", "EGY"),
    ("Canada", "Canadian", "CAN"),
    ("Turkey", "Turkish", "TUR"),
    ("India", "Indian", "IND"),
    ("Brazil", "Brazilian", "BRA"),
    ("Russia", "Russian", "RUS"),
    ("China", "Chinese", "CHN"),
    ("Iran", "Iranian", "IRN"),
    ("Israel", "Israeli", "ISR"),
    ("Serbia", "Serbian", "SRB"),
    ("Morocco", "Moroccan", "MAR"),
)
_ENDS = (
    " on Tuesday.",
    ", a newspaper in {c} reported.",
    " in recent months.",
    ".",
    ", which surprised observers in {c}.",
    " last year, as {c} looked on.",
)
_OBJECTS = {
    "weapons": ("drones", "arms_transfer"),
    "equipment": ("microchips", "technology"),
    "troops": ("300 soldiers", "troops"),
    "energy": ("oil", "energy"),
    "aid": ("humanitarian aid", "aid"),
}
# one noun of each class that a deed may govern
_THINGS = {
    "base": "a naval base",
    "blows": "military action",
    "border": "the border",
    "captives": "three prisoners",
    "commerce": "imports",
    "cooperation": "military cooperation",
    "debt": "a debt",
    "envoys": "the ambassador",
    "fire": "warning shots",
    "forces": "the coast guard",
    "friendship": "an alliance",
    "grievances": "a formal complaint",
    "land": "two villages",
    "membership": "membership",
    "ministers": "the foreign minister",
    "mission": "an embassy",
    "offers": "a proposal",
    "pacts": "a fisheries protocol",
    "penalties": "new tariffs",
    "property": "two tankers",
    "refugees": "3,000 refugees",
    "relations": "relations",
    "remarks": "the allegations",
    "requests": "an apology",
    "stands": "the independence",
    "talks": "talks",
    "trainees": "pilots",
    "troops": "300 soldiers",
    "truce": "a ceasefire",
    "weapons": "drones",
    "works": "a power plant",
}
_PREPS = frozenset({"with", "to", "on", "at", "against", "of", "from", "by", "for", "in", "near"})
_RECIPROCAL = frozenset(
    {
        *("meet", "cooperate", "collaborate", "reconcile", "compete", "unite", "trade"),
        *("negotiate", "align", "partner", "talk"),
    }
)
_STEP, _TOLD = 4, 5


@attrs.frozen
class Drill:
    """A sentence and its one claim."""

    text: str
    source: str
    target: str
    kind: str


def _forms(entry: Entry) -> tuple[str, str]:
    """Past and participle of a verb."""
    forms = {form: text for text, form in verb_forms(entry.lemma).items()}
    past = forms.get("pret") or forms.get("past") or entry.lemma
    return past, forms.get("part") or forms.get("past") or entry.lemma


def _with_object(entry: Entry, number: int) -> Iterator[tuple[str, str]]:
    classes = sorted(entry.objects & _OBJECTS.keys())
    if not classes:
        return
    thing, kind = _OBJECTS[classes[number % len(classes)]]
    if entry.part == "v":
        past, part = _forms(entry)
        if entry.frame == "give":
            yield f"{{A}} {past} {thing} to {{B}}", kind
            yield f"{thing[0].upper()}{thing[1:]} were {part} to {{B}} by {{A}}", kind
            yield f"{{A}} has {part} {thing} to {{B}}", kind
        else:
            yield f"{{B}} {past} {thing} from {{A}}", kind
            yield f"{{B}} has {part} {{a}} {thing}", kind
    elif entry.frame == "give" and len(entry.words) == 1:
        yield f"{{A}}'s {entry.lemma} of {thing} to {{B}} went on", kind


def _deed(entry: Entry, number: int) -> Iterator[str]:
    """A deed with one of its objects: "Kenya lifted new tariffs on Peru"."""
    classes = sorted(entry.objects & _THINGS.keys())
    if not classes or (entry.part == "v" and len(entry.words) > 2):
        return
    thing = _THINGS[classes[number % len(classes)]]
    prep = _first_prep(sorted(entry.preps), ("on", "at", "from", "with", "to", "in", "against"))
    if entry.part == "v":
        past, part = _forms(entry)
        yield f"{{A}} {past} {thing} {prep} {{B}}"
        yield f"{thing[0].upper()}{thing[1:]} will be {part} {prep} {{B}} by {{A}}"
        yield f"{{A}} has {part} {thing} {prep} {{B}}"
    elif len(entry.words) == 1:
        yield f"{{A}}'s {entry.lemma} of {thing} {prep} {{B}} went on"


def _verb(entry: Entry) -> Iterator[str]:
    past, part = _forms(entry)
    last = entry.words[-1]
    if entry.lemma in _RECIPROCAL:
        yield f"{{A}} and {{B}} {past}"
        yield f"{{A}} and {{B}} have {part} in {{c}}"
        return
    if len(entry.words) > 1 and last not in _PREPS:
        return
    yield f"{{A}} {past} {{B}}"
    yield f"{{A}}'s government has {part} {{B}}"
    if len(entry.words) == 1 and entry.frame == "act":
        yield f"{{B}} was {part} by {{A}}"
        yield f"{{A}} is said to have {part} {{B}}"


def _noun(entry: Entry) -> Iterator[str]:
    lemma, preps = entry.lemma, sorted(entry.preps & _PREPS)
    if entry.frame in {"sym", "meet", "talk"}:
        yield f"The {lemma} between {{A}} and {{B}} went on"
        yield f"{{A}} and {{B}} went ahead with their {lemma}"
        yield f"The {{A}}-{{B}} {lemma} made news"
        yield f"{{A}}'s {lemma} with {{B}} made news"
        return
    if entry.frame in {"role", "client"}:
        bare = lemma.removesuffix(" of").removesuffix(" to").removesuffix(" for")
        one, other = ("{A}", "{B}") if entry.frame == "role" else ("{B}", "{A}")
        prep = lemma[len(bare) + 1 :] or _first_prep(preps, ("of", "to", "for"))
        yield f"{one} is {other}'s main {bare}"
        yield f"{one} remains a {bare} {prep} {other}"
        yield f"{one}, {other}'s biggest {bare}, kept quiet"
        yield f"{other}'s main {bare}, {one}, kept quiet"
        return
    if entry.frame == "give":
        yield f"{lemma[0].upper()}{lemma[1:]} from {{A}} to {{B}} went on"
    behind = "" if entry.words[-1] in _PREPS else f" {_first_prep(preps)}"
    yield f"{{A}}'s {lemma}{behind} {{B}} went on"
    yield f"The {{a}} {lemma}{behind} {{B}} went on"
    yield f"The {lemma}{behind} {{B}} by {{A}} went on"


def _first_prep(
    preps: Sequence[str], order: Sequence[str] = ("on", "against", "to", "with", "of")
) -> str:
    return next((prep for prep in order if prep in preps), "of")


def _texts(entry: Entry, number: int) -> list[tuple[str, str]]:
    if entry.kind is None:
        return list(_with_object(entry, number))
    kind = str(entry.kind)
    if entry.objects:
        return [(text, kind) for text in _deed(entry, number)]
    if entry.part == "v":
        return [(text, kind) for text in _verb(entry)]
    if entry.part == "n":
        turned = entry.frame == "get"
        texts = [(text, kind) for text in _noun(entry)]
        return [] if turned else texts
    if entry.part == "a" and entry.words[-1] in _PREPS - {"by"}:
        return [(f"{{A}} is {entry.lemma} {{B}}", kind)]
    return []


def make_drills() -> list[Drill]:
    """Give the drills, in the order of the lexicon; the same lexicon, the same drills."""
    lexicon = load_lexicon()
    strong = [
        entry
        for first in sorted(lexicon.entries)
        for entry in lexicon.entries[first]
        if not entry.weak
        and entry.form in {"base", "singular", "fixed"}
        and entry.frame != "prefer"
    ]
    drills = []
    for number, entry in enumerate(strong):
        if number % _STEP and entry.lemma not in _RECIPROCAL:
            continue
        told = _texts(entry, number)
        for plain, kind in (told[number % len(told) :] + told)[: 1 + number % 2] if told else ():
            a, b, c = (
                _STATES[(number * 7 + len(drills) * 5 + k * 5) % len(_STATES)] for k in range(3)
            )
            end = _ENDS[(number + len(drills)) % len(_ENDS)]
            text = plain
            if number % _TOLD == 0:
                text = "{c} says that " + (f"t{plain[1:]}" if plain[0] == "T" else plain)
            full = (text + end).format(A=a[0], a=a[1], B=b[0], b=b[1], c=c[0])
            drills.append(Drill(full, a[2], b[2], kind))
    return drills


if __name__ == "__main__":
    for drill in make_drills():
        print(drill.text, "=>", drill.source, drill.target, drill.kind)
