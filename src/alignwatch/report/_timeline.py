"""How many claims were published when, by family, as stacked bars."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from alignwatch.model import Family
from alignwatch.report._words import MONTHS, date_of

__all__ = ["Axis", "Bar", "Timeline", "TimelineTable", "count_by_time", "draw_timeline"]

MAX_BINS = 60
MAX_DAYS = 45
Bin = tuple[int, ...]


@attrs.frozen(kw_only=True)
class TimelineTable:
    """Counts per bin and family; bins are oldest first, with the empty ones between them.

    `undated` counts the claims that are in no bin.
    """

    unit: str
    labels: tuple[str, ...]
    short_labels: tuple[str, ...]
    families: tuple[Family, ...]
    counts: tuple[tuple[int, ...], ...]
    undated: int

    @property
    def rows(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Label and counts of each bin that is not empty."""
        labelled = zip(self.labels, self.counts, strict=True)
        return tuple((label, counts) for label, counts in labelled if any(counts))


@attrs.frozen(kw_only=True)
class Bar:
    """One family's part of one bin's bar, and the words for it."""

    family: Family
    x: float
    y: float
    width: float
    height: float
    words: str


@attrs.frozen(kw_only=True)
class Axis:
    """A line or mark of an axis: where it stands and what it says."""

    at: float
    label: str


@attrs.frozen(kw_only=True)
class Timeline:
    """The picture of a table, in a room of `width` by `height`; the plot ends at `floor`."""

    width: int
    height: int
    left: int
    floor: int
    bars: tuple[Bar, ...]
    times: tuple[Axis, ...]
    levels: tuple[Axis, ...]


def count_by_time(published: Iterable[tuple[str | None, Family]]) -> TimelineTable | None:
    """Count claims by day, month or year, whichever fits; None where no claim has such a date."""
    dated = [(date_of(when), family) for when, family in published]
    found = sorted({parts for parts, _ in dated if parts})
    if not found:
        return None
    size = _choose_unit(found)
    cut = [(parts[:size], family) for parts, family in dated if parts and len(parts) >= size]
    bins = _fill(sorted({parts for parts, _ in cut}))[-MAX_BINS:]
    places = {parts: place for place, parts in enumerate(bins)}
    tally = Counter((parts, family) for parts, family in cut if parts in places)
    families = tuple(family for family in Family if any(f is family for _, f in tally))
    return TimelineTable(
        unit=("year", "month", "day")[size - 1],
        labels=tuple(_label(parts) for parts in bins),
        short_labels=tuple(_short_label(parts) for parts in bins),
        families=families,
        counts=tuple(tuple(tally[parts, family] for family in families) for parts in bins),
        undated=len(dated) - sum(tally.values()),
    )


def _choose_unit(found: Sequence[Bin]) -> int:
    """Days for up to a month and a half, months for up to five years, else years."""
    days = [date(*parts) for parts in found if len(parts) == 3]
    if days and (days[-1] - days[0]).days < MAX_DAYS:
        return 3
    months = [parts[0] * 12 + parts[1] for parts in found if len(parts) >= 2]
    if months and max(months) - min(months) < MAX_BINS:
        return 2
    return 1


def _fill(bins: Sequence[Bin]) -> list[Bin]:
    """Add the empty bins between the first and the last."""
    first, last = bins[0], bins[-1]
    if len(first) == 1:
        return [(year,) for year in range(first[0], last[0] + 1)]
    if len(first) == 2:
        span = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
        return [(month // 12, month % 12 + 1) for month in span]
    days = range(date(*first).toordinal(), date(*last).toordinal() + 1)
    return [(day.year, day.month, day.day) for day in map(date.fromordinal, days)]


def _label(parts: Bin) -> str:
    year, *rest = parts
    return " ".join([*map(str, rest[1:]), *(MONTHS[month - 1] for month in rest[:1]), str(year)])


def _short_label(parts: Bin) -> str:
    """Name a bin in a few letters: "2 Jul", "Jul 25", "2025"."""
    if len(parts) == 1:
        return str(parts[0])
    month = MONTHS[parts[1] - 1][:3]
    return f"{parts[2]} {month}" if len(parts) == 3 else f"{month} {parts[0] % 100:02}"


def draw_timeline(table: TimelineTable, *, width: int, height: int) -> Timeline:
    """Stack the counts, the first family at the bottom."""
    left, right, top, below = 34, 8, 12, 26
    floor = height - below
    tallest = max(map(sum, table.counts))
    step = _choose_step(tallest)
    ceiling = -(-tallest // step) * step
    slot = (width - left - right) / len(table.counts)
    bar_width = min(slot * 0.72, 46.0)
    bars = []
    for place, counts in enumerate(table.counts):
        x, level = left + slot * place + (slot - bar_width) / 2, 0
        for family, count in zip(table.families, counts, strict=True):
            if not count:
                continue
            tall = (floor - top) * count / ceiling
            y = floor - (floor - top) * level / ceiling - tall
            words = f"{table.labels[place]}: {count} {family}"
            bars.append(
                Bar(
                    family=family,
                    x=round(x, 1),
                    y=round(y, 1),
                    width=round(bar_width, 1),
                    height=round(tall, 1),
                    words=words,
                )
            )
            level += count
    every = max(1, -(-len(table.counts) * 58 // (width - left - right)))
    times = tuple(
        Axis(at=round(left + slot * (place + 0.5), 1), label=label)
        for place, label in enumerate(table.short_labels)
        if place % every == 0
    )
    levels = tuple(
        Axis(at=round(floor - (floor - top) * level / ceiling, 1), label=str(level))
        for level in range(0, ceiling + 1, step)
    )
    return Timeline(
        width=width,
        height=height,
        left=left,
        floor=floor,
        bars=tuple(bars),
        times=times,
        levels=levels,
    )


def _choose_step(tallest: int) -> int:
    """Give 1, 2 or 5 times a power of ten, for at most five lines."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if tallest <= 5 * step * factor:
                return step * factor
        step *= 10
