"""Periods that a text names: days, months, years, and spans between them."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from alignwatch.extract._matcher import fold_spaces
from alignwatch.model import Precision, Span, When

__all__ = ["find_dates"]

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
_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_DAY = r"(?P<{0}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>1[6-9]\d\d|20\d\d)"
_END = r"(?![\w-]|[.,]\d)"
_NOT_YEARS = r"(?!(?:,\d| (?:troops|soldiers|people|men|tons|km|miles|workers|missiles|drones)\b))"

# The year of the whole text: "6 April 2016", "the 2016 UK Summit"
_OWN_YEAR = re.compile(
    r"(?<=[a-z] )(?:19|20)\d\d(?= [A-Z]\w)|(?<=(?:uary|arch|pril|June|July|gust|mber|ober) )20\d\d"
)

_Reader = Callable[[re.Match[str], date | None], When | None]


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


def _read_iso(match: re.Match[str], _: date | None) -> When | None:
    month = int(match["month"])
    return _day(int(match["year"]), month, int(match["day"])) if 1 <= month <= 12 else None


def _read_day(match: re.Match[str], published: date | None) -> When | None:
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


def _read_month(match: re.Match[str], published: date | None) -> When | None:
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


def _read_months(match: re.Match[str], _: date | None) -> When | None:
    last = _month(int(match["year"]), _number_of(match["last"]))
    first_year = int(match["first_year"]) if match["first_year"] else last.start.year
    return _join(_month(first_year, _number_of(match["first"])), last)


def _read_years(match: re.Match[str], _: date | None) -> When | None:
    first, last = int(match["first"]), match["last"]
    century = first // 100 * 100
    return _years(first, int(last) if len(last) == 4 else century + int(last))


def _read_year(match: re.Match[str], _: date | None) -> When | None:
    return _years(int(match["year"]), int(match["year"]))


def _read_decade(match: re.Match[str], _: date | None) -> When | None:
    decade = match["decade"]
    first = 1900 + int(decade[1:]) if decade[0] == "'" else int(decade)
    part = (match["part"] or "").lower()
    begin, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return _years(first + begin, first + end)


def _read_decades(match: re.Match[str], _: date | None) -> When | None:
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


def _read_part(match: re.Match[str], _: date | None) -> When | None:
    first, last = _PARTS[match["part"].lower()]
    year = int(match["year"])
    return _join(_month(year, first), _month(year, last))


def _read_relative(match: re.Match[str], published: date | None) -> When | None:
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


def _read_word(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    word = match["word"].lower()
    one = published + timedelta(
        days={"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[word]
    )
    return When(start=one, end=one, precision=Precision.DAY)


def _read_weekday(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    wanted = _WEEKDAYS[match["weekday"].lower()]
    if (match["which"] or "").lower() == "next":
        one = published + timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)
    else:
        back = (published.weekday() - wanted) % 7
        one = published - timedelta(days=back or (7 if match["which"] == "last" else 0))
    return When(start=one, end=one, precision=Precision.DAY)


def _read_ago(match: re.Match[str], published: date | None) -> When | None:
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


def _read_century(match: re.Match[str], _: date | None) -> When | None:
    told = match["century"].lower()
    number = int(told) if told.isdigit() else _CENTURIES[told]
    first = (number - 1) * 100 + 1
    begin, end = {"early": (0, 33), "mid": (33, 66), "late": (66, 99)}.get(
        (match["part"] or "").lower(), (0, 99)
    )
    return _years(first + begin, first + end)


def _read_month_of(match: re.Match[str], published: date | None) -> When | None:
    if published is None:
        return None
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return _month(published.year + step, _number_of(match["month"]))


def _read_season(match: re.Match[str], published: date | None) -> When | None:
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


def _read_months_of(match: re.Match[str], _: date | None) -> When | None:
    counts = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
    count = {**counts, "nine": 9, "ten": 10, "eleven": 11}[match["count"].lower()]
    year = int(match["year"])
    return _join(_month(year, 1), _month(year, count))


_COUNT = r"(?P<count>a|an|one|two|three|four|five|six|seven|eight|nine|ten|[1-9]\d?)"
_TAIL_DAY = rf"(?:(?:-| to | and ){_DAY.format('last')})?"
_WHICH = r"(?P<which>last|past|this|next) "
# "2024-06-19"
_ISO = rf"{_YEAR.format('year')}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"
# "June 19, 2024", "Jan. 5", "June 18-19, 2024"
_MONTH_DAY = (
    rf"{_MONTH.format('month')} {_DAY.format('day')}{_TAIL_DAY}"
    rf"(?:(?:,| of)? {_YEAR.format('year')})?{_END}"
)
# "19 June 2024", "18-19 June 2024", "the 19th of June"
_DAY_MONTH = (
    rf"{_DAY.format('day')}{_TAIL_DAY} (?:of )?"
    rf"{_MONTH.format('month')}(?:,? {_YEAR.format('year')})?{_END}"
)
# "January to March 2024", "between June 2022 and May 2024"
_MONTHS_SPAN = (
    rf"{_MONTH.format('first')}(?: {_YEAR.format('first_year')})?"
    rf"(?: to | through | and | until |-){_MONTH.format('last')}"
    rf",? (?:of )?{_YEAR.format('year')}{_END}"
)
# "June 2024", "June of 2024"
_MONTH_YEAR = rf"(?P<which>){_MONTH.format('month')},? (?:of )?{_YEAR.format('year')}{_END}"
# "last June", "in March", but not "in May be"
_MONTH_ALONE = (
    rf"(?:{_WHICH}|(?<=\b[Ii]n )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=early )|(?<=late )|(?<=mid-))"
    rf"(?P<year>)(?!May (?:be|have|not|he|she|it|they|we|I)\b){_MONTH.format('month')}{_END}"
)
# "2021 to 2024", "2019-21", and after "between": "2019 and 2021"
_YEARS = (
    rf"{_YEAR.format('first')}"
    r"(?: to | until | through |-|/(?=\d\d\b)"
    r"| and (?<=between \d{4} and )| and (?<=Between \d{4} and ))"
    rf"(?P<last>(?:1[6-9]|20)\d\d|\d\d){_END}"
)
# "early 1990s", "the 2010s", "the '80s"
_DECADE = r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -])?(?P<decade>1[6-9]\d0|20\d0|'[3-9]0)'?s(?!\w)"
# "the '70s and '80s", "the 1970s and 1980s"
_DECADES = (
    r"(?P<first>1[6-9]\d0|20\d0|'[3-9]0)'?s(?: and | to | or |-)(?:the )?"
    r"(?P<last>(?:1[6-9]|20)?\d0|'[3-9]0)'?s(?!\w)"
)
# "early 2023", "the first half of 2024", "summer 2022", "mid-2024"
_PART_OF_YEAR = (
    r"(?P<part>(?:[Ee]arly|[Mm]id|[Ll]ate)(?=[ -])"
    r"|(?:[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast) (?:quarter|half)|Q[1-4]"
    r"|spring|summer|autumn|fall|end|beginning|start|middle)"
    rf"[ -](?:of |in )?{_YEAR.format('year')}{_END}"
)
# "in 2024", "the 2014 annexation", but not "2000 troops" or "$2024"
_YEAR_ALONE = rf"(?:FY ?)?(?<![$\u20ac\u00a3#]){_YEAR.format('year')}{_NOT_YEARS}{_END}"
# "the nineteenth century", "the early 20th century"
_CENTURY = (
    r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -])?"
    r"(?P<century>(?:1[5-9]|20)(?=th)|(?:fif|six|seven|eigh|nine)teenth|twentieth)(?:th)?"
    r"[ -]century(?!\w)"
)
# "May last year", "in May of last year"
_MONTH_OF = rf"{_MONTH.format('month')} (?:of )?(?P<which>last|this|next) year(?!\w)"
# "last spring", "next autumn"
_SEASON = r"(?P<which>[Ll]ast|[Nn]ext) (?P<season>spring|summer|autumn|fall)(?!\w)"
# "the first nine months of 2023"
_MONTHS_OF = (
    r"[Ff]irst (?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven) months"
    rf" (?:of |in )?{_YEAR.format('year')}{_END}"
)
# "last year", "this month"
_RELATIVE = (
    r"(?P<which>[Ll]ast|[Pp]ast|[Pp]revious|[Tt]his|[Nn]ext) (?P<unit>year|month|week)(?!\w|-old)"
)
# "yesterday"
_WORD = r"(?P<word>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)(?!'s|\w)"
# "on Tuesday", "last Friday"
_WEEKDAY = (
    r"(?:(?P<which>last|next|this) )?"
    r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!\w)"
)
# "two weeks ago"
_AGO = rf"{_COUNT} (?P<unit>day|week|month|year)s? ago(?!\w)"
_RULES: tuple[tuple[str, _Reader], ...] = (
    (_ISO, _read_iso),
    (_MONTH_DAY, _read_day),
    (_DAY_MONTH, _read_day),
    (_MONTHS_SPAN, _read_months),
    (_MONTH_YEAR, _read_month),
    (_MONTH_ALONE, _read_month),
    (_YEARS, _read_years),
    (_DECADES, _read_decades),
    (_DECADE, _read_decade),
    (_PART_OF_YEAR, _read_part),
    (_YEAR_ALONE, _read_year),
    (_CENTURY, _read_century),
    (_MONTH_OF, _read_month_of),
    (_MONTHS_OF, _read_months_of),
    (_SEASON, _read_season),
    (_RELATIVE, _read_relative),
    (_WORD, _read_word),
    (_WEEKDAY, _read_weekday),
    (_AGO, _read_ago),
)
_COMPILED = tuple((re.compile(rf"(?<![\w/.-]){pattern}"), reader) for pattern, reader in _RULES)
# Anything that a date begins with, to leave most texts quickly.
_HINT = re.compile(
    r"\d{4}|\d0s|[JFMASOND][a-z]{2}|[MTWFS][a-z]+day|JAN|FEB|[Tt]o(?:day|night|morrow)|esterday|year|month|week|ago|century|spring|summer|autumn|fall"
)


def find_dates(text: str, *, published: date | None = None) -> tuple[tuple[Span, When], ...]:
    """Find the periods that *text* names, in text order, without overlap; the longest reading wins.

    A year is its first to its last day with precision ``year``, a month likewise; a week has its
    Monday to Sunday with precision ``day``. The span covers the date itself, without "in", "on" or
    "since"; "since 2022" gives 2022, as does "by 2022". "In recent years" gives nothing.

    Args:
        text: Any text.
        published: The article's day. Without it "last year", "on Tuesday" and all that need it are
            left out, "January 18" too unless another date or event
            of the text has its year ("the 2016 Summit"); a weekday is
            the last one up to that day.
    """
    if _HINT.search(text) is None:
        return ()
    plain = fold_spaces(text)
    found = sorted(_find_all(plain, published), key=lambda pair: (pair[0].start, -pair[0].end))
    kept: list[tuple[Span, When]] = []
    for span, when in found:
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, when))
    return tuple(kept)


def _find_all(text: str, published: date | None) -> Iterator[tuple[Span, When]]:
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(text):
            when = _read(match, reader, published)
            if when is not None:
                yield Span(start=match.start(), end=match.end()), when


def _read(match: re.Match[str], reader: _Reader, published: date | None) -> When | None:
    try:
        return reader(match, published)
    except (ValueError, OverflowError):
        # a day before the first or after the last that a date can be
        return None
