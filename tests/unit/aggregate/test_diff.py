"""What changed: told once, in plain words, and never without a reason."""

import attrs
import pytest

from alignwatch.aggregate import aggregate_claims, find_changes
from alignwatch.model import ChangeKind, Claim, Cluster, Evidence, Kind, Status

ALLEGED, PROSPECTIVE = Status.ALLEGED, Status.PROSPECTIVE


def tell(article="a", **fields):
    quote = Evidence(start=0, end=4, raw_start=0, raw_end=4, quote="text")
    told = {"source": "KEN", "target": "TCD", "kind": Kind.TROOPS, **fields}
    return Claim(article=article, extractor="rules/1", confidence=0.9, evidence=quote, **told)


def end():
    said = "no longer"
    quote = Evidence(start=0, end=len(said), raw_start=0, raw_end=len(said), quote=said)
    return attrs.evolve(tell(negated=True), evidence=quote)


def compare(before, after, clusters=()):
    return find_changes(
        aggregate_claims(before, clusters=clusters), aggregate_claims(after, clusters=clusters)
    )


COPIES = [Cluster(articles=("a", "b"))]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        pytest.param([], [tell()], "new", id="new"),
        pytest.param([tell()], [], "gone", id="gone"),
        pytest.param([tell()], [tell(), tell("b")], "confirmed strengthened", id="second source"),
        pytest.param(
            [tell(), tell("b")], [tell(), tell("b"), tell("c")], "strengthened", id="third source"
        ),
        pytest.param([tell(), tell("b")], [tell()], "weakened", id="source lost"),
        pytest.param([tell(status=ALLEGED)], [tell()], "strengthened", id="now told as a fact"),
        pytest.param([tell()], [tell(status=PROSPECTIVE)], "weakened", id="only planned"),
        pytest.param(
            [tell(status=ALLEGED)],
            [tell(status=ALLEGED), tell("b", status=ALLEGED, denied_by=("KEN",))],
            "denied weakened",
            id="a denial alone confirms nothing",
        ),
        pytest.param(
            [tell(status=ALLEGED)],
            [
                tell(status=ALLEGED),
                tell("b", status=ALLEGED, attributed_to=("USA",), denied_by=("KEN",)),
            ],
            "confirmed denied weakened",
            id="confirmed and denied",
        ),
        pytest.param(
            [tell()],
            [tell(), tell("b", negated=True)],
            "weakened",
            id="a second source says that it is not so",
        ),
        pytest.param(
            [tell(status=PROSPECTIVE)],
            [tell(status=PROSPECTIVE, denied_by=("KEN",))],
            "denied",
            id="a denied plan is no stronger",
        ),
        pytest.param(
            [tell(denied_by=("KEN",))],
            [tell(denied_by=("KEN", "TCD"))],
            "denied",
            id="denied by one more",
        ),
        pytest.param([tell(denied_by=("KEN",))], [tell()], "strengthened", id="denial withdrawn"),
        pytest.param([tell()], [end()], "ended", id="no longer"),
        pytest.param([tell()], [tell(negated=True)], "weakened", id="now told not to be so"),
    ],
)
def test_changes_are_named(before, after, changes):
    """Each word of the list has its case."""
    (change,) = compare(before, after)

    assert " ".join(change.changes) == changes


@pytest.mark.parametrize(
    ("before", "after", "clusters"),
    [
        pytest.param([tell()], [tell()], (), id="the same"),
        pytest.param([], [], (), id="nothing"),
        pytest.param([tell()], [tell(), tell("b")], COPIES, id="a copy more"),
        pytest.param([tell()], [attrs.evolve(tell(), confidence=0.8)], (), id="another chance"),
    ],
)
def test_what_amounts_to_the_same_is_no_change(before, after, clusters):
    """An alert that says nothing is switched off."""
    assert compare(before, after, clusters) == ()


def test_a_change_has_the_claims_that_came_and_the_ids_of_those_that_went():
    """Who is told that something changed asks: says who?"""
    (change,) = compare([tell(), tell("b")], [tell("b"), tell("c"), tell("d")])

    assert [claim.article for claim in change.claims] == ["c", "d"]
    assert change.gone == (tell().id,)
    assert (change.before.independent_count, change.after.independent_count) == (2, 3)


def test_changes_stand_by_what_they_are_and_then_by_pair():
    """The news first; the same order in every run."""
    other = {"source": "BEN", "target": "TCD"}
    before = [tell(status=ALLEGED)]
    after = [tell(), tell(kind=Kind.AID), tell(**other)]

    found = compare(before, after)

    assert [(one.changes[0], one.source, one.kind) for one in found] == [
        (ChangeKind.NEW, "BEN", Kind.TROOPS),
        (ChangeKind.NEW, "KEN", Kind.AID),
        (ChangeKind.STRENGTHENED, "KEN", Kind.TROOPS),
    ]
    assert found == compare(before, after[::-1])


def test_the_same_change_has_the_same_id_and_another_one_another():
    """Feed readers know an entry by its id."""
    (one,) = compare([tell()], [tell(), tell("b")])
    (same,) = compare([tell()], [tell("b"), tell()])
    (other,) = compare([tell()], [tell(), tell("c")])

    assert one.id == same.id != other.id
