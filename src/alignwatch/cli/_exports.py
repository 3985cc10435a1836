"""``export``: what the store holds, for other tools."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from alignwatch.cli._screen import talk
from alignwatch.errors import SourceError, StoreUnwritableError
from alignwatch.export import (
    Losses,
    format_csv,
    format_events,
    format_ftm,
    format_gexf,
    format_graphml,
    format_jsonl,
    format_panel,
    format_relationships_csv,
    format_stix,
    write_atomically,
    write_parquet,
    write_table,
)
from alignwatch.extract import load_gazetteer
from alignwatch.model import Relationship
from alignwatch.pipeline import clusters, relationships, tabulate_relationships
from alignwatch.store import Store, open_store

__all__ = ["export"]

_STORE = Path("alignwatch.db")
Format = Literal["jsonl", "csv", "parquet", "graphml", "gexf", "stix", "ftm", "events", "panel"]
What = Literal["claims", "relationships", "articles", "documents"]


def export(
    format: Format,  # noqa: A002 - the argument's name
    *,
    store: Path = _STORE,
    what: What = "claims",
    out: Path | None = None,
) -> None:
    """Export what the store holds for other tools; what a format cannot carry is counted.

    jsonl, csv and parquet take claims or relationships, jsonl also articles and documents.
    graphml and gexf (for Gephi), stix (2.1) and ftm (FollowTheMoney) are made of the
    relationships; events (PLOVER and CAMEO rows) and panel (directed dyad-years) of the claims.

    Args:
        format: The format.
        store: The store to export.
        what: What to export, for jsonl, csv and parquet.
        out: File to write; it appears whole or not at all. Standard output if not given.
    """
    if what != "claims" and format not in ("jsonl", "csv", "parquet"):
        msg = f"{format} has contents of its own; leave out --what {what}"
        raise SourceError(msg)
    if format in ("csv", "parquet") and what in ("articles", "documents"):
        msg = f"{what} do not fit into {format}; use: alignwatch export jsonl --what {what}"
        raise SourceError(msg)
    if format == "parquet" and out is None:
        msg = "parquet needs a file to write: --out claims.parquet"
        raise SourceError(msg)
    losses = Losses()
    with open_store(store, read_only=True) as opened:
        if format == "parquet" and out is not None:
            _write_parquet(opened, what, out)
            return
        text = _format(opened, format, what, losses)
        if out is None:
            sys.stdout.writelines(text)
        else:
            write_atomically(out, text)
    for reason, count in losses.items():
        talk(f"left out or cut: {reason} ({count:,})")


def _write_parquet(store: Store, what: What, out: Path) -> None:
    try:
        if what == "relationships":
            write_table(tabulate_relationships(store), out)
        else:
            write_parquet(store.claims(), out)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        msg = f"cannot write {out}: {why}; nothing was changed there"
        raise StoreUnwritableError(msg) from error


def _format(store: Store, format: Format, what: What, losses: Losses) -> Iterator[str]:  # noqa: A002 - as above
    """Give the text of *format*; parquet is none."""
    if format == "jsonl":
        return format_jsonl(_values(store, what))
    if format == "csv" and what == "claims":
        return format_csv(store.claims())
    if format == "events":
        return format_events(store.claims(), losses=losses)
    if format == "panel":
        return format_panel(store.claims(), clusters=clusters(store), losses=losses)
    return _format_ties(relationships(store), format, losses)


def _format_ties(ties: Sequence[Relationship], format: Format, losses: Losses) -> Iterator[str]:  # noqa: A002 - as above
    if format == "csv":
        return format_relationships_csv(ties)
    names = {actor_id: actor.name for actor_id, actor in load_gazetteer().actors.items()}
    if format in ("graphml", "gexf"):
        make = format_graphml if format == "graphml" else format_gexf
        return iter((make(ties, names=names),))
    write = format_stix if format == "stix" else format_ftm
    return write(ties, names=names, losses=losses)


def _values(store: Store, what: What) -> Iterator[object]:
    if what == "relationships":
        return iter(relationships(store))
    if what == "claims":
        return store.claims()
    return store.articles() if what == "articles" else store.documents()
