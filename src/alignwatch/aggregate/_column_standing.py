"""What the claims of each tie amount to, in columns."""

from collections.abc import Sequence
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
    """Give for each tie of the rows at *places* one claim of each sort that it has.

    Sorts differ in what `derive_standing` looks at. It looks at articles and their dates only
    where some claim tells of an end, and of quotes only whether they do.
    """
    names = ("article", "published", "status", "negated", "over", "when_start", "when_end")
    rows = table.select([*names, "confidence", "quote"]).take(places)
    columns = [rows[name].to_pylist() for name in names]
    sure = (_plain(rows["confidence"]) >= LIKELY).tolist()
    quotes = rows["quote"].to_pylist()
    ends = [
        find_end(quote) if is_negated and status == Status.ASSERTED else ""
        for quote, is_negated, status in zip(quotes, columns[3], columns[2], strict=True)
    ]
    numbers = ties[places].tolist()
    ended = {tie for tie, end in zip(numbers, ends, strict=True) if end}
    told = dict.fromkeys(
        (tie, is_sure, end, *((article, published) if tie in ended else ("", None)), *rest)
        for tie, is_sure, end, article, published, *rest in zip(
            numbers, sure, ends, *columns, strict=True
        )
    )
    found: dict[int, list[Claim]] = {}
    for tie, is_sure, end, article, published, *rest in told:
        found.setdefault(tie, []).append(_make_claim(is_sure, end or " ", article, published, rest))
    return found


def _make_claim(
    is_sure: bool,  # noqa: FBT001 - a column
    quote: str,
    article: str,
    published: str | None,
    rest: Sequence[Any],
) -> Claim:
    status, is_negated, over, start, end = rest
    size = len(quote)
    return Claim(
        article=article,
        published=published,
        extractor="",
        source="A",
        target="B",
        kind=Kind.AID if over is None else Kind.PREFERENCE,
        status=Status(status),
        negated=is_negated,
        over=over,
        when=None if start is None else When(start=start, end=end, precision=Precision.DAY),
        confidence=1.0 if is_sure else 0.0,
        evidence=Evidence(start=0, end=size, raw_start=0, raw_end=size, quote=quote),
    )


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
