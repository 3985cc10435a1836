"""What the store knew when: yesterday's answer must be there tomorrow."""

from datetime import UTC, datetime, timedelta

import attrs
import pytest

from alignwatch.errors import ModelError, StoreError
from alignwatch.store import Verdict, open_store
from alignwatch.store import _past as past

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Clock:
    """A clock that the test sets."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(past, "_read_clock", made)
    return made


def ids(claims):
    return [claim.id for claim in claims]


def change(fields, **changes):
    """The same article with its claims otherwise."""
    return fields | {"claims": tuple(attrs.evolve(one, **changes) for one in fields["claims"])}


def test_a_claim_is_known_since_its_article_was_first_stored(store, made, clock):
    """Who knew first, and since when, is what a chronicle is asked."""
    fields = made("https://a.example/1")
    store.save_article(**fields)
    clock.now += HOUR
    store.save_article(**fields)

    (claim,) = store.claims()
    assert store.known_at(claim.id) == START
    assert store.articles_known_at() == {"https://a.example/1": START}


def test_nobody_knew_of_what_was_stored_later(store, made, clock):
    """A report of May must not have read the news of June."""
    store.save_article(**made("https://a.example/1"))
    clock.now += HOUR
    store.save_article(**made("https://a.example/2"))

    assert len(ids(store.claims(as_of=START - HOUR))) == 0
    assert ids(store.claims(as_of=START)) == ids(store.claims(article="https://a.example/1"))
    assert ids(store.claims(as_of=clock.now)) == ids(store.claims())


def test_a_claim_that_is_gone_was_known_until_then(store, made, clock):
    """An article that is corrected does not rewrite what was read in it."""
    first = made("https://a.example/1")
    store.save_article(**first)
    clock.now += HOUR
    store.save_article(**(first | {"claims": ()}))

    assert ids(store.claims()) == []
    assert ids(store.claims(as_of=START)) == ids(first["claims"])
    assert ids(store.claims(as_of=clock.now)) == []


def test_a_claim_that_comes_back_is_known_since_the_first_time(store, made, clock):
    """To be gone for a day is not to be unheard of."""
    first = made("https://a.example/1")
    store.save_article(**first)
    clock.now += HOUR
    store.save_article(**(first | {"claims": ()}))
    clock.now += HOUR
    store.save_article(**first)

    assert store.known_at(first["claims"][0].id) == START
    assert ids(store.claims(as_of=START + HOUR)) == []


def test_the_past_has_claims_as_they_read_then(store, made, clock):
    """A reader of tomorrow's version must see what this one said today."""
    first = made("https://a.example/1")
    store.save_article(**first)
    clock.now += HOUR
    store.save_article(**change(first, confidence=0.25))

    assert [claim.confidence for claim in store.claims(as_of=START)] == [0.8]
    assert [claim.confidence for claim in store.claims()] == [0.25]
    assert store.known_at(first["claims"][0].id) == START


def test_an_address_that_gives_another_article_had_the_old_one(store, made, clock):
    """A page that was replaced is not one that never was."""
    store.save_article(**made("https://a.example/1", article_id="old"))
    clock.now += HOUR
    store.save_article(**made("https://a.example/1", article_id="new"))

    assert [claim.article for claim in store.claims(as_of=START)] == ["old"]
    assert [claim.article for claim in store.claims()] == ["new"]
    assert store.articles_known_at() == {"new": clock.now}


def test_verdicts_count_from_when_they_were_given(store, made, clock):
    """What a person rejected on Tuesday stood on Monday."""
    store.save_article(**made("https://a.example/1"))
    (claim,) = store.claims()
    clock.now += HOUR
    store.save_verdict(Verdict(claim=claim.id, decision="rejected"))
    clock.now += HOUR
    better = attrs.evolve(claim, source="CHN")
    store.save_verdict(Verdict(claim=claim.id, decision="corrected", corrected=better))
    clock.now += HOUR
    store.withdraw_verdict(claim.id)

    told = [[one.source for one in store.claims(as_of=START + n * HOUR)] for n in range(4)]
    assert told == [["RUS"], [], ["CHN"], ["RUS"]]
    assert [one.source for one in store.claims(as_of=START + 2 * HOUR, actor="CHN")] == ["CHN"]
    assert [one.source for one in store.claims(as_of=START + HOUR, with_verdicts=False)] == ["RUS"]
    assert store.known_at(better.id) == START + 2 * HOUR


def test_of_two_addresses_of_one_article_the_one_known_then_speaks(store, made, clock):
    """A claim is not counted twice, nor lost because a better address came later."""
    store.save_article(**made("https://b.example/1", article_id="same"))
    clock.now += HOUR
    store.save_article(**made("https://a.example/1", article_id="same"))

    assert [claim.url for claim in store.claims(as_of=START)] == ["https://b.example/1"]
    assert [claim.url for claim in store.claims()] == ["https://a.example/1"]


def test_a_clock_that_goes_back_changes_nothing_that_was_known(store, made, clock):
    """Machines are set right; a chronicle is not written anew for that."""
    store.save_article(**made("https://a.example/1"))
    clock.now -= 24 * HOUR
    store.save_article(**made("https://a.example/2"))

    assert ids(store.claims(as_of=START)) == ids(store.claims(article="https://a.example/1"))
    assert store.moment() == START + timedelta(microseconds=1)
    assert ids(store.claims(as_of=store.moment())) == ids(store.claims())


def test_what_is_learned_at_one_moment_is_learned_in_its_order(store, made, clock):
    """A clock may stand still for two articles."""
    store.save_article(**made("https://a.example/1"))
    before = store.moment()
    store.save_article(**made("https://a.example/2"))

    assert len(ids(store.claims(as_of=before))) == 1


def test_what_is_forgotten_is_forgotten_in_the_past_too(store, made, clock):
    """A take-down that leaves yesterday's copy is none."""
    first = made("https://a.example/1")
    store.save_article(**first)
    clock.now += HOUR
    store.save_article(**(first | {"claims": ()}))
    store.forget("https://a.example/1")

    assert ids(store.claims(as_of=START)) == []
    assert store.known_at(first["claims"][0].id) is None
    assert b"Norland" not in store.path.read_bytes()


def test_an_empty_store_knew_nothing(store):
    """The first question may come before the first run."""
    assert list(store.claims(as_of=START)) == []
    assert store.moment() is None
    assert store.known_at("0" * 20) is None
    assert store.articles_known_at() == {}


def test_a_moment_without_a_zone_is_refused(store):
    """Noon is eleven moments in Russia alone."""
    with pytest.raises(ModelError, match="time zone"):
        store.claims(as_of=datetime(2026, 5, 1))  # noqa: DTZ001 - that is the point


def test_readers_see_the_past_too(path, made, clock):
    """Reports are made by those who may not write."""
    with open_store(path) as store:
        store.save_article(**made("https://a.example/1"))
    with open_store(path, read_only=True) as store:
        assert len(ids(store.claims(as_of=START))) == 1


OLD_AT = "2026-01-02T10:00:00.000000+00:00"


@pytest.fixture
def old_store(path, made, monkeypatch):
    """A store of version 5, with an article, a claim and a verdict, and one without bytes."""
    with open_store(path) as store:
        store.start_run(started_at=datetime(2026, 1, 2, 10, tzinfo=UTC))
        store.save_article(**made("https://a.example/1"))
        store.save_article(**(made("https://a.example/2") | {"page": None}))
        claim = next(store.claims())
        store.save_verdict(
            Verdict(claim=claim.id, decision="accepted", decided_at=START + 5 * HOUR)
        )
        _take_back(store)
    return path


def _take_back(store):
    connection = store._database.connection
    connection.execute("DROP TABLE change_addresses")
    for table in ("changes", "moments", "past_verdicts", "past_claims", "past_articles"):
        connection.execute(f"DROP TABLE {table}")
    for table, columns in (
        ("articles", ("known_at", "recorded_at")),
        ("claims", ("known_at", "recorded_at")),
        ("verdicts", ("recorded_at",)),
    ):
        for column in columns:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.execute("UPDATE pages SET fetched_at = '2026-01-02T10:05:00.000000+00:00'")
    connection.execute("PRAGMA user_version = 5")


def test_a_store_of_version_5_keeps_all_and_learns_when(old_store):
    """Years of reading must not be lost to an update."""
    with open_store(old_store) as store:
        claims = list(store.claims())
        assert len(claims) == 2
        assert {store.known_at(claim.id) for claim in claims} == {
            datetime(2026, 1, 2, 10, 5, tzinfo=UTC),
            datetime(2026, 1, 2, 10, 0, tzinfo=UTC),
        }
        assert len(ids(store.claims(as_of=datetime(2026, 1, 2, 10, 1, tzinfo=UTC)))) == 1
        assert [verdict.decision for verdict in store.verdicts()] == ["accepted"]
        assert store.moment() == START + 5 * HOUR


def test_an_empty_store_of_version_5_is_brought_up_to_date(path):
    """An update may come before the first run."""
    with open_store(path) as store:
        _take_back(store)
    with open_store(path) as store:
        assert store.moment() is None


def test_who_only_reads_an_older_store_is_told_what_to_do(old_store):
    """Nothing is written by who asked to read."""
    with pytest.raises(StoreError, match="open it for writing once"):
        open_store(old_store, read_only=True)
