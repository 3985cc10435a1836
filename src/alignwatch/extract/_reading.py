"""A text being read from left to right: what stands beside a phrase, and who was named so far."""

import re
from collections.abc import Mapping
from datetime import date

import attrs

from alignwatch.extract._leaders import serving_leader
from alignwatch.extract._matcher import fold_spaces
from alignwatch.extract._meanings import Meaning

__all__ = ["Hit", "Neighbours", "Reading"]

# What goes on behind a phrase: "'s", " military", "-backed".
_AFTER = re.compile(r"(?P<own>'s?)?(?P<gap>[ -])?(?P<word>\w+(?:['.-]\w+)*)?")
# The word before a phrase: "New ", "ethnic ", "J. ".
_BEFORE = re.compile(r"(?P<word>[^\W_][\w.'-]*)(?P<gap>[ -])$")
_LONGEST_WORD = 30
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
# Words that may stand before a name at a sentence's start: "Visiting", "Recently".
_BENDING = ("ing", "ed", "ly")


class Neighbours:
    """What is known of the words beside a phrase.

    Args:
        sets: The word sets of ``neighbours.tsv``.
        plain_words: Words that alone name an actor without doubt.
        given_names: First words of leaders' full names.
    """

    def __init__(
        self,
        sets: Mapping[str, tuple[str, ...]],
        *,
        plain_words: frozenset[str],
        given_names: frozenset[str],
    ) -> None:
        self._sets = {name: frozenset(words) for name, words in sets.items()}
        self._patterns = {
            name: re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?!\w)")
            for name, words in sets.items()
            if name.endswith(("cue", "kitchen", "us-state"))
        }
        self.plain_words = plain_words
        self.given_names = given_names

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._sets[name]

    def pattern(self, name: str) -> re.Pattern[str]:
        """Give a pattern of any word of a set of cues."""
        return self._patterns[name]


@attrs.define(eq=False)
class Hit:
    """A phrase that was found, with what goes on behind it and the word before it.

    `gap` is the space or hyphen between the phrase and `after`; `after` is empty where the next
    thing is no word. `is_own` tells of a possessive "'s" in between.
    """

    start: int
    end: int
    phrase: str
    is_own: bool
    gap: str
    after: str
    before: str
    before_gap: str
    before_start: int

    @property
    def runs_into(self) -> str:
        """The capitalised word right behind, which may belong to a longer name; or nothing."""
        goes_on = self.gap == " " and not self.is_own and self.after[:1].isupper()
        return self.after if goes_on else ""


class Reading:
    """One text, its neighbourhoods, and the memory of its reader.

    Args:
        raw: The text.
        on: The article's date.
        neighbours: What is known of the words beside a phrase.
    """

    def __init__(self, raw: str, *, on: date | None, neighbours: Neighbours) -> None:
        self.raw = raw
        self.text = fold_spaces(raw)
        self.day = on.toordinal() if on else None
        self.words = neighbours
        self.end = 0
        """Where the last mention ended."""
        self.named: dict[str, Meaning] = {}
        """Leaders who were named in full, by their short names."""
        self.persons: set[str] = set()
        """Words of places that were somebody's or something's name in this text."""
        self.skip_at = -1
        """Where the second half of a hidden compound begins."""
        self._cue_counts: dict[str, int] = {}

    def look_around(self, start: int, end: int) -> Hit:
        """Give the phrase at *start* with its neighbours."""
        behind = _AFTER.match(self.text, end)
        # the word before begins behind a space: a search from further back would try each letter
        floor = max(0, start - _LONGEST_WORD)
        floor = max(floor, self.text.rfind(" ", floor, max(floor, start - 1)) + 1)
        ahead = _BEFORE.search(self.text, floor, start)
        own, gap, word = behind.groups("") if behind is not None else ("", "", "")
        before, before_gap = ahead.groups() if ahead is not None else ("", "")
        return Hit(
            start,
            end,
            self.text[start:end],
            bool(own),
            gap,
            word,
            before,
            before_gap,
            start if ahead is None else ahead.start(),
        )

    def note_leader(self, meanings: tuple[Meaning, ...]) -> Meaning | None:
        """Remember the short names of a leader who is named in full, and give who it is."""
        full = [meaning for meaning in meanings if meaning.shorts]
        if not full:
            return None
        known = serving_leader(full, self.day) or full[0]
        for short in known.shorts:
            self.named[short] = known
        return known

    def count_cues(self, name: str) -> int:
        """Count the words of a set of cues in the whole text, once."""
        if name not in self._cue_counts:
            self._cue_counts[name] = len(self.words.pattern(name).findall(self.text))
        return self._cue_counts[name]

    def _begins_sentence(self, place: int) -> bool:
        head = self.raw[max(0, place - 4) : place]
        bare = head.rstrip(" \"'(\u201c\u2018\u00ab*-")
        return not bare or bare[-1] in ".!?:;\n|\u2022\u2014" or "\n" in head[-2:]

    def leads_a_name(self, hit: Hit) -> bool:
        """Whether the word before makes the phrase part of a longer name: "Michael Jordan"."""
        word = hit.before
        if not word or hit.before_gap != " " or not word[0].isupper():
            return False
        if self.raw[hit.start - 1] == "\n" or self.end >= hit.start - 1:
            return False
        if word.endswith(("'s", "s'")) or (word.endswith(".") and len(word) > 2):
            return False
        if any(word in self.words[name] for name in ("opener", "officer", "courtesy")):
            return False
        bends = word.endswith(_BENDING) and self._begins_sentence(hit.before_start)
        return not (bends or word in self.words.plain_words)

    def is_headline(self, hit: Hit) -> bool:
        """Whether most words around are capitalised, so that capitals tell nothing."""
        before = self.raw[max(0, hit.start - 50) : hit.start].rsplit("\n", 1)[-1]
        behind = self.raw[hit.end : hit.end + 50].split("\n", 1)[0]
        words = _LONG_WORD.findall(before.partition(" ")[2])
        words += _LONG_WORD.findall(behind.rpartition(" ")[0])
        small = sum(word[0].islower() for word in words)
        return len(words) > 2 and small * 4 <= len(words)

    def goes_on_as_name(self, hit: Hit, *, is_guarded: bool = False) -> bool:
        """Whether the word behind makes the phrase part of a longer name: "Paris Hilton"."""
        word = hit.runs_into.partition("'")[0].rstrip(".")
        if not word or self.raw[hit.end] == "\n":
            return False
        if word in self.words["after-name"]:
            return True
        if word in self.words["follower"] or word in self.words.plain_words or len(word) < 2:
            return False
        if word in self.words.given_names and not is_guarded:
            return False
        return is_guarded or not self.is_headline(hit)
