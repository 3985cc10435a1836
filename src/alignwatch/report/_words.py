"""Dates, names and kinds as a reader expects to see them; and nothing that can hurt a page."""

import re
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

import attrs

from alignwatch.model import Kind, Precision, Standing, Trend, When

__all__ = [
    "Link",
    "date_of",
    "format_date",
    "format_when",
    "make_link",
    "name_actor",
    "name_kind",
    "neutralise",
    "say_trend",
]

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

STANDING_WORDS: Mapping[Standing, str] = {
    Standing.ASSERTED: "An article says so in its own voice, and nobody is known to deny it.",
    Standing.ALLEGED: "It rests on somebody's word alone.",
    Standing.CONTESTED: "Somebody denies it, or articles contradict each other.",
    Standing.PROSPECTIVE: "Planned, possible or feared; it has not happened.",
    Standing.ENDED: "It was, and is no more.",
    Standing.NEGATED: "Every article says that it does not exist or did not happen.",
}

# what turns, hides or breaks text: bidirectional controls, C0 and C1 controls but for tab and line
# feed, interlinear marks, invisible tag characters ("\u202eevil", "\x00")
_HARMFUL = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\x00-\x08\x0b-\x1f\x7f-\x9f\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_LINE_BREAK = re.compile("[\u2028\u2029\u0085]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# an ISO date, as precise as it is, at the start of a publication time: "2025-07-02T08:00Z"
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])")


def neutralise(text: str) -> str:
    """Take out characters that reorder or hide text; half characters become U+FFFD.

    Markup is not touched: escaping is the template's.
    """
    seen = _HARMFUL.sub("", _LINE_BREAK.sub("\n", text))
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", seen)


def name_actor(actor_id: str, names: Mapping[str, str]) -> str:
    """Give an actor's name, its id where it has none."""
    return names.get(actor_id) or actor_id


def name_kind(kind: Kind) -> str:
    """Give a kind as words: "Arms transfer"."""
    return kind.value.replace("_", " ").capitalize()


def say_trend(trend: Trend | None) -> str:
    """Say which way a tie goes, nothing where no text does."""
    return {None: "", Trend.UP: "growing", Trend.DOWN: "shrinking"}[trend]


def date_of(published: str | None) -> tuple[int, ...] | None:
    """Give (year, month, day) as far as *published* says them, None where it names no date."""
    found = _DATE.match(published or "")
    if not found:
        return None
    parts = tuple(int(part) for part in found.groups() if part)
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return parts


def format_date(published: str | None) -> str | None:
    """Give "2 July 2025", "July 2025" or "2025", None where there is no date."""
    parts = date_of(published)
    return _format_parts(parts) if parts else None


def _format_parts(parts: tuple[int, ...]) -> str:
    year, *rest = parts
    words = [str(year), *(MONTHS[month - 1] for month in rest[:1]), *map(str, rest[1:])]
    return " ".join(reversed(words))


def format_when(when: When) -> str:
    """Give a period in the unit that its text names: "2024", "May 2024 to July 2024"."""
    size = {Precision.YEAR: 1, Precision.MONTH: 2, Precision.DAY: 3}[when.precision]
    bounds = [(day.year, day.month, day.day)[:size] for day in (when.start, when.end)]
    start, end = map(_format_parts, bounds)
    return start if start == end else f"{start} to {end}"


@attrs.frozen(kw_only=True)
class Link:
    """An address that may be clicked on, and the outlet's host to show for it."""

    href: str
    host: str


def make_link(url: str | None) -> Link | None:
    """Give a link for an http(s) address, None for any other: pages choose their own address."""
    if not url or neutralise(url) != url or any(c.isspace() or c in "\"'<>\\`" for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    return Link(href=url, host=host.removeprefix("www."))
