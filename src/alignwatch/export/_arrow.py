"""Claims and relationships as Arrow tables and Parquet files, and claims back out of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from alignwatch.errors import ModelError
from alignwatch.export._arrow_schema import claim_schema, load_arrow, relationship_schema
from alignwatch.export._extras import require
from alignwatch.export._surrogates import replace_surrogates
from alignwatch.model import (
    Claim,
    Evidence,
    Kind,
    Quantity,
    Relationship,
    Span,
    Status,
    Trend,
    When,
)
from alignwatch.model._claim import Comparator, Precision

__all__ = [
    "from_arrow",
    "read_parquet",
    "relationships_to_arrow",
    "to_arrow",
    "write_parquet",
    "write_table",
]

_BATCH = 20_000
"""Claims that stand in memory at once while a file is written."""


def to_arrow(claims: Iterable[Claim]) -> Any:
    """Give *claims* as a ``pyarrow.Table`` of `claim_schema`, in their order.

    pandas, polars and DuckDB read it without a copy: ``table.to_pandas()``,
    ``polars.from_arrow(table)``, ``duckdb.sql("select ... from table")``.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    batches = [_claim_batch(pa, some) for some in _batches(claims)]
    return pa.Table.from_batches(batches, schema=claim_schema()).unify_dictionaries()


def relationships_to_arrow(relationships: Iterable[Relationship]) -> Any:
    """Give *relationships* as a ``pyarrow.Table`` of `relationship_schema`, in their order.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    ties = list(relationships)
    columns: dict[str, list[Any]] = {
        "source": [tie.source for tie in ties],
        "target": [tie.target for tie in ties],
        "kind": [tie.kind.value for tie in ties],
        "family": [tie.kind.family.value for tie in ties],
        "standing": [tie.standing.value for tie in ties],
        "article_count": [tie.article_count for tie in ties],
        "independent_count": [tie.independent_count for tie in ties],
        "first_published": [tie.first_published for tie in ties],
        "last_published": [tie.last_published for tie in ties],
        "attributed_to": [list(map(replace_surrogates, tie.attributed_to)) for tie in ties],
        "denied_by": [list(map(replace_surrogates, tie.denied_by)) for tie in ties],
        "trend": [tie.trend and tie.trend.value for tie in ties],
        "claims": [[claim.id for claim in tie.claims] for tie in ties],
    }
    return pa.Table.from_batches([_batch(pa, columns, relationship_schema())])


def write_parquet(claims: Iterable[Claim], path: Path) -> int:
    """Write *claims* to a Parquet file (zstd, `claim_schema`), and give their number.

    Lazy: 20,000 claims stand in memory at once. The file appears whole or not at all.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: The file cannot be written.
    """
    pa = load_arrow()
    parquet = require("pyarrow.parquet", extra="arrow", use="Arrow and Parquet")
    part = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with parquet.ParquetWriter(part, claim_schema(), compression="zstd") as writer:
            for some in _batches(claims):
                writer.write_batch(_claim_batch(pa, some))
                count += len(some)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def write_table(table: Any, path: Path) -> int:
    """Write a table, such as one of relationships, to a Parquet file, and give its rows.

    The file appears whole or not at all.

    Raises:
        MissingExtraError: pyarrow is not installed.
        OSError: The file cannot be written.
    """
    parquet = require("pyarrow.parquet", extra="arrow", use="Arrow and Parquet")
    part = path.with_name(f".{path.name}.part")
    try:
        parquet.write_table(table, part, compression="zstd")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return len(table)


def read_parquet(path: Path) -> Iterator[Claim]:
    """Give the claims of a Parquet file that `write_parquet` wrote, in their order; lazy.

    Raises:
        ModelError: The file is no Parquet file of claims.
        MissingExtraError: pyarrow is not installed.
        OSError: The file cannot be read.
    """
    pa = load_arrow()
    parquet = require("pyarrow.parquet", extra="arrow", use="Arrow and Parquet")
    try:
        file = parquet.ParquetFile(path)
    except pa.ArrowInvalid as error:
        msg = f"{path} is no Parquet file: {error}"
        raise ModelError(msg) from error
    with file:
        for batch in file.iter_batches(batch_size=_BATCH):
            yield from from_arrow(batch)


def from_arrow(table: Any) -> Iterator[Claim]:
    """Give the claims of a ``pyarrow.Table`` or batch that has the columns of `claim_schema`.

    Raises:
        ModelError: A column is missing, or a row breaks a rule of the model.
    """
    missing = [name for name in claim_schema().names if name not in table.schema.names]
    if missing:
        msg = f"a table of claims has a column {missing[0]!r}, this one has {table.schema.names}"
        raise ModelError(msg)
    for row in table.to_pylist():
        yield _to_claim(row)


def _batches(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    several = iter(claims)
    while some := list(islice(several, _BATCH)):
        yield some


def _batch(pa: Any, columns: dict[str, list[Any]], schema: Any) -> Any:
    arrays = [
        pa.array(columns[field.name], type=field.type.value_type).dictionary_encode()
        if pa.types.is_dictionary(field.type)
        else pa.array(columns[field.name], type=field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _claim_batch(pa: Any, claims: Sequence[Claim]) -> Any:
    plain = replace_surrogates
    columns: dict[str, list[Any]] = {
        "id": [claim.id for claim in claims],
        "article": [plain(claim.article) for claim in claims],
        "url": [claim.url and plain(claim.url) for claim in claims],
        "published": [claim.published and plain(claim.published) for claim in claims],
        "published_day": [_day(claim.published) for claim in claims],
        "extractor": [claim.extractor for claim in claims],
        "source": [claim.source for claim in claims],
        "target": [claim.target for claim in claims],
        "kind": [claim.kind.value for claim in claims],
        "family": [claim.kind.family.value for claim in claims],
        "plover": [claim.plover for claim in claims],
        "negated": [claim.negated for claim in claims],
        "status": [claim.status.value for claim in claims],
        "attributed_to": [[plain(name) for name in claim.attributed_to] for claim in claims],
        "denied_by": [[plain(name) for name in claim.denied_by] for claim in claims],
        "over": [claim.over for claim in claims],
        "trend": [claim.trend and claim.trend.value for claim in claims],
        "confidence": [claim.confidence for claim in claims],
        "when_start": [claim.when and claim.when.start for claim in claims],
        "when_end": [claim.when and claim.when.end for claim in claims],
        "when_precision": [claim.when and claim.when.precision.value for claim in claims],
        "quantities": [[_amount(amount) for amount in claim.quantities] for claim in claims],
        "quote": [plain(claim.evidence.quote) for claim in claims],
        "start": [claim.evidence.start for claim in claims],
        "end": [claim.evidence.end for claim in claims],
        "raw_start": [claim.evidence.raw_start for claim in claims],
        "raw_end": [claim.evidence.raw_end for claim in claims],
        "mentions": [
            [{"start": span.start, "end": span.end} for span in claim.mentions] for claim in claims
        ],
    }
    return _batch(pa, columns, claim_schema())


def _amount(amount: Quantity) -> dict[str, Any]:
    return {
        "value": amount.value,
        "unit": amount.unit and replace_surrogates(amount.unit),
        "comparator": amount.comparator and amount.comparator.value,
        "text": replace_surrogates(amount.text),
    }


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _to_claim(row: dict[str, Any]) -> Claim:
    when = None
    if row["when_start"] is not None:
        when = When(
            start=row["when_start"],
            end=row["when_end"],
            precision=Precision(row["when_precision"]),
        )
    return Claim(
        article=row["article"],
        url=row["url"],
        published=row["published"],
        extractor=row["extractor"],
        source=row["source"],
        target=row["target"],
        kind=Kind(row["kind"]),
        negated=row["negated"],
        status=Status(row["status"]),
        attributed_to=tuple(row["attributed_to"]),
        denied_by=tuple(row["denied_by"]),
        over=row["over"],
        trend=None if row["trend"] is None else Trend(row["trend"]),
        confidence=row["confidence"],
        when=when,
        quantities=tuple(
            Quantity(
                value=amount["value"],
                unit=amount["unit"],
                comparator=None
                if amount["comparator"] is None
                else Comparator(amount["comparator"]),
                text=amount["text"],
            )
            for amount in row["quantities"]
        ),
        evidence=Evidence(
            start=row["start"],
            end=row["end"],
            raw_start=row["raw_start"],
            raw_end=row["raw_end"],
            quote=row["quote"],
        ),
        mentions=tuple(Span(start=one["start"], end=one["end"]) for one in row["mentions"]),
    )
