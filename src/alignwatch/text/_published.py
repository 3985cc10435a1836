"""Dates that a page declares, as ISO 8601, as precise as they are given."""

import functools
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from typing import Any

import attrs

__all__ = ["Published", "before_update", "date_in_url", "is_same_moment", "read_date"]

_MOST_CHARS = 300
_MONTHS = 12
_EPOCH_RANGE = (946_684_800, 4_102_444_800)  # the years 2000 to 2099
_ZONE = r"((?:GMT|UTC)?[+-]\d\d:?\d\d|Z|UTC|GMT)"
_YEAR = r"((?:19|20)\d\d)"
# 2023-12-22, 2023-12-22T10:05:00.123+0100, 2023/12/22 10:05, 20231222, 2023. 12. 22.
_ISO = re.compile(
    rf"(?<!\d){_YEAR}(?:([-/.]\s?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))"
    rf"(?!\d)(?:[T\s]{{1,3}}(\d\d):(\d\d)(?::(\d\d))?(?:\.\d{{1,9}})?\s?{_ZONE}?)?"
)
# 2023年12月22日, 2023년 12월 22일
_EASTERN = re.compile(rf"{_YEAR}\s?[年년]\s?(\d{{1,2}})\s?[月월]\s?(\d{{1,2}})\s?[日일]")
# the end of "Fri, 22 Dec 2023 10:05:00 GMT"
_CLOCK = rf"(?:,?\s(\d\d):(\d\d)(?::(\d\d))?\s?{_ZONE})?"
_NAME = r"([^\W\d_][^\s\d,./()]{1,14})"
# December 22, 2023 / Dec. 22nd 2023
_MONTH_FIRST = re.compile(
    rf"{_NAME}\.?\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th|\.)?,?\s{{1,3}}{_YEAR}\b{_CLOCK}"
)
# 22 December 2023 / 22. Dezember 2023 / 22 de diciembre de 2023 / 22-Dec-2023
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.|-?\u0433\u043e)?[\s-]{1,3}(?:de\s|d['\u2019]|of\s)?"
    rf"{_NAME}\.?,?[\s-]{{1,3}}(?:de\s|del\s)?{_YEAR}\b{_CLOCK}"
)
# 2023. december 22., 2023 m. gruodžio 22 d.
_YEAR_FIRST = re.compile(rf"\b{_YEAR}\.?\s(?:m\.\s)?{_NAME}\.?\s(\d{{1,2}})\b")
# 22.12.2023 (a dot never stands in the American order)
_DOTTED = re.compile(rf"(?<!\d)(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?{_YEAR}(?!\d)")
# 12/22/2023, 22-12-2023
_SLASHED = re.compile(rf"(?<!\d)(\d{{1,2}})([/-])(\d{{1,2}})\2{_YEAR}(?!\d)")
# /2023/12/22/  /2023-12-22-  /20231222/  /2023/dec/22/
_IN_URL = re.compile(rf"/{_YEAR}[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_IN_URL_NAMED = re.compile(rf"/{_YEAR}/([a-z]{{3}})/(0?[1-9]|[12]\d|3[01])(?=/|$)")
# what programs write where they have no date
_NO_DATES = frozenset({"1970-01-01", "1969-12-31", "1900-01-01"})


@attrs.frozen(kw_only=True)
class Published:
    """When an article was published, as precise as `text` (ISO 8601) is, and what says so."""

    text: str
    origin: str


def read_date(text: str | None, *, locale: str = "") -> str | None:
    """Give the first date in *text* as ISO 8601 (with the time where it is given), else None.

    *locale* is the page's ("en-GB"). A date whose order of day and month neither its numbers nor
    the locale tell ("03/04/2024" in English) is not read.
    """
    if not text:
        return None
    text = _plain_digits(text[:_MOST_CHARS])
    if text.isdigit() and len(text) in {10, 13}:
        return _from_epoch(int(text[:10]))
    found = _ISO.search(text)
    if found:
        month, day = (found[3], found[4]) if found[3] else (found[5], found[6])
        return _moment(_day(found[1], int(month), day), found, 7)
    return _named(text, locale[:2].lower()) or _numbered(text, locale)


def date_in_url(url: str | None) -> str | None:
    """Give the day that stands in the path of *url*, as in ``/2023/12/22/story``, else None."""
    found = _IN_URL.search(url or "")
    if found:
        return _day(found[1], int(found[2]), found[3])
    found = _IN_URL_NAMED.search(url or "")
    month = _months()[0].get(found[2]) if found else None
    return _day(found[1], month, found[3]) if found and month else None


def is_same_moment(one: str, other: str) -> bool:
    """Whether two ISO 8601 texts with zones mean the same minute."""
    first, second = _aware(one), _aware(other)
    if first is None or second is None:
        return False
    return abs(first - second) < timedelta(minutes=1)


def _aware(text: str) -> datetime | None:
    if "T" not in text:
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None else None


def _plain_digits(text: str) -> str:
    """Give *text* with the digits of every script as 0 to 9."""
    if text.isascii():
        return text.strip()
    return "".join(
        str(unicodedata.digit(char)) if char.isdecimal() else char for char in text
    ).strip()


def _named(text: str, language: str) -> str | None:
    for pattern, year, month, day, clock in (
        (_DAY_FIRST, 3, 2, 1, 4),
        (_MONTH_FIRST, 3, 1, 2, 4),
        (_YEAR_FIRST, 1, 2, 3, 0),
    ):
        for found in pattern.finditer(text):
            number = _month(found[month], language)
            on = _day(found[year], number, found[day]) if number else None
            if on:
                return _moment(on, found, clock) if clock else on
    return None


def _numbered(text: str, locale: str) -> str | None:
    found = _EASTERN.search(text)
    if found:
        return _day(found[1], int(found[2]), found[3])
    found = _DOTTED.search(text)
    if found:
        return _day(found[3], int(found[2]), found[1])
    found = _SLASHED.search(text)
    if found is None:
        return None
    order = _order_of(int(found[1]), int(found[3]), locale)
    return _day(found[4], int(found[order[0]]), found[order[1]]) if order else None


def _order_of(first: int, second: int, locale: str) -> tuple[int, int] | None:
    """Give the groups of month and day in a date of three numbers, None where nothing tells."""
    if second > _MONTHS or first == second:
        return 1, 3
    if first > _MONTHS:
        return 3, 1
    language, _, region = locale.replace("_", "-").partition("-")
    if region.upper() == "US":
        return 1, 3
    return (3, 1) if language and (language.lower() != "en" or region) else None


def _month(name: str, language: str) -> int | None:
    names, own = _months()
    plain = name.casefold().rstrip(".")
    return names.get(plain) or own.get((language, plain))


@functools.cache
def _load() -> Mapping[str, Any]:
    source = files("alignwatch.text") / "data" / "dates.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@functools.cache
def _months() -> tuple[Mapping[str, int], Mapping[tuple[str, str], int]]:
    lists = {key: value for key, value in _load().items() if isinstance(value, dict)}
    shared = {
        name: int(number) for number, names in lists.pop("names").items() for name in names.split()
    }
    own = {
        (language, name): int(number)
        for language, months in lists.items()
        for number, names in months.items()
        for name in names.split()
    }
    return shared, own


@functools.cache
def _update() -> "re.Pattern[str]":
    return re.compile("|".join(map(re.escape, _load()["updates"].split())), re.IGNORECASE)


def before_update(text: str) -> str:
    """Give *text* up to where it tells of a change: "2 May 2025, updated 3 May"."""
    found = _update().search(text)
    return text[: found.start()] if found else text


def _day(year: str, month: int, day: str) -> str | None:
    try:
        on = date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
    return None if on in _NO_DATES else on


def _from_epoch(seconds: int) -> str | None:
    if not _EPOCH_RANGE[0] <= seconds < _EPOCH_RANGE[1]:
        return None
    return datetime.fromtimestamp(seconds, tz=UTC).isoformat().replace("+00:00", "Z")


def _moment(on: str | None, found: "re.Match[str]", first: int) -> str | None:
    """Give the day *on* with the time that stands in groups *first* and after, if one does."""
    hours, minutes, seconds, given = (found[first + step] for step in range(4))
    if on is None or hours is None:
        return on
    zone = (given or "").replace("UTC", "").replace("GMT", "") or ("Z" if given else "")
    if len(zone) == 5:
        zone = f"{zone[:3]}:{zone[3:]}"
    at = f"{on}T{hours}:{minutes}{':' + seconds if seconds else ''}{zone}"
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return on
    return at
