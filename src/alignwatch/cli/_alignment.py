"""``alignment``: how near two actors stand, over time."""

import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

from alignwatch.cli._screen import talk
from alignwatch.cli._words import Sure, count
from alignwatch.model import Alignment, AlignmentPoint, Claim, Period, to_json
from alignwatch.pipeline import alignment as measure

__all__ = ["alignment"]

_STORE = Path("alignwatch.db")
_SCALE = 41
"""Columns of the drawn scale from -1 to 1; odd, so that 0 has one."""
_WIDE = 160
_LONGEST_QUOTE = 300


def alignment(  # noqa: PLR0913 - the options of a command
    one: str,
    other: str,
    *,
    store: Path = _STORE,
    period: Period = Period.MONTH,
    weights: Path | None = None,
    as_of: str | None = None,
    sure: Sure = 0.0,
    json: bool = False,
) -> None:
    """Lay the ties of two actors over time: an index from -1 to 1, with its interval and changes.

    Args:
        one: An actor: an id or a name, such as RUS or Russia.
        other: Another one.
        store: The store to look into.
        period: The unit of time.
        weights: A TOML file with weights of kinds and doubts of your own.
        as_of: What was known at this moment: a date, or a date and time.
        sure: Leave out claims that are less sure than this, from 0 to 1, such as 0.7.
        json: Print one JSON object, an alignment record of the wire format.
    """
    found = measure(
        store, one, other, period=period, weights=weights, as_of=as_of, min_confidence=sure
    )
    if json:
        sys.stdout.write(to_json(found) + "\n")
    elif found.points:
        _print(found)
    else:
        talk(f"the store tells of no tie of {' with '.join(found.actors)} in any {period}")
        if found.left_out and period is not Period.YEAR:
            talk("claims that name a year alone fit into years: --period year")
    if found.left_out:
        talk(f"left out: {count(found.left_out, 'claim')} without a time that fits, or weight")


def _print(found: Alignment) -> None:
    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)
    voices = sum(point.independent_count for point in found.points)
    console.print(
        Text(
            f"{_visible(' and '.join(found.actors))} by {found.period}: "
            f"{count(len(found.claims), 'claim')}, "
            f"{count(voices, 'independent voice')} in {count(len(found.points), 'point')}",
            style="bold",
        )
    )
    width = len(found.points[0].period)
    head = f"{'':{width}}  index           95 %  voices  -1{'0':^{_SCALE - 4}}+1"
    console.print(Text(head, style="bold"), soft_wrap=True)
    for point in found.points:
        bounds = f"{point.low:+.2f} to {point.high:+.2f}"
        line = f"{point.period}  {point.index:+.2f}  {bounds}  {point.independent_count:6}  "
        console.print(Text(line + _draw(point)), soft_wrap=True)
    known: dict[str, Claim] = {claim.id: claim for claim in found.claims}
    for change in found.changes:
        title = (
            f"\nsince {change.since} (until {change.until}): "
            f"from {change.before:+.2f} to {change.after:+.2f}, because"
        )
        console.print(Text(title, style="bold"), soft_wrap=True)
        for name in change.claims:
            console.print(Text(f"  {_cite(known[name])}"), soft_wrap=True)


def _draw(point: AlignmentPoint) -> str:
    """Draw the interval as a line, the index as a block, and where 0 is."""
    cells = [" "] * _SCALE
    for place in range(_place(point.low), _place(point.high) + 1):
        cells[place] = "-"
    cells[_SCALE // 2] = "|"
    cells[_place(point.index)] = "#"
    return "".join(cells).rstrip()


def _place(value: float) -> int:
    return round((value + 1) / 2 * (_SCALE - 1))


def _cite(claim: Claim) -> str:
    quote = " ".join(claim.evidence.quote.split())
    short = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"
    where = f"{claim.url or claim.article}, {(claim.published or 'undated')[:10]}"
    not_ = "not " if claim.negated else ""
    told = f"{claim.id}  {claim.source} {not_}{claim.kind} {claim.target}: {short} - {where}"
    return _visible(told)


def _visible(text: str) -> str:
    """Take the teeth out of control characters that a page may bring to a terminal."""
    return "".join(char if char.isprintable() else "\ufffd" for char in text)
