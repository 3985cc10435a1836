"""An HTML table as rows between pipes: merged cells spread out, what is in a cell in one line."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

__all__ = ["HIDING", "is_hidden", "read_grid"]

_MOST_COLUMNS = 60
_MOST_ROWS = 5_000
_LONGEST_SPAN = 1_000
_LAYOUT_CHARS = 700
_NOT_IN_DATA = ("table", "form", "article", "h1", "nav")
_ROW_GROUPS = frozenset({"tbody", "tfoot", "thead"})
_BESIDE_ROWS = frozenset({"caption", "col", "colgroup", "script", "style", "template"})
_CELLS = frozenset({"td", "th"})
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
"""A style by which a browser shows nothing."""

_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "select", "iframe"})
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u", "var", "wbr"}
)


def read_grid(table: HtmlElement) -> str:
    """Give the rows of a table of data, "" for a table that only lays out a page.

    A cell that spans several columns or rows stands in the first one; the others are empty, so
    that columns line up and no word is said twice. A caption stands on a line before.
    """
    rows = _rows(table)
    wide = sum(len(row) >= 2 for row in rows)
    if wide < 2 or 2 * wide < len(rows):
        return ""
    if next(table.iterdescendants(*_NOT_IN_DATA), None) is not None:
        return ""
    grid = [row for row in _spread(rows) if any(row)]
    sizes = [len(cell) for row in grid for cell in row if cell]
    if len(sizes) < 3 or len(grid) < 2:
        return ""
    # one cell that holds most of it is a page, the others are its margins
    if max(sizes) > _LAYOUT_CHARS and 2 * max(sizes) > sum(sizes):
        return ""
    lines = ["| " + " | ".join(cells) + " |" for cells in grid]
    lines.insert(1, "|" + "---|" * max(map(len, grid)))
    caption = table.find("caption")
    said = "" if caption is None else _words(caption)
    return "\n".join([said, *lines] if said else lines)


def _spread(rows: list[list[HtmlElement]]) -> Iterator[list[str]]:
    """Give the words of each row's cells, each in its column."""
    pending: dict[int, int] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row:
            _skip(cells, pending)
            if len(cells) >= _MOST_COLUMNS:
                cells[-1] = f"{cells[-1]} {_words(cell)}".strip()
                continue
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for at in range(min(width, _MOST_COLUMNS - len(cells))):
                pending[len(cells)] = height - 1
                cells.append("" if at else _words(cell))
        _skip(cells, pending)
        yield cells


def _skip(cells: list[str], pending: dict[int, int]) -> None:
    """Leave the places empty that cells of the rows above reach down into."""
    while len(cells) < _MOST_COLUMNS and (left := pending.get(len(cells), 0)) > 0:
        pending[len(cells)] = left - 1
        cells.append("")


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """Give the cells of each row, no row where words stand outside of cells."""
    rows: list[HtmlElement] = []
    for child in table:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in _ROW_GROUPS:
            rows += child
        elif child.tag not in _BESIDE_ROWS:
            return []
    if len(rows) > _MOST_ROWS or any(row.tag != "tr" or _has_words(row) for row in rows):
        return []
    return [[cell for cell in row if not is_hidden(cell)] for row in rows if not is_hidden(row)]


def _has_words(row: HtmlElement) -> bool:
    """Whether a row holds anything but cells."""
    if (row.text and not row.text.isspace()) or (row.tail and not row.tail.isspace()):
        return True
    return any(cell.tag not in _CELLS or (cell.tail and not cell.tail.isspace()) for cell in row)


def is_hidden(node: HtmlElement) -> bool:
    """Whether an element says that it is not shown."""
    style = node.get("style")
    return node.get("hidden") is not None or bool(style and HIDING.search(style))


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "1").strip()
    if not value.isascii() or not value.isdigit() or len(value) > 6:
        return 1
    return max(1, min(int(value), _LONGEST_SPAN))


def _words(cell: HtmlElement) -> str:
    parts: list[str] = []
    walker = etree.iterwalk(cell, events=("start", "end"))
    for event, node in walker:
        if node.tag in _UNSEEN or (node is not cell and is_hidden(node)):
            if event == "start":
                walker.skip_subtree()
                continue
        elif node.tag not in _INLINE:
            parts.append(" ")
        text = node.text if event == "start" else node.tail
        if text and (event == "start" or node is not cell):
            parts.append(text)
    return " ".join("".join(parts).split()).replace("|", "\\|")
