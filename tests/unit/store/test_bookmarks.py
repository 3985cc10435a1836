"""How far a source was in what it reads piece by piece."""

import sqlite3
from contextlib import closing

import pytest

from alignwatch.errors import ModelError
from alignwatch.store import open_store
from alignwatch.store._schema import MIGRATIONS, migrate

ARCHIVE = "https://archive.example/march.warc.gz"


def test_a_bookmark_is_the_last_one_that_was_kept(store):
    """A run of the next day goes on where this one stopped."""
    assert store.bookmark("warc", ARCHIVE) is None

    store.keep_bookmark("warc", ARCHIVE, "1000")
    store.keep_bookmark("warc", ARCHIVE, "2000")

    assert store.bookmark("warc", ARCHIVE) == "2000"


def test_each_source_has_its_own_bookmarks(store):
    """Two watchlists may choose different outlets of the same archive."""
    store.keep_bookmark("warc", ARCHIVE, "1000")

    assert store.bookmark("warc:other", ARCHIVE) is None


def test_a_bookmark_can_be_taken_out(store):
    """What was read to its end and changed is read from its beginning."""
    store.keep_bookmark("warc", ARCHIVE, "1000")
    store.keep_bookmark("warc", ARCHIVE, None)

    assert store.bookmark("warc", ARCHIVE) is None


@pytest.mark.parametrize("named", [ARCHIVE, "archive.example"])
def test_forgetting_takes_bookmarks_along(store, named):
    """Nothing of a host that was taken down stays, and nothing comes back."""
    store.keep_bookmark("warc", ARCHIVE, "1000")
    store.forget(named)

    assert store.bookmark("warc", ARCHIVE) is None


def test_nothing_is_kept_of_what_was_forgotten(store):
    """The next run must not bring it back."""
    store.forget(ARCHIVE)
    store.keep_bookmark("warc", ARCHIVE, "1000")

    assert store.bookmark("warc", ARCHIVE) is None


def test_a_bookmark_says_something(store):
    """An empty one would be lost between "never began" and "began"."""
    with pytest.raises(ModelError, match="place is empty"):
        store.keep_bookmark("warc", ARCHIVE, "")


def test_a_store_of_version_2_gets_bookmarks(path):
    """A store that has grown for months takes the next step by itself."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:2])

    with open_store(path) as store:
        store.keep_bookmark("warc", ARCHIVE, "1000")
        assert store.bookmark("warc", ARCHIVE) == "1000"
