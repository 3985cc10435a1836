"""The lexicon: which words tell of which tie, read from the data files beside this module."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from alignwatch.errors import DataFileError
from alignwatch.extract._inflect import noun_forms, spellings, verb_forms
from alignwatch.extract._own_words import read_own_words
from alignwatch.model import Kind

__all__ = ["Entry", "Example", "Lexicon", "WordClasses", "load_lexicon"]

_FILES = (
    *("adverse.toml", "agency.toml", "deeds.toml", "diplomatic.toml", "material.toml"),
    "prose.toml",
)
FRAMES = frozenset(
    {
        *("act", "client", "get", "give", "judge", "meet"),
        *("mutual", "prefer", "role", "stir", "sym", "talk"),
    }
)


@attrs.frozen(kw_only=True)
class Entry:
    """One sense of one trigger.

    `part` is ``v`` (verb), ``n`` (noun), ``a`` (adjective or fixed phrase) or ``w`` (a word of
    judgement). `objects` names the object classes of which it must govern a noun; `kind` is None
    where that noun decides it.
    `preps` are the prepositions that introduce the partner. A `weak` trigger ("call?" in the file)
    has many senses that tell of no tie; one that `needs_owner` tells of a tie only with whose it is
    ("Russia's war", not "the war in Ukraine"). Of one that `turns`, what it governs may be the
    subject ("talks resumed").
    """

    words: tuple[str, ...]
    part: str
    form: str
    lemma: str
    frame: str
    kind: Kind | None
    preps: frozenset[str]
    objects: frozenset[str] = frozenset()
    weak: bool = False
    needs_owner: bool = False
    turns: bool = False


@attrs.frozen(kw_only=True)
class Example:
    """A sentence that stands beside a group, and the claim that it must give.

    `told` is "NOR TCD criticism"; `speaker` whose document the sentence is; `file` where it stands.
    """

    text: str
    told: str
    file: str
    speaker: str | None = None


class WordClasses(dict[str, frozenset[str]]):
    """Closed classes of words and cues by name (see ``words.toml``); all in lower case."""

    def __init__(self, classes: Mapping[str, frozenset[str]]) -> None:
        super().__init__(classes)
        self._unions: dict[tuple[str, ...], frozenset[str]] = {}

    def union(self, *names: str) -> frozenset[str]:
        """Give the words of several classes as one set, which is made once."""
        known = self._unions.get(names)
        if known is None:
            known = self._unions[names] = frozenset().union(*(self[name] for name in names))
        return known


ObjectNoun = tuple[tuple[str, ...], str, Kind | None]
ObjectRows = tuple[tuple[ObjectNoun, ...], Mapping[str, tuple[ObjectNoun, ...]]]


@attrs.frozen(kw_only=True)
class Lexicon:
    """Every entry by its first word, longest first; object nouns likewise.

    `heads` holds the same entries by first word: those of one word, and the longer ones by their
    second word; `object_heads` does so for object nouns. An object noun is its words, its class,
    and the kind that the class makes, if it makes one.
    """

    entries: Mapping[str, tuple[Entry, ...]]
    heads: Mapping[str, tuple[tuple[Entry, ...], Mapping[str, tuple[Entry, ...]]]]
    objects: Mapping[str, tuple[ObjectNoun, ...]]
    object_heads: Mapping[str, ObjectRows]
    words: WordClasses
    examples: tuple[Example, ...]
    verbs: frozenset[str]
    context_openers: frozenset[str]


def split_words(cell: str) -> list[str]:
    """Split a comma-separated cell at what parts the tokens of a sentence: hyphens, possessives."""
    apart = cell.lower().replace("-", " ").replace("'s ", " 's ")
    parts = (" ".join(part.split()) for part in apart.split(","))
    return [part for part in parts if part]


def _forms(part: str, lemma: str) -> Iterator[tuple[str, str]]:
    """Give every form of a lemma, in American and in British spelling."""
    for spelled in spellings(lemma):
        if part == "v":
            yield from verb_forms(spelled).items()
        elif part == "n":
            for number, form in enumerate(noun_forms(spelled)):
                yield form, "plural" if number else "singular"
        else:
            yield spelled, "fixed"


def _group_entries(group: Mapping[str, str], file: str) -> Iterator[Entry]:
    frame = group.get("frame", "")
    if frame not in FRAMES:
        msg = f"{file}: no frame named {frame!r} (known: {', '.join(sorted(FRAMES))})"
        raise DataFileError(msg)
    kind = group.get("kind")
    if kind is not None and kind not in set(Kind):
        msg = f"{file}: no kind named {kind!r} (known: {', '.join(Kind)})"
        raise DataFileError(msg)
    preps = frozenset(split_words(group.get("preps", "")))
    objects = frozenset(split_words(group.get("objects", "")))
    for part, name in (("v", "verbs"), ("n", "nouns"), ("a", "adjectives"), ("w", "words")):
        for cell in split_words(group.get(name, "")):
            lemma, weak = cell.rstrip("?"), cell.endswith("?")
            for text, form in _forms(part, lemma):
                yield Entry(
                    words=tuple(text.split()),
                    part=part,
                    form=form,
                    lemma=lemma,
                    frame=frame,
                    kind=None if kind is None else Kind(kind),
                    preps=preps,
                    objects=objects,
                    weak=weak,
                    needs_owner=group.get("needs") == "owner",
                    turns=group.get("turns") == "yes",
                )
                owned = _OWNED.fullmatch(text) if part == "v" else None
                if owned is not None:
                    yield Entry(
                        words=tuple(owned[1].split()),
                        part=part,
                        form=form,
                        lemma=lemma,
                        frame=frame,
                        kind=None if kind is None else Kind(kind),
                        preps=preps,
                        objects=frozenset({f"{_OF}{owned[2]}"}),
                        weak=weak,
                    )


# "question the motives of", which "questioned Chad's motives" says as well
_OWNED = re.compile(r"(.+) the (\w+(?: \w+)?) of")
_OF = "of:"
"""What the class of a noun that is owned begins with."""


def _is_same(one: Entry, other: Entry) -> bool:
    """Whether two entries are one sense, perhaps with other prepositions."""
    return (one.words, one.part, one.kind, one.frame, one.objects) == (
        *(other.words, other.part, other.kind, other.frame),
        other.objects,
    )


def _read(name: str) -> dict[str, object]:
    text = (files("alignwatch.extract") / "data" / "lexicon" / name).read_text("utf-8")
    return tomllib.loads(text)


def _read_classes() -> Mapping[str, Mapping[str, str]]:
    classes = _read("objects.toml")["objects"]
    assert isinstance(classes, dict)
    return classes


def _read_objects(own: Iterable[tuple[str, str]]) -> Mapping[str, tuple[ObjectNoun, ...]]:
    found: dict[str, list[ObjectNoun]] = {}
    classes = _read_classes()
    for name, nouns in (*((name, row["nouns"]) for name, row in classes.items()), *own):
        for noun in split_words(nouns):
            for form in (form for spelled in spellings(noun) for form in noun_forms(spelled)):
                words = tuple(form.split())
                kind = classes.get(name, {}).get("kind")
                made = None if kind is None else Kind(kind)
                found.setdefault(words[0], []).append((words, name, made))
    return MappingProxyType(
        {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}
    )


def _read_words() -> WordClasses:
    """Read the classes of words; verbs of ``voice.toml`` in all their forms."""
    flat: dict[str, frozenset[str]] = {}
    for section, rows in (*_read("words.toml").items(), *_read("voice.toml").items()):
        assert isinstance(rows, dict)
        for name, cell in rows.items():
            words = [spelled for word in split_words(cell) for spelled in spellings(word)]
            if section == "verbs":
                words = [form for lemma in words for form in verb_forms(lemma)]
            flat[f"{section}.{name}"] = frozenset(words)
    return WordClasses(flat)


def _by_second(
    known: Iterable[Entry],
) -> tuple[tuple[Entry, ...], Mapping[str, tuple[Entry, ...]]]:
    single: list[Entry] = []
    longer: dict[str, list[Entry]] = {}
    for entry in sorted(known, key=lambda entry: -len(entry.words)):
        if len(entry.words) == 1:
            single.append(entry)
        else:
            longer.setdefault(entry.words[1], []).append(entry)
    return tuple(single), {second: tuple(rows) for second, rows in longer.items()}


def _nouns_by_second(rows: Iterable[ObjectNoun]) -> ObjectRows:
    single: list[ObjectNoun] = []
    longer: dict[str, list[ObjectNoun]] = {}
    for row in rows:
        if len(row[0]) == 1:
            single.append(row)
        else:
            longer.setdefault(row[0][1], []).append(row)
    return tuple(single), {second: tuple(found) for second, found in longer.items()}


class _Builder:
    """All entries, as far as they have been read."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = {}
        self.examples: list[Example] = []

    def add_group(self, group: Mapping[str, Any], file: str) -> None:
        for example in group.get("examples", ()):
            text, _, told = example.rpartition(" -> ")
            speaker = None
            if text.startswith("("):
                speaker, _, text = text[1:].partition(") ")
            self.examples.append(Example(text=text, told=told, file=file, speaker=speaker))
        for entry in _group_entries(group, file):
            known = self.entries.setdefault(entry.words[0], [])
            if not any(_is_same(entry, other) for other in known):
                known.append(entry)

    def leave_out(self, words: str, kind: str | None, file: str) -> None:
        gone = set(split_words(words))
        lost = gone - {
            entry.lemma
            for rows in self.entries.values()
            for entry in rows
            if kind is None or entry.kind == kind
        }
        if lost:
            of = "" if kind is None else f" of kind {kind}"
            msg = f"{file}: the lexicon has no {min(lost)!r}{of} to leave out"
            raise DataFileError(msg)
        for first, rows in self.entries.items():
            self.entries[first] = [
                entry
                for entry in rows
                if entry.lemma not in gone or (kind is not None and entry.kind != kind)
            ]

    def build(self, objects: Iterable[tuple[str, str]]) -> Lexicon:
        rows = [entry for known in self.entries.values() for entry in known]
        nouns = {entry.words[0] for entry in rows if entry.part == "n"}
        verbs = {
            entry.words[0]
            for entry in rows
            if entry.part == "v"
            and entry.form in {"s", "past", "pret"}
            and not (entry.kind and entry.objects)
        }
        owned = {name for entry in rows for name in entry.objects if name.startswith(_OF)}
        of = [(name, name.removeprefix(_OF)) for name in sorted(owned)]
        words, things = _read_words(), _read_objects([*objects, *of])
        finite = (
            (verbs - nouns - things.keys()) | words["verbs.telling"] | words["grammar.auxiliaries"]
        )
        openers = {
            phrase.split()[0]
            for name in ("pair_nominals", "triple_nominals", "author_titles")
            for phrase in words[f"context.{name}"]
        }
        return Lexicon(
            entries=MappingProxyType(
                {
                    first: tuple(sorted(known, key=lambda entry: -len(entry.words)))
                    for first, known in self.entries.items()
                    if known
                }
            ),
            heads=MappingProxyType(
                {first: _by_second(known) for first, known in self.entries.items() if known}
            ),
            objects=things,
            object_heads=MappingProxyType(
                {first: _nouns_by_second(rows) for first, rows in things.items()}
            ),
            words=words,
            examples=tuple(self.examples),
            verbs=frozenset(finite),
            context_openers=frozenset(openers)
            | words["grammar.first_person"]
            | {"their", "this", "the", "these", "such", "they"},
        )


@cache
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Give the built-in lexicon, or one with the user's own words on top; each is read once.

    Args:
        extra: A TOML file of further words, and of built-in ones to leave out::

            [[group]]
            kind = "arms_transfer"    # one of the kinds; or objects = "weapons, aid": then what
                                      # is given decides the kind
            frame = "give"            # who is who, see the README of the lexicon
            preps = "to, for"         # what introduces the partner
            verbs = "airlift, ferry?" # lemmas; ? marks a word of many senses
            nouns = "airlift"
            examples = ["Norway airlifted guns to Chad. -> NOR TCD arms_transfer"]

            [[object]]
            class = "weapons"         # further things of a class of objects
            nouns = "quadcopter"

            [[without]]
            words = "slam, blast"
            kind = "criticism"        # only there; left out: everywhere

    Raises:
        DataFileError: The file cannot be read or breaks a rule; it names file, group and remedy.
    """
    builder = _Builder()
    for file in _FILES:
        groups = _read(file)["group"]
        assert isinstance(groups, list)
        for group in groups:
            builder.add_group(group, file)
    if extra is None:
        return builder.build(())
    own = read_own_words(extra, kinds=list(Kind), classes=_read_classes().keys())
    for words, kind in own.without:
        builder.leave_out(words, kind, str(extra))
    for group in own.groups:
        builder.add_group(group, str(extra))
    return builder.build(own.objects)
