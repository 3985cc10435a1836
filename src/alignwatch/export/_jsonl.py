"""Values to JSON Lines."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from alignwatch.export._surrogates import escape_surrogates
from alignwatch.model import to_json

__all__ = ["format_jsonl", "write_jsonl"]


def format_jsonl(values: Iterable[object]) -> Iterator[str]:
    r"""Give one line per value, each with its ``\n``; same values, same bytes.

    Lazy: a value is taken when its line is asked for. A lone surrogate is written as its JSON
    escape, so that every line can be encoded in UTF-8.

    Args:
        values: Articles, documents, tables, claims, relationships, failures or health, in any mix.

    Raises:
        WireError: A value of another type.
    """
    for value in values:
        yield escape_surrogates(to_json(value)) + "\n"


def write_jsonl(values: Iterable[object], stream: TextIO) -> int:
    """Write one line per value as it comes, and give the number of lines; see `format_jsonl`.

    Raises:
        WireError: A value that has no record; the lines before it are written.
    """
    count = 0
    for line in format_jsonl(values):
        stream.write(line)
        count += 1
    return count
