"""Pipe and tab tables in a text: where they are, what is broken, and their values."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from alignwatch.model import Span, Table
from alignwatch.text._draft import Change, Draft, Line, key_of

__all__ = ["find_broken_rows", "find_copied_tables", "find_phantom_columns", "read_tables"]

# matches what stands under a header: dashes between pipes, perhaps with colons
_SEPARATOR = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*[|\s]*$")
_PIPE = re.compile(r"(?<!\\)\|")
# the beginning of "Table 3: Exports by year"
_CAPTION = re.compile(
    r"(?:table|tabelle|tableau|tabla|tabella|tabela|таблица|таблиця|tablo)\s+\d", re.IGNORECASE
)


@attrs.frozen(slots=False, eq=False)
class _Row:
    line: Line
    cells: tuple[str, ...]
    is_separator: bool

    @cached_property
    def width(self) -> int:
        """How many cells up to the last one that says something."""
        for at in range(len(self.cells), 0, -1):
            if self.cells[at - 1]:
                return at
        return 0

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(key_of(cell) or cell for cell in self.cells[: self.width])


@attrs.frozen(slots=False, eq=False)
class _Grid:
    """Rows that belong together; `first` is the position of the first one's line in the draft."""

    rows: tuple[_Row, ...]
    first: int

    @cached_property
    def width(self) -> int:
        return max((row.width for row in self.rows if not row.is_separator), default=0)

    @property
    def content(self) -> tuple[_Row, ...]:
        return tuple(row for row in self.rows if not row.is_separator)


def _split_row(line: Line) -> _Row:
    text = line.text
    separator = "-" in text and _SEPARATOR.match(text) is not None
    inner = text.removeprefix("|")
    cells = [cell.strip() for cell in _PIPE.split(inner)]
    if cells and not cells[-1]:
        cells.pop()
    return _Row(line, tuple(cells), separator)


def _find_grids(lines: Sequence[Line]) -> Iterator[_Grid]:
    first = 0
    while first < len(lines):
        last = first
        while (
            last < len(lines)
            and "|" in lines[last].text
            and (last == first or lines[last].outer_start == lines[last - 1].outer_end)
        ):
            last += 1
        if last - first >= 2:
            yield from _split_block([_split_row(line) for line in lines[first:last]], first)
        first = max(last, first + 1)


def _split_block(rows: list[_Row], first: int) -> Iterator[_Grid]:
    """Cut rows that follow each other into tables: a header stands before each separator."""
    separators = [at for at, row in enumerate(rows) if row.is_separator]
    framed = sum(row.line.text.startswith("|") for row in rows)
    even = len({len(row.cells) for row in rows}) == 1 and len(rows) >= 3
    if not separators and framed < len(rows) and not even:
        return
    starts = [0, *(at - 1 for at in separators if at > 1)]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        grid = _Grid(tuple(rows[start:end]), first + start)
        if grid.width:
            yield grid


def find_phantom_columns(draft: Draft) -> Iterator[Change]:
    """Cut cells that are empty in every row of the table off the end of each row."""
    if "|" not in draft.text:
        return
    for grid in _find_grids(draft.lines):
        width = grid.width
        for row in grid.rows:
            line = row.line
            pipes = [found.start() for found in _PIPE.finditer(line.text)]
            closing = width if line.text.startswith("|") else width - 1
            if len(pipes) > closing + 1 or (
                len(pipes) == closing + 1 and pipes[-1] + 1 < len(line.text) and row.width <= width
            ):
                start = pipes[closing] + 1
                if start < len(line.text):
                    yield Change(rule="table-columns", start=line.start + start, end=line.end)


def find_broken_rows(draft: Draft) -> Iterator[Change]:
    """Complete rows that were cut short, and drop rows that are empty or repeat the header."""
    if "|" not in draft.text:
        return
    for grid in _find_grids(draft.lines):
        header = grid.rows[0].keys
        for number, row in enumerate(grid.rows):
            place = grid.first + number
            last = row.line is draft.lines[-1] and len(row.keys) > 1
            cut = last and _is_cut(row.keys, header)
            repeated = number > 1 and (row.keys == header or cut)
            if not row.is_separator and (not row.width or repeated):
                yield draft.remove("table-row", place)
            elif row.line.text.startswith("|"):
                yield from _complete(row, grid.width)


def _complete(row: _Row, width: int) -> Iterator[Change]:
    line = row.line
    missing = width + 1 - len(_PIPE.findall(line.text))
    if missing > 0:
        filler = "---|" if row.is_separator else " |"
        end = line.end
        yield Change(rule="table-row", start=end, end=end, replacement=filler * missing)


def find_copied_tables(draft: Draft) -> Iterator[Change]:
    """Drop a table all of whose cells stand in an earlier one of the same header."""
    if "|" not in draft.text:
        return
    before: list[_Grid] = []
    for grid in _find_grids(draft.lines):
        last = grid.first + len(grid.rows) - 1
        if any(_is_copy(grid, earlier) for earlier in before[-20:]):
            yield draft.remove("table-copy", grid.first, last)
        else:
            before.append(grid)


def _is_copy(grid: _Grid, earlier: _Grid) -> bool:
    rows, known = grid.content, [row.keys for row in earlier.content]
    if rows[0].keys != known[0] or len(rows) > 500:
        return False
    whole = set(known)
    for number, row in enumerate(rows):
        keys = row.keys
        cut = number == len(rows) - 1
        if keys in whole:
            continue
        if not cut or not any(_is_cut(keys, other) for other in known):
            return False
    return True


def _is_cut(keys: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a row is another one, broken off somewhere."""
    if not keys or len(keys) > len(whole):
        return False
    return keys[:-1] == whole[: len(keys) - 1] and whole[len(keys) - 1].startswith(keys[-1])


def read_tables(draft: Draft) -> tuple[Table, ...]:
    """Give the pipe and tab tables of a clean text, in its order, with their spans in it."""
    found = []
    if "|" in draft.text:
        for grid in _find_grids(draft.lines):
            rows = [row.cells for row in grid.content]
            found.append(_to_table(draft, grid.first, grid.first + len(grid.rows) - 1, rows))
    if "\t" in draft.text:
        for first, last in _find_tabbed(draft):
            rows = [
                tuple(cell.strip() for cell in line.text.split("\t"))
                for line in draft.lines[first : last + 1]
            ]
            found.append(_to_table(draft, first, last, rows))
    return tuple(sorted(found, key=lambda table: table.span.start if table.span else 0))


def _find_tabbed(draft: Draft) -> Iterator[tuple[int, int]]:
    """Two or more lines without a gap that have as many tabs each."""
    lines, first = draft.lines, 0
    while first < len(lines):
        tabs = lines[first].text.count("\t")
        last = first
        while (
            tabs
            and last + 1 < len(lines)
            and not lines[last + 1].gap
            and lines[last + 1].text.count("\t") == tabs
        ):
            last += 1
        if last > first:
            yield first, last
        first = last + 1


def _to_table(draft: Draft, first: int, last: int, rows: list[tuple[str, ...]]) -> Table:
    width = max(len(row) for row in rows)
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    above = draft.lines[first - 1].text if first else ""
    return Table(
        header=padded[0],
        rows=tuple(padded[1:]),
        caption=above if _CAPTION.match(above) and len(above) <= 200 else None,
        span=Span(start=draft.lines[first].start, end=draft.lines[last].end),
    )
