"""Partitions on Spark, and the pure function on a Spark DataFrame."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import attrs

from alignwatch.errors import MissingExtraError
from alignwatch.scale._choice import Choice
from alignwatch.scale._columns import require_columns
from alignwatch.scale._guard import Limits, guard_batches
from alignwatch.scale._partitions import Partition
from alignwatch.scale._schema import load_arrow, result_schema
from alignwatch.scale._work import Job, PartitionDone, read_partition

__all__ = ["map_spark", "open_session", "read_spark", "run_spark"]

_FAILURES = 5
"""How often a task may fail, by a worker that was killed; in local mode Spark's default is once."""


def read_spark(frame: Any, *, choice: Choice | None = None, limits: Limits | None = None) -> Any:
    """Read a Spark DataFrame of pages or articles to one of results, by ``mapInArrow``; lazy.

    Each row gives one row of `result_schema`: ``read_spark(spark.read.parquet(...))``, then
    ``.where("failure is null").select("document.*")`` or ``.selectExpr("inline(claims)")``.

    Args:
        frame: With the columns of `page_schema` or `article_schema`.
        choice: The extractor; None for the rules.
        limits: What one row may cost.

    Raises:
        ModelError: The columns are those of neither.
        MissingExtraError: pyspark or pyarrow is not installed.
    """
    require_columns(frame.columns)
    _load_spark()
    from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - an optional extra

    read = partial(guard_batches, choice=choice, limits=limits)
    return frame.mapInArrow(read, from_arrow_schema(result_schema()))


def _load_spark() -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        msg = "Spark is not installed: pip install 'alignwatch[spark]'; it needs Java as well"
        raise MissingExtraError(msg) from error
    return SparkSession


def run_spark(
    partitions: Sequence[Partition], job: Job, *, workers: int | None, session: Any
) -> Iterator[PartitionDone]:
    """Read *partitions* on the executors of *session*: a task for each."""
    with open_session(workers, session) as crew:
        told = [json.dumps(attrs.asdict(partition)) for partition in partitions]
        for done in map_spark(crew, partial(_read_told, job=job), told):
            yield PartitionDone(**json.loads(done))


@contextmanager
def open_session(workers: int | None, session: Any) -> Iterator[Any]:
    """Give *session*, or one of this machine, which ends with the block."""
    builder = _load_spark().builder
    if session is not None:
        yield session
        return
    # or its workers would be whatever "python3" is on the path
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    count = workers or os.cpu_count() or 1
    own = (
        builder.master(f"local[{count},{_FAILURES}]")
        .appName("alignwatch")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
        .getOrCreate()
    )
    try:
        yield own
    finally:
        own.stop()


def map_spark(session: Any, answer: Callable[[str], str], asked: Sequence[str]) -> Iterator[str]:
    """Give what *answer* makes of each of *asked*, a task for each."""
    if not asked:
        return
    slices = session.sparkContext.parallelize([(one,) for one in asked], len(asked))
    frame = session.createDataFrame(slices, "asked string")
    for row in frame.mapInArrow(partial(_answer_all, answer=answer), "answer string").collect():
        yield row.answer


def _answer_all(batches: Iterable[Any], *, answer: Callable[[str], str]) -> Iterator[Any]:
    pa = load_arrow()
    for batch in batches:
        for asked in batch.column(0).to_pylist():
            yield pa.RecordBatch.from_pydict({"answer": [answer(asked)]})


def _read_told(told: str, *, job: Job) -> str:
    return json.dumps(attrs.asdict(read_partition(Partition(**json.loads(told)), job)))
