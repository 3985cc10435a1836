"""Ties side by side: who gives, who gets, what nobody wrote of, and who is preferred to whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.aggregate import Side, aggregate_claims, compare_partners
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Evidence, Kind
from alignwatch.testing import strategies


def tell(source, target, kind, **fields):
    if kind.is_symmetric:
        source, target = sorted((source, target))
    quote = f"{source} {kind} {target}"
    evidence = Evidence(start=0, end=len(quote), raw_start=0, raw_end=len(quote), quote=quote)
    told = {"article": "a", "extractor": "rules/1", "confidence": 0.9, **fields}
    return Claim(source=source, target=target, kind=kind, evidence=evidence, **told)


@pytest.fixture
def ties():
    return aggregate_claims(
        [
            tell("KEN", "UGA", Kind.AID),
            tell("UGA", "KEN", Kind.AID),
            tell("PER", "KEN", Kind.AID),
            tell("KEN", "PER", Kind.TRADE),
            tell("PER", "UGA", Kind.TRADE),
            tell("KEN", "UGA", Kind.PREFERENCE, over="PER"),
            tell("KEN", "UGA", Kind.PREFERENCE, over="NOR"),
            tell("PER", "UGA", Kind.PREFERENCE, over="KEN"),
        ]
    )


def test_giving_and_getting_are_rows_of_their_own(ties):
    """Who sends and who receives is the point of the table."""
    told = {
        (row.kind, row.side): [cell and (cell.source, cell.target) for cell in row.cells]
        for row in compare_partners(ties, "KEN", ["UGA", "PER"]).rows
    }

    assert told == {
        (Kind.TRADE, Side.MUTUAL): [None, ("KEN", "PER")],
        (Kind.AID, Side.GIVES): [("KEN", "UGA"), None],
        (Kind.AID, Side.GETS): [("UGA", "KEN"), ("PER", "KEN")],
    }


def test_preferences_are_those_between_the_partners(ties):
    """Whom the actor prefers to somebody else is another table."""
    comparison = compare_partners(ties, "KEN", ["UGA", "PER"])

    assert [(c.target, c.over) for c in comparison.preferences] == [("UGA", "PER")]


@pytest.mark.parametrize("partners", [[], ["UGA", "UGA"], ["KEN", "UGA"]])
def test_a_comparison_needs_other_actors_each_once(ties, partners):
    """A column with oneself would be empty for a reason that nobody sees."""
    with pytest.raises(ModelError, match="each named once"):
        compare_partners(ties, "KEN", partners)


@given(st.lists(strategies.claims(), max_size=8), st.randoms())
def test_the_order_of_ties_changes_nothing(claims, chance):
    """A table that changes from run to run is not believed."""
    ties = list(aggregate_claims(claims))
    actors = sorted({actor for tie in ties for actor in tie.pair})
    if len(actors) < 2:
        return
    first = compare_partners(ties, actors[0], actors[1:])
    chance.shuffle(ties)
    again = compare_partners(ties, actors[0], actors[1:])

    assert again == first


def test_preferences_stand_newest_first_whomever_they_prefer():
    """The latest word counts most, also where it turned."""
    ties = aggregate_claims(
        [
            tell("KEN", "UGA", Kind.PREFERENCE, over="PER", published="2025-03-01"),
            tell("KEN", "PER", Kind.PREFERENCE, over="UGA", published="2025-06-01"),
            tell("KEN", "UGA", Kind.PREFERENCE, over="PER", published="2025-09-01", article="b"),
        ]
    )

    told = compare_partners(ties, "KEN", ["UGA", "PER"]).preferences
    assert [(claim.published, claim.target) for claim in told] == [
        ("2025-09-01", "UGA"),
        ("2025-06-01", "PER"),
        ("2025-03-01", "UGA"),
    ]
