"""Why each sentence gave the claims that it gave, for a person to read."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from alignwatch.extract import Explanation, Proposal
from alignwatch.model import Document, Kind, Span

__all__ = ["print_reasons"]

_OTHERS = 2
"""Proposals that are no claims which are shown beside those that are."""


def print_reasons(document: Document, reasons: Sequence[Explanation]) -> int:
    """Print each sentence with what was seen in it; give the number of its claims."""
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    total = 0
    for reason in reasons:
        console.print(Text(_one_line(reason.span.slice(document.text)), "bold"))
        if reason.reason is not None:
            console.print(Text(f"  nothing: {reason.reason}", "yellow"))
        claims = [proposal for proposal in reason.proposals if proposal.is_claim]
        others = [proposal for proposal in reason.proposals if not proposal.is_claim]
        for proposal in (*claims, *others[:_OTHERS]):
            _print(console, proposal, document)
        if len(others) > _OTHERS:
            console.print(Text(f"  and {len(others) - _OTHERS} less likely readings", "dim"))
        console.print()
        total += len(claims)
    return total


def _print(console: Console, proposal: Proposal, document: Document) -> None:
    arrow = "--" if Kind(proposal.kind).is_symmetric else "->"
    told = (
        f"  {proposal.source} {arrow} {proposal.target}  {'not ' * proposal.negated}{proposal.kind}"
    )
    told += f", {proposal.status}" * (proposal.status != "asserted")
    for word, names in (("says", proposal.attributed_to), ("denies", proposal.denied_by)):
        told += f", {', '.join(names)} {word}" if names else ""
    style = "green" if proposal.is_claim else "dim"
    console.print(Text(f"{told}  {proposal.chance:.2f}  {proposal.verdict}", style))
    words = _one_line(proposal.trigger.slice(document.text))
    why = f'      "{words}": source {proposal.source_role}, target {proposal.target_role}'
    if proposal.cues:
        why += f"; voice by {', '.join(_quote(cue, document) for cue in proposal.cues)}"
    console.print(Text(why, style))


def _quote(span: Span, document: Document) -> str:
    return f'"{_one_line(span.slice(document.text))}"'


def _one_line(text: str) -> str:
    """The text without line breaks and without what could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
