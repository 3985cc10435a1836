"""When claims hold: what a text names, else the day it was published."""

from datetime import date

import pytest

from alignwatch.aggregate import holds_during, parse_period, period_of
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Evidence, Kind, Precision, When


def tell(**fields):
    quote = Evidence(start=0, end=4, raw_start=0, raw_end=4, quote="text")
    return Claim(
        article="a",
        source="KEN",
        target="TCD",
        kind=Kind.AID,
        extractor="rules/1",
        confidence=0.9,
        evidence=quote,
        **fields,
    )


Y2020 = When(start=date(2020, 1, 1), end=date(2020, 12, 31), precision=Precision.YEAR)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "day"),
        ("2024-05..2025", date(2024, 5, 1), date(2025, 12, 31), "year"),
        (" 2024-05-02..2024-05-09 ", date(2024, 5, 2), date(2024, 5, 9), "day"),
    ],
)
def test_periods_are_read_as_people_write_them(text, start, end, precision):
    """Nobody wants to type the last day of February."""
    assert parse_period(text) == When(start=start, end=end, precision=Precision(precision))


@pytest.mark.parametrize(
    "text", ["", "..", "2024..", "..2024", "May", "2024-13", "2023-02-29", "2025..2024", "0000"]
)
def test_what_is_no_period_is_refused(text):
    """A slip must not show an empty year."""
    with pytest.raises(ModelError):
        parse_period(text)


@pytest.mark.parametrize(
    ("claim", "period", "holds"),
    [
        pytest.param(tell(when=Y2020, published="2025-05-01"), "2020-06", True, id="named"),
        pytest.param(tell(when=Y2020, published="2025-05-01"), "2025", False, id="not the day"),
        pytest.param(tell(published="2025-05-01T23:30:00-05:00"), "2025-05-01", True, id="day"),
        pytest.param(tell(published="2025-05-01"), "2025-05-02", False, id="day after"),
        pytest.param(tell(published="2025-05"), "2025-05-20", True, id="some day of the month"),
        pytest.param(tell(published="2025"), "2024..2025-01", True, id="some day of the year"),
        pytest.param(tell(), "1900..2100", False, id="nobody knows"),
        pytest.param(tell(published="long ago"), "1900..2100", False, id="no date"),
        pytest.param(tell(published="2025-99-99"), "1900..2100", False, id="no such day"),
    ],
)
def test_claims_hold_when_they_say_or_when_they_were_published(claim, period, holds):
    """A report of 2025 on the war of 2020 is evidence of 2020."""
    assert holds_during(claim, parse_period(period)) is holds


def test_a_claim_without_any_date_has_no_period():
    """Not to know is not to guess."""
    assert period_of(tell()) is None
    assert period_of(tell(when=Y2020)) == Y2020
