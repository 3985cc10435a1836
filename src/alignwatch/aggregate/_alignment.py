"""How near two actors stand, period by period, as independent voices tell it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import attrs

from alignwatch.aggregate._changes import Level, find_levels
from alignwatch.aggregate._interval import estimate_mean
from alignwatch.aggregate._periods import (
    MAX_SPAN,
    bounds_of,
    name_period,
    place_by_text,
    place_published,
)
from alignwatch.aggregate._relationships import map_voices
from alignwatch.aggregate._weights import AlignmentWeights, load_weights
from alignwatch.errors import ModelError
from alignwatch.model import (
    Alignment,
    AlignmentChange,
    AlignmentPoint,
    Claim,
    Cluster,
    Kind,
    Period,
)

__all__ = ["measure_alignment", "measure_alignments"]

_LEAST_WEIGHT = 1e-6
"""Below this a claim is as good as none, and its share could not be drawn."""
_NAMED = 5
"""Claims that name a change."""

Statement = tuple[str, str, Kind, bool]


def measure_alignment(
    claims: Iterable[Claim],
    pair: tuple[str, str],
    *,
    period: Period | str = Period.MONTH,
    clusters: Iterable[Cluster] = (),
    weights: AlignmentWeights | None = None,
) -> Alignment:
    """Lay the claims about *pair*, in both directions, over time.

    ``docs/alignment.md`` explains the index and its limits. Order and repeats of claims do not
    matter, nor do later copies of one story: in each period a cluster is one voice, and says each
    thing once. A claim counts where its text's own time is, if that is as precise as *period*;
    else in the period of its cluster's first publication.

    Args:
        claims: Those of other pairs are passed over.
        pair: Two actors' ids, in either order.
        period: ``month``, ``quarter`` or ``year``.
        clusters: Articles that are copies of one story; an article outside of all is one voice.
        weights: What kinds, voices and doubts are worth; `load_weights` gives the default.

    Raises:
        ModelError: *pair* is one actor twice, *period* is none, or an article is in two clusters.
    """
    one, other = sorted(pair)
    if one == other:
        msg = f"an alignment is one of two actors, got {one!r} twice"
        raise ModelError(msg)
    told = [claim for claim in claims if claim.pair == (one, other)]
    return _measure(
        (one, other), told, _as_period(period), map_voices(clusters), weights or load_weights()
    )


def measure_alignments(
    claims: Iterable[Claim],
    *,
    period: Period | str = Period.MONTH,
    clusters: Iterable[Cluster] = (),
    weights: AlignmentWeights | None = None,
) -> tuple[Alignment, ...]:
    """Give `measure_alignment` of every pair that *claims* tell of, by pair.

    Raises:
        ModelError: *period* is none, or an article is in two clusters.
    """
    chosen, worth, voices = _as_period(period), weights or load_weights(), map_voices(clusters)
    pairs: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        pairs[claim.pair].append(claim)
    return tuple(_measure(pair, pairs[pair], chosen, voices, worth) for pair in sorted(pairs))


def _as_period(period: Period | str) -> Period:
    try:
        return Period(period)
    except ValueError:
        msg = f"a period is one of {', '.join(Period)}, got {period!r}"
        raise ModelError(msg) from None


@attrs.frozen
class _Placed:
    """A claim's weight and value, the voice that tells it, and the periods it counts in."""

    claim: Claim
    value: float
    weight: float
    voice: str
    statement: Statement
    periods: range


@attrs.frozen
class _Voice:
    """What one voice says in one period; `best` has a claim, value and weight per statement."""

    name: str
    value: float
    weight: float
    best: tuple[tuple[str, float, float], ...]
    claims: frozenset[str]


def _measure(
    pair: tuple[str, str],
    claims: Sequence[Claim],
    period: Period,
    voices: Mapping[str, str],
    weights: AlignmentWeights,
) -> Alignment:
    told = dict.fromkeys(claims)
    placed = _place(told, period, voices, weights)
    cells: defaultdict[int, defaultdict[str, list[_Placed]]]
    cells = defaultdict(lambda: defaultdict(list))
    for one in placed:
        for number in one.periods:
            cells[number][one.voice].append(one)
    series = {
        number: [_hear(name, cells[number][name], weights) for name in sorted(cells[number])]
        for number in sorted(cells)
    }
    counted = {one.claim for one in placed}
    return Alignment(
        actors=pair,
        period=period,
        points=tuple(
            _point(number, heard, period, weights.unseen) for number, heard in series.items()
        ),
        changes=_changes(series, period),
        claims=tuple(sorted(counted, key=lambda claim: (claim.id, repr(claim)))),
        left_out=len(told) - len(counted),
    )


def _place(
    claims: Iterable[Claim],
    period: Period,
    voices: Mapping[str, str],
    weights: AlignmentWeights,
) -> list[_Placed]:
    placed: list[_Placed] = []
    # a copy that appears later says nothing new: what is placed by publication counts once
    published: defaultdict[object, list[tuple[_Placed, int]]] = defaultdict(list)
    for claim in claims:
        value, weight = weights.value_of(claim), weights.weight_of(claim)
        if value is None or weight < _LEAST_WEIGHT:
            continue
        voice = voices.get(claim.article, claim.article)
        statement = (claim.source, claim.target, claim.kind, claim.negated)
        spans = place_by_text(claim, period)
        if spans is not None:
            if len(spans) <= MAX_SPAN:
                placed.append(_Placed(claim, value, weight, voice, statement, spans))
            continue
        number = place_published(claim, period)
        if number is not None:
            one = _Placed(claim, value, weight, voice, statement, range(number, number + 1))
            published[voice, statement, claim.when].append((one, number))
    for copies in published.values():
        first = min(number for _, number in copies)
        placed += [attrs.evolve(one, periods=range(first, first + 1)) for one, _ in copies]
    return placed


def _hear(name: str, told: Iterable[_Placed], weights: AlignmentWeights) -> _Voice:
    """Fold what one voice tells in one period: each statement counts once, at its firmest."""
    statements: defaultdict[Statement, list[_Placed]] = defaultdict(list)
    for one in told:
        statements[one.statement].append(one)
    best: list[tuple[str, float, float]] = []
    for statement in sorted(statements):
        several = statements[statement]
        is_denied = any(one.claim.denied_by for one in several)
        firmest = min(several, key=lambda one: (-one.weight, one.claim.id))
        weight = firmest.weight * (weights.denied if is_denied else 1.0)
        best.append((firmest.claim.id, firmest.value, weight))
    total = math.fsum(weight for *_, weight in best)
    said = math.fsum(value * weight for _, value, weight in best)
    return _Voice(
        name=name,
        value=min(1.0, max(-1.0, said / total)) if total else 0.0,
        weight=max(weight for *_, weight in best),
        best=tuple(best),
        claims=frozenset(one.claim.id for group in statements.values() for one in group),
    )


def _point(number: int, heard: Sequence[_Voice], period: Period, unseen: float) -> AlignmentPoint:
    found = estimate_mean(_weigh(heard), unseen=unseen)
    start, end = bounds_of(number, period)
    return AlignmentPoint(
        period=name_period(number, period),
        start=start,
        end=end,
        index=found.index,
        low=found.low,
        high=found.high,
        mean=found.mean,
        weight=found.weight,
        independent_count=len(heard),
        claims=tuple(sorted(frozenset().union(*(voice.claims for voice in heard)))),
    )


def _weigh(heard: Iterable[_Voice]) -> list[tuple[float, float]]:
    return sorted((voice.value, voice.weight) for voice in heard)


def _changes(series: Mapping[int, Sequence[_Voice]], period: Period) -> tuple[AlignmentChange, ...]:
    numbers = list(series)
    levels = find_levels([_weigh(heard) for heard in series.values()])
    return tuple(
        AlignmentChange(
            since=name_period(numbers[new.first], period),
            until=name_period(numbers[old.last - 1], period),
            before=round(old.mean, 4) + 0.0,
            after=round(new.mean, 4) + 0.0,
            claims=_name_change(
                [voice for number in numbers[new.first : new.last] for voice in series[number]],
                old,
                new,
            ),
        )
        for old, new in pairwise(levels)
    )


def _name_change(heard: Iterable[_Voice], old: Level, new: Level) -> tuple[str, ...]:
    """Give for each of the voices that push the furthest the claim by which they do."""
    sign = 1.0 if new.mean > old.mean else -1.0
    pushes: dict[str, tuple[float, str]] = {}
    for voice in heard:
        for claim, value, weight in voice.best:
            push = (-weight * (value - old.mean) * sign, claim)
            if push[0] < 0:
                pushes[voice.name] = min(push, pushes.get(voice.name, push))
    return tuple(claim for _, claim in sorted(pushes.values())[:_NAMED])
