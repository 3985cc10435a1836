"""Values to JSON records and back: one converter, one schema number."""

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import cattrs

from alignwatch.errors import ModelError, WireError
from alignwatch.model._claim import Claim, Comparator, Precision, Trend
from alignwatch.model._document import Document, Span, Table
from alignwatch.model._failure import Failure, Health
from alignwatch.model._kind import Kind, Status
from alignwatch.model._page import Article
from alignwatch.model._relationship import Relationship, Standing

__all__ = ["SCHEMA", "from_json", "from_record", "to_json", "to_record"]

SCHEMA = 1
"""The version of the wire format; each record carries it as ``schema``."""

Record = dict[str, Any]
T = TypeVar("T")


def _number(value: float) -> float | int:
    """Whole numbers without a trailing ``.0``, so that every producer writes the same bytes."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _read_enum(value: object, cls: type[StrEnum]) -> StrEnum:
    try:
        return cls(str(value))
    except ValueError:
        known = ", ".join(cls)
        msg = f"{value!r} is no {cls.__name__.lower()} (known: {known})"
        raise WireError(msg) from None


def _read_text(value: object, _: type[str]) -> str:
    if not isinstance(value, str):
        msg = f"expected a text, got {value!r}"
        raise WireError(msg)
    return value


def _read_integer(value: object, _: type[int]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        msg = f"expected a whole number, got {value!r}"
        raise WireError(msg)
    return value


def _read_flag(value: object, _: type[bool]) -> bool:
    if not isinstance(value, bool):
        msg = f"expected true or false, got {value!r}"
        raise WireError(msg)
    return value


def _read_float(value: object, _: type[float]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        msg = f"expected a number, got {value!r}"
        raise WireError(msg)
    return float(value)


def _read_pair(value: Any, _: type[Span]) -> Span:
    start, end = value
    return Span(start=start, end=end)


def _make_converter() -> cattrs.Converter:
    made = cattrs.Converter(detailed_validation=False, unstruct_collection_overrides={tuple: list})
    made.register_structure_hook(str, _read_text)
    made.register_structure_hook(int, _read_integer)
    made.register_structure_hook(bool, _read_flag)
    made.register_structure_hook(float, _read_float)
    for names in (Comparator, Kind, Precision, Standing, Status, Trend):
        made.register_structure_hook(names, _read_enum)
    made.register_unstructure_hook(float, _number)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    made.register_unstructure_hook(Span, lambda span: [span.start, span.end])
    made.register_structure_hook(Span, _read_pair)
    return made


_converter = _make_converter()
_NAMED: dict[type, str] = {
    Article: "article",
    Document: "document",
    Table: "table",
    Claim: "claim",
    Relationship: "relationship",
    Failure: "failure",
    Health: "health",
}
_CLAIM_ORDER = (
    *("id", "article", "url", "published", "extractor", "source", "target", "kind", "negated"),
    *("status", "attributed_to", "denied_by", "over", "trend", "plover", "confidence", "when"),
    *("quantities", "evidence", "mentions"),
)


def _claim_record(claim: Claim) -> Record:
    record = {**_converter.unstructure(claim), "id": claim.id, "plover": claim.plover}
    return {name: record[name] for name in _CLAIM_ORDER}


def to_record(value: object) -> Record:
    """Give the JSON record of an article, document, table, claim, relationship, failure or health.

    Raises:
        WireError: Values of this type have no record of their own.
    """
    if type(value) not in _NAMED:
        known = ", ".join(cls.__name__ for cls in _NAMED)
        msg = f"a {type(value).__name__} has no record of its own (known: {known})"
        raise WireError(msg)
    if isinstance(value, Claim):
        return {"schema": SCHEMA, **_claim_record(value)}
    record = _converter.unstructure(value)
    if isinstance(value, Relationship):
        record["claims"] = [_claim_record(claim) for claim in value.claims]
    return {"schema": SCHEMA, **record}


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
        WireError: The record is of another schema, lacks a field, or breaks a rule of *cls*.
    """
    name = _NAMED.get(cls, cls.__name__)
    if not isinstance(record, dict):
        msg = f"a {name} record is a JSON object, got {type(record).__name__}"
        raise WireError(msg)
    if record.get("schema", SCHEMA) != SCHEMA:
        msg = f"{name} record has schema {record['schema']!r}; this version reads {SCHEMA}"
        raise WireError(msg)
    try:
        value = _converter.structure(record, cls)
    except KeyError as error:
        msg = f"a {name} record needs the field {error.args[0]!r}"
        raise WireError(msg) from error
    except (ModelError, ValueError, TypeError, AttributeError) as error:
        msg = f"{name} record cannot be read: {error}"
        raise WireError(msg) from error
    if isinstance(value, Claim) and record.get("id", value.id) != value.id:
        msg = f"claim {record['id']!r} was changed: its fields give the id {value.id!r}"
        raise WireError(msg)
    return value


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
