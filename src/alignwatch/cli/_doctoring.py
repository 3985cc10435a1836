"""``doctor``: what is installed, what is missing, whether the store is sound."""

import json as json_
import sys
from itertools import groupby
from pathlib import Path

import attrs
from rich.text import Text

from alignwatch.cli._screen import make_console, talk, visible
from alignwatch.cli._watching import Contact
from alignwatch.pipeline import Finding, FindingState, examine

__all__ = ["doctor"]

_FAILED = 3
_MARKS = {FindingState.OK: "ok", FindingState.NOTE: "--", FindingState.BAD: "NO"}
_COLOURS = {FindingState.OK: "green", FindingState.NOTE: "yellow", FindingState.BAD: "red"}


def doctor(
    *, store: Path = Path("alignwatch.db"), contact: Contact = None, json: bool = False
) -> int:
    """Look at versions, optional parts, plugins, the machine, the contact and the store.

    Exits with 3 if something is broken. Nothing is changed, and no host is asked.

    Args:
        store: The store to look at; it is read as a whole.
        contact: What hosts would be told of who asks.
        json: Print JSON Lines.
    """
    findings = examine(store=store, contact=contact)
    if json:
        for finding in findings:
            sys.stdout.write(json_.dumps(attrs.asdict(finding)) + "\n")
    else:
        _print(findings)
    bad = sum(finding.state is FindingState.BAD for finding in findings)
    if bad:
        talk(f"{bad} of {len(findings)} findings are bad")
    return _FAILED if bad else 0


def _print(findings: tuple[Finding, ...]) -> None:
    console = make_console()
    width = max(len(finding.name) for finding in findings)
    for area, group in groupby(findings, key=lambda finding: finding.area):
        console.print(Text(area, style="bold"))
        for finding in group:
            line = Text("  ")
            line.append(_MARKS[finding.state], style=_COLOURS[finding.state])
            line.append(f"  {visible(finding.name):{width}}  {visible(finding.found)}")
            console.print(line, soft_wrap=True)
            if finding.advice:
                advice = f"{'':{width + 8}}{visible(finding.advice)}"
                console.print(Text(advice, style="dim"), soft_wrap=True)
