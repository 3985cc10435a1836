"""Partitions on Dask, and the pure function on a Dask bag of batches."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from alignwatch.errors import MissingExtraError
from alignwatch.scale._partitions import Partition
from alignwatch.scale._work import Job, PartitionDone, read_partition

__all__ = ["RETRIES", "load_distributed", "open_client", "run_dask"]

RETRIES = 5
"""How often a partition is given to another worker, after workers that were killed."""


def load_distributed() -> Any:
    """Give the module ``distributed``.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import distributed  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        msg = "Dask is not installed: pip install 'alignwatch[dask]'"
        raise MissingExtraError(msg) from error
    return distributed


@contextmanager
def open_client(workers: int | None, client: Any) -> Iterator[Any]:
    """Give *client*, or one of a small cluster on this machine, which ends with the block."""
    if client is not None:
        yield client
        return
    distributed = load_distributed()
    # of processes that do not import the user's script, which may have no __main__ guard
    with (
        distributed.SubprocessCluster(
            n_workers=workers or os.cpu_count() or 1,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
        distributed.Client(cluster) as own,
    ):
        yield own


def run_dask(
    partitions: Sequence[Partition], job: Job, *, workers: int | None, client: Any
) -> Iterator[PartitionDone]:
    """Read *partitions* on the workers of *client*, in whatever order they are done.

    Each worker starts a process of its own that reads, which can be killed: workers of several
    threads are no hindrance.
    """
    distributed = load_distributed()
    with open_client(workers, client) as crew:
        futures = crew.map(
            read_partition,
            partitions,
            job=job,
            key=[f"alignwatch-{partition.name}" for partition in partitions],
            retries=RETRIES,
            pure=False,
        )
        for future in distributed.as_completed(futures):
            yield future.result()
