"""Relationships as charts: when they were told of, and which pairs have which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from alignwatch.model import Kind, Relationship, Standing
from alignwatch.report._chart_style import (
    FIRMNESS,
    STANDING_COLOURS,
    WIDTH,
    Spec,
    finish,
    scale_size,
    shorten,
    tell_name,
)
from alignwatch.report._words import date_of

__all__ = ["chart_matrix", "chart_timeline"]

MOST_ROWS = 30
_CELL = 30
_DAYS = (1, 1)


def chart_timeline(
    relationships: Iterable[Relationship], *, names: Mapping[str, str] | None = None
) -> Spec:
    """Draw when the best supported ties were told of, as a Vega-Lite specification.

    A row for each tie, in the order given, and a dot for each day on which articles told of it, as
    large as there are articles. Claims of articles without a day are left out, and counted.

    Args:
        relationships: At most 30 are drawn, the first ones.
        names: Names of actors by id.
    """
    ties = tuple(relationships)
    drawn = ties[:MOST_ROWS]
    values: list[Spec] = []
    undated = 0
    for number, tie in enumerate(drawn):
        days: defaultdict[str, set[str]] = defaultdict(set)
        for claim in tie.claims:
            found = date_of(claim.published)
            if found is None:
                undated += 1
                continue
            year, month, day = (*found, *_DAYS)[:3]
            days[f"{year:04d}-{month:02d}-{day:02d}"].add(claim.article)
        values += [
            {
                "row": _number(number, _name_tie(tie, names or {})),
                "at": day,
                "articles": len(days[day]),
                "standing": tie.standing.value,
            }
            for day in sorted(days)
        ]
    rows = [_number(number, _name_tie(tie, names or {})) for number, tie in enumerate(drawn)]
    spec: Spec = {
        "width": WIDTH,
        "height": {"step": 20},
        "data": {"values": values},
        "mark": {"type": "circle", "opacity": 0.85},
        "encoding": {
            "x": {
                "field": "at",
                "type": "temporal",
                "scale": {"type": "utc", "padding": 12},
                "axis": {"title": None, "orient": "top", "labelOverlap": True, "grid": True},
            },
            "y": {**_ROW, "scale": {"domain": rows}},
            "color": _standing(ties=drawn),
            "size": {
                "field": "articles",
                **scale_size((value["articles"] for value in values), "articles"),
            },
        },
    }
    told = _tell_drawn(len(drawn), len(ties), "relationship")
    if undated:
        told += f"; {undated:,} claim{'' if undated == 1 else 's'} without a date left out"
    return finish(spec, "When it was reported", told)


def chart_matrix(
    relationships: Iterable[Relationship], *, names: Mapping[str, str] | None = None
) -> Spec:
    """Draw which pairs have which kinds of tie, as a Vega-Lite specification.

    A row for each pair of actors, the best supported first, a column for each kind. A cell has the
    colour of the firmest standing of the tie, in either direction, and the number of independent
    articles of the best supported one.

    Args:
        relationships: Of their pairs at most 30 are drawn.
        names: Names of actors by id.
    """
    ties = tuple(relationships)
    pairs: defaultdict[tuple[str, str], defaultdict[Kind, list[Relationship]]]
    pairs = defaultdict(lambda: defaultdict(list))
    for tie in ties:
        pairs[tie.pair][tie.kind].append(tie)
    support = {
        pair: sum(tie.independent_count for group in kinds.values() for tie in group)
        for pair, kinds in pairs.items()
    }
    drawn = sorted(pairs, key=lambda pair: (-support[pair], pair))[:MOST_ROWS]
    told = {pair: _number(place, _name_pair(pair, names or {})) for place, pair in enumerate(drawn)}
    values = []
    for pair in drawn:
        for kind, group in pairs[pair].items():
            firmest = min((tie.standing for tie in group), key=FIRMNESS.index)
            values.append(
                {
                    "row": told[pair],
                    "kind": _name_kind(kind),
                    "standing": firmest.value,
                    "voices": max(tie.independent_count for tie in group),
                    "ink": "white" if firmest in _DARK else "black",
                }
            )
    values.sort(key=lambda value: (value["row"], value["kind"]))
    present = {tie.kind for tie in ties if tie.pair in told}
    place: Spec = {
        "x": {
            "field": "kind",
            "type": "nominal",
            "scale": {"domain": [_name_kind(kind) for kind in Kind if kind in present]},
            "axis": {"title": None, "orient": "top", "labelAngle": -45, "domain": False},
        },
        "y": {**_ROW, "scale": {"domain": [told[pair] for pair in drawn]}},
    }
    spec: Spec = {
        "width": {"step": _CELL},
        "height": {"step": _CELL - 6},
        "data": {"values": values},
        "encoding": place,
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "white", "strokeWidth": 1.5},
                "encoding": {
                    "color": _standing([tie for tie in ties if tie.pair in told]),
                },
            },
            {
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {
                    "text": {"field": "voices", "type": "quantitative", "format": "d"},
                    "color": {"field": "ink", "type": "nominal", "scale": None},
                },
            },
        ],
    }
    number = _tell_drawn(len(drawn), len(pairs), "pair")
    return finish(spec, "Pairs by kind", f"{number}; numbers: independent articles")


_DARK = (Standing.ASSERTED, Standing.CONTESTED, Standing.ENDED)
# a number in front keeps rows of one name apart, and is cut off again where it is shown
_ROW: Spec = {
    "field": "row",
    "type": "nominal",
    "axis": {"title": None, "labelExpr": "slice(datum.value, 6)", "domain": False, "ticks": False},
}


def _number(place: int, label: str) -> str:
    return f"{place:05d} {label}"


def _standing(ties: Sequence[Relationship]) -> Spec:
    present = {tie.standing for tie in ties}
    shown = [standing for standing in FIRMNESS if standing in present]
    return {
        "field": "standing",
        "type": "nominal",
        "scale": {
            "domain": [standing.value for standing in shown],
            "range": [STANDING_COLOURS[standing] for standing in shown],
        },
        "legend": {"title": "standing"},
    }


def _name_kind(kind: Kind) -> str:
    return kind.value.replace("_", " ")


def _name_pair(pair: tuple[str, str], names: Mapping[str, str]) -> str:
    return " & ".join(shorten(tell_name(actor, names), 18) for actor in pair)


def _name_tie(tie: Relationship, names: Mapping[str, str]) -> str:
    sign = " = " if tie.kind.is_symmetric else " → "
    ends = (shorten(tell_name(actor, names), 15) for actor in (tie.source, tie.target))
    return f"{sign.join(ends)}: {_name_kind(tie.kind)}"


def _tell_drawn(drawn: int, all_of_them: int, noun: str) -> str:
    nouns = noun if all_of_them == 1 else f"{noun}s"
    if drawn == all_of_them:
        return f"{drawn:,} {nouns}"
    return f"the {drawn:,} best supported of {all_of_them:,} {nouns}"
