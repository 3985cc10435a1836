"""Laws of alignment: order, batches, reruns and copies never change a number."""

from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.aggregate import measure_alignment
from alignwatch.model import Claim, Cluster, Evidence, Kind, Period, Precision, Status, When

DAYS = [None, "2024", "2024-03", "2024-03-31T23:30:00-05:00", "2024-04-01", "2024-07-02", "2025"]
TIMES = [
    None,
    When(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR),
    When(start=date(2024, 3, 5), end=date(2024, 4, 2), precision=Precision.DAY),
]


@st.composite
def make_claims(draw):
    """Claims of one pair, few articles and months, so that they meet."""
    kind = draw(st.sampled_from([Kind.AID, Kind.ATTACK, Kind.TREATY, Kind.PREFERENCE]))
    source, target = ("KEN", "TCD") if kind.is_symmetric or draw(st.booleans()) else ("TCD", "KEN")
    start = draw(st.integers(0, 3))
    return Claim(
        article=draw(st.sampled_from("abcdef")),
        published=draw(st.sampled_from(DAYS)),
        extractor="rules/1",
        source=source,
        target=target,
        kind=kind,
        over="FRA" if kind is Kind.PREFERENCE else None,
        negated=draw(st.booleans()),
        status=draw(st.sampled_from(Status)),
        denied_by=draw(st.sampled_from([(), ("KEN",)])),
        confidence=draw(st.floats(0, 1)),
        when=draw(st.sampled_from(TIMES)),
        evidence=Evidence(
            start=start, end=start + 4, raw_start=start, raw_end=start + 4, quote="text"
        ),
    )


claims = st.lists(make_claims(), max_size=14)
units = st.sampled_from(Period)
clusters = st.sampled_from([(), (Cluster(articles=("a", "c")), Cluster(articles=("d", "e")))])


def numbers(found):
    """All that a chart shows: without the ids, which copies add to."""
    return [
        (p.period, p.index, p.low, p.high, p.mean, p.weight, p.independent_count)
        for p in found.points
    ], [(c.since, c.until, c.before, c.after) for c in found.changes]


def measure(told, unit, groups=()):
    return measure_alignment(told, ("KEN", "TCD"), period=unit, clusters=groups)


@given(claims, units, clusters, st.randoms(use_true_random=False))
def test_order_and_repeats_never_change_a_result(told, unit, groups, rng):
    """Yesterday's crawl order must not move the line, nor a rerun."""
    shuffled = rng.sample(told, len(told)) + told[:3]

    assert measure(shuffled, unit, groups) == measure(told, unit, groups)


@given(claims, units)
def test_copies_change_no_number(told, unit):
    """Five copies of one story are one voice, whatever name the copies bear."""
    copies = [attrs.evolve(claim, article=f"0{claim.article}") for claim in told]
    groups = [
        Cluster(articles=(f"0{name}", name)) for name in sorted({claim.article for claim in told})
    ]

    assert numbers(measure(told + copies, unit, groups)) == numbers(measure(told, unit))


@given(claims, units, clusters)
def test_every_number_is_in_its_range_and_rests_on_claims(told, unit, groups):
    """-1 to 1 is promised, and that each number leads to its sentences."""
    found = measure(told, unit, groups)
    known = {claim.id for claim in found.claims}

    assert all(-1 <= p.low <= p.index <= p.high <= 1 for p in found.points)
    assert all(set(p.claims) <= known for p in found.points)
    assert all(c.claims and set(c.claims) <= known for c in found.changes)
    assert {claim for p in found.points for claim in p.claims} == known
    assert len(found.claims) + found.left_out == len(set(told))


@given(claims, units)
def test_periods_stand_in_order_once_each(told, unit):
    """A chart draws them from left to right."""
    starts = [point.start for point in measure(told, unit).points]

    assert starts == sorted(set(starts))
    assert [p.period for p in measure(told, unit).points] == sorted(
        p.period for p in measure(told, unit).points
    )


@given(claims, units, st.lists(make_claims(), max_size=4))
def test_claims_of_another_pair_move_nothing(told, unit, others):
    """Tomorrow's news about Benin must not move the line of Kenya and Chad."""
    elsewhere = [
        attrs.evolve(claim, source="BEN", target="TCD")
        for claim in others
        if claim.kind is not Kind.PREFERENCE
    ]

    assert measure(told + elsewhere, unit) == measure(told, unit)
