"""``watch`` and ``fetch``: what asks for pages."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from alignwatch.cli._alerting import make_alerting, to_records
from alignwatch.cli._screen import (
    Teller,
    complain,
    print_failures,
    print_relationships,
    print_resting,
    talk,
)
from alignwatch.cli._standing import format_ledger
from alignwatch.cli._words import count
from alignwatch.errors import PageError, SourceError
from alignwatch.fetch import (
    DEFAULT_DELAY_S,
    STREAM_LIMITS,
    Fetcher,
    Limits,
    make_limits,
    strip_credentials,
)
from alignwatch.model import Relationship, to_json, to_record
from alignwatch.pipeline import (
    Budget,
    Share,
    Watchlist,
    read_watchlist,
    relationships,
    require_folder,
    require_unreserved,
    write_outputs,
)
from alignwatch.pipeline import watch as watch_sources
from alignwatch.sources import parse_page
from alignwatch.store import Store, open_store

__all__ = ["Contact", "fetch", "read_resolve", "watch"]

_SHOWN = 25
_NO_REPORT = "none: it needs pip install 'alignwatch[report]'"

Limiting = Annotated[tuple[str, ...], Parameter(show_default=False)]
Contact = Annotated[str | None, Parameter(env_var="ALIGNWATCH_CONTACT")]


def read_resolve(pairs: tuple[str, ...]) -> dict[str, str]:
    made = {}
    for pair in pairs:
        host, equals, address = pair.partition("=")
        if not equals or not host or not address:
            msg = f"--resolve takes HOST=ADDRESS:PORT, got {pair!r}"
            raise SourceError(msg)
        made[host] = address
    return made


def _limits(
    pairs: tuple[str, ...], *, option: str = "--limit", base: Limits | None = None
) -> Limits | None:
    given = {}
    for pair in pairs:
        name, _, number = pair.partition("=")
        try:
            given[name] = float(number)
        except ValueError:
            msg = f"{option} takes NAME=NUMBER, as in read_s=5, got {pair!r}"
            raise SourceError(msg) from None
    return make_limits(given, base=base) if given else None


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        msg = f"--since takes a date such as 2026-05-01, got {text!r}"
        raise SourceError(msg) from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def watch(  # noqa: PLR0913 - a command line's options
    *wanted: str,
    store: Path | None = None,
    out: Path | None = None,
    contact: Contact = None,
    since: str | None = None,
    actors: Path | None = None,
    lexicon: Path | None = None,
    extractor: str | None = None,
    model: str | None = None,
    resolve: Annotated[tuple[str, ...], Parameter(show_default=False)] = (),
    delay: float | None = None,
    allow_private: Annotated[tuple[str, ...], Parameter(show_default=False)] = (),
    now: bool = False,
    max_pages: int | None = None,
    max_minutes: float | None = None,
    max_megabytes: float | None = None,
    source_max_pages: int | None = None,
    source_max_minutes: float | None = None,
    source_max_megabytes: float | None = None,
    limit: Limiting = (),
    stream_limit: Limiting = (),
    share: str | None = None,
    hand_over: Path | None = None,
    keep_pages: Annotated[bool, Parameter(negative="--no-keep-pages")] = True,
    sure: Annotated[float | None, Parameter(validator=Number(gte=0, lte=1))] = None,
    alert: bool = False,
    hook: str | None = None,
    hook_seconds: float | None = None,
    feed: Path | None = None,
    strict: bool = False,
    json: bool = False,
) -> int:
    """Read what is new at feeds, pages, files and folders; print the relationships.

    Run it again any time: only what changed is asked for. What cannot be read is counted, listed
    at the end and tried again later. A watchlist (docs/watchlist.md) names sources and all options
    in a file; what is said here comes before what it says.

    Args:
        wanted: Addresses of feeds or pages, files or folders; or NAME:ADDRESS for the source of
            that name, such as sitemap:https://news.example. Or one watchlist, NAME.toml.
        store: The store to keep everything in, made if absent; alignwatch.db if not given.
        out: Folder for claims.jsonl and report.html; the store's own if not given.
        contact: Your mail address or site: who asks, for hosts to see. Needed for live hosts.
        since: Leave out what was published before this date, such as 2026-05-01.
        actors: TOML file with further actors.
        lexicon: TOML file with further words.
        extractor: Name of an installed extractor; rules if not given.
        model: Name of the model that the extractor is to use, if it uses one.
        resolve: HOST=ADDRESS:PORT: ask this address for the host, as in curl.
        delay: Seconds between two requests to one host.
        allow_private: Host that may be asked though its address is private.
        now: Ask also sources that rest after failures, and pages whose next try is not due.
        max_pages: Ask for no more pages than this; the rest waits for the next run.
        max_minutes: Ask for nothing after so many minutes.
        max_megabytes: Ask for nothing after so many million bytes.
        source_max_pages: The same, of each source.
        source_max_minutes: The same, of each source.
        source_max_megabytes: The same, of each source.
        limit: NAME=NUMBER: a bound of each request, such as read_s=5 or content_bytes=2000000.
        stream_limit: The same, of each large file that is read piece by piece (web archives).
        share: K/N: ask only the hosts that are those of machine K of N; all N are given the same
            watchlist, and each a store of its own.
        hand_over: Folder that the machines share, for addresses that one finds at hosts of another.
        keep_pages: Keep the bytes of pages, so that reprocess can read them anew.
        sure: Leave out claims that are less sure than this, from 0 to 1, such as 0.7, in the table
            and in what is told; the files have all.
        alert: Print what changed since the last alert as JSON Lines instead of the table, and exit
            with 4 if anything did.
        hook: A command, run without a shell where something changed, with these lines on its
            standard input: "notify --to desk". That it fails ends nothing.
        hook_seconds: End the hook after so many seconds; 60 if not given.
        feed: Write what changed into this file as an Atom feed.
        strict: Exit with 3 if anything could not be read, or the hook failed.
        json: Print one JSON object instead of the table.
    """
    if not wanted:
        msg = "name what to watch: a feed, a page, a file, a folder or a watchlist"
        raise SourceError(msg)
    listed = _watchlist(wanted)
    shared = _share(share, hand_over)
    store = store or (listed.store if listed else Path("alignwatch.db"))
    out = out or (listed.out if listed else store.parent)
    alerting = make_alerting(
        listed, alert=alert, hook=hook, hook_time_s=hook_seconds, feed=feed, min_confidence=sure
    )
    with open_store(store, keep_pages=keep_pages) as opened:
        require_folder(out)  # before the work, and not after it
        alerting.begin(opened)
        with Teller() as teller:
            result = watch_sources(
                listed or wanted,
                store=opened,
                contact=contact,
                since=_moment(since),
                actors=actors,
                lexicon=lexicon,
                extractor=extractor,
                model=model,
                resolve=read_resolve(resolve),
                delay_s=delay,
                allow_private=frozenset(allow_private),
                budget=_budget(max_pages, max_minutes, max_megabytes),
                budgets=_budget(source_max_pages, source_max_minutes, source_max_megabytes) or {},
                limits=_limits(limit),
                stream_limits=_limits(stream_limit, option="--stream-limit", base=STREAM_LIMITS),
                ask_now=now,
                share=shared,
                progress=teller,
            )
        written = write_outputs(opened, out)
        floor = alerting.min_confidence
        ties = relationships(opened, min_confidence=floor) if floor else written.relationships
        found = _of_interest(ties, listed)
        told = alerting.tell(opened, listed=listed, json=json)
        if json:
            _print_json(
                (to_records(told) if alerting.is_wanted else {})
                | {
                    "health": [to_record(health) for health in result.health],
                    "failures": [to_record(failure) for failure in result.failures],
                    "extractor": result.extractor,
                    "relationships": len(found),
                    "claims": str(written.claims_path),
                    "report": str(written.report_path) if written.report_path else None,
                    "store": str(store),
                }
            )
        else:
            if not alerting.alert:
                print_relationships(found, limit=_SHOWN, more=f"alignwatch show --store {store}")
            print_failures(result.failures)
            print_resting(result.resting)
            postponed = sum(health.postponed for health in result.health) - len(result.resting)
            waiting = sum(health.waiting - health.postponed for health in result.health)
            if postponed:
                talk(f"{postponed} waiting for the next run: the budget is used up")
            if waiting:
                talk(f"{waiting} wait: they failed before, and the next try is not due yet")
            new = f"{result.stored} new" if result.stored else "nothing new"
            counts = opened.counts()
            articles, claims = count(counts.articles, "article"), count(counts.claims, "claim")
            talk(f"{new}; {articles}, {claims} in the store")
            _tell_of_others(opened, result.extractor)
            talk(f"report  {written.report_path or _NO_REPORT}")
            talk(f"claims  {written.claims_path}\nstore   {store}")
    failed = result.failures or told.hook_failure is not None
    return 3 if strict and failed else alerting.exit_code(told)


def _tell_of_others(store: Store, extractor: str) -> None:
    """Tell of articles whose claims another extractor made: the table holds them all."""
    for name, articles in store.extractors().items():
        if name != extractor:
            have = "article has" if articles == 1 else "articles have"
            talk(f"{articles:,} {have} the claims of {name}: reprocess reads them anew")


def _share(told: str | None, folder: Path | None) -> Share | None:
    if told is None:
        if folder is not None:
            msg = "--hand-over is for machines that share a watchlist: say which, as in --share 2/8"
            raise SourceError(msg)
        return None
    number, _, count = told.partition("/")
    if not (number.isdecimal() and count.isdecimal()):
        msg = f"--share takes K/N, such as 2/8 for the second of eight machines, got {told!r}"
        raise SourceError(msg)
    return Share(number=int(number), count=int(count), folder=folder)


def _watchlist(wanted: tuple[str, ...]) -> Watchlist | None:
    named = [name for name in wanted if name.endswith(".toml")]
    if not named:
        return None
    if len(wanted) > 1:
        msg = f"a watchlist stands alone: name the other sources in {named[0]}"
        raise SourceError(msg)
    try:
        return read_watchlist(named[0])
    except OSError as error:
        msg = f"the watchlist {named[0]} cannot be read: {error.strerror}"
        raise SourceError(msg) from error


def _budget(pages: int | None, minutes: float | None, megabytes: float | None) -> Budget | None:
    if pages is minutes is megabytes is None:
        return None
    return Budget(
        pages=pages,
        time_s=None if minutes is None else minutes * 60,
        size_bytes=None if megabytes is None else int(megabytes * 1_000_000),
    )


def _of_interest(
    found: tuple[Relationship, ...], listed: Watchlist | None
) -> tuple[Relationship, ...]:
    if listed is None or not listed.actors:
        return found
    wanted = set(listed.actors)
    return tuple(one for one in found if wanted & {one.source, one.target})


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def fetch(  # noqa: PLR0913 - a command line's options
    *urls: str,
    contact: Contact = None,
    resolve: Annotated[tuple[str, ...], Parameter(show_default=False)] = (),
    delay: float = DEFAULT_DELAY_S,
    allow_private: Annotated[tuple[str, ...], Parameter(show_default=False)] = (),
    limit: Limiting = (),
    raw: bool = False,
    ledger: bool = False,
    strict: bool = False,
) -> int:
    """Fetch pages politely and print them as article records, one JSON line each.

    Nothing is stored. robots.txt is obeyed, each host is asked one thing at a time; what its
    publisher reserves is not read, but for --raw.

    Args:
        urls: Addresses of pages.
        contact: Your mail address or site: who asks, for hosts to see. Needed for live hosts.
        resolve: HOST=ADDRESS:PORT: ask this address for the host, as in curl.
        delay: Seconds between two requests to one host.
        allow_private: Host that may be asked though its address is private.
        limit: NAME=NUMBER: a bound of each request, such as read_s=5 or content_bytes=2000000.
        raw: Print the page's bytes instead.
        ledger: Tell at the end how each host was treated.
        strict: Exit with 3 if anything could not be fetched.
    """
    if not urls:
        msg = "name the pages to fetch"
        raise SourceError(msg)
    failed = 0
    with Fetcher(
        contact=contact,
        resolve=read_resolve(resolve),
        delay_s=delay,
        allow_private=frozenset(allow_private),
        limits=_limits(limit),
    ) as fetcher:
        for url in urls:
            try:
                page = fetcher.get(url)
                if raw:
                    sys.stdout.buffer.write(page.content)
                else:
                    sys.stdout.write(to_json(parse_page(require_unreserved(page, fetcher))) + "\n")
            except PageError as error:
                failed += 1
                complain(f"{strip_credentials(url)}: {error}")
        if ledger:
            talk(format_ledger(fetcher.ledger()).rstrip())
    return 3 if strict and failed else 0
