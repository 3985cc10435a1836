"""The built-in source of local files."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, ClassVar
from urllib.parse import quote

import attrs

from alignwatch.errors import PageError, ParseError, TooLargeError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page
from alignwatch.sources._contract import SourceInfo
from alignwatch.sources._failures import make_failure_page
from alignwatch.sources._parse import ARTICLE_TYPE, parse_page
from alignwatch.sources._walk import FoundFile, find_files

__all__ = ["MAX_FILE_BYTES", "FilesSource"]

MAX_FILE_BYTES = 20_000_000
"""The largest file, or line of a JSON Lines file, that is read."""

_MEDIA_TYPES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), "text/html"),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown"), "text/plain"),
    ".eml": "message/rfc822",
    ".json": ARTICLE_TYPE,
}
_LINES = (".jsonl", ".ndjson")


def _read_paths(paths: str | Path | Iterable[str | Path]) -> tuple[Path, ...]:
    named = (paths,) if isinstance(paths, str | Path) else paths
    return tuple(Path(path) for path in named)


@attrs.frozen
class FilesSource:
    """Local files, folders and patterns: HTML, plain text, JSON Lines, e-mail messages.

    Every file comes as a `Page`. What cannot be read (a binary, a pipe, a file over
    `MAX_FILE_BYTES`, a folder without permission) comes as one too, and raises when it is parsed,
    so that it is counted and the others go on. A JSON Lines file gives one page per record, named
    by the record's ``id``; its `url` ends in ``#id``, or in ``#line=3`` where there is no id.

    Args:
        paths: What to read, in order; see `alignwatch.sources` for how articles are named.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="files", contract=1)

    paths: tuple[Path, ...] = attrs.field(converter=_read_paths)

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[Page]:  # noqa: ARG002 - the contract's
        """Read all files; *fetcher* and *since* play no part."""
        records: dict[str, int] = {}
        for found in find_files(self.paths):
            if found.error is not None:
                yield _fail(found, found.error)
            elif found.path.suffix.lower() in _LINES:
                yield from _read_lines(found, records)
            else:
                yield _read_file(found)

    def parse(self, page: Page) -> Article:
        """Read the article in a page of `discover`."""
        return parse_page(page)


def _open(found: FoundFile) -> BinaryIO:
    """Open without waiting, in case that a pipe has taken the file's place."""
    return os.fdopen(os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")


def _read_file(found: FoundFile) -> Page:
    try:
        with _open(found) as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return _fail(found, ParseError(f"{found.article_id}: {error.strerror or error}"))
    if len(content) > MAX_FILE_BYTES:
        msg = f"{found.article_id} is larger than {MAX_FILE_BYTES:,} bytes"
        return _fail(found, TooLargeError(msg))
    return Page(
        url=found.url,
        content=content,
        media_type=_MEDIA_TYPES.get(found.path.suffix.lower()),
        article_id=found.article_id,
    )


def _read_lines(found: FoundFile, records: dict[str, int]) -> Iterator[Page]:
    try:
        with _open(found) as stream:
            number = 0
            while line := stream.readline(MAX_FILE_BYTES + 1):
                number += 1
                page = _read_record(found, number, line, records)
                while len(line) > MAX_FILE_BYTES and not line.endswith(b"\n"):
                    line = stream.readline(MAX_FILE_BYTES + 1)
                if page is not None:
                    yield page
    except OSError as error:
        yield _fail(found, ParseError(f"{found.article_id}: {error.strerror or error}"))


def _read_record(
    found: FoundFile, number: int, line: bytes, records: dict[str, int]
) -> Page | None:
    """Give the page of one line, None for an empty line or a record that was there already."""
    place = f"{found.article_id}:{number}"
    content = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not content:
        return None
    bad_url = f"{found.url}#line={number}"
    if len(line) > MAX_FILE_BYTES:
        msg = f"{place}: the line is larger than {MAX_FILE_BYTES:,} bytes"
        return make_failure_page(bad_url, article_id=place, error=TooLargeError(msg))
    name = _read_id(content)
    if name is None:
        return Page(url=bad_url, content=content, media_type=ARTICLE_TYPE, article_id=place)
    if name in records:
        if records[name] == hash(content):
            return None
        msg = f"{place}: another record has the id {name!r} already"
        return make_failure_page(bad_url, article_id=place, error=ParseError(msg))
    records[name] = hash(content)
    url = f"{found.url}#{quote(name, safe='')}"
    return Page(url=url, content=content, media_type=ARTICLE_TYPE, article_id=name)


def _read_id(content: bytes) -> str | None:
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        return None
    name = record.get("id") if isinstance(record, dict) else None
    return name if isinstance(name, str) and name and name.isprintable() else None


def _fail(found: FoundFile, error: PageError) -> Page:
    return make_failure_page(found.url, article_id=found.article_id, error=error)
