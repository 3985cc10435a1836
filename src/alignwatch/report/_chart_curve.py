"""The alignment of a pair, as a chart."""

from collections.abc import Mapping

from alignwatch.model import Alignment, AlignmentPoint, Period
from alignwatch.report._chart_style import (
    INK,
    SOFT,
    WIDTH,
    Spec,
    finish,
    scale_size,
    tell_name,
)

__all__ = ["chart_alignment"]

_TOGETHER, _APART = "#17724a", "#b01f3a"


def chart_alignment(alignment: Alignment, *, names: Mapping[str, str] | None = None) -> Spec:
    """Draw the curve of a pair as a Vega-Lite specification.

    A dot for each period that somebody wrote about, as large as there are independent voices, with
    its interval of 95 % as a line; dots of neighbouring periods are joined. A change is a dashed
    line with the levels before and after it. All data stand in the specification.

    Args:
        alignment: The curve, as `measure_alignment` gives it.
        names: Names of actors by id.
    """
    one, other = (tell_name(actor, names or {}) for actor in alignment.actors)
    voices = sum(point.independent_count for point in alignment.points)
    values: list[Spec] = [
        {
            "period": point.period,
            "at": point.start.isoformat(),
            "index": point.index,
            "low": point.low,
            "high": point.high,
            "voices": point.independent_count,
            "run": run,
            "side": "together" if point.index >= 0 else "apart",
        }
        for point, run in zip(alignment.points, _number_runs(alignment.points), strict=True)
    ]
    started = {point.period: point.start.isoformat() for point in alignment.points}
    turns = [
        {
            "at": started[change.since],
            "told": f"{change.since}: {change.before:+.2f} → {change.after:+.2f}",
            "side": "after" if _is_early(change.since, alignment.points) else "before",
            "tier": place % _TIERS,
        }
        for place, change in enumerate(alignment.changes)
    ]
    room = 2 * WIDTH / max(1, len(values))
    x = {
        "field": "at",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 12},
        "axis": _time_axis(alignment),
    }
    y = {
        "field": "index",
        "type": "quantitative",
        "scale": {"domain": [-1, 1]},
        "axis": {"title": "← apart · together →", "values": _TICKS},
    }
    layers: list[Spec] = [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": SOFT},
            "encoding": {"y": {"datum": 0, "type": "quantitative"}},
        },
        {
            "mark": {
                "type": "rule",
                "strokeWidth": max(1.0, min(3.0, room / 4)),
                "opacity": 0.4,
                "strokeCap": "round",
            },
            "encoding": {
                "x": x,
                "y": {**y, "field": "low"},
                "y2": {"field": "high"},
                "color": _SIDE,
            },
        },
        {
            "mark": {"type": "line", "color": SOFT, "strokeWidth": 1.5},
            "encoding": {"x": x, "y": y, "detail": {"field": "run"}},
        },
        {
            "mark": {"type": "circle", "opacity": 1, "stroke": "white", "strokeWidth": 1},
            "encoding": {
                "x": x,
                "y": y,
                "color": _SIDE,
                "size": {
                    "field": "voices",
                    **scale_size(
                        (value["voices"] for value in values),
                        "independent voices",
                        orient="bottom",
                        largest=max(24.0, min(300.0, room * room)),
                    ),
                },
            },
        },
    ]
    if turns:
        layers += [
            {
                "data": {"values": turns},
                "mark": {"type": "rule", "strokeDash": [5, 4], "color": INK},
                "encoding": {"x": x},
            },
            *(
                _label_turns(x, turns, side, tier)
                for side in ("after", "before")
                for tier in range(_TIERS)
            ),
        ]
    told = (
        f"by {alignment.period}; {_count(len(alignment.claims), 'claim')}, "
        f"{_count(voices, 'independent voice')}; "
        "lines: 95 % interval, wide where few speak"
    )
    if not values:
        told = f"no claim has a place in any {alignment.period}"
    if alignment.left_out:
        told += f"; {_count(alignment.left_out, 'claim')} left out, without a time that fits"
    spec = {"width": WIDTH, "height": 300, "data": {"values": values}, "layer": layers}
    return finish(spec, f"{one} and {other}: together or apart", told)


_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000)
_MOST_TICKS = 9
_TIERS = 3
_TIER = 15
_TICKS = [-1, -0.5, 0, 0.5, 1]
_SIDE: Spec = {
    "field": "side",
    "type": "nominal",
    "scale": {"domain": ["together", "apart"], "range": [_TOGETHER, _APART]},
    "legend": None,
}


def _label_turns(x: Spec, turns: list[Spec], side: str, tier: int) -> Spec:
    """Write beside the lines, on the side that has room, neighbours at other heights."""
    is_after = side == "after"
    return {
        "data": {"values": [one for one in turns if (one["side"], one["tier"]) == (side, tier)]},
        "mark": {
            "type": "text",
            "align": "left" if is_after else "right",
            "baseline": "bottom",
            "dx": 5 if is_after else -5,
            "dy": -_TIER * tier,
            "fontSize": 12,
            "color": INK,
        },
        "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "told"}},
    }


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _is_early(period: str, points: tuple[AlignmentPoint, ...]) -> bool:
    first, last = points[0].start, points[-1].start
    [at] = [point.start for point in points if point.period == period]
    return (at - first) * 2 <= last - first


def _time_axis(alignment: Alignment) -> Spec:
    """Label whole months, quarters or years, as many as there is room for."""
    months = [point.start.year * 12 + point.start.month - 1 for point in alignment.points]
    first, last = min(months, default=0), max(months, default=0)
    least = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}[alignment.period]
    fitting = [step for step in _STEPS if step >= least and (last - first) // step < _MOST_TICKS]
    step = fitting[0] if fitting else _STEPS[-1]
    begin = first - first % step if first % step == 0 else first - first % step + step
    values = [
        f"{month // 12:04d}-{month % 12 + 1:02d}-01" for month in range(begin, last + 1, step)
    ]
    form = "%Y" if step >= 12 else "Q%q %Y" if alignment.period is Period.QUARTER else "%b %Y"
    return {
        "title": None,
        "format": form,
        "values": values or [alignment.points[0].start.isoformat()] if months else [],
        "grid": False,
        "labelOverlap": True,
    }


def _number_runs(points: tuple[AlignmentPoint, ...]) -> list[int]:
    """Number the runs of periods that follow each other; a gap begins another one."""
    runs: list[int] = []
    for place, point in enumerate(points):
        is_next = place and (point.start - points[place - 1].end).days == 1
        runs.append(runs[-1] if is_next else len(set(runs)))
    return runs
