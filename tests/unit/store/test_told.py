"""Changes that were told: each once, and none that was taken down."""

from datetime import UTC, datetime, timedelta

import pytest

from alignwatch.errors import ModelError
from alignwatch.model import Change, ChangeKind, Standing, TieState

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
STATE = TieState(standing=Standing.ASSERTED, article_count=1, independent_count=1)


def change(claim, **fields):
    return Change(
        source=claim.source,
        target=claim.target,
        kind=claim.kind,
        **({"changes": (ChangeKind.NEW,), "after": STATE, "claims": (claim,)} | fields),
    )


@pytest.fixture
def told(store, made):
    """A store of two articles, with a change for each, told one after the other."""
    found = []
    for number, url in enumerate(("https://a.example/1", "https://b.example/2")):
        fields = made(url)
        store.save_article(**fields)
        found.append(change(fields["claims"][0]))
        store.save_told(found[-1:], up_to=AT + timedelta(hours=number))
    return found


def test_what_was_told_is_known_with_its_moment_the_newest_first(store, told):
    """A feed shows the last changes."""
    assert list(store.changes()) == [(AT + timedelta(hours=1), told[1]), (AT, told[0])]
    assert list(store.changes(1)) == [(AT + timedelta(hours=1), told[1])]
    assert store.told_at() == AT + timedelta(hours=1)


def test_a_change_that_is_told_twice_stands_once(store, told):
    """Two entries of one id break a feed."""
    store.save_told(told[:1], up_to=AT + timedelta(hours=5))

    assert [one for _, one in store.changes()] == [told[0], told[1]]


def test_nothing_told_is_noted_too(store):
    """Tomorrow's changes are those since today, also where today had none."""
    assert store.told_at() is None
    store.save_told((), up_to=AT)

    assert (store.told_at(), list(store.changes())) == (AT, [])


def test_what_is_forgotten_is_told_no_more(store, told):
    """A take-down that leaves the quote in the feed is none."""
    store.forget("a.example")

    assert [one for _, one in store.changes()] == [told[1]]
    store.forget("https://b.example/2")
    assert list(store.changes()) == []
    assert b"Norland" not in store.path.read_bytes()


def test_a_moment_without_a_zone_is_refused(store):
    """Noon is not a moment."""
    with pytest.raises(ModelError, match="time zone"):
        store.save_told((), up_to=datetime(2026, 5, 1))  # noqa: DTZ001 - that is the point
