"""What a store amounts to: relationships and their changes, and how to make it anew."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import attrs

from alignwatch.aggregate import (
    aggregate_claims,
    find_changes,
    holds_during,
    parse_period,
)
from alignwatch.errors import PageError, SourceError
from alignwatch.extract import Extractor
from alignwatch.model import (
    Change,
    Claim,
    Failure,
    Relationship,
)
from alignwatch.pipeline._clusters import voices
from alignwatch.pipeline._floor import keep_sure
from alignwatch.pipeline._moments import Moment, Period, read_moment
from alignwatch.pipeline._names import name_actor_of
from alignwatch.pipeline._parsing import PageParser
from alignwatch.pipeline._reading import choose_extractor, fill_from_listing, read_article
from alignwatch.sources import Source, load_source
from alignwatch.store import Address, AddressState, Store, open_store
from alignwatch.text import CLEANER_VERSION

__all__ = [
    "Reprocessed",
    "diff",
    "relationships",
    "reprocess",
]


def relationships(
    store: Store | str | Path,
    *,
    actors: Sequence[str] = (),
    as_of: Moment | None = None,
    during: Period | None = None,
    min_confidence: float = 0.0,
) -> tuple[Relationship, ...]:
    """Give every tie that the store's claims tell of, the best supported first.

    People's verdicts count: rejected claims are left out, corrected ones are taken as corrected.
    There are two clocks, and both may be asked at once:

    Args:
        store: An open store, or the path of one.
        actors: Only the ties of this actor, or those between these two: ids, or names such as
            "North Korea". Only their claims are read.
        as_of: What the store knew at this moment: no claim, verdict or article that it learned of
            later. A date, or a text such as ``2026-05-01``, is the end of that day in UTC; so is a
            text without a zone in UTC.
        during: What holds on some day of this period, such as ``2024``, ``2024-05`` or
            ``2024-05..2025``: claims that name a period by that, others by the day that their
            article is of. Ties rest on those claims alone.
        min_confidence: How sure a claim must be to count, from 0 to 1. Less sure ones are left
            out as if nobody had found them, denials too; but not those that a person accepted.

    Raises:
        StoreError: *store* is a path and cannot be opened.
        SourceError: An actor is unknown or named twice, or there are more than two.
        ModelError: *as_of*, *during* or *min_confidence* is none.
    """
    if not isinstance(store, Store):
        with open_store(store, read_only=True) as opened:
            return relationships(
                opened, actors=actors, as_of=as_of, during=during, min_confidence=min_confidence
            )
    moment = None if as_of is None else read_moment(as_of, is_end=True)
    period = parse_period(during) if isinstance(during, str) else during
    claims = keep_sure(store, _claims_of(store, actors, moment), min_confidence)
    if period is not None:
        claims = (one for one in claims if holds_during(one, period))
    if not actors:
        return aggregate_claims(claims, clusters=voices(store, as_of=moment))
    told = tuple(claims)
    among = {claim.article for claim in told}
    return aggregate_claims(told, clusters=voices(store, as_of=moment, among=among))


def _claims_of(store: Store, actors: Sequence[str], moment: datetime | None) -> Iterator[Claim]:
    named = [name_actor_of(store, name) for name in actors]
    match named:
        case []:
            return store.claims(as_of=moment)
        case [actor]:
            return store.claims(actor=actor, as_of=moment)
        case [one, other] if one != other:
            return store.claims((one, other), as_of=moment)
    told = f"{named[0]} twice" if len(named) == 2 else f"{len(named)}: {', '.join(named)}"
    msg = f"ties are of one actor or between two, got {told}"
    raise SourceError(msg)


def diff(
    store: Store | str | Path,
    *,
    since: Moment,
    until: Moment | None = None,
    during: Period | None = None,
    min_confidence: float = 0.0,
) -> tuple[Change, ...]:
    """Tell what became of each tie between two moments of knowing.

    The same as `find_changes` of `relationships` as of *since* and as of *until*.

    Args:
        store: An open store, or the path of one.
        since: What was known at this moment is not told again. A date is the begin of that day in
            UTC.
        until: The moment to compare with, now if not given. A date is the end of that day.
        during: As for `relationships`, at both moments.
        min_confidence: As for `relationships`, at both moments.

    Returns:
        By what changed (new, gone, confirmed, denied, ended, strengthened, weakened), then by pair.

    Raises:
        StoreError: *store* is a path and cannot be opened.
        ModelError: A moment, *during* or *min_confidence* is none.
    """
    if not isinstance(store, Store):
        with open_store(store, read_only=True) as opened:
            return diff(
                opened, since=since, until=until, during=during, min_confidence=min_confidence
            )
    before, after = (
        relationships(store, as_of=moment, during=during, min_confidence=min_confidence)
        for moment in (read_moment(since, is_end=False), until)
    )
    return find_changes(before, after)


@attrs.frozen(kw_only=True)
class Reprocessed:
    """How many articles were read anew, how many could not be, and how many had no kept bytes."""

    articles: int
    claims: int
    failures: tuple[Failure, ...]
    without_bytes: int


def reprocess(
    store: Store,
    *,
    actors: Path | None = None,
    lexicon: Path | None = None,
    extractor: str | Extractor = "rules",
    model: str | None = None,
) -> Reprocessed:
    """Parse, clean and extract anew what the store has kept; verdicts stay.

    The options are those of `watch`: afterwards all claims are of one extractor.

    Where a page's bytes were not kept, or its source is not installed any more, the stored
    article's text is cleaned anew. An article that can no longer be read keeps what it has.
    """
    chosen = choose_extractor(extractor, actors=actors, lexicon=lexicon, model=model)
    done, claims, without, failures = 0, 0, 0, []
    with PageParser() as parser:
        for address in tuple(store.addresses(state=AddressState.STORED)):
            page, source = store.page(address.url), _find_source(address.source)
            try:
                if page is None or source is None:
                    without += 1
                    article = store.article(address.article or "")
                    if article is None:
                        continue
                else:
                    article = fill_from_listing(parser.parse(source, page), address.ref)
                reading = read_article(article, chosen)
            except PageError as error:
                failures.append(_failure(address, error))
                continue
            store.save_article(
                ref_url=address.url,
                source=address.source,
                page=page,
                article=reading.article,
                document=reading.document,
                claims=reading.claims,
                cleaner=CLEANER_VERSION,
                extractor=chosen.name,
            )
            done += 1
            claims += len(reading.claims)
    return Reprocessed(
        articles=done, claims=claims, failures=tuple(failures), without_bytes=without
    )


def _find_source(name: str) -> Source | None:
    """Give the source that read a page, by the name it is kept under.

    That is ``rss:http://...`` or, from a watchlist, ``rss`` or ``rss:wires``. The plugin alone
    matters: what a source is told to discover plays no part in parsing.
    """
    plugin, _, address = name.partition(":")
    if plugin == "files":
        return load_source("files", paths=())
    for options in ({"urls": (address,)}, {}, {"urls": ()}):
        if options != {"urls": ("",)}:
            try:
                return load_source(plugin, **options)
            except SourceError:
                continue
    return None


def _failure(address: Address, error: PageError) -> Failure:
    return Failure(url=address.url, source=address.source, reason=error.reason, message=str(error))
