"""Stores that commands change and do not make: a name that is mistyped makes no empty one."""

from pathlib import Path

from alignwatch.errors import StoreError
from alignwatch.store import Store, open_store

__all__ = ["open_existing"]


def open_existing(path: Path) -> Store:
    """Open the store at *path* for writing.

    Raises:
        StoreError: There is none, or it cannot be used.
    """
    if not path.exists():
        msg = f"there is no store at {path}: name one that a watch has made (--store)"
        raise StoreError(msg)
    return open_store(path)
