"""What the store knew when: nothing that it learned is lost when it learns something else."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

import attrs

from alignwatch.errors import ModelError
from alignwatch.model import Article, Claim
from alignwatch.store._addresses import Addresses
from alignwatch.store._codec import pack_time, unpack, unpack_time

__all__ = ["Known", "Past", "pack_moment"]

_TICK = timedelta(microseconds=1)
_LAST = "last"
_ARTICLES = "articles"


def _read_clock() -> datetime:
    return datetime.now(UTC)


def pack_moment(at: datetime) -> str:
    """Give *at* for a comparison with a column.

    Raises:
        ModelError: It carries no time zone.
    """
    packed = pack_time(at) if at.tzinfo is not None else None
    if packed is None:
        msg = f"a moment carries a time zone, got the naive {at.isoformat()}"
        raise ModelError(msg)
    return packed


@attrs.frozen
class Known:
    """Since when an article and its claims are known, and since when they read as they do."""

    now: str
    article: tuple[str, str]
    _claims: Mapping[tuple[str, str], tuple[str, str]]
    _first: Mapping[str, str]

    def claim(self, claim_id: str, record: str | bytes) -> tuple[str, str]:
        """Give both moments of a claim; now, for one that was never here."""
        same = self._claims.get((claim_id, unpack(record)))
        return same or (self._first.get(claim_id, self.now), self.now)


class Past(Addresses):
    """The part of `Store` that knows what it knew, and since when.

    Its clock never stands still and never goes back: what is learned later is known later, also
    where the machine's clock was set back meanwhile.
    """

    def moment(self) -> datetime | None:
        """Give when the store last learned something, None if it never did.

        What is learned after this call is known later.
        """
        row = self._database.row("SELECT at FROM moments WHERE name = ?", _LAST)
        return None if row is None else unpack_time(row[0])

    def articles_moment(self) -> datetime | None:
        """Give when the store last learned of an article: while it is the same, texts are too.

        None if it never did, or if that was before it knew of moments.
        """
        row = self._database.row("SELECT at FROM moments WHERE name = ?", _ARTICLES)
        return None if row is None else unpack_time(row[0])

    def known_at(self, claim_id: str) -> datetime | None:
        """Give since when the claim of that id is known, None for one that never was.

        Of a correction since when the person's verdict is.
        """
        row = self._database.row(
            "SELECT min(at) FROM ("
            "SELECT known_at AS at FROM claims WHERE id = ?1 "
            "UNION ALL SELECT known_at FROM past_claims WHERE id = ?1 "
            "UNION ALL SELECT recorded_at FROM verdicts WHERE id = ?1 "
            "UNION ALL SELECT recorded_at FROM past_verdicts WHERE id = ?1)",
            claim_id,
        )
        return None if row is None else unpack_time(row[0])

    def articles_known_at(self) -> dict[str, datetime]:
        """Give since when each article is known, by its id, in the order of knowing."""
        found = {}
        for article_id, at in self._database.rows(
            "SELECT id, min(at) AS first FROM ("
            "SELECT id, known_at AS at FROM articles "
            "UNION ALL SELECT id, known_at FROM past_articles WHERE id IN (SELECT id FROM articles)"
            ") GROUP BY id ORDER BY first, id"
        ):
            known_at = unpack_time(at)
            assert known_at is not None
            found[article_id] = known_at
        return found

    def _tick(self) -> str:
        """Give the moment of a transaction: now, but later than all that is known."""
        now, last = _read_clock(), self.moment()
        if last is not None and now <= last:
            now = last + _TICK
        at = pack_moment(now)
        self._database.rows("INSERT OR REPLACE INTO moments (name, at) VALUES (?, ?)", _LAST, at)
        return at

    def _retire(
        self, number: int, article: Article, claims: Iterable[tuple[Claim, str | bytes]]
    ) -> Known:
        """Note what of the address *number* is known no more, now that it gives these claims."""
        now = self._tick()
        self._database.rows(
            "INSERT OR REPLACE INTO moments (name, at) VALUES (?, ?)", _ARTICLES, now
        )
        row = self._database.row(
            "SELECT id, published, known_at, recorded_at FROM articles WHERE address = ?", number
        )
        if row is None:
            return Known(now, (now, now), {}, {})
        had = self._database.rows(
            "SELECT number, id, record, known_at, recorded_at FROM claims WHERE address = ?", number
        )
        first: dict[str, str] = dict(
            self._database.rows(
                "SELECT id, min(known_at) FROM past_claims WHERE address = ? GROUP BY id", number
            )
        )
        for _, claim_id, _, known_at, _ in had:
            first[claim_id] = min(known_at, first.get(claim_id, known_at))
        wanted = {(claim.id, unpack(record)) for claim, record in claims}
        kept = {}
        for key, claim_id, record, _, recorded_at in had:
            told = (claim_id, unpack(record))
            if told in wanted:
                kept[told] = (first[claim_id], recorded_at)
            else:
                self._bury_claim(key, now)
        if row[:2] == (article.id, article.published):
            return Known(now, row[2:], kept, first)
        self._bury_article(number, now)
        return Known(now, (row[2] if row[0] == article.id else now, now), kept, first)

    def _bury_article(self, number: int, now: str) -> None:
        self._database.rows(
            "INSERT INTO past_articles "
            "(address, id, url, published, known_at, recorded_at, gone_at) "
            "SELECT address, id, url, published, known_at, recorded_at, ?2 FROM articles "
            "WHERE address = ?1",
            *(number, now),
        )

    def _bury_claim(self, number: int, now: str) -> None:
        columns = "address, id, article, source, target, kind, start, stop, place, record"
        self._database.rows(
            f"INSERT INTO past_claims ({columns}, known_at, recorded_at, gone_at) "  # noqa: S608 - a constant
            f"SELECT {columns}, known_at, recorded_at, ?2 FROM claims WHERE number = ?1",
            *(number, now),
        )

    def _bury_verdict(self, claim_id: str, now: str) -> None:
        columns = "claim, article, address, decision, id, source, target, kind, start, stop, record"
        self._database.rows(
            f"INSERT INTO past_verdicts ({columns}, recorded_at, gone_at) "  # noqa: S608 - a constant
            f"SELECT {columns}, recorded_at, ?2 FROM verdicts WHERE claim = ?1",
            *(claim_id, now),
        )
