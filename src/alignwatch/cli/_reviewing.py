"""``review``: a person reads claims with their evidence and judges them."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import attrs
from cyclopts import App, Parameter
from cyclopts.validators import Number

from alignwatch.cli._existing import open_existing
from alignwatch.cli._screen import print_claim, talk
from alignwatch.errors import ModelError, SourceError
from alignwatch.export import write_atomically
from alignwatch.model import Claim, Kind, Status
from alignwatch.pipeline import measure_precision, name_actor
from alignwatch.store import (
    Decision,
    Store,
    Verdict,
    format_verdicts,
    open_store,
    read_verdicts,
)

__all__ = ["make_review_app"]

_STORE = Path("alignwatch.db")
_ASK = "[a]ccept, [r]eject, [c]orrect, [s]kip, [q]uit? "


def review(
    *actors: str,
    store: Path = _STORE,
    kind: Kind | None = None,
    limit: Annotated[int | None, Parameter(validator=Number(gte=1))] = None,
    again: bool = False,
    note: str | None = None,
) -> int:
    """Walk through claims with their evidence: accept, reject or correct each.

    What a person says counts above the extractor and stays when texts are read anew.

    Args:
        actors: Review the claims of an actor, or of a pair; none: all claims.
        store: The store.
        kind: Review the claims of this kind alone.
        limit: Stop after this many claims.
        again: Show claims that have a verdict already, too.
        note: Keep this with each verdict, such as who judges.
    """
    if len(actors) > 2:
        msg = f"review takes up to two actors, got {len(actors)}"
        raise SourceError(msg)
    done = 0
    with open_existing(store) as opened:
        waiting = list(_choose(opened, actors, kind, again=again))
        for claim in waiting[:limit]:
            talk(f"{done + 1} of {min(len(waiting), limit or len(waiting))}")
            print_claim(claim, opened.document(claim.article))
            decided = _judge(claim)
            if decided is None:
                break
            if isinstance(decided, Verdict):
                opened.save_verdict(attrs.evolve(decided, note=note))
                done += 1
    talk(f"{done} verdicts; review summary tells how often the extractor is right")
    return 0


def _choose(
    store: Store, actors: tuple[str, ...], kind: Kind | None, *, again: bool
) -> Iterator[Claim]:
    ids = [name_actor(name, known=_known(store)) for name in actors]
    pair = (ids[0], ids[1]) if len(ids) == 2 else None
    found = store.claims(
        pair, actor=ids[0] if len(ids) == 1 else None, kind=kind, with_verdicts=False
    )
    for claim in found:
        if again or store.verdict(claim.id) is None:
            yield claim


def _known(store: Store) -> set[str]:
    return {actor for claim in store.claims(with_verdicts=False) for actor in claim.pair}


def _ask(question: str) -> str | None:
    """Read an answer; None at the end of input."""
    sys.stderr.write(question)
    sys.stderr.flush()
    answer = sys.stdin.readline()
    return answer.strip() if answer else None


def _judge(claim: Claim) -> Verdict | str | None:
    """Ask until an answer is understood; None ends the review, a text passes the claim over."""
    now = datetime.now(UTC).replace(microsecond=0)
    while True:
        answer = _ask(_ASK)
        match (answer or "q")[:1].lower():
            case "a":
                return Verdict(claim=claim.id, decision=Decision.ACCEPTED, decided_at=now)
            case "r":
                return Verdict(claim=claim.id, decision=Decision.REJECTED, decided_at=now)
            case "c":
                corrected = _correct(claim)
                if corrected is not None and corrected != claim:
                    return Verdict(
                        claim=claim.id,
                        decision=Decision.CORRECTED,
                        corrected=corrected,
                        decided_at=now,
                    )
            case "s":
                return "skip"
            case "q":
                return None
            case _:
                talk(f"{answer!r} is none of a, r, c, s, q")


def _correct(claim: Claim) -> Claim | None:
    """Ask for each field; an empty answer keeps it."""
    talk("an empty answer keeps what stands in brackets")
    readers: dict[str, Callable[[str], object]] = {
        "source": name_actor,
        "target": name_actor,
        "kind": Kind,
        "negated": _read_flag,
        "status": Status,
    }
    changes: dict[str, object] = {}
    for field, read in readers.items():
        answer = _ask(f"{field} [{getattr(claim, field)}]: ")
        if answer is None:
            return None
        try:
            if answer:
                changes[field] = read(answer)
        except (SourceError, ValueError) as error:
            talk(str(error))
            return None
    made: dict[str, Any] = {field: getattr(claim, field) for field in readers} | changes
    if made["kind"].is_symmetric:
        made["source"], made["target"] = sorted((made["source"], made["target"]))
    try:
        return attrs.evolve(claim, **made)
    except ModelError as error:
        talk(str(error))
        return None


def _read_flag(answer: str) -> bool:
    if answer.lower() not in {"yes", "no", "true", "false", "y", "n"}:
        msg = f"answer yes or no, got {answer!r}"
        raise ValueError(msg)
    return answer.lower() in {"yes", "true", "y"}


def summary(*, store: Path = _STORE) -> None:
    """Print how often the extractor was right, by kind, as far as claims were judged.

    Args:
        store: The store.
    """
    with open_store(store, read_only=True) as opened:
        rows = measure_precision(opened)
    if not rows:
        talk("no claim has a verdict yet")
        return
    head = f"{'kind':22}{'judged':>8}{'right':>8}{'wrong':>8}{'corrected':>11}{'precision':>11}"
    sys.stdout.write(head + "\n")
    for row in rows:
        counts = f"{row.judged:>8}{row.accepted:>8}{row.rejected:>8}{row.corrected:>11}"
        sys.stdout.write(f"{row.kind or 'all':22}{counts}{row.precision:>11.2f}\n")


def export_verdicts(*, store: Path = _STORE, out: Path | None = None) -> None:
    """Write the verdicts as JSON Lines, to keep in git and to hand on.

    Args:
        store: The store.
        out: File to write; standard output if not given.
    """
    with open_store(store, read_only=True) as opened:
        lines = format_verdicts(opened.verdicts())
        if out is None:
            sys.stdout.writelines(lines)
        else:
            write_atomically(out, lines)


def import_verdicts(file: Path, *, store: Path = _STORE) -> int:
    """Take verdicts from a file that export wrote; one on the same claim is replaced.

    Exits with 3 if some are of claims that the store does not have; the others are taken.

    Args:
        file: JSON Lines of verdicts.
        store: The store.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        msg = f"the verdicts of {file} cannot be read: {why}"
        raise SourceError(msg) from error
    verdicts = list(read_verdicts(lines))
    lost = []
    with open_existing(store) as opened:
        for verdict in verdicts:
            try:
                opened.save_verdict(verdict)
            except ModelError as error:
                lost.append(str(error))
    for message in lost:
        talk(message)
    talk(f"{len(verdicts) - len(lost)} of {len(verdicts)} verdicts taken")
    return 3 if lost else 0


def make_review_app() -> App:
    """Give the command, with the walk as what it does without another word."""
    app = App(
        name="review",
        help="Judge claims by their evidence; see how often the extractor is right.",
        default_parameter=Parameter(negative=""),
    )
    app.default(review)
    app.command(summary)
    app.command(export_verdicts, name="export")
    app.command(import_verdicts, name="import")
    return app
