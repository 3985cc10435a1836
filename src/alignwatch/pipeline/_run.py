"""The front door: watch sources into a store."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path

from alignwatch.extract import load_extractor
from alignwatch.fetch import DEFAULT_DELAY_S, Fetcher
from alignwatch.pipeline._parsing import PageParser
from alignwatch.pipeline._sources import Fetched, is_url, plan_sources
from alignwatch.pipeline._watch import Progress, Run, WatchResult
from alignwatch.sources import Source
from alignwatch.store import Store, open_store

__all__ = ["watch"]


def watch(  # noqa: PLR0913 - the front door: all keyword-only, all with a default but one
    sources: Iterable[str | Path | Source] | str | Path,
    *,
    store: Store | str | Path,
    contact: str | None = None,
    since: datetime | None = None,
    actors: Path | None = None,
    resolve: Mapping[str, str] | None = None,
    delay_s: float | None = None,
    allow_private: frozenset[str] = frozenset(),
    progress: Callable[[Progress], None] | None = None,
) -> WatchResult:
    """Read what is new at *sources* and store articles, documents and claims.

    Each article is stored in one transaction: a run that is killed loses at most the page that it
    was reading, and the next run goes on where it stopped. A page that fails is stored with its
    reason and tried again later, at growing distances.

    Args:
        sources: Addresses of feeds or pages, paths of files or folders, and `Source` values.
        store: An open store, or the path of one, made if absent.
        contact: Mail address or site of whoever asks; hosts see it. Needed for live hosts.
        since: Leave out what listings date before this; with a time zone.
        actors: TOML file with further actors.
        resolve: Host name to ``"address:port"`` to ask instead, as in curl's ``--connect-to``.
        delay_s: Seconds between two requests to one host; a host that asks for more gets it.
        allow_private: Host names that may resolve to a private address.
        progress: Called in this thread after each page.

    Raises:
        ContactRequiredError: A live host is to be asked and *contact* is missing.
        SourceError: A path does not exist, or a source is not installed.
        StoreError: The store cannot be used.
        DataFileError: *actors* is malformed.
    """
    if not isinstance(store, Store):
        with open_store(store) as opened:
            return watch(
                sources,
                store=opened,
                contact=contact,
                since=since,
                actors=actors,
                resolve=resolve,
                delay_s=delay_s,
                allow_private=allow_private,
                progress=progress,
            )
    wanted = [sources] if isinstance(sources, str | Path) else list(sources)
    with (
        Fetcher(
            contact=contact,
            memory=store,
            resolve=resolve or {},
            delay_s=DEFAULT_DELAY_S if delay_s is None else delay_s,
            allow_private=allow_private,
        ) as fetcher,
        PageParser() as parser,
    ):
        for item in wanted:
            if isinstance(item, str) and is_url(item):
                fetcher.require_contact(item)
        fetched = Fetched(fetcher)
        run = Run(
            store=store,
            fetcher=fetcher,
            parser=parser,
            extractor=load_extractor("rules", actors=actors),
            since=since,
            progress=progress or (lambda _: None),
        )
        return run.watch(plan_sources(wanted, getter=fetched, store=store), fetched)
