"""A store's copy, made while others write."""

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from alignwatch.errors import StoreUnwritableError
from alignwatch.store._database import Database, translated

__all__ = ["copy_database"]


def copy_database(database: Database, target: Path) -> None:
    """Write the state of *database* at this moment into the new file *target*.

    Raises:
        StoreUnwritableError: *target* is there already, or cannot be written.
    """
    if target.exists() or target.is_symlink():
        msg = f"{target} is there already: name a new file for the copy"
        raise StoreUnwritableError(msg)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:64]}.", dir=target.parent)
    except OSError as error:
        msg = f"cannot write {target}: {error.strerror}"
        raise StoreUnwritableError(msg) from error
    os.close(handle)
    unfinished = Path(name)
    try:
        with translated(target), closing(sqlite3.connect(unfinished)) as copy:
            # all at once: in steps it would begin anew with every write of another process
            database.copy_into(copy)
        _name(unfinished, target)
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{name}{suffix}").unlink()


def _name(unfinished: Path, target: Path) -> None:
    """Put what is written to the disk, then give it its name, but in nobody's place."""
    try:
        mask = os.umask(0o077)
        os.umask(mask)
        with unfinished.open("rb+") as file:
            os.fchmod(file.fileno(), 0o666 & ~mask)
            os.fsync(file.fileno())
        try:
            os.link(unfinished, target)
        except PermissionError:  # of file systems without links
            unfinished.rename(target)
    except FileExistsError as error:
        msg = f"{target} is there already: name a new file for the copy"
        raise StoreUnwritableError(msg) from error
    except OSError as error:
        msg = f"cannot write {target}: {error.strerror}"
        raise StoreUnwritableError(msg) from error
