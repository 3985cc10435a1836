"""The store: what was seen, fetched, read and judged, in one SQLite file.

Most programs name a path, and `alignwatch.watch` and its siblings open it. `open_store` is for
those that ask more than one thing, or put something in: one process writes, any number read
beside it. What came from a host is taken down by `Store.forget`; people's verdicts travel by
`format_verdicts` and `read_verdicts`. The tables are our own and change with `STORE_VERSION`:
read them by these methods, or export.

Example:
    >>> import tempfile
    >>> from pathlib import Path
    >>> from alignwatch import watch
    >>> from alignwatch.store import open_store
    >>> with tempfile.TemporaryDirectory() as folder, open_store(Path(folder, "a.db")) as store:
    ...     text = Path(folder, "a.txt")
    ...     _ = text.write_text("Kenya sold drones to Uganda in May 2024.")
    ...     _ = watch([text], store=store)
    ...     counts = store.counts()
    ...     ids = [claim.article for claim in store.claims()]
    >>> counts.articles, counts.claims, ids
    (1, 1, ['a.txt'])
"""

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
