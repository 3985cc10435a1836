"""Files between steps: each writer leaves one file, with one batch for each reader."""

import posixpath
from collections.abc import Iterable
from typing import Any
from zlib import crc32

from alignwatch.scale._partitions import find_filesystem
from alignwatch.scale._schema import load_arrow
from alignwatch.scale._work import replacing

__all__ = ["bucket_texts", "mix", "name_file", "read_shuffle", "write_shuffle"]

_MIX = 0xBF58476D1CE4E5B9


def bucket_texts(texts: Iterable[str], count: int) -> Any:
    """Give an array of numbers below *count*, the same for a text everywhere."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    known: dict[str, int] = {}
    return np.array(
        [
            known.get(text) if text in known else known.setdefault(text, crc32(text.encode()))
            for text in texts
        ],
        dtype=np.int64,
    ) % np.int64(count)


def mix(numbers: Any, count: int) -> Any:
    """Give numbers below *count* for an array of whole numbers, spread evenly."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    wide = np.asarray(numbers).astype(np.uint64)
    wide = (wide ^ (wide >> np.uint64(31))) * np.uint64(_MIX)
    return ((wide ^ (wide >> np.uint64(29))) % np.uint64(count)).astype(np.int64)


def write_shuffle(  # noqa: PLR0913 - where to, and what
    root: str, step: str, writer: int, *, table: Any, buckets: Any, count: int
) -> None:
    """Write the rows of *table*, each for the reader that *buckets* tells, in their order."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    pa = load_arrow()
    order = np.argsort(buckets, kind="stable")
    ends = np.searchsorted(np.asarray(buckets)[order], np.arange(count), side="right")
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with (
        replacing(root, step, name_file(writer)) as sink,
        pa.ipc.new_file(sink, table.schema, options=options) as batches,
    ):
        start = 0
        for end in ends.tolist():
            some = table.take(order[start:end]).combine_chunks().to_batches()
            batches.write_batch(some[0] if some else _empty(table.schema))
            start = end


def _empty(schema: Any) -> Any:
    pa = load_arrow()
    return pa.RecordBatch.from_arrays([pa.array([], one.type) for one in schema], schema=schema)


def read_shuffle(root: str, step: str, writers: int, bucket: int) -> Any:
    """Give what so many *writers* wrote for *bucket*, as one table, in the writers' order."""
    pa = load_arrow()
    filesystem, inner = find_filesystem(root)
    batches = []
    for writer in range(writers):
        path = posixpath.join(inner, step, name_file(writer))
        with filesystem.open_input_file(path) as stream, pa.ipc.open_file(stream) as file:
            batches.append(file.get_batch(bucket))
    return pa.Table.from_batches(batches)


def name_file(writer: int) -> str:
    """Name the file of a writer."""
    return f"{writer:06d}.arrow"
