"""Files and streams for users: records and tables out, records in, whole files or none."""

from alignwatch.export._atomic import write_atomically
from alignwatch.export._csv import (
    CLAIM_COLUMNS,
    RELATIONSHIP_COLUMNS,
    format_csv,
    format_relationships_csv,
    write_csv,
    write_relationships_csv,
)
from alignwatch.export._jsonl import format_jsonl, write_jsonl
from alignwatch.export._reading import (
    LINE_LIMIT_BYTES,
    read_articles,
    read_claims,
    read_documents,
    read_texts,
)

__all__ = [
    "CLAIM_COLUMNS",
    "LINE_LIMIT_BYTES",
    "RELATIONSHIP_COLUMNS",
    "format_csv",
    "format_jsonl",
    "format_relationships_csv",
    "read_articles",
    "read_claims",
    "read_documents",
    "read_texts",
    "write_atomically",
    "write_csv",
    "write_jsonl",
    "write_relationships_csv",
]
