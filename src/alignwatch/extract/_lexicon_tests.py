"""Run the examples that stand beside the groups of the lexicon, and try every word."""

from collections.abc import Iterator
from pathlib import Path

import attrs

from alignwatch.extract._actors import load_gazetteer
from alignwatch.extract._extractor import RulesExtractor
from alignwatch.extract._inflect import verb_forms
from alignwatch.extract._lexicon import Entry, Example, Lexicon, load_lexicon
from alignwatch.extract._rules import Reader
from alignwatch.model import Document

__all__ = ["ExampleResult", "find_idle_words", "run_examples"]

_THRESHOLD = 0.2


@attrs.frozen(kw_only=True)
class ExampleResult:
    """What came of one example: `given` are the claims, written as in `Example.told`."""

    example: Example
    given: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the claim that the example tells of is among those given."""
        return self.example.told in self.given


def run_examples(lexicon: Path | None = None) -> tuple[ExampleResult, ...]:
    """Extract from every example of the lexicon, with those of the file *lexicon* last.

    An example may be less clear than what an article says: claims count from a chance of 0.2 on.

    Raises:
        DataFileError: The file cannot be read or breaks a rule.
    """
    extractor = RulesExtractor(lexicon=lexicon, threshold=_THRESHOLD)
    return tuple(_run(example, extractor) for example in load_lexicon(lexicon).examples)


def _run(example: Example, extractor: RulesExtractor) -> ExampleResult:
    document = Document(
        article="example", text=example.text, speaker=example.speaker, language="en"
    )
    claims = extractor.extract(document)
    given = dict.fromkeys(f"{c.source} {c.target} {c.kind}" for c in claims)
    return ExampleResult(example=example, given=tuple(given))


def find_idle_words(lexicon: Path | None = None) -> tuple[Entry, ...]:
    """Give the words that tell of no tie in any plain sentence made for them.

    Such a word is shadowed by another one, or no text can ever hold it as it is written.

    Raises:
        DataFileError: The file cannot be read or breaks a rule.
    """
    known = load_lexicon(lexicon)
    reader = Reader(load_gazetteer(), known)
    things = _things(known)
    entries = [
        entry
        for first in sorted(known.entries)
        for entry in known.entries[first]
        if entry.form in {"base", "singular", "fixed"}
    ]
    return tuple(entry for entry in entries if not _is_found(entry, reader, things))


def _things(lexicon: Lexicon) -> dict[str, str]:
    """One thing of each class of objects."""
    rows = [row for known in lexicon.objects.values() for row in known]
    return {name: " ".join(words) for words, name, _ in sorted(rows, reverse=True)}


def _is_found(entry: Entry, reader: Reader, things: dict[str, str]) -> bool:
    speaker = "KEN" if entry.frame == "judge" else None
    for text in _sentences(entry, things):
        document = Document(article="word", text=text, speaker=speaker, language="en")
        for draft in reader.read(document):
            right = entry.kind is None or draft.kind is entry.kind
            if right and draft.trigger == entry.lemma:
                return True
    return False


def _sentences(entry: Entry, things: dict[str, str]) -> Iterator[str]:
    """Plain sentences in which the word tells of a tie between Kenya and Peru."""
    preps = ("", *(f" {prep}" for prep in sorted(entry.preps)))
    objects = [f" {things[name]}" for name in sorted(entry.objects) if name in things] or [""]
    if entry.part == "v":
        forms = {form: text for text, form in verb_forms(entry.lemma).items()}
        words = [forms.get("pret") or forms.get("past") or entry.lemma]
        shapes = ["Kenya {w}{o}{p} Peru.", "Kenya and Peru {w}{o} in May."]
        shapes += ["Kenya {w}{o}{p} Peru, which is more than Chad.", "Kenya {w} Peru over Chad."]
    elif entry.part == "n":
        words = [entry.lemma]
        shapes = ["Kenya's {w}{o}{p} Peru went on.", "The {w}{o} between Kenya and Peru went on."]
        shapes += ["Kenya's {w} of{o}{p} Peru went on."]
    else:
        words = [entry.lemma]
        shapes = ["Kenya is {w}{p} Peru.", "Peru is {w}.", "The {w} Kenyan government, Peru said."]
        shapes += [
            "Kenya and Peru are {w}.",
            "Kenya's ties with Peru are {w}.",
            "Kenya {w}{p} Peru.",
        ]
        shapes += ["Kenya is {w} Peru than Chad.", "Kenya is {w} Peru over Chad."]
    for shape in shapes:
        for word in words:
            for thing in objects:
                for prep in preps:
                    yield shape.format(w=word, o=thing, p=prep)
