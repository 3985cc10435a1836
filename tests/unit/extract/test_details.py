"""When, how much, and whether it grows."""

from datetime import date

import pytest

import alignwatch as aw
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
        ("Kenya sold drones to Peru last month.", "sold", "2025-06-01"),
        ("Kenya sold drones to Peru on Monday.", "sold", "2025-06-30"),
        ("Kenya has sold drones to Peru since 2019.", "sold", "2019-01-01"),
        ("Kenya joined in 2023 following Peru's raid.", "raid", None),
        ("Kenya hosts the ASEAN 2022 Chair and raids Peru.", "raids", None),
    ],
)
def test_a_period_belongs_to_the_clause_of_its_verb(text, word, start):
    """A date of another clause would put a sale in the wrong year."""
    period = find_period(text, text.index(word), _DAY)

    assert (period and str(period.start)) == start


def test_a_purpose_is_not_dated_by_the_act_that_serves_it():
    """The ties were not deepened on the day on which the pact was signed."""
    text = "On March 3, 2024, Kenya and Peru signed a pact to deepen their ties."

    assert find_period(text, text.index("ties"), _DAY, Kind.PARTNERSHIP) is None


@pytest.mark.parametrize(
    ("text", "trend"),
    [
        ("Trade between Kenya and Peru has grown.", "up"),
        ("Trade between Kenya and Peru hit a record.", "up"),
        ("Kenya's trade with Peru is shrinking.", "down"),
        ("Trade between Kenya and Peru reached $5 billion, up from $3 billion in 2021.", "up"),
        ("Trade between Kenya and Peru reached $5 billion, more than ever, in 2021.", None),
        ("Trade between Kenya and Peru goes on.", None),
    ],
)
def test_a_trend_is_read_behind_the_partners_too(text, trend):
    """Most sentences name the partners before the verb that tells of growth."""
    claims = aw.extract(text)

    assert claims
    assert {claim.trend for claim in claims} == {trend}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kenya's attack on Peru on the coast of the northern sea killed 40 soldiers.", 40),
        ("Kenya's attack on Peru, which claimed over 900 lives, went on.", 900),
        ("Kenya's attack on Peru worried 2 leaders.", None),
    ],
)
def test_the_toll_of_an_attack_is_its_amount(text, value):
    """Who looks on is not counted among the dead."""
    told = find_amounts(text, text.index("attack"), Kind.ATTACK)

    assert [amount.value for amount in told] == ([] if value is None else [value])


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
