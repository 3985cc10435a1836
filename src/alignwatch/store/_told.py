"""What somebody was told of: changes, and up to which moment."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from alignwatch.model import Change
from alignwatch.store._codec import pack_value, unpack_time, unpack_value
from alignwatch.store._derived import Derived
from alignwatch.store._past import pack_moment

__all__ = ["Told"]

_TOLD = "told"


class Told(Derived):
    """The part of `Store` that knows which changes were told."""

    def told_at(self) -> datetime | None:
        """Give the moment up to which all changes were told, None if none ever were."""
        row = self._database.row("SELECT at FROM moments WHERE name = ?", _TOLD)
        return None if row is None else unpack_time(row[0])

    def save_told(self, changes: Iterable[Change], *, up_to: datetime) -> None:
        """Note that *changes*, all up to the moment *up_to*, were told.

        What is forgotten later is taken out of them: a change goes with the first of its claims'
        pages.

        Raises:
            ModelError: *up_to* carries no time zone.
        """
        at, values = pack_moment(up_to), tuple(changes)
        with self._database.transaction() as connection:
            for change in values:
                number = connection.execute(
                    "INSERT INTO changes (id, told_at, record) VALUES (?, ?, ?)",
                    (change.id, at, pack_value(change)),
                ).lastrowid
                articles = json.dumps(sorted({claim.article for claim in change.claims}))
                self._database.rows(
                    "INSERT OR IGNORE INTO change_addresses (change, address) "
                    "SELECT ?1, address FROM articles "
                    "WHERE id IN (SELECT value FROM json_each(?2))",
                    *(number, articles),
                )
            self._database.rows(
                "INSERT OR REPLACE INTO moments (name, at) VALUES (?, ?)", _TOLD, at
            )

    def changes(self, limit: int | None = None) -> Iterator[tuple[datetime, Change]]:
        """Give the changes that were told and when, the newest first, each id once."""
        seen: set[str] = set()

        def walk() -> Iterator[tuple[datetime, Change]]:
            for _, change_id, at, record in self._database.walk(
                "SELECT number FROM changes ORDER BY told_at DESC, number",
                (),
                "SELECT number, id, told_at, record FROM changes "
                "WHERE number IN (SELECT value FROM json_each(?1))",
            ):
                told_at = unpack_time(at)
                if change_id not in seen and told_at is not None:
                    seen.add(change_id)
                    yield told_at, unpack_value(Change, record)

        return islice(walk(), limit)
