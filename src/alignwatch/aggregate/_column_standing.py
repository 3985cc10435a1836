"""What the claims of each tie amount to, in columns."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from alignwatch.aggregate._standing import LIKELY, derive_standing, find_end
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Evidence, Kind, Precision, Standing, Status, When

__all__ = ["derive_standings"]

Ints = npt.NDArray[np.int64]

_FIRMEST = {
    Status.ASSERTED: Standing.ASSERTED,
    Status.ALLEGED: Standing.ALLEGED,
    Status.PROSPECTIVE: Standing.PROSPECTIVE,
}
_STATUS = list(Status)


def derive_standings(table: Any, ties: Ints, count: int) -> list[Standing]:
    """Give `derive_standing` of the rows of each tie, numbered below *count*.

    Two rules are asked of the columns: whoever denies a claim contests the tie, and where nothing
    is negated the firmest voice decides. Only ties in which some claim is negated are asked as
    claims, one for all that differ in nothing that `derive_standing` looks at.

    Raises:
        ModelError: A status is none.
    """
    negated = _plain(table["negated"]).astype(bool)
    sure = _plain(table["confidence"]) >= LIKELY
    rank = _rank_status(table["status"])
    denied = _lengths(table["denied_by"]) > 0

    is_contested = np.bincount(ties, weights=denied, minlength=count) > 0
    has_negated = np.bincount(ties, weights=negated, minlength=count) > 0
    has_sure = np.bincount(ties, weights=sure, minlength=count) > 0
    weighty = sure | ~has_sure[ties]
    firmest = np.full(count, len(_STATUS), dtype=np.int64)
    np.minimum.at(firmest, ties[weighty], rank[weighty])

    standings = [
        Standing.CONTESTED if contested else _FIRMEST[_STATUS[place]]
        for contested, place in zip(is_contested.tolist(), firmest.tolist(), strict=True)
    ]
    mixed = has_negated & ~is_contested
    for tie, claims in _gather(table, ties, np.flatnonzero(mixed[ties])).items():
        standings[tie] = derive_standing(claims)
    return standings


def _gather(table: Any, ties: Ints, places: Ints) -> dict[int, list[Claim]]:
    names = ("status", "negated", "over", "when_start", "when_end", "article", "published")
    rows = table.select([*names, "confidence", "quote"]).take(places)
    columns = [rows[name].to_pylist() for name in names]
    columns.append([find_end(quote) for quote in rows["quote"].to_pylist()])
    sure = (_plain(rows["confidence"]) >= LIKELY).tolist()
    told = dict.fromkeys(zip(ties[places].tolist(), sure, *columns, strict=True))
    found: dict[int, list[Claim]] = {}
    for tie, is_sure, status, is_negated, over, start, end, article, published, word in told:
        when = None if start is None else When(start=start, end=end, precision=Precision.DAY)
        found.setdefault(tie, []).append(
            Claim(
                article=article,
                published=published,
                extractor="",
                source="A",
                target="B",
                kind=Kind.AID if over is None else Kind.PREFERENCE,
                status=Status(status),
                negated=is_negated,
                over=over,
                when=when,
                confidence=1.0 if is_sure else 0.0,
                evidence=_quote(word),
            )
        )
    return found


@cache
def _quote(word: str) -> Evidence:
    """Give evidence that says *word* and nothing else, a dash for none."""
    said = word or "-"
    return Evidence(start=0, end=len(said), raw_start=0, raw_end=len(said), quote=said)


def _rank_status(column: Any) -> Ints:
    whole = column.unify_dictionaries().combine_chunks()
    coded = whole if hasattr(whole, "dictionary") else whole.dictionary_encode()
    try:
        ranks = np.array([Status(word).rank for word in coded.dictionary.to_pylist()], np.int64)
    except ValueError as error:
        msg = f"a claim's status is one of {', '.join(Status)}: {error}"
        raise ModelError(msg) from error
    found: Ints = ranks[coded.indices.to_numpy(zero_copy_only=False)]
    return found


def _plain(column: Any) -> Any:
    return column.combine_chunks().to_numpy(zero_copy_only=False)


def _lengths(column: Any) -> Ints:
    offsets = column.combine_chunks()
    return np.asarray(offsets.value_lengths().to_numpy(zero_copy_only=False), dtype=np.int64)
