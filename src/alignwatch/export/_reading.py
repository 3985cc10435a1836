"""JSON Lines to values, line by line."""

import json
import re
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO, TextIO, TypeVar

from alignwatch.errors import WireError
from alignwatch.export._surrogates import has_surrogates, replace_surrogates
from alignwatch.model import Article, Claim, Document, from_record

__all__ = ["LINE_LIMIT_BYTES", "read_articles", "read_claims", "read_documents", "read_texts"]

LINE_LIMIT_BYTES = 64 * 2**20
"""The longest line that is read: no article is that long, and a file without line ends is none."""

Lines = str | Path | TextIO | BinaryIO | Iterable[str]
OnError = Callable[[WireError], None]
T = TypeVar("T")

# a surrogate's escape in JSON: "\ud83d"
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def read_claims(source: Lines, *, on_error: OnError | None = None) -> Iterator[Claim]:
    """Read claims as `write_jsonl` writes them, one line at a time.

    Args:
        source: A path, an open text or binary stream (which stays open), or lines of text. UTF-8,
            with or without a byte order mark; blank lines are passed over; lone surrogates become
            U+FFFD.
        on_error: Told of each line that cannot be read, which is then left out; without it the
            first such line ends the reading.

    Raises:
        WireError: A line cannot be read; the message names its number, counted from 1.
        OSError: The path cannot be opened or read.
    """
    return _read(source, _read_claim, on_error)


def read_articles(source: Lines, *, on_error: OnError | None = None) -> Iterator[Article]:
    """Read articles: `id` and `text` are required, further fields may be missing.

    Arguments and errors are those of `read_claims`.
    """
    return _read(source, lambda record: from_record(Article, record), on_error)


def read_documents(source: Lines, *, on_error: OnError | None = None) -> Iterator[Document]:
    """Read documents as cleaning prints them.

    Arguments and errors are those of `read_claims`.
    """
    return _read(source, lambda record: from_record(Document, record), on_error)


def read_texts(source: Lines, *, on_error: OnError | None = None) -> Iterator[Article | Document]:
    """Read articles and documents in any mix: a document's record says `article`, not `id`.

    Arguments and errors are those of `read_claims`.
    """
    return _read(source, _read_text, on_error)


def _read_claim(record: dict[str, Any]) -> Claim:
    return from_record(Claim, record)


def _read_text(record: dict[str, Any]) -> Article | Document:
    if "article" in record and "id" not in record:
        return from_record(Document, record)
    return from_record(Article, record)


def _read(
    source: Lines, read: Callable[[dict[str, Any]], T], on_error: OnError | None
) -> Iterator[T]:
    with closing(_number_lines(source)) as lines:
        for number, line in lines:
            try:
                record = _parse_line(line)
                value = None if record is None else read(record)
            except WireError as error:
                numbered = WireError(f"line {number}: {error}")
                numbered.__cause__ = error
                if on_error is None:
                    raise numbered from error
                on_error(numbered)
            else:
                if value is not None:
                    yield value


def _parse_line(line: str | bytes) -> dict[str, Any] | None:
    """Give the record of a line, None for a blank one."""
    text = _decode_line(line).strip()
    if not text:
        return None
    try:
        record = json.loads(text)
        if _SURROGATE_ESCAPE.search(text) or has_surrogates(text):
            record = _mend_record(record)
    except (ValueError, RecursionError) as error:
        msg = f"not a line of JSON: {error}"
        raise WireError(msg) from error
    if not isinstance(record, dict):
        msg = f"a record is a JSON object, got {type(record).__name__}"
        raise WireError(msg)
    return record


def _decode_line(line: str | bytes) -> str:
    if len(line) > LINE_LIMIT_BYTES:
        msg = f"longer than {LINE_LIMIT_BYTES // 2**20} MiB; is this JSON Lines?"
        raise WireError(msg)
    if isinstance(line, str):
        return line
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"not UTF-8 at byte {error.start} of the line; write the file as UTF-8"
        raise WireError(msg) from error


def _mend_record(record: Any) -> Any:
    """Replace lone surrogates throughout; the id of what was changed would no longer fit."""
    mended = _mend(record)
    if isinstance(mended, dict) and "article" in mended and mended != record:
        mended.pop("id", None)
    return mended


def _mend(value: Any) -> Any:
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, list):
        return [_mend(item) for item in value]
    if isinstance(value, dict):
        return {replace_surrogates(name): _mend(item) for name, item in value.items()}
    return value


def _number_lines(source: Lines) -> Generator[tuple[int, str | bytes], None, None]:
    """Give lines and their numbers from 1, the byte order mark taken off; closes what it opened."""
    if isinstance(source, str | Path):
        with Path(source).open("rb") as file:
            yield from _number_lines(file)
        return
    for number, line in enumerate(_bounded_lines(source), start=1):
        if number > 1:
            yield number, line
        elif isinstance(line, str):
            yield number, line.removeprefix("\ufeff")
        else:
            yield number, line.removeprefix(b"\xef\xbb\xbf")


def _bounded_lines(source: TextIO | BinaryIO | Iterable[str]) -> Iterator[str | bytes]:
    """Give lines, each cut to one character over the limit; what is cut off is skipped."""
    readline = getattr(source, "readline", None)
    if readline is None:
        yield from source
        return
    while line := readline(LINE_LIMIT_BYTES + 1):
        yield line
        end = "\n" if isinstance(line, str) else b"\n"
        while len(line) > LINE_LIMIT_BYTES and not line.endswith(end):
            line = readline(LINE_LIMIT_BYTES + 1)
