"""Periods that a text names: days, months, years, and spans between them."""

import re
from collections.abc import Iterator
from datetime import date

from alignwatch.extract._date_readers import (
    Reader,
    read_ago,
    read_century,
    read_day,
    read_decade,
    read_decades,
    read_iso,
    read_month,
    read_month_of,
    read_months,
    read_months_of,
    read_part,
    read_relative,
    read_season,
    read_weekday,
    read_word,
    read_year,
    read_years,
)
from alignwatch.extract._matcher import fold_spaces
from alignwatch.model import Span, When

__all__ = ["find_dates"]

_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_DAY = r"(?P<{0}>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>1[6-9]\d\d|20\d\d)"
_END = r"(?![\w-]|[.,]\d)"
_NOT_YEARS = r"(?!(?:,\d| (?:troops|soldiers|people|men|tons|km|miles|workers|missiles|drones)\b))"

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
_RULES: tuple[tuple[str, Reader], ...] = (
    (_ISO, read_iso),
    (_MONTH_DAY, read_day),
    (_DAY_MONTH, read_day),
    (_MONTHS_SPAN, read_months),
    (_MONTH_YEAR, read_month),
    (_MONTH_ALONE, read_month),
    (_YEARS, read_years),
    (_DECADES, read_decades),
    (_DECADE, read_decade),
    (_PART_OF_YEAR, read_part),
    (_YEAR_ALONE, read_year),
    (_CENTURY, read_century),
    (_MONTH_OF, read_month_of),
    (_MONTHS_OF, read_months_of),
    (_SEASON, read_season),
    (_RELATIVE, read_relative),
    (_WORD, read_word),
    (_WEEKDAY, read_weekday),
    (_AGO, read_ago),
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


def _read(match: re.Match[str], reader: Reader, published: date | None) -> When | None:
    try:
        return reader(match, published)
    except (ValueError, OverflowError):
        # a day before the first or after the last that a date can be
        return None
