"""Who is tied to whom, as a chart."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from alignwatch.model import Cluster, Family, Relationship, Standing
from alignwatch.report._chart_style import (
    FAMILY_COLOURS,
    FIRMNESS,
    INK,
    TITLE,
    Spec,
    tell_name,
)

__all__ = ["chart_network"]

MOST_ACTORS = 24
MOST_EDGES = 70
_RADIUS = 210
_MIDDLE = (330, 262)
_SPREAD = 34
_WIDEST = 9.0
_DASHES: Mapping[Standing, list[float]] = {  # of the legend; contested is a double line
    Standing.ASSERTED: [1, 0],
    Standing.ALLEGED: [8, 5],
    Standing.PROSPECTIVE: [2, 4],
    Standing.ENDED: [10, 3, 2, 3],
    Standing.NEGATED: [2, 2],
}


@attrs.frozen(kw_only=True)
class _Edge:
    pair: tuple[str, str]
    family: Family
    standing: Standing
    voices: int


def chart_network(
    relationships: Iterable[Relationship],
    *,
    names: Mapping[str, str] | None = None,
    clusters: Iterable[Cluster] = (),
) -> Spec:
    """Draw who is tied to whom, as a Vega specification.

    An edge for each pair, family and standing, as in the dossier: its colour is the family's, its
    width grows with the independent articles, and solid is what is asserted and nothing else.
    Actors stand on a circle, those with much in common next to each other; the same ties give the
    same picture.

    Args:
        relationships: At most 24 actors and 70 edges are drawn, the best supported.
        names: Names of actors by id.
        clusters: Articles that are copies of one story count once.
    """
    edges = _fold(relationships, clusters)
    weight: defaultdict[str, int] = defaultdict(int)
    for edge in edges:
        for actor in edge.pair:
            weight[actor] += edge.voices
    room = set(sorted(weight, key=lambda actor: (-weight[actor], actor))[:MOST_ACTORS])
    kept = [edge for edge in edges if set(edge.pair) <= room][:MOST_EDGES]
    order = _order({actor for edge in kept for actor in edge.pair}, kept)
    spots = _place(order)
    told = f"{len(kept):,} lines between {len(order):,} actors"
    if len(kept) < len(edges):
        told = f"the {len(kept):,} best supported of {len(edges):,} lines"
    if any(edge.standing is Standing.CONTESTED for edge in kept):
        told += "; double: contested"
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "background": "white",
        "padding": 12,
        "width": 2 * _MIDDLE[0],
        "height": 2 * _MIDDLE[1],
        "config": {"font": "Liberation Sans, Arial, Helvetica, sans-serif"},
        "title": {
            "text": "Who with whom",
            "subtitle": f"{told}; width: independent articles",
            **TITLE,
        },
        "data": [
            {"name": "edges", "values": _draw_edges(kept, spots)},
            {"name": "actors", "values": _draw_actors(order, spots, weight, names or {})},
        ],
        "scales": [_family_scale(kept), _standing_scale(kept)],
        "legends": _draw_legends(kept),
        "marks": _MARKS,
    }


def _fold(relationships: Iterable[Relationship], clusters: Iterable[Cluster]) -> list[_Edge]:
    """Give an edge for each pair, family and standing, the best supported first."""
    voices = {article: group.articles[0] for group in clusters for article in group.articles}
    groups: defaultdict[tuple[tuple[str, str], Family, Standing], list[Relationship]]
    groups = defaultdict(list)
    for tie in relationships:
        groups[tie.pair, tie.kind.family, tie.standing].append(tie)
    edges = [
        _Edge(
            pair=pair,
            family=family,
            standing=standing,
            voices=len(
                {voices.get(claim.article, claim.article) for tie in ties for claim in tie.claims}
            ),
        )
        for (pair, family, standing), ties in groups.items()
    ]
    return sorted(
        edges,
        key=lambda edge: (-edge.voices, FIRMNESS.index(edge.standing), edge.pair, edge.family),
    )


def _order(actors: set[str], edges: Sequence[_Edge]) -> list[str]:
    """Begin with who has most, and let follow who has most in common with the one before."""
    shared: defaultdict[tuple[str, str], int] = defaultdict(int)
    total: defaultdict[str, int] = defaultdict(int)
    for edge in edges:
        one, other = edge.pair
        shared[one, other] += edge.voices
        shared[other, one] += edge.voices
        total[one] += edge.voices
        total[other] += edge.voices
    left = set(actors)
    order: list[str] = []
    while left:
        last = order[-1] if order else ""
        chosen = min(left, key=lambda actor: (-shared[last, actor], -total[actor], actor))
        order.append(chosen)
        left.remove(chosen)
    return order


def _place(order: Sequence[str]) -> dict[str, tuple[float, float]]:
    turn = 2 * math.pi / max(1, len(order))
    return {
        actor: (
            round(_MIDDLE[0] + _RADIUS * math.sin(place * turn), 1),
            round(_MIDDLE[1] - _RADIUS * math.cos(place * turn), 1),
        )
        for place, actor in enumerate(order)
    }


def _draw_edges(edges: Sequence[_Edge], spots: Mapping[str, tuple[float, float]]) -> list[Spec]:
    most = max((edge.voices for edge in edges), default=1)
    beside: defaultdict[tuple[str, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        beside[edge.pair].append(edge)
    drawn: list[list[Spec]] = []
    for pair, several in beside.items():
        (x1, y1), (x2, y2) = spots[pair[0]], spots[pair[1]]
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        across = ((y1 - y2) / length, (x2 - x1) / length)
        for place, edge in enumerate(several):
            bend = (place - (len(several) - 1) / 2) * _SPREAD
            x = round((x1 + x2) / 2 * 0.8 + _MIDDLE[0] * 0.2 + across[0] * bend, 1)
            y = round((y1 + y2) / 2 * 0.8 + _MIDDLE[1] * 0.2 + across[1] * bend, 1)
            width = round(max(1.2, _WIDEST * math.sqrt(edge.voices / most)), 1)
            drawn.append(_draw_line(edge, f"M{x1},{y1}Q{x},{y},{x2},{y2}", width))
    return [row for line in drawn[::-1] for row in line]  # the best supported on top


def _draw_line(edge: _Edge, path: str, width: float) -> list[Spec]:
    """Give a row; two where a double line is a wide one with a white one on it."""
    line: Spec = {
        "path": path,
        "family": edge.family.value,
        "standing": edge.standing.value,
        "colour": FAMILY_COLOURS[edge.family],
    }
    if edge.standing is Standing.CONTESTED:
        width = max(width, 4.0)
        inner = {**line, "colour": "white", "width": round(max(1.6, 0.42 * width), 1)}
        return [{**line, "width": width, "dash": [1, 0]}, {**inner, "dash": [1, 0]}]
    dashes = _DASHES[edge.standing]
    if edge.standing is not Standing.ASSERTED:
        dashes = [round(max(dash, dash * width / 4), 1) for dash in dashes]
    return [{**line, "width": width, "dash": dashes}]


def _draw_actors(
    order: Sequence[str],
    spots: Mapping[str, tuple[float, float]],
    weight: Mapping[str, int],
    names: Mapping[str, str],
) -> list[Spec]:
    most = max((weight[actor] for actor in order), default=1)
    drawn = []
    for actor in order:
        x, y = spots[actor]
        aside, up = (x - _MIDDLE[0]) / _RADIUS, (y - _MIDDLE[1]) / _RADIUS
        size = round(60 + 340 * weight[actor] / most)
        far = 8 + math.sqrt(size / math.pi)
        drawn.append(
            {
                "x": x,
                "y": y,
                "size": size,
                "label": tell_name(actor, names),
                "label_x": round(x + aside * far, 1),
                "label_y": round(y + up * far, 1),
                "align": "center" if abs(aside) < 0.2 else "left" if aside > 0 else "right",
                "baseline": "middle" if abs(aside) >= 0.2 else "top" if up > 0 else "bottom",
            }
        )
    return drawn


def _family_scale(edges: Sequence[_Edge]) -> Spec:
    shown = [family for family in Family if any(edge.family is family for edge in edges)]
    return {
        "name": "family",
        "type": "ordinal",
        "domain": [family.value for family in shown],
        "range": [FAMILY_COLOURS[family] for family in shown],
    }


def _standing_scale(edges: Sequence[_Edge]) -> Spec:
    shown = [one for one in _DASHES if any(edge.standing is one for edge in edges)]
    return {
        "name": "standing",
        "type": "ordinal",
        "domain": [standing.value for standing in shown],
        "range": [_DASHES[standing] for standing in shown],
    }


def _draw_legends(edges: Sequence[_Edge]) -> list[Spec]:
    shared = {"symbolType": "stroke", "labelFontSize": 12, "titleFontSize": 12, "labelColor": INK}
    legends: list[Spec] = []
    if edges:
        legends.append({"stroke": "family", "title": "family", "symbolStrokeWidth": 4, **shared})
    if any(edge.standing in _DASHES for edge in edges):
        lines = {"symbolStrokeWidth": 2, "symbolStrokeColor": INK, "symbolSize": 500}
        legends.append({"strokeDash": "standing", "title": "standing", **lines, **shared})
    return legends


_MARKS: list[Spec] = [
    {
        "type": "path",
        "from": {"data": "edges"},
        "encode": {
            "enter": {
                "path": {"field": "path"},
                "stroke": {"field": "colour"},
                "strokeWidth": {"field": "width"},
                "strokeDash": {"field": "dash"},
                "fill": {"value": None},
            }
        },
    },
    {
        "type": "symbol",
        "from": {"data": "actors"},
        "encode": {
            "enter": {
                "x": {"field": "x"},
                "y": {"field": "y"},
                "size": {"field": "size"},
                "fill": {"value": INK},
                "stroke": {"value": "white"},
                "strokeWidth": {"value": 2},
            }
        },
    },
    {
        "type": "text",
        "from": {"data": "actors"},
        "encode": {
            "enter": {
                "x": {"field": "label_x"},
                "y": {"field": "label_y"},
                "text": {"field": "label"},
                "align": {"field": "align"},
                "baseline": {"field": "baseline"},
                "fontSize": {"value": 13},
                "fill": {"value": INK},
            }
        },
    },
]
