"""Pipe and tab tables in a text: what is broken in them, and their values."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from alignwatch.model import Span, Table
from alignwatch.text._draft import Change, Draft, Line
from alignwatch.text._grids import Grid, Row, find_grids

__all__ = [
    "find_broken_rows",
    "find_cell_lists",
    "find_copied_tables",
    "find_phantom_columns",
    "read_tables",
]

_MOST_EARLIER = 20
_MOST_SPILLED_LINES = 30
_MOST_CAPTION_CHARS = 300
_MOST_TITLE_WORDS = 20
# the beginning of "Table 3: Exports by year", "\u88681 ...", and all of "Table: Exports"
_CAPTION = re.compile(
    r"(?:(?:table|tabelle|tableau|tabla|tabella|tabela|tabel|tab\.|таблица|таблиця|табл\.|tablo"
    r"|جدول|الجدول)\s?(?:[A-Z]?\.?\d|[IVX]{1,5}\b|:)|[表표]\s?\d)",
    re.IGNORECASE,
)
# tags of lists and line breaks that converters leave in cells: "<br>", "</li> <li>"
_CELL_BREAK = re.compile(
    r"\s{0,3}</?(?:ul|ol|li|p|br)\s?/?>(?:\s{0,3}</?(?:ul|ol|li|p|br)\s?/?>)*\s{0,3}", re.IGNORECASE
)


def find_cell_lists(draft: Draft) -> Iterator[Change]:
    """Set lists inside cells in one line: join rows that they broke, replace tags between items."""
    if "|" not in draft.text:
        return
    yield from _join_spilled(draft.lines)
    if "<" not in draft.text:
        return
    for grid in find_grids(draft):
        for row in grid.rows:
            for found in _CELL_BREAK.finditer(row.text) if "<" in row.text else ():
                start, end = row.start + found.start(), row.start + found.end()
                before, after = row.text[: found.start()], row.text[found.end() :]
                at_edge = not before or not after or before[-1] in "|\t" or after[0] in "|\t"
                listed = before[-1:] in {",", ";", ":", "."} or after[:2] in {"- ", "* ", "\u2022 "}
                mark = " " if at_edge or listed else "; "
                yield Change(rule="table-row", start=start, end=end, replacement=mark)


def _join_spilled(lines: Sequence[Line]) -> Iterator[Change]:
    """Join the lines of a row that a list in a cell broke: "| Aland | - one", "- two |"."""
    for at in range(1, len(lines) - 1):
        text, above = lines[at].text, lines[at - 1].text
        if not text.startswith("|") or text.endswith("|") or not above.endswith("|"):
            continue
        pipes, wanted = text.count("|"), above.count("|")
        for last in range(at + 1, min(at + _MOST_SPILLED_LINES, len(lines))):
            pipes += lines[last].text.count("|")
            if lines[last].text.startswith("|") or pipes > wanted:
                break
            if pipes == wanted and lines[last].text.endswith("|"):
                for here in range(at, last):
                    start, end = lines[here].end, lines[here + 1].start
                    yield Change(rule="table-row", start=start, end=end, replacement=" ")
                break


def find_phantom_columns(draft: Draft) -> Iterator[Change]:
    """Cut cells that are empty in every row of the table out of each row."""
    for grid in find_grids(draft):
        runs = [[at for _, at in run] for _, run in groupby(enumerate(grid.empty), _gap)]
        for row in grid.rows:
            beyond = (grid.width, len(row.bounds) - 1)
            for first, last in [*((run[0], run[-1]) for run in runs), beyond]:
                span = row.cut(first, last)
                if span is not None:
                    yield Change(rule="table-columns", start=span[0], end=span[1])


def _gap(numbered: tuple[int, int]) -> int:
    return numbered[1] - numbered[0]


def find_broken_rows(draft: Draft) -> Iterator[Change]:
    """Complete rows that were cut short; drop empty ones, further headers and separators."""
    before: Grid | None = None
    for grid in find_grids(draft):
        header = grid.content[0].keys
        ruled = any(row.is_separator for row in grid.rows)
        # a header that follows its own table heads the next screen of it
        goes_on = (
            before is not None
            and ruled
            and header == before.content[0].keys
            and draft.lines[before.last].outer_end == draft.lines[grid.first].outer_start
        )
        seen = goes_on
        for number, row in enumerate(grid.rows):
            place = grid.first + number
            again = goes_on or row is not grid.content[0]
            if row.is_separator:
                if seen or (not number and row.framed):
                    yield draft.remove("table-row", place)
                    continue
                seen = True
            elif not row.width or (again and _repeats(row, header, draft, ruled=ruled)):
                yield draft.remove("table-row", place)
                continue
            if row.framed and not grid.empty:
                yield from _complete(row, grid.width)
        before = grid


def _repeats(row: Row, header: tuple[str, ...], draft: Draft, *, ruled: bool) -> bool:
    """Whether a row is the header again, or as much of it as a cut left at the end of the text."""
    if row.keys == header:
        # without a line of dashes the first row may be a row like others: 0 | 0 | 0
        return ruled or not any(char.isdigit() for key in header for char in key)
    return row.line is draft.lines[-1] and len(row.keys) > 1 and _is_cut(row.keys, header)


def _complete(row: Row, width: int) -> Iterator[Change]:
    missing = width + 1 - len(row.marks)
    if missing > 0:
        filler = "---|" if row.is_separator else " |"
        end = row.line.end
        yield Change(rule="table-row", start=end, end=end, replacement=filler * missing)


def find_copied_tables(draft: Draft) -> Iterator[Change]:
    """Drop a table all of whose cells stand in an earlier one, in the same order."""
    before: list[Grid] = []
    for grid in find_grids(draft):
        if any(_is_copy(grid, earlier) for earlier in before[-_MOST_EARLIER:]):
            yield draft.remove("table-copy", grid.first, grid.last)
        else:
            before.append(grid)


def _is_copy(grid: Grid, earlier: Grid) -> bool:
    rows, places = grid.content, earlier.places
    headed = rows[0].keys == earlier.content[0].keys
    if not headed and (len(rows) < 2 or any(row.width < 2 for row in rows)):
        return False
    at = -1
    for number, row in enumerate(rows):
        place = places.get(row.keys)
        if place is not None:
            at = place
            continue
        cut = headed and number == len(rows) - 1 and at + 1 < len(earlier.content)
        return cut and _is_cut(row.keys, earlier.content[at + 1].keys)
    return True


def _is_cut(keys: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a row is another one, broken off somewhere."""
    if not keys or len(keys) > len(whole):
        return False
    return keys[:-1] == whole[: len(keys) - 1] and whole[len(keys) - 1].startswith(keys[-1])


def read_tables(draft: Draft) -> tuple[Table, ...]:
    """Give the pipe and tab tables of a clean text, in its order, with their spans in it."""
    found = [_to_table(draft, grid) for grid in find_grids(draft)]
    return tuple(sorted(found, key=lambda table: table.span.start if table.span else 0))


def _to_table(draft: Draft, grid: Grid) -> Table:
    width = max(len(row.cells) for row in grid.content)
    rows = [_values(row, width) for row in grid.content]
    caption = _caption(draft, grid)
    head = min(grid.header_rows, len(rows))
    # a row over the header that says one thing only is a title
    if width > 1 and len(rows) > head and caption is None and _is_title(rows[0], rows[1]):
        caption, rows, head = next(filter(None, rows[0])), rows[1:], max(head - 1, 1)
    if head == 1 and len(rows) > 2 and _goes_on(rows[0], rows[1]):
        rows[0], head = _spread(rows[0]), 2
    return Table(
        header=tuple(
            " ".join(dict.fromkeys(filter(None, column)))
            for column in zip(*rows[:head], strict=True)
        ),
        rows=tuple(rows[head:]),
        caption=caption or _title_above(draft, grid),
        span=Span(start=draft.lines[grid.first].start, end=draft.lines[grid.last].end),
    )


def _values(row: Row, width: int) -> tuple[str, ...]:
    cells = (cell.replace("\\|", "|") for cell in row.cells)
    return (*cells, *[""] * (width - len(row.cells)))


def _goes_on(header: tuple[str, ...], row: tuple[str, ...]) -> bool:
    """Whether *row* parts what a merged cell of *header* stands over: it names columns below it."""
    spread = _spread(header)
    merged = [spread.count(cell) > 1 for cell in spread]
    return (
        any(merged)
        and not any(char.isdigit() for cell in row for char in cell)
        and all(
            bool(cell) if wide else cell in {"", above}
            for cell, above, wide in zip(row, spread, merged, strict=True)
        )
    )


def _spread(header: tuple[str, ...]) -> tuple[str, ...]:
    """Give each empty cell what stands before it."""
    return tuple(accumulate(header, lambda before, cell: cell or before))


def _is_title(row: tuple[str, ...], below: tuple[str, ...]) -> bool:
    said = [cell for cell in row if cell]
    merged = len(said) > 1 and len(said) == len(row)
    return len(set(said)) == 1 and (merged or not row[1:] or not any(row[1:])) and all(below)


def _caption(draft: Draft, grid: Grid) -> str | None:
    """Give the line above or below that numbers the table."""
    places = [grid.first - 1, grid.last + 1]
    for place in places:
        line = draft.lines[place] if 0 <= place < len(draft.lines) else None
        if line and len(line.text) <= _MOST_CAPTION_CHARS and _CAPTION.match(line.text):
            if place > grid.last and _heads_another(draft, place):
                return None
            return line.text
    return None


def _title_above(draft: Draft, grid: Grid) -> str | None:
    """Give the line right above a table with a line of dashes, if it is a title and no sentence."""
    if not grid.first or not any(row.is_separator for row in grid.rows):
        return None
    line = draft.lines[grid.first - 1]
    near = draft.text[line.end : draft.lines[grid.first].start].count("\n") == 1
    named = not (line.is_row or line.is_item or line.is_prose or line.ends_sentence)
    said = line.text
    return (
        said
        if near
        and named
        and said[-1].isalnum()
        and said.count(" ") < _MOST_TITLE_WORDS
        and any(map(str.isalpha, said))
        else None
    )


def _heads_another(draft: Draft, place: int) -> bool:
    """Whether the next table follows on the caption at *place*."""
    after = draft.lines[place + 1 : place + 2]
    return any("|" in line.text or "\t" in line.text for line in after)
