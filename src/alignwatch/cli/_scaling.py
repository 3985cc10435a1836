"""``scale``: pages to claims on many processes or machines."""

import json as json_
import sys
from pathlib import Path
from typing import Annotated, Literal, Self

import attrs
from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

from alignwatch.cli._screen import talk
from alignwatch.cli._words import count
from alignwatch.errors import SourceError
from alignwatch.scale import Choice, Limits, ScaleProgress, ScaleResult
from alignwatch.scale import aggregate as aggregate_target
from alignwatch.scale import run as run_partitions

__all__ = ["make_scale_app"]

_FAILED = 3
_SHOWN = 20
Count = Annotated[int | None, Parameter(validator=Number(gte=1))]


def run(  # noqa: PLR0913 - each is an option of the command
    *paths: str,
    engine: Literal["local", "dask", "spark"] = "local",
    workers: Count = None,
    extractor: str = "rules",
    model: str | None = None,
    actors: Path | None = None,
    lexicon: Path | None = None,
    row_seconds: Annotated[float, Parameter(validator=Number(gt=0))] = Limits().row_s,
    strict: bool = False,
    json: bool = False,
) -> int:
    """Read pages or articles to documents, claims and failures, as Parquet files.

    alignwatch scale run pages/ claims/ reads all that is in a folder: Parquet with the columns url
    and content (or id and text), JSON Lines of articles, WARC files and lists of them. A second
    run goes on where the first one stopped.

    Args:
        paths: What to read, by paths or addresses; the last one is the folder to write to.
        engine: local, dask or spark; the latter two start a small cluster on this machine.
        workers: Processes that read at once.
        extractor: Name of an installed extractor.
        model: Name of the model that the extractor is to use, if it uses one.
        actors: TOML file with further actors.
        lexicon: TOML file with further words.
        row_seconds: Seconds that one page may take.
        strict: Exit with 3 if any page could not be read.
        json: Print the account as one line of JSON.
    """
    if len(paths) < 2:
        msg = "scale run takes what to read and, last, the folder to write to: pages/ claims/"
        raise SourceError(msg)
    choice = Choice(
        name=extractor,
        actors=str(actors) if actors else None,
        lexicon=str(lexicon) if lexicon else None,
        model=model,
    )
    with _Bar() as bar:
        result = run_partitions(
            paths[:-1],
            paths[-1],
            engine=engine,
            workers=workers,
            choice=choice,
            limits=Limits(row_s=row_seconds),
            on_progress=bar,
        )
    if json:
        sys.stdout.write(json_.dumps(attrs.asdict(result)) + "\n")
    else:
        _print(result)
    for error in result.errors[:_SHOWN]:
        talk(f"not read to its end: {error}")
    if len(result.errors) > _SHOWN:
        talk(f"and {len(result.errors) - _SHOWN} more; a further run takes them up")
    return _FAILED if result.errors or (strict and result.failures) else 0


def aggregate(
    target: str,
    *,
    engine: Literal["local", "dask", "spark"] = "local",
    workers: Count = None,
    json: bool = False,
) -> None:
    """Fold what scale run wrote into clusters of copies and relationships, as Parquet files.

    alignwatch scale aggregate claims/ reads the documents and claims in there, and writes its
    folders clusters and relationships.

    Args:
        target: The folder that scale run wrote to, by path or address.
        engine: local, dask or spark; the latter two start a small cluster on this machine.
        workers: Processes that work at once.
        json: Print the account as one line of JSON.
    """
    result = aggregate_target(target, engine=engine, workers=workers)
    if json:
        sys.stdout.write(json_.dumps(attrs.asdict(result)) + "\n")
        return
    again = f", {result.recaptured} of them read again" if result.recaptured else ""
    sys.stdout.write(
        f"{count(result.documents, 'document')}{again}: {count(result.articles, 'article')} in "
        f"{count(result.clusters, 'cluster')}\n"
        f"{count(result.claims, 'claim')}: {count(result.relationships, 'relationship')}\n"
    )


def _print(result: ScaleResult) -> None:
    skipped = f", {result.skipped} of them done before" if result.skipped else ""
    sys.stdout.write(
        f"{count(result.partitions, 'partition')}{skipped}\n"
        f"{count(result.pages, 'page')}: {count(result.documents, 'document')}, "
        f"{count(result.claims, 'claim')}\n"
    )
    for reason, failed in sorted(result.failures.items(), key=lambda one: (-one[1], one[0])):
        sys.stdout.write(f"{failed:9}  {reason}\n")


class _Bar:
    """A bar on a terminal, else nothing."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("partitions"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} pages"),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, pages=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, progress: ScaleProgress) -> None:
        self._bar.update(
            self._task, completed=progress.done, total=progress.total, pages=progress.pages
        )


def make_scale_app() -> App:
    """Give the commands ``scale run`` and ``scale aggregate``."""
    app = App(name="scale", help="Read pages by the million: on this machine, Dask or Spark.")
    app.command(run, help_format="markdown")
    app.command(aggregate, help_format="markdown")
    return app
