"""``lexicon``: which words tell of which tie, and whether they still do."""

import sys
from pathlib import Path

from cyclopts import App, Parameter

from alignwatch.cli._screen import talk
from alignwatch.errors import DataFileError
from alignwatch.extract import find_idle_words, load_lexicon, run_examples

__all__ = ["make_lexicon_app"]

_FAILED = 3
_PARTS = {"v": "verb", "n": "noun", "a": "phrase", "w": "judgement"}


def run_tests(lexicon: Path | None = None, *, words: bool = False, verbose: bool = False) -> int:
    """Run the examples that stand beside the words of the lexicon.

    Exits with 3 if one does not hold; with a file of your own, only if one of that file does not.

    Args:
        lexicon: TOML file with further words; none: the built-in lexicon alone.
        words: Try every single word, too, in plain sentences made for it.
        verbose: Print the examples that hold, too.
    """
    results = run_examples(lexicon)
    own = None if lexicon is None else str(lexicon)
    bad = 0
    for result in results:
        example = result.example
        if result.holds and not verbose:
            continue
        bad += not result.holds and own in {None, example.file}
        mark = "holds" if result.holds else "FAILS"
        given = "" if result.holds else f"; gives {', '.join(result.given) or 'nothing'}"
        sys.stdout.write(f"{mark}  {example.file}: {example.text} -> {example.told}{given}\n")
    held = sum(result.holds for result in results)
    talk(f"{held} of {len(results)} examples hold")
    if own is not None and not any(result.example.file == own for result in results):
        talk(f"{lexicon} has no examples: write one beside each group")
    if words:
        idle = find_idle_words(lexicon)
        for entry in idle:
            kind = entry.kind or "by its object"
            sys.stdout.write(f"IDLE   {_PARTS[entry.part]} {entry.lemma!r}, {kind}\n")
        talk(f"{len(idle)} words are never found")
        bad += len(idle)
    return _FAILED if bad else 0


def show(word: str, *, lexicon: Path | None = None) -> None:
    """Show the senses of a word: part of speech, frame, kind, and what introduces the partner.

    Args:
        word: A word or phrase in any form, such as slammed or "military drills".
        lexicon: TOML file with further words.
    """
    words = tuple(word.lower().replace("-", " ").split())
    known = load_lexicon(lexicon)
    senses = [entry for entry in known.entries.get((*words, "")[0], ()) if entry.words == words]
    things = [
        (name, kind)
        for phrase, name, kind in known.objects.get((*words, "")[0], ())
        if phrase == words
    ]
    if not senses and not things:
        msg = f"the lexicon has no {word!r}; write words of your own into a file for --lexicon"
        raise DataFileError(msg)
    for entry in senses:
        things_told = ", ".join(sorted(entry.objects))
        kind = str(entry.kind or f"by its object: {things_told}")
        if entry.kind and entry.objects:
            kind = f"{entry.kind} with one of: {things_told}"
        weak = " (weak)" if entry.weak else ""
        preps = f" {', '.join(sorted(entry.preps))} ..." if entry.preps else ""
        part = f"{_PARTS[entry.part]} {entry.lemma!r}"
        sys.stdout.write(f"{part:28} {entry.frame:7} {kind}{weak}{preps}\n")
    for name, made in things:
        sys.stdout.write(f"{'object of the class ' + name:28} {'':7} {made or ''}".rstrip() + "\n")


def make_lexicon_app() -> App:
    """Give the commands ``lexicon test`` and ``lexicon show``."""
    app = App(
        name="lexicon",
        help="Show and test the words that tell of ties.",
        default_parameter=Parameter(negative=""),
    )
    app.command(run_tests, name="test")
    app.command(show)
    return app
