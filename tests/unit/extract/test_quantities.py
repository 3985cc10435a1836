"""Amounts are read as numbers with a unit, and quoted as they stand."""

import pytest

from alignwatch.extract import find_quantities


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit", "comparator"),
    [
        ("It paid $12.5 billion in cash.", "$12.5 billion", 12.5e9, "USD", None),
        ("worth €5bn", "€5bn", 5e9, "EUR", None),
        ("some 300 million euros in aid", "some 300 million euros", 3e8, "EUR", "about"),
        ("a loan of 20 billion yuan", "20 billion yuan", 2e10, "CNY", None),
        ("fines of Rs 40 crore", "Rs 40 crore", 4e8, "INR", None),
        ("between $5-7 billion a year", "between $5-7 billion", 7e9, "USD", "up_to"),
        ("sent 9,000 soldiers", "9,000 soldiers", 9000, "soldier", None),
        ("4,500 South Korean troops", "4,500 South Korean troops", 4500, "troop", None),
        ("thousands of workers left", "thousands of workers", 1000, "worker", "at_least"),
        ("over a million barrels of oil", "over a million barrels", 1e6, "barrel", "over"),
        ("two dozen jets", "two dozen jets", 24, "jet", None),
        ("up to 12 drones", "up to 12 drones", 12, "drone", "up_to"),
        ("no fewer than 40 missiles", "no fewer than 40 missiles", 40, "missile", "at_least"),
        ("more than 10,000+ shells", "more than 10,000+ shells", 10000, "shell", "over"),
        ("from 2,000 to 3,000 men", "2,000 to 3,000 men", 3000, "man", "up_to"),
        ("between 20 and 30 tanks", "between 20 and 30 tanks", 30, "tank", "up_to"),
        ("90 Leopard 2 tanks", "90 Leopard 2 tanks", 90, "tank", None),
        ("half a million tonnes of grain", "half a million tonnes", 5e5, "tonne", None),
        ("nearly 30 percent of trade", "nearly 30 percent", 30, "percent", "under"),
        ("a 25% tariff", "25%", 25, "percent", None),
        ("almost half of its gas", "almost half", 0.5, None, "under"),
        ("a third of the fleet", "a third", 1 / 3, None, None),
        ("five tons or more", "five tons or more", 5, "ton", "at_least"),
        ("over 7,000 were there", "over 7,000", 7000, None, "over"),
        ("in 24 hours, 10 strikes", "10 strikes", 10, "strike", None),
        ("500,000 vaccine doses", "500,000 vaccine doses", 500000, "dose", None),
        ("1.6 million Nigerians", "1.6 million Nigerians", 1.6e6, "Nigerian", None),
        ("2000 troops", "2000 troops", 2000, "troop", None),
    ],
)
def test_an_amount_is_read_and_quoted(text, quote, value, unit, comparator):
    """The amount is what analysts sort by; its words are the proof."""
    ((span, quantity),) = find_quantities(text)

    assert (quantity.text, quantity.unit, quantity.comparator) == (quote, unit, comparator)
    assert quantity.value == pytest.approx(value)
    assert span.slice(text) == quote


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 they met on June 19 and on 3 July.",
        "At 10:30 he, aged 45, a 45-year-old, left.",
        "Article 5 and Resolution 2231 on page 7",
        "Su-35, KN-23, F-16, 9/11, G7 and 155mm",
        "three years and two weeks",
        "the 2022 sanctions",
        "one of them, some others",
        "a record of 37-3, then 19-0",
        "one of the officials",
        "62 home run",
        "the 19th congress at 5 p.m.",
        "",
    ],
)
def test_years_times_ages_and_models_are_no_amounts(text):
    """A Su-35 is not minus thirty-five of anything."""
    assert find_quantities(text) == ()


def test_amounts_come_in_text_order():
    """Two amounts of one sentence are two readings: now and then."""
    text = "Trade rose to $90 million from $70 million, a third of it in grain."

    found = find_quantities(text)

    assert [quantity.value for _, quantity in found] == pytest.approx([9e7, 7e7, 1 / 3])
