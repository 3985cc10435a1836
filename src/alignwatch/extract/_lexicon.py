"""The lexicon: which words tell of which tie, read from the data files beside this module."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import attrs

from alignwatch.errors import DataFileError
from alignwatch.extract._inflect import noun_forms, verb_forms
from alignwatch.model import Kind

__all__ = ["Entry", "Lexicon", "WordClasses", "load_lexicon"]

_FILES = ("adverse.toml", "diplomatic.toml", "material.toml")
FRAMES = frozenset(
    {"act", "get", "give", "judge", "meet", "mutual", "prefer", "stir", "sym", "talk"}
)


@attrs.frozen(kw_only=True)
class Entry:
    """One sense of one trigger.

    `part` is ``v`` (verb), ``n`` (noun), ``a`` (adjective or fixed phrase) or ``w`` (a word of
    judgement). `kind` is None where the object decides it (`objects` names the object classes).
    `preps` are the prepositions that introduce the partner. A `weak` trigger ("call?" in the file)
    has many senses that tell of no tie; one that `needs_owner` tells of a tie only with whose it is
    ("Russia's war", not "the war in Ukraine").
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


@attrs.frozen(kw_only=True)
class WordClasses:
    """Closed classes of words and cues (see ``words.toml``); every member is lower case."""

    single: Mapping[str, frozenset[str]]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.single[name]


@attrs.frozen(kw_only=True)
class Lexicon:
    """Every entry by its first word, longest first; object nouns likewise, with their kind."""

    entries: Mapping[str, tuple[Entry, ...]]
    objects: Mapping[str, tuple[tuple[tuple[str, ...], str, Kind], ...]]
    words: WordClasses
    examples: tuple[tuple[str, str], ...]
    verbs: frozenset[str]
    context_openers: frozenset[str]


def split_words(cell: str) -> list[str]:
    """Split a comma-separated cell; hyphens count as spaces, as in the tokens of a sentence."""
    parts = (" ".join(part.replace("-", " ").split()) for part in cell.lower().split(","))
    return [part for part in parts if part]


def _forms(part: str, lemma: str) -> Iterator[tuple[str, str]]:
    if part == "v":
        yield from verb_forms(lemma).items()
    elif part == "n":
        for number, form in enumerate(noun_forms(lemma)):
            yield form, "plural" if number else "singular"
    else:
        yield lemma, "fixed"


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
                )


def _read(name: str) -> dict[str, object]:
    text = (files("alignwatch.extract") / "data" / "lexicon" / name).read_text("utf-8")
    return tomllib.loads(text)


def _read_objects() -> Mapping[str, tuple[tuple[tuple[str, ...], str, Kind], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, Kind]]] = {}
    classes = _read("objects.toml")["objects"]
    assert isinstance(classes, dict)
    for name, row in classes.items():
        for noun in split_words(row["nouns"]):
            for form in noun_forms(noun):
                words = tuple(form.split())
                found.setdefault(words[0], []).append((words, name, Kind(row["kind"])))
    return MappingProxyType(
        {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}
    )


def _read_words() -> WordClasses:
    flat: dict[str, frozenset[str]] = {}
    for section, rows in _read("words.toml").items():
        assert isinstance(rows, dict)
        for name, cell in rows.items():
            flat[f"{section}.{name}"] = frozenset(split_words(cell))
    return WordClasses(single=MappingProxyType(flat))


@cache
def load_lexicon() -> Lexicon:
    """Give the built-in lexicon; it is read once.

    Raises:
        DataFileError: A data file names an unknown frame or kind.
    """
    entries: dict[str, list[Entry]] = {}
    examples: list[tuple[str, str]] = []
    verbs: set[str] = set()
    nouns: set[str] = set()
    for file in _FILES:
        groups = _read(file)["group"]
        assert isinstance(groups, list)
        for group in groups:
            for example in group.get("examples", ()):
                text, _, told = example.rpartition(" -> ")
                examples.append((text, told))
            for entry in _group_entries(group, file):
                known = entries.setdefault(entry.words[0], [])
                if any(
                    (e.words, e.part, e.kind, e.frame)
                    == (entry.words, entry.part, entry.kind, entry.frame)
                    for e in known
                ):
                    continue
                known.append(entry)
                if entry.part == "n":
                    nouns.add(entry.words[0])
                if entry.part == "v" and entry.form in {"s", "past", "pret"}:
                    verbs.add(entry.words[0])
    words, objects = _read_words(), _read_objects()
    finite = (
        (verbs - nouns - objects.keys())
        | words["status.reporting_verbs"]
        | words["grammar.auxiliaries"]
    )
    return Lexicon(
        entries=MappingProxyType(
            {
                first: tuple(sorted(row, key=lambda e: -len(e.words)))
                for first, row in entries.items()
            }
        ),
        objects=objects,
        words=words,
        examples=tuple(examples),
        verbs=frozenset(finite),
        context_openers=frozenset(
            phrase.split()[0]
            for name in ("pair_nominals", "triple_nominals", "author_titles")
            for phrase in words[f"context.{name}"]
        )
        | words["grammar.first_person"]
        | {"their", "this", "the", "these", "such", "they"},
    )
