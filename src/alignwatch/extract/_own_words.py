"""Read a user's own words of the lexicon from TOML."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NoReturn

import attrs

from alignwatch.errors import DataFileError
from alignwatch.extract._toml_files import read_toml

__all__ = ["OwnWords", "read_own_words"]

_TEXTS = (
    "adjectives",
    "frame",
    "kind",
    "needs",
    "nouns",
    "objects",
    "preps",
    "turns",
    "verbs",
    "words",
)
_WORDS = ("adjectives", "nouns", "verbs", "words")
_TOLD_SIZE = 3


@attrs.frozen(kw_only=True)
class OwnWords:
    """Groups of a user's file in the format of the built-in ones, and words to leave out.

    `objects` holds pairs of an object class and nouns, `without` pairs of words and the kind for
    which they go; None means every kind.
    """

    groups: tuple[Mapping[str, Any], ...]
    objects: tuple[tuple[str, str], ...]
    without: tuple[tuple[str, str | None], ...]


@attrs.frozen
class _Place:
    where: str

    def fail(self, problem: str) -> NoReturn:
        msg = f"{self.where}: {problem}"
        raise DataFileError(msg)


def read_own_words(path: Path, *, kinds: Collection[str], classes: Collection[str]) -> OwnWords:
    """Read the TOML file at *path*; `load_lexicon` tells the format.

    Args:
        path: The file.
        kinds: Names of the kinds that there are.
        classes: Names of the object classes that there are.

    Raises:
        DataFileError: The file cannot be read or breaks a rule; it names file, group and remedy.
    """
    content = read_toml(path, what="lexicon file")
    if not content or set(content) - {"group", "object", "without"}:
        msg = (
            f"lexicon file {path} needs [[group]], [[object]] or [[without]] tables and nothing "
            f"else, got {sorted(content)}"
        )
        raise DataFileError(msg)
    groups = _tables(path, content, "group")
    for place, group in groups:
        _check_group(place, group, kinds, classes)
    objects = _tables(path, content, "object")
    for place, table in objects:
        _check_texts(place, table, ("class", "nouns"))
        _check_class(place, table.get("class", ""), classes)
        if not table.get("nouns", "").strip():
            place.fail("nouns names the things, such as nouns = 'quadcopter'")
    without = _tables(path, content, "without")
    for place, table in without:
        _check_without(place, table, kinds)
    return OwnWords(
        groups=tuple(group for _, group in groups),
        objects=tuple((table["class"], table["nouns"]) for _, table in objects),
        without=tuple((table["words"], table.get("kind")) for _, table in without),
    )


def _tables(path: Path, content: Mapping[str, Any], name: str) -> list[tuple[_Place, Any]]:
    rows = content.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        _Place(f"lexicon file {path}").fail(f"write [[{name}]] with two brackets")
    return [
        (_Place(f"lexicon file {path}, {name} {number}"), row)
        for number, row in enumerate(rows, start=1)
    ]


def _check_texts(place: _Place, table: Mapping[str, Any], known: Collection[str]) -> None:
    for key, value in table.items():
        if key not in known:
            place.fail(f"unknown key {key!r} (known: {', '.join(sorted(known))})")
        if key != "examples" and not isinstance(value, str):
            place.fail(f"{key} must be one text, words divided by commas, got {value!r}")


def _check_group(
    place: _Place, group: Mapping[str, Any], kinds: Collection[str], classes: Collection[str]
) -> None:
    _check_texts(place, group, (*_TEXTS, "examples"))
    if not any(group.get(key, "").strip() for key in _WORDS):
        place.fail(f"no words: give at least one of {', '.join(_WORDS)}")
    if "kind" not in group and "objects" not in group:
        place.fail("give either a kind, or the classes of objects that decide it, or both")
    objects = [name.strip() for name in group.get("objects", "").split(",") if name.strip()]
    for name in objects:
        _check_class(place, name, classes)
    if group.get("needs", "owner") != "owner":
        place.fail(f"needs can only be 'owner', got {group['needs']!r}")
    if group.get("turns", "yes") != "yes":
        place.fail(f"turns can only be 'yes', got {group['turns']!r}")
    examples = group.get("examples", [])
    if not isinstance(examples, list) or not all(_is_example(one, kinds) for one in examples):
        place.fail("an example is written 'Norway condemned Chad. -> NOR TCD criticism'")


def _check_class(place: _Place, name: str, classes: Collection[str]) -> None:
    if name not in classes:
        place.fail(f"no object class named {name!r} (known: {', '.join(sorted(classes))})")


def _is_example(example: object, kinds: Collection[str]) -> bool:
    if not isinstance(example, str):
        return False
    text, arrow, told = example.rpartition(" -> ")
    parts = told.split()
    return bool(text.strip() and arrow) and len(parts) == _TOLD_SIZE and parts[-1] in kinds


def _check_without(place: _Place, table: Mapping[str, Any], kinds: Collection[str]) -> None:
    _check_texts(place, table, ("kind", "words"))
    if not table.get("words", "").strip():
        place.fail("words names what to leave out, such as words = 'slam, blast'")
    if table.get("kind") is not None and table["kind"] not in kinds:
        place.fail(f"no kind named {table['kind']!r} (known: {', '.join(kinds)})")
