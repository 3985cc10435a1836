"""How things look in a terminal, and how plainly they are told to anything else."""

import sys
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from alignwatch.model import Claim, Document, Failure, Relationship, Standing
from alignwatch.pipeline import Progress

__all__ = ["Teller", "complain", "print_claim", "print_failures", "print_relationships", "talk"]

_STYLES = {
    Standing.ASSERTED: "green",
    Standing.ALLEGED: "yellow",
    Standing.CONTESTED: "red",
    Standing.PROSPECTIVE: "cyan",
    Standing.NEGATED: "dim",
}
_FIRST_TOLD = 5
_CONTEXT = 300
"""Characters of the document shown on either side of a claim's evidence."""


def talk(message: str) -> None:
    """Say *message* to the person, not to the data."""
    print(message, file=sys.stderr, flush=True)  # noqa: T201 - this is the command line


def complain(message: str) -> None:
    """Say what went wrong."""
    talk(f"alignwatch: {message}")


def _visible(text: str) -> str:
    """Take the teeth out of control characters that a page may bring to a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def _shorten(text: str, length: int) -> str:
    text = " ".join(_visible(text).split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


class Teller:
    """Tells progress on stderr: a bar for each source on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars: Bars | None = None
        self._tasks: dict[str, TaskID] = {}
        self._told: dict[str, int] = {}

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bars = Bars(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                console=self._console,
            )
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, progress: Progress) -> None:
        """Tell one step."""
        if self._bars is not None:
            task = self._tasks.get(progress.source)
            if task is None:
                name = _shorten(progress.source, 50)
                task = self._tasks[progress.source] = self._bars.add_task(name)
            self._bars.update(task, completed=progress.done, total=progress.total)
        elif progress.done >= 2 * self._told.get(progress.source, _FIRST_TOLD):
            self._told[progress.source] = progress.done
            talk(f"{_visible(progress.source)}: {progress.done} pages")


def _console() -> Console:
    """Give a console for stdout that never breaks a line short where no terminal is."""
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def _actors(relationship: Relationship) -> str:
    sign = "=" if relationship.kind.is_symmetric else "→"
    return f"{relationship.source} {sign} {relationship.target}"


def print_relationships(found: Sequence[Relationship], *, limit: int | None = None) -> None:
    """Print the table: pair, kind, status, independent articles, latest evidence."""
    if not found:
        talk("no relationships yet")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("pair", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("articles", justify="right")
    table.add_column("latest", no_wrap=True)
    table.add_column("evidence", ratio=1, no_wrap=True, overflow="ellipsis")
    for relationship in found[:limit]:
        latest = relationship.latest
        is_said = latest.attributed_to and relationship.standing is not Standing.ASSERTED
        said = f" by {', '.join(latest.attributed_to)}" if is_said else ""
        denied = (
            f", denied by {', '.join(relationship.denied_by)}" if relationship.denied_by else ""
        )
        table.add_row(
            _actors(relationship),
            str(relationship.kind),
            Text(f"{relationship.standing}{said}{denied}", style=_STYLES[relationship.standing]),
            str(relationship.independent_count),
            (latest.published or "")[:10],
            Text(_shorten(latest.evidence.quote, 200)),
        )
    _console().print(table)
    if limit is not None and len(found) > limit:
        talk(f"... and {len(found) - limit} more: alignwatch show")


def print_claim(claim: Claim, document: Document | None) -> None:
    """Print one claim with its evidence marked where it stands in its document."""
    console = _console()
    not_ = "not " if claim.negated else ""
    over = f" over {claim.over}" if claim.over else ""
    console.print(
        Text(f"{claim.id}  {claim.source} {not_}{claim.kind} {claim.target}{over}", style="bold")
    )
    facts = [f"status {claim.status}", f"confidence {claim.confidence:.2f}"]
    if claim.attributed_to:
        facts.append(f"said by {', '.join(claim.attributed_to)}")
    if claim.denied_by:
        facts.append(f"denied by {', '.join(claim.denied_by)}")
    if claim.when:
        facts.append(f"when {claim.when.start} to {claim.when.end}")
    facts += [quantity.text for quantity in claim.quantities]
    console.print(Text(_visible("; ".join(facts))))
    where = claim.url or claim.article
    console.print(Text(_visible(f"{where}  {claim.published or 'undated'}"), style="dim"))
    start, end = claim.evidence.start, claim.evidence.end
    text = document.text if document else claim.evidence.quote
    if document is None:
        start, end = 0, len(text)
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    marks = ("", "") if console.is_terminal else ("[[", "]]")
    console.print(
        Text.assemble(
            _visible(text[first:start]),
            (marks[0] + _visible(text[start:end]) + marks[1], "reverse"),
            _visible(text[end:last]),
        ),
        soft_wrap=True,
    )


def print_failures(failures: Iterable[Failure]) -> None:
    """List what could not be read on stderr, with a count by reason."""
    failures = sorted(failures, key=lambda failure: (failure.reason, failure.url))
    if not failures:
        return
    talk(f"{len(failures)} could not be read:")
    for failure in failures:
        where, why = _shorten(failure.url, 120), _shorten(failure.message, 200)
        talk(f"  {failure.reason:18} {where}: {why}")
