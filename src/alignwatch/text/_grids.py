"""Which lines of a text are rows of a table: what stands between pipes or tabs, and what does not.

Pipes and tabs also stand in navigation, code and lists. Rows that no frame of pipes and no line of
dashes marks as such are a table only if they are even and hold numbers.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from alignwatch.text._draft import Draft, Line, key_of

__all__ = ["Grid", "Row", "find_grids"]

_PIPE = re.compile(r"(?<!\\)\|")
_CROSS = re.compile(r"\+")
_MOST_HEADER_ROWS = 2
_MOST_BARE_CHARS = 80
_MOST_PROSE_CHARS = 150
_LEAST_EVEN = 0.6
# the beginning of "1,240", "+3 %", "$ 20 bn", "(12)", "2024-05-01"
_VALUE = re.compile(r"[+\-\u2212\u2013~<>\u2248(]?\s?[$\u20ac\u00a3\u00a5\u20bd\u20ba]?\s?\d")
# all of "1.", "a)", "\u2022": what stands before a tab in a list
_BULLET = re.compile(r"(?:\(?(?:\d{1,3}|[^\W\d_]|[ivx]{1,5})[.)]|[-*\u2022\u2013\u2014\u00b7])$")
_NO_VALUE = frozenset({"", "-", "\u2013", "\u2014", "n/a", "na", "..."})


@attrs.frozen(slots=False, eq=False)
class Row:
    """A line of a table. `text`, which begins at `start` of the draft, is cut at `marks`.

    A framed row has a mark before its first cell.
    """

    line: Line
    text: str
    start: int
    marks: tuple[int, ...]
    framed: bool
    is_separator: bool = False

    @cached_property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """Where each cell begins and ends in `text`; nothing behind the last mark is no cell."""
        starts = [mark + 1 for mark in self.marks]
        ends = [*self.marks, len(self.text)]
        if self.framed:
            ends = ends[1:]
        else:
            starts.insert(0, 0)
        if starts and not self.text[starts[-1] :].strip():
            starts.pop()
        return tuple(zip(starts, ends, strict=False))

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The words of each cell."""
        return tuple(self.text[start:end].strip() for start, end in self.bounds)

    @cached_property
    def width(self) -> int:
        """How many cells up to the last one that says something."""
        return max((at for at, cell in enumerate(self.cells, 1) if cell), default=0)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The cells as two ways to set them compare equal."""
        return tuple(key_of(cell) or cell for cell in self.cells[: self.width])

    def cut(self, first: int, last: int) -> tuple[int, int] | None:
        """Where the cells from *first* to *last* stand in the draft, with one mark for each."""
        if first >= len(self.bounds):
            return None
        start, end = self.bounds[first][0], self.bounds[min(last, len(self.bounds) - 1)][1]
        if self.framed or not first:
            end = min(end + 1, len(self.text))
        else:
            start -= 1
        return self.start + start, self.start + end


@attrs.frozen(slots=False, eq=False)
class Grid:
    """Rows that belong together; `first` is the position of the first one's line in the draft."""

    rows: tuple[Row, ...]
    first: int

    @property
    def last(self) -> int:
        """Position of the last row's line in the draft."""
        return self.first + len(self.rows) - 1

    @cached_property
    def content(self) -> tuple[Row, ...]:
        """The rows that are no separators."""
        return tuple(row for row in self.rows if not row.is_separator)

    @cached_property
    def width(self) -> int:
        """How many columns up to the last one that says something."""
        return max((row.width for row in self.content), default=0)

    @cached_property
    def empty(self) -> tuple[int, ...]:
        """The columns within `width` in which no row says anything."""
        full = {at for row in self.content for at, cell in enumerate(row.cells) if cell}
        return tuple(at for at in range(self.width) if at not in full)

    @cached_property
    def places(self) -> dict[tuple[str, ...], int]:
        """Which number each row of the content has."""
        return {row.keys: at for at, row in reversed(list(enumerate(self.content)))}

    @cached_property
    def header_rows(self) -> int:
        """How many rows stand above the first separator; one where there is none."""
        for at, row in enumerate(self.rows):
            if row.is_separator:
                return max(at, 1)
        return 1


def find_grids(draft: Draft) -> Iterator[Grid]:
    """Give the tables of pipes, then those of tabs, each in the text's order."""
    if "|" in draft.text:
        for first, last in _join_scattered(draft.lines, list(_pipe_blocks(draft.lines))):
            yield from _split_block([_at_pipes(line) for line in draft.lines[first:last]], first)
    if "\t" in draft.text:
        for first, last in _tab_blocks(draft):
            grid = _to_tab_grid(draft, first, last)
            if grid is not None:
                yield grid


def _at_pipes(line: Line) -> Row:
    text = line.text
    ruled = _is_rule(text)
    pattern = _CROSS if ruled else _PIPE
    marks = tuple(found.start() for found in pattern.finditer(text))
    # | --- | :--: |, --- | ---, |===|===|
    separator = ("--" in text or "-|" in text or ":-" in text or "==" in text) and not text.strip(
        "|:-= \t\u2014"
    )
    return Row(line, text, line.start, marks, bool(marks) and not marks[0], ruled or separator)


def _is_rule(text: str) -> bool:
    """Whether a line is one of "+----+------+", as programs draw tables."""
    return text.startswith(("+-", "+=")) and not text.strip("+-=")


def _pipe_blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines with pipes that no blank line parts."""
    first: int | None = None
    for at, line in enumerate(lines):
        piped = "|" in line.text or _is_rule(line.text)
        if first is not None and (not piped or line.outer_start != lines[at - 1].outer_end):
            yield first, at
            first = None
        if piped and first is None:
            first = at
    if first is not None:
        yield first, len(lines)


def _join_scattered(
    lines: Sequence[Line], blocks: list[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Join framed rows of the same width that each stand alone between blank lines."""
    at = 0
    while at < len(blocks):
        first, last = blocks[at]
        at += 1
        pipes = lines[first].text.count("|") if last - first == 1 else 0
        while pipes and at < len(blocks) and blocks[at] == (last, last + 1):
            text = lines[last].text
            if not (text.startswith("|") and text.endswith("|") and text.count("|") == pipes):
                break
            last += 1
            at += 1
        if last - first >= 2:
            yield first, last


def _split_block(rows: list[Row], first: int) -> Iterator[Grid]:
    """Cut rows that follow each other into tables: a header stands before each separator."""
    if not _is_table(rows):
        return
    if not rows[0].framed:
        rows = [_unframe(row) for row in rows]
    starts, since, seen = [0], 0, False
    for at, row in enumerate(rows):
        if not row.is_separator:
            since += 1
            continue
        # with one row or none between them, the second of two separators is one too many
        even = rows[0].width == rows[at - 1].width or not any(rows[0].cells[1:])
        most = _MOST_HEADER_ROWS if even and rows[0].framed and not seen else 1
        # nothing below the last one: it closes the table, unless it stands below a second header
        if since > most and (at + 1 < len(rows) or _heads(rows[at - 1], rows[starts[-1] :])):
            starts.append(at - 1)
        seen, since = True, 0
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        grid = Grid(tuple(rows[start:end]), first + start)
        if grid.width and (len(grid.rows) > 1 or grid.rows[0].framed):
            yield grid


def _heads(row: Row, rows: Sequence[Row]) -> bool:
    return row.keys == next(other for other in rows if not other.is_separator).keys


def _is_table(rows: Sequence[Row]) -> bool:
    if any(row.is_separator for row in rows):
        return len(rows) > 1
    closed = sum(row.framed and row.text.endswith("|") for row in rows)
    if all(row.framed for row in rows) and closed * 2 >= len(rows):
        return True
    return _holds_values(rows)


def _holds_values(rows: Sequence[Row]) -> bool:
    """Whether rows without a frame are even, short, and have a column of numbers."""
    width = len(rows[0].cells)
    if len(rows) < 3 or width < 2 or any(len(row.cells) != width for row in rows):
        return False
    if any("||" in row.text or max(map(len, row.cells)) > _MOST_BARE_CHARS for row in rows):
        return False
    columns = [
        column
        for column in zip(*(row.cells for row in rows), strict=True)
        if all(_VALUE.match(cell) or cell.casefold() in _NO_VALUE for cell in column[1:])
        and any(_VALUE.match(cell) for cell in column[1:])
    ]
    # a list of headlines has dates, and no word above them
    return len(columns) > 1 or any(not _VALUE.match(column[0]) for column in columns)


def _unframe(row: Row) -> Row:
    """In a table without frames a row that begins with a pipe has an empty first cell."""
    if not row.framed or row.text.endswith("|"):
        return row
    return attrs.evolve(row, framed=False)


def _tab_blocks(draft: Draft) -> Iterator[tuple[int, int]]:
    """Runs of two or more lines with tabs between words that no blank line parts."""
    first: int | None = None
    for at, line in enumerate(draft.lines):
        tabbed = "\t" in line.text and not line.text.startswith("|")
        if first is not None and (not tabbed or line.gap):
            if at - first >= 2:
                yield first, at
            first = None
        if tabbed and first is None:
            first = at
    if first is not None and len(draft.lines) - first >= 2:
        yield first, len(draft.lines)


def _to_tab_grid(draft: Draft, first: int, last: int) -> Grid | None:
    lines = draft.lines[first:last]
    texts = [draft.text[line.outer_start : line.end] for line in lines]
    # what all rows begin with is an indentation; what some do is an empty cell
    indent = min(len(text) - len(text.lstrip("\t")) for text in texts)
    rows = []
    for line, text in zip(lines, texts, strict=True):
        marks = tuple(at - indent for at, char in enumerate(text) if char == "\t" and at >= indent)
        rows.append(Row(line, text[indent:], line.outer_start + indent, marks, framed=False))
    width, often = Counter(len(row.cells) for row in rows).most_common(1)[0]
    if often < max(2, _LEAST_EVEN * len(rows)):
        return None
    if width == 2 and (_is_list(rows) or sum(map(_is_prose, rows)) * 2 >= len(rows)):
        return None
    return Grid(tuple(rows), first)


def _is_list(rows: Sequence[Row]) -> bool:
    return all(_BULLET.match(row.cells[0]) for row in rows)


def _is_prose(row: Row) -> bool:
    return len(row.text) > _MOST_PROSE_CHARS and row.line.ends_sentence
