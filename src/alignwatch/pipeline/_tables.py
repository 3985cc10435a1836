"""A store as tables, however much it holds."""

from pathlib import Path
from typing import Any

from alignwatch.aggregate import aggregate_table
from alignwatch.export import to_arrow
from alignwatch.pipeline._clusters import clusters
from alignwatch.store import Store, open_store

__all__ = ["tabulate_relationships"]


def tabulate_relationships(store: Store | str | Path) -> Any:
    """Give `relationships` of a store as a ``pyarrow.Table``, for more claims than fit as objects.

    Columns and order are those of `alignwatch.export.relationships_to_arrow`; `claims` holds ids.

    Raises:
        StoreError: *store* is a path and cannot be opened.
        MissingExtraError: pyarrow is not installed.
    """
    if not isinstance(store, Store):
        with open_store(store, read_only=True) as opened:
            return tabulate_relationships(opened)
    return aggregate_table(to_arrow(store.claims()), clusters=clusters(store))
