"""One guarded SQLite connection, and its errors in the words of alignwatch."""

import sqlite3
import threading
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from alignwatch.errors import (
    ModelError,
    NotAStoreError,
    StoreBusyError,
    StoreError,
    StoreUnwritableError,
)

__all__ = ["Database", "Row", "translated"]

Row = tuple[Any, ...]

_UNWRITABLE = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the file, its folder or this connection is read-only",
    sqlite3.SQLITE_IOERR: "the disk gave an error",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened or made",
    sqlite3.SQLITE_PERM: "permission denied",
}
_BATCH_ROWS = 50


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise a `StoreError` of the fitting class for what SQLite raises about *path*.

    Raises:
        ModelError: A text that was given is no valid Unicode.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        msg = f"the store takes valid Unicode alone, got {error.object[:80]!r}"
        raise ModelError(msg) from error
    except sqlite3.Error as error:
        raise _store_error(path, error) from error


def _store_error(path: Path, error: sqlite3.Error) -> StoreError:
    # an extended code carries its family in the low byte; misuse has no code at all
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _UNWRITABLE:
        return StoreUnwritableError(f"cannot write the store {path}: {_UNWRITABLE[code]} ({error})")
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        msg = f"another program is writing to the store {path}: try again when it has ended"
        return StoreBusyError(msg)
    if code == sqlite3.SQLITE_NOTADB:
        return NotAStoreError(f"{path} is no alignwatch store: {error}")
    if code == sqlite3.SQLITE_CORRUPT:
        return StoreError(f"the store {path} is damaged: {error}; restore it from a copy")
    return StoreError(f"the store {path} cannot be used: {error}")


def _bind(query: str, values: tuple[object, ...]) -> Any:
    """Python 3.12 up to 3.12.3 takes "?1" for a name, and warns where values come in order."""
    if "?1" in query:
        return {str(place): value for place, value in enumerate(values, start=1)}
    return values


class Database:
    """A connection in autocommit mode that several threads may share.

    Every read gives a list, so no cursor stays open: what is written while somebody goes through
    an iterator of the store cannot disturb it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self._guard = threading.RLock()

    def close(self) -> None:
        """Close the connection; without effect the second time."""
        with self._guard, translated(self.path):
            self.connection.close()

    def copy_into(self, other: sqlite3.Connection) -> None:
        """Copy the whole of this database, as it is at this moment, into *other*.

        Raises:
            sqlite3.Error: *other* cannot be written.
        """
        with self._guard:
            self.connection.backup(other)

    def rows(self, query: str, *values: object) -> list[Row]:
        """Give all rows of *query*."""
        with self._guard, translated(self.path):
            return self.connection.execute(query, _bind(query, values)).fetchall()

    def row(self, query: str, *values: object) -> Row | None:
        """Give the first row of *query*."""
        with self._guard, translated(self.path):
            found: Row | None = self.connection.execute(query, _bind(query, values)).fetchone()
            return found

    def walk(self, keys: str, values: Sequence[object], query: str) -> Iterator[Row]:
        """Give the rows of *query* for each key that *keys* selects, in the order of the keys.

        Both select the key, a whole number, first; *query* takes the keys of a batch from
        ``json_each(?1)``. The keys are those at the first step; rows that are gone when their turn
        comes are left out.
        """
        found = iter(array("q", [row[0] for row in self.rows(keys, *values)]))
        while batch := tuple(islice(found, _BATCH_ROWS)):
            by_key = {row[0]: row for row in self.rows(query, str(list(batch)))}
            yield from (by_key[key] for key in batch if key in by_key)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all or nothing; other threads wait.

        Raises:
            StoreBusyError: Another program holds the file.
            StoreUnwritableError: The disk is full, or the store was opened to be read only.
        """
        with self._guard, translated(self.path):
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself where the disk is full
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """Hold other threads off for statements that allow no transaction."""
        with self._guard, translated(self.path):
            yield self.connection
