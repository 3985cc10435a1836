"""Many partitions on one engine, with an account of every row."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

import attrs

from alignwatch.errors import SourceError
from alignwatch.scale._choice import Choice
from alignwatch.scale._dask import run_dask
from alignwatch.scale._guard import Limits
from alignwatch.scale._local import run_local
from alignwatch.scale._partitions import ROWS, Partition, plan_partitions
from alignwatch.scale._spark import run_spark
from alignwatch.scale._work import (
    Job,
    PartitionDone,
    clear_stale,
    find_done,
    find_strangers,
)

__all__ = ["Engine", "ScaleProgress", "ScaleResult", "require_engine", "run"]


class Engine(StrEnum):
    """What the partitions are read on."""

    LOCAL = "local"
    DASK = "dask"
    SPARK = "spark"


@attrs.frozen(kw_only=True)
class ScaleResult:
    """What a run came to, in numbers: every page is in `documents` or under a reason in `failures`.

    Of all `partitions`, `skipped` were done before; their pages are counted too. `errors` are those
    that could not be read to their end, each with the reason: a further run takes them up.
    """

    partitions: int
    skipped: int
    pages: int
    documents: int
    claims: int
    failures: dict[str, int]
    errors: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class ScaleProgress:
    """How far a run is; `pages` are those of this run, told by the local engine batch by batch."""

    done: int
    total: int
    pages: int


Tell = Callable[[ScaleProgress], object]


def run(  # noqa: PLR0913 - options, each with a default
    source: str | Iterable[str],
    target: str,
    *,
    engine: str = "local",
    workers: int | None = None,
    choice: Choice | None = None,
    limits: Limits | None = None,
    rows: int = ROWS,
    cluster: Any = None,
    on_progress: Tell = lambda _: None,
) -> ScaleResult:
    """Read pages or articles to documents, claims and failures, as Parquet files under *target*.

    *target* gets the folders ``documents``, ``claims`` and ``failures`` with one file for each
    partition, and ``done`` with a note that it is whole. A further run with the same target skips
    what is done, unless the file changed or the cleaner or extractor did. A worker that is killed
    costs time and never a row. Which engine, and how many workers, changes no byte.

    Args:
        source: See `plan_partitions`.
        target: Folder, by path or by an address that every worker can write to.
        engine: ``local``, ``dask`` or ``spark``.
        workers: Processes that read at once; None: one for each core, or what *cluster* has.
        choice: The extractor; None for the rules. Its files must be there for every worker.
        limits: What one row may cost.
        rows: Rows of a Parquet file that a partition holds at least.
        cluster: A ``distributed.Client`` or a ``SparkSession`` to run on; None starts one on this
            machine.
        on_progress: Called whenever more is done.

    Raises:
        SourceError: There is nothing to read at *source*, or no such engine.
        ModelError: A Parquet file holds neither pages nor articles.
        MissingExtraError: pyarrow, or the engine, is not installed.
    """
    require_engine(engine, workers)
    partitions = plan_partitions(source, rows=rows, target=str(target))
    job = Job(target=str(target), choice=choice or Choice(), limits=limits or Limits())
    clear_stale(partitions, job)
    before = find_done(partitions, job)
    waiting = [partition for partition in partitions if partition.name not in before]
    found = list(before.values())
    told = _Teller(total=len(partitions), done=len(found), tell=on_progress)
    if waiting:
        found += _ENGINES[Engine(engine)](waiting, job, _Crowd(workers, cluster), told)
    strangers = [
        f"{name}: another run wrote it meanwhile, which cuts the input otherwise; let that one "
        "come to its end, and start this one again"
        for name in find_strangers(partitions, job)
    ]
    return _sum_up(found, skipped=len(before), strangers=strangers)


def require_engine(engine: str, workers: int | None) -> None:
    """Refuse an engine that there is not, or no workers.

    Raises:
        SourceError: Always then.
    """
    if engine not in set(Engine):
        msg = f"no engine named {engine!r}; there are: {', '.join(Engine)}"
        raise SourceError(msg)
    if workers is not None and workers < 1:
        msg = f"workers must be 1 or more, got {workers}"
        raise SourceError(msg)


@attrs.define
class _Teller:
    """Counts what is done, and tells it."""

    total: int
    done: int
    tell: Tell
    pages: int = 0

    def add(self, *, pages: int = 0, partitions: int = 0) -> None:
        self.pages += pages
        self.done += partitions
        self.tell(ScaleProgress(done=self.done, total=self.total, pages=self.pages))


@attrs.frozen
class _Crowd:
    """Who reads: a number of workers, or a cluster that is there."""

    workers: int | None
    cluster: Any


def _run_local(
    waiting: Sequence[Partition], job: Job, crowd: _Crowd, told: _Teller
) -> Iterator[PartitionDone]:
    return run_local(waiting, job, workers=crowd.workers, told=told)


def _run_dask(
    waiting: Sequence[Partition], job: Job, crowd: _Crowd, told: _Teller
) -> Iterator[PartitionDone]:
    return _telling(run_dask(waiting, job, workers=crowd.workers, client=crowd.cluster), told)


def _run_spark(
    waiting: Sequence[Partition], job: Job, crowd: _Crowd, told: _Teller
) -> Iterator[PartitionDone]:
    return _telling(run_spark(waiting, job, workers=crowd.workers, session=crowd.cluster), told)


_ENGINES = {Engine.LOCAL: _run_local, Engine.DASK: _run_dask, Engine.SPARK: _run_spark}


def _telling(results: Iterable[PartitionDone], told: _Teller) -> Iterator[PartitionDone]:
    for done in results:
        told.add(pages=done.pages, partitions=1)
        yield done


def _sum_up(
    found: Sequence[PartitionDone], *, skipped: int, strangers: Sequence[str]
) -> ScaleResult:
    failures: Counter[str] = Counter()
    for done in found:
        failures.update(done.failures)
    return ScaleResult(
        partitions=len(found),
        skipped=skipped,
        pages=sum(done.pages for done in found),
        documents=sum(done.documents for done in found),
        claims=sum(done.claims for done in found),
        failures=dict(sorted(failures.items())),
        errors=tuple(sorted([*(done.error for done in found if done.error), *strangers])),
    )
