"""Where in time a claim belongs."""

import re
from datetime import date, timedelta

from alignwatch.model import Claim, Period, Precision

__all__ = ["MAX_SPAN", "bounds_of", "name_period", "place_by_text", "place_published"]

MAX_SPAN = 120
"""Periods, ten years of months, beyond which a claim's own time says too little of any one."""

_PER_YEAR = {Period.MONTH: 12, Period.QUARTER: 4, Period.YEAR: 1}
# the day or month that a publication time begins with: "2025-07-02T08:00Z", "2025-07", "2025"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?!\d))?")


def _number(year: int, month: int, period: Period) -> int:
    per_year = _PER_YEAR[period]
    return year * per_year + (month - 1) * per_year // 12


def name_period(number: int, period: Period) -> str:
    """Give ``2025-07``, ``2025-Q3`` or ``2025``, which sort by time."""
    year, part = divmod(number, _PER_YEAR[period])
    match period:
        case Period.MONTH:
            return f"{year:04d}-{part + 1:02d}"
        case Period.QUARTER:
            return f"{year:04d}-Q{part + 1}"
        case Period.YEAR:
            return f"{year:04d}"


def bounds_of(number: int, period: Period) -> tuple[date, date]:
    """Give the first and the last day."""
    per_year = _PER_YEAR[period]
    year, part = divmod(number, per_year)
    first = date(year, part * (12 // per_year) + 1, 1)
    after, part = divmod(number + 1, per_year)
    if after > date.max.year:
        return first, date.max
    return first, date(after, part * (12 // per_year) + 1, 1) - timedelta(days=1)


def place_by_text(claim: Claim, period: Period) -> range | None:
    """Give the periods that the claim's own time touches.

    None where the text names no time, or one less precise than *period*.
    """
    when = claim.when
    if when is None or (when.precision is Precision.YEAR and period is not Period.YEAR):
        return None
    return range(
        _number(when.start.year, when.start.month, period),
        _number(when.end.year, when.end.month, period) + 1,
    )


def place_published(claim: Claim, period: Period) -> int | None:
    """Give the period of publication, by the day that the article names, in its own time zone.

    None where that is unknown or less precise than *period*, and where the text names a time that
    the publication lies outside of: an old year is no news of this month.
    """
    found = _DATE.match(claim.published or "")
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 0)
    if year < 1 or month > 12 or (month == 0 and period is not Period.YEAR):
        return None
    number = _number(year, month or 1, period)
    when = claim.when
    if when is not None:
        first = _number(when.start.year, when.start.month, period)
        last = _number(when.end.year, when.end.month, period)
        if not first <= number <= last:
            return None
    return number
