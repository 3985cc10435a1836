"""Clusters and relationships of all that a run wrote, as shuffles between small tasks."""

import heapq
import json
import posixpath
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import attrs

from alignwatch.aggregate import rank_relationship
from alignwatch.errors import SourceError
from alignwatch.export import relationship_schema
from alignwatch.scale._crews import Crew, open_crew
from alignwatch.scale._fold_steps import name_part
from alignwatch.scale._join import join_voices
from alignwatch.scale._partitions import find_filesystem
from alignwatch.scale._run import require_engine
from alignwatch.scale._schema import load_arrow
from alignwatch.scale._tasks import Plan, Task
from alignwatch.scale._work import replacing

__all__ = ["AggregateResult", "aggregate"]

ROWS = 50_000
"""Articles that one task sees, at least: some hundred MB of memory."""

_MERGED = 256
_TO_COPIES = ("ids", "captures", "keys", "meetings", "texts", "copies")
_OF_CHUNKS = {"ids", "keys", "texts", "spread"}


@attrs.frozen(kw_only=True)
class AggregateResult:
    """What was folded, in numbers.

    `articles` are told by `documents`, of which those beyond are `recaptured`: articles that stood
    in more than one. `claims` are distinct ones.
    """

    documents: int
    articles: int
    recaptured: int
    clusters: int
    claims: int
    relationships: int


def aggregate(
    target: str,
    *,
    engine: str = "local",
    workers: int | None = None,
    rows: int = ROWS,
    cluster: Any = None,
) -> AggregateResult:
    """Fold what `run` wrote under *target* into clusters and relationships, as Parquet files.

    *target* gets the folder ``clusters`` (`cluster_schema`), in which each article is once, and
    ``relationships`` (`alignwatch.export.relationship_schema`, in one file): those that
    `alignwatch.aggregate.cluster_articles` and `aggregate_claims` give for the same documents and
    claims. Of an article in several documents, the text of the first counts, by the names of files
    and then their rows, and all claims do. Which engine, and how many workers, changes no byte.

    Args:
        target: Folder, by path or by an address that every worker can write to.
        engine: ``local``, ``dask`` or ``spark``.
        workers: Processes that work at once; None: one for each core, or what *cluster* has; 1, on
            the local engine: this process.
        rows: Articles that one task sees, at least, where there are as many.
        cluster: A ``distributed.Client`` or a ``SparkSession`` to run on; None starts one on this
            machine.

    Raises:
        SourceError: No run has written to *target*, or one was stopped while it wrote; or no such
            engine.
        OSError: A file cannot be read or written; what an earlier call wrote stays.
        MissingExtraError: pyarrow, or the engine, is not installed.
    """
    require_engine(engine, workers)
    plan, documents = _make_plan(str(target), rows)
    scratch = posixpath.join(str(target), f"_aggregate-{uuid.uuid4().hex[:12]}")
    filesystem, inner = find_filesystem(scratch)
    try:
        plan.write(scratch)
        with open_crew(engine, workers, cluster) as crew:
            counts = _take_steps(crew, plan, target=str(target), scratch=scratch)
        _merge(scratch, plan)
        for folder in ("clusters", "relationships"):
            _publish(scratch, str(target), folder)
    finally:
        with suppress(OSError):  # or it would hide what went wrong
            filesystem.delete_dir(inner)
    return AggregateResult(documents=documents, **counts)


def _take_steps(crew: Crew, plan: Plan, *, target: str, scratch: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for step in (*_TO_COPIES, "", "spread", "fold"):
        if not step:
            join_voices(scratch, plan)
            continue
        numbers = range(len(plan.chunks) if step in _OF_CHUNKS else plan.buckets)
        tasks = [
            Task(step=step, number=number, target=target, scratch=scratch) for number in numbers
        ]
        for answer in crew([json.dumps(attrs.asdict(task)) for task in tasks]):
            counts.update(json.loads(answer))
    return counts


def _make_plan(target: str, rows: int) -> tuple[Plan, int]:
    """Put files together until each chunk has as many articles as a task is to see."""
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    filesystem, inner = find_filesystem(target)
    names = _list_names(target, "documents", ".parquet")
    whole = {name.removesuffix(".json") for name in _list_names(target, "done", ".json")}
    torn = [name for name in names if name.removesuffix(".parquet") not in whole]
    if not names or torn:
        what = f"{torn[0]} is not whole" if torn else "there are no documents"
        msg = f"{what} in {target}: let `alignwatch scale run` come to its end there first"
        raise SourceError(msg)
    chunks: list[list[str]] = [[]]
    held = total = 0
    for name in names:
        if held >= rows:
            chunks.append([])
            held = 0
        path = posixpath.join(inner, "documents", name)
        with filesystem.open_input_file(path) as stream, parquet.ParquetFile(stream) as file:
            count = file.metadata.num_rows
        chunks[-1].append(name)
        held, total = held + count, total + count
    buckets = max(1, -(-total // rows))
    return Plan(chunks=tuple(map(tuple, chunks)), buckets=buckets), total


def _list_names(root: str, folder: str, end: str) -> list[str]:
    from pyarrow import fs  # noqa: PLC0415 - an optional extra

    filesystem, inner = find_filesystem(root)
    selector = fs.FileSelector(posixpath.join(inner, folder), allow_not_found=True)
    names = (posixpath.basename(info.path) for info in filesystem.get_file_info(selector))
    return sorted(name for name in names if name.endswith(end) and not name.startswith((".", "_")))


def _merge(scratch: str, plan: Plan) -> None:
    """Write the relationships of all buckets in one order."""
    pa = load_arrow()
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    schema = relationship_schema()
    parts = [_read_ties(scratch, bucket) for bucket in range(plan.buckets)]
    ties = heapq.merge(*parts, key=_rank)
    with (
        replacing(scratch, "relationships", name_part(0)) as sink,
        parquet.ParquetWriter(sink, schema, compression="zstd") as writer,
    ):
        while some := list(islice(ties, _MERGED)):
            writer.write_table(pa.Table.from_pylist(some, schema=schema))


def _rank(tie: dict[str, Any]) -> tuple[Any, ...]:
    names = ("source", "target", "kind", "standing", "independent_count", "article_count")
    return rank_relationship(**{name: tie[name] for name in names})


def _read_ties(scratch: str, bucket: int) -> Iterator[dict[str, Any]]:
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    filesystem, inner = find_filesystem(posixpath.join(scratch, "ties", name_part(bucket)))
    with filesystem.open_input_file(inner) as stream, parquet.ParquetFile(stream) as file:
        for batch in file.iter_batches(_MERGED):
            yield from batch.to_pylist()


def _publish(scratch: str, target: str, folder: str) -> None:
    """Put the files of *folder* in the place of those of an earlier time."""
    filesystem, inner = find_filesystem(target)
    _, start = find_filesystem(scratch)
    names = _list_names(scratch, folder, ".parquet")
    filesystem.create_dir(posixpath.join(inner, folder), recursive=True)
    for name in names:
        filesystem.move(posixpath.join(start, folder, name), posixpath.join(inner, folder, name))
    for name in set(_list_names(target, folder, ".parquet")).difference(names):
        filesystem.delete_file(posixpath.join(inner, folder, name))
