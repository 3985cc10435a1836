"""What a run could not read, and what it did."""

from datetime import datetime

import attrs

from alignwatch.model._page import require_zone

__all__ = ["Failure", "Health"]


@attrs.frozen(kw_only=True)
class Failure:
    """One page that could not be fetched, parsed or read, with the reason to count it under.

    `reason` is a stable slug (see `alignwatch.errors.PageError.reason`), `message` tells a person
    what was wrong. `retry_at` is the earliest time of the next try, None if there will be none.
    `name` is what the source calls it, where that is not its url: a file's path relative to the
    folder that was named, a record's place in its file.
    """

    url: str
    source: str
    reason: str
    message: str
    tries: int = 1
    retry_at: datetime | None = attrs.field(default=None, validator=require_zone)
    name: str | None = None


@attrs.frozen(kw_only=True)
class Health:
    """What one source did in one run, in numbers of pages.

    `parsed` had an article in them, also one in a language that cannot be read here. `waiting` were
    left for another run: those that failed before and are not due, and those among them that are
    `postponed`, for want of a budget or because the source rests. `empty` had no text, `refused`
    were forbidden by robots.txt, by a reservation or by the guard of addresses, `blocked` were
    answered with 401, 402, 403, 429 or 451, or with the page of a challenge or a paywall, whatever
    its status. These three are among `failed`, but for the `blocked` of which the beginning could
    be read: those are among `stored`. `unchanged_listings` are feeds and lists that had nothing
    new. What was taken down before is in none but `discovered`.
    """

    source: str
    discovered: int = 0
    fetched: int = 0
    unchanged: int = 0
    parsed: int = 0
    stored: int = 0
    failed: int = 0
    waiting: int = 0
    postponed: int = 0
    empty: int = 0
    refused: int = 0
    blocked: int = 0
    unchanged_listings: int = 0
