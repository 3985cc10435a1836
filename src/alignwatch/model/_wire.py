"""Values to JSON records and back, one schema number."""

import json
import reprlib
from collections.abc import Iterator
from itertools import islice
from typing import Any, TypeVar

import cattrs

from alignwatch.errors import WireError
from alignwatch.model._alignment import Alignment
from alignwatch.model._change import Change
from alignwatch.model._claim import Claim
from alignwatch.model._codec import CONVERTER
from alignwatch.model._comparison import Comparison
from alignwatch.model._document import Document
from alignwatch.model._failure import Failure, Health
from alignwatch.model._page import Article
from alignwatch.model._relationship import Relationship
from alignwatch.model._table import Table

__all__ = ["SCHEMA", "from_json", "from_record", "to_json", "to_record"]

SCHEMA = 1
"""The version of the wire format; each record carries it as ``schema``."""

Record = dict[str, Any]
T = TypeVar("T")

RECORDS: dict[type, str] = {
    Article: "article",
    Document: "document",
    Table: "table",
    Claim: "claim",
    Relationship: "relationship",
    Change: "change",
    Alignment: "alignment",
    Comparison: "comparison",
    Failure: "failure",
    Health: "health",
}
"""The values that have a record of their own, and its name."""


def _tell_problems(error: Exception, path: str = "") -> Iterator[str]:
    """Yield each thing that is wrong with a record, after the path of its field."""
    if isinstance(error, cattrs.ClassValidationError):
        fields, rest = error.group_exceptions()
        for inner, field in fields:
            yield from _tell_problems(inner, f"{path}.{field.name}" if path else field.name)
        for inner in rest:
            yield from _tell_problems(inner, path)
    elif isinstance(error, cattrs.IterableValidationError):
        for inner, item in error.group_exceptions()[0]:
            yield from _tell_problems(inner, f"{path}[{item.index}]")
    elif isinstance(error, KeyError):
        yield f"{path} is missing"
    else:
        yield f"{path}: {error}" if path else str(error)


def _name_record(cls: type) -> str:
    if cls not in RECORDS:
        known = ", ".join(one.__name__ for one in RECORDS)
        msg = f"a {cls.__name__} has no record of its own (known: {known})"
        raise WireError(msg)
    return RECORDS[cls]


def to_record(value: object) -> Record:
    """Give the JSON record of *value*: a claim, a document, or another of those with a schema.

    Raises:
        WireError: Values of this type have no record of their own.
    """
    _name_record(type(value))
    return {"schema": SCHEMA, **CONVERTER.unstructure(value)}


def to_json(value: object) -> str:
    """Give the record of *value* as one line of JSON, without a line end; same value, same bytes.

    Raises:
        WireError: As `to_record`.
    """
    return json.dumps(to_record(value), ensure_ascii=False, allow_nan=False)


def from_record(cls: type[T], record: object) -> T:
    """Read a record of `to_record` into a value of *cls*. Unknown keys are ignored.

    A missing ``schema`` means the current one.

    Raises:
        WireError: The record is of another schema, lacks a field, or breaks a rule of *cls*; the
            message tells the first three problems with the path of each field.
    """
    name = _name_record(cls)
    if not isinstance(record, dict):
        msg = f"a record of kind {name} is a JSON object, got {reprlib.repr(record)}"
        raise WireError(msg)
    schema = record.get("schema", SCHEMA)
    if isinstance(schema, bool) or schema != SCHEMA:
        msg = f"{name} record has schema {reprlib.repr(schema)}; this version reads {SCHEMA}"
        raise WireError(msg)
    try:
        return CONVERTER.structure(record, cls)
    except (cattrs.BaseValidationError, WireError) as error:
        problems = "; ".join(islice(_tell_problems(error), 3))
        msg = f"{name} record cannot be read: {problems}"
        raise WireError(msg) from error


def from_json(cls: type[T], line: str) -> T:
    """Read one line of JSON; see `from_record`.

    Raises:
        WireError: As `from_record`, or the line is no JSON.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        msg = f"not a line of JSON: {error}"
        raise WireError(msg) from error
    return from_record(cls, record)
