"""Texts as people have them: files, folders, JSON Lines, standard input."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from alignwatch.errors import PageError, ParseError, SourceError, WireError
from alignwatch.model import Article, Document, Failure, Page, from_record
from alignwatch.sources import (
    ARTICLE_TYPE,
    MAX_FILE_BYTES,
    FilesSource,
    make_failure_page,
    parse_page,
)

__all__ = ["read_inputs"]

_STDIN = "-"
_STDIN_NAMES = (_STDIN, "/dev/stdin")


class _NoNetwork:
    """Files are read without asking anybody."""

    def get(self, url: str, *, conditional: bool = True) -> Page:  # noqa: ARG002 - the protocol's
        msg = f"reading files asks no host, and not {url}"
        raise PageError(msg, url=url)


def read_inputs(paths: Iterable[str | Path]) -> Iterator[Article | Document | Failure]:
    """Read articles, and documents that were cleaned before, from files, folders and ``-``.

    In the order of *paths*, folders sorted. What cannot be read comes as a `Failure` in its place.
    Standard input is JSON Lines if it starts with ``{``, else one text named ``-``.

    Raises:
        SourceError: A path does not exist.
    """
    named = list(paths)
    for path in named:
        if str(path) not in _STDIN_NAMES and not Path(path).exists():
            msg = f"no such file or folder: {path}"
            raise SourceError(msg)
    files = tuple(Path(path) for path in named if str(path) not in _STDIN_NAMES)
    if len(files) < len(named):
        yield from map(_read_page, _stdin_pages())
    for page in FilesSource(files).discover(_NoNetwork(), since=None):
        yield _read_page(page)


def _stdin_pages() -> Iterator[Page]:
    stream = sys.stdin.buffer
    line = stream.readline(MAX_FILE_BYTES + 1)
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        content = line + stream.read(max(0, MAX_FILE_BYTES + 1 - len(line)))
        yield _bounded_page(content, "text/plain", _STDIN)
        return
    number = 0
    while line:
        number += 1
        if line.strip():
            yield _bounded_page(line, ARTICLE_TYPE, f"{_STDIN}:{number}")
        line = stream.readline(MAX_FILE_BYTES + 1)


def _bounded_page(content: bytes, media_type: str, name: str) -> Page:
    if len(content) > MAX_FILE_BYTES:
        msg = f"{name} is larger than {MAX_FILE_BYTES:,} bytes"
        return make_failure_page(name, article_id=name, error=ParseError(msg))
    return Page(url=f"file:{name}", content=content, media_type=media_type, article_id=name)


def _read_page(page: Page) -> Article | Document | Failure:
    try:
        document = _read_document(page)
        return parse_page(page) if document is None else document
    except PageError as error:
        return Failure(
            url=page.article_id or page.url,
            source="files",
            reason=error.reason,
            message=str(error),
        )


def _read_document(page: Page) -> Document | None:
    """Read the record of a cleaned document; None if *page* is anything else."""
    if page.media_type != ARTICLE_TYPE:
        return None
    try:
        record = json.loads(page.content)
        if not isinstance(record, dict) or "article" not in record or "id" in record:
            return None
        return from_record(Document, record)
    except WireError as error:
        msg = f"{page.article_id or page.url}: {error}"
        raise ParseError(msg, url=page.url) from error
    except (ValueError, RecursionError):
        return None  # parse_page says what is wrong with it
