"""Laws of finding actors, amounts and dates: they hold for any text."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.extract import find_dates, find_quantities, load_gazetteer

_WORDS = [
    *("Russia", "Russian", "President", "Vladimir", "Putin", "Kim", "Kim Jong-un", "U.S.", "US"),
    *(
        "#Ukraine",
        "@NATO",
        "Atlanta, Georgia",
        "11,000",
        "troops",
        "$5",
        "billion",
        "over",
        "half a",
    ),
    *(
        "million",
        "barrels",
        "in",
        "2024",
        "June",
        "19,",
        "to",
        "Tuesday",
        "May",
        "the",
        "of",
        "and",
    ),
    *(
        "Korea",
        "North",
        "South's",
        "General Assembly",
        "West",
        "coalition",
        "Foreign Ministry",
        "-",
    ),
    *("\u2013", "\n", "\u00a0", "\u2019s", "."),
]
texts = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join),
    st.text(max_size=200),
)
days = st.none() | st.dates()


@given(texts, days)
def test_mentions_slice_to_their_text_in_order_without_overlap(text, on):
    """Evidence is quoted by these offsets."""
    found = load_gazetteer().find(text, on=on)

    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(m.actor_id in load_gazetteer().actors for m in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(m.start < m.end for m in found)


@given(texts)
def test_amounts_slice_to_their_text_in_order_without_overlap(text):
    """An amount without its words cannot be checked."""
    found = find_quantities(text)

    assert all(span.slice(text) == quantity.text for span, quantity in found)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(found))


@given(texts, days)
def test_dates_lie_in_the_text_in_order_without_overlap(text, published):
    """A date must not take the words of another."""
    found = find_dates(text, published=published)

    assert all(0 <= span.start < span.end <= len(text) for span, _ in found)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(found))


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2099, 12, 31)))
def test_a_full_date_is_read_back(day):
    """Whatever day is written in full is the day that is read."""
    text = f"on {day.isoformat()} and on {day.day} {day.strftime('%B')} {day.year}"

    assert [(when.start, when.end) for _, when in find_dates(text)] == [(day, day)] * 2


@given(st.integers(min_value=2, max_value=999_999_999))
def test_a_count_is_read_back(count):
    """Commas are for the eye."""
    ((_, quantity),) = find_quantities(f"They sent {count:,} soldiers.")

    assert quantity.value == count
