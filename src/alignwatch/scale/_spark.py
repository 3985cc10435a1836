"""Partitions on Spark, and the pure function on a Spark DataFrame."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs

from alignwatch.errors import MissingExtraError
from alignwatch.scale._choice import Choice
from alignwatch.scale._guard import Limits, guard_batches
from alignwatch.scale._partitions import Partition
from alignwatch.scale._schema import load_arrow, require_columns, result_schema
from alignwatch.scale._work import Job, PartitionDone, read_partition

__all__ = ["read_spark", "run_spark"]

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
    builder = _load_spark().builder
    own = None
    if session is None:
        # or its workers would be whatever "python3" is on the path
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        count = workers or os.cpu_count() or 1
        own = session = (
            builder.master(f"local[{count},{_FAILURES}]")
            .appName("alignwatch")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "1")
            .getOrCreate()
        )
    try:
        told = [(json.dumps(attrs.asdict(partition)),) for partition in partitions]
        slices = session.sparkContext.parallelize(told, len(told))
        frame = session.createDataFrame(slices, "partition string")
        read = partial(_read_told, job=job)
        for row in frame.mapInArrow(read, "done string").collect():
            yield PartitionDone(**json.loads(row.done))
    finally:
        if own is not None:
            own.stop()


def _read_told(batches: Iterable[Any], *, job: Job) -> Iterator[Any]:
    pa = load_arrow()
    for batch in batches:
        for told in batch.column(0).to_pylist():
            done = read_partition(Partition(**json.loads(told)), job)
            yield pa.RecordBatch.from_pydict({"done": [json.dumps(attrs.asdict(done))]})
