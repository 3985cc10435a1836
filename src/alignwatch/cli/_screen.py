"""How things look in a terminal, and how plainly they are told to anything else."""

import os
import sys
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn
from rich.progress import Progress as Bars
from rich.text import Text

from alignwatch.cli._words import count
from alignwatch.fetch import redact_url
from alignwatch.model import Claim, Document, Failure, Relationship, Standing
from alignwatch.pipeline import Progress

__all__ = [
    "Teller",
    "complain",
    "make_console",
    "print_claim",
    "print_failures",
    "print_relationships",
    "print_resting",
    "silence",
    "talk",
    "visible",
]

_STYLES = {
    Standing.ASSERTED: "green",
    Standing.ALLEGED: "yellow",
    Standing.CONTESTED: "red",
    Standing.PROSPECTIVE: "cyan",
    Standing.ENDED: "magenta",
    Standing.NEGATED: "dim",
}
_FIRST_TOLD = 5
_LONGEST_STANDING = 48
_LEAST_EVIDENCE = 40
"""Columns that a quote needs to say something beside the rest of its row."""
_CONTEXT = 300
"""Characters of the document shown on either side of a claim's evidence."""


def talk(message: str) -> None:
    """Say *message* to the person, not to the data; that nobody hears it stops no run."""
    try:
        print(redact_url(message), file=sys.stderr, flush=True)  # noqa: T201 - this is the command line
    except OSError:
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let what *stream* still holds, and all that follows, go nowhere: its reader went away."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def complain(message: str) -> None:
    """Say what went wrong."""
    talk(f"alignwatch: {message}")


def visible(text: str) -> str:
    """Take the teeth out of control characters that a page may bring to a terminal."""
    return "".join(char if char.isprintable() or char == "\n" else " " for char in text)


def _shorten(text: str, length: int) -> str:
    text = " ".join(visible(text).split())
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
                name = _shorten(redact_url(progress.source), 50)
                task = self._tasks[progress.source] = self._bars.add_task(name)
            self._bars.update(task, completed=progress.done, total=progress.total)
        elif progress.done >= 2 * self._told.get(progress.source, _FIRST_TOLD):
            self._told[progress.source] = progress.done
            talk(f"{visible(progress.source)}: {count(progress.done, 'page')}")


def make_console() -> Console:
    """Give a console for stdout that never breaks a line short where no terminal is."""
    return Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def _actors(relationship: Relationship) -> str:
    sign = "=" if relationship.kind.is_symmetric else "→"
    return f"{relationship.source} {sign} {relationship.target}"


def _tell_standing(relationship: Relationship) -> str:
    latest = relationship.latest
    is_said = latest.attributed_to and relationship.standing is not Standing.ASSERTED
    said = f" by {', '.join(latest.attributed_to)}" if is_said else ""
    denied = f", denied by {', '.join(relationship.denied_by)}" if relationship.denied_by else ""
    return f"{relationship.standing}{said}{denied}"


def print_relationships(
    found: Sequence[Relationship], *, limit: int | None = None, more: str = "alignwatch show"
) -> None:
    """Print the table: pair, kind, status, independent articles, latest evidence.

    Where the screen is too narrow for evidence beside the rest, it stands below. *more* says how
    to see what is beyond *limit*.
    """
    if not found:
        talk("no relationships yet")
        return
    console = make_console()
    rows = [
        (
            _actors(one),
            str(one.kind),
            _shorten(_tell_standing(one), _LONGEST_STANDING),
            f"{one.independent_count:>8}",
            (one.latest.published or "")[:10],
        )
        for one in found[:limit]
    ]
    heads = ("pair", "kind", "status", "articles", "latest")
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    room = console.width - sum(widths) - 2 * len(widths)
    is_wide = room >= _LEAST_EVIDENCE
    if not is_wide:
        widths[2] = max(len("prospective"), min(widths[2], widths[2] + room))
    head = "  ".join(name.ljust(width) for name, width in zip(heads, widths, strict=True))
    _print_line(console, Text(f"{head}  evidence" if is_wide else head.rstrip(), style="bold"))
    for row, one in zip(rows, found, strict=False):
        line = Text()
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            shown = Text(cell, style=_STYLES[one.standing] if place == 2 else "")
            shown.truncate(width, overflow="ellipsis", pad=True)
            line.append_text(shown).append("  ")
        quote = Text(_shorten(one.latest.evidence.quote, 300))
        if is_wide:
            _print_line(console, line.append_text(quote))
        else:
            line.rstrip()
            _print_line(console, line)
            _print_line(console, Text("    ").append_text(quote))
    if limit is not None and len(found) > limit:
        talk(f"... and {len(found) - limit} more: {more}")


def _print_line(console: Console, line: Text) -> None:
    line.truncate(console.width, overflow="ellipsis")
    console.print(line, soft_wrap=True)


def print_claim(claim: Claim, document: Document | None) -> None:
    """Print one claim with its evidence marked where it stands in its document."""
    console = make_console()
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
    console.print(Text(visible("; ".join(facts))))
    where = claim.url or claim.article
    console.print(Text(visible(f"{where}  {claim.published or 'undated'}"), style="dim"))
    start, end = claim.evidence.start, claim.evidence.end
    text = document.text if document else claim.evidence.quote
    if document is None:
        start, end = 0, len(text)
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    marks = ("", "") if console.is_terminal else ("[[", "]]")
    console.print(
        Text.assemble(
            visible(text[first:start]),
            (marks[0] + visible(text[start:end]) + marks[1], "reverse"),
            visible(text[end:last]),
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
        is_local = failure.url.startswith("file:") and failure.name is not None
        where = _shorten((failure.name if is_local else None) or failure.url, 120)
        why = _shorten(failure.message, 200)
        talk(f"  {failure.reason:18} {where}: {why}")


def print_resting(resting: Iterable[Failure]) -> None:
    """List the sources that were left alone on stderr, and until when."""
    for failure in resting:
        until = f"{failure.retry_at:%Y-%m-%d %H:%M %Z}" if failure.retry_at else "the next run"
        name = _shorten(failure.source, 120)
        talk(f"{name} rests until {until} after {failure.tries} failures ({failure.reason}); --now")
