"""Article -> Document: every rule in turn, until none finds anything more."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from alignwatch.errors import ModelError
from alignwatch.model import Article, Document, Edit
from alignwatch.text._draft import key_of
from alignwatch.text._engine import apply_rules
from alignwatch.text._flags import find_flags
from alignwatch.text._language import detect_language
from alignwatch.text._page import MAX_TEXT_CHARS, check_size, parse_html
from alignwatch.text._registry import RULES, STAGES
from alignwatch.text._rule import Rule, Stage, TextRule
from alignwatch.text._tables import read_tables
from alignwatch.text._user_rules import UserRules, read_rule, read_rules

__all__ = ["CLEANER_VERSION", "clean_article", "clean_text", "known_rules", "read_html"]

OwnRules = Path | TextRule | Iterable[Path | TextRule] | None
"""TOML files and objects of classes (`TextRule`) with rules of a user's own."""
CLEANER_VERSION = "clean/2"
"""Name of the rules in force; it changes whenever the same text may be cleaned otherwise."""


def clean_text(
    text: str,
    *,
    article_id: str = "text",
    keep: Iterable[str] = (),
    only: Iterable[str] | None = None,
    rules: OwnRules = (),
) -> Document:
    """Clean a plain text; see `clean_article`."""
    return clean_article(Article(id=article_id, text=text), keep=keep, only=only, rules=rules)


def clean_article(
    article: Article,
    *,
    keep: Iterable[str] = (),
    only: Iterable[str] | None = None,
    rules: OwnRules = (),
) -> Document:
    """Give the clean text of *article*, with a receipt for every character that changed.

    Cleaning the result again changes nothing, and `Document.restore` gives the raw text back. Of
    what stands twice the first copy stays.

    Args:
        article: What to clean; its metadata pass to the document.
        keep: Names of rules that are not applied.
        only: Names of the only rules to apply; None means all.
        rules: Rules of the user's own (`docs/rules.md`): TOML files, objects with a `find`, or
            both.

    Raises:
        DataFileError: A file of *rules* cannot be read.
        ModelError: There is no rule of a given name, or a rule of the user's own is none, or does
            not come to rest.
        TooLargeError: The text has more than `MAX_TEXT_CHARS`.
    """
    own = _read_own(rules) if rules else []
    known, stages = _join(own) if own else (RULES, STAGES)
    chosen = _choose(known, keep, only)
    check_size(article.text, limit=MAX_TEXT_CHARS, what="the text", url=article.url)
    cleaned = apply_rules(article, stages, chosen)
    draft, edits = cleaned.draft, cleaned.edits
    _check_rest(cleaned.restless, {name for rules in own for name in rules.rules})
    flags = {chosen[name].flag for name in cleaned.used} | set(find_flags(article, draft))
    if cleaned.restless:
        flags.add("unsettled")
    return Document(
        article=article.id,
        text=draft.text,
        url=article.url,
        title=article.title,
        authors=_real_authors(article, edits),
        published=article.published,
        language=article.language or detect_language(draft.text),
        speaker=article.speaker,
        tables=read_tables(draft),
        flags=tuple(sorted(flag for flag in flags if flag)),
        removed=edits,
        published_from=article.published_from,
        canonical=article.canonical,
    )


def _check_rest(restless: frozenset[str], own: set[str]) -> None:
    """Name the user's own rule that asks for changes without end."""
    names = ", ".join(sorted(restless & own))
    if names:
        msg = (
            f"the rule {names} asks for changes again and again; where its changes were made, its "
            "find must give none"
        )
        raise ModelError(msg)


def _real_authors(article: Article, edits: Iterable[Edit]) -> tuple[str, ...]:
    """Leave out whom a generated profile names: sites put the invented name into their metadata."""
    profiles = [key_of(edit.original) for edit in edits if edit.rule == "fake-author"]
    return tuple(
        name for name in article.authors if not any(key_of(name) in told for told in profiles)
    )


def read_html(
    html: bytes | str,
    *,
    url: str | None = None,
    keep: Iterable[str] = (),
    only: Iterable[str] | None = None,
    rules: OwnRules = (),
) -> Document:
    """Read a page: its article's clean text, metadata, tables, flags, and the edits.

    Raises:
        ParseError: As `parse_html`.
        ModelError: There is no rule of a given name.
    """
    return clean_article(
        parse_html(html, url=url, article_id=url or "page"), keep=keep, only=only, rules=rules
    )


def known_rules(rules: OwnRules = ()) -> Mapping[str, Rule]:
    """Give all rules by name: ours in alphabetical order, then the user's own under *rules*.

    Raises:
        DataFileError: A file of *rules* cannot be read.
        ModelError: A rule of the user's own is none.
    """
    return _join(_read_own(rules))[0]


def _read_own(rules: OwnRules) -> list[UserRules]:
    if rules is None:
        return []
    each = rules if isinstance(rules, Iterable) else (rules,)
    return [_read_file(rule) if isinstance(rule, Path) else read_rule(rule, RULES) for rule in each]


def _read_file(path: Path) -> UserRules:
    try:
        changed_at = path.stat().st_mtime_ns
    except OSError:
        changed_at = 0
    return _read_once(path, changed_at)


@functools.lru_cache(maxsize=8)
def _read_once(path: Path, _changed_at: int) -> UserRules:
    return read_rules(path, RULES)


def _join(own: Sequence[UserRules]) -> tuple[Mapping[str, Rule], Sequence[Stage]]:
    """Ask a user's own rules after characters are set right, before all others."""
    first, second, *rest = STAGES
    finders = (*(rules.find for rules in own), *second.finders)
    known = {name: rule for rules in own for name, rule in rules.rules.items()}
    return {**RULES, **known}, (first, Stage(finders, sees_blanks=True), *rest)


def _choose(
    rules: Mapping[str, Rule], keep: Iterable[str], only: Iterable[str] | None
) -> Mapping[str, Rule]:
    kept, chosen = frozenset(keep), frozenset(rules if only is None else only)
    unknown = sorted((kept | chosen) - rules.keys())
    if unknown:
        known = ", ".join(rules)
        msg = f"there is no cleaning rule named {', '.join(unknown)} (known: {known})"
        raise ModelError(msg)
    if not kept and only is None:
        return rules
    return {name: rule for name, rule in rules.items() if name in chosen - kept}
