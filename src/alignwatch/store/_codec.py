"""Values to columns and back."""

import hashlib
import json
import zlib
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from alignwatch.errors import ModelError, StoreError, WireError
from alignwatch.model import from_record, to_json

__all__ = [
    "hash_of",
    "host_of",
    "pack",
    "pack_time",
    "pack_value",
    "plain",
    "read_value",
    "require_text",
    "unpack",
    "unpack_record",
    "unpack_time",
    "unpack_value",
]

T = TypeVar("T")

_COMPRESS_FROM_BYTES = 4_096
"""Below this, compression saves little and hides the record from other readers of the file."""


def pack(text: str) -> str | bytes:
    """Give *text* for a column: as it is, or compressed where it is long.

    Raises:
        ModelError: It is no valid Unicode, which could be written but not read again.
    """
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        msg = f"half a character stands at {error.start} of {text[:80]!r}: decode it anew"
        raise ModelError(msg) from error
    return text if len(content) <= _COMPRESS_FROM_BYTES else zlib.compress(content)


def unpack(column: str | bytes) -> str:
    """Undo `pack`.

    Raises:
        StoreError: The column was changed by somebody else.
    """
    if isinstance(column, str):
        return column
    try:
        return zlib.decompress(column).decode()
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
    return read_value(cls, unpack_record(column))


def unpack_record(column: str | bytes) -> dict[str, Any]:
    """Give the record of a column as it is.

    Raises:
        StoreError: As `unpack_value`.
    """
    try:
        record: dict[str, Any] = json.loads(unpack(column))
    except ValueError as error:
        msg = f"a record of the store cannot be read: {error}"
        raise StoreError(msg) from error
    return record


def read_value(cls: type[T], record: dict[str, Any]) -> T:
    """Read what `unpack_record` gave.

    Raises:
        StoreError: As `unpack_value`.
    """
    try:
        return from_record(cls, record)
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


def hash_of(content: bytes) -> str:
    """Give the SHA-256 of *content* in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def host_of(url: str) -> str:
    """Give the host of *url* in lower case without port; "" for what has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # "http://[", which no client can ask either
        return ""
