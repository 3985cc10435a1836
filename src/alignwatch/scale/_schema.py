"""The documented columns that go in and come out, and rows to and from them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date
from functools import cache
from typing import Any

import attrs

from alignwatch.errors import ModelError, PageError
from alignwatch.export import claim_schema, to_arrow
from alignwatch.model import (
    Article,
    Claim,
    Cluster,
    Document,
    Edit,
    Link,
    LinkReason,
    Page,
    Table,
    from_json,
    to_json,
)
from alignwatch.pipeline import Reading

__all__ = [
    "Outcome",
    "article_schema",
    "cluster_schema",
    "clusters_from_arrow",
    "document_schema",
    "documents_from_arrow",
    "failure_schema",
    "load_arrow",
    "name_row",
    "page_schema",
    "plain",
    "plain_claim_schema",
    "result_schema",
    "to_result",
    "to_value",
]

_TIME = "us"
_SURROGATE = re.compile("[\ud800-\udfff]")


def load_arrow() -> Any:
    """Give the module ``pyarrow``.

    Raises:
        MissingExtraError: It is not installed.
    """
    claim_schema()  # says which extra is missing
    import pyarrow as pa  # noqa: PLC0415 - an optional extra

    return pa


@cache
def page_schema() -> Any:
    """Give the ``pyarrow.Schema`` of pages; `url` and `content` are asked for, the rest may lack.

    `content` holds the bytes as they were sent, decompressed. `media_type` and `charset` are what
    the transport named, `fetched_at` is in UTC, `article` names the article where it has another
    name than its url, `reservations` are those of `alignwatch.model.Page`.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    return pa.schema(
        [
            pa.field("url", pa.string(), nullable=False),
            pa.field("content", pa.binary(), nullable=False),
            pa.field("media_type", pa.string()),
            pa.field("charset", pa.string()),
            pa.field("fetched_at", pa.timestamp(_TIME, tz="UTC")),
            pa.field("article", pa.string()),
            pa.field("reservations", pa.list_(pa.string())),
        ]
    )


@cache
def article_schema() -> Any:
    """Give the ``pyarrow.Schema`` of articles; `id` and `text` are asked for, the rest may lack.

    The columns are the fields of an article's record (see the wire format). `published` may be a
    date or a time as well.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    names = ("url", "title", "published", "language", "speaker", "site")
    always = [pa.field("id", pa.string(), nullable=False), pa.field("text", pa.string())]
    return pa.schema([*always, *(pa.field(name, pa.string()) for name in names)])


@cache
def document_schema() -> Any:
    """Give the ``pyarrow.Schema`` of documents: a column for each field of the wire format.

    `page` is the address or id of the row that it was read from. Offsets in `removed` count code
    points of the raw text. `tables` are JSON records.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    names = ("url", "title", "published", "published_from", "language", "speaker", "canonical")
    edit = [
        pa.field("start", pa.int64()),
        pa.field("end", pa.int64()),
        *(pa.field(name, pa.string()) for name in ("original", "replacement", "rule", "reason")),
    ]
    return pa.schema(
        [
            pa.field("page", pa.string()),
            pa.field("article", pa.string()),
            pa.field("text", pa.string()),
            *(pa.field(name, pa.string()) for name in names),
            pa.field("authors", pa.list_(pa.string())),
            pa.field("flags", pa.list_(pa.string())),
            pa.field("removed", pa.list_(pa.struct(edit))),
            pa.field("tables", pa.list_(pa.string())),
        ],
        metadata={"alignwatch": "documents", "alignwatch_schema": "1"},
    )


@cache
def cluster_schema() -> Any:
    """Give the ``pyarrow.Schema`` of clusters: a row for each, as in `alignwatch.model.Cluster`.

    `articles` are ids, sorted; each article is in one row. `links` say which articles of it are
    joined by what: ids `first` and `second`, `reason` and `origin` of `alignwatch.model.Link`.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    names = ("first", "second", "reason", "origin")
    link = pa.struct([pa.field(name, pa.string(), nullable=name == "origin") for name in names])
    articles = pa.list_(pa.field("item", pa.string(), nullable=False))
    links = pa.list_(pa.field("item", link, nullable=False))
    return pa.schema(
        [
            pa.field("articles", articles, nullable=False),
            pa.field("links", links, nullable=False),
        ],
        metadata={"alignwatch": "clusters", "alignwatch_schema": "1"},
    )


def clusters_from_arrow(table: Any) -> Iterator[Cluster]:
    """Give the clusters of a table of `cluster_schema`, in its order; lazy.

    Raises:
        ModelError: A row breaks a rule of the model.
    """
    for batch in table.to_batches():
        for row in batch.to_pylist():
            links = tuple(
                Link(
                    articles=(link["first"], link["second"]),
                    reason=LinkReason(link["reason"]),
                    origin=link["origin"],
                )
                for link in row["links"]
            )
            yield Cluster(articles=tuple(row["articles"]), links=links)


@cache
def failure_schema() -> Any:
    """Give the ``pyarrow.Schema`` of failures: the row's `page`, a `reason`, and a `message`.

    `reason` is one of the stable words of `alignwatch.errors`, or ``worker-died`` or ``too-slow``.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    return pa.schema([pa.field(name, pa.string()) for name in ("page", "reason", "message")])


@cache
def result_schema() -> Any:
    """Give the ``pyarrow.Schema`` of results: one row for each row that came in, in their order.

    `page` is its address or id. Either `document` is there and `claims` is a list, or `failure`
    is. The fields are those of `document_schema`, `alignwatch.export.claim_schema` (texts in place
    of dictionaries) and `failure_schema`.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    pa = load_arrow()
    document = [field for field in document_schema() if field.name != "page"]
    failure = [field for field in failure_schema() if field.name != "page"]
    return pa.schema(
        [
            pa.field("page", pa.string()),
            pa.field("document", pa.struct(document)),
            pa.field("claims", pa.list_(pa.struct(list(plain_claim_schema())))),
            pa.field("failure", pa.struct(failure)),
        ],
        metadata={"alignwatch": "results", "alignwatch_schema": "1"},
    )


@cache
def plain_claim_schema() -> Any:
    """Give `claim_schema` as engines take it: no dictionaries, and every column may be null."""
    pa = load_arrow()
    return pa.schema([pa.field(field.name, _plain(field.type)) for field in claim_schema()])


def _plain(kind: Any) -> Any:
    pa = load_arrow()
    if pa.types.is_dictionary(kind):
        return kind.value_type
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _plain(field.type)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    return kind


@attrs.frozen(kw_only=True)
class Outcome:
    """What one row came to: exactly one of `reading` and `error`."""

    page: str
    reading: Reading | None = None
    error: PageError | None = None


def to_value(row: Mapping[str, Any]) -> Page | Article:
    """Give a row's page or article.

    Raises:
        ModelError: A column that is asked for is null, or breaks a rule of the model.
    """
    given = {name: value for name, value in row.items() if value is not None}
    try:
        if _is_page(row):
            known = {name: given[name] for name in page_schema().names if name in given}
            known["article_id"] = known.pop("article", None)
            known["reservations"] = tuple(known.pop("reservations", ()))
            if (fetched_at := known.get("fetched_at")) is not None and fetched_at.tzinfo is None:
                known["fetched_at"] = fetched_at.replace(tzinfo=UTC)
            return Page(**known)
        known = {name: given[name] for name in article_schema().names if name in given}
        if isinstance(published := known.get("published"), date):
            known["published"] = published.isoformat()
        return Article(**known)
    except TypeError as error:
        msg = f"a row lacks what is asked for: {error}"
        raise ModelError(msg) from error


def name_row(row: Mapping[str, Any]) -> str:
    """Name the page or article in *row*."""
    named = (row.get("article") or row.get("url")) if _is_page(row) else row.get("id")
    return str(plain(str(named or "")))


def _is_page(row: Mapping[str, Any]) -> bool:
    return "content" in row and "url" in row


def to_result(outcomes: Sequence[Outcome]) -> Any:
    """Give *outcomes* as a ``pyarrow.RecordBatch`` of `result_schema`, a row for each."""
    pa = load_arrow()
    readings = [outcome.reading for outcome in outcomes]
    failures = [
        outcome.error and {"reason": outcome.error.reason, "message": plain(str(outcome.error))}
        for outcome in outcomes
    ]
    document, claims, failure = (result_schema().field(place).type for place in (1, 2, 3))
    return pa.RecordBatch.from_arrays(
        [
            pa.array([plain(outcome.page) for outcome in outcomes], pa.string()),
            pa.array([reading and _to_row(reading.document) for reading in readings], document),
            _claim_lists([reading.claims if reading else None for reading in readings], claims),
            pa.array(failures, failure),
        ],
        schema=result_schema(),
    )


def _claim_lists(lists: Sequence[tuple[Claim, ...] | None], kind: Any) -> Any:
    """Lists of claims without a Python object for each of their fields."""
    pa = load_arrow()
    flat = to_arrow(claim for claims in lists for claim in claims or ())
    columns = flat.cast(plain_claim_schema()).combine_chunks()
    arrays = [
        column.chunk(0) if column.num_chunks else pa.array([], column.type)
        for column in columns.columns
    ]
    values = pa.StructArray.from_arrays(arrays, fields=list(plain_claim_schema()))
    offsets: list[int | None] = []
    end = 0
    for claims in lists:
        offsets.append(None if claims is None else end)
        end += len(claims or ())
    offsets.append(end)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values, type=kind)


def _to_row(document: Document) -> dict[str, Any]:
    names = ("url", "title", "published", "published_from", "language", "speaker", "canonical")
    return {
        "article": plain(document.article),
        "text": plain(document.text),
        **{name: plain(getattr(document, name)) for name in names},
        "authors": [plain(name) for name in document.authors],
        "flags": list(document.flags),
        "removed": [
            {name: plain(value) for name, value in attrs.asdict(edit).items()}
            for edit in document.removed
        ],
        "tables": [to_json(table) for table in document.tables],
    }


def plain(value: Any) -> Any:
    """Put U+FFFD in the place of half characters, which Arrow cannot hold; a code point each."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def documents_from_arrow(table: Any) -> Iterator[Document]:
    """Give the documents of a table of `document_schema`, in its order; lazy.

    Raises:
        ModelError: A row breaks a rule of the model.
    """
    for batch in table.to_batches():
        for row in batch.to_pylist():
            row.pop("page", None)
            row["authors"] = tuple(row["authors"] or ())
            row["flags"] = tuple(row["flags"] or ())
            row["removed"] = tuple(Edit(**edit) for edit in row["removed"] or ())
            row["tables"] = tuple(from_json(Table, told) for told in row["tables"] or ())
            yield Document(**row)
