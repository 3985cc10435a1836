"""The text while it is being cleaned: its lines, what they look like, and where the body is."""

import itertools
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from alignwatch.model import Article

__all__ = ["TAIL_CHARS", "Change", "Draft", "Line", "Notes", "key_of", "words_of"]

# the words of "Don\u2019t miss: 3 Min Read" are don't, miss, 3, min, read
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# lower case, and a space for whatever stands in no word
_FOLD = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) == "'" else 32 for code in range(128)
) + bytes(128)
# what most often makes an English line more than ASCII, and stands in no word
_TYPOGRAPHY = ("\u201c", "\u201d", "\u2014", "\u2013", "\u2026", "\u2018", "\u2022", "\xa0")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# the beginning of "- item", "  \u2022 item", "* item", "3. item", "4) item"
_BULLET = re.compile(r"(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2014]|\d{1,3}[.)])\s+")
_BULLETS = frozenset("-*+\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2014")
_STOPS = frozenset(".!?\u2026\u3002\uff01\uff1f\u061f")
_CLOSERS = frozenset("\"'\u201d\u2019\u00bb)]\u300d*_")
_SENTENCE_END = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f\u061f][\"'\u201d\u2019\u00bb)\]\u300d*_\s]*(?:\[\d+\])*$"
)
_HEAD_CHARS = 200
TAIL_CHARS = 2000
_EARLY_WORDS = 6
_PROSE_WORDS = 9
_PROSE_WIDE_CHARS = 22
_LEAST_COPY_CHARS = 40
_LEAST_COPY_WORDS = 6
_OPENING_WORDS = 6


def words_of(text: str) -> list[str]:
    """Give the words of *text* as phrases are compared: lower case, without punctuation."""
    folded = _fold(text)
    if folded is None:
        return _WORD.findall(text.replace("\u2019", "'").casefold())
    return folded.split()


def _fold(text: str) -> str | None:
    """Give *text* in lower case, with a space for each character that stands in no word.

    None where that takes more than a look at each character.
    """
    text = text.replace("\u2019", "'")
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, " ")
        if not text.isascii():
            return None
    folded = text.encode("ascii").translate(_FOLD).decode("ascii")
    if "'" not in folded:
        return folded
    pieces = folded.split("'")
    joined = [pieces[0]]
    for before, piece in itertools.pairwise(pieces):
        # an apostrophe is part of a word only between two letters
        joined += ["'" if before[-1:] > " " and piece[:1] > " " else " ", piece]
    return "".join(joined)


def key_of(text: str) -> str:
    """Give *text* as its words only, so that two ways to set the same words compare equal."""
    return " ".join(words_of(text))


@attrs.frozen(kw_only=True)
class Change:
    """What `rule` asks for: `start` to `end` of the draft's text becomes `replacement`."""

    rule: str
    start: int
    end: int
    replacement: str = ""


@attrs.define(eq=False)
class Line:
    """One line that is not blank. `start` to `end` is the line without outer white space.

    `outer_start` to `outer_end` is all of it, with the line break that ends it; `gap` is whether a
    blank line stands before it. What the words say is read once and kept when the line moves:
    `head` are the words of the first 200 characters, `is_short` whether they are all; `is_item`
    whether it begins with a bullet or a number, `is_row` whether it looks like a row of a pipe
    table, `ends_sentence` whether it ends as a sentence does, `is_prose` whether it reads as a
    paragraph: long enough, and ending as a sentence; `is_long` whether it says enough for a copy
    of it to be one; two long lines that say the same have the same `opening`. `turn` counts the
    drafts: a line belongs to the newest one that has it.
    """

    text: str
    start: int
    end: int
    outer_start: int
    outer_end: int
    gap: bool
    head: tuple[str, ...]
    is_short: bool
    is_item: bool
    is_row: bool
    ends_sentence: bool
    is_prose: bool
    is_long: bool
    opening: str
    _key: str | None = None
    turn: int = 0

    def twin(self) -> "Line":
        """Give another line that says the same."""
        return Line(
            self.text,
            self.start,
            self.end,
            self.outer_start,
            self.outer_end,
            self.gap,
            self.head,
            self.is_short,
            self.is_item,
            self.is_row,
            self.ends_sentence,
            self.is_prose,
            self.is_long,
            self.opening,
            self._key,
        )

    def move(self, at: int, outer_end: int, *, gap: bool) -> None:
        """Stand where the text has the line now: it begins at *at*."""
        shift = at - self.outer_start
        self.start += shift
        self.end += shift
        self.outer_start = at
        self.outer_end = outer_end
        self.gap = gap

    @property
    def has_number_early(self) -> bool:
        """Whether one of the first words begins with a digit."""
        words = self.head[:_EARLY_WORDS]
        return not "".join(words).isalpha() and any(word[0].isdigit() for word in words)

    @property
    def key(self) -> str:
        """The line as its words only."""
        if self._key is None:
            self._key = " ".join(self.head) if self.is_short else key_of(self.text)
        return self._key


def _read_line(
    text: str, folded: str | None, at: int, outer: tuple[int, int], *, gap: bool
) -> Line:
    """Read the line *text*, which begins at *at* in a text that is *folded*."""
    short, end = len(text) <= _HEAD_CHARS, at + len(text)
    if folded is None:
        head = tuple(words_of(text if short else text[:_HEAD_CHARS]))
    else:
        head = tuple(folded[at : end if short else at + _HEAD_CHARS].strip("'").split())
    first, last = text[0], text[-1]
    ends = last in _STOPS or (last in _CLOSERS and _SENTENCE_END.search(text[-12:]) is not None)
    prose = ends and first != "|"
    if prose and len(head) < _PROSE_WORDS:
        prose = len(text) >= _PROSE_WIDE_CHARS and _WIDE.search(text[:20]) is not None
    key = " ".join(head) if short else None
    long = len(text) >= _LEAST_COPY_CHARS and len(head) >= _LEAST_COPY_WORDS
    return Line(
        text,
        at,
        end,
        *outer,
        gap,
        head,
        short,
        (first in _BULLETS or first.isdigit()) and _BULLET.match(text) is not None,
        "|" in text and (first == "|" or " | " in text),
        ends,
        prose,
        long,
        key or " ".join(text.split(None, _OPENING_WORDS)[:_OPENING_WORDS]),
        key,
    )


@attrs.frozen
class Notes:
    """What is known of lines by their text, kept over the rounds of one article.

    `verdicts` is what the phrase lists say of a line inside the body and at an edge of the text,
    `headings` the rule whose list it heads, `signs` the signs of a notice in it, `fields` the
    evidence of a generated profile.
    """

    lines: dict[str, Line] = attrs.field(factory=dict)
    turns: list[int] = attrs.field(factory=lambda: [0])
    verdicts: tuple[dict[str, str | None], dict[str, str | None]] = attrs.field(
        factory=lambda: ({}, {})
    )
    headings: dict[str, str | None] = attrs.field(factory=dict)
    signs: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    fields: dict[str, tuple[tuple[str, ...], int] | str | None] = attrs.field(factory=dict)
    tails: dict[str, frozenset[str]] = attrs.field(factory=dict)

    def turn(self) -> int:
        """Count one more draft."""
        self.turns[0] += 1
        return self.turns[0]

    def tail_of(self, line: Line) -> frozenset[str]:
        """Give the words of the last 2000 characters of *line*."""
        tail = self.tails.get(line.text)
        if tail is None:
            words = line.head if line.is_short else words_of(line.text[-TAIL_CHARS:])
            tail = self.tails[line.text] = frozenset(words)
        return tail


@attrs.frozen(slots=False, eq=False)
class Draft:
    """A text in the course of cleaning, with the article that it comes from.

    `lines` are the lines that are not blank and that no earlier rule of this stage has removed.
    `notes` pass from draft to draft of one article, as the lines do that stay as they are.
    """

    text: str
    article: Article
    _kept: tuple[Line, ...] | None = None
    notes: Notes = attrs.field(factory=Notes)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are left."""
        return tuple(_cut_lines(self.text, self.notes)) if self._kept is None else self._kept

    def rewritten(self, text: str) -> "Draft":
        """Give the draft of *text*, what this one has become; its lines leave this one."""
        return Draft(text, self.article, None, self.notes)

    def without(self, changes: Iterable[Change]) -> "Draft":
        """Leave out the lines that *changes* (sorted, apart) remove as a whole."""
        spans = [(change.start, change.end) for change in changes if not change.replacement]
        kept, at = [], 0
        for line in self.lines:
            while at < len(spans) and spans[at][1] <= line.start:
                at += 1
            if at == len(spans) or not (spans[at][0] <= line.start and line.end <= spans[at][1]):
                kept.append(line)
        if len(kept) == len(self.lines):
            return self
        return Draft(self.text, self.article, tuple(kept), self.notes)

    @cached_property
    def first_prose(self) -> int:
        """Position in `lines` of the first paragraph; their number where there is none."""
        return next((at for at, line in enumerate(self.lines) if line.is_prose), len(self.lines))

    @cached_property
    def last_prose(self) -> int:
        """Position in `lines` of the last paragraph, -1 where there is none."""
        for at in range(len(self.lines) - 1, -1, -1):
            if self.lines[at].is_prose:
                return at
        return -1

    def last_with(self, key: str) -> int:
        """Give the last position in `lines` of a line with the words *key*, -1 if there is none."""
        return self._last_by_key.get(key, -1)

    @cached_property
    def _last_by_key(self) -> Mapping[str, int]:
        return {line.key if line.is_short else line.text: at for at, line in enumerate(self.lines)}

    def remove(self, rule: str, first: int, last: int | None = None) -> Change:
        """Ask to remove the lines at positions *first* to *last* (inclusive) with their breaks."""
        end = self.lines[first if last is None else last].outer_end
        return Change(rule=rule, start=self.lines[first].outer_start, end=end)

    def is_edge(self, at: int) -> bool:
        """Whether position *at* of `lines` is before the first or after the last paragraph."""
        return at < self.first_prose or at > self.last_prose


def _cut_lines(text: str, notes: Notes) -> list[Line]:
    known, turn, lines = notes.lines, notes.turn(), []
    folded = None if known else _fold(text)
    at, size, gap = 0, len(text), False
    for body in text.split("\n"):
        end = at + len(body)
        line = known.get(body) if body else None
        if line is not None and line.turn != turn:
            outer_end = end + 1 if end < size else size
            if line.outer_start != at or line.outer_end != outer_end or line.gap != gap:
                line.move(at, outer_end, gap=gap)
        elif line is not None:
            line = line.twin()
            line.move(at, end + 1 if end < size else size, gap=gap)
        else:
            stripped = body.strip()
            if not stripped:
                gap, at = True, end + 1
                continue
            start = at if stripped == body else at + len(body) - len(body.lstrip())
            outer = (at, end + 1 if end < size else size)
            line = _read_line(stripped, folded, start, outer, gap=gap)
            known[body] = line
        line.turn = turn
        lines.append(line)
        gap, at = False, end + 1
    return lines
