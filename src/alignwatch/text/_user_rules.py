"""Rules of a user's own: phrases in a TOML file by name and position, and small classes."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from alignwatch.errors import DataFileError, ModelError
from alignwatch.text._boilerplate import judge_line
from alignwatch.text._draft import Change, Draft
from alignwatch.text._phrases import Phrases, read_tables_of
from alignwatch.text._rule import Finder, Rule, TextRule

__all__ = ["UserRules", "read_rule", "read_rules"]

_POSITIONS = ("line", "edge", "label", "edge-label", "start", "prose")
# matches "sponsor-line"
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*$")


@attrs.frozen(kw_only=True)
class UserRules:
    """Rules by name, and what finds where they apply."""

    rules: Mapping[str, Rule]
    find: Finder


def read_rules(path: Path, known: Mapping[str, Rule]) -> UserRules:
    """Read a file of rules; *known* rules may be given further phrases.

    Raises:
        DataFileError: The file cannot be read, or an entry is none; the message names the entry
            and what would work.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        msg = f"cannot read the rules of {path}: {error}"
        raise DataFileError(msg) from error
    rules, phrases = {}, {}
    for name, entry in tables.items():
        reason = _check(path, name, entry)
        example = str(entry.get("example", ""))
        rules[name] = known.get(name) or Rule(name=name, reason=reason, example=example)
        phrases[name] = {use: entry[use] for use in _POSITIONS if use in entry}
    found = read_tables_of(str(path), phrases)
    return UserRules(rules=rules, find=functools.partial(_find, found))


def _check(path: Path, name: str, entry: object) -> str:
    """Refuse an entry that is no rule; give its reason."""
    if _NAME.match(name) is None:
        msg = f"{path}: {name!r} is no name for a rule; write it like 'sponsor-line'"
        raise DataFileError(msg)
    if not isinstance(entry, dict):
        msg = (
            f'{path}: {name!r} must be a table, such as [{name}] with line = ["a phrase"] below it'
        )
        raise DataFileError(msg)
    for key, value in entry.items():
        if key in {"reason", "example"} and isinstance(value, str):
            continue
        if key not in _POSITIONS:
            known = ", ".join((*_POSITIONS, "reason", "example"))
            msg = f"{path}: [{name}] has the key {key!r}; a rule takes {known}"
            raise DataFileError(msg)
        if not isinstance(value, list) or not all(
            isinstance(phrase, str) and any(char.isalnum() for char in phrase) for phrase in value
        ):
            msg = f'{path}: {key} of [{name}] must be a list of phrases, such as ["a phrase"]'
            raise DataFileError(msg)
    if not entry.keys() & set(_POSITIONS):
        msg = f"{path}: [{name}] has no phrases; give it one of {', '.join(_POSITIONS)}"
        raise DataFileError(msg)
    return str(entry.get("reason", f"rule of {path.name}"))


def _find(phrases: Mapping[str, Phrases], draft: Draft) -> Iterator[Change]:
    for at, line in enumerate(draft.lines):
        if line.head and not line.text.startswith("|"):
            rule = judge_line(line, phrases, edge=draft.is_edge(at))
            if rule is not None:
                yield draft.remove(rule, at)


def read_rule(rule: TextRule, known: Mapping[str, Rule]) -> UserRules:
    """Take a user's class among the rules; one with the name of a *known* rule adds to it.

    Raises:
        ModelError: It has no name or reason as a rule has.
    """
    name, reason = getattr(rule, "name", None), getattr(rule, "reason", None)
    if not isinstance(name, str) or _NAME.match(name) is None:
        msg = f"{rule!r} needs a name like 'sponsor-line', got {name!r}"
        raise ModelError(msg)
    if not isinstance(reason, str) or not reason.strip():
        msg = f"the rule {name!r} needs a reason that tells a person why, got {reason!r}"
        raise ModelError(msg)
    own = Rule(name=name, reason=reason, example=str(getattr(rule, "example", "")))
    return UserRules(rules={name: known.get(name, own)}, find=functools.partial(_ask, rule, name))


def _ask(rule: TextRule, name: str, draft: Draft) -> Iterator[Change]:
    for change in rule.find(draft):
        if change.rule != name or not 0 <= change.start <= change.end <= len(draft.text):
            msg = f"the rule {name!r} asks for {change}: not under its name, or beyond the text"
            raise ModelError(msg)
        yield change
