"""One partition, from its rows to files of documents, claims and failures."""

import json
import posixpath
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from types import TracebackType
from typing import Any, Self

import attrs

from alignwatch import __version__
from alignwatch.errors import ModelError
from alignwatch.export import claim_schema
from alignwatch.scale._choice import Choice
from alignwatch.scale._guard import Limits, Reader
from alignwatch.scale._partitions import Partition, find_filesystem
from alignwatch.scale._rows import read_rows
from alignwatch.scale._schema import document_schema, failure_schema, load_arrow
from alignwatch.text import CLEANER_VERSION

__all__ = [
    "Job",
    "PartitionDone",
    "clear_stale",
    "find_done",
    "find_strangers",
    "read_partition",
    "replacing",
    "split_results",
]

TABLES = ("documents", "claims", "failures")
_GATHERED = 16
"""Batches that are one row group: by number, for what they hold of memory differs between runs."""
_FRESH_S = 3_600.0
"""Seconds in which a file that is being written grows: a batch takes a third of them at most."""


@attrs.frozen(kw_only=True)
class Job:
    """What is done with every partition: where it goes, and how it is read."""

    target: str
    choice: Choice = attrs.field(factory=Choice)
    limits: Limits = attrs.field(factory=Limits)

    @property
    def versions(self) -> dict[str, str]:
        """What a partition's files depend on beside its rows."""
        return {
            "cleaner": CLEANER_VERSION,
            "extractor": self.choice.version,
        }


@attrs.frozen(kw_only=True)
class PartitionDone:
    """What one partition came to, in numbers of rows: `pages` is `documents` plus all `failures`.

    `failures` counts by reason. `error` says why the partition could not be read to its end; then
    nothing of it was written, and the next run takes it up.
    """

    name: str
    pages: int = 0
    documents: int = 0
    claims: int = 0
    failures: Mapping[str, int] = attrs.field(factory=dict)
    error: str | None = None


def find_done(partitions: Iterable[Partition], job: Job) -> dict[str, PartitionDone]:
    """Give what is done already: with the same rows, and by the same cleaner and extractor."""
    from pyarrow import fs  # noqa: PLC0415 - an optional extra

    filesystem, root = find_filesystem(job.target)
    folder = posixpath.join(root, "done")
    infos = filesystem.get_file_info(fs.FileSelector(folder, allow_not_found=True))
    there = {posixpath.basename(info.path): info.path for info in infos}
    found = {}
    for partition in partitions:
        path = there.get(f"{partition.name}.json")
        if path is None:
            continue
        try:
            with filesystem.open_input_file(path) as stream:
                note = json.loads(stream.read())
            if note["stamp"] == partition.stamp and note["versions"] == job.versions:
                found[partition.name] = PartitionDone(**note["done"])
        except (ValueError, KeyError, TypeError):
            continue  # a note that was cut off is none
    return found


def clear_stale(partitions: Iterable[Partition], job: Job) -> None:
    """Take away what an earlier run wrote of the same files, cut otherwise: its rows would double.

    Files that *partitions* do not tell of are left alone: targets may be shared. So are those that
    are being written, or were an hour ago: by another run, or by one that was killed.
    """
    filesystem, _ = find_filesystem(job.target)
    oldest = time.time() - _FRESH_S
    for info in _find_stale(partitions, job):
        is_part = posixpath.basename(info.path).startswith(".")
        if not (is_part and info.mtime is not None and info.mtime.timestamp() > oldest):
            filesystem.delete_file(info.path)


def find_strangers(partitions: Iterable[Partition], job: Job) -> tuple[str, ...]:
    """Name what another run wrote of the same files, cut otherwise, since this one began."""
    found = (posixpath.basename(info.path) for info in _find_stale(partitions, job))
    return tuple(sorted(name for name in found if name.endswith(".parquet") and name[0] != "."))


def _find_stale(partitions: Iterable[Partition], job: Job) -> Iterator[Any]:
    """Give the files that are of *partitions*' inputs, and not of them."""
    from pyarrow import fs  # noqa: PLC0415 - an optional extra

    wanted = {partition.name for partition in partitions}
    digests = {partition.digest for partition in partitions}
    filesystem, root = find_filesystem(job.target)
    # the notes go first: what has none is not counted as done
    for folder in ("done", *TABLES):
        selector = fs.FileSelector(posixpath.join(root, folder), allow_not_found=True)
        for info in filesystem.get_file_info(selector):
            name = posixpath.basename(info.path).removesuffix(".json").removesuffix(".parquet")
            parts = name.rsplit("-", 3)
            if len(parts) == 4 and parts[1] in digests and name not in wanted:
                yield info


def read_partition(
    partition: Partition,
    job: Job,
    *,
    reader: Reader | None = None,
    on_pages: Callable[[int], object] = lambda _: None,
) -> PartitionDone:
    """Read *partition* and write its files, all or none; the same bytes in every run.

    Whoever writes last wins: two workers may be given the same partition, which engines do where
    one is slow.

    Args:
        partition: What to read.
        job: Where to, and how.
        reader: A process that reads, to go on with; None starts one.
        on_pages: Called with the number of rows of each batch, when it is done.
    """
    own = Reader(choice=job.choice, limits=job.limits) if reader is None else None
    pa = load_arrow()
    try:
        return _write(partition, job, own or reader, on_pages)
    except (OSError, pa.ArrowException) as error:
        return PartitionDone(name=partition.name, error=f"{partition.path}: {error}")
    finally:
        if own is not None:
            own.close()


def _write(
    partition: Partition, job: Job, reader: Any, on_pages: Callable[[int], object]
) -> PartitionDone:
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    schemas = (document_schema(), claim_schema(), failure_schema())
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    with ExitStack() as stack:
        writers = []
        for table, schema in zip(TABLES, schemas, strict=True):
            sink = stack.enter_context(replacing(job.target, table, f"{partition.name}.parquet"))
            writer = parquet.ParquetWriter(sink, schema, compression="zstd")
            writers.append(stack.enter_context(_Gathered(stack.enter_context(writer))))
        for batch in read_rows(partition):
            result = reader.read(batch)
            if result.num_rows != batch.num_rows:
                msg = f"{batch.num_rows} rows gave {result.num_rows} results; please report it"
                raise ModelError(msg)
            pieces = split_results(result)
            for writer, table, piece in zip(writers, TABLES, pieces, strict=True):
                counts[table] += piece.num_rows
                writer.add(piece)
            reasons.update(pieces[2].column("reason").to_pylist())
            counts["pages"] += batch.num_rows
            on_pages(batch.num_rows)
    done = PartitionDone(
        name=partition.name,
        pages=counts["pages"],
        documents=counts["documents"],
        claims=counts["claims"],
        failures=dict(sorted(reasons.items())),
    )
    note = {
        "partition": attrs.asdict(partition),
        "stamp": partition.stamp,
        "versions": job.versions,
        "alignwatch": __version__,
        "done": attrs.asdict(done),
    }
    # the last file of all: what has no note is read again
    with replacing(job.target, "done", f"{partition.name}.json") as sink:
        sink.write((json.dumps(note, indent=1) + "\n").encode())
    return done


class _Gathered:
    """Puts batches together before they are written; 64 rows are too few for a row group.

    What a file tells of each of its row groups stays in memory until its end.
    """

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self._held: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._flush()

    def add(self, piece: Any) -> None:
        self._held.append(piece)
        if len(self._held) >= _GATHERED:
            self._flush()

    def _flush(self) -> None:
        pa = load_arrow()
        if sum(piece.num_rows for piece in self._held):
            self._writer.write_table(pa.concat_tables(self._held))
        self._held.clear()


@contextmanager
def replacing(target: str, table: str, name: str) -> Iterator[Any]:
    """Open a file that takes its name when it is whole; a hidden one is left by a kill alone."""
    filesystem, root = find_filesystem(target)
    folder = posixpath.join(root, table)
    filesystem.create_dir(folder, recursive=True)
    part = posixpath.join(folder, f".{name}.{uuid.uuid4().hex[:12]}.part")
    try:
        with filesystem.open_output_stream(part) as sink:
            yield sink
    except BaseException:
        with suppress(OSError):  # or it would hide what went wrong
            filesystem.delete_file(part)
        raise
    filesystem.move(part, posixpath.join(folder, name))


def split_results(result: Any) -> tuple[Any, Any, Any]:
    """Give a batch of `result_schema` as tables of documents, claims and failures.

    Each row is in exactly one of documents and failures; claims are in the order of their rows.
    """
    pa = load_arrow()
    from pyarrow import compute  # noqa: PLC0415 - an optional extra

    failed = result.column("failure").is_valid()
    documents = _flatten(result, "document", compute.invert(failed), document_schema())
    failures = _flatten(result, "failure", failed, failure_schema())
    claims = result.column("claims").flatten()
    flat = pa.Table.from_arrays(claims.flatten(), names=[field.name for field in claims.type])
    columns = [
        _cast(column, field.type)
        for column, field in zip(flat.columns, claim_schema(), strict=True)
    ]
    return documents, pa.Table.from_arrays(columns, schema=claim_schema()), failures


def _cast(column: Any, kind: Any) -> Any:
    """Give *column* as *kind*; older pyarrow does not cast what lies in lists to "never null"."""
    pa = load_arrow()
    try:
        return column.cast(kind)
    except (pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.array(column.to_pylist(), type=kind)


def _flatten(result: Any, name: str, wanted: Any, schema: Any) -> Any:
    pa = load_arrow()
    rows = result.filter(wanted)
    column = rows.column(name)
    arrays = [rows.column("page"), *column.flatten()]
    names = ["page", *(field.name for field in column.type)]
    return pa.Table.from_arrays(arrays, names=names).select(schema.names).cast(schema)
