from datetime import UTC, datetime, timedelta

import pytest

from alignwatch.errors import ModelError
from alignwatch.fetch import FetchMemory, RobotsRecord, Validators
from alignwatch.model import Failure, Health, PageRef
from alignwatch.store import Counts, Run, open_store

URL = "https://norland.example/1"
AT = datetime(2025, 7, 2, 9, 30, tzinfo=UTC)


def test_a_run_is_noted_with_what_it_did(store):
    """Tomorrow's run compares itself with it."""
    health = (Health(source="rss", discovered=3, stored=2, failed=1), Health(source="files"))
    assert store.health() == ()
    store.start_run(started_at=AT)
    store.finish_run(health, finished_at=AT + timedelta(minutes=1))

    assert store.health() == health
    assert list(store.runs()) == [
        Run(number=1, started_at=AT, finished_at=AT + timedelta(minutes=1), health=health)
    ]


def test_a_run_that_was_killed_stays_open_and_does_not_count(store):
    """Its numbers are unknown, not zero."""
    store.start_run(started_at=AT)
    store.finish_run([Health(source="rss", stored=2)])
    store.start_run(started_at=AT)

    assert store.health() == (Health(source="rss", stored=2),)
    assert [run.finished_at is None for run in store.runs()] == [False, True]


def test_a_run_cannot_end_before_it_begins(store):
    """The numbers would be filed under another run."""
    with pytest.raises(ModelError, match="start_run"):
        store.finish_run([])
    store.start_run()
    store.finish_run([])
    with pytest.raises(ModelError, match="start_run"):
        store.finish_run([])


def test_counts_tell_what_is_there(store, made):
    """The last line of a run."""
    store.add_discovered("rss", [PageRef(url=f"{URL}/{number}") for number in range(3)])
    store.save_failure(Failure(url=f"{URL}/1", source="rss", reason="x", message="m"))
    store.save_article(**made(f"{URL}/2"))

    assert store.counts() == Counts(
        pending=1, failed=1, stored=1, articles=1, documents=1, claims=1, kept_pages=1
    )


def test_a_store_is_the_memory_of_a_fetcher(store):
    """The seam between the two, which a type checker sees as well."""
    memory: FetchMemory = store
    record = RobotsRecord(
        origin="https://norland.example", status=None, body=b"", fetched_at=AT, expires_at=AT
    )
    memory.remember_robots(record)

    assert memory.robots("https://norland.example") == record
    assert memory.robots("https://sudmark.example") is None
    assert memory.validators(URL) is None


def test_validators_are_given_byte_for_byte_and_can_be_taken_back(store):
    """A server compares them as they are."""
    store.remember_validators(URL, etag='W/"a\xe9"', last_modified="Wed, 02 Jul 2025 09:30:00 GMT")
    assert store.validators(URL) == Validators(
        etag='W/"a\xe9"', last_modified="Wed, 02 Jul 2025 09:30:00 GMT"
    )

    store.remember_validators(URL)

    assert store.validators(URL) is None


def test_a_page_of_which_nothing_is_stored_is_asked_for_in_full(store):
    """A 304 would leave it out for ever."""
    store.remember_validators(URL, etag="x")
    store.add_discovered("rss", [PageRef(url=URL)])

    assert store.validators(URL) is None


def test_the_source_that_an_address_was_read_with_is_known(store):
    """A feed given by its address is not asked again what it is."""
    assert store.source_of(URL) is None
    store.remember_source(URL, "pages")
    store.remember_source(URL, "rss")

    assert store.source_of(URL) == "rss"


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime.min.replace(tzinfo=UTC) + timedelta(hours=1), None),
        (datetime.fromisoformat("0001-01-01T00:00:00+14:00"), "0001-01-01T00:00:00+00:00"),
        (datetime.fromisoformat("9999-12-31T23:00:00-12:00"), "9999-12-31T23:00:00+00:00"),
    ],
)
def test_the_first_and_the_last_day_are_kept(store, at, told):
    """Feeds give such dates, and no date may end a run."""
    store.add_discovered("rss", [PageRef(url=URL, published_at=at)])

    assert store.address(URL).published_at == (datetime.fromisoformat(told) if told else at)


def test_a_store_shows_what_it_is(path):
    """In a notebook and in a log."""
    with open_store(path) as store:
        assert repr(store) == f"<Store {str(path)!r}>"
        assert store.path == path
        assert not store.is_read_only
    with open_store(path, read_only=True) as store:
        assert "read-only" in repr(store)
