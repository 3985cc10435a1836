"""JSON Schemas of the records, made from the model; run as a module it writes them anew."""

import inspect
import json
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from alignwatch.model._alignment import Alignment, AlignmentPoint
from alignwatch.model._change import Change
from alignwatch.model._claim import Claim, Evidence
from alignwatch.model._codec import CLAIM_ORDER
from alignwatch.model._document import Edit
from alignwatch.model._kind import Kind
from alignwatch.model._page import Article
from alignwatch.model._relationship import Relationship
from alignwatch.model._span import Span
from alignwatch.model._wire import RECORDS, SCHEMA

__all__ = ["json_schema", "write_schemas"]

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_NULL: Schema = {"type": "null"}
_OFFSET: Schema = {"type": "integer", "minimum": 0}
_PLAIN: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Span: {
        "description": "Half-open range of code points: start, end.",
        "type": "array",
        "items": _OFFSET,
        "minItems": 2,
        "maxItems": 2,
    },
}
# What the classes check beyond their fields' types.
_NARROWED: dict[tuple[type, str], Schema] = {
    (Alignment, "actors"): {"minItems": 2, "maxItems": 2},
    (AlignmentPoint, "claims"): {"minItems": 1},
    (AlignmentPoint, "independent_count"): {"minimum": 1},
    (Article, "id"): {"minLength": 1},
    (Claim, "confidence"): {"minimum": 0, "maximum": 1},
    (Edit, "start"): {"minimum": 0},
    (Evidence, "start"): {"minimum": 0},
    (Evidence, "end"): {"minimum": 1},
    (Evidence, "raw_start"): {"minimum": 0},
    (Evidence, "raw_end"): {"minimum": 1},
    (Evidence, "quote"): {"minLength": 1},
    (Change, "changes"): {"minItems": 1},
    (Relationship, "claims"): {"minItems": 1},
    (Relationship, "article_count"): {"minimum": 1},
    (Relationship, "independent_count"): {"minimum": 1},
}
_PREFERS = {"properties": {"kind": {"const": str(Kind.PREFERENCE)}}}
_OVER_GOES_WITH_PREFERENCE: Schema = {
    "if": _PREFERS,
    "then": {"properties": {"over": {"type": "string"}}, "required": ["over"]},
    "else": {"properties": {"over": _NULL}},
}


def _describe_type(declared: Any, named: dict[str, Schema]) -> Schema:
    """Give the schema of a field's type; schemas of classes go into *named*."""
    if declared in _PLAIN:
        return dict(_PLAIN[declared])
    if get_origin(declared) is tuple:
        return {"type": "array", "items": _describe_type(get_args(declared)[0], named)}
    if type(None) in get_args(declared):
        (inner,) = (one for one in get_args(declared) if one is not type(None))
        schema = _describe_type(inner, named)
        if "type" in schema:
            return {**schema, "type": [schema["type"], "null"]}
        return {"anyOf": [schema, _NULL]}
    name = declared.__name__.lower()
    if issubclass(declared, StrEnum):
        named[name] = {"description": _document(declared), "enum": [str(one) for one in declared]}
    else:
        named[name] = _describe_class(declared, named)
    return {"$ref": f"#/$defs/{name}"}


def _document(cls: type) -> str:
    """Give the class's docstring, paragraphs as lines."""
    paragraphs = inspect.cleandoc(cls.__doc__ or "").replace("``", "`").split("\n\n")
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _describe_class(cls: Any, named: dict[str, Schema]) -> Schema:
    types = get_type_hints(cls)
    fields = {
        field.name: _describe_type(types[field.name], named) | _NARROWED.get((cls, field.name), {})
        for field in attrs.fields(cls)
    }
    required = [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]
    schema: Schema = {"description": _document(cls), "type": "object"}
    if cls in (Change, Claim):
        told = " ".join((inspect.getdoc(cls.id) or "").split())
        fields = {
            "id": {"type": "string", "pattern": "^[0-9a-f]{20}$", "description": told}
        } | fields
    if cls is not Claim:
        return {**schema, "properties": fields, "required": required}
    events = sorted({event for kind in Kind for event in kind.plover_types})
    fields["plover"] = {"enum": [*events, None], "description": inspect.getdoc(Claim.plover)}
    ordered = {name: fields[name] for name in CLAIM_ORDER}
    return {**schema, "properties": ordered, "required": required, **_OVER_GOES_WITH_PREFERENCE}


def json_schema(cls: type) -> Schema:
    """Give the JSON Schema (draft 2020-12) of the records that `from_record` reads as *cls*.

    Keys with a default may be missing and unknown keys are allowed, as in reading; `to_record`
    writes every key. Laws between fields (a quote as long as its span) are beyond a schema.

    Raises:
        KeyError: Values of this type have no record of their own.
    """
    name = RECORDS[cls]
    named: dict[str, Schema] = {}
    schema = _describe_class(cls, named)
    schema["properties"] = {"schema": {"const": SCHEMA}, **schema["properties"]}
    return {
        "$schema": _DRAFT,
        "$id": f"urn:alignwatch:schema:{SCHEMA}:{name}",
        "title": name,
        **schema,
        "$defs": dict(sorted(named.items())),
    }


def write_schemas(folder: Path) -> None:
    """Write each record's schema as ``NAME.json`` into *folder*."""
    folder.mkdir(exist_ok=True)
    for cls, name in RECORDS.items():
        text = json.dumps(json_schema(cls), indent=2, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":  # pragma: no cover - the tests write elsewhere
    write_schemas(Path(__file__).with_name("schemas"))
