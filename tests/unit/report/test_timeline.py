"""The timeline: every dated claim in one bar, in the unit that fits."""

import pytest

from alignwatch.model import Family
from alignwatch.report._timeline import count_by_time, draw_timeline

MILITARY, ECONOMIC = Family.MILITARY, Family.ECONOMIC


def count(*dates):
    return count_by_time((day, MILITARY) for day in dates)


def test_days_are_counted_by_family_with_empty_days_between():
    """A gap in reporting has to look like one."""
    table = count_by_time(
        [("2025-07-30", ECONOMIC), ("2025-08-01T10:00Z", MILITARY), ("2025-08-01", MILITARY)]
    )

    assert table.unit == "day"
    assert table.labels == ("30 July 2025", "31 July 2025", "1 August 2025")
    assert table.families == (MILITARY, ECONOMIC)
    assert table.counts == ((0, 1), (0, 0), (2, 0))
    assert [label for label, _ in table.rows] == ["30 July 2025", "1 August 2025"]


@pytest.mark.parametrize(
    ("dates", "unit", "first", "last"),
    [
        (["2025-01-01", "2025-02-14"], "day", "1 Jan", "14 Feb"),
        (["2025-01-01", "2025-02-15"], "month", "Jan 25", "Feb 25"),
        (["2024-12", "2025-01"], "month", "Dec 24", "Jan 25"),
        (["2020-01-01", "2024-12-31"], "month", "Jan 20", "Dec 24"),
        (["2020-01-01", "2025-01-01"], "year", "2020", "2025"),
        (["2020"], "year", "2020", "2020"),
    ],
)
def test_the_unit_fits_the_time_covered(dates, unit, first, last):
    """A week in days, a war in months, an alliance in years."""
    table = count(*dates)

    assert (table.unit, table.short_labels[0], table.short_labels[-1]) == (unit, first, last)


def test_claims_without_a_date_of_that_unit_are_counted_apart():
    """Nothing is put on a day that nobody named."""
    table = count("2025-07-02", "2025-07", "2025", None, "yesterday")

    assert (table.counts, table.undated) == (((1,),), 4)


def test_without_any_date_there_is_no_timeline():
    """An empty picture would be read as "nothing happened"."""
    assert count(None, "soon") is None


def test_one_absurd_date_does_not_flatten_the_rest():
    """A page that says year 1 is counted apart, not drawn over two thousand years."""
    table = count("0001-01-01", "2024-05-01", "2025-05-01")

    assert (len(table.counts), table.labels[-1], table.undated) == (60, "2025", 1)


def test_bars_stack_to_the_count_and_stay_inside():
    """What is drawn must be what was counted."""
    table = count_by_time([("2025-07-01", MILITARY)] * 7 + [("2025-07-01", ECONOMIC)] * 3)
    picture = draw_timeline(table, width=360, height=200)

    military, economic = picture.bars
    unit = (picture.levels[0].at - picture.levels[-1].at) / int(picture.levels[-1].label)
    assert military.height == pytest.approx(7 * unit, abs=0.2)
    assert economic.height == pytest.approx(3 * unit, abs=0.2)
    assert military.y == pytest.approx(economic.y + economic.height, abs=0.2)
    assert 0 <= economic.y <= military.y + military.height <= picture.floor + 0.1
    assert military.words == "1 July 2025: 7 military"


@pytest.mark.parametrize(
    ("tallest", "levels"),
    [(1, 2), (5, 6), (6, 4), (100, 6), (101, 4), (12_345, 4)],
)
def test_an_axis_has_few_round_lines(tallest, levels):
    """Nobody reads a grid of thirty lines."""
    picture = draw_timeline(count(*["2025-07-01"] * tallest), width=360, height=200)

    assert len(picture.levels) == levels
    assert int(picture.levels[-1].label) >= tallest


def test_labels_of_a_long_timeline_do_not_run_into_each_other():
    """Sixty months on a phone: some are named, none overlap."""
    picture = draw_timeline(count("2020-01", "2024-12"), width=360, height=200)

    gaps = [b.at - a.at for a, b in zip(picture.times, picture.times[1:], strict=False)]
    assert min(gaps) >= 50
