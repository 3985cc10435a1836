"""The store as a whole: its parts, its runs, its life."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import attrs

from alignwatch.errors import ModelError
from alignwatch.fetch import HostLedger
from alignwatch.model import Health
from alignwatch.store._articles import FIRST_OF_ID
from alignwatch.store._backup import copy_database
from alignwatch.store._codec import pack_time, pack_value, unpack_time, unpack_value
from alignwatch.store._database import Database
from alignwatch.store._forget import Forgetting
from alignwatch.store._lock import WriterLock
from alignwatch.store._values import Counts, Run

__all__ = ["Store"]


class Store(Forgetting):
    """What was seen, fetched, read and judged, in one SQLite file; made by `open_store`.

    One process writes at a time, any number read meanwhile. Within a process threads may share a
    store. Every method that writes is one transaction: a kill leaves it done or not done. After a
    power cut the file is sound as well, but the last transactions before it may be missing.

    Iterators are lazy and hold no lock: one may write while going through them. They give what was
    there at the first step, but for what was taken away since. All that is saved comes back equal;
    times come back in UTC.

    Every method may raise a `StoreError`; see there for which.
    """

    def __init__(self, database: Database, lock: WriterLock | None, *, keep_pages: bool) -> None:
        super().__init__(database, keep_pages=keep_pages)
        self._lock = lock

    @property
    def path(self) -> Path:
        """The file, as it was named."""
        return self._database.path

    @property
    def is_read_only(self) -> bool:
        """Whether writing is refused."""
        return self._lock is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Store {str(self.path)!r}{', read-only' if self.is_read_only else ''}>"

    def close(self) -> None:
        """Write the log into the file and let others write; without effect the second time."""
        try:
            self._database.close()
        finally:
            if self._lock is not None:
                self._lock.release()

    def start_run(self, *, started_at: datetime | None = None) -> int:
        """Note that a run begins, now unless told; give its number, counted from 1."""
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (started_at) VALUES (?)",
                (pack_time(started_at or datetime.now(UTC)),),
            )
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def finish_run(self, health: Iterable[Health], *, finished_at: datetime | None = None) -> None:
        """Note that the last run has ended, now unless told, and what it did, in this order.

        Raises:
            ModelError: No run has begun.
        """
        values = tuple(health)
        with self._database.transaction():
            row = self._database.row(
                "SELECT number, finished_at FROM runs ORDER BY number DESC LIMIT 1"
            )
            if row is None or row[1] is not None:
                msg = "no run has begun that could end: call start_run first"
                raise ModelError(msg)
            self._database.rows(
                "UPDATE runs SET finished_at = ? WHERE number = ?",
                *(pack_time(finished_at or datetime.now(UTC)), row[0]),
            )
            for value in values:
                self._database.rows(
                    "INSERT INTO health (run, record) VALUES (?, ?)", *(row[0], pack_value(value))
                )

    def runs(self) -> Iterator[Run]:
        """Give the runs, the oldest first, also those that were killed."""
        for number, started_at, finished_at in self._database.rows(
            "SELECT number, started_at, finished_at FROM runs ORDER BY number"
        ):
            begun = unpack_time(started_at)
            assert begun is not None
            yield Run(
                number=number,
                started_at=begun,
                finished_at=unpack_time(finished_at),
                health=self._health_of(number),
            )

    def health(self) -> tuple[Health, ...]:
        """Give what the last run that ended did."""
        row = self._database.row("SELECT max(number) FROM runs WHERE finished_at IS NOT NULL")
        return () if row is None or row[0] is None else self._health_of(row[0])

    def save_ledger(self, hosts: Iterable[HostLedger]) -> None:
        """Note how the last run behaved towards *hosts* so far, each in the place of its last note.

        Forgotten hosts are passed over.

        Raises:
            ModelError: No run has begun.
        """
        values = tuple(hosts)
        with self._database.transaction():
            row = self._database.row("SELECT max(number) FROM runs")
            if row is None or row[0] is None:
                msg = "no run has begun that could have a ledger: call start_run first"
                raise ModelError(msg)
            for value in values:
                if not self._is_host_forgotten(value.host):
                    self._database.rows(
                        "INSERT OR REPLACE INTO ledger (run, host, record) VALUES (?, ?, ?)",
                        *(row[0], value.host, json.dumps(attrs.asdict(value))),
                    )

    def ledger(self, run: int | None = None) -> tuple[HostLedger, ...]:
        """Give how a run, the last one unless told, behaved towards each host, by name."""
        rows = self._database.rows(
            "SELECT record FROM ledger WHERE run = coalesce(?, (SELECT max(number) FROM runs)) "
            "ORDER BY host",
            run,
        )
        return tuple(HostLedger(**json.loads(record)) for (record,) in rows)

    def _health_of(self, run: int) -> tuple[Health, ...]:
        rows = self._database.rows("SELECT record FROM health WHERE run = ? ORDER BY number", run)
        return tuple(unpack_value(Health, record) for (record,) in rows)

    def faults(self, limit: int = 20) -> tuple[str, ...]:
        """Read the whole file and name what is damaged, *limit* faults at most; nothing if sound.

        Takes seconds for each gigabyte.
        """
        told = [told for (told,) in self._database.rows(f"PRAGMA integrity_check({int(limit)})")]
        if told == ["ok"]:
            told = []
        orphans = self._database.rows("PRAGMA foreign_key_check")
        told += [
            f"a row of {table} points to nothing in {parent}" for table, _, parent, _ in orphans
        ]
        return tuple(told[:limit])

    def backup(self, path: str | Path) -> None:
        """Write all that the store holds at this moment into the new file *path*, itself a store.

        Works while another process writes, and holds it up by nothing. The file appears whole or
        not at all. (A plain copy of the file lacks what still stands in the log beside it, and may
        be half of one state and half of another.)

        Raises:
            StoreUnwritableError: There is a file of that name, the folder does not take it, or the
                disk is full.
        """
        copy_database(self._database, Path(path))

    def counts(self) -> Counts:
        """Count what is there."""
        (told,) = self._database.rows(
            f"""
            SELECT json_object(
                'pending', (SELECT count(*) FROM addresses WHERE state = 'pending'),
                'stored', (SELECT count(*) FROM addresses WHERE state = 'stored'),
                'failed', (SELECT count(*) FROM addresses WHERE state = 'failed'),
                'articles', (SELECT count(DISTINCT id) FROM articles),
                'documents', (
                    SELECT count(*) FROM documents JOIN articles a USING (address)
                    WHERE {FIRST_OF_ID}
                ),
                'claims', (
                    SELECT count(*) FROM claims c JOIN articles a USING (address)
                    WHERE {FIRST_OF_ID}
                ),
                'verdicts', (SELECT count(*) FROM verdicts),
                'kept_pages', (SELECT count(*) FROM pages)
            )
            """  # noqa: S608 - a constant
        )
        return Counts(**json.loads(told[0]))
