"""What one actor gives to and gets from several partners, as a value."""

from enum import StrEnum

import attrs

from alignwatch.model._claim import Claim
from alignwatch.model._display import Displayed
from alignwatch.model._kind import Kind
from alignwatch.model._relationship import Relationship

__all__ = ["Comparison", "ComparisonRow", "Side"]


class Side(StrEnum):
    """Where the actor who compares stands in a tie: giving, getting, or on equal footing."""

    GIVES = "gives"
    GETS = "gets"
    MUTUAL = "mutual"


@attrs.frozen(kw_only=True)
class ComparisonRow:
    """One aspect: a kind, on one side. `cells` has the tie with each partner, None for no evidence.

    No evidence is not evidence of nothing: nobody wrote of it in what was read.
    """

    kind: Kind
    side: Side
    cells: tuple[Relationship | None, ...]


@attrs.frozen(kw_only=True)
class Comparison(Displayed):
    """The ties of `actor` with each of `partners`, aspect by aspect.

    `rows` stand in the order of `Kind`, each with giving before getting; aspects without a tie to
    any partner are left out. `preferences` are the claims that `actor` prefers somebody over
    somebody else, where both are partners, newest evidence first.
    """

    actor: str
    partners: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    preferences: tuple[Claim, ...]
