"""Actors side by side."""

from hypothesis import strategies as st

from alignwatch.aggregate import aggregate_claims, compare_partners
from alignwatch.model import Comparison
from alignwatch.testing.strategies._claims import actor_ids, claims

__all__ = ["comparisons"]


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Draw a comparison of one actor with one to three others, on up to four claims."""
    actor, *partners = draw(st.lists(actor_ids(), min_size=2, max_size=4, unique=True))
    ties = aggregate_claims(draw(st.lists(claims(), max_size=4)))
    return compare_partners(ties, actor, partners)
