"""What one actor gives to and gets from several partners, side by side."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import attrs

from alignwatch.errors import ModelError
from alignwatch.model import Claim, Kind, Relationship

__all__ = ["Comparison", "ComparisonRow", "Side", "compare_partners"]


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
class Comparison:
    """The ties of `actor` with each of `partners`, aspect by aspect.

    `rows` stand in the order of `Kind`, each with giving before getting; aspects without a tie to
    any partner are left out. `preferences` are the claims that `actor` prefers somebody over
    somebody else, where both are partners, newest evidence first.
    """

    actor: str
    partners: tuple[str, ...]
    rows: tuple[ComparisonRow, ...]
    preferences: tuple[Claim, ...]


def compare_partners(
    relationships: Iterable[Relationship], actor: str, partners: Sequence[str]
) -> Comparison:
    """Lay the ties of *actor* with each of *partners* side by side.

    Args:
        relationships: All ties, as `aggregate_claims` gives them; others are passed over.
        actor: Id of the actor who compares.
        partners: Ids of at least one other actor, in the order of the columns.

    Raises:
        ModelError: There is no partner, one stands twice, or *actor* is one of them.
    """
    others = tuple(partners)
    if not others or len(set(others)) < len(others) or actor in others:
        msg = f"compare an actor with other ones, each named once; got {actor} with {others}"
        raise ModelError(msg)
    ties = list(relationships)
    found: dict[tuple[Kind, Side], dict[str, Relationship]] = {}
    for tie in ties:
        if actor not in tie.pair or tie.kind is Kind.PREFERENCE:
            continue
        partner = tie.target if tie.source == actor else tie.source
        if partner in others:
            found.setdefault((tie.kind, _side(tie, actor)), {})[partner] = tie
    return Comparison(
        actor=actor,
        partners=others,
        rows=tuple(
            ComparisonRow(
                kind=kind, side=side, cells=tuple(found[kind, side].get(one) for one in others)
            )
            for kind in Kind
            for side in Side
            if (kind, side) in found
        ),
        preferences=tuple(
            claim
            for tie in ties
            if tie.kind is Kind.PREFERENCE and tie.source == actor and tie.target in others
            for claim in tie.claims
            if claim.over in others
        ),
    )


def _side(tie: Relationship, actor: str) -> Side:
    if tie.kind.is_symmetric:
        return Side.MUTUAL
    return Side.GIVES if tie.source == actor else Side.GETS
