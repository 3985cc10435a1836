"""Lists of archives, such as CC-NEWS's ``warc.paths.gz``."""

import re
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from alignwatch.errors import EmptyTextError, ParseError, TooLargeError
from alignwatch.fetch import PageGetter

__all__ = ["MAX_LIST_BYTES", "find_archives", "is_address", "is_list", "select_since"]

MAX_LIST_BYTES = 20_000_000
"""The largest list that is read, after decompression."""

_NAMES = (".paths", ".paths.gz")
_GZIP = b"\x1f\x8b"
_LONGEST_LINE = 2_000
# the "20260302081500" of "CC-NEWS-20260302081500-00042.warc.gz": when its crawl began, in UTC
_BEGAN = re.compile(r"-(\d{14})-\d+\.warc(?:\.gz)?$")
_LONGEST_CRAWL = timedelta(days=1)


def is_address(text: str) -> bool:
    """Whether *text* is an address, and no path."""
    return text.lower().startswith(("http://", "https://"))


def is_list(name: str) -> bool:
    """Whether *name* is that of a list of archives."""
    return (urlsplit(name).path if is_address(name) else name).lower().endswith(_NAMES)


def find_archives(name: str, fetcher: PageGetter, *, base: str | None) -> tuple[str, ...]:
    """Give the archives that the list *name*, an address or a file, tells of, each once.

    Lines are relative to *base*; without it to the root of the list's host, or to the folder of the
    file. A list at an address never leads to files.

    Raises:
        PageError: The list cannot be read, or names nothing, or names files of this machine.
    """
    if is_address(name):
        # Archives that are listed may wait, also where the list itself did not change.
        content = fetcher.get(name, conditional=False).content
        root = base or urljoin(name, "/")
    else:
        content = _read_file(Path(name))
        root = base or str(Path(name).parent)
    lines = _inflate(content, name).decode("utf-8", errors="replace").splitlines()
    named = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not named:
        msg = f"the list {name} names no archive"
        raise EmptyTextError(msg)
    return tuple(dict.fromkeys(_join(root, line, name) for line in named))


def select_since(archives: Iterable[str], since: datetime | None) -> tuple[str, ...]:
    """Leave out archives whose name says that they were crawled before *since*."""
    return tuple(one for one in archives if not _is_older(one, since))


def _is_older(archive: str, since: datetime | None) -> bool:
    began = _BEGAN.search(archive)
    if since is None or began is None:
        return False
    try:
        at = datetime.strptime(began[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return False
    return at + _LONGEST_CRAWL < since


def _join(root: str, line: str, name: str) -> str:
    if len(line) > _LONGEST_LINE or not line.isprintable():
        msg = f"{name} is no list of archives: one address or path in a line"
        raise ParseError(msg)
    if is_address(line):
        return line
    if not is_address(root):
        return str(Path(root) / line)
    try:
        url = urljoin(root, line)
    except ValueError:
        url = ""
    if not is_address(url):
        msg = f"the list {name} names {line[:100]!r}, which is no address"
        raise ParseError(msg)
    return url


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_LIST_BYTES + 1)
    except OSError as error:
        msg = f"{path}: {error.strerror or error}"
        raise ParseError(msg) from error
    if len(content) > MAX_LIST_BYTES:
        msg = f"the list {path} is larger than {MAX_LIST_BYTES:,} bytes"
        raise TooLargeError(msg)
    return content


def _inflate(content: bytes, name: str) -> bytes:
    if not content.startswith(_GZIP):
        return content
    inflater = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        read = inflater.decompress(content, MAX_LIST_BYTES + 1)
    except zlib.error as error:
        msg = f"the list {name} is broken: {error}"
        raise ParseError(msg) from error
    if len(read) > MAX_LIST_BYTES:
        msg = f"the list {name} has more than {MAX_LIST_BYTES:,} bytes, decompressed"
        raise TooLargeError(msg)
    if not inflater.eof:
        msg = f"the list {name} is cut off"
        raise ParseError(msg)
    return read
