"""How near two actors of a store stand, period by period."""

from pathlib import Path

from alignwatch.aggregate import load_weights, measure_alignment
from alignwatch.model import Alignment, Period
from alignwatch.pipeline._clusters import clusters
from alignwatch.pipeline._floor import keep_sure
from alignwatch.pipeline._moments import Moment, read_moment
from alignwatch.pipeline._names import name_actor_of
from alignwatch.store import Store, open_store

__all__ = ["alignment"]


def alignment(  # noqa: PLR0913 - all by name but the three that are asked
    store: Store | str | Path,
    one: str,
    other: str,
    *,
    period: Period | str = Period.MONTH,
    weights: Path | None = None,
    as_of: Moment | None = None,
    min_confidence: float = 0.0,
) -> Alignment:
    """Lay the ties of two actors over time: an index from -1 to 1, with its interval and changes.

    ``docs/alignment.md`` explains the index and its limits. People's verdicts count.

    Args:
        store: An open store, or the path of one.
        one: An actor, by its id or a name, such as RUS or Russia.
        other: Another one.
        period: ``month``, ``quarter`` or ``year``.
        weights: A TOML file with weights of your own.
        as_of: What the store knew at this moment, as for `relationships`.
        min_confidence: How sure a claim must be to count, as for `relationships`.

    Raises:
        SourceError: An actor is unknown.
        ModelError: Both are one actor, *period*, *as_of* or *min_confidence* is none, or *weights*
            cannot be read.
        StoreError: *store* is a path and cannot be opened.
    """
    if not isinstance(store, Store):
        with open_store(store, read_only=True) as opened:
            return alignment(
                opened,
                one,
                other,
                period=period,
                weights=weights,
                as_of=as_of,
                min_confidence=min_confidence,
            )
    pair = (name_actor_of(store, one), name_actor_of(store, other))
    moment = None if as_of is None else read_moment(as_of, is_end=True)
    return measure_alignment(
        keep_sure(store, store.claims(pair, as_of=moment), min_confidence),
        pair,
        period=period,
        clusters=clusters(store, as_of=as_of),
        weights=load_weights(weights),
    )
