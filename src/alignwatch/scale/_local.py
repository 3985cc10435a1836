"""Partitions on this machine: a thread for each process that reads."""

import os
import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from alignwatch.scale._guard import Reader
from alignwatch.scale._partitions import Partition
from alignwatch.scale._work import Job, PartitionDone, read_partition

__all__ = ["run_local"]


def run_local(
    partitions: Sequence[Partition], job: Job, *, workers: int | None, told: Any
) -> Iterator[PartitionDone]:
    """Read *partitions*, each worker one at a time, in processes that live on between them."""
    crew = _Crew(partitions, job, told)
    count = min(len(partitions), workers or os.cpu_count() or 1)
    threads = [threading.Thread(target=crew.work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        while count:
            match crew.found.get():
                case None:
                    count -= 1
                case BaseException() as error:
                    raise error
                case done:
                    crew.tell(partitions=1)
                    yield done
    finally:
        crew.stopped.set()
        for thread in threads:
            thread.join()


class _StoppedError(Exception):
    """Somebody else failed, or Ctrl-C was pressed: the partition is given up."""


class _Crew:
    """What the threads share: partitions that wait, and what was found."""

    def __init__(self, partitions: Sequence[Partition], job: Job, told: Any) -> None:
        self._waiting: queue.SimpleQueue[Partition] = queue.SimpleQueue()
        for partition in partitions:
            self._waiting.put(partition)
        self._job = job
        self._told = told
        self._guard = threading.Lock()
        self.found: queue.SimpleQueue[PartitionDone | BaseException | None] = queue.SimpleQueue()
        self.stopped = threading.Event()

    def work(self) -> None:
        """Read partitions until there are none; whatever is raised goes to who waits."""
        try:
            with Reader(choice=self._job.choice, limits=self._job.limits) as reader:
                while not self.stopped.is_set():
                    partition = self._waiting.get_nowait()
                    self.found.put(
                        read_partition(partition, self._job, reader=reader, on_pages=self._tell)
                    )
            self.found.put(None)
        except (queue.Empty, _StoppedError):
            self.found.put(None)
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self.found.put(error)

    def tell(self, *, pages: int = 0, partitions: int = 0) -> None:
        """Count what is done."""
        with self._guard:
            self._told.add(pages=pages, partitions=partitions)

    def _tell(self, pages: int) -> None:
        if self.stopped.is_set():
            raise _StoppedError
        self.tell(pages=pages)
