"""The files that a run leaves: written where something has changed."""

import hashlib
import json
import os
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import attrs

from alignwatch.aggregate import aggregate_claims
from alignwatch.errors import MissingExtraError, StoreUnwritableError
from alignwatch.export import format_jsonl, write_atomically
from alignwatch.extract import EXTRACTOR_VERSION
from alignwatch.model import Relationship
from alignwatch.pipeline._clusters import clusters
from alignwatch.pipeline._reporting import render
from alignwatch.store import Store

__all__ = ["Outputs", "require_folder", "write_outputs"]

_CODE = ("aggregate", "export", "model", "report", "pipeline")


@attrs.frozen(kw_only=True)
class Outputs:
    """What `write_outputs` wrote, and the relationships in it.

    `report_path` is None where the extra ``report`` is not installed.
    """

    claims_path: Path
    report_path: Path | None
    relationships: tuple[Relationship, ...]


def write_outputs(store: Store, folder: Path, *, title: str = "alignwatch report") -> Outputs:
    """Write ``claims.jsonl`` and ``report.html`` into *folder*, made if absent.

    A file appears whole or not at all. Where nothing has changed since they were written, and
    nobody has touched them, they stay as they are. A report that takes the place of another tells
    what changed since that one. Without the extra ``report`` there is no report, and the claims are
    written all the same.

    Raises:
        StoreUnwritableError: *folder* cannot be written to.
    """
    require_folder(folder)
    claims_path, report_path = folder / "claims.jsonl", folder / "report.html"
    groups = clusters(store)
    ties = aggregate_claims(store.claims(), clusters=groups)
    # names of folders are bytes, which no store takes, and nobody's business
    place = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    name, mark = f"outputs {place}", f"{store.mark()} {_mark_of_code()} {title}"
    kept = store.derived(name, mark)
    if kept is None or kept != _hash_files(claims_path, report_path):
        write_atomically(claims_path, format_jsonl(store.claims()))
        editions = _next_edition(store, f"editions {place}")
        try:
            html = render(store, ties, groups, title=title, since=editions["since"])
        except MissingExtraError:
            # nothing is kept, so that the report is written as soon as it can be
            return Outputs(claims_path=claims_path, report_path=None, relationships=ties)
        write_atomically(report_path, html)
        if not store.is_read_only:
            store.keep_derived(f"editions {place}", "", json.dumps(editions))
            store.keep_derived(name, mark, _hash_files(claims_path, report_path))
    return Outputs(claims_path=claims_path, report_path=report_path, relationships=ties)


def _next_edition(store: Store, name: str) -> dict[str, str | None]:
    """Tell of what the report to write is made, when, and when the one before it was.

    One that is written again of the same store has the same one before it.
    """
    mark, now = store.mark(), datetime.now(UTC).isoformat(timespec="microseconds")
    last: dict[str, str | None] = json.loads(store.derived(name, "") or "{}")
    if last.get("mark") == mark:
        return last
    return {"mark": mark, "at": now, "since": last.get("at")}


def require_folder(folder: Path) -> None:
    """Make *folder* if it is not there.

    Raises:
        StoreUnwritableError: It cannot be made, or is no folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "it is a file" if folder.exists() else error.strerror
        msg = f"cannot write into the folder {folder}: {why}; name another with --out"
        raise StoreUnwritableError(msg) from error


def _hash_files(*paths: Path) -> str:
    """Name the bytes of *paths*; a file that is not there has none."""
    return " ".join(
        hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "-" for path in paths
    )


@cache
def _mark_of_code() -> str:
    """Name what makes files of a store: another alignwatch may write them otherwise."""
    digest = hashlib.sha256(EXTRACTOR_VERSION.encode())
    for package in _CODE:
        for content in _read_all(files("alignwatch") / package):
            digest.update(content)
    return digest.hexdigest()


def _read_all(folder: Traversable) -> list[bytes]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and not entry.name.startswith("__"):
            found += _read_all(entry)
        elif entry.is_file():
            found.append(entry.read_bytes())
    return found
