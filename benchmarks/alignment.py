#!/usr/bin/env python3
"""How often change points are false alarms on simulated series, and how often a true one is found.

    benchmarks/alignment.py [--series 2000]

A series has as many independent voices a month as chance has it (Poisson; months without one are
left out). Each voice tells a kind drawn from a mixture, with the weight of its kind, in a voice and
with a confidence by chance. Nothing is tuned here: `find_levels` is called as `measure_alignment`
calls it.
"""

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np

from alignwatch.aggregate import load_weights
from alignwatch.aggregate._changes import find_levels
from alignwatch.aggregate._interval import estimate_mean
from alignwatch.model import Kind, Status

WEIGHTS = load_weights()
# what papers write of friends, of adversaries, and of those who are both
MIXTURES = {
    "friendly": "consultation consultation support trade energy treaty aid arms_transfer criticism",
    "mixed": "consultation trade demand criticism support threat concession sanctions",
    "hostile": "criticism criticism threat sanctions attack demand consultation",
    "one kind": "support",
}
Draw = Callable[[np.random.Generator], float]


def value_of(name: str) -> float:
    return WEIGHTS.kinds[Kind(name)] or 0.0


def draw_voices(
    rng: np.random.Generator, kinds: list[float], rate: float, drift: float = 0.0
) -> list[tuple[float, float]]:
    voices = []
    for _ in range(rng.poisson(rate)):
        status = rng.choice(list(Status), p=[0.75, 0.2, 0.05])
        weight = WEIGHTS.status[Status(status)] * rng.uniform(0.4, 1.0)
        told = float(np.mean(rng.choice(kinds, size=rng.integers(1, 4))))
        voices.append((max(-1.0, min(1.0, told + drift)), weight))
    return sorted(voices)


def values(mixture: str) -> list[float]:
    return [value_of(name) for name in MIXTURES[mixture].split()]


def count_alarms(series: int, months: int, rate: float, mixture: str, seed: int) -> float:
    rng = np.random.default_rng(seed)
    alarms = 0
    for _ in range(series):
        told = [v for _ in range(months) if (v := draw_voices(rng, values(mixture), rate))]
        alarms += len(find_levels(told)) > 1
    return alarms / series


def count_found(
    series: int, months: int, rate: float, change: tuple[str, str], seed: int
) -> tuple[float, float]:
    """Give the share of series with a change within two months of the true one, and any other."""
    rng = np.random.default_rng(seed)
    found = wrong = 0
    for _ in range(series):
        told, place = [], []
        for month in range(months):
            if v := draw_voices(rng, values(change[month >= months // 2]), rate):
                told.append(v)
                place.append(month)
        at = [place[level.first] for level in find_levels(told)[1:]]
        near = [one for one in at if abs(one - months // 2) <= 2]
        found += bool(near)
        wrong += len(at) > len(near)
    return found / series, wrong / series


def count_drifting(series: int, months: int, rate: float, seed: int) -> float:
    """Give the share of alarms where the level wanders slowly instead of changing."""
    rng = np.random.default_rng(seed)
    alarms = 0
    for _ in range(series):
        level, told = 0.0, []
        for _ in range(months):
            level = 0.7 * level + rng.normal(0, 0.1)
            if v := draw_voices(rng, values("mixed"), rate, level):
                told.append(v)
        alarms += len(find_levels(told)) > 1
    return alarms / series


def count_covered(series: int, voices: int, mixture: str, seed: int) -> float:
    """Give the share of intervals that hold the mean of the mixture."""
    rng = np.random.default_rng(seed)
    true = float(np.mean(values(mixture)))
    held = 0
    for _ in range(series):
        told = [
            (float(np.mean(rng.choice(values(mixture), size=rng.integers(1, 4)))), 1.0)
            for _ in range(voices)
        ]
        estimate = estimate_mean(told, unseen=WEIGHTS.unseen)
        held += estimate.low <= true <= estimate.high
    return held / series


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--series", type=int, default=2_000)
    asked = parser.parse_args()
    began = time.process_time()
    print(f"{asked.series} series each\n\nfalse alarms, no change in the series")
    print("| mixture | months | 0.5 voices a month | 2 | 8 |\n|---|---|---|---|---|")
    for mixture in MIXTURES:
        for months in (12, 36, 120):
            shares = [
                count_alarms(asked.series, months, rate, mixture, seed)
                for seed, rate in enumerate((0.5, 2, 8))
            ]
            told = " | ".join(f"{share:.3f}" for share in shares)
            print(f"| {mixture} | {months} | {told} |", flush=True)
    drifts = [count_drifting(asked.series, 36, rate, 7) for rate in (0.5, 2, 8)]
    told = " | ".join(f"{share:.3f}" for share in drifts)
    print(f"| wandering level | 36 | {told} |")
    print("\nfound, within two months of the true change (another one beside it)")
    print("| change | months | 0.5 voices a month | 2 | 8 |\n|---|---|---|---|---|")
    for change in (("friendly", "hostile"), ("friendly", "mixed"), ("mixed", "hostile")):
        for months in (12, 36):
            both = [
                count_found(asked.series, months, rate, change, seed)
                for seed, rate in enumerate((0.5, 2, 8))
            ]
            told = " | ".join(f"{found:.3f} ({wrong:.3f})" for found, wrong in both)
            print(f"| {' to '.join(change)} | {months} | {told} |", flush=True)
    print("\nintervals of 95 % that hold the true mean")
    print("| mixture | 1 voice | 3 | 10 | 40 |\n|---|---|---|---|---|")
    for mixture in MIXTURES:
        shares = [
            count_covered(min(asked.series, 500), voices, mixture, 11) for voices in (1, 3, 10, 40)
        ]
        told = " | ".join(f"{share:.3f}" for share in shares)
        print(f"| {mixture} | {told} |", flush=True)
    print(f"\n{time.process_time() - began:.0f} s of CPU", file=sys.stderr)


if __name__ == "__main__":
    main()
