"""Periods are read with the precision that the text gives them."""

from datetime import date

import pytest

from alignwatch.extract import find_dates

_PUBLISHED = date(2025, 7, 2)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "quote", "start", "end", "precision"),
    [
        ("on June 19, 2024,", "June 19, 2024", "2024-06-19", "2024-06-19", "day"),
        ("on 19 June 2024", "19 June 2024", "2024-06-19", "2024-06-19", "day"),
        ("the 19th of June 2024", "19th of June 2024", "2024-06-19", "2024-06-19", "day"),
        ("from 2024-06-19 on", "2024-06-19", "2024-06-19", "2024-06-19", "day"),
        ("Sept. 4-6, 2023", "Sept. 4-6, 2023", "2023-09-04", "2023-09-06", "day"),
        ("in June 2024", "June 2024", "2024-06-01", "2024-06-30", "month"),
        ("from March to May 2024", "March to May 2024", "2024-03-01", "2024-05-31", "month"),
        ("in 2024", "2024", "2024-01-01", "2024-12-31", "year"),
        ("since 2022.", "2022", "2022-01-01", "2022-12-31", "year"),
        ("2021 to 2024", "2021 to 2024", "2021-01-01", "2024-12-31", "year"),
        ("in 2019-21", "2019-21", "2019-01-01", "2021-12-31", "year"),
        ("between 2019 and 2021", "2019 and 2021", "2019-01-01", "2021-12-31", "year"),
        ("in the early 1990s", "early 1990s", "1990-01-01", "1993-12-31", "year"),
        ("in the '80s", "'80s", "1980-01-01", "1989-12-31", "year"),
        ("the 1970s and '80s", "1970s and '80s", "1970-01-01", "1989-12-31", "year"),
        ("in FY2011", "FY2011", "2011-01-01", "2011-12-31", "year"),
        ("the first half of 2024", "first half of 2024", "2024-01-01", "2024-06-30", "month"),
        ("in late 2023", "late 2023", "2023-09-01", "2023-12-31", "month"),
        ("on January 18", "January 18", "2025-01-18", "2025-01-18", "day"),
        ("last December", "last December", "2024-12-01", "2024-12-31", "month"),
        ("in May", "May", "2025-05-01", "2025-05-31", "month"),
        ("last year", "last year", "2024-01-01", "2024-12-31", "year"),
        ("last month", "last month", "2025-06-01", "2025-06-30", "month"),
        ("this week", "this week", "2025-06-30", "2025-07-06", "day"),
        ("on Tuesday", "Tuesday", "2025-07-01", "2025-07-01", "day"),
        ("next Friday", "next Friday", "2025-07-04", "2025-07-04", "day"),
        ("yesterday", "yesterday", "2025-07-01", "2025-07-01", "day"),
        ("two months ago", "two months ago", "2025-05-01", "2025-05-31", "month"),
    ],
)
def test_a_period_is_read_with_its_precision(text, quote, start, end, precision):
    """A claim about 2021 must not be drawn in 2024."""
    ((span, when),) = find_dates(text, published=_PUBLISHED)

    assert span.slice(text) == quote
    assert (str(when.start), str(when.end), when.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "text",
    [
        "in recent years, they may do so",
        "on 31 February",
        "2000 troops and $2024",
        "a phone 555-2024-1",
        "the last yearling",
        "",
    ],
)
def test_what_is_no_date_gives_nothing(text):
    """On doubt, no date."""
    assert find_dates(text, published=_PUBLISHED) == ()


def test_words_that_need_the_day_of_publication_are_left_out_without_it():
    """ "Last year" of an undated page is any year."""
    text = "On Tuesday, last year, on January 18, in May, yesterday, two weeks ago, in 2020"

    assert [span.slice(text) for span, _ in find_dates(text)] == ["2020"]


def test_another_date_of_the_text_lends_its_year():
    """ "On 4 April and from 5 to 6 April 2016" leaves no doubt."""
    text = "They came on 4 April and stayed until 6 April 2016."

    assert [str(when.start) for _, when in find_dates(text)] == ["2016-04-04", "2016-04-06"]


def test_the_first_days_of_the_calendar_do_not_break_it():
    """A page may claim to be from year 1."""
    assert find_dates("two weeks ago, last week", published=date(1, 1, 1)) == ()
