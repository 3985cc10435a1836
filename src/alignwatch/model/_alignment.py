"""How near two actors stand, period by period."""

from datetime import date
from enum import StrEnum

import attrs

from alignwatch.errors import ModelError
from alignwatch.model._claim import Claim

__all__ = ["Alignment", "AlignmentChange", "AlignmentPoint", "Period"]


class Period(StrEnum):
    """The unit in which time is laid out."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@attrs.frozen(kw_only=True)
class AlignmentPoint:
    """What the claims of one period say of a pair, from -1 (against each other) to 1 (together).

    `period` is ``2025-07``, ``2025-Q3`` or ``2025``; `start` and `end` are inclusive. `mean` is the
    weighted mean of the independent voices, and `index` that mean drawn towards 0 by as much as
    the voices are few or unsure. In `low` to `high` it lies with 95 %. `weight` is what
    the voices weigh together: 1 for each that tells in its own voice what is beyond doubt.
    `claims` are the ids of all claims that count, sorted.
    """

    period: str
    start: date
    end: date
    index: float
    low: float
    high: float
    mean: float
    weight: float
    independent_count: int
    claims: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        if not -1 <= self.low <= self.index <= self.high <= 1:
            msg = (
                f"needs -1 <= low <= index <= high <= 1, got {self.low}, {self.index}, {self.high}"
            )
            raise ModelError(msg)
        if not -1 <= self.mean <= 1:
            msg = f"a mean lies between -1 and 1, got {self.mean}"
            raise ModelError(msg)
        if not self.claims or self.independent_count < 1:
            msg = f"a point rests on at least one claim; {self.period} has none"
            raise ModelError(msg)


@attrs.frozen(kw_only=True)
class AlignmentChange:
    """A period from which on the claims tell something else than before.

    `since` is the first period of the new level and `until` the last one before it that has
    claims. `before` and `after` are the weighted means of the two levels. `claims` are the ids of
    what speaks most for the change: one for each independent voice, the strongest first.
    """

    since: str
    until: str
    before: float
    after: float
    claims: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Alignment:
    """The curve of one pair: `points` and `changes` in order of time.

    `actors` stand in alphabetical order. A period that nobody wrote about has no point: no evidence
    is not evidence of nothing. `claims` are all claims that count, sorted by id, so that every
    id in a point leads to its quote. `left_out` counts claims without a place in time that fits
    the period, or without weight.
    """

    actors: tuple[str, str]
    period: Period
    points: tuple[AlignmentPoint, ...]
    changes: tuple[AlignmentChange, ...]
    claims: tuple[Claim, ...]
    left_out: int = 0

    def __attrs_post_init__(self) -> None:
        if len(self.actors) != 2 or self.actors[0] >= self.actors[1]:
            msg = f"a pair is two actors in alphabetical order, got {self.actors}"
            raise ModelError(msg)
