"""A relationship is nothing but its claims."""

import attrs
import pytest

from alignwatch.errors import ModelError
from alignwatch.model import Claim, Cluster, Evidence, Kind, Relationship, Standing

CLAIM = Claim(
    article="a",
    extractor="rules/1",
    source="PRK",
    target="RUS",
    kind=Kind.TROOPS,
    confidence=0.9,
    evidence=Evidence(start=0, end=4, raw_start=0, raw_end=4, quote="sent"),
)
TIE = Relationship(
    source="PRK",
    target="RUS",
    kind=Kind.TROOPS,
    standing=Standing.ASSERTED,
    claims=(CLAIM,),
    article_count=1,
    independent_count=1,
)


def test_the_first_claim_is_the_latest():
    """A table shows one quote a row: the newest."""
    older = attrs.evolve(CLAIM, article="b")

    assert attrs.evolve(TIE, claims=(CLAIM, older), article_count=2).latest is CLAIM


def test_a_pair_is_alphabetical_whoever_acts():
    """Reports group both directions of a tie."""
    assert TIE.pair == ("PRK", "RUS")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"claims": ()}, "a relationship rests on at least one claim"),
        (
            {"source": "RUS", "target": "PRK"},
            (
                "a relationship's claims share its actors and kind: RUS, PRK, troops; "
                f"claim {CLAIM.id} has PRK, RUS, troops"
            ),
        ),
        ({"independent_count": 2}, "independent articles must be 1 to 1, got 2"),
        ({"independent_count": 0}, "independent articles must be 1 to 1, got 0"),
    ],
)
def test_a_relationship_that_its_claims_do_not_carry_is_refused(change, message):
    """A tie that nobody claims must not be drawn."""
    with pytest.raises(ModelError) as caught:
        attrs.evolve(TIE, **change)

    assert str(caught.value) == message


@pytest.mark.parametrize("articles", [(), ("b", "a"), ("a", "a")])
def test_a_cluster_names_each_article_once_in_order(articles):
    """The same copies must give the same bytes, and count once."""
    with pytest.raises(ModelError, match="a cluster holds one id or more, sorted and each once"):
        Cluster(articles=articles)


def test_an_article_that_nobody_copied_is_a_cluster_of_one():
    """Counting clusters counts every article."""
    assert Cluster(articles=("a",)).articles == ("a",)
