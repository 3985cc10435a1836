"""The text while it is being cleaned: its lines, what they look like, and where the body is."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import attrs

from alignwatch.model import Article

__all__ = ["Change", "Draft", "Line", "key_of", "words_of"]

# the words of "Don\u2019t miss: 3 Min Read" are don't, miss, 3, min, read
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# the beginning of "- item", "  \u2022 item", "* item", "3. item", "4) item"
_BULLET = re.compile(r"(?:[-*+\u2022\u2023\u25aa\u25cf\u25e6\u00b7\u2013\u2014]|\d{1,3}[.)])\s+")
_SENTENCE_END = re.compile(
    r"[.!?\u2026\u3002\uff01\uff1f\u061f][\"'\u201d\u2019\u00bb)\]\u300d*_\s]*(?:\[\d+\])*$"
)
_HEAD_CHARS = 200
_EARLY_WORDS = 6
_PROSE_WORDS = 9
_PROSE_WIDE_CHARS = 22


def words_of(text: str) -> list[str]:
    """Give the words of *text* as phrases are compared: lower case, without punctuation."""
    return _WORD.findall(text.casefold().replace("\u2019", "'"))


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


@attrs.frozen(slots=False, eq=False)
class Line:
    """One line that is not blank. `start` to `end` is the line without outer white space.

    `outer_start` to `outer_end` is all of it, with the line break that ends it. `index` counts the
    lines of the draft that are not blank; `gap` is whether a blank line stands before it,
    `is_short` whether `head` holds all of its words.
    """

    text: str
    start: int
    end: int
    outer_start: int
    outer_end: int
    index: int
    gap: bool
    is_short: bool

    def moved(
        self, span: tuple[int, int], outer: tuple[int, int], index: int, *, gap: bool
    ) -> "Line":
        """Give the same words in another place, with all that is known about them."""
        line = object.__new__(Line)
        line.__dict__.update(self.__dict__)
        line.__dict__.update(start=span[0], end=span[1], outer_start=outer[0], outer_end=outer[1])
        line.__dict__.update(index=index, gap=gap)
        return line

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The words of the first 200 characters."""
        return tuple(words_of(self.text[:_HEAD_CHARS]))

    @property
    def has_number_early(self) -> bool:
        """Whether one of the first words begins with a digit."""
        return any(word[0].isdigit() for word in self.head[:_EARLY_WORDS])

    @cached_property
    def key(self) -> str:
        """The line as its words only."""
        return " ".join(self.head) if self.is_short else key_of(self.text)

    @cached_property
    def is_item(self) -> bool:
        """Whether the line begins with a bullet or a number."""
        return _BULLET.match(self.text) is not None

    @cached_property
    def is_row(self) -> bool:
        """Whether the line looks like a row of a pipe table."""
        return self.text.startswith("|") or " | " in self.text

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _SENTENCE_END.search(self.text[-12:]) is not None

    @cached_property
    def is_prose(self) -> bool:
        """Whether the line reads as a paragraph: long enough, and ending as a sentence."""
        if not self.ends_sentence or self.text.startswith("|"):
            return False
        if len(self.head) >= _PROSE_WORDS:
            return True
        return len(self.text) >= _PROSE_WIDE_CHARS and _WIDE.search(self.text[:20]) is not None


@attrs.frozen(slots=False, eq=False)
class Draft:
    """A text in the course of cleaning, with the article that it comes from.

    `lines` are the lines that are not blank and that no earlier rule of this stage has removed.
    `verdicts` keeps what the phrase lists say of a line, at an edge of the text (True) or not, and
    `signs` the signs of a notice in it; both pass from draft to draft of one article, as the lines
    do that stay as they are.
    """

    text: str
    article: Article
    _kept: tuple[Line, ...] | None = None
    _known: dict[str, Line] = attrs.field(factory=dict)
    verdicts: dict[tuple[str, bool], str | None] = attrs.field(factory=dict)
    signs: dict[str, tuple[str, ...]] = attrs.field(factory=dict)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are left."""
        return tuple(_cut_lines(self.text, self._known)) if self._kept is None else self._kept

    def rewritten(self, text: str) -> "Draft":
        """Give the draft of *text*, what this one has become."""
        return Draft(text, self.article, None, self._known, self.verdicts, self.signs)

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
        return Draft(self.text, self.article, tuple(kept), self._known, self.verdicts, self.signs)

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

    @cached_property
    def by_key(self) -> Mapping[str, tuple[int, ...]]:
        """Positions in `lines` of each line's words."""
        places: dict[str, list[int]] = {}
        for at, line in enumerate(self.lines):
            places.setdefault(line.key if line.is_short else line.text, []).append(at)
        return {key: tuple(found) for key, found in places.items()}

    def remove(self, rule: str, first: int, last: int | None = None) -> Change:
        """Ask to remove the lines at positions *first* to *last* (inclusive) with their breaks."""
        end = self.lines[first if last is None else last].outer_end
        return Change(rule=rule, start=self.lines[first].outer_start, end=end)

    def is_edge(self, at: int) -> bool:
        """Whether position *at* of `lines` is before the first or after the last paragraph."""
        return at < self.first_prose or at > self.last_prose


def _cut_lines(text: str, known: dict[str, Line]) -> Iterator[Line]:
    at, index, gap = 0, 0, False
    for body in text.split("\n"):
        end = at + len(body)
        outer_end = min(end + 1, len(text))
        stripped = body.strip()
        if stripped:
            start = at + len(body) - len(body.lstrip())
            stop = start + len(stripped)
            line = known.get(stripped)
            if line is None:
                short = len(stripped) <= _HEAD_CHARS
                line = Line(stripped, start, stop, at, outer_end, index, gap, short)
                known[stripped] = line
            elif not (
                line.outer_start == at
                and line.index == index
                and line.outer_end == outer_end
                and line.start == start
                and line.gap == gap
            ):
                line = line.moved((start, stop), (at, outer_end), index, gap=gap)
                known[stripped] = line
            yield line
            index += 1
        gap = not stripped
        at = end + 1
