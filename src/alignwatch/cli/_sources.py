"""``sources``: what is installed, whether it keeps the contract, and a new one."""

import json as codec
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from alignwatch.cli._screen import talk
from alignwatch.cli._standing import format_ledger, health, ledger
from alignwatch.cli._watching import Contact, read_resolve
from alignwatch.conformance import LiveVisit, check_source, visit_live
from alignwatch.errors import SourceContractError, SourceError
from alignwatch.fetch import DEFAULT_DELAY_S, Fetcher
from alignwatch.scaffold import write_plugin
from alignwatch.sources import describe_source, describe_sources, load_source

__all__ = ["make_sources_app"]

_BROKEN = 3

Options = Annotated[tuple[str, ...], Parameter(name="--option", negative="")]


def list_sources(*, json: bool = False) -> None:
    """List the installed sources, and what is wrong with those that cannot be used.

    Args:
        json: Print JSON Lines.
    """
    for source in describe_sources():
        if json:
            _print_json({"name": source.name, "version": source.version, "error": source.error})
        else:
            state = source.error or (source.info.home if source.info else None) or ""
            sys.stdout.write(f"{source.name:12} {source.version or '':10} {state}\n")


def show_source(name: str, *, json: bool = False) -> None:
    """Show what a source says of itself, and its options.

    Args:
        name: The source.
        json: Print one JSON object.
    """
    listing = describe_source(name)
    if listing.error is not None or listing.info is None:
        raise SourceContractError(listing.error or name)
    told = {
        "name": name,
        "distribution": listing.distribution,
        "version": listing.version,
        "contract": listing.info.contract,
        "home": listing.info.home,
        "language": listing.info.language,
        "licence": listing.info.licence,
        "about": listing.about,
        "options": [
            {"name": one.name, "type": one.type_name, "default": one.default}
            for one in listing.options
        ],
    }
    if json:
        _print_json(told)
        return
    for key in ("name", "distribution", "version", "contract", "home", "language", "licence"):
        sys.stdout.write(f"{key:13} {'-' if told[key] is None else told[key]}\n")
    for one in listing.options:
        default = "required" if one.default is None else f"default {one.default}"
        sys.stdout.write(f"{'option':13} {one.name}: {one.type_name} ({default})\n")
    sys.stdout.write(f"\n{told['about']}\n")


def check(  # noqa: PLR0913 - each is an option of the command
    name: str,
    *,
    option: Options = (),
    live: bool = False,
    contact: Contact = None,
    resolve: Annotated[tuple[str, ...], Parameter(show_default=False)] = (),
    json: bool = False,
) -> int:
    """Check whether a source keeps the contract, as far as that goes without its site.

    Exits with 3 if it does not. No host is asked, unless with --live; golden pages are for the
    source's own tests.

    Args:
        name: The source.
        option: KEY=VALUE: an option of the source; again for more, or for a list.
        live: Visit the real site as well, by all rules: at most ten listings and three pages.
        contact: Your mail address or site: who asks, for hosts to see. Needed for live hosts.
        resolve: HOST=ADDRESS:PORT: ask this address for the host, as in curl.
        json: Print JSON Lines.
    """
    options = _read_options(option)
    missing = [
        one.name
        for one in describe_source(name).options
        if one.default is None and one.name not in options
    ]
    if missing:
        needed = " ".join(f"--option {one}=VALUE" for one in missing)
        msg = f"the source {name!r} is made with options: add {needed}"
        raise SourceError(msg)
    results = check_source(name, **options)
    told: list[str] = []
    if live and results[0].error is None:
        source = load_source(name, **options)
        delay_s = max(DEFAULT_DELAY_S, source.info.min_delay_s)
        with Fetcher(contact=contact, resolve=read_resolve(resolve), delay_s=delay_s) as fetcher:
            visit = visit_live(source, fetcher=fetcher)
            told = [*_tell_visit(visit), *format_ledger(fetcher.ledger()).splitlines()]
        results += visit.results
    for result in results:
        if json:
            _print_json({"promise": result.promise, "error": result.error})
        else:
            sys.stdout.write(f"{'ok' if result.error is None else 'BROKEN':7} {result.promise}\n")
            if result.error is not None:
                sys.stdout.write(f"{'':7} {result.error}\n")
    for line in told if not json else ():
        sys.stdout.write(f"{line}\n")
    return _BROKEN if any(result.error is not None for result in results) else 0


def _tell_visit(visit: LiveVisit) -> Iterator[str]:
    for url in visit.asked:
        yield f"{'asked':7} {url}"
    yield f"{'found':7} {len(visit.found)}"
    for title in visit.read:
        yield f"{'read':7} {title}"


def new(name: str, *, site: str, folder: Path | None = None) -> None:
    """Write a new source plugin: a whole distribution whose tests pass at once.

    Args:
        name: Its name: lower case letters, digits and hyphens.
        site: The address of the site that it reads, such as https://example.org.
        folder: Where to write it; alignwatch-NAME in the current folder if not given.
    """
    target = write_plugin(name, site=site, folder=folder)
    for path in sorted(target.rglob("*")):
        if path.is_file():
            sys.stdout.write(f"{path}\n")
    talk(f"now: pip install -e {target} && python -m pytest {target}")


def make_sources_app() -> App:
    """Make the command, with the list as what it does without another word."""
    app = App(
        name="sources",
        help="List the installed sources; show, check or write one; see how they fare.",
        default_parameter=Parameter(negative=""),
    )
    app.default(list_sources)
    app.command(list_sources, name="list")
    app.command(show_source, name="info")
    app.command(check)
    app.command(new)
    app.command(health)
    app.command(ledger)
    return app


def _read_options(pairs: tuple[str, ...]) -> dict[str, object]:
    read: dict[str, list[str]] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or not key.isidentifier():
            msg = f"--option takes KEY=VALUE, got {pair!r}"
            raise SourceError(msg)
        read.setdefault(key, []).append(value)
    return {key: values[0] if len(values) == 1 else values for key, values in read.items()}


def _print_json(value: object) -> None:
    sys.stdout.write(codec.dumps(value, ensure_ascii=False) + "\n")
