"""What a phrase may mean, and the phrases of the built-in actor tables."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.resources import files

import attrs

from alignwatch.errors import DataFileError
from alignwatch.model import Actor

__all__ = ["ActorTables", "Meaning", "parse_terms", "read_rows", "read_word_sets"]


@attrs.frozen(kw_only=True, eq=False)
class Meaning:
    """One thing that a phrase may mean.

    `actor_id` is None for a proper name that is no actor. A `is_guarded` phrase also means
    something else, and counts only where its neighbourhood agrees. `terms` are a leader's terms of
    office, first and last day as ordinals. `shorts` are the short names that a leader's full name
    makes known for the rest of the text; only a full name has some.
    """

    actor_id: str | None
    form: str
    is_guarded: bool = False
    terms: tuple[tuple[int, int], ...] = ()
    shorts: tuple[str, ...] = ()


def read_rows(name: str) -> Iterator[list[str]]:
    """Give the rows of a built-in actor table, cells apart, comments left out."""
    table = (files("alignwatch.extract") / "data" / "actors" / name).read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def read_word_sets(name: str) -> dict[str, tuple[str, ...]]:
    """Read a table of (set, words divided by ";")."""
    return {key: tuple(filter(None, words.split(";"))) for key, words in read_rows(name)}


# A year, or a year and a month: "2019", "2019-05".
_MONTH = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
_OPEN_END = date.max.toordinal()


def _first_day(year: int, month: int) -> int:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1).toordinal()


def parse_terms(cell: str) -> tuple[tuple[int, int], ...]:
    """Read "1999/2000-05,2012-05/" as day ordinals, both ends inclusive.

    Raises:
        DataFileError: A term is not of this form, or ends before it begins.
    """
    terms = []
    for term in filter(None, cell.split(",")):
        first, slash, last = term.partition("/")
        begin, end = _MONTH.fullmatch(first), _MONTH.fullmatch(last)
        if begin is None or not slash or (last and end is None):
            msg = f"a term is from/until in years or months, as in 1999/2000-05, got {term!r}"
            raise DataFileError(msg)
        since = _first_day(int(begin[1]), int(begin[2] or 1))
        until = _first_day(int(end[1]), int(end[2] or 12) + 1) - 1 if end else _OPEN_END
        if until < since:
            msg = f"the term {term!r} ends before it begins"
            raise DataFileError(msg)
        terms.append((since, until))
    return tuple(terms)


_PLAIN_LETTERS = str.maketrans("łŁđĐøØıİßæ", "lLdDoOiIsa")
# The second half of a given name: "Jong-un".
_HALF_NAME = re.compile(r"(?<=[a-z])-([a-z])(?=[a-z]+$)")
# An Arabic article: "al-Assad", "el-Sisi".
_ARTICLE = re.compile(r"\b([ae]l)-(?=[A-Z])")


def _without_accents(phrase: str) -> str:
    apart = unicodedata.normalize("NFKD", phrase.translate(_PLAIN_LETTERS))
    return "".join(mark for mark in apart if not unicodedata.combining(mark))


def spell(phrase: str) -> tuple[str, ...]:
    """Give the phrase and its other spellings: no accents, other hyphens, other articles."""
    if "-" not in phrase and phrase.isascii():
        return (phrase,)
    spellings = [phrase]
    if not phrase.isascii():
        spellings.append(_without_accents(phrase).replace("\u2019", "'"))
    for known in tuple(spellings):
        if _HALF_NAME.search(known):
            spellings.append(_HALF_NAME.sub(lambda half: "-" + half[1].upper(), known))
            spellings.append(_HALF_NAME.sub(lambda half: " " + half[1].upper(), known))
        if _ARTICLE.search(known):
            spellings.append(_ARTICLE.sub(lambda word: word[1] + " ", known))
            spellings.append(_ARTICLE.sub(lambda word: word[1].title() + "-", known))
            spellings.append(_ARTICLE.sub(lambda word: word[1].title() + " ", known))
    return tuple(dict.fromkeys(word.replace("\u2019", "'") for word in spellings))


class ActorTables:
    """All actors and phrases, as far as they have been read."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.phrases: dict[str, list[Meaning]] = {}
        self.squeezed: dict[str, str] = {}
        self.supporters: dict[str, frozenset[str]] = {}

    def add_phrase(self, phrase: str, meaning: Meaning) -> None:
        """Let *phrase*, in all its spellings, mean this too."""
        for spelling in spell(phrase):
            self.phrases.setdefault(spelling, []).append(meaning)

    def add_cell(self, cell: str, actor_id: str | None, form: str) -> None:
        """Add phrases divided by ";", where "?" in front means guarded and "~" a people."""
        for word in filter(None, cell.split(";")):
            if word.startswith("~"):
                continue
            phrase = word.removeprefix("?")
            self.add_phrase(
                phrase, Meaning(actor_id=actor_id, form=form, is_guarded=word.startswith("?"))
            )
            if actor_id is not None and not form.endswith(("demonym", "people")):
                self.squeezed.setdefault("".join(filter(str.isalnum, phrase)), actor_id)

    def add_leader(
        self, actor_id: str, names: Iterable[str], shorts: Iterable[str], terms: str
    ) -> None:
        """Add a leader; a short name beginning with "!" means this person wherever it stands.

        Raises:
            DataFileError: The terms cannot be read.
        """
        bare = tuple(word.lstrip("!?") for word in shorts)
        spelled = tuple(dict.fromkeys(word for short in bare for word in spell(short)))
        span = parse_terms(terms)
        full = Meaning(actor_id=actor_id, form="leader", terms=span, shorts=spelled)
        for name in names:
            self.add_phrase(name, full)
        for short in shorts:
            guarded = not short.startswith("!")
            self.add_phrase(
                short.lstrip("!?"),
                Meaning(actor_id=actor_id, form="leader", is_guarded=guarded, terms=span),
            )

    def read_builtin(self) -> None:
        """Read the tables that come with alignwatch."""
        self._read_states()
        self._read_groups()
        self._read_former()
        for actor_id, form, names in read_rows("metonyms.tsv"):
            self.add_cell(names, actor_id, form)
        for actor_id, _, names, shorts, terms in read_rows("leaders.tsv"):
            several = tuple(filter(None, shorts.split(";")))
            self.add_leader(actor_id, names.split(";"), several, terms)
        for _, names in read_rows("others.tsv"):
            for name in names.split(";"):
                self.phrases[name] = [Meaning(actor_id=None, form="other")]

    def _read_states(self) -> None:
        for actor_id, _, name in read_rows("states.names.tsv"):
            self.actors[actor_id] = Actor(actor_id=actor_id, name=name)
        words = {row[0]: row[1:] for row in read_rows("states.tsv")}
        for actor_id, actor in self.actors.items():
            adjectives, peoples, capitals, names = words.get(actor_id, ("", "", "", ""))
            own = {actor.name, actor.name.replace(" & ", " and ")}
            own = {name for name in own if "?" + name not in names.split(";")}
            self.add_cell(";".join((*sorted(own), names)), actor_id, "name")
            self.add_cell(adjectives, actor_id, "demonym")
            self.add_cell(peoples, actor_id, "people")
            self.add_cell(capitals, actor_id, "capital")

    def _read_groups(self) -> None:
        for row in read_rows("groups.tsv"):
            actor_id, form, names, adjectives, members, near = (*row, "", "", "")[:6]
            name = names.split(";")[0].removeprefix("?")
            self.actors[actor_id] = Actor(
                actor_id=actor_id, name=name, members=tuple(members.split())
            )
            self.supporters[actor_id] = frozenset((*members.split(), *near.split()))
            self.add_cell(names, actor_id, form)
            self.add_cell(adjectives, actor_id, "demonym")

    def _read_former(self) -> None:
        for row in read_rows("former.tsv"):
            actor_id, since, until, names, adjectives, peoples = (*row, "", "")[:6]
            self.actors[actor_id] = Actor(
                actor_id=actor_id,
                name=names.split(";")[0],
                since=date.fromisoformat(since),
                until=date.fromisoformat(until),
            )
            self.add_cell(names, actor_id, "name")
            self.add_cell(adjectives, actor_id, "demonym")
            self.add_cell(peoples, actor_id, "people")
