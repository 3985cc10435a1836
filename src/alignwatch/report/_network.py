"""Where actors and ties stand in the picture of who is tied to whom.

Actors stand on an ellipse, so that no label ever covers a tie; those with much in common stand
near each other. All is computed from the ties alone, rounded to tenths: same ties, same picture.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import cos, pi, sin, sqrt

import attrs

from alignwatch.model import Family, Standing

__all__ = ["NARROW", "WIDE", "Edge", "Frame", "Network", "Node", "Tie", "draw_network"]

LINE_HEIGHT = 15
GAP = 4
CURVE_SPREAD = 16
FIRMNESS = (
    Standing.ASSERTED,
    Standing.CONTESTED,
    Standing.ALLEGED,
    Standing.PROSPECTIVE,
    Standing.ENDED,
    Standing.NEGATED,
)


@attrs.frozen(kw_only=True)
class Tie:
    """What one family of relationships between two actors amounts to; `voices` counts clusters."""

    pair: tuple[str, str]
    family: Family
    standing: Standing
    voices: int


@attrs.frozen(kw_only=True)
class Frame:
    """The room of a picture, in its own units: the largest ellipse, and how much it may hold."""

    width: int
    radius_x: int
    radius_y: int
    max_actors: int
    max_edges: int
    label_letters: int


WIDE = Frame(width=1040, radius_x=340, radius_y=230, max_actors=24, max_edges=70, label_letters=18)
NARROW = Frame(width=360, radius_x=92, radius_y=190, max_actors=14, max_edges=36, label_letters=10)


@attrs.frozen(kw_only=True)
class Node:
    """An actor: a dot at (x, y), its label's lines from `label_y` on, led to by a line if far."""

    actor: str
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str
    lines: tuple[str, ...]
    leader: str | None


@attrs.frozen(kw_only=True)
class Edge:
    """A tie: a path in SVG's words, and the width of its line."""

    tie: Tie
    path: str
    width: float


@attrs.frozen(kw_only=True)
class Network:
    """A picture of `width` by `height`; `left_out` counts ties for which there was no room."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int


def draw_network(ties: Sequence[Tie], names: Mapping[str, str], frame: Frame) -> Network:
    """Lay out the best supported actors and ties between them; *names* are the actors' labels."""
    weight: defaultdict[str, int] = defaultdict(int)
    for tie in ties:
        for actor in tie.pair:
            weight[actor] += tie.voices
    ranked = sorted(weight, key=lambda actor: (-weight[actor], actor))
    room = set(ranked[: frame.max_actors])
    kept = sorted((tie for tie in ties if set(tie.pair) <= room), key=_support)[: frame.max_edges]
    drawn = {actor for tie in kept for actor in tie.pair}
    order = _order_actors([actor for actor in ranked if actor in drawn], kept)
    scale = min(1.0, 0.45 + 0.55 * len(order) / 12)
    radius_x, radius_y = frame.radius_x * (0.5 + 0.5 * scale), frame.radius_y * scale
    spots = _spread(len(order), radius_x, radius_y)
    nodes = _place_labels(order, spots, weight, names, frame)
    top = min([node.label_y for node in nodes] + [node.y for node in nodes]) - 18
    bottom = max(
        [node.label_y + LINE_HEIGHT * len(node.lines) for node in nodes]
        + [node.y for node in nodes]
    )
    shift_x, shift_y = frame.width / 2, -top
    placed = {actor: (x + shift_x, y + shift_y) for actor, (x, y) in zip(order, spots, strict=True)}
    return Network(
        width=frame.width,
        height=round(bottom - top + 12),
        nodes=tuple(_shift(node, shift_x, shift_y) for node in nodes),
        edges=_draw_edges(kept, placed, (shift_x, shift_y)),
        left_out=len(ties) - len(kept),
    )


def _support(tie: Tie) -> tuple[int, int, tuple[str, str], str]:
    return (-tie.voices, FIRMNESS.index(tie.standing), tie.pair, tie.family)


def _order_actors(actors: Sequence[str], ties: Sequence[Tie]) -> list[str]:
    """Seat actors so that strong ties are short: place one by one, then swap while it helps."""
    strength: defaultdict[tuple[str, str], int] = defaultdict(int)
    for tie in ties:
        one, other = tie.pair
        strength[one, other] += tie.voices
        strength[other, one] += tie.voices
    order: list[str] = []
    for actor in actors:
        spots = range(len(order) + 1)
        order.insert(
            min(spots, key=lambda spot: _length([*order[:spot], actor, *order[spot:]], strength)),
            actor,
        )
    best = _length(order, strength)
    for _ in range(4):
        before = best
        for i in range(len(order)):
            for j in range(i + 1, len(order)):
                order[i], order[j] = order[j], order[i]
                length = _length(order, strength)
                if length < best:
                    best = length
                else:
                    order[i], order[j] = order[j], order[i]
        if best == before:
            break
    return order


def _length(order: Sequence[str], strength: Mapping[tuple[str, str], int]) -> int:
    seat = {actor: place for place, actor in enumerate(order)}
    total = 0
    for (one, other), voices in strength.items():
        if one < other and one in seat and other in seat:
            apart = abs(seat[one] - seat[other])
            total += voices * min(apart, len(order) - apart)
    return total


def _spread(count: int, radius_x: float, radius_y: float) -> list[tuple[float, float]]:
    """Points on the ellipse, none at its very top, where labels of both sides would meet."""
    angles = (2 * pi * (place + 0.5) / count - pi / 2 for place in range(count))
    return [(round(radius_x * cos(angle), 1), round(radius_y * sin(angle), 1)) for angle in angles]


def _place_labels(
    order: Sequence[str],
    spots: Sequence[tuple[float, float]],
    weight: Mapping[str, int],
    names: Mapping[str, str],
    frame: Frame,
) -> list[Node]:
    """Put each label outside of its dot, then push those of one side apart, outwards."""
    heaviest = max(weight.values(), default=1)
    nodes = []
    for actor, (x, y) in zip(order, spots, strict=True):
        lines = _wrap(names.get(actor) or actor, frame.label_letters)
        radius = round(5 + 7 * sqrt(weight[actor] / heaviest), 1)
        right = x >= 0
        node = Node(
            actor=actor,
            x=x,
            y=y,
            radius=radius,
            label_x=round(x + (radius + 7 if right else -radius - 7), 1),
            label_y=round(y - LINE_HEIGHT * len(lines) / 2, 1),
            anchor="start" if right else "end",
            lines=lines,
            leader=None,
        )
        nodes.append(node)
    moved: dict[str, float] = {}
    for side in ("start", "end"):
        for sign in (1, -1):
            column = [node for node in nodes if node.anchor == side and (node.y >= 0) == (sign > 0)]
            _push_apart(sorted(column, key=lambda node: sign * node.y), sign, moved)
    return [_lead(node, moved.get(node.actor, node.label_y)) for node in nodes]


def _push_apart(column: Sequence[Node], sign: int, moved: dict[str, float]) -> None:
    """Walk from the middle outwards; *sign* is 1 downwards and -1 upwards."""
    edge = None
    for node in column:
        height = LINE_HEIGHT * len(node.lines)
        top = node.label_y
        if edge is not None:
            top = max(top, edge + GAP) if sign > 0 else min(top, edge - GAP - height)
        moved[node.actor] = round(top, 1)
        edge = top + height if sign > 0 else top


def _lead(node: Node, label_y: float) -> Node:
    """Move a label, with a thin line to it where it would look lost."""
    apart = abs(label_y - node.label_y)
    leader = None
    if apart > LINE_HEIGHT * 0.8:
        middle = label_y + LINE_HEIGHT * len(node.lines) / 2
        tip = node.label_x - 3 if node.anchor == "start" else node.label_x + 3
        leader = f"{tip:.1f},{middle:.1f}"
    return attrs.evolve(node, label_y=label_y, leader=leader)


def _wrap(name: str, letters: int) -> tuple[str, ...]:
    """Break a name into at most three lines of about so many letters: "United Arab / Emirates"."""
    words, lines = name.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 3:
        lines = [*lines[:2], " ".join(lines[2:])]
    return tuple(f"{line[: letters + 2]}…" if len(line) > letters + 3 else line for line in lines)


def _shift(node: Node, by_x: float, by_y: float) -> Node:
    leader = node.leader
    if leader:
        x, y = map(float, leader.split(","))
        leader = f"{x + by_x:.1f},{y + by_y:.1f}"
    return attrs.evolve(
        node,
        x=round(node.x + by_x, 1),
        y=round(node.y + by_y, 1),
        label_x=round(node.label_x + by_x, 1),
        label_y=round(node.label_y + by_y, 1),
        leader=leader,
    )


def _draw_edges(
    ties: Sequence[Tie],
    spots: Mapping[str, tuple[float, float]],
    centre: tuple[float, float],
) -> tuple[Edge, ...]:
    """Bend ties towards the middle, several of one pair side by side; the weightiest drawn last."""
    pairs: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in ties:
        pairs[tie.pair].append(tie)
    edges = []
    for (one, other), group in sorted(pairs.items()):
        (x1, y1), (x2, y2) = spots[one], spots[other]
        long = sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2) or 1.0
        side_x, side_y = (y1 - y2) / long, (x2 - x1) / long
        for place, tie in enumerate(sorted(group, key=lambda tie: list(Family).index(tie.family))):
            aside = (place - (len(group) - 1) / 2) * CURVE_SPREAD * 2
            x = 0.6 * (x1 + x2) / 2 + 0.4 * centre[0] + side_x * aside
            y = 0.6 * (y1 + y2) / 2 + 0.4 * centre[1] + side_y * aside
            path = f"M{x1:.1f} {y1:.1f}Q{x:.1f} {y:.1f} {x2:.1f} {y2:.1f}"
            width = round(min(8.0, 1.6 * sqrt(tie.voices)), 1)
            edges.append(Edge(tie=tie, path=path, width=width))
    return tuple(sorted(edges, key=lambda edge: edge.width))
