"""When claims hold."""

import re
from calendar import monthrange
from datetime import date

from alignwatch.errors import ModelError
from alignwatch.model import Claim, Precision, When

__all__ = ["holds_during", "parse_period", "period_of"]

# the date that a publication time begins with, as precise as it is: "2025-07-02T08:00Z", "2025-07"
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_BETWEEN = ".."


def parse_period(text: str) -> When:
    """Read a day, a month, a year, or two of them with ``..`` between, both inclusive.

    The precision is that of the coarser bound.

    Raises:
        ModelError: *text* is none of these, or ends before it begins.

    Example:
        >>> period = parse_period("2024-05..2025")
        >>> str(period.start), str(period.end), period.precision.value
        ('2024-05-01', '2025-12-31', 'year')
    """
    first, between, last = text.strip().partition(_BETWEEN)
    start, end = _read(first), _read(last if between else first)
    if start is None or end is None:
        msg = f"a period is like 2024, 2024-05, 2024-05-17 or 2024-05..2025, got {text!r}"
        raise ModelError(msg)
    coarser = max(start, end, key=lambda one: list(Precision).index(one.precision))
    return When(start=start.start, end=end.end, precision=coarser.precision)


def period_of(claim: Claim) -> When | None:
    """Give when *claim* holds: the period that it names, else the day that its article is of.

    None for a claim of an undated article that names no period.
    """
    if claim.when is not None:
        return claim.when
    found = _DATE.match(claim.published or "")
    return _read(found[0]) if found else None


def holds_during(claim: Claim, period: When) -> bool:
    """Tell whether *claim* holds on some day of *period*, as far as it says; see `period_of`.

    A claim that is not known to hold at any time holds in none.
    """
    held = period_of(claim)
    return held is not None and held.start <= period.end and period.start <= held.end


def _read(text: str) -> When | None:
    """Read a date as precise as it is, None for what is none."""
    if _DATE.fullmatch(text) is None:
        return None
    year, month, day = (int(part) for part in (*text.split("-"), "0", "0")[:3])
    try:
        if day:
            on = date(year, month, day)
            return When(start=on, end=on, precision=Precision.DAY)
        if month:
            start, end = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            return When(start=start, end=end, precision=Precision.MONTH)
        return When(start=date(year, 1, 1), end=date(year, 12, 31), precision=Precision.YEAR)
    except ValueError:
        return None
