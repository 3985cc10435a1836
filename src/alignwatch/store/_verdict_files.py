"""Verdicts as JSON Lines, which travel in git."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from alignwatch.errors import ModelError, WireError
from alignwatch.model import SCHEMA, Claim, from_record, to_record
from alignwatch.store._values import Decision, Verdict

__all__ = ["format_verdicts", "read_verdicts"]

_KEYS = frozenset({"schema", "claim", "decision", "note", "decided_at", "corrected"})


def format_verdicts(verdicts: Iterable[Verdict]) -> Iterator[str]:
    r"""Give one line per verdict, each with its ``\n``; same verdicts, same bytes."""
    for verdict in verdicts:
        record: dict[str, object] = {
            "schema": SCHEMA,
            "claim": verdict.claim,
            "decision": verdict.decision.value,
        }
        if verdict.note is not None:
            record["note"] = verdict.note
        if verdict.decided_at is not None:
            record["decided_at"] = verdict.decided_at.isoformat()
        if verdict.corrected is not None:
            record["corrected"] = to_record(verdict.corrected)
        yield json.dumps(record, separators=(",", ":")) + "\n"


def read_verdicts(lines: Iterable[str]) -> Iterator[Verdict]:
    """Give the verdicts of lines that `format_verdicts` gave; empty lines are passed over.

    Raises:
        WireError: A line is no verdict; it names the line's number and what is wrong.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _read(json.loads(line))
        except (ModelError, ValueError) as error:
            msg = f"line {number} is no verdict: {error}"
            raise WireError(msg) from error


def _read(record: object) -> Verdict:
    if not isinstance(record, dict) or record.get("schema") != SCHEMA:
        msg = f'expected an object with "schema": {SCHEMA}'
        raise WireError(msg)
    unknown = sorted(record.keys() - _KEYS)
    if unknown or not isinstance(record.get("claim"), str):
        msg = f"unknown key {unknown[0]!r}" if unknown else "it names no claim"
        raise WireError(msg)
    decided_at, corrected = record.get("decided_at"), record.get("corrected")
    return Verdict(
        claim=record["claim"],
        decision=Decision(str(record.get("decision"))),
        note=record.get("note"),
        decided_at=None if decided_at is None else datetime.fromisoformat(str(decided_at)),
        corrected=None if corrected is None else from_record(Claim, corrected),
    )
