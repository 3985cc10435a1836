"""The front door: watch sources into a store."""

import contextlib
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from alignwatch.errors import SourceContractError, SourceError
from alignwatch.extract import Extractor
from alignwatch.fetch import DEFAULT_DELAY_S, STREAM_LIMITS, Fetcher, Limits
from alignwatch.pipeline._budget import Budget
from alignwatch.pipeline._fetched import Fetched
from alignwatch.pipeline._parsing import PageParser
from alignwatch.pipeline._reading import choose_extractor
from alignwatch.pipeline._result import Progress, SourceBrokenError, WatchResult
from alignwatch.pipeline._share import HandedSource, Share
from alignwatch.pipeline._sources import Watched, is_url, plan_sources
from alignwatch.pipeline._watch import Run
from alignwatch.pipeline._watchlist import ListedSource, Watchlist
from alignwatch.sources import Source
from alignwatch.store import Store, open_store

__all__ = ["watch"]

_NO_BUDGETS: Mapping[str, Budget] = MappingProxyType({})


def watch(  # noqa: PLR0913 - the front door: all keyword-only, all with a default but one
    sources: Iterable[str | Path | Source] | str | Path | Watchlist,
    *,
    store: Store | str | Path | None = None,
    contact: str | None = None,
    since: datetime | None = None,
    actors: Path | None = None,
    lexicon: Path | None = None,
    extractor: str | Extractor | None = None,
    model: str | None = None,
    resolve: Mapping[str, str] | None = None,
    delay_s: float | Mapping[str, float] | None = None,
    allow_private: frozenset[str] = frozenset(),
    budget: Budget | None = None,
    budgets: Budget | Mapping[str, Budget] = _NO_BUDGETS,
    limits: Limits | None = None,
    stream_limits: Limits | None = None,
    ask_now: bool = False,
    share: Share | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> WatchResult:
    """Read what is new at *sources* and store articles, documents and claims.

    Each article is stored in one transaction: a run that is killed loses at most the page that it
    was reading, and the next run goes on where it stopped. A page that fails is stored with its
    reason and tried again later, at growing distances.

    Args:
        sources: Addresses of feeds or pages, paths of files or folders, and `Source` values; or a
            `Watchlist`, which then stands for all that is not given here: `resolve` and
            `allow_private` are added to its own, everything else takes the place of its own.
        store: An open store, or the path of one, made if absent. Only a watchlist names one itself.
        contact: Mail address or site of whoever asks; hosts see it. Needed for live hosts.
        since: Leave out what listings date before this; with a time zone.
        actors: TOML file with further actors.
        lexicon: TOML file with further words.
        extractor: An extractor, or the name of an installed one; "rules" if nobody names one. What
            was read before keeps the claims of its extractor until `reprocess`.
        model: Name of the model that the extractor is to use, if it uses one.
        resolve: Host name to ``"address:port"`` to ask instead, as in curl's ``--connect-to``.
        delay_s: Seconds between two requests to one host, or by host; a host that asks for more
            gets it.
        allow_private: Host names that may resolve to a private address.
        budget: The most that may be asked for in this run; what does not fit waits for the next.
        budgets: The most that each source may ask for: one budget for each of them, or by the names
            that `WatchResult.health` tells. They come before a watchlist's own.
        limits: The bounds of each request.
        stream_limits: The bounds of each large file that is read piece by piece.
        ask_now: Ask also sources that rest after failures, and pages whose next try is not due.
        share: What this one of several machines asks of a `Watchlist`: each machine is given the
            same list and a share and a store of its own.
        progress: Called in this thread after each page.

    Raises:
        ContactRequiredError: A live host is to be asked and *contact* is missing.
        SourceError: A path does not exist, a source is not installed, or there is no store named.
        StoreError: The store cannot be used.
        DataFileError: *actors* or *lexicon* is malformed.
        ModelError: No extractor of that name is installed, or it takes no such options.
        MissingExtraError: The extractor needs an optional part that is not installed.
    """
    wanted: list[str | Path | Source] = []
    listed = None
    if isinstance(sources, str | Path):
        wanted.append(sources)
    elif not isinstance(sources, Watchlist):
        wanted.extend(sources)
    else:
        listed = sources
        store = store or listed.store
        contact = contact or listed.contact
        since = since or listed.since
        if extractor is None or isinstance(extractor, str):
            # options belong to an extractor: those of the file's do not fit another one
            model = model or (listed.model if extractor in {None, listed.extractor} else None)
            extractor = extractor or listed.extractor
            actors = actors or listed.actors_file
            lexicon = lexicon or listed.lexicon_file
        resolve = {**listed.resolve, **(resolve or {})}
        delay_s = listed.delay_s if delay_s is None else delay_s
        allow_private |= listed.allow_private
        budget = budget or listed.budget
        limits = limits or listed.limits
        stream_limits = stream_limits or listed.stream_limits
    if not isinstance(budgets, Budget):
        _check_names(budgets, listed, wanted)
    if share is not None and listed is None:
        msg = "a share is one of a watchlist: machines that are given other sources need none"
        raise SourceError(msg)
    if store is None:
        msg = "name a store to keep everything in: store='alignwatch.db'"
        raise SourceError(msg)
    chosen = choose_extractor(extractor or "rules", actors=actors, lexicon=lexicon, model=model)
    with (
        contextlib.nullcontext(store) if isinstance(store, Store) else open_store(store) as opened,
        Fetcher(
            contact=contact,
            memory=opened,
            resolve=resolve or {},
            delay_s=DEFAULT_DELAY_S if delay_s is None else delay_s,
            allow_private=allow_private,
            limits=limits,
            stream_limits=stream_limits or STREAM_LIMITS,
            on_request=lambda line: opened.save_ledger((line,)),
        ) as fetcher,
        PageParser() as parser,
    ):
        for item in wanted:
            if isinstance(item, str) and is_url(item):
                fetcher.require_contact(item)
        fetched = Fetched(fetcher)
        run = Run(
            store=opened,
            fetcher=fetcher,
            parser=parser,
            extractor=chosen,
            since=since,
            progress=progress or (lambda _: None),
            budget=budget or Budget(),
            ask_now=ask_now,
            budget_of=_budget_of(listed, budgets),
            share=share,
        )
        if listed is not None:
            return run.watch(_plan_listed(listed.sources, share), fetched)
        plan = plan_sources(
            wanted,
            getter=fetched,
            store=opened,
            rests=lambda url: run.books.rest_of(url) is not None,
        )
        return run.watch(plan, fetched)


def _check_names(
    budgets: Mapping[str, Budget], listed: Watchlist | None, wanted: Iterable[str | Path | Source]
) -> None:
    """Refuse a budget that no source would keep: a name with a slip in it is no bound."""
    known = [one.name for one in listed.sources] if listed else []
    for item in wanted:
        if isinstance(item, str) and is_url(item):
            known += [f"rss:{item}", f"pages:{item}"]
        elif not isinstance(item, str | Path):
            known.append(item.info.name)
        else:
            known += ["files", str(item)]
    for name in budgets:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1) or known[:1]
            hint = f"; did you mean {near[0]!r}?" if near else ""
            msg = f"there is no source {name!r} that could have a budget{hint}"
            raise SourceError(msg)


def _budget_of(
    listed: Watchlist | None, given: Budget | Mapping[str, Budget]
) -> Callable[[str], Budget]:
    """Tell the budget of each source by its name; what is given comes before what is listed."""
    if isinstance(given, Budget):
        return lambda _: given
    known = {one.name: one.budget for one in listed.sources} if listed else {}
    both = {**known, **given}
    return lambda name: both.get(name, Budget())


def _plan_listed(sources: Iterable[ListedSource], share: Share | None) -> Iterator[Watched]:
    if share is not None:
        sources = share.keep(sources)
        if handed := share.handed():
            yield Watched(name="handed", source=HandedSource(tuple(handed)))
    for listed in sources:
        try:
            yield Watched(name=listed.name, source=listed.load())
        except SourceContractError as error:
            # told and counted, so that the other sources go on
            yield Watched(name=listed.name, source=None, error=SourceBrokenError(str(error)))
