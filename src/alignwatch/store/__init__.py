"""The store: what was seen, fetched, read and judged, in one SQLite file."""

from alignwatch.store._articles import MAX_PAGE_BYTES
from alignwatch.store._open import open_store
from alignwatch.store._schema import STORE_VERSION
from alignwatch.store._store import Store
from alignwatch.store._values import (
    Address,
    AddressState,
    Counts,
    Decision,
    Forgotten,
    Run,
    Verdict,
    Versions,
)
from alignwatch.store._verdict_files import format_verdicts, read_verdicts

__all__ = [
    "MAX_PAGE_BYTES",
    "STORE_VERSION",
    "Address",
    "AddressState",
    "Counts",
    "Decision",
    "Forgotten",
    "Run",
    "Store",
    "Verdict",
    "Versions",
    "format_verdicts",
    "open_store",
    "read_verdicts",
]
