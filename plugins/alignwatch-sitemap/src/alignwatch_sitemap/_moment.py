"""Times as sitemaps write them: W3C's profile of ISO 8601, and looser."""

import re
from datetime import UTC, datetime, timedelta

import attrs

__all__ = ["Moment", "read_moment"]

# "2026", "2026-03", "2026-03-02"
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@attrs.frozen(kw_only=True)
class Moment:
    """A time as precise as it was written: from `at` on, and before `until`; both in UTC."""

    at: datetime
    until: datetime


def read_moment(text: str | None) -> Moment | None:
    """Read a ``lastmod``, None for what is none; a time without a zone is taken for UTC."""
    found = (text or "").strip()
    date = _DATE.fullmatch(found)
    try:
        if date is not None:
            return _read_date(*date.groups())
        at = datetime.fromisoformat(found)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        return Moment(at=at, until=at + timedelta(seconds=1))
    except (ValueError, OverflowError):
        return None


def _read_date(year: str, month: str | None, day: str | None) -> Moment:
    at = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    if day is not None:
        return Moment(at=at, until=at + timedelta(days=1))
    # Some day of the next month or year, and from there to its first.
    later = at + timedelta(days=366 if month is None else 31)
    return Moment(at=at, until=later.replace(month=1 if month is None else later.month, day=1))
