"""Which tables can be read: those with the columns of pages or articles, of their types."""

from collections.abc import Sequence
from typing import Any

from alignwatch.errors import ModelError
from alignwatch.scale._schema import article_schema, load_arrow, page_schema

__all__ = ["require_columns", "require_types"]

_TIMES = {"fetched_at": "a time", "published": "text, a date or a time"}


def require_columns(names: Sequence[str]) -> None:
    """Refuse a table that holds neither pages nor articles.

    Raises:
        ModelError: Columns are missing.
    """
    if not ({"url", "content"} <= set(names) or {"id", "text"} <= set(names)):
        msg = (
            f"neither pages (url, content) nor articles (id, text) are in the columns "
            f"{', '.join(names) or 'none'}; rename them"
        )
        raise ModelError(msg)


def require_types(schema: Any) -> None:
    """Refuse a table of which no row could be read; narrow and wide types of a kind are one.

    Raises:
        ModelError: Columns are missing, or one has another type than it is asked for.
    """
    require_columns(schema.names)
    is_page = {"url", "content"} <= set(schema.names)
    for asked in page_schema() if is_page else article_schema():
        for place in schema.get_all_field_indices(asked.name):
            found = schema.field(place).type
            if not _fits(asked.name, _inner(found)):
                wanted = _TIMES.get(asked.name) or _name(asked.type)
                msg = f"the column {asked.name!r} must be {wanted}, and is {found}; cast it"
                raise ModelError(msg)


def _inner(kind: Any) -> Any:
    pa = load_arrow()
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _fits(name: str, kind: Any) -> bool:
    pa = load_arrow()
    if pa.types.is_null(kind):
        return True
    text = "string" in str(kind)
    match name:
        case "content":
            return "binary" in str(kind)
        case "fetched_at":
            return bool(pa.types.is_timestamp(kind))
        case "published":
            return text or bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind))
        case "reservations":
            return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))
        case _:
            return text and not pa.types.is_nested(kind)


def _name(kind: Any) -> str:
    pa = load_arrow()
    if pa.types.is_binary(kind):
        return "bytes (binary)"
    return "text (string)" if pa.types.is_string(kind) else str(kind)
