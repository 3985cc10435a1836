"""``clean`` and ``extract``: texts in, text or JSON Lines out."""

import sys
from pathlib import Path
from typing import Literal

from alignwatch.cli._explain import print_explained
from alignwatch.cli._reasons import print_reasons
from alignwatch.cli._screen import print_failures, talk
from alignwatch.cli._words import count
from alignwatch.errors import PageError, SourceError
from alignwatch.extract import explain_claims, extract_claims, load_extractor
from alignwatch.model import Article, Document, Failure, to_json
from alignwatch.pipeline import read_inputs
from alignwatch.text import clean_article, known_rules

__all__ = ["clean", "extract"]


def _require(paths: tuple[str, ...]) -> None:
    if not paths:
        msg = "name a file, a folder, or - for standard input"
        raise SourceError(msg)


def _fail(name: str, error: PageError) -> Failure:
    return Failure(url=error.url or name, source="files", reason=error.reason, message=str(error))


def _document(
    value: Article | Document,
    keep: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    rules: Path | None = None,
) -> Document:
    if isinstance(value, Document):
        return value
    return clean_article(value, keep=keep, only=only or None, rules=rules)


def clean(  # noqa: PLR0913 - the options of the command
    *paths: str,
    format: Literal["text", "jsonl"] = "text",  # noqa: A002 - the option's name
    explain: bool = False,
    keep: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    rules: bool = False,
    rules_file: Path | None = None,
    strict: bool = False,
) -> int:
    """Clean texts: junk out, tables mended; every change can be looked up and undone.

    Args:
        paths: Files (text, HTML, JSON Lines), folders, or - for standard input.
        format: text prints the clean texts; jsonl one record each, with all that was removed.
        explain: Print the texts as they were, with what was removed marked, the rule and why.
        keep: Name of a rule not to apply; may be given several times.
        only: Name of a rule to apply alone; may be given several times.
        rules: List the rules (also yours), each with its reason and an example, and stop.
        rules_file: TOML file with rules of your own.
        strict: Exit with 3 if anything could not be read.
    """
    if rules:
        for rule in known_rules(rules_file).values():
            example = " / ".join(rule.example.splitlines())
            sys.stdout.write(f"{rule.name:22} {rule.reason}\n{'':22} for example: {example}\n")
        return 0
    if explain and format == "jsonl":
        msg = "--explain is for reading; with --format jsonl the changes stand under 'removed'"
        raise SourceError(msg)
    _require(paths)
    failures = []
    first = True
    for value in read_inputs(paths):
        if isinstance(value, Failure):
            failures.append(value)
            continue
        try:
            document = _document(value, keep, only, rules_file)
        except PageError as error:
            failures.append(_fail(value.id if isinstance(value, Article) else value.article, error))
            continue
        if explain:
            print_explained(document)
        elif format == "jsonl":
            sys.stdout.write(to_json(document) + "\n")
        else:
            sys.stdout.write(("" if first else "\n") + document.text.rstrip("\n") + "\n")
        first = False
    print_failures(failures)
    return 3 if strict and failures else 0


def extract(  # noqa: PLR0913 - the options of the command
    *paths: str,
    actors: Path | None = None,
    lexicon: Path | None = None,
    extractor: str = "rules",
    model: str | None = None,
    explain: bool = False,
    strict: bool = False,
) -> int:
    """Print the claims about ties between states as JSON Lines, each with its evidence.

    Texts are cleaned first; records that clean has printed are taken as they are.

    Args:
        paths: Files (text, HTML, JSON Lines), folders, or - for standard input.
        actors: TOML file with further actors.
        lexicon: TOML file with further words.
        extractor: Name of an installed extractor.
        model: Name of the model that the extractor is to use, if it uses one.
        explain: Print each sentence with actors instead, and why it gave what it gave.
        strict: Exit with 3 if anything could not be read.
    """
    _require(paths)
    loaded = load_extractor(extractor, actors=actors, lexicon=lexicon, model=model)
    failures: list[Failure] = []
    texts = claims = 0
    for value in read_inputs(paths):
        if isinstance(value, Failure):
            failures.append(value)
            continue
        try:
            document = _document(value)
            if explain:
                claims += print_reasons(document, explain_claims(document, extractor=loaded))
                texts += 1
                continue
            found = extract_claims(document, extractor=loaded)
        except PageError as error:
            failures.append(_fail(value.id if isinstance(value, Article) else value.article, error))
            continue
        texts += 1
        claims += len(found)
        for claim in found:
            sys.stdout.write(to_json(claim) + "\n")
    print_failures(failures)
    talk(f"{count(claims, 'claim')} in {count(texts, 'text')}")
    return 3 if strict and failures else 0
