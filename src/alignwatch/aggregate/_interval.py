"""How much a mean of few voices may be off."""

import math
from collections.abc import Iterable

import attrs

__all__ = ["Estimate", "estimate_mean"]

_DRAWS = 2_000
_SEED = 19_920_601
_TAIL = 0.025
_DIGITS = 4


@attrs.frozen(kw_only=True)
class Estimate:
    """A weighted mean, the same drawn towards 0 by what was not seen, and where that may lie."""

    mean: float
    index: float
    low: float
    high: float
    weight: float


def estimate_mean(voices: Iterable[tuple[float, float]], *, unseen: float) -> Estimate:
    """Estimate what all voices would say, by those that were heard.

    The Bayesian bootstrap of Rubin (Annals of Statistics 9, 1981) over independent voices, with the
    prior of Muliere and Secchi (Annals of the Institute of Statistical Mathematics 48, 1996):
    voices of the weight *unseen*, which may say anything from -1 to 1. Thus a single voice gives a
    wide interval, where resampling would give none. Exactly, `index` is the mean of that
    distribution, and `low` and `high` are its quantiles of 2.5 and 97.5 % over 2,000 draws.

    The same voices give the same numbers, in any order and on any day.

    Args:
        voices: Value, -1 to 1, and weight, above 0, of at least one voice.
        unseen: Weight of what was not seen, above 0.
    """
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    heard = sorted(voices)
    total = math.fsum(weight for _, weight in heard)
    told = math.fsum(value * weight for value, weight in heard)
    # voices of one value are one gamma variate of their weights' sum: the same distribution
    shapes: dict[float, list[float]] = {}
    for value, weight in heard:
        shapes.setdefault(value, []).append(weight)
    # numpy promises that this generator's numbers never change; that of default_rng may
    rng = np.random.RandomState(_SEED)
    mass = rng.standard_gamma(unseen, size=_DRAWS)
    sums = mass * rng.uniform(-1.0, 1.0, size=_DRAWS)
    for value, weights in shapes.items():
        drawn = rng.standard_gamma(math.fsum(weights), size=_DRAWS)
        mass += drawn
        sums += drawn * value
    # weights near 0 may draw nothing at all
    means = np.divide(sums, mass, out=np.zeros(_DRAWS), where=mass > 0)
    index = told / (unseen + total)
    low, high = (float(bound) for bound in np.quantile(means, (_TAIL, 1 - _TAIL)))
    return Estimate(
        mean=_round(told / total),
        index=_round(index),
        low=_round(min(low, index)),
        high=_round(max(high, index)),
        weight=_round(total),
    )


def _round(value: float) -> float:
    """Leave off what differs between processors; -0.0 becomes 0.0."""
    return round(value, _DIGITS) + 0.0
