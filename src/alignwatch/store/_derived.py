"""What was made of all that is stored, kept for as long as that stays as it is."""

import hashlib

from alignwatch.store._claims import Claims
from alignwatch.store._codec import pack, unpack

__all__ = ["Derived"]

_ROWS_AT_ONCE = 1_000
_TEXTS = (
    ("articles", "address", "id, url, published"),
    ("documents", "address", "record"),
)
_ALL = (
    *_TEXTS,
    ("claims", "number", "address, place, record"),
    ("verdicts", "number", "claim, decision, note, record"),
)
# without numbers, tries and times: those change where nothing that is shown does
_FAILURES = "SELECT url, source, reason, message, name FROM failures ORDER BY url"


class Derived(Claims):
    """The part of `Store` that keeps what is made of the rest."""

    def mark(self, *, texts_only: bool = False) -> str:
        """Name what is stored of articles, claims, verdicts and failures: the same, the same mark.

        With *texts_only* articles and documents alone.
        """
        digest = hashlib.sha256()
        for table, key, columns in _TEXTS if texts_only else _ALL:
            last: object = -1
            while rows := self._database.rows(
                f"SELECT {key}, {columns} FROM {table} WHERE {key} > ? "  # noqa: S608 - constants
                f"ORDER BY {key} LIMIT {_ROWS_AT_ONCE}",
                last,
            ):
                for row in rows:
                    digest.update(repr(row).encode())
                last = rows[-1][0]
            digest.update(b"|")
        if not texts_only:
            for row in self._database.rows(_FAILURES):
                digest.update(repr(row).encode())
        return digest.hexdigest()

    def derived(self, name: str, mark: str) -> str | None:
        """Give what was kept under *name*, None if there is nothing or it has another mark."""
        row = self._database.row(
            "SELECT record FROM derived WHERE name = ? AND mark = ?", name, mark
        )
        return None if row is None else unpack(row[0])

    def keep_derived(self, name: str, mark: str, record: str) -> None:
        """Keep *record* under *name*, in the place of what was there."""
        with self._database.transaction():
            self._database.rows(
                "INSERT OR REPLACE INTO derived (name, mark, record) VALUES (?, ?, ?)",
                *(name, mark, pack(record)),
            )
