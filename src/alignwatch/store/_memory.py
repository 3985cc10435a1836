"""What a fetcher remembers between runs, and what must never be fetched again."""

import hashlib

from alignwatch.fetch import RobotsRecord, Validators
from alignwatch.store._codec import host_of, pack_time, require_text, unpack_time
from alignwatch.store._database import Database

__all__ = ["Memory", "tombstone_of_host", "tombstone_of_url"]


def tombstone_of_url(url: str) -> bytes:
    """Give what is kept of a forgotten url."""
    return hashlib.sha256(b"url:" + url.encode("utf-8", "surrogatepass")).digest()


def tombstone_of_host(host: str) -> bytes:
    """Give what is kept of a forgotten host."""
    return hashlib.sha256(b"host:" + host.encode("utf-8", "surrogatepass")).digest()


class Memory:
    """The part of `Store` that is a `alignwatch.fetch.FetchMemory`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def validators(self, url: str) -> Validators | None:
        """Give what *url* answered when it was last read to the end, None if it never was.

        None also for an address of which nothing is stored: it must be fetched in full.
        """
        row = self._database.row(
            "SELECT v.etag, v.last_modified FROM validators v LEFT JOIN addresses a USING (url) "
            "WHERE v.url = ? AND (a.number IS NULL OR a.article IS NOT NULL)",
            url,
        )
        return None if row is None else Validators(etag=row[0], last_modified=row[1])

    def remember_validators(
        self, url: str, etag: str | None = None, last_modified: str | None = None
    ) -> None:
        """Put these in the place of what *url*, a feed or list, last answered; neither means none.

        Call it when all that was found there is stored, or hand them to `add_discovered` with it: a
        kill in between must not lose what was found. The validators of a page are kept by
        `save_article`. A failure of the feed or list is cleared.
        """
        with self._database.transaction():
            self._keep_validators(url, Validators(etag=etag, last_modified=last_modified))
            self._database.rows(
                "DELETE FROM failures WHERE url = ?1 "
                "AND NOT EXISTS (SELECT 1 FROM addresses WHERE url = ?1)",
                url,
            )

    def _keep_validators(self, url: str, validators: Validators) -> None:
        etag, last_modified = validators.etag, validators.last_modified
        if self.is_forgotten(require_text("url", url)):
            return
        if etag is None and last_modified is None:
            self._database.rows("DELETE FROM validators WHERE url = ?", url)
            return
        self._database.rows(
            "INSERT OR REPLACE INTO validators (url, host, etag, last_modified) "
            "VALUES (?, ?, ?, ?)",
            *(url, host_of(url), etag, last_modified),
        )

    def robots(self, origin: str) -> RobotsRecord | None:
        """Give the last record of *origin*, expired or not; its times in UTC."""
        row = self._database.row(
            "SELECT status, body, fetched_at, expires_at FROM robots WHERE origin = ?", origin
        )
        if row is None:
            return None
        fetched_at, expires_at = unpack_time(row[2]), unpack_time(row[3])
        assert fetched_at is not None
        assert expires_at is not None
        return RobotsRecord(
            origin=origin, status=row[0], body=row[1], fetched_at=fetched_at, expires_at=expires_at
        )

    def remember_robots(self, record: RobotsRecord) -> None:
        """Put *record* in the place of its origin's last one, at once."""
        with self._database.transaction():
            if self._is_host_forgotten(host_of(record.origin)):
                return
            self._database.rows(
                "INSERT OR REPLACE INTO robots (origin, host, status, body, fetched_at, expires_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                require_text("origin", record.origin),
                host_of(record.origin),
                record.status,
                record.body,
                pack_time(record.fetched_at),
                pack_time(record.expires_at),
            )

    def source_of(self, url: str) -> str | None:
        """Give the name of the source that *url*, given by a user, was last read with."""
        row = self._database.row("SELECT source FROM origins WHERE url = ?", url)
        return None if row is None else str(row[0])

    def remember_source(self, url: str, name: str) -> None:
        """Note that *url*, given by a user, was read with the source *name*."""
        with self._database.transaction():
            if not self.is_forgotten(require_text("url", url)):
                self._database.rows(
                    "INSERT OR REPLACE INTO origins (url, host, source) VALUES (?, ?, ?)",
                    *(url, host_of(url), name),
                )

    def bookmark(self, source: str, url: str) -> str | None:
        """Give how far *source* was in *url*, in its own words; None if it never said."""
        row = self._database.row(
            "SELECT place FROM bookmarks WHERE source = ? AND url = ?", source, url
        )
        return None if row is None else str(row[0])

    def keep_bookmark(self, source: str, url: str, place: str | None) -> None:
        """Put *place* in the stead of what *source* last said of *url*; None forgets it."""
        with self._database.transaction():
            if place is None:
                self._database.rows(
                    "DELETE FROM bookmarks WHERE source = ? AND url = ?", source, url
                )
            elif not self.is_forgotten(require_text("url", url)):
                self._database.rows(
                    "INSERT OR REPLACE INTO bookmarks (source, url, host, place) "
                    "VALUES (?, ?, ?, ?)",
                    *(source, url, host_of(url), require_text("place", place)),
                )

    def is_forgotten(self, url: str) -> bool:
        """Whether *url* or its host was taken down by `forget` and must not be fetched again."""
        row = self._database.row(
            "SELECT 1 FROM tombstones WHERE hash IN (?, ?)",
            tombstone_of_url(url),
            tombstone_of_host(host_of(url)),
        )
        return row is not None

    def _is_host_forgotten(self, host: str) -> bool:
        row = self._database.row("SELECT 1 FROM tombstones WHERE hash = ?", tombstone_of_host(host))
        return row is not None
