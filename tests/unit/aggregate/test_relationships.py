"""Claims fold into relationships, each counted in independent voices."""

import pytest

from alignwatch.aggregate import aggregate_claims
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Cluster, Evidence, Kind, Standing, Status, Trend


def tell(article="a", start=0, **fields):
    told = {"source": "KEN", "target": "TCD", "kind": Kind.AID, **fields}
    quote = Evidence(start=start, end=start + 4, raw_start=start, raw_end=start + 4, quote="text")
    return Claim(article=article, extractor="rules/1", confidence=0.5, evidence=quote, **told)


def fold_one(*claims, clusters=()):
    (tie,) = aggregate_claims(claims, clusters=clusters)
    return tie


def test_direction_and_kind_keep_ties_apart():
    """Who gives and who gets is the point."""
    ties = aggregate_claims(
        [tell(), tell(source="TCD", target="KEN"), tell(kind=Kind.DEMAND), tell(article="b")]
    )

    assert [(tie.source, tie.target, tie.kind.value, tie.article_count) for tie in ties] == [
        ("KEN", "TCD", "aid", 2),
        ("TCD", "KEN", "aid", 1),
        ("KEN", "TCD", "demand", 1),
    ]


def test_copies_of_one_story_count_once():
    """Five copies are one voice; the articles stay listed."""
    told = [tell(article) for article in "abcd"]
    clusters = (Cluster(articles=("a", "b", "x")), Cluster(articles=("c",)))

    tie = fold_one(*told, clusters=clusters)

    assert (tie.article_count, tie.independent_count, len(tie.claims)) == (4, 3, 4)


def test_a_denial_in_one_article_contests_the_allegation_of_another():
    """The denial usually comes a day later, in another paper."""
    tie = fold_one(
        tell("a", status=Status.ALLEGED, attributed_to=("USA",)),
        tell("b", status=Status.ALLEGED, attributed_to=("GBR", "USA"), denied_by=("KEN",)),
    )

    assert tie.standing == Standing.CONTESTED
    assert tie.attributed_to == ("GBR", "USA")
    assert tie.denied_by == ("KEN",)


def test_claims_stand_newest_first_then_by_article_and_place():
    """The first quote that a reader sees is the latest word."""
    tie = fold_one(
        tell("undated"),
        tell("late", start=9, published="2025-07-02"),
        tell("late", start=3, published="2025-07-02"),
        tell("morning", published="2025-07-02T06:00:00Z"),
        tell("noon-but-east", published="2025-07-02T09:00:00+05:00"),
        tell("coarse", published="2025-07"),
        tell("odd", published="last week"),
        tell("oldest", published="0001-01-01T00:00:00+14:00"),
    )

    assert [(claim.article, claim.evidence.start) for claim in tie.claims] == [
        ("morning", 0),
        ("noon-but-east", 0),
        ("late", 3),
        ("late", 9),
        ("coarse", 0),
        ("oldest", 0),
        ("odd", 0),
        ("undated", 0),
    ]


def test_first_and_last_are_dates_of_articles():
    """A tie without any date says so instead of guessing."""
    dated = fold_one(
        tell("a", published="2025-07-02T09:00:00+05:00"), tell("b", published="2024-11"), tell("c")
    )

    assert (dated.first_published, dated.last_published) == ("2024-11", "2025-07-02")
    assert fold_one(tell()).last_published is None


@pytest.mark.parametrize(
    ("trends", "agreed"),
    [
        ([Trend.UP, None, Trend.UP], Trend.UP),
        ([Trend.UP, Trend.DOWN], None),
        ([None], None),
    ],
)
def test_a_trend_needs_agreement(trends, agreed):
    """One paper sees growth, another decline: that is no trend."""
    told = [tell(str(place), trend=trend) for place, trend in enumerate(trends)]

    assert fold_one(*told).trend == agreed


def test_what_does_not_exist_does_not_grow():
    """A negated claim's trend is not the tie's."""
    assert fold_one(tell(negated=True, trend=Trend.UP)).trend is None


def test_best_supported_ties_come_first():
    """The top of the list is what an analyst reads."""
    told = [
        tell("a", source="AGO", target="BEN", status=Status.ALLEGED),
        tell("a", source="AGO", target="CMR"),
        *(tell(article, source="ZMB", target="ZWE", negated=True) for article in "ab"),
        tell("a", source="BEN", target="CMR"),
    ]

    pairs = [(tie.source, tie.target) for tie in aggregate_claims(told)]

    assert pairs == [("ZMB", "ZWE"), ("AGO", "CMR"), ("BEN", "CMR"), ("AGO", "BEN")]


def test_an_article_in_two_clusters_is_refused():
    """Guessing which one is meant would count voices wrongly."""
    with pytest.raises(ModelError, match="'a' is in two clusters"):
        aggregate_claims(
            [tell()], clusters=[Cluster(articles=("a",)), Cluster(articles=("a", "b"))]
        )


def test_a_claim_told_twice_is_one_claim():
    """A rerun must not make a tie look stronger."""
    assert fold_one(tell(), tell()) == fold_one(tell())
