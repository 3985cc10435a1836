"""A partition's rows, as batches that fit into memory."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from typing import Any

from alignwatch.errors import MissingExtraError, PageError
from alignwatch.model import Page
from alignwatch.scale._partitions import Form, Partition, open_stream
from alignwatch.scale._schema import article_schema, load_arrow, page_schema, plain
from alignwatch.sources import ARTICLE_TYPE, make_failure_page

__all__ = ["read_rows"]

BATCH_ROWS = 64
BATCH_BYTES = 8_000_000


def read_rows(partition: Partition) -> Iterator[Any]:
    """Give the rows of *partition* as batches of up to 64 rows and about 8 MB; lazy.

    What cannot be read in an archive or in JSON Lines is a row of its own, which fails with the
    reason when it is read.

    Raises:
        OSError: The file cannot be read.
        MissingExtraError: An archive, and the plugin ``alignwatch-warc`` is not installed.
    """
    if partition.form is Form.PARQUET:
        yield from _read_parquet(partition)
    elif partition.form is Form.JSONL:
        yield from _pack(_read_jsonl(partition.path))
    else:
        yield from _pack(_read_warc(partition.path))


def _read_parquet(partition: Partition) -> Iterator[Any]:
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    with open_stream(partition.path) as stream, parquet.ParquetFile(stream) as file:
        known = [*page_schema().names, *article_schema().names]
        columns = [name for name in file.schema_arrow.names if name in known]
        groups = range(partition.first, partition.last)
        for batch in file.iter_batches(BATCH_ROWS, row_groups=groups, columns=columns):
            yield from _split(batch)


def _split(batch: Any) -> Iterator[Any]:
    """Halve a batch until it is small enough to send."""
    if batch.num_rows > 1 and batch.nbytes > BATCH_BYTES:
        half = batch.num_rows // 2
        yield from _split(batch.slice(0, half))
        yield from _split(batch.slice(half))
    else:
        yield batch


def _read_jsonl(path: str) -> Iterator[Page]:
    """Each line as a page of one record, so that a broken one fails alone."""
    with open_stream(path) as stream, BufferedReader(stream) as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                place = f"{path}#{number}"
                yield Page(
                    url=f"file:{place}", content=line, media_type=ARTICLE_TYPE, article_id=place
                )


def _read_warc(path: str) -> Iterator[Page]:
    try:
        from alignwatch_warc import read_archive  # noqa: PLC0415 - a plugin
    except ImportError as error:
        msg = "reading archives needs alignwatch-warc: pip install 'alignwatch[warc]'"
        raise MissingExtraError(msg) from error

    @contextmanager
    def open_at(offset: int) -> Iterator[BufferedReader]:
        with open_stream(path) as stream:
            stream.seek(offset)
            with BufferedReader(stream, 1 << 20) as buffered:
                yield buffered

    try:
        for found in read_archive(open_at, name=path):
            if found.outcome.page is not None:
                yield found.outcome.page
    except PageError as error:
        yield make_failure_page(path, article_id=path, error=error)


def _pack(pages: Iterable[Page]) -> Iterator[Any]:
    pa = load_arrow()
    rows: list[dict[str, Any]] = []
    size = 0
    for page in pages:
        rows.append(
            {
                "url": plain(page.url),
                "content": page.content,
                "media_type": plain(page.media_type),
                "charset": plain(page.charset),
                "fetched_at": page.fetched_at,
                "article": plain(page.article_id),
                "reservations": list(page.reservations),
            }
        )
        size += len(page.content)
        if len(rows) >= BATCH_ROWS or size >= BATCH_BYTES:
            yield pa.RecordBatch.from_pylist(rows, schema=page_schema())
            rows, size = [], 0
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=page_schema())
