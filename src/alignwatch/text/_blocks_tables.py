"""An HTML table as rows between pipes: merged cells spread out, what is in a cell in one line."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

__all__ = ["HIDING", "is_hidden", "names_table", "read_grid", "write_out_cells"]

_MOST_COLUMNS = 60
_MOST_ROWS = 5_000
_LONGEST_SPAN = 1_000
_LAYOUT_CHARS = 700
_MOST_NESTED = 200
_NOT_IN_DATA = ("form", "article", "h1", "nav")
_ROW_GROUPS = frozenset({"tbody", "tfoot", "thead"})
_BESIDE_ROWS = frozenset({"caption", "col", "colgroup", "script", "style", "template"})
_CELLS = frozenset({"td", "th"})
_ITEMS = frozenset({"li", "tr"})
_PARTING = frozenset(".,:;")
_BETWEEN = "\0"  # the parser leaves none
HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
"""A style by which a browser shows nothing."""

# "\u00a9 Harbour Press", "Source: own count": whose the table is, and not what is in it
_CREDIT = re.compile(r"[^\W\d]{1,20}\s?[:\uff1a]|.{0,200}\u00a9")
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "select", "iframe"})
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span"}
    | {"strong", "sub", "sup", "time", "u", "var", "wbr"}
)


def read_grid(table: HtmlElement) -> str:
    """Give the rows of a table of data, "" for a table that only lays out a page.

    A cell that spans several columns or rows stands in the first one; the others are empty, so
    that columns line up and no word is said twice. A caption stands on a line before. A table in
    a cell is read in its cell, if the outer one has headings: else that only lays out.
    """
    rows = _rows(table)
    wide = sum(len(row) >= 2 for row in rows)
    if wide < 2 or 2 * wide < len(rows):
        return ""
    if next(table.iterdescendants(*_NOT_IN_DATA), None) is not None:
        return ""
    nested = list(islice(table.iterdescendants("table"), _MOST_NESTED + 1))
    if nested and not _holds_only_data(rows, nested):
        return ""
    grid = [row for row in _spread(rows) if any(row)]
    sizes = [len(cell) for row in grid for cell in row if cell]
    if len(sizes) < 3 or len(grid) < 2:
        return ""
    # one cell that holds most of it is a page, the others are its margins
    if max(sizes) > _LAYOUT_CHARS and (nested or 2 * max(sizes) > sum(sizes)):
        return ""
    lines = ["| " + " | ".join(cells) + " |" for cells in grid]
    lines.insert(1, "|" + "---|" * max(map(len, grid)))
    caption = table.find("caption")
    if caption is None:
        caption = _caption_beside(table)
    said = "" if caption is None else _words(caption)
    return "\n".join([said, *lines] if said else lines)


def write_out_cells(tree: HtmlElement) -> None:
    """Leave nothing but words in the cells of data tables, for readers that lose what is in cells.

    Cells with links stay as they are: how many links there are tells a menu.
    """
    for table in list(tree.iter("table")):
        for row in _rows(table) if read_grid(table) else ():
            for cell in row:
                if len(cell) and next(cell.iterdescendants("a"), None) is None:
                    words = _words(cell).replace("\\|", "|")
                    del cell[:]
                    cell.text = words


def _holds_only_data(rows: list[list[HtmlElement]], nested: list[HtmlElement]) -> bool:
    """Whether a table with tables in its cells has headings, and those no further tables."""
    return (
        len(nested) <= _MOST_NESTED
        and any(cell.tag == "th" for row in rows for cell in row)
        and all(next(inner.iterdescendants("table"), None) is None for inner in nested)
    )


def names_table(caption: HtmlElement) -> bool:
    """Whether a `figcaption` is said with the rows of its table, and not by itself."""
    figure = caption.getparent()
    table = None if figure is None else figure.find("table")
    return table is not None and _caption_beside(table) is caption and bool(read_grid(table))


def _caption_beside(table: HtmlElement) -> HtmlElement | None:
    """Give the caption of the figure that holds *table* and no other one."""
    figure = table.getparent()
    if figure is None or figure.tag != "figure" or table.find("caption") is not None:
        return None
    captions, tables = figure.findall("figcaption"), figure.findall("table")
    if len(captions) != 1 or len(tables) != 1 or is_hidden(captions[0]):
        return None
    return None if _CREDIT.match(_words(captions[0])) else captions[0]


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
        elif node.tag in _ITEMS:
            parts.append(_BETWEEN)
        elif node.tag not in _INLINE:
            parts.append(" ")
        text = node.text if event == "start" else node.tail
        if text and (event == "start" or node is not cell):
            parts.append(text)
    runs = (" ".join(run.split()) for run in "".join(parts).split(_BETWEEN))
    return _join_items([run for run in runs if run]).replace("|", "\\|")


def _join_items(runs: list[str]) -> str:
    """Set list items and rows of inner tables behind each other, parted as they are in a list."""
    said = runs[0] if runs else ""
    for run in runs[1:]:
        said += f" {run}" if said[-1] in _PARTING else f"; {run}"
    return said
