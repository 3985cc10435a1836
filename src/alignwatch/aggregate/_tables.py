"""Relationships of more claims than fit as objects."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from alignwatch.errors import MissingExtraError
from alignwatch.model import Cluster

__all__ = ["aggregate_table"]


def aggregate_table(claims: Any, *, clusters: Iterable[Cluster] = ()) -> Any:
    """Fold a table of claims into a table of relationships, in columns.

    The same as `aggregate_claims` of the same claims, for more of them than fit as objects: about
    ten times as fast. Columns and order are those of
    `alignwatch.export.relationships_to_arrow(aggregate_claims(claims, clusters=clusters))`.

    Args:
        claims: A ``pyarrow.Table`` with the columns of `alignwatch.export.claim_schema`, or what
            pyarrow takes for one: a frame of polars or pandas, a result of DuckDB. Columns that
            play no part may be missing, but those of rows that bear one id tell repeats from
            different claims.
        clusters: As for `aggregate_claims`.

    Returns:
        A ``pyarrow.Table``; `claims` holds ids.

    Raises:
        ModelError: A column is missing or has a value that no claim has, or an article is in two
            clusters.
        MissingExtraError: pyarrow is not installed.
    """
    try:
        pa, pc = import_module("pyarrow"), import_module("pyarrow.compute")
    except ImportError as error:
        msg = "tables of claims need pyarrow, which is not there: pip install 'alignwatch[arrow]'"
        raise MissingExtraError(msg) from error
    from alignwatch.aggregate._columns import fold_table  # noqa: PLC0415 - numpy is slow to import

    table = claims if isinstance(claims, pa.Table) else pa.table(claims)
    return fold_table(pa, pc, table, clusters=clusters)
