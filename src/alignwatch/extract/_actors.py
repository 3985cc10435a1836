"""Who is named in a text: states, blocs and groups, by all the words that stand for them."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from alignwatch.extract._actor_files import read_extra_actors
from alignwatch.extract._context import judge
from alignwatch.extract._handles import name_in_tag
from alignwatch.extract._leaders import serving_leader
from alignwatch.extract._matcher import PhraseMatcher
from alignwatch.extract._meanings import ActorTables, Meaning, read_word_sets
from alignwatch.extract._mention import Mention
from alignwatch.extract._reading import Neighbours, Reading
from alignwatch.extract._titles import Office, load_office_finder
from alignwatch.model import Actor

__all__ = ["Gazetteer", "load_gazetteer"]

_STATE_WORDS = frozenset({"name", "demonym", "capital", "bloc"})
_FORMER = ("former ", "Former ", "ex-", "late ")
_OWNERS = frozenset({"name", "demonym", "bloc", "group", "force", "ministry"})
_OWNED = frozenset({"leader", "former-leader", "force", "ministry", "official"})
_NAMED_OF = frozenset({"name", "bloc"})


class Gazetteer:
    """Every known actor, and a matcher that finds all of them in one pass.

    Immutable and safe to share between threads. Use `load_gazetteer`, which keeps one.
    """

    def __init__(self, tables: ActorTables) -> None:
        self._actors = MappingProxyType(dict(tables.actors))
        self._matcher = PhraseMatcher(
            {
                phrase: tuple(sorted(meanings, key=lambda meaning: meaning.is_guarded))
                for phrase, meanings in tables.phrases.items()
            }
        )
        plain_words = frozenset(
            phrase
            for phrase, meanings in tables.phrases.items()
            if " " not in phrase and meanings[0].actor_id and _is_plain(meanings[0])
        )
        given_names = frozenset(
            phrase.partition(" ")[0]
            for phrase, meanings in tables.phrases.items()
            if meanings[0].shorts
        )
        self._tags = dict(tables.squeezed)
        self._supporters = dict(tables.supporters)
        self._offices = load_office_finder()
        self._neighbours = Neighbours(
            read_word_sets("neighbours.tsv"), plain_words=plain_words, given_names=given_names
        )

    @property
    def actors(self) -> Mapping[str, Actor]:
        """Every known actor by id."""
        return self._actors

    def find(self, text: str, *, on: date | None = None) -> tuple[Mention, ...]:
        """Find the passages that name actors: in text order, the longest ones, without overlap.

        Give a whole article where you can: a full name makes the short name known for the rest
        ("Kim Jong Un ... Kim"), and the text tells Georgia the state from Georgia in America.

        Args:
            text: Any text; offsets count its code points from 0.
            on: The article's date. It chooses between people of one name (two presidents Bush) and
                tells leaders from former ones. Without it the latest bearer of a name is meant, and
                who ever held an office is a leader.
        """
        reading = Reading(text, on=on, neighbours=self._neighbours)
        plain = reading.text
        found: list[Mention] = []
        weak: list[Mention] = []
        for start, end, meanings in self._matcher.scan(plain):
            if meanings is None:
                actor_id = name_in_tag(plain[start:end], self._tags)
                if actor_id is not None and start >= reading.end:
                    reading.end = end
                    found.append(_mention(text, start, end, actor_id, "handle"))
                continue
            if start < reading.end:
                reading.note_leader(meanings)
                continue
            meaning = judge(reading, start, end, meanings)
            if meaning is None or meaning.actor_id is None:
                continue
            mention = self._grow(text, reading, start, end, meaning)
            if found and _belong_together(plain, found[-1], mention):
                mention = _mention(
                    text, found.pop().start, mention.end, mention.actor_id, mention.form
                )
            elif _needs_support(meaning, mention, reading):
                weak.append(mention)
            found.append(mention)
            reading.end = mention.end
        return self._without_unsupported(found, weak)

    def _without_unsupported(
        self, found: list[Mention], weak: list[Mention]
    ) -> tuple[Mention, ...]:
        """Leave out words that need the actor, or one near it, to be named in the text as well."""
        if not weak:
            return tuple(found)
        unsure = set(map(id, weak))
        named = {mention.actor_id for mention in found if id(mention) not in unsure}
        return tuple(m for m in found if id(m) not in unsure or self._is_supported(m, named))

    def _is_supported(self, mention: Mention, named: set[str]) -> bool:
        near = self._supporters.get(mention.actor_id, frozenset())
        is_near = not near.isdisjoint(named) or ("*" in near and bool(named))
        return is_near or mention.actor_id in named

    def _grow(self, text: str, reading: Reading, start: int, end: int, meaning: Meaning) -> Mention:
        """Take the office into the mention that stands beside a state's word or a leader's name."""
        plain = reading.text
        actor_id = meaning.actor_id or ""
        if meaning.form == "leader":
            form = "leader" if serving_leader([meaning], reading.day) else "former-leader"
            title = self._offices.find_title(plain, start, reading.end)
            if title is not None:
                start = title.start
                form = "former-leader" if title.is_former else form
            return _mention(text, start, end, actor_id, form)
        office: Office | None = None
        if meaning.form in _STATE_WORDS:
            office = self._offices.find_behind(plain, end)
            if office is None and meaning.form in _NAMED_OF:
                office = self._offices.find_before(plain, start, end, reading.end)
        elif meaning.form == "ministry":
            office = self._offices.find_behind(plain, end)
        if office is None:
            return _mention(text, start, end, actor_id, meaning.form)
        is_former = office.is_former or plain.endswith(_FORMER, 0, start)
        form = "former-leader" if is_former and office.form == "leader" else office.form
        return _mention(text, min(start, office.start), office.end, actor_id, form)


def _mention(text: str, start: int, end: int, actor_id: str, form: str) -> Mention:
    return Mention(start=start, end=end, actor_id=actor_id, form=form, text=text[start:end])


def _is_plain(meaning: Meaning) -> bool:
    return not meaning.is_guarded or meaning.form in {"name", "capital"}


def _belong_together(plain: str, first: Mention, second: Mention) -> bool:
    """Whether a state's word describes its own force or leader: "Russian Black Sea Fleet"."""
    return (
        first.actor_id == second.actor_id
        and first.form in _OWNERS
        and second.form in _OWNED
        and plain[first.end : second.start] in {" ", "'s ", "' "}
    )


def _needs_support(meaning: Meaning, mention: Mention, reading: Reading) -> bool:
    """Whether a word is so common that the text must name the actor otherwise, too."""
    if meaning.form == "leader":
        is_bare = not meaning.shorts and mention.text not in reading.named
        return mention.form == "former-leader" and is_bare
    return meaning.is_guarded and meaning.form not in {"name", "capital", "demonym", "people"}


@cache
def _load_builtin() -> Gazetteer:
    tables = ActorTables()
    tables.read_builtin()
    return Gazetteer(tables)


def load_gazetteer(extra: Path | None = None) -> Gazetteer:
    """Give the built-in gazetteer, or one with the user's own actors on top.

    The built-in one is read once in a process.

    Args:
        extra: A TOML file of further actors, or of further words for known ones::

            [[actor]]
            id = "WAGNER"             # capitals and digits; a known id is extended
            name = "Wagner Group"     # required for a new actor
            form = "group"            # name (a state), bloc or group; default: name
            aliases = ["PMC Wagner"]
            demonyms = ["Wagnerite"]  # adjectives
            people = ["Wagnerites"]
            capital = "Molkino"       # one, or a list
            members = ["RUS"]         # ids of known actors
            since = 2014-05-01        # its existence, both optional
            until = 2023-12-31

            [[actor.leader]]
            name = "Jane Roe"         # or a list of spellings
            short = ["Roe"]           # names that mean this person wherever they stand alone
            terms = ["2019-05/2023"]  # from/until, years or months; no until: in office

            A word of this file means this actor, whatever it meant before.

    Raises:
        DataFileError: The file cannot be read or breaks a rule; it names file, entry and remedy.
    """
    if extra is None:
        return _load_builtin()
    tables = ActorTables()
    tables.read_builtin()
    read_extra_actors(Path(extra), tables)
    return Gazetteer(tables)
