"""What there is to read, cut into partitions that any worker can open."""

import hashlib
import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import attrs

from alignwatch.errors import ModelError, SourceError
from alignwatch.scale._columns import require_types
from alignwatch.scale._schema import load_arrow

__all__ = ["Form", "Partition", "find_filesystem", "open_stream", "plan_partitions"]

ROWS = 5_000
"""Rows of a Parquet file that one partition holds at least, if the file has as many."""

_WRITTEN = ("documents/", "claims/", "failures/", "clusters/", "relationships/", "_aggregate-")
# such as: the "part-0001" of "2026/03/part-0001.snappy.parquet"
_STEM = re.compile(r"[^A-Za-z0-9_-]+")
_ENDS = {
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".paths": "list",
    ".paths.gz": "list",
}


class _NoParquetError(SourceError):
    """A file that is no Parquet, or was cut off."""


class Form(StrEnum):
    """How a file holds pages or articles."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    WARC = "warc"


@attrs.frozen(kw_only=True)
class Partition:
    """A piece of the input: a file, or the row groups *first* up to *last* of a Parquet file.

    `stamp` tells whether the file is the same as before: its size and the time of its change.
    """

    path: str
    form: Form = attrs.field(converter=Form)
    first: int = 0
    last: int = 0
    stamp: str = ""

    @property
    def name(self) -> str:
        """Name its files: from path and row groups alone, wherever it stands in a list."""
        stem = _STEM.sub("-", posixpath.basename(self.path).split(".")[0])[:40].strip("-")
        return f"{stem or 'part'}-{self.digest}-{self.first:05d}-{self.last:05d}"

    @property
    def digest(self) -> str:
        """Tell its file from others of the same name."""
        return hashlib.sha256(self.path.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def find_filesystem(path: str) -> tuple[Any, str]:
    """Give the ``pyarrow.fs.FileSystem`` of *path*, and the path in it.

    A path without a scheme is local. s3, gs, abfs and hdfs are opened by pyarrow itself; any other
    scheme by fsspec, where that is installed.

    Raises:
        SourceError: Nothing opens such a path.
    """
    pa = load_arrow()
    from pyarrow import fs  # noqa: PLC0415 - an optional extra

    if "://" not in path:
        return fs.LocalFileSystem(), path
    try:
        return fs.FileSystem.from_uri(path)  # type: ignore[no-any-return]  # pyarrow is not typed
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        try:
            import fsspec  # noqa: PLC0415 - for whom it is installed
        except ImportError:
            msg = f"{path} cannot be opened: {error}; fsspec might, which is not installed"
            raise SourceError(msg) from error
        try:
            filesystem, inner = fsspec.core.url_to_fs(path)
        except (ValueError, ImportError) as other:
            msg = f"{path} cannot be opened: {other}"
            raise SourceError(msg) from other
        return fs.PyFileSystem(fs.FSSpecHandler(filesystem)), inner


def open_stream(path: str) -> Any:
    """Open the file at *path* for reading, as pyarrow's seekable file.

    Raises:
        OSError: It cannot be read.
        SourceError: Nothing opens such a path.
    """
    filesystem, inner = find_filesystem(path)
    return filesystem.open_input_file(inner)


def plan_partitions(
    source: str | Iterable[str], *, rows: int = ROWS, target: str | None = None
) -> tuple[Partition, ...]:
    """Cut *source* into partitions, in the order of their paths; each is named in every run alike.

    Args:
        source: Files, folders, or both, by path or by address (``s3://...``): Parquet with the
            columns of `page_schema` or `article_schema`, JSON Lines of articles, WARC files, and
            lists of WARC files (``.paths``, ``.paths.gz``; lines are relative to the list's
            folder). Folders are read with all that is in them.
        rows: Rows of a Parquet file that a partition holds at least.
        target: What a run writes there is passed over, where it lies in *source*.

    Raises:
        SourceError: A path is not there, or holds none of these, or nothing opens it.
        ModelError: A Parquet file has other columns.
    """
    found: dict[tuple[str, int], Partition] = {}
    written = tuple(f"{_place(target)}/{folder}" for folder in _WRITTEN) if target else ()
    for name in [source] if isinstance(source, str) else source:
        for partition in _plan(str(name), rows, written):
            found[partition.path, partition.first] = partition
    return tuple(found[key] for key in sorted(found))


def _place(path: str) -> str:
    """Give *path* so that it can be compared: whole, and without an address' scheme."""
    _, inner = find_filesystem(path)
    return posixpath.abspath(inner) if "://" not in path else posixpath.normpath(inner)


def _plan(name: str, rows: int, written: tuple[str, ...]) -> Iterator[Partition]:
    from pyarrow import fs  # noqa: PLC0415 - an optional extra

    filesystem, inner = find_filesystem(name)
    head = name[: len(name) - len(inner)] if name.endswith(inner) else ""
    try:
        info = filesystem.get_file_info(inner)
        if info.type == fs.FileType.Directory:
            inside = filesystem.get_file_info(fs.FileSelector(inner, recursive=True))
        else:
            inside = [info]
    except OSError as error:
        msg = f"cannot look at {name}: {error}"
        raise SourceError(msg) from error
    if info.type == fs.FileType.NotFound:
        msg = f"there is nothing at {name}"
        raise SourceError(msg)
    known = [one for one in inside if one.type == fs.FileType.File and _form(one.path)]
    if written and info.type == fs.FileType.Directory:
        is_address = "://" in name
        known = [
            one
            for one in known
            if not (one.path if is_address else posixpath.abspath(one.path)).startswith(written)
        ]
    if not known:
        msg = (
            f"{name} holds no file that ends in {', '.join(_ENDS)}; "
            "folders of HTML files go through `alignwatch watch FOLDER`"
        )
        raise SourceError(msg)
    for one in known:
        try:
            yield from _cut(head + one.path, one, rows, written)
        except _NoParquetError:
            if len(known) == 1:
                raise
            # one of many: the others are read, and it is told when its turn comes
            yield Partition(path=head + one.path, form=Form.PARQUET, stamp=_stamp(one))


def _form(path: str) -> str | None:
    name = posixpath.basename(path).lower()
    if name.startswith((".", "_")):
        return None  # what engines leave beside their files: _SUCCESS, .part-0.parquet.crc
    return next((form for end, form in _ENDS.items() if name.endswith(end)), None)


def _cut(path: str, info: Any, rows: int, written: tuple[str, ...]) -> Iterator[Partition]:
    form = _form(path)
    if form == "list":
        listed = list(_read_list(path))
        if not listed:
            msg = f"{path} lists no archive"
            raise SourceError(msg)
        for one in listed:
            yield from _plan(one, rows, written)
        return
    stamp = _stamp(info)
    if form != Form.PARQUET:
        yield Partition(path=path, form=Form(str(form)), stamp=stamp)
        return
    for first, last in _cut_parquet(path, rows):
        yield Partition(path=path, form=Form.PARQUET, first=first, last=last, stamp=stamp)


def _stamp(info: Any) -> str:
    return f"{info.size} {info.mtime_ns or ''}".strip()


def _cut_parquet(path: str, rows: int) -> Iterator[tuple[int, int]]:
    pa = load_arrow()
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    try:
        with open_stream(path) as stream, parquet.ParquetFile(stream) as file:
            require_types(file.schema_arrow)
            sizes = [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)]
    except pa.ArrowInvalid as error:
        msg = f"{path} is no Parquet file: {error}"
        raise _NoParquetError(msg) from error
    except ModelError as error:
        msg = f"{path}: {error}"
        raise ModelError(msg) from error
    first, held = 0, 0
    for place, size in enumerate(sizes):
        held += size
        if held >= rows or place == len(sizes) - 1:
            yield first, place + 1
            first, held = place + 1, 0


def _read_list(path: str) -> Iterator[str]:
    import gzip  # noqa: PLC0415 - for lists alone

    with open_stream(path) as stream:
        content = stream.read()
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error) as error:
            msg = f"{path} cannot be unpacked: {error}"
            raise SourceError(msg) from error
    folder = path.rpartition("/")[0]
    for line in content.decode("utf-8", "replace").splitlines():
        told = line.strip()
        if told and not told.startswith("#"):
            is_whole = "://" in told or told.startswith("/") or not folder
            yield told if is_whole else f"{folder}/{told}"
