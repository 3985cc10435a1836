"""Claims and relationships to CSV, for people with a spreadsheet."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TextIO, TypeVar

from alignwatch.export._surrogates import replace_surrogates
from alignwatch.model import Claim, Relationship

__all__ = [
    "CLAIM_COLUMNS",
    "RELATIONSHIP_COLUMNS",
    "format_csv",
    "format_relationships_csv",
    "write_csv",
    "write_relationships_csv",
]

Cell = str | int | float | None
T = TypeVar("T")
# what a spreadsheet may run: "=HYPERLINK(...)", "\t=1+1", a full-width "@SUM(1)"; spaces and
# marks that it may skip before it are skipped here too
_FORMULA = re.compile("[\\s\ufeff\u200b-\u200f\u2060]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")

_CLAIM_CELLS: Mapping[str, Callable[[Claim], Cell]] = {
    "id": lambda claim: claim.id,
    "article": lambda claim: claim.article,
    "url": lambda claim: claim.url,
    "published": lambda claim: claim.published,
    "source": lambda claim: claim.source,
    "target": lambda claim: claim.target,
    "kind": lambda claim: claim.kind,
    "family": lambda claim: claim.kind.family,
    "over": lambda claim: claim.over,
    "negated": lambda claim: _flag(claim.negated),
    "status": lambda claim: claim.status,
    "attributed_to": lambda claim: _join(claim.attributed_to),
    "denied_by": lambda claim: _join(claim.denied_by),
    "trend": lambda claim: claim.trend,
    "plover": lambda claim: claim.plover,
    "confidence": lambda claim: claim.confidence,
    "when_start": lambda claim: claim.when.start.isoformat() if claim.when else None,
    "when_end": lambda claim: claim.when.end.isoformat() if claim.when else None,
    "when_precision": lambda claim: claim.when.precision if claim.when else None,
    "quantities": lambda claim: _join(quantity.text for quantity in claim.quantities),
    "quote": lambda claim: claim.evidence.quote,
    "start": lambda claim: claim.evidence.start,
    "end": lambda claim: claim.evidence.end,
    "raw_start": lambda claim: claim.evidence.raw_start,
    "raw_end": lambda claim: claim.evidence.raw_end,
    "extractor": lambda claim: claim.extractor,
}
_RELATIONSHIP_CELLS: Mapping[str, Callable[[Relationship], Cell]] = {
    "source": lambda tie: tie.source,
    "target": lambda tie: tie.target,
    "kind": lambda tie: tie.kind,
    "family": lambda tie: tie.kind.family,
    "standing": lambda tie: tie.standing,
    "independent_count": lambda tie: tie.independent_count,
    "article_count": lambda tie: tie.article_count,
    "claim_count": lambda tie: len(tie.claims),
    "first_published": lambda tie: tie.first_published,
    "last_published": lambda tie: tie.last_published,
    "attributed_to": lambda tie: _join(tie.attributed_to),
    "denied_by": lambda tie: _join(tie.denied_by),
    "trend": lambda tie: tie.trend,
    "latest_claim": lambda tie: tie.latest.id,
    "latest_quote": lambda tie: tie.latest.evidence.quote,
}
CLAIM_COLUMNS = tuple(_CLAIM_CELLS)
"""Columns of `write_csv`. Several names or amounts in a cell are joined by ``; ``; `negated` is
``true`` or ``false``; `quantities` are as the text has them; an absent value is an empty cell."""
RELATIONSHIP_COLUMNS = tuple(_RELATIONSHIP_CELLS)
"""Columns of `write_relationships_csv`, as in `CLAIM_COLUMNS`; the latest claim is named by id."""


def format_csv(claims: Iterable[Claim]) -> Iterator[str]:
    """Give a header of `CLAIM_COLUMNS`, then a row per claim, each with its line end (CR LF); lazy.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, and a lone
    surrogate becomes U+FFFD: CSV is for eyes. JSON Lines keep every value as it is.
    """
    return format_rows(_CLAIM_CELLS, claims)


def write_csv(claims: Iterable[Claim], stream: TextIO) -> None:
    """Write a header and a row per claim; see `format_csv`."""
    stream.writelines(format_csv(claims))


def format_relationships_csv(relationships: Iterable[Relationship]) -> Iterator[str]:
    """Give a header of `RELATIONSHIP_COLUMNS`, then a row each; guarded as `format_csv`."""
    return format_rows(_RELATIONSHIP_CELLS, relationships)


def write_relationships_csv(relationships: Iterable[Relationship], stream: TextIO) -> None:
    """Write a header and a row per relationship; see `format_relationships_csv`."""
    stream.writelines(format_relationships_csv(relationships))


def format_rows(cells: Mapping[str, Callable[[T], Cell]], values: Iterable[T]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in _rows(cells, values):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _rows(cells: Mapping[str, Callable[[T], Cell]], values: Iterable[T]) -> Iterator[list[Cell]]:
    yield list(cells)
    for value in values:
        yield [_guard(cell(value)) for cell in cells.values()]


def _guard(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = replace_surrogates(cell)
    return f"'{text}" if _FORMULA.match(text) else text


def _flag(value: bool) -> str:  # noqa: FBT001 - a cell's value, not a switch
    return "true" if value else "false"


def _join(names: Iterable[str]) -> str:
    return "; ".join(names)
