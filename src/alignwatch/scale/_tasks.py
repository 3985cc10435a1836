"""Independent pieces of one step, which any worker can do, and the plan that all of them share."""

import json
import posixpath
from collections.abc import Sequence
from functools import cache
from typing import Any

import attrs

from alignwatch.scale._partitions import find_filesystem
from alignwatch.scale._shuffle import read_shuffle, write_shuffle
from alignwatch.scale._work import replacing

__all__ = ["PLACE_BITS", "Plan", "Task", "number_rows", "read_column"]

PLACE_BITS = 32
"""An article's place: its chunk's number, and in so many bits its row in there."""


@attrs.frozen(kw_only=True)
class Plan:
    """What is read, in `chunks` of files of one name each; `buckets` divide what has one key."""

    chunks: tuple[tuple[str, ...], ...]
    buckets: int

    def write(self, scratch: str) -> None:
        """Leave it where every worker finds it."""
        with replacing(scratch, "plan", "plan.json") as sink:
            sink.write(json.dumps(attrs.asdict(self)).encode())


@attrs.frozen(kw_only=True)
class Task:
    """One chunk or bucket, by its `number`, of one `step`; `scratch` holds what is in between."""

    step: str
    number: int
    target: str
    scratch: str

    @property
    def plan(self) -> Plan:
        """The plan."""
        return _read_plan(self.scratch)

    @property
    def names(self) -> tuple[str, ...]:
        """The files of the chunk."""
        return self.plan.chunks[self.number]

    def send(self, step: str, table: Any, buckets: Any, *, to_chunks: bool = False) -> None:
        """Write the rows of *table* for the tasks of a later step."""
        count = len(self.plan.chunks) if to_chunks else self.plan.buckets
        write_shuffle(self.scratch, step, self.number, table=table, buckets=buckets, count=count)

    def receive(self, step: str, *, from_chunks: bool = False) -> Any:
        """Give the rows that the tasks of an earlier step wrote for this one."""
        count = len(self.plan.chunks) if from_chunks else self.plan.buckets
        return read_shuffle(self.scratch, step, count, self.number)

    def receive_joined(self, step: str) -> Any:
        """Give the rows that one for all wrote for this task, between two steps."""
        return read_shuffle(self.scratch, step, 1, self.number)


@cache
def _read_plan(scratch: str) -> Plan:
    filesystem, inner = find_filesystem(scratch)
    with filesystem.open_input_file(posixpath.join(inner, "plan", "plan.json")) as stream:
        told = json.loads(stream.read())
    chunks = tuple(tuple(names) for names in told["chunks"])
    return Plan(chunks=chunks, buckets=told["buckets"])


def read_column(task: Task, folder: str, columns: Sequence[str]) -> Any:
    """Give the batches of the chunk's files, in their order; lazy."""
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    filesystem, inner = find_filesystem(task.target)
    for name in task.names:
        path = posixpath.join(inner, folder, name)
        with filesystem.open_input_file(path) as stream, parquet.ParquetFile(stream) as file:
            yield from file.iter_batches(2_048, columns=list(columns))


def number_rows(task: Task, count: int) -> Any:
    """Give the places of so many articles of the chunk."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    return np.arange(count, dtype=np.int64) + (task.number << PLACE_BITS)
