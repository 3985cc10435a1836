"""What is installed, what is missing, and whether the store is sound: one look at the whole."""

import os
import platform
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import attrs

from alignwatch.errors import StoreError
from alignwatch.extract import EXTRACTOR_VERSION, describe_extractors
from alignwatch.fetch import redact_url
from alignwatch.model import SCHEMA
from alignwatch.pipeline._health import SourceState, judge_health
from alignwatch.sources import CONTRACT_VERSION, describe_sources
from alignwatch.store import Store, open_store
from alignwatch.text import CLEANER_VERSION

__all__ = ["Finding", "FindingState", "examine"]

_ENOUGH_DISK_BYTES = 200_000_000
# such as: pyarrow>=16; extra == "arrow"
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)[^;]*(?:;.*?extra\s*==\s*['\"]([\w-]+)['\"])?")
# such as: you@example.org, https://example.org/about
_CONTACT = re.compile(r"^(?:https?://\S+|\S+@\S+\.\S+)$")


class FindingState(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    """Works, but something may be wanted: an optional part, a contact."""
    BAD = "bad"
    """Something that is used does not work."""


@attrs.frozen(kw_only=True)
class Finding:
    """One thing that was looked at: what was found, and what would help.

    `area` is one of "alignwatch", "packages", "extras", "sources", "extractors", "machine",
    "contact" and "store".
    """

    area: str
    name: str
    state: FindingState
    found: str
    advice: str | None = None


def examine(*, store: str | Path | None = None, contact: str | None = None) -> tuple[Finding, ...]:
    """Look at the installation, the machine and the store at *store*, in this order.

    Nothing is written but an empty temporary file, nothing is asked over the network, and nothing
    is raised for what is broken: it is a finding. The whole file of the store is read.

    Args:
        store: The store's file; None: only the installation and the machine.
        contact: What hosts would be told of who asks.
    """
    return (
        *_versions(),
        *_packages(),
        *_plugins(),
        *_machine(store),
        _contact(contact),
        *(() if store is None else _store(Path(store))),
    )


def _ok(area: str, name: str, found: str) -> Finding:
    return Finding(area=area, name=name, state=FindingState.OK, found=found)


def _note(area: str, name: str, found: str, advice: str) -> Finding:
    return Finding(area=area, name=name, state=FindingState.NOTE, found=found, advice=advice)


def _bad(area: str, name: str, found: str, advice: str) -> Finding:
    return Finding(area=area, name=name, state=FindingState.BAD, found=found, advice=advice)


def _versions() -> Iterator[Finding]:
    area = "alignwatch"
    try:
        yield _ok(area, "alignwatch", version("alignwatch"))
    except PackageNotFoundError:
        yield _bad(
            area, "alignwatch", "not installed, only found on the path", "pip install alignwatch"
        )
    yield _ok(area, "python", f"{platform.python_version()} ({sys.executable})")
    yield _ok(area, "cleaner", CLEANER_VERSION)
    yield _ok(area, "extractor", EXTRACTOR_VERSION)
    yield _ok(area, "wire schema", str(SCHEMA))
    yield _ok(area, "contract of sources", str(CONTRACT_VERSION))


def _packages() -> Iterator[Finding]:
    """Tell of what alignwatch needs, then of each extra: whole, or with what is missing."""
    try:
        required = distribution("alignwatch").requires or []
    except PackageNotFoundError:
        return
    extras: dict[str, list[str]] = {}
    for requirement in required:
        parts = _REQUIREMENT.match(requirement)
        assert parts is not None
        name, extra = parts[1], parts[2]
        if extra is not None:
            extras.setdefault(extra, []).append(name)
        elif (found := _installed(name)) is None:
            yield _bad("packages", name, "missing", "pip install alignwatch")
        else:
            yield _ok("packages", name, found)
    for extra in sorted(extras):
        here = {name: _installed(name) for name in extras[extra]}
        missing = [name for name, found in here.items() if found is None]
        if missing:
            advice = f'pip install "alignwatch[{extra}]"'
            yield _note("extras", extra, f"not installed: {', '.join(missing)}", advice)
        else:
            told = ", ".join(f"{name} {found}" for name, found in here.items())
            yield _ok("extras", extra, told)


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _plugins() -> Iterator[Finding]:
    listings = (("sources", describe_sources()), ("extractors", describe_extractors()))
    for area, installed in listings:
        for listing in installed:
            told = f"{listing.distribution} {listing.version}"
            if listing.error is None:
                yield _ok(area, listing.name, told)
            else:
                advice = f"repair it, or pip uninstall {listing.distribution}"
                yield _bad(area, listing.name, f"{told}: {listing.error}", advice)


def _machine(store: str | Path | None) -> Iterator[Finding]:
    area = "machine"
    yield _ok(area, "system", f"{platform.system()} {platform.release()}, {os.cpu_count()} cores")
    yield _ok(area, "sqlite", sqlite3.sqlite_version)
    now = datetime.now(UTC)
    if now.year < 2025:
        yield _bad(area, "clock", f"{now:%Y-%m-%d}", "set the clock: runs are dated by it")
    else:
        yield _ok(area, "clock", f"{now:%Y-%m-%d %H:%M} UTC")
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
        yield _ok(area, "temporary files", tempfile.gettempdir())
    except OSError as error:
        yield _bad(
            area, "temporary files", str(error), "set TMPDIR to a folder that can be written"
        )
    folder = _nearest(Path(store or "."))
    free_bytes = shutil.disk_usage(folder).free
    told = f"{free_bytes / 1e9:.1f} GB free at {folder}"
    if free_bytes < _ENOUGH_DISK_BYTES:
        yield _bad(area, "disk", told, "make room, or put the store elsewhere with --store")
    else:
        yield _ok(area, "disk", told)


def _nearest(path: Path) -> Path:
    """Give the deepest folder of *path* that is there."""
    folders = [path.absolute(), *path.absolute().parents]
    return next(folder for folder in folders if folder.is_dir())


def _contact(contact: str | None) -> Finding:
    advice = "set ALIGNWATCH_CONTACT=you@example.org (or --contact): live hosts see who asks"
    if not contact:
        return _note("contact", "contact", "none: only loopback and local files are read", advice)
    if not _CONTACT.match(contact):
        return _bad("contact", "contact", f"{contact!r} is no mail or web address", advice)
    return _ok("contact", "contact", contact)


def _store(path: Path) -> Iterator[Finding]:
    area = "store"
    if not path.exists():
        yield _note(area, "file", f"{path} is not there yet", "alignwatch watch makes it")
        return
    try:
        with open_store(path, read_only=True) as opened:
            yield from _opened(opened, path)
    except StoreError as error:
        yield _bad(area, "file", str(error), "see the message; a copy of the store may help")


def _opened(store: Store, path: Path) -> Iterator[Finding]:
    area = "store"
    faults = store.faults()
    size = f"{path}, {path.stat().st_size / 1e6:.1f} MB"
    if faults:
        told = f"{size}, damaged: {'; '.join(faults)}"
        yield _bad(area, "file", told, "restore it from a copy, or watch into a new one")
        return
    yield _ok(area, "file", f"{size}, sound")
    counts = store.counts()
    yield _ok(
        area,
        "content",
        f"{counts.articles} articles, {counts.claims} claims, {counts.verdicts} verdicts, "
        f"{counts.kept_pages} kept pages; addresses: {counts.stored} stored, "
        f"{counts.pending} pending, {counts.failed} failed",
    )
    runs = tuple(store.runs())
    if not runs:
        yield _note(area, "runs", "none", "alignwatch watch adds to it")
        return
    last = runs[-1]
    told = f"{len(runs)}, the last on {last.started_at:%Y-%m-%d %H:%M} UTC"
    if last.finished_at is None:
        yield _note(area, "runs", f"{told}, which did not end", "the next watch takes it up")
    else:
        yield _ok(area, "runs", told)
    for diagnosis in judge_health(runs):
        source = redact_url(diagnosis.source)
        found = f"{diagnosis.state}: {diagnosis.why}"
        if diagnosis.state in {SourceState.BLOCKED, SourceState.BROKEN}:
            advice = f"alignwatch sources check {source}"
            yield _note(area, f"source {source}", found, advice)
        else:
            yield _ok(area, f"source {source}", found)
