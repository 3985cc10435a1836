"""What the words of a period mean: a reader for each way to write one."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from alignwatch.model import Precision, When

__all__ = [
    "Reader",
    "read_ago",
    "read_century",
    "read_day",
    "read_decade",
    "read_decades",
    "read_iso",
    "read_month",
    "read_month_of",
    "read_months",
    "read_months_of",
    "read_part",
    "read_relative",
    "read_season",
    "read_weekday",
    "read_word",
    "read_year",
    "read_years",
]

_MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june", "july", "august"),
            *("september", "october", "november", "december"),
        ),
        start=1,
    )
}
_WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}
# The year of the whole text: "6 April 2016", "the 2016 UK Summit"
_OWN_YEAR = re.compile(
    r"(?<=[a-z] )(?:19|20)\d\d(?= [A-Z]\w)|(?<=(?:uary|arch|pril|June|July|gust|mber|ober) )20\d\d"
)

Reader = Callable[[re.Match[str], date | None], When | None]


def _day(year: int, month: int, day: int) -> When | None:
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    one = date(year, month, day)
    return When(start=one, end=one, precision=Precision.DAY)


def _month(year: int, month: int) -> When:
    last = monthrange(year, month)[1]
    return When(start=date(year, month, 1), end=date(year, month, last), precision=Precision.MONTH)


def _years(first: int, last: int) -> When | None:
    if not 1 <= first <= last <= 9999:
        return None
    return When(start=date(first, 1, 1), end=date(last, 12, 31), precision=Precision.YEAR)


def _number_of(month: str) -> int:
    return _MONTHS[month[:3].lower()]


def _join(first: When | None, last: When | None) -> When | None:
    if first is None or last is None or first.start > last.end:
        return None
    return When(start=first.start, end=last.end, precision=last.precision)


def _nearest_year(month: int, day: int, published: date) -> int:
    """The year in which a day without year lies closest to the article's; the past is likelier."""
    day = min(day, 28)
    years = (published.year - 1, published.year, published.year + 1)
    return min(years, key=lambda year: abs((date(year, month, day) - published).days + 60))


def read_iso(match: re.Match[str], _: date | None) -> When | None:
    month = int(match["month"])
    return _day(int(match["year"]), month, int(match["day"])) if 1 <= month <= 12 else None


def read_day(match: re.Match[str], published: date | None) -> When | None:
    month, day = _number_of(match["month"]), int(match["day"])
    if match["year"]:
        year = int(match["year"])
    elif published is None:
        year = _only_year(match.string)
        if not year:
            return None
    else:
        year = _nearest_year(month, day, published)
    first = _day(year, month, day)
    last_day = match.groupdict().get("last")
    if not last_day:
        return first
    return _join(first, _day(year, month, int(last_day)))


def _only_year(text: str) -> int:
    """The one year of the other dates and events of *text*, for "on 3 March"; else 0."""
    years = {int(year) for year in _OWN_YEAR.findall(text)}
    return years.pop() if len(years) == 1 else 0


def read_month(match: re.Match[str], published: date | None) -> When | None:
    month = _number_of(match["month"])
    if match["year"]:
        return _month(int(match["year"]), month)
    if published is None:
        return None
    if match["which"] in {"last", "past"} and month >= published.month:
        return _month(published.year - 1, month)
    if match["which"] == "next" and month <= published.month:
        return _month(published.year + 1, month)
    if match["which"] in {"this", "last", "past", "next"}:
        return _month(published.year, month)
    return _month(_nearest_year(month, 15, published), month)


def read_months(match: re.Match[str], _: date | None) -> When | None:
    last = _month(int(match["year"]), _number_of(match["last"]))
    first_year = int(match["first_year"]) if match["first_year"] else last.start.year
    return _join(_month(first_year, _number_of(match["first"])), last)


def read_years(match: re.Match[str], _: date | None) -> When | None:
    first, last = int(match["first"]), match["last"]
    century = first // 100 * 100
    return _years(first, int(last) if len(last) == 4 else century + int(last))


def read_year(match: re.Match[str], _: date | None) -> When | None:
    return _years(int(match["year"]), int(match["year"]))


def read_decade(match: re.Match[str], _: date | None) -> When | None:
    decade = match["decade"]
    first = 1900 + int(decade[1:]) if decade[0] == "'" else int(decade)
    part = (match["part"] or "").lower()
    begin, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return _years(first + begin, first + end)


def read_decades(match: re.Match[str], _: date | None) -> When | None:
    first, last = (int(match[name][-2:]) for name in ("first", "last"))
    century = int(match["first"][:2]) * 100 if match["first"][0] != "'" else 1900
    return _years(century + first, century + last + 9)


# First and last month of each part of a year.
_PARTS = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "beginning": (1, 1),
    "start": (1, 1),
    "middle": (6, 7),
    "end": (12, 12),
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "first quarter": (1, 3),
    "second quarter": (4, 6),
    "third quarter": (7, 9),
    "fourth quarter": (10, 12),
    "last quarter": (10, 12),
    "q1": (1, 3),
    "q2": (4, 6),
    "q3": (7, 9),
    "q4": (10, 12),
    "first half": (1, 6),
    "second half": (7, 12),
    "last half": (7, 12),
}


def read_part(match: re.Match[str], _: date | None) -> When | None:
    first, last = _PARTS[match["part"].lower()]
    year = int(match["year"])
    return _join(_month(year, first), _month(year, last))


def read_relative(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1}[match["which"].lower()]
    unit = match["unit"].lower()
    if unit == "year":
        return _years(published.year + step, published.year + step)
    if unit == "month":
        months = published.year * 12 + published.month - 1 + step
        return _month(months // 12, months % 12 + 1)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    return When(start=monday, end=monday + timedelta(days=6), precision=Precision.DAY)


_DAYS_FROM_NOW = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def read_word(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    word = match["word"].lower()
    one = published + timedelta(
        days={"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[word]
    )
    return When(start=one, end=one, precision=Precision.DAY)


def read_weekday(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    wanted = _WEEKDAYS[match["weekday"].lower()]
    if (match["which"] or "").lower() == "next":
        one = published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)
    else:
        back = (published.weekday() - wanted) % 7
        one = published - timedelta(days=back or (7 if match["which"] == "last" else 0))
    return When(start=one, end=one, precision=Precision.DAY)


def read_ago(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    words = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    told = match["count"].lower()
    count = int(told) if told.isdigit() else 1 if told in {"a", "an"} else words.index(told)
    unit = match["unit"].lower()
    if unit == "year":
        return _years(published.year - count, published.year - count)
    if unit == "month":
        months = published.year * 12 + published.month - 1 - count
        return _month(months // 12, months % 12 + 1) if months >= 12 else None
    one = published - timedelta(days=count * (7 if unit == "week" else 1))
    return When(start=one, end=one, precision=Precision.DAY)


_CENTURIES = {
    word: number
    for number, word in enumerate(
        ("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"), start=15
    )
}


def read_century(match: re.Match[str], _: date | None) -> When | None:
    told = match["century"].lower()
    number = int(told) if told.isdigit() else _CENTURIES[told]
    first = (number - 1) * 100 + 1
    begin, end = {"early": (0, 33), "mid": (33, 66), "late": (66, 99)}.get(
        (match["part"] or "").lower(), (0, 99)
    )
    return _years(first + begin, first + end)


def read_month_of(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return _month(published.year + step, _number_of(match["month"]))


def read_season(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    first, last = _PARTS[match["season"].lower()]
    ahead = match["which"].lower() == "next"
    year = published.year
    if ahead and first <= published.month:
        year += 1
    elif not ahead and last >= published.month:
        year -= 1
    return _join(_month(year, first), _month(year, last))


def read_months_of(match: re.Match[str], _: date | None) -> When | None:
    counts = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
    count = {**counts, "nine": 9, "ten": 10, "eleven": 11}[match["count"].lower()]
    year = int(match["year"])
    return _join(_month(year, 1), _month(year, count))
