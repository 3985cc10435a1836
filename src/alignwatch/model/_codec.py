"""How each type of the model stands in JSON: the one converter."""

import reprlib
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from types import GenericAlias
from typing import Any, NoReturn, get_args, get_origin

import attrs
import cattrs
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from alignwatch.errors import WireError
from alignwatch.model._alignment import Period
from alignwatch.model._change import Change, ChangeKind
from alignwatch.model._claim import Claim, Comparator, Precision, Trend
from alignwatch.model._comparison import Side
from alignwatch.model._document import Document
from alignwatch.model._kind import Kind, Status
from alignwatch.model._page import Article
from alignwatch.model._relationship import Standing
from alignwatch.model._span import Span

__all__ = ["CLAIM_ORDER", "CONVERTER"]

CLAIM_ORDER = (
    *("id", "article", "url", "published", "extractor", "source", "target", "kind", "negated"),
    *("status", "attributed_to", "denied_by", "over", "trend", "plover", "confidence", "when"),
    *("quantities", "evidence", "mentions"),
)
"""The fields of a claim's record; `id` and `plover` follow from the others."""


def _refuse(wanted: str, value: object) -> NoReturn:
    msg = f"expected {wanted}, got {reprlib.repr(value)}"
    raise WireError(msg) from None


def _number(value: float) -> float | int:
    """Whole numbers without a trailing ``.0``, so that every producer writes the same bytes."""
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _read_enum(value: object, cls: type[StrEnum]) -> StrEnum:
    try:
        return cls(str(value))
    except ValueError:
        _refuse(f"one of {', '.join(cls)}", value)


def _read_text(value: object, _: type[str]) -> str:
    if not isinstance(value, str):
        _refuse("a text", value)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        # JSON can spell half of a surrogate pair ("\ud83d"), which no file and no store can hold
        _refuse(f"Unicode, half a character stands at {error.start}", value)
    return value


def _read_integer(value: object, _: type[int]) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse("a whole number", value)
    return value


def _read_flag(value: object, _: type[bool]) -> bool:
    if not isinstance(value, bool):
        _refuse("true or false", value)
    return value


def _read_float(value: object, _: type[float]) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        _refuse("a number", value)
    try:
        return float(value)
    except OverflowError:
        _refuse("a number below 1.8e308", value)


def _read_date(value: object, _: type[date]) -> date:
    try:
        read = date.fromisoformat(str(value))
    except ValueError:
        _refuse("a date like 2025-07-02", value)
    if read.isoformat() != value:  # Python also reads 20250702 and 2025-W27-3
        _refuse("a date like 2025-07-02", value)
    return read


def _read_time(value: object, _: type[datetime]) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        _refuse("a time like 2025-07-02T09:30:00+00:00", value)


def _read_pair(value: object, _: type[Span]) -> Span:
    if not isinstance(value, list | tuple) or len(value) != 2:
        _refuse("[start, end]", value)
    start, end = (_read_integer(number, int) for number in value)
    return Span(start=start, end=end)


def _make_tuple_reader(cls: Any, converter: cattrs.BaseConverter) -> Callable[[Any, Any], Any]:
    items = GenericAlias(list, get_args(cls)[:1])
    read = converter.get_structure_hook(items)

    def read_tuple(value: object, _: type) -> Any:
        if not isinstance(value, list | tuple):  # a text would be read as its characters
            _refuse("a list", value)
        return tuple(read(value, items))

    return read_tuple


def _make_object_reader(cls: Any, converter: cattrs.BaseConverter) -> Callable[[Any, Any], Any]:
    read = make_dict_structure_fn(cls, converter)

    def read_object(value: Any, _: type) -> Any:
        if not isinstance(value, dict):
            _refuse("an object", value)
        made = read(value, cls)
        if isinstance(made, Claim) and value.get("id", made.id) != made.id:
            msg = f"it says id {reprlib.repr(value['id'])}, its fields give {made.id!r}"
            raise WireError(msg)
        return made

    return read_object


def _make_claim_writer(converter: cattrs.BaseConverter) -> Callable[[Claim], dict[str, Any]]:
    write = make_dict_unstructure_fn(Claim, converter)

    def write_claim(claim: Claim) -> dict[str, Any]:
        record = {**write(claim), "id": claim.id, "plover": claim.plover}
        return {name: record[name] for name in CLAIM_ORDER}

    return write_claim


def _make_change_writer(converter: cattrs.BaseConverter) -> Callable[[Change], dict[str, Any]]:
    write = make_dict_unstructure_fn(Change, converter)
    return lambda change: {"id": change.id, **write(change)}


def _is_tuple(cls: Any) -> bool:
    return get_origin(cls) is tuple


def _make_converter() -> cattrs.Converter:
    made = cattrs.Converter(unstruct_collection_overrides={tuple: list})
    made.register_structure_hook_factory(_is_tuple, _make_tuple_reader)
    made.register_structure_hook_factory(attrs.has, _make_object_reader)
    made.register_structure_hook(str, _read_text)
    for names in (ChangeKind, Comparator, Kind, Period, Precision, Side, Standing, Status, Trend):
        made.register_structure_hook(names, _read_enum)
    made.register_structure_hook(int, _read_integer)
    made.register_structure_hook(bool, _read_flag)
    made.register_structure_hook(float, _read_float)
    made.register_structure_hook(date, _read_date)
    made.register_structure_hook(datetime, _read_time)
    made.register_structure_hook(Span, _read_pair)
    made.register_unstructure_hook(float, _number)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(datetime, datetime.isoformat)
    made.register_unstructure_hook(Span, lambda span: [span.start, span.end])
    made.register_unstructure_hook(Claim, _make_claim_writer(made))
    made.register_unstructure_hook(Change, _make_change_writer(made))
    for cls in (Article, Document):  # what schema 1 got later is left out where it is not known
        made.register_unstructure_hook(
            cls,
            make_dict_unstructure_fn(
                cls,
                made,
                published_from=override(omit_if_default=True),
                canonical=override(omit_if_default=True),
            ),
        )
    return made


CONVERTER = _make_converter()
