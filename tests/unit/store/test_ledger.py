"""The politeness ledger outlives its run."""

import pytest

from alignwatch.errors import ModelError
from alignwatch.fetch import HostLedger

NEWS = HostLedger(host="news.example", requests=3, unchanged=1, retry_after_s=5.0, robots="rules")
WIRE = HostLedger(host="wire.example", requests=1)


def test_each_run_has_its_own_ledger(store):
    """Who is asked what was done in March answers for March."""
    store.start_run()
    store.save_ledger([WIRE, NEWS])
    store.finish_run([])
    store.start_run()
    store.save_ledger([WIRE])

    assert store.ledger(1) == (NEWS, WIRE)
    assert store.ledger() == store.ledger(2) == (WIRE,)
    assert store.ledger(3) == ()


def test_a_later_note_of_a_run_takes_the_place_of_the_earlier_one(store):
    """It is saved after each source, so that a killed run has one too."""
    store.start_run()
    store.save_ledger([HostLedger(host="news.example", requests=1)])
    store.save_ledger([NEWS])

    assert store.ledger() == (NEWS,)


def test_without_a_run_there_is_nothing_to_note(store):
    """A ledger of nobody's requests proves nothing."""
    assert store.ledger() == ()
    with pytest.raises(ModelError, match="start_run"):
        store.save_ledger([NEWS])


def test_a_forgotten_host_leaves_the_ledger(store):
    """A take-down is complete; its proof is the tombstone."""
    store.start_run()
    store.save_ledger([NEWS, WIRE])
    store.forget("news.example")
    store.save_ledger([NEWS, WIRE])

    assert store.ledger() == (WIRE,)
