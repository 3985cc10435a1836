"""Addresses: what was found, what is due, and what failed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from alignwatch.fetch import Validators
from alignwatch.model import Failure, Page, PageRef
from alignwatch.store._codec import hash_of, host_of, pack_time, plain, require_text, unpack_time
from alignwatch.store._database import Row
from alignwatch.store._memory import Memory
from alignwatch.store._values import Address, AddressState

__all__ = ["ADDRESS_COLUMNS", "Addresses", "read_address"]

ADDRESS_COLUMNS = """
    a.number, a.url, a.source, a.state, a.title, a.published_at, a.changed_at, a.article,
    a.content_hash, v.etag, v.last_modified, f.tries, f.retry_at, f.reason, f.message,
    a.reservations
    FROM addresses a
    LEFT JOIN validators v ON v.url = a.url
    LEFT JOIN failures f ON f.url = a.url
"""

_FAILURE_COLUMNS = "url, source, reason, message, tries, retry_at, name"


def read_address(row: Row) -> Address:
    """Read a row that starts with `ADDRESS_COLUMNS`."""
    return Address(
        url=row[1],
        source=row[2],
        state=AddressState(row[3]),
        title=row[4],
        published_at=unpack_time(row[5]),
        changed_at=unpack_time(row[6]),
        article=row[7],
        content_hash=row[8],
        etag=row[9],
        last_modified=row[10],
        tries=row[11] or 0,
        retry_at=unpack_time(row[12]),
        reason=row[13],
        message=row[14],
        reservations=tuple(row[15].split()),
    )


def _read_failure(row: Row) -> Failure:
    url, source, reason, message, tries, retry_at, name = row
    return Failure(
        url=url,
        source=source,
        reason=reason,
        message=message,
        tries=tries,
        retry_at=unpack_time(retry_at),
        name=name,
    )


class Addresses(Memory):
    """The part of `Store` that knows what was seen and what is to be fetched."""

    def add_discovered(
        self,
        source: str,
        refs: Iterable[PageRef],
        *,
        listings: Mapping[str, Validators] = MappingProxyType({}),
    ) -> int:
        """Note what *source* has found, in this order; give how many addresses became pending.

        A new address becomes pending. A known one stays as it is, but that a later `changed_at`
        than the one noted makes a stored address pending again, and a failed one that had no next
        try. Forgotten addresses are passed over. *refs* is consumed before anything is written.

        *listings* are the validators of the feeds and lists that *refs* were read from, by url.
        They are remembered, and failures of these urls cleared, in the same transaction: a kill
        leaves either none, and the feed is read again, or all.
        """
        found = tuple(refs)
        for ref in found:
            require_text("url", ref.url)
        became_pending = 0
        with self._database.transaction():
            for ref in found:
                became_pending += self._add(source, ref)
            for url, validators in listings.items():
                self._keep_validators(url, validators)
                self._drop_failure(url)
        return became_pending

    def _add(self, source: str, ref: PageRef) -> bool:
        known = self._database.row(
            "SELECT number, state, changed_at FROM addresses WHERE url = ?", ref.url
        )
        if known is None:
            if self.is_forgotten(ref.url):
                return False
            self._insert_address(source, ref, AddressState.PENDING, is_listed=True)
            return True
        number, state, changed_before = known
        self._database.rows(
            "UPDATE addresses SET listed = TRUE WHERE number = ? AND NOT listed", number
        )
        changed = pack_time(ref.changed_at)
        if changed is None or (changed_before is not None and changed <= changed_before):
            return False
        is_later = changed_before is not None
        self._database.rows("UPDATE addresses SET changed_at = ? WHERE number = ?", changed, number)
        reopens = state == AddressState.STORED or (
            state == AddressState.FAILED
            and self._database.row(
                "SELECT 1 FROM failures WHERE url = ? AND retry_at IS NULL", ref.url
            )
        )
        if not (is_later and reopens):
            return False
        self._database.rows("UPDATE addresses SET state = 'pending' WHERE number = ?", number)
        return True

    def _insert_address(
        self, source: str, ref: PageRef, state: AddressState, *, is_listed: bool
    ) -> None:
        self._database.rows(
            "INSERT INTO addresses "
            "(url, host, source, state, listed, title, published_at, changed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            ref.url,
            host_of(ref.url),
            source,
            state,
            is_listed,
            None if ref.title is None else plain(ref.title),
            pack_time(ref.published_at),
            pack_time(ref.changed_at),
        )

    def due(
        self, source: str | None = None, *, now: datetime, latest: datetime | None = None
    ) -> tuple[PageRef, ...]:
        """Give what is to be fetched, of one source or of all, in order of discovery.

        That is what is pending, and what failed and may be tried again at *now*; but for pages that
        a source brought along itself and `add_discovered` never had. Nobody waits beyond *latest*:
        a next try after it was noted by a clock that was wrong, and is due.
        """
        # "+" keeps SQLite from walking through all that is stored to have it in order
        rows = self._database.rows(
            f"SELECT {ADDRESS_COLUMNS} "
            "WHERE a.listed AND a.state <> 'stored' AND (?1 IS NULL OR a.source = ?1) "
            "AND (a.state = 'pending' OR f.retry_at <= ?2 OR f.retry_at > ?3) "
            "ORDER BY +a.number",
            source,
            pack_time(now),
            pack_time(latest),
        )
        return tuple(read_address(row).ref for row in rows)

    def is_seen(self, url: str) -> bool:
        """Whether a source has found *url* before."""
        return self._database.row("SELECT 1 FROM addresses WHERE url = ?", url) is not None

    def address(self, url: str) -> Address | None:
        """Give what became of *url*, None if no source has found it."""
        row = self._database.row(f"SELECT {ADDRESS_COLUMNS} WHERE a.url = ?", url)
        return None if row is None else read_address(row)

    def addresses(
        self, source: str | None = None, *, state: str | None = None
    ) -> Iterator[Address]:
        """Give the addresses, all or those of one source or state, in order of their urls."""
        rows = self._database.walk(
            "SELECT number FROM addresses WHERE (?1 IS NULL OR source = ?1) "
            "AND (?2 IS NULL OR state = ?2) ORDER BY url",
            (source, state),
            f"SELECT {ADDRESS_COLUMNS} "  # noqa: S608 - a constant
            "WHERE a.number IN (SELECT value FROM json_each(?1))",
        )
        return map(read_address, rows)

    def other_bearer(self, article_id: str, url: str) -> str | None:
        """Give another address than *url* that gave the article of that id, None if there is none.

        Of two such addresses only one is shown.
        """
        row = self._database.row(
            "SELECT url FROM articles WHERE id = ? AND url <> ? ORDER BY url LIMIT 1",
            *(article_id, url),
        )
        return None if row is None else str(row[0])

    def mark_unchanged(self, url: str) -> bool:
        """Note that the server said that *url* is as it was when it was stored.

        False, and without effect, if nothing is stored for it: then it must be fetched in full.
        """
        with self._database.transaction() as connection:
            changed = connection.execute(
                "UPDATE addresses SET state = 'stored' WHERE url = ? AND article IS NOT NULL",
                (url,),
            ).rowcount
            if changed:
                self._drop_failure(url)
        return changed > 0

    def save_failure(self, failure: Failure, *, page: Page | None = None) -> None:
        """Note that a page could not be read, or a feed, which is no address itself.

        *page* are the bytes, if there were any: their hash is noted, so that who comes upon the
        same ones again need not try. What was stored of the address before stays, its validators
        too. Forgotten addresses are passed over.
        """
        url = require_text("url", failure.url)
        with self._database.transaction():
            if self.is_forgotten(url):
                return
            self._database.rows(
                "INSERT OR REPLACE INTO failures "
                "(url, host, source, reason, message, tries, retry_at, name) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                url,
                host_of(url),
                failure.source,
                failure.reason,
                plain(failure.message),
                failure.tries,
                pack_time(failure.retry_at),
                None if failure.name is None else plain(failure.name),
            )
            if page is not None and not self.is_seen(url):
                self._insert_address(
                    failure.source, PageRef(url=url), AddressState.FAILED, is_listed=False
                )
            self._database.rows(
                "UPDATE addresses SET state = 'failed', content_hash = coalesce(?, content_hash) "
                "WHERE url = ?",
                *(page and hash_of(page.content), url),
            )

    def failure(self, url: str) -> Failure | None:
        """Give the last failure of *url*, None if its last visit was none."""
        row = self._database.row(
            f"SELECT {_FAILURE_COLUMNS} FROM failures WHERE url = ?",  # noqa: S608 - a constant
            url,
        )
        return None if row is None else _read_failure(row)

    def source_failure(self, source: str) -> Failure | None:
        """Give the failure of *source* itself: of its listing, or its plugin, not of its pages.

        Of several the one whose next try is last.
        """
        row = self._database.row(
            f"SELECT {_FAILURE_COLUMNS} FROM failures f "  # noqa: S608 - a constant
            "WHERE source = ? AND NOT EXISTS (SELECT 1 FROM addresses a WHERE a.url = f.url) "
            "ORDER BY retry_at DESC, url LIMIT 1",
            source,
        )
        return None if row is None else _read_failure(row)

    def failures(self) -> Iterator[Failure]:
        """Give all failures that no later visit has cleared, in order of their urls."""
        rows = self._database.rows(
            f"SELECT {_FAILURE_COLUMNS} FROM failures ORDER BY url"  # noqa: S608 - a constant
        )
        return map(_read_failure, rows)

    def clear_failure(self, url: str) -> None:
        """Note that *url*, a feed or list, could be read again."""
        with self._database.transaction():
            self._drop_failure(url)

    def _drop_failure(self, url: str) -> None:
        self._database.rows("DELETE FROM failures WHERE url = ?", url)
