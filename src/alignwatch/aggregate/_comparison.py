"""What one actor gives to and gets from several partners, side by side."""

from collections.abc import Iterable, Sequence

from alignwatch.aggregate._relationships import sort_newest_first
from alignwatch.errors import ModelError
from alignwatch.model import Comparison, ComparisonRow, Kind, Relationship, Side

__all__ = ["compare_partners"]


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
        preferences=sort_newest_first(
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
