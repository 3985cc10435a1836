"""Files and streams for users: records and tables out, records in, whole files or none.

A format has a function that gives it as text (``format_...``) or writes it (``write_...``); what a
format cannot carry is counted in a `Losses`, never dropped in silence. JSON Lines and Parquet lose
nothing and are read again by `read_claims`, `read_parquet` and `from_arrow`; the others are for
one tool each (see the how-to on other tools). `write_atomically` leaves the old file where a new
one cannot be finished.

Parts that need a library name the extra in their error: ``arrow`` for tables, ``graph`` for
GraphML and GEXF.

Example:
    >>> from alignwatch import extract
    >>> from alignwatch.export import Losses, format_events
    >>> losses = Losses()
    >>> claims = extract("Kenya will sell drones to Uganda. Kenya condemned Uganda on 3 May 2024.")
    >>> head, *rows = format_events(claims, losses=losses)
    >>> len(claims), len(rows), str(losses)
    (2, 1, 'claims of what may happen are no events yet: 1')
"""

from alignwatch.export._arrow import (
    from_arrow,
    read_parquet,
    relationships_to_arrow,
    to_arrow,
    write_parquet,
    write_table,
)
from alignwatch.export._arrow_schema import claim_schema, relationship_schema
from alignwatch.export._atom import describe_change, format_atom
from alignwatch.export._atomic import write_atomically
from alignwatch.export._csv import (
    CLAIM_COLUMNS,
    RELATIONSHIP_COLUMNS,
    format_csv,
    format_relationships_csv,
    write_csv,
    write_relationships_csv,
)
from alignwatch.export._events import EVENT_COLUMNS, format_events
from alignwatch.export._ftm import format_ftm
from alignwatch.export._graph import format_gexf, format_graphml, to_networkx
from alignwatch.export._jsonl import format_jsonl, write_jsonl
from alignwatch.export._losses import Losses
from alignwatch.export._panel import PANEL_COLUMNS, format_panel
from alignwatch.export._reading import (
    LINE_LIMIT_BYTES,
    read_articles,
    read_claims,
    read_documents,
    read_texts,
)
from alignwatch.export._stix import format_stix

__all__ = [
    "CLAIM_COLUMNS",
    "EVENT_COLUMNS",
    "LINE_LIMIT_BYTES",
    "PANEL_COLUMNS",
    "RELATIONSHIP_COLUMNS",
    "Losses",
    "claim_schema",
    "describe_change",
    "format_atom",
    "format_csv",
    "format_events",
    "format_ftm",
    "format_gexf",
    "format_graphml",
    "format_jsonl",
    "format_panel",
    "format_relationships_csv",
    "format_stix",
    "from_arrow",
    "read_articles",
    "read_claims",
    "read_documents",
    "read_parquet",
    "read_texts",
    "relationship_schema",
    "relationships_to_arrow",
    "to_arrow",
    "to_networkx",
    "write_atomically",
    "write_csv",
    "write_jsonl",
    "write_parquet",
    "write_relationships_csv",
    "write_table",
]
