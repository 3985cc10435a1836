"""Claims as people see them: extracted, then accepted, rejected or corrected."""

from collections.abc import Iterator
from datetime import datetime

from alignwatch.errors import ModelError
from alignwatch.model import Claim, Kind
from alignwatch.store._articles import FIRST_OF_ID, Articles
from alignwatch.store._codec import pack, pack_time, pack_value, unpack, unpack_time, unpack_value
from alignwatch.store._database import Row
from alignwatch.store._past import pack_moment
from alignwatch.store._values import Verdict

__all__ = ["Claims"]

# Both halves give a key, a correction's below 0, and what claims are sorted by.
_EXTRACTED = f"""
    SELECT c.number AS key, a.published AS published, c.article AS article, c.start AS start,
        c.stop AS stop, c.id AS id, c.place AS place
    FROM claims c JOIN articles a USING (address)
    WHERE {FIRST_OF_ID}
"""  # noqa: S608 - constants
_UNTOUCHED = """
    AND NOT EXISTS (SELECT 1 FROM verdicts w WHERE w.claim = c.id AND w.decision <> 'accepted')
"""
# A correction stands in for its claim, unless the claim that it amounts to was extracted as well,
# or another correction amounts to the same. CROSS JOIN begins with the verdicts, which are few:
# SQLite, which does not know that, would walk through all claims.
_CORRECTED = f"""
    SELECT DISTINCT -c.number, a.published, c.article, c.start, c.stop, c.id, 0
    FROM verdicts c CROSS JOIN claims e ON e.id = c.claim
    CROSS JOIN articles a ON a.address = e.address
    WHERE c.decision = 'corrected' AND {FIRST_OF_ID}
    AND (c.id = c.claim OR NOT EXISTS (SELECT 1 FROM claims d WHERE d.id = c.id))
    AND NOT EXISTS (
        SELECT 1 FROM verdicts w JOIN claims d ON d.id = w.claim
        WHERE w.id = c.id AND w.claim < c.claim
    )
"""  # noqa: S608 - constants
_RECORDS = """
    SELECT number, record FROM claims WHERE number IN (SELECT value FROM json_each(?1))
    UNION ALL
    SELECT -number, record FROM verdicts WHERE number IN (SELECT -value FROM json_each(?1))
"""
_CLAIM_PLACE = "address, id, article, source, target, kind, start, stop, place"
_VERDICT_PLACE = "claim, article, decision, id, source, target, kind, start, stop"
# The three tables as they were at the moment ?1, under their own names, so that the queries above
# ask them instead. Keys of what is past are odd.
_THEN = f"""
    WITH articles AS (
        SELECT address, id, url, published FROM main.articles WHERE recorded_at <= ?1
        UNION ALL SELECT address, id, url, published FROM main.past_articles
        WHERE recorded_at <= ?1 AND gone_at > ?1
    ), claims AS (
        SELECT number * 2 AS number, {_CLAIM_PLACE} FROM main.claims WHERE recorded_at <= ?1
        UNION ALL SELECT number * 2 + 1, {_CLAIM_PLACE} FROM main.past_claims
        WHERE recorded_at <= ?1 AND gone_at > ?1
    ), verdicts AS (
        SELECT number * 2 AS number, {_VERDICT_PLACE} FROM main.verdicts WHERE recorded_at <= ?1
        UNION ALL SELECT number * 2 + 1, {_VERDICT_PLACE} FROM main.past_verdicts
        WHERE recorded_at <= ?1 AND gone_at > ?1
    )
"""  # noqa: S608 - constants
_RECORDS_THEN = """
    SELECT number * 2, record FROM claims
    WHERE number IN (SELECT value / 2 FROM json_each(?1) WHERE value > 0 AND value % 2 = 0)
    UNION ALL SELECT number * 2 + 1, record FROM past_claims
    WHERE number IN (SELECT value / 2 FROM json_each(?1) WHERE value > 0 AND value % 2 = 1)
    UNION ALL SELECT -number * 2, record FROM verdicts
    WHERE number IN (SELECT -value / 2 FROM json_each(?1) WHERE value < 0 AND value % 2 = 0)
    UNION ALL SELECT -number * 2 - 1, record FROM past_verdicts
    WHERE number IN (SELECT -value / 2 FROM json_each(?1) WHERE value < 0 AND value % 2 = -1)
"""
_VERDICT_COLUMNS = "number, claim, decision, note, decided_at, record"


def _read_verdict(row: Row) -> Verdict:
    _, claim, decision, note, decided_at, record = row
    return Verdict(
        claim=claim,
        decision=decision,
        note=None if note is None else unpack(note),
        corrected=None if record is None else unpack_value(Claim, record),
        decided_at=unpack_time(decided_at),
    )


class Claims(Articles):
    """The part of `Store` that gives claims and takes people's verdicts on them."""

    def claims(  # noqa: PLR0913 - each narrows by itself, all but one keyword-only
        self,
        pair: tuple[str, str] | None = None,
        *,
        actor: str | None = None,
        kind: Kind | None = None,
        article: str | None = None,
        with_verdicts: bool = True,
        as_of: datetime | None = None,
    ) -> Iterator[Claim]:
        """Give the claims by publication of their article, its id, and place in its clean text.

        Undated articles come last; the order does not depend on that of storing. Claims may be
        narrowed to a pair of actors (in either order), to those with one actor as source or target,
        to a kind, to an article; a correction counts as what it was corrected to.

        By default claims that a person has rejected are left out and corrected ones replaced, once
        each; else they come as they were extracted. With *as_of* all is as the store had it at
        that moment: claims that it learned later are left out, those that it had then and has no
        more are there, and verdicts are those of then.

        Raises:
            ModelError: *as_of* carries no time zone.
        """
        values: list[object] = [] if as_of is None else [pack_moment(as_of)]

        def mark(value: object) -> str:
            values.append(value)
            return f"?{len(values)}"

        chosen = ""
        if pair is not None:
            one, other = mark(pair[0]), mark(pair[1])
            chosen += (
                f" AND ((c.source = {one} AND c.target = {other})"
                f" OR (c.source = {other} AND c.target = {one}))"
            )
        if actor is not None:
            chosen += f" AND (c.source = {mark(actor)} OR c.target = {mark(actor)})"
        if kind is not None:
            chosen += f" AND c.kind = {mark(str(kind))}"
        if article is not None:
            chosen += f" AND c.article = {mark(article)}"
        found = _EXTRACTED + chosen
        if with_verdicts:
            found += f"{_UNTOUCHED} UNION ALL {_CORRECTED} {chosen}"
        rows = self._database.walk(
            f"{'' if as_of is None else _THEN} SELECT key FROM ({found}) "  # noqa: S608 - constants, and marks for values
            "ORDER BY published IS NULL, published, article, start, stop, id, place",
            values,
            _RECORDS if as_of is None else _RECORDS_THEN,
        )
        return (unpack_value(Claim, record) for _, record in rows)

    def claim(self, claim_id: str) -> Claim | None:
        """Give the claim of that id as it was extracted, or else the correction that bears it."""
        row = self._database.row(
            "SELECT c.record FROM claims c JOIN articles a USING (address) "  # noqa: S608 - a constant
            f"WHERE c.id = ? AND {FIRST_OF_ID} ORDER BY c.place LIMIT 1",
            claim_id,
        ) or self._database.row(
            "SELECT record FROM verdicts WHERE id = ? ORDER BY claim LIMIT 1", claim_id
        )
        return None if row is None else unpack_value(Claim, row[0])

    def save_verdict(self, verdict: Verdict) -> None:
        """Note what a person says of a claim, in the place of what was said of it before.

        A verdict outlives its claim: it counts again when the claim is extracted again.

        Raises:
            ModelError: There is no such claim, it is a correction itself, or the correction is of
                another article.
        """
        with self._database.transaction():
            article, address = self._place_of(verdict.claim)
            corrected = verdict.corrected
            if corrected is not None and corrected.article != article:
                msg = f"the correction is of {corrected.article!r}, the claim of {article!r}"
                raise ModelError(msg)
            now = self._tick()
            self._bury_verdict(verdict.claim, now)
            self._database.rows(
                "INSERT OR REPLACE INTO verdicts (claim, article, address, decision, note, "
                "decided_at, id, source, target, kind, start, stop, record, recorded_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(verdict.claim, article, address, verdict.decision),
                None if verdict.note is None else pack(verdict.note),
                pack_time(verdict.decided_at),
                *(_correction_columns(corrected) if corrected is not None else (None,) * 7),
                now,
            )

    def _place_of(self, claim_id: str) -> tuple[str, int]:
        row = self._database.row(
            "SELECT c.article, c.address FROM claims c JOIN articles a USING (address) "  # noqa: S608 - a constant
            f"WHERE c.id = ? AND {FIRST_OF_ID}",
            claim_id,
        ) or self._database.row("SELECT article, address FROM verdicts WHERE claim = ?", claim_id)
        if row is None:
            first = self._database.row("SELECT claim FROM verdicts WHERE id = ?", claim_id)
            msg = f"there is no claim {claim_id!r} in the store"
            if first is not None:
                msg = f"{claim_id} is a correction: give a new verdict on the claim {first[0]}"
            raise ModelError(msg)
        return row[0], row[1]

    def verdict(self, claim_id: str) -> Verdict | None:
        """Give the verdict on the claim of that id."""
        row = self._database.row(
            f"SELECT {_VERDICT_COLUMNS} FROM verdicts WHERE claim = ?",  # noqa: S608 - a constant
            claim_id,
        )
        return None if row is None else _read_verdict(row)

    def verdicts(self) -> Iterator[Verdict]:
        """Give all verdicts, also those whose claim is gone, in order of the claims' ids."""
        rows = self._database.walk(
            "SELECT number FROM verdicts ORDER BY claim",
            (),
            f"SELECT {_VERDICT_COLUMNS} FROM verdicts "  # noqa: S608 - a constant
            "WHERE number IN (SELECT value FROM json_each(?1))",
        )
        return map(_read_verdict, rows)

    def withdraw_verdict(self, claim_id: str) -> None:
        """Take the verdict on a claim back; without effect if there is none."""
        with self._database.transaction():
            self._bury_verdict(claim_id, self._tick())
            self._database.rows("DELETE FROM verdicts WHERE claim = ?", claim_id)


def _correction_columns(claim: Claim) -> tuple[object, ...]:
    place = (claim.evidence.start, claim.evidence.end)
    return (claim.id, claim.source, claim.target, claim.kind, *place, pack_value(claim))
