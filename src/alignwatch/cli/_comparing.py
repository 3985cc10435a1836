"""``compare``: one actor's ties with several partners, side by side."""

import json as codec
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from alignwatch.aggregate import Comparison, Side, compare_partners
from alignwatch.cli._screen import talk
from alignwatch.cli._words import Sure, count
from alignwatch.errors import SourceError
from alignwatch.extract import load_gazetteer
from alignwatch.model import Claim, Relationship, to_record
from alignwatch.pipeline import name_actor_of, relationships
from alignwatch.store import open_store

__all__ = ["compare"]

_STORE = Path("alignwatch.db")
_WIDE = 160
_LONGEST_QUOTE = 300
_SIDES = {Side.GIVES: "gives", Side.GETS: "gets", Side.MUTUAL: ""}


def compare(
    actor: str, *partners: str, store: Path = _STORE, sure: Sure = 0.0, json: bool = False
) -> None:
    """Compare an actor's ties with several partners: what it gives and gets, with what evidence.

    Args:
        actor: Who compares: an id or a name, such as RUS or Russia.
        partners: Two actors or more: the columns.
        store: The store to look into.
        sure: Leave out claims that are less sure than this, from 0 to 1, such as 0.7.
        json: Print one JSON object, a comparison record of the wire format, its rows with their
            family.
    """
    with open_store(store, read_only=True) as opened:
        hub = name_actor_of(opened, actor)
        others = [name_actor_of(opened, name) for name in partners]
        ties = relationships(opened, actors=[hub], min_confidence=sure)
    if len(set(others) - {hub}) < len(others) or not others:
        got = " ".join([hub, *others])
        msg = f"compare names one actor, then its partners, each once: RUS PRK IRN; got {got}"
        raise SourceError(msg)
    comparison = compare_partners(ties, hub, others)
    if json:
        sys.stdout.write(codec.dumps(_record(comparison), ensure_ascii=False) + "\n")
    elif comparison.rows or comparison.preferences:
        _print(comparison)
    else:
        talk(f"the store tells of no tie of {hub} with {', '.join(others)}")


def _record(comparison: Comparison) -> dict[str, object]:
    record = to_record(comparison)
    for told, row in zip(record["rows"], comparison.rows, strict=True):
        told["family"] = row.kind.family.value
    return record


def _print(comparison: Comparison) -> None:
    names = {actor_id: one.name for actor_id, one in load_gazetteer().actors.items()}
    console = Console(width=None if sys.stdout.isatty() else _WIDE, highlight=False)
    table = Table(title=f"{names.get(comparison.actor, comparison.actor)}: what it gives and gets")
    table.add_column("Aspect")
    for partner in comparison.partners:
        table.add_column(Text(names.get(partner, partner)))
    notes: list[Claim] = []
    for place, row in enumerate(comparison.rows):
        if place and row.kind.family is not comparison.rows[place - 1].kind.family:
            table.add_section()
        aspect = f"{row.kind.value.replace('_', ' ')} {_SIDES[row.side]}".rstrip()
        table.add_row(aspect, *(Text(_tell(cell, notes)) for cell in row.cells))
    console.print(table)
    for claim in comparison.preferences:
        notes.append(claim)
        over = names.get(claim.over or "", claim.over or "")
        verb = "does not prefer" if claim.negated else "prefers"
        told = f"{comparison.actor} {verb} {names.get(claim.target, claim.target)} to {over}"
        console.print(Text(f"{told} ({claim.status}) [{len(notes)}]"))
    for number, claim in enumerate(notes, start=1):
        where = f"{claim.url or claim.article}, {(claim.published or 'undated')[:10]}"
        quote = " ".join(claim.evidence.quote.split())
        short = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}…"
        printable = "".join(
            char if char.isprintable() else "\ufffd" for char in f"{short} - {where}"
        )
        console.print(Text(f"[{number}] {printable}"), soft_wrap=True)


def _tell(tie: Relationship | None, notes: list[Claim]) -> str:
    if tie is None:
        return "-"
    notes.append(tie.latest)
    day = f", {tie.last_published}" if tie.last_published else ""
    is_said = tie.standing == "alleged" and tie.attributed_to
    said = f" by {', '.join(tie.attributed_to)}" if is_said else ""
    if tie.denied_by:
        said += f", denied by {', '.join(tie.denied_by)}"
    told = count(tie.independent_count, "article")
    return f"{tie.standing}{said}, {told}{day} [{len(notes)}]"
