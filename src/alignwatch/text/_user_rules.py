"""Rules of a user's own: phrases in a TOML file, each under a rule's name and a position."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from alignwatch.errors import DataFileError
from alignwatch.text._boilerplate import judge_line
from alignwatch.text._draft import Change, Draft
from alignwatch.text._phrases import Phrases, read_tables_of
from alignwatch.text._rule import Finder, Rule

__all__ = ["UserRules", "read_rules"]

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
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"cannot read the rules of {path}: {error}"
        raise DataFileError(msg) from error
    rules, phrases = {}, {}
    for name, entry in tables.items():
        reason = _check(path, name, entry)
        rules[name] = known.get(name) or Rule(name=name, reason=reason, example="")
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
        if key == "reason" and isinstance(value, str):
            continue
        if key not in _POSITIONS:
            known = ", ".join((*_POSITIONS, "reason"))
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
