"""An alignment says what independent voices say, when, and how little that may be."""

from datetime import date

import pytest

from alignwatch.aggregate import load_weights, measure_alignment, measure_alignments
from alignwatch.errors import DataFileError, ModelError
from alignwatch.model import (
    Claim,
    Cluster,
    Evidence,
    Kind,
    Period,
    Precision,
    Status,
    When,
    load_event_codes,
)

PAIR = ("KEN", "TCD")


def tell(article="a", *, published="2025-03-10", start=0, **fields):
    given = {"kind": Kind.ARMS_TRANSFER, "source": "KEN", "target": "TCD", "confidence": 1.0}
    return Claim(
        article=article,
        published=published,
        extractor="rules/1",
        evidence=Evidence(
            start=start, end=start + 4, raw_start=start, raw_end=start + 4, quote="sold"
        ),
        **{**given, **fields},
    )


def year(number, *, last=None):
    return When(
        start=date(number, 1, 1), end=date(last or number, 12, 31), precision=Precision.YEAR
    )


def points(claims, **options):
    return measure_alignment(claims, PAIR, **options).points


def periods(claims, **options):
    return [point.period for point in points(claims, **options)]


def test_a_pair_without_claims_has_no_points():
    """A line at zero would say that somebody looked and found them apart."""
    found = measure_alignment([tell(source="UGA")], PAIR)

    assert (found.points, found.changes, found.claims, found.left_out) == ((), (), (), 0)


def test_a_sure_claim_in_its_own_voice_is_worth_its_kind_and_half_of_the_unseen():
    """One voice of weight 1 against one unseen that may say anything: 0.7 becomes 0.35."""
    [point] = points([tell()])

    assert (point.mean, point.index, point.weight) == (0.7, 0.35, 1.0)
    assert point.low < 0 < point.high


@pytest.mark.parametrize(
    ("fields", "weight"),
    [
        ({}, 1.0),
        ({"status": Status.ALLEGED}, 0.5),
        ({"status": Status.PROSPECTIVE}, 0.25),
        ({"denied_by": ("TCD",)}, 0.5),
        ({"status": Status.ALLEGED, "denied_by": ("TCD",), "confidence": 0.5}, 0.125),
    ],
)
def test_voice_doubt_and_confidence_weigh(fields, weight):
    """An allegation must not draw the line as a fact does."""
    [point] = points([tell(**fields)])

    assert point.weight == weight
    assert point.mean == 0.7
    assert point.index == pytest.approx(0.7 * weight / (1 + weight), abs=1e-4)


def test_a_tie_that_is_said_not_to_exist_draws_towards_zero():
    """'Kenya has not sold arms' is no attack; it weighs against what says that it has."""
    [point] = points([tell(), tell("b", negated=True)])

    assert (point.mean, point.independent_count) == (0.35, 2)


def test_copies_are_one_voice_also_a_month_later():
    """Five copies of one story are one voice, whenever they are printed."""
    claims = [tell(name, published=day) for name, day in [("a", "2025-03-10"), ("b", "2025-04-02")]]
    alone = points(claims[:1])
    copied = points(claims, clusters=[Cluster(articles=("a", "b"))])

    assert [(p.period, p.index, p.low, p.high, p.independent_count) for p in copied] == [
        (p.period, p.index, p.low, p.high, p.independent_count) for p in alone
    ]
    assert copied[0].claims == tuple(sorted(claim.id for claim in claims))


def test_an_article_says_each_thing_once():
    """Whoever repeats himself thirty times is not surer than who says it once."""
    once = points([tell()])
    often = points([tell(start=start) for start in range(30)])

    assert [(p.index, p.low, p.high) for p in often] == [(p.index, p.low, p.high) for p in once]


def test_more_voices_narrow_the_interval():
    """The width is what tells a reader how much a point rests on."""
    widths = [
        point.high - point.low
        for count in (1, 3, 10, 40)
        for point in points([tell(f"{number}") for number in range(count)])
    ]

    assert widths == sorted(widths, reverse=True)
    assert (widths[0] > 1, widths[-1] < 0.15) == (True, True)


def test_both_directions_count_and_other_pairs_do_not():
    """An alignment is of two actors together."""
    claims = [tell(), tell("b", source="TCD", target="KEN"), tell("c", target="UGA")]

    assert [point.independent_count for point in points(claims)] == [2]


@pytest.mark.parametrize(
    ("period", "published", "expected"),
    [
        ("month", "2025-03-31T23:59:59Z", ["2025-03"]),
        ("month", "2025-04-01T00:30:00+03:00", ["2025-04"]),
        ("quarter", "2025-03-31", ["2025-Q1"]),
        ("quarter", "2025-04-01", ["2025-Q2"]),
        ("year", "2024-12-31T23:00:00-05:00", ["2024"]),
        ("year", "2025", ["2025"]),
        ("month", "2025-03", ["2025-03"]),
        ("month", "2025", []),
        ("month", "2025-13-01", []),
        ("month", "0000-01-01", []),
        ("month", "yesterday", []),
        ("month", None, []),
    ],
)
def test_a_claim_without_a_time_counts_on_the_day_that_its_article_names(
    period, published, expected
):
    """The publisher's own calendar is what readers see, and what other views show."""
    assert periods([tell(published=published)], period=period) == expected


@pytest.mark.parametrize(
    ("period", "when", "published", "expected"),
    [
        ("year", year(2020, last=2022), "2025-03-10", ["2020", "2021", "2022"]),
        ("month", year(2025), "2025-03-10", ["2025-03"]),
        ("month", year(2024), "2025-03-10", []),
        ("month", year(2025), None, []),
        ("year", year(1700, last=2022), "2025", []),
    ],
)
def test_a_claim_counts_when_it_holds(period, when, published, expected):
    """What happened in 1961 is no news of this month, wherever it is told."""
    assert periods([tell(published=published, when=when)], period=period) == expected


def test_a_time_of_days_counts_in_every_month_that_it_touches():
    """Troops who stayed from February to April stood there in March."""
    when = When(start=date(2024, 2, 28), end=date(2024, 4, 1), precision=Precision.DAY)

    assert periods([tell(when=when)]) == ["2024-02", "2024-03", "2024-04"]


def test_what_has_no_place_or_no_weight_is_counted_as_left_out():
    """A curve that hides how much it does not show misleads."""
    claims = [
        tell(published=None),
        tell("b", confidence=0.0),
        tell("c", kind=Kind.PREFERENCE, over="UGA"),
        tell("d"),
    ]
    found = measure_alignment(claims, PAIR)

    assert (found.left_out, len(found.claims)) == (3, 1)


@pytest.mark.parametrize("period", Period)
def test_points_know_their_first_and_last_day(period):
    """A chart needs dates, also of the last year that there is."""
    [early] = points([tell(published="0001-01-01")], period=period)
    [late] = points([tell(published="9999-12-31")], period=period)

    assert (early.start, late.end) == (date.min, date.max)


def test_a_lasting_change_is_found_and_named_by_its_claims():
    """A turn without the sentences behind it is an opinion."""
    friendly = [tell(f"f{m}{n}", published=f"2024-{m:02d}-05") for m in range(1, 7) for n in "ab"]
    hostile = [
        tell(f"h{m}{n}", published=f"2024-{m:02d}-05", kind=Kind.SANCTIONS)
        for m in range(7, 13)
        for n in "ab"
    ]
    [change] = measure_alignment(friendly + hostile, PAIR).changes

    assert (change.until, change.since) == ("2024-06", "2024-07")
    assert (change.before, change.after) == (0.7, -0.8)
    assert set(change.claims) <= {claim.id for claim in hostile}
    assert len(change.claims) == 5


def test_one_story_changes_nothing():
    """A single article, however grave, is a point and not a turn."""
    calm = [tell(f"{m}{n}", published=f"2024-{m:02d}-05") for m in range(1, 12) for n in "ab"]
    grave = tell("z", published="2024-12-05", kind=Kind.ATTACK)

    assert not measure_alignment([*calm, grave], PAIR).changes


def test_every_pair_is_measured_as_it_would_be_alone():
    """A dossier takes all curves at once."""
    claims = [tell(), tell("b", target="UGA"), tell("c", kind=Kind.CRITICISM)]

    assert measure_alignments(claims) == tuple(
        measure_alignment(claims, pair) for pair in [("KEN", "TCD"), ("KEN", "UGA")]
    )


@pytest.mark.parametrize(
    ("pair", "period"), [(("KEN", "KEN"), "month"), (("KEN", "TCD"), "fortnight")]
)
def test_what_cannot_be_measured_is_refused(pair, period):
    """A silent guess would look like a result."""
    with pytest.raises(ModelError):
        measure_alignment([], pair, period=period)


def test_kinds_are_worth_their_goldstein_value_but_for_those_that_the_file_names():
    """The table of events and the index must not tell two stories."""
    weights, codes = load_weights(), load_event_codes()
    own = {
        kind
        for kind in Kind
        if weights.kinds[kind] != (None if (v := codes.worth_of(kind)) is None else v / 10)
    }

    assert own == {Kind.TREATY, Kind.DEFENSE_PACT, Kind.SANCTIONS, Kind.RIVALRY}
    assert weights.kinds[Kind.PREFERENCE] is None


def test_weights_of_a_users_own_replace_some(tmp_path):
    """A researcher with a scale of her own keeps the rest."""
    own = tmp_path / "own.toml"
    own.write_text("[kinds]\narms_transfer = 1\n[status]\nalleged = 1.0\n", "utf-8")
    [point] = points([tell(status=Status.ALLEGED)], weights=load_weights(own))

    assert (point.mean, point.weight) == (0.1, 1.0)


@pytest.mark.parametrize(
    "content",
    [
        "[kinds]\nfriendship = 1\n",
        "[kinds]\naid = 11\n",
        "[kinds]\naid = nan\n",
        "[kinds]\naid = true\n",
        "[status]\nasserted = -0.1\n",
        "[doubt]\nunseen = 0\n",
        "[doubt]\ndenied = 0\n",
        "[weights]\naid = 1\n",
        "kinds = 3\n",
        "[kinds\n",
        "\udcff",
    ],
)
def test_weights_that_are_wrong_are_refused_by_name(tmp_path, content):
    """A misspelt kind that is passed over would count by a value that nobody chose."""
    own = tmp_path / "own.toml"
    own.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(DataFileError, match=r"own\.toml"):
        load_weights(own)


def test_a_weights_file_that_is_not_there_is_named(tmp_path):
    """The way to mend it is to see which file was meant."""
    with pytest.raises(DataFileError, match=r"gone\.toml cannot be read"):
        load_weights(tmp_path / "gone.toml")
