"""Taking down all that came from a page or a host."""

import json

from alignwatch.errors import ModelError, StoreBusyError
from alignwatch.store._codec import host_of
from alignwatch.store._memory import tombstone_of_host, tombstone_of_url
from alignwatch.store._told import Told
from alignwatch.store._values import Forgotten

__all__ = ["Forgetting"]

_GONE = "(SELECT value FROM json_each(?1))"
_BY_URL = ("failures", "validators", "origins", "bookmarks")


class Forgetting(Told):
    """The part of `Store` that takes down."""

    def forget(self, url_or_host: str) -> Forgotten:
        """Take down all that came from one url, or from every page of one host.

        That is addresses with what they redirected to or what their pages call themselves,
        validators, robots.txt, ledger, failures, bytes that nobody else shares, articles,
        documents, claims and verdicts. The file is then rewritten and its log emptied, so that the
        texts are in neither of them. Subdomains are hosts of their own; an article's id is taken
        for its url.

        Of what was forgotten stays a SHA-256 of the url or the host, by which `is_forgotten` knows
        it: nothing is stored from there again. Who guesses the url can prove the guess by it.

        Raises:
            ModelError: This is neither a url nor a host.
            StoreBusyError: All is taken down, but somebody who reads the store at this moment
                keeps the old pages in its log: call again when they are done.
        """
        host = self._host_to_forget(url_or_host)
        with self._database.transaction():
            addresses = (
                self._addresses_of(url_or_host) if host is None else self._addresses_at(host)
            )
            counts = self._count(addresses)
            self._leave_tombstones(url_or_host, host, addresses)
            self._move_verdicts(addresses)
            self._delete(url_or_host, host, addresses)
        self._wipe()
        return counts

    def _host_to_forget(self, name: str) -> str | None:
        if "://" in name or name.startswith("file:") or self._addresses_of(name):
            return None
        host = host_of(f"//{name}")
        if not host or any(sign in name for sign in "/?#@ \t\n"):
            msg = f"{name!r} is neither a url (https://...) nor a host (news.example)"
            raise ModelError(msg)
        return host

    def _addresses_of(self, url: str) -> list[int]:
        rows = self._database.rows(
            "SELECT number FROM addresses WHERE url = ?1 "
            "UNION SELECT address FROM aliases WHERE url = ?1 "
            "UNION SELECT address FROM articles WHERE id = ?1",
            url,
        )
        return [number for (number,) in rows]

    def _addresses_at(self, host: str) -> list[int]:
        rows = self._database.rows(
            "SELECT number FROM addresses WHERE host = ?1 "
            "UNION SELECT address FROM aliases WHERE host = ?1",
            host,
        )
        return [number for (number,) in rows]

    def _count(self, addresses: list[int]) -> Forgotten:
        def number_of(table: str, key: str = "address") -> int:
            query = f"SELECT count(*) FROM {table} WHERE {key} IN {_GONE}"  # noqa: S608 - constants
            row = self._database.row(query, json.dumps(addresses))
            assert row is not None
            return int(row[0])

        return Forgotten(
            addresses=number_of("addresses", "number"),
            kept_pages=number_of("pages"),
            articles=number_of("articles"),
            documents=number_of("documents"),
            claims=number_of("claims"),
            verdicts=number_of("verdicts"),
        )

    def _leave_tombstones(self, name: str, host: str | None, addresses: list[int]) -> None:
        # not of the aliases: a page may call itself by the url of somebody else's
        marks = {tombstone_of_url(url) for url in self._urls_of(addresses)}
        marks.add(tombstone_of_url(name) if host is None else tombstone_of_host(host))
        for mark in marks:
            self._database.rows("INSERT OR IGNORE INTO tombstones (hash) VALUES (?)", mark)

    def _move_verdicts(self, addresses: list[int]) -> None:
        """Keep verdicts on an article that another address gave as well."""
        self._database.rows(
            "UPDATE verdicts SET address = ("  # noqa: S608 - a constant
            "  SELECT a.address FROM articles a WHERE a.id = verdicts.article"
            f"  AND a.address NOT IN {_GONE} ORDER BY a.url LIMIT 1"
            f") WHERE address IN {_GONE} AND EXISTS ("
            "  SELECT 1 FROM articles a WHERE a.id = verdicts.article"
            f"  AND a.address NOT IN {_GONE})",
            json.dumps(addresses),
        )

    def _delete(self, name: str, host: str | None, addresses: list[int]) -> None:
        self._database.rows("DELETE FROM derived")
        gone = json.dumps(addresses)
        for url in self._urls_of(addresses):
            self._delete_by_url(url)
        bodies = self._database.rows(
            f"SELECT DISTINCT hash FROM pages WHERE address IN {_GONE}",  # noqa: S608 - a constant
            gone,
        )
        self._database.rows(
            "DELETE FROM changes WHERE number IN ("  # noqa: S608 - a constant
            f"  SELECT change FROM change_addresses WHERE address IN {_GONE})",
            gone,
        )
        # articles, documents, claims, verdicts, pages and aliases go with it
        self._database.rows(f"DELETE FROM addresses WHERE number IN {_GONE}", gone)  # noqa: S608 - a constant
        for (digest,) in bodies:
            self._drop_unused_bodies(digest)
        if host is None:
            self._delete_by_url(name)
            return
        for table in (*_BY_URL, "robots", "ledger"):
            self._database.rows(f"DELETE FROM {table} WHERE host = ?", host)  # noqa: S608 - constants

    def _urls_of(self, addresses: list[int]) -> list[str]:
        rows = self._database.rows(
            f"SELECT url FROM addresses WHERE number IN {_GONE}",  # noqa: S608 - a constant
            json.dumps(addresses),
        )
        return [url for (url,) in rows]

    def _delete_by_url(self, url: str) -> None:
        for table in _BY_URL:
            self._database.rows(f"DELETE FROM {table} WHERE url = ?", url)  # noqa: S608 - constants

    def _wipe(self) -> None:
        # secure_delete zeroes deleted rows, but not the leftovers of pages that were split before
        with self._database.alone() as connection:
            connection.execute("VACUUM")
            (is_busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            msg = (
                f"all is taken down from {self._database.path}, but somebody is reading it and "
                "keeps the old pages alive in its log: call forget again when they are done"
            )
            raise StoreBusyError(msg)
