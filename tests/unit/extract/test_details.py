"""When, how much, and whether it grows."""

from datetime import date

import pytest

from alignwatch.extract._details import find_amounts, find_period
from alignwatch.model import Kind

_DAY = date(2025, 7, 2)


@pytest.mark.parametrize(
    ("text", "word", "start"),
    [
        ("Kenya sold drones to Peru in 2024.", "sold", "2024-01-01"),
        ("On March 3, 2024, Kenya and Peru signed a treaty.", "signed", "2024-03-03"),
        ("Kenya sold drones to Peru, which joined in 2011.", "sold", None),
        ("Before 2022 Kenya sold drones to Peru.", "sold", None),
        ("Kenya sold drones to Peru today.", "sold", None),
    ],
)
def test_a_period_belongs_to_the_clause_of_its_verb(text, word, start):
    """A date of another clause would put a sale in the wrong year."""
    period = find_period(text, text.index(word), _DAY)

    assert (period and str(period.start)) == start


def test_the_nearest_amount_is_taken():
    """ "$5 billion in 2024, up from $3 billion" is about the five."""
    text = "Trade reached $5 billion in 2024, up from $3 billion in 2021."
    (amount,) = find_amounts(text, text.index("Trade"), Kind.TRADE)

    assert amount.value == 5e9


def test_money_is_no_number_of_soldiers():
    """ "paid $5 million to station troops" sends no five million."""
    text = "Kenya paid $5 million to station troops there."

    assert find_amounts(text, text.index("troops"), Kind.TROOPS) == ()


def test_words_have_no_amount():
    """A criticism is not counted."""
    assert find_amounts("Kenya condemned the 3,000 arrests.", 6, Kind.CRITICISM) == ()
