"""Values to columns and back."""

import zlib
from datetime import UTC, datetime
from typing import TypeVar
from urllib.parse import urlsplit

from alignwatch.errors import ModelError, StoreError, WireError
from alignwatch.model import from_json, to_json

__all__ = ["host_of", "pack", "pack_time", "pack_value", "plain", "require_text", "unpack"]
__all__ += ["unpack_time", "unpack_value"]

T = TypeVar("T")

_COMPRESS_FROM_BYTES = 4_096
"""Below this, compression saves little and hides the record from other readers of the file."""


def pack(text: str) -> str | bytes:
    """Give *text* for a column: as it is, or compressed where it is long or no valid Unicode."""
    try:
        if len(text.encode()) <= _COMPRESS_FROM_BYTES:
            return text
    except UnicodeEncodeError:
        pass
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpack(column: str | bytes) -> str:
    """Undo `pack`.

    Raises:
        StoreError: The column was changed by somebody else.
    """
    if isinstance(column, str):
        return column
    try:
        return zlib.decompress(column).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError) as error:
        msg = f"a compressed record of the store is damaged: {error}"
        raise StoreError(msg) from error


def pack_value(value: object) -> str | bytes:
    """Give the wire record of *value* for a column."""
    return pack(to_json(value))


def unpack_value(cls: type[T], column: str | bytes) -> T:
    """Undo `pack_value`.

    Raises:
        StoreError: As `unpack`, or the record cannot be read any more.
    """
    try:
        return from_json(cls, unpack(column))
    except WireError as error:
        msg = f"a record of the store cannot be read: {error}"
        raise StoreError(msg) from error


def pack_time(at: datetime | None) -> str | None:
    """Give *at* in UTC and at a fixed width, so that texts sort as times do."""
    if at is None:
        return None
    try:
        return at.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError:  # the first or the last day of all, in a zone beyond it
        return at.replace(tzinfo=UTC).isoformat(timespec="microseconds")


def unpack_time(column: str | None) -> datetime | None:
    """Undo `pack_time`: the same moment, in UTC."""
    return None if column is None else datetime.fromisoformat(column)


def plain(text: str) -> str:
    """Give *text* with what is no valid Unicode replaced by U+FFFD."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def require_text(name: str, text: str) -> str:
    """Give *text*, which names something in the store.

    Raises:
        ModelError: It is empty or no valid Unicode.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        msg = f"{name} {text!r} is no valid Unicode: percent-encode its bytes"
        raise ModelError(msg) from error
    if not text:
        msg = f"{name} is empty"
        raise ModelError(msg)
    return text


def host_of(url: str) -> str:
    """Give the host of *url* in lower case without port; "" for what has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # "http://[", which no client can ask either
        return ""
