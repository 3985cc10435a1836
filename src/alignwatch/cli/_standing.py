"""``sources health`` and ``sources ledger``: how sources are doing, and how they were treated."""

import json as codec
import sys
from collections.abc import Iterable
from pathlib import Path

import attrs

from alignwatch.fetch import HostLedger, redact_url
from alignwatch.pipeline import SourceState, judge_health
from alignwatch.store import open_store

__all__ = ["format_ledger", "health", "ledger"]

_STORE = Path("alignwatch.db")
_BAD = 3


def health(*, store: Path = _STORE, strict: bool = False, json: bool = False) -> int:
    """Tell which sources are ok, quiet, blocked or broken, judged by their own past.

    Args:
        store: The store of the runs.
        strict: Exit with 3 if one is blocked or broken.
        json: Print JSON Lines.
    """
    with open_store(store, read_only=True) as opened:
        found = judge_health(opened.runs())
    for one in found:
        if json:
            sys.stdout.write(codec.dumps(attrs.asdict(one), ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(f"{one.state:8} {_visible(one.source)}: {one.why}\n")
    bad = (SourceState.BLOCKED, SourceState.BROKEN)
    return _BAD if strict and any(one.state in bad for one in found) else 0


def ledger(*, store: Path = _STORE, run: int | None = None, json: bool = False) -> None:
    """Print how a run treated each host: the proof for a publisher or an ethics board.

    Args:
        store: The store of the runs.
        run: The run's number, counted from 1; the last one if not given.
        json: Print JSON Lines.
    """
    with open_store(store, read_only=True) as opened:
        hosts = opened.ledger(run)
    if json:
        for host in hosts:
            sys.stdout.write(codec.dumps(attrs.asdict(host), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(format_ledger(hosts))


def format_ledger(hosts: Iterable[HostLedger]) -> str:
    """Give one line for each of *hosts*, in their order."""
    return "".join(f"{_visible(_line(host))}\n" for host in hosts)


def _line(host: HostLedger) -> str:
    share = host.unchanged / host.requests if host.requests else 0
    asked = "1 request" if host.requests == 1 else f"{host.requests} requests"
    facts = [
        f"robots.txt: {host.robots or 'not asked'}",
        f"{asked}, {share:.0%} unchanged, {host.failed} failed",
        f"{host.received_bytes:,} bytes",
        f"{host.delay_s:g} s between requests, {host.waited_s:.0f} s waited",
    ]
    if host.refused or host.reserved:
        facts.append(f"{host.refused} forbidden and {host.reserved} reserved pages left alone")
    if host.doubted:
        facts.append(f"{host.doubted} answers of 304 in doubt, {host.false_unchanged} proved wrong")
    if host.retry_after_s is not None:
        facts.append(f"Retry-After of {host.retry_after_s:g} s obeyed")
    return f"{host.host}: {'; '.join(facts)}"


def _visible(text: str) -> str:
    return redact_url("".join(char if char.isprintable() else " " for char in text))
