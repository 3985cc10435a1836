"""Moments as a person names them."""

from datetime import UTC, date, datetime, time

from alignwatch.errors import ModelError
from alignwatch.model import When

__all__ = ["Moment", "Period", "read_moment"]

Moment = datetime | date | str
"""A moment with a time zone, a day, or a text that is one of them in ISO 8601."""

Period = When | str
"""A period, or a text such as ``2024-05..2025``."""


def read_moment(moment: Moment, *, is_end: bool) -> datetime:
    """Give *moment* with its zone: of a day its end or its begin in UTC.

    A text without a zone is in UTC.

    Raises:
        ModelError: It is no moment, or a time without a zone.
    """
    if isinstance(moment, str):
        moment = _read(moment)
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.max if is_end else time.min, tzinfo=UTC)
    if moment.tzinfo is None:
        msg = f"a moment carries a time zone, got the naive {moment.isoformat()}"
        raise ModelError(msg)
    return moment


def _read(text: str) -> datetime | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"a moment is like 2026-05-01 or 2026-05-01T12:00Z, got {text!r}"
        raise ModelError(msg) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
