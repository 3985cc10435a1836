"""Opening a store: nothing is written before it is known to be one."""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from alignwatch.errors import (
    NotAStoreError,
    StoreError,
    StoreUnwritableError,
    StoreVersionError,
)
from alignwatch.store._database import Database, translated
from alignwatch.store._lock import WriterLock
from alignwatch.store._schema import APPLICATION_ID, MIGRATIONS, migrate, version_of
from alignwatch.store._store import Store

__all__ = ["open_store"]

_WAIT_S = 3.0


def open_store(path: str | Path, *, read_only: bool = False, keep_pages: bool = True) -> Store:
    """Open the store at *path* and make it if there is none; close it, or use it in a ``with``.

    A store of an older version is brought up to date, all or nothing. *keep_pages* tells whether
    the bytes of pages saved from now on are kept, without which `reprocess` has nothing to read.
    A second writer waits three seconds; readers never wait. The folder must be on a local disk; an
    empty ``<path>.lock`` stays in it.

    Raises:
        NotAStoreError: The file is something else, or absent and opened to be read only.
        StoreVersionError: A newer alignwatch wrote it; or an older one, and it is opened to be read
            only. Nothing was touched.
        StoreBusyError: Another process is writing to it.
        StoreUnwritableError: The folder is read-only or the disk is full.
    """
    path = Path(path)
    is_there = _check(path, read_only=read_only)
    if read_only:
        return Store(_open_to_read(path), None, keep_pages=keep_pages)
    if not is_there:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"cannot make the folder of the store {path}: {error.strerror}"
            raise StoreUnwritableError(msg) from error
    lock = WriterLock(path)
    lock.acquire(wait_s=_WAIT_S)
    try:
        return Store(_open_to_write(path), lock, keep_pages=keep_pages)
    except BaseException:
        lock.release()
        raise


def _check(path: Path, *, read_only: bool) -> bool:
    """Say whether a store is at *path*; False where one may be made."""
    try:
        size_bytes = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError) as error:
        if read_only:
            msg = f"there is no store at {path}: name one that a watch has made (--store)"
            raise NotAStoreError(msg) from error
        return False
    except OSError as error:
        msg = f"cannot look at {path}: {error.strerror}"
        raise StoreUnwritableError(msg) from error
    if not path.is_file():
        msg = f"{path} is a folder or a device, no alignwatch store: name a file"
        raise NotAStoreError(msg)
    # an empty file is what a process leaves that was killed while it made a store
    if size_bytes == 0:
        if read_only:
            msg = f"{path} is empty: name a store that a watch has made"
            raise NotAStoreError(msg)
        return False
    with translated(path):
        # "immutable" reads the file alone: no lock, no log, no file made beside it
        connection = _connect(path, "mode=ro&immutable=1")
        try:
            # for a file whose last pages are in the log alone, which a full disk or a kill leaves
            connection.execute("PRAGMA writable_schema = ON")
            application, version = version_of(connection)
        finally:
            connection.close()
    _require_ours(path, application, version, read_only=read_only)
    return True


def _require_ours(path: Path, application: int, version: int, *, read_only: bool) -> None:
    if application != APPLICATION_ID:
        msg = f"{path} is no alignwatch store but another database: name another file"
        raise NotAStoreError(msg)
    if version > len(MIGRATIONS):
        msg = (
            f"a newer alignwatch wrote {path} (version {version} of the store, this one knows "
            f"{len(MIGRATIONS)}): install that one, or name another store"
        )
        raise StoreVersionError(msg)
    if read_only and version < len(MIGRATIONS):
        msg = (
            f"an older alignwatch wrote {path} (version {version} of the store, this one needs "
            f"{len(MIGRATIONS)}): open it for writing once to bring it up to date"
        )
        raise StoreVersionError(msg)


def _logs(path: Path) -> list[Path]:
    """What SQLite keeps beside the file; the last one is worth nothing on its own."""
    return [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal", "-shm")]


def _connect(path: Path, options: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(os.fsencode(path.absolute()))}?{options}",
        uri=True,
        isolation_level=None,
        timeout=_WAIT_S,
        check_same_thread=False,
    )


def _open_to_write(path: Path) -> Database:
    is_new = not path.exists()
    connection = None
    try:
        with translated(path):
            connection = _connect(path, "mode=rwc")
            _set_up(connection, path)
    except BaseException:
        if connection is not None:
            connection.close()
        if is_new:
            for file in (path, *_logs(path)):
                file.unlink(missing_ok=True)
        raise
    return Database(connection, path)


def _set_up(connection: sqlite3.Connection, path: Path) -> None:
    application, version = version_of(connection)
    if (application, version) != (0, 0):
        # looked at again, for another process may have been faster
        _require_ours(path, application, version, read_only=False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    steps = migrate(connection, MIGRATIONS)
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        msg = f"the file system of {path} allows no write-ahead log: put the store on a local disk"
        raise StoreError(msg)
    if steps:
        # the version must stand in the file itself, where an older alignwatch looks for it
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _open_to_read(path: Path) -> Database:
    try:
        return _probe(path, "mode=ro")
    except StoreUnwritableError:
        # in a folder that it may not write to, SQLite reads a file alone, and only if told to
        if any(log.exists() and log.stat().st_size for log in _logs(path)[:2]):
            raise
        return _probe(path, "mode=ro&immutable=1")


def _probe(path: Path, options: str) -> Database:
    with translated(path):
        connection = _connect(path, options)
        try:
            connection.execute("SELECT 1 FROM addresses LIMIT 1")
        except BaseException:
            connection.close()
            raise
    return Database(connection, path)
