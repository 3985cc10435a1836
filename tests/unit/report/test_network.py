"""The network picture: every tie drawn once, no label over another."""

import itertools
import random

import pytest

from alignwatch.model import Family, Standing
from alignwatch.report._network import NARROW, WIDE, Tie, draw_network

LETTER = 8.5


def tie(one, other, family=Family.MILITARY, standing=Standing.ASSERTED, voices=1):
    return Tie(
        pair=(min(one, other), max(one, other)), family=family, standing=standing, voices=voices
    )


def many_ties(actors, count, seed=1):
    rng = random.Random(seed)
    ids = [f"A{number:02}" for number in range(actors)]
    pairs = rng.sample(list(itertools.combinations(ids, 2)), min(count, actors * (actors - 1) // 2))
    return [tie(*pair, family=rng.choice(list(Family)), voices=rng.randint(1, 9)) for pair in pairs]


def box(node):
    wide = max(map(len, node.lines)) * LETTER
    left = node.label_x if node.anchor == "start" else node.label_x - wide
    return left, node.label_y, left + wide, node.label_y + 15 * len(node.lines)


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("actors", [2, 3, 4, 5, 8, 13, 21, 40])
def test_no_label_covers_another(frame, actors):
    """A picture that needs explaining is no picture."""
    names = {f"A{number:02}": f"Republic of Nowhere {number}" for number in range(actors)}
    picture = draw_network(many_ties(actors, actors * 3), names, frame)

    boxes = [box(node) for node in picture.nodes]

    assert not any(overlap(*pair) for pair in itertools.combinations(boxes, 2))
    assert all(top >= 0 and bottom <= picture.height for _, top, _, bottom in boxes)


def test_every_tie_of_a_small_net_is_drawn_once():
    """Two families between one pair are two lines, side by side."""
    ties = [tie("KEN", "TCD"), tie("KEN", "TCD", family=Family.ECONOMIC), tie("KEN", "LVA")]

    picture = draw_network(ties, {"KEN": "Kenya"}, WIDE)

    assert sorted(edge.tie.family for edge in picture.edges) == ["economic", "military", "military"]
    assert len({edge.path for edge in picture.edges}) == 3
    assert sorted(node.lines for node in picture.nodes) == [("Kenya",), ("LVA",), ("TCD",)]
    assert picture.left_out == 0


def test_where_room_is_short_the_best_supported_are_drawn():
    """A hairball shows nothing; what is left out is counted."""
    ties = [*many_ties(40, 300), tie("BEN", "KEN", voices=99)]

    picture = draw_network(ties, {}, WIDE)

    assert len(picture.nodes) <= WIDE.max_actors
    assert len(picture.edges) == WIDE.max_edges
    assert picture.left_out == len(ties) - WIDE.max_edges
    assert picture.edges[-1].tie.pair == ("BEN", "KEN")


def test_better_support_is_a_wider_line():
    """Width is the one thing that everybody reads first; it has an end."""
    ties = [tie("KEN", "TCD", voices=1), tie("KEN", "LVA", voices=3), tie("KEN", "BEN", voices=999)]

    widths = [edge.width for edge in draw_network(ties, {}, WIDE).edges]

    assert widths == sorted(widths)
    assert widths[0] < widths[1] < widths[2] <= 8


def test_a_long_name_is_broken_and_then_cut():
    """Labels stay inside of the picture, also on a phone."""
    names = {
        "KEN": "The Most Serene Republic of Kenya and its Archipelagos",
        "TCD": "Donaudampfschifffahrtsgesellschaft",
        "ARE": "United Arab Emirates",
    }
    ties = [tie("KEN", "TCD"), tie("ARE", "KEN")]

    lines = {node.actor: node.lines for node in draw_network(ties, names, NARROW).nodes}

    assert lines["ARE"] == ("United", "Arab", "Emirates")
    assert lines["TCD"] == ("Donaudampfsc…",)
    assert len(lines["KEN"]) == 3
    assert max(len(line) for group in lines.values() for line in group) <= 13


def test_the_order_of_ties_does_not_matter():
    """The same evidence gives the same bytes."""
    ties = many_ties(12, 30)

    assert draw_network(ties, {}, WIDE) == draw_network(ties[::-1], {}, WIDE)
