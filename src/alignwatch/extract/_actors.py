"""Actors, and where a text names them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import attrs

from alignwatch.extract._matcher import PhraseMatcher, fold_spaces
from alignwatch.model import Actor

__all__ = ["Gazetteer", "Mention", "load_gazetteer"]


@attrs.frozen(kw_only=True)
class Mention:
    """A passage that names an actor: half-open code-point offsets, and ``text`` is that slice.

    `form` tells by what: ``name``, ``demonym`` ("Russian"), ``people`` ("Russians"), ``capital``,
    ``seat``, ``ministry``, ``force``, ``leader``, ``former-leader``, ``title`` ("the Russian
    president"), ``official``, ``bloc``, ``group``, ``handle``. A possessive 's is not part of it.
    """

    start: int
    end: int
    actor_id: str
    form: str
    text: str


@attrs.frozen(kw_only=True)
class _Pattern:
    actor_id: str | None
    form: str


def _read_rows(name: str) -> Iterator[list[str]]:
    table = (files("alignwatch.extract") / "data" / "actors" / name).read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _split(cell: str) -> list[str]:
    return [part.lstrip("?~") for part in cell.split(";") if part]


class Gazetteer:
    """All actors that are known, and the words that name them."""

    def __init__(self) -> None:
        actors: dict[str, Actor] = {}
        phrases: list[tuple[str, _Pattern]] = []

        def add(cell: str, actor_id: str, form: str) -> None:
            pattern = _Pattern(actor_id=actor_id, form=form)
            phrases.extend((word, pattern) for word in _split(cell))
            if form in {"name", "bloc", "group"}:
                phrases.extend(("#" + word.replace(" ", ""), pattern) for word in _split(cell))

        for actor_id, _, name in _read_rows("states.names.tsv"):
            actors[actor_id] = Actor(actor_id=actor_id, name=name)
            add(name, actor_id, "name")
        for actor_id, adjectives, peoples, capitals, names in _read_rows("states.tsv"):
            add(adjectives, actor_id, "demonym")
            add(peoples, actor_id, "people")
            add(capitals, actor_id, "capital")
            add(names, actor_id, "name")
        for row in _read_rows("groups.tsv"):
            actor_id, form, names, adjectives, members = (*row, "", "")[:5]
            actors[actor_id] = Actor(
                actor_id=actor_id, name=names.split(";")[0], members=tuple(members.split())
            )
            add(names, actor_id, form)
            add(adjectives, actor_id, "demonym")
        for actor_id, form, names in _read_rows("metonyms.tsv"):
            add(names, actor_id, form)
        for row in _read_rows("former.tsv"):
            actor_id, since, until, names, adjectives, peoples = (*row, "", "")[:6]
            actors[actor_id] = Actor(
                actor_id=actor_id,
                name=names.split(";")[0],
                since=date.fromisoformat(since),
                until=date.fromisoformat(until),
            )
            add(names, actor_id, "name")
            add(adjectives, actor_id, "demonym")
            add(peoples, actor_id, "people")
        for actor_id, names in _read_rows("leaders.tsv"):
            add(names, actor_id, "leader")
        self._actors = MappingProxyType(actors)
        self._matcher = PhraseMatcher(phrases)

    @property
    def actors(self) -> Mapping[str, Actor]:
        """Every known actor by id."""
        return self._actors

    def find(self, text: str, *, on: date | None = None) -> tuple[Mention, ...]:
        """Find the passages that name actors, in text order, longest first, without overlap."""
        del on
        return tuple(
            Mention(
                start=start,
                end=end,
                actor_id=pattern.actor_id,
                form=pattern.form,
                text=text[start:end],
            )
            for start, end, pattern in self._matcher.scan(fold_spaces(text))
            if pattern.actor_id is not None
        )


@cache
def _load_builtin() -> Gazetteer:
    return Gazetteer()


def load_gazetteer(extra: Path | None = None) -> Gazetteer:
    """Give the built-in gazetteer; it is read once."""
    del extra
    return _load_builtin()
