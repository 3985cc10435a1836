"""Curves of a pair."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from alignwatch.model import Alignment, AlignmentChange, AlignmentPoint, Period
from alignwatch.testing.strategies._claims import actor_ids, claims

__all__ = ["alignments"]


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """Draw a yearly curve of up to three points that rest on one claim, perhaps with a change."""
    pair = sorted(draw(st.lists(actor_ids(), min_size=2, max_size=2, unique=True)))
    rests_on = draw(claims())
    points = []
    for year in sorted(draw(st.sets(st.integers(1990, 2040), max_size=3))):
        low, index, high = sorted(draw(st.floats(-1, 1)) for _ in range(3))
        points.append(
            AlignmentPoint(
                period=str(year),
                start=date(year, 1, 1),
                end=date(year + 1, 1, 1) - timedelta(days=1),
                index=index,
                low=low,
                high=high,
                mean=draw(st.floats(-1, 1)),
                weight=draw(st.floats(0.1, 9)),
                independent_count=draw(st.integers(1, 9)),
                claims=(rests_on.id,),
            )
        )
    changes = [
        AlignmentChange(
            since=new.period,
            until=old.period,
            before=old.mean,
            after=new.mean,
            claims=(rests_on.id,),
        )
        for old, new in pairwise(points)
        if draw(st.booleans())
    ]
    return Alignment(
        actors=(pair[0], pair[1]),
        period=Period.YEAR,
        points=tuple(points),
        changes=tuple(changes),
        claims=(rests_on,) if points else (),
        left_out=draw(st.integers(0, 5)),
    )
