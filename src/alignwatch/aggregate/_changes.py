"""Where a series of voices changes its level."""

import math
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from statistics import median

import attrs

__all__ = ["Level", "find_levels"]

Voices = Sequence[tuple[float, float]]

_PENALTY = 3.0
_LEAST_PERIODS = 2
_LEAST_VOICES = 3
_LEAST_SPREAD = 0.15
_NORMAL_MEDIAN = 0.4549
"""The median of the square of a standard normal variate."""


@attrs.frozen(kw_only=True)
class Level:
    """Periods `first` up to and without `last`, by place, that tell the same; their mean."""

    first: int
    last: int
    mean: float


def find_levels(series: Sequence[Voices]) -> tuple[Level, ...]:
    """Part *series* into levels: exact segmentation of least squares with a penalty.

    Minimises the weighted squares around each level's mean, in units of the voices' own spread,
    plus a penalty for each level (optimal partitioning: Jackson and others, IEEE Signal Processing
    Letters 12, 2005; the penalty grows with the logarithm of the number of periods, as Yao,
    Statistics and Probability Letters 6, 1988, shows to find the right number). A level has at
    least two periods and three voices, and a change must hold without any one of them: one story
    changes nothing.

    The spread is the greatest of that of voices within periods, of that between neighbouring
    periods (by the median, so that changes do not count), and 0.15.

    Args:
        series: For each period in order of time the value and weight of each of its voices.

    Returns:
        All periods, in order; one level where nothing changes, none where there are no periods.
    """
    if not series:
        return ()
    price = _PENALTY * math.log(len(series)) * _spread(series) ** 2
    bounds = _part(series, price)
    while True:
        runs = [_Sums.over(series[first:last]) for first, last in pairwise(bounds)]
        gains = [_least_gain(old, new) for old, new in pairwise(runs)]
        if not gains or min(gains) > price:
            break
        del bounds[gains.index(min(gains)) + 1]
    return tuple(
        Level(first=first, last=last, mean=min(1.0, max(-1.0, run.mean)))
        for (first, last), run in zip(pairwise(bounds), runs, strict=True)
    )


def _part(series: Sequence[Voices], price: float) -> list[int]:
    """Give where the best levels begin, 0 first, and the number of periods."""
    count = len(series)
    weight, told, squares, voices = [0.0], [0.0], [0.0], [0]
    for run in (_Sums.over((heard,)) for heard in series):
        weight.append(weight[-1] + run.weight)
        told.append(told[-1] + run.told)
        squares.append(squares[-1] + run.squares)
        voices.append(voices[-1] + run.voices)
    best = [0.0] + [math.inf] * count
    came_from = [0] * (count + 1)
    for last in range(_LEAST_PERIODS, count + 1):
        for first in range(last - _LEAST_PERIODS + 1):
            if voices[last] - voices[first] < _LEAST_VOICES:
                break
            said = told[last] - told[first]
            around = squares[last] - squares[first] - said * said / (weight[last] - weight[first])
            cost = best[first] + max(0.0, around) + price
            if cost < best[last]:
                best[last], came_from[last] = cost, first
    if math.isinf(best[count]):
        return [0, count]
    bounds = [count]
    while bounds[-1]:
        bounds.append(came_from[bounds[-1]])
    return bounds[::-1]


def _least_gain(old: "_Sums", new: "_Sums") -> float:
    """Give what parting two runs gains at least, whichever one voice is left out."""
    without_old = ((old.without(voice), new) for voice in old.members)
    without_new = ((old, new.without(voice)) for voice in new.members)
    return min(
        (one + other).cost - one.cost - other.cost for one, other in chain(without_old, without_new)
    )


@attrs.frozen
class _Sums:
    """Sums over a run of periods, from which its mean and its squares around that follow."""

    weight: float
    told: float
    squares: float
    voices: int
    members: tuple[tuple[float, float], ...] = ()

    @classmethod
    def over(cls, periods: Iterable[Voices]) -> "_Sums":
        members = tuple(voice for voices in periods for voice in voices)
        return cls(
            math.fsum(w for _, w in members),
            math.fsum(x * w for x, w in members),
            math.fsum(x * x * w for x, w in members),
            len(members),
            members,
        )

    def __add__(self, other: "_Sums") -> "_Sums":
        return _Sums(
            self.weight + other.weight,
            self.told + other.told,
            self.squares + other.squares,
            self.voices + other.voices,
        )

    def __sub__(self, other: "_Sums") -> "_Sums":
        return _Sums(
            self.weight - other.weight,
            self.told - other.told,
            self.squares - other.squares,
            self.voices - other.voices,
        )

    def without(self, voice: tuple[float, float]) -> "_Sums":
        value, weight = voice
        return self - _Sums(weight, value * weight, value * value * weight, 1)

    @property
    def mean(self) -> float:
        return self.told / self.weight if self.weight > 0 else 0.0

    @property
    def cost(self) -> float:
        """The squares around the mean; nothing where differences of sums leave less than that."""
        return max(0.0, self.squares - self.told * self.mean)


def _spread(series: Sequence[Voices]) -> float:
    """Estimate the standard deviation of a voice of weight 1 around its level."""
    weights = [math.fsum(w for _, w in voices) for voices in series]
    means = [
        math.fsum(x * w for x, w in voices) / weight
        for voices, weight in zip(series, weights, strict=True)
    ]
    squares = math.fsum(
        w * (x - mean) ** 2 for voices, mean in zip(series, means, strict=True) for x, w in voices
    )
    free = sum(len(voices) - 1 for voices in series)
    within = squares / free if free else 0.0
    steps = [
        (means[place + 1] - means[place]) ** 2 / (1 / weights[place] + 1 / weights[place + 1])
        for place in range(len(series) - 1)
    ]
    between = median(steps) / _NORMAL_MEDIAN if steps else 0.0
    return math.sqrt(max(within, between, _LEAST_SPREAD**2))
