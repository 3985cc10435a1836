"""Read a user's own actors from TOML."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import attrs

from alignwatch.errors import DataFileError
from alignwatch.extract._meanings import ActorTables, Meaning, spell
from alignwatch.extract._toml_files import read_toml
from alignwatch.model import Actor

__all__ = ["read_extra_actors"]

# An actor's id: "RUS", "HAMAS", "M23".
_ID = re.compile(r"[A-Z][A-Z0-9]+")
_KEYS = ("aliases", "capital", "demonyms", "form", "id", "leader", "members", "name", "people")
_DATES = ("since", "until")
_LEADER_KEYS = ("name", "short", "terms")
_FORMS = ("bloc", "group", "name")


@attrs.frozen(kw_only=True)
class _Entry:
    """One table of the file, with the words that tell a user where it stands."""

    where: str
    table: dict[str, Any]

    def fail(self, problem: str) -> NoReturn:
        msg = f"{self.where}: {problem}"
        raise DataFileError(msg)

    def check_keys(self, known: Iterable[str]) -> None:
        unknown = sorted(set(self.table) - set(known))
        if unknown:
            self.fail(f"unknown key {unknown[0]!r} (known: {', '.join(sorted(known))})")

    def text(self, key: str) -> str | None:
        value = self.table.get(key)
        if value is not None and (not isinstance(value, str) or not value.strip()):
            self.fail(f"{key} must be a text that is not empty, got {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        several = [value] if isinstance(value, str) else value
        if not isinstance(several, list) or not all(
            isinstance(one, str) and one.strip() for one in several
        ):
            self.fail(f"{key} must be a text or a list of texts, got {value!r}")
        return tuple(several)

    def phrases(self, key: str) -> tuple[str, ...]:
        for phrase in self.texts(key):
            if not any(letter.isupper() for letter in phrase):
                self.fail(f"{key} are found by a capital letter, and {phrase!r} has none")
        return self.texts(key)

    def day(self, key: str) -> date | None:
        value = self.table.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.fail(f"{key} must be a date such as 2014-05-01 without quotes, got {value!r}")
        return value


def read_extra_actors(path: Path, tables: ActorTables) -> None:
    """Add the actors of the TOML file at *path* to *tables*; `load_gazetteer` tells the format.

    Raises:
        DataFileError: The file cannot be read or breaks a rule; it names file, entry and remedy.
    """
    content = read_toml(path, what="actors file")
    entries = content.get("actor", [])
    if set(content) - {"actor"} or not isinstance(entries, list) or not entries:
        msg = f"actors file {path} needs [[actor]] tables and nothing else, got {sorted(content)}"
        raise DataFileError(msg)
    for number, table in enumerate(entries, start=1):
        if not isinstance(table, dict):
            msg = f"actors file {path}, actor {number}: expected an [[actor]] table, got {table!r}"
            raise DataFileError(msg)
        name = table.get("id", "without id")
        _add_actor(_Entry(where=f"{path}, actor {number} ({name})", table=table), tables)


def _add_actor(entry: _Entry, tables: ActorTables) -> None:
    entry.check_keys((*_KEYS, *_DATES))
    actor_id = entry.text("id")
    if actor_id is None or not _ID.fullmatch(actor_id):
        entry.fail(f"id must be capitals and digits such as 'RUS' or 'M23', got {actor_id!r}")
    form = entry.text("form") or "name"
    if form not in _FORMS:
        entry.fail(f"form must be one of {', '.join(_FORMS)}, got {form!r}")
    known = tables.actors.get(actor_id)
    name = entry.text("name") or (known.name if known else None)
    if name is None:
        entry.fail("a new actor needs a name")
    members = entry.texts("members")
    for member in members:
        if member not in tables.actors:
            entry.fail(f"member {member!r} is no known actor (ids are such as 'RUS')")
    since, until = entry.day("since"), entry.day("until")
    if since and until and since > until:
        entry.fail(f"since must not be after until, got {since} and {until}")
    tables.actors[actor_id] = Actor(
        actor_id=actor_id,
        name=name,
        members=members or (known.members if known else ()),
        since=since or (known.since if known else None),
        until=until or (known.until if known else None),
    )
    if "name" in entry.table:
        _own(tables, entry.phrases("name"), actor_id, form)
    _own(tables, entry.phrases("aliases"), actor_id, form)
    _own(tables, entry.phrases("demonyms"), actor_id, "demonym")
    _own(tables, entry.phrases("people"), actor_id, "people")
    _own(tables, entry.phrases("capital"), actor_id, "capital")
    leaders = entry.table.get("leader", [])
    if not isinstance(leaders, list) or not all(isinstance(one, dict) for one in leaders):
        entry.fail("leaders stand in [[actor.leader]] tables")
    for number, table in enumerate(leaders, start=1):
        _add_leader(_Entry(where=f"{entry.where}, leader {number}", table=table), tables, actor_id)


def _own(tables: ActorTables, phrases: Iterable[str], actor_id: str, form: str) -> None:
    for phrase in phrases:
        for spelling in spell(phrase):
            tables.phrases[spelling] = [Meaning(actor_id=actor_id, form=form)]
        tables.squeezed["".join(filter(str.isalnum, phrase))] = actor_id


def _add_leader(entry: _Entry, tables: ActorTables, actor_id: str) -> None:
    entry.check_keys(_LEADER_KEYS)
    names, shorts, terms = entry.phrases("name"), entry.phrases("short"), entry.texts("terms")
    if not names:
        entry.fail("a leader needs a name")
    if not terms:
        entry.fail("a leader needs terms of office, as in terms = ['2019-05/2023']")
    for phrase in (*names, *shorts):
        for spelling in spell(phrase):
            tables.phrases.pop(spelling, None)
    last_words = (f"?{name.rsplit(' ', 1)[-1]}" for name in names if " " in name)
    marked = tuple(f"!{short}" for short in shorts) or tuple(last_words)
    try:
        tables.add_leader(actor_id, names, marked, ",".join(terms))
    except DataFileError as error:
        entry.fail(str(error))
