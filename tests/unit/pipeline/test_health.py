"""Quiet, broken and blocked are told apart by a source's own past."""

from datetime import UTC, datetime

import pytest

from alignwatch.model import Health
from alignwatch.pipeline import SourceState, judge_health
from alignwatch.store import Run

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
USUAL = {"discovered": 20, "fetched": 5, "stored": 4, "failed": 1}
IDLE = {"discovered": 20}
UNCHANGED = {}


def judge(*healths):
    """Judge one source by what it did in run after run."""
    runs = [
        Run(
            number=number,
            started_at=NOON,
            finished_at=NOON,
            health=(Health(source="rss", **health),),
        )
        for number, health in enumerate(healths, start=1)
    ]
    (diagnosis,) = judge_health(runs)
    return diagnosis


@pytest.mark.parametrize(
    ("past", "last", "state"),
    [
        ([], USUAL, "ok"),
        ([USUAL] * 5, IDLE, "quiet"),
        ([USUAL, UNCHANGED, USUAL, UNCHANGED], UNCHANGED, "quiet"),
        ([], UNCHANGED, "quiet"),
        ([USUAL] * 5, UNCHANGED, "broken"),
        ([USUAL] * 2, UNCHANGED, "quiet"),
        ([USUAL] * 5, {"discovered": 20, "fetched": 5, "failed": 5, "empty": 5}, "broken"),
        ([], {"failed": 1}, "broken"),
        ([{"stored": 2, "failed": 8}] * 4, {"stored": 2, "failed": 9}, "ok"),
        ([USUAL] * 5, {"stored": 1, "failed": 6, "blocked": 5}, "blocked"),
        ([USUAL] * 5, {"failed": 3, "refused": 3}, "blocked"),
        ([USUAL] * 5, {"stored": 9, "failed": 1, "blocked": 1}, "ok"),
        ([USUAL] * 5, {"stored": 4, "blocked": 3}, "blocked"),
        ([USUAL] * 5, {"discovered": 9, "stored": 9, "blocked": 3}, "ok"),
        ([USUAL] * 5, {"unchanged_listings": 1}, "quiet"),
        ([USUAL, {"unchanged_listings": 1}] * 3, UNCHANGED, "broken"),
        ([USUAL] * 5, {"waiting": 7, "postponed": 7}, "waiting"),
        ([USUAL, UNCHANGED] * 3, {"waiting": 7}, "quiet"),
    ],
)
def test_a_source_is_judged_by_its_own_past(past, last, state):
    """A ministry that says nothing for a week is fine; a wire that does is not."""
    assert judge(*past, last).state is SourceState(state)


def test_a_silence_that_is_longer_than_ever_is_pointed_out():
    """A feed that was abandoned answers 304 for ever."""
    past = [USUAL, UNCHANGED, USUAL, UNCHANGED, USUAL]

    assert "look at it" not in judge(*past, *[UNCHANGED] * 2).why
    assert "look at it" in judge(*past, *[UNCHANGED] * 3).why


def test_why_says_what_was_seen_and_what_was_usual():
    """Who is woken at night wants to know what for."""
    found = judge(*[USUAL] * 4, {"failed": 5, "empty": 5})

    assert found.why == "5 of 5 failed, 5 of them without text, 20% were usual before"


def test_who_was_always_turned_away_is_told_apart_from_who_is_now():
    """A paywall that went up last night is news, one that always stood is not."""
    walled = {"failed": 4, "blocked": 4}

    assert judge(*[USUAL] * 4, walled).why == (
        "4 of 4 pages were refused (4 by the site, 0 by rule), 0% were usual before"
    )
    assert judge(*[walled] * 4, walled).why.endswith("100% were usual before")
    assert judge(walled).why.endswith("0 by rule)")


def test_sources_come_by_name_and_a_run_that_was_killed_is_passed_over():
    """Half a run says nothing about a source."""
    health = (Health(source="b", stored=1), Health(source="a", stored=1))
    runs = [
        Run(number=1, started_at=NOON, finished_at=NOON, health=health),
        Run(number=2, started_at=NOON, health=(Health(source="a", failed=3),)),
    ]

    assert [(one.source, one.state) for one in judge_health(runs)] == [("a", "ok"), ("b", "ok")]
    assert judge_health([]) == ()
