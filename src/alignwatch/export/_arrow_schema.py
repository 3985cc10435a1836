"""The documented columns of claims and relationships in Arrow and Parquet."""

from functools import cache
from typing import Any

from alignwatch.export._extras import require

__all__ = ["claim_schema", "load_arrow", "relationship_schema"]


def load_arrow() -> Any:
    """Give the module ``pyarrow``.

    Raises:
        MissingExtraError: It is not installed.
    """
    return require("pyarrow", extra="arrow", use="Arrow and Parquet")


@cache
def claim_schema() -> Any:
    """Give the ``pyarrow.Schema`` of claims: a column for each field of the wire format, flat.

    Offsets are half-open code points; `published_day` is the day that `published` begins with, null
    where it is less precise; `family` and `plover` are derived from `kind`. Texts hold no lone
    surrogates: those become U+FFFD.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    text, day = pa.string(), pa.date32()
    names = pa.list_(pa.field("item", text, nullable=False))
    word = pa.dictionary(pa.int32(), text)
    amount = pa.struct(
        [
            pa.field("value", pa.float64(), nullable=False),
            pa.field("unit", text),
            pa.field("comparator", text),
            pa.field("text", text, nullable=False),
        ]
    )
    span = pa.struct(
        [
            pa.field("start", pa.int64(), nullable=False),
            pa.field("end", pa.int64(), nullable=False),
        ]
    )
    always = {"nullable": False}
    return pa.schema(
        [
            pa.field("id", text, **always),
            pa.field("article", text, **always),
            pa.field("url", text),
            pa.field("published", text),
            pa.field("published_day", day),
            pa.field("extractor", word, **always),
            pa.field("source", word, **always),
            pa.field("target", word, **always),
            pa.field("kind", word, **always),
            pa.field("family", word, **always),
            pa.field("plover", word),
            pa.field("negated", pa.bool_(), **always),
            pa.field("status", word, **always),
            pa.field("attributed_to", names, **always),
            pa.field("denied_by", names, **always),
            pa.field("over", text),
            pa.field("trend", text),
            pa.field("confidence", pa.float64(), **always),
            pa.field("when_start", day),
            pa.field("when_end", day),
            pa.field("when_precision", text),
            pa.field("quantities", pa.list_(pa.field("item", amount, **always)), **always),
            pa.field("quote", text, **always),
            pa.field("start", pa.int64(), **always),
            pa.field("end", pa.int64(), **always),
            pa.field("raw_start", pa.int64(), **always),
            pa.field("raw_end", pa.int64(), **always),
            pa.field("mentions", pa.list_(pa.field("item", span, **always)), **always),
        ],
        metadata={"alignwatch": "claims", "alignwatch_schema": "1"},
    )


@cache
def relationship_schema() -> Any:
    """Give the ``pyarrow.Schema`` of relationships; `claims` holds the ids, newest evidence first.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    text = pa.string()
    names = pa.list_(pa.field("item", text, nullable=False))
    word = pa.dictionary(pa.int32(), text)
    always = {"nullable": False}
    return pa.schema(
        [
            pa.field("source", word, **always),
            pa.field("target", word, **always),
            pa.field("kind", word, **always),
            pa.field("family", word, **always),
            pa.field("standing", word, **always),
            pa.field("article_count", pa.int64(), **always),
            pa.field("independent_count", pa.int64(), **always),
            pa.field("first_published", text),
            pa.field("last_published", text),
            pa.field("attributed_to", names, **always),
            pa.field("denied_by", names, **always),
            pa.field("trend", text),
            pa.field("claims", names, **always),
        ],
        metadata={"alignwatch": "relationships", "alignwatch_schema": "1"},
    )
