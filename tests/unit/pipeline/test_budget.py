"""Budgets: what is left, and what is asked."""

import pytest

from alignwatch.errors import ModelError
from alignwatch.pipeline import Budget
from alignwatch.pipeline._budget import Allowance, BudgetSpentError


def allow(budget, *, within=None, read=lambda: 0, clock=lambda: 0.0):
    return Allowance(budget, received_bytes=read, within=within, clock_s=clock)


def test_without_a_bound_nothing_is_ever_used_up():
    """Who sets no budget must not meet one."""
    left = allow(Budget())

    assert all(left.take_page() for _ in range(1000))
    assert not left.is_over


def test_pages_are_given_until_they_are_used_up_and_listings_go_on():
    """A source must still be able to say what is new."""
    left = allow(Budget(pages=2))

    assert [left.take_page() for _ in range(4)] == [True, True, False, False]
    assert left.is_spent
    assert not left.is_over
    left.require()


def test_a_source_takes_from_the_run_and_leaves_the_rest_to_others():
    """One talkative source must not use up what all have."""
    run = allow(Budget(pages=3))
    first, second = allow(Budget(pages=2), within=run), allow(Budget(pages=2), within=run)

    assert [first.take_page() for _ in range(3)] == [True, True, False]
    assert [second.take_page() for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize("inner", [True, False])
def test_bytes_and_time_stop_listings_too(inner):
    """A sitemap of a gigabyte is read by discovery alone."""
    read, now = [500], [10.0]
    for budget, key in ((Budget(size_bytes=100), read), (Budget(time_s=60), now)):
        left = allow(budget, read=lambda: read[0], clock=lambda: now[0])
        left = allow(Budget(), within=left) if inner else left

        assert left.take_page()
        key[0] += 100

        assert not left.take_page()
        with pytest.raises(BudgetSpentError):
            left.require()


@pytest.mark.parametrize("budget", [{"pages": 0}, {"size_bytes": -1}, {"time_s": 0}])
def test_a_budget_of_nothing_is_a_mistake(budget):
    """It reads like "no bound" to some, and like "none at all" to others."""
    with pytest.raises(ModelError, match="must be over 0"):
        Budget(**budget)
