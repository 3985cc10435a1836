"""``show``, ``report``, ``reprocess``, ``backup`` and ``forget``: what works on a store."""

import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from alignwatch.cli._existing import open_existing
from alignwatch.cli._screen import print_claim, print_failures, print_relationships, talk
from alignwatch.cli._telling import print_known, print_reason, print_voices
from alignwatch.cli._words import Sure, count
from alignwatch.errors import SourceError
from alignwatch.export import write_atomically, write_jsonl
from alignwatch.model import to_json
from alignwatch.pipeline import clusters, explain_voices, name_actor_of, relationships
from alignwatch.pipeline import report as render
from alignwatch.pipeline import reprocess as read_anew
from alignwatch.store import open_store

__all__ = ["backup", "forget", "report", "reprocess", "show"]

_STORE = Path("alignwatch.db")


def _is_claim_id(name: str) -> bool:
    return len(name) == 20 and all(char in "0123456789abcdef" for char in name)


def show(  # noqa: PLR0913 - the options of a command
    *what: str,
    store: Path = _STORE,
    limit: Annotated[int | None, Parameter(validator=Number(gte=1))] = None,
    as_of: str | None = None,
    during: str | None = None,
    sure: Sure = 0.0,
    json: bool = False,
) -> int:
    """Show relationships: all, those of an actor, of a pair; or one claim with its evidence.

    Of a pair also why each tie stands as it does, its claims with their evidence, and which of the
    articles copy or retell which.

    Args:
        what: Nothing, one actor, two actors, or a claim's id. An actor is an id or a name: PRK,
            "North Korea".
        store: The store to look into.
        limit: Show this many relationships at most.
        as_of: Show what the store knew at the end of this day, or at this moment: 2026-05-01.
        during: Show what holds in this period: 2024, 2024-05, 2024-05..2025.
        sure: Leave out claims that are less sure than this, from 0 to 1, such as 0.7.
        json: Print JSON Lines.
    """
    if len(what) > 2:
        msg = f"show takes up to two actors or one claim, got {len(what)} names"
        raise SourceError(msg)
    with open_store(store, read_only=True) as opened:
        if len(what) == 1 and _is_claim_id(what[0]):
            claim = opened.claim(what[0])
            if claim is None:
                msg = (
                    f"the store {store} has no claim {what[0]}; show RUS PRK tells those of a pair"
                )
                raise SourceError(msg)
            if json:
                sys.stdout.write(to_json(claim) + "\n")
            else:
                print_claim(claim, opened.document(claim.article))
                print_known(opened.known_at(claim.id))
            return 0
        wanted = sorted(name_actor_of(opened, name) for name in what)
        found = relationships(
            opened, actors=wanted, as_of=as_of, during=during, min_confidence=sure
        )
        if json:
            write_jsonl(found[:limit], sys.stdout)
            return 0
        if wanted and not found:
            talk(f"the store tells of no tie of {' with '.join(wanted)}")
            return 0
        print_relationships(found, limit=limit, more="raise --limit")
        if len(wanted) == 2:
            for tie in found[:limit]:
                print_reason(tie)
                for claim in tie.claims:
                    sys.stdout.write("\n")
                    print_claim(claim, opened.document(claim.article))
                    print_known(opened.known_at(claim.id))
            told = {claim.article for tie in found[:limit] for claim in tie.claims}
            print_voices(explain_voices(opened, clusters(opened, as_of=as_of), told))
    return 0


def report(
    *actors: str,
    store: Path = _STORE,
    out: Path = Path("report.html"),
    title: str = "alignwatch report",
    since: str | None = None,
) -> None:
    """Write the report: one HTML file that opens offline, on all, one actor or a pair.

    Args:
        actors: Nothing, one actor or two, by id or name, such as RUS or Russia.
        store: The store to report on.
        out: File to write.
        title: The line above the report's heading.
        since: Tell also what changed since this moment, such as 2026-05-01 or 2026-05-01T12:00Z.
    """
    with open_store(store, read_only=True) as opened:
        html = render(opened, *actors, title=title, since=since)
    write_atomically(out, html)
    talk(f"report  {out}")


def reprocess(  # noqa: PLR0913 - a command line's options
    *,
    store: Path = _STORE,
    actors: Path | None = None,
    lexicon: Path | None = None,
    extractor: str = "rules",
    model: str | None = None,
    strict: bool = False,
) -> int:
    """Parse, clean and extract anew from the kept bytes, with this version of alignwatch.

    Args:
        store: The store to read anew.
        actors: TOML file with further actors.
        lexicon: TOML file with further words.
        extractor: Name of an installed extractor.
        model: Name of the model that the extractor is to use, if it uses one.
        strict: Exit with 3 if anything could not be read.
    """
    with open_existing(store) as opened:
        done = read_anew(opened, actors=actors, lexicon=lexicon, extractor=extractor, model=model)
    print_failures(done.failures)
    talk(f"{count(done.articles, 'article')} read anew, {count(done.claims, 'claim')}")
    if done.without_bytes:
        talk(f"{done.without_bytes} had no kept bytes: their text was cleaned anew")
    return 3 if strict and done.failures else 0


def backup(out: Path, *, store: Path = _STORE) -> None:
    """Copy a store into a new file, also while a watch writes to it.

    Copying the file itself would miss what still stands in the log beside it.

    Args:
        out: File to make.
        store: The store to copy.
    """
    with open_store(store, read_only=True) as opened:
        opened.backup(out)
    talk(f"copy    {out}")


def forget(
    *what: str, store: Path = _STORE, yes: Annotated[bool, Parameter(name=["--yes", "-y"])] = False
) -> int:
    """Take down all that came from an address or a host, and never ask for it again.

    Args:
        what: Addresses or host names.
        store: The store to forget in.
        yes: Do not ask.
    """
    if not what:
        msg = "name an address or a host to forget"
        raise SourceError(msg)
    if not yes and sys.stdin.isatty():
        talk(f"forget all that came from {', '.join(what)}? It cannot be undone. [y/N]")
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            return 0
    with open_existing(store) as opened:
        for name in what:
            gone = opened.forget(name)
            articles, claims = count(gone.articles, "article"), count(gone.claims, "claim")
            talk(f"{name}: {articles}, {claims} forgotten")
    return 0
