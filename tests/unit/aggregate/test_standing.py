"""What claims amount to: an allegation is never shown as a fact, a denial is never lost."""

from datetime import date

import pytest

from alignwatch.aggregate import derive_standing, explain_standing
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Evidence, Kind, Precision, Standing, Status, When

ASSERTED, ALLEGED, PROSPECTIVE = Status.ASSERTED, Status.ALLEGED, Status.PROSPECTIVE
Y2020 = When(start=date(2020, 1, 1), end=date(2020, 12, 31), precision=Precision.YEAR)
Y2024 = When(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR)
MAY2024 = When(start=date(2024, 5, 1), end=date(2024, 5, 31), precision=Precision.MONTH)


def tell(status=ASSERTED, **fields):
    """A claim that Kenya sends troops to Chad, in one voice or another."""
    told = {"article": "a", "source": "KEN", "target": "TCD", "kind": Kind.TROOPS, **fields}
    said = told.pop("quote", "text")
    quote = Evidence(start=0, end=len(said), raw_start=0, raw_end=len(said), quote=said)
    return Claim(status=status, extractor="rules/1", confidence=0.5, evidence=quote, **told)


def yes(status=ASSERTED, **fields):
    return tell(status, **fields)


def no(status=ASSERTED, **fields):
    return tell(status, negated=True, **fields)


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        pytest.param([yes()], Standing.ASSERTED, id="one voice of its own"),
        pytest.param([yes(ALLEGED)] * 9, Standing.ALLEGED, id="alleged nine times"),
        pytest.param([yes(PROSPECTIVE)], Standing.PROSPECTIVE, id="planned"),
        pytest.param([yes(ALLEGED), yes()], Standing.ASSERTED, id="alleged, then reported"),
        pytest.param([yes(PROSPECTIVE), yes(ALLEGED)], Standing.ALLEGED, id="planned and alleged"),
        pytest.param([yes(denied_by=("KEN",))], Standing.CONTESTED, id="asserted but denied"),
        pytest.param(
            [yes(ALLEGED), yes(ALLEGED, article="b", denied_by=("KEN",))],
            Standing.CONTESTED,
            id="alleged here, denied there",
        ),
        pytest.param(
            [yes(PROSPECTIVE, denied_by=("KEN",))], Standing.CONTESTED, id="denies that it plans to"
        ),
        pytest.param([no(denied_by=("TCD",))], Standing.CONTESTED, id="denies that it did not"),
        pytest.param([yes(), no()], Standing.CONTESTED, id="two papers contradict each other"),
        pytest.param([yes(ALLEGED), no()], Standing.CONTESTED, id="alleged, and reported untrue"),
        pytest.param([yes(), no(ALLEGED)], Standing.CONTESTED, id="reported, and said untrue"),
        pytest.param([yes(ALLEGED), no(ALLEGED)], Standing.CONTESTED, id="word against word"),
        pytest.param([no()], Standing.NEGATED, id="did not happen"),
        pytest.param([no(ALLEGED)], Standing.NEGATED, id="said not to have happened"),
        pytest.param([no(PROSPECTIVE)], Standing.NEGATED, id="will not happen"),
        pytest.param([yes(PROSPECTIVE), no()], Standing.PROSPECTIVE, id="plans to, has not yet"),
        pytest.param([yes(), no(PROSPECTIVE)], Standing.ASSERTED, id="did, will not again"),
        pytest.param([yes(when=Y2024), no(when=Y2020)], Standing.ASSERTED, id="not then, but now"),
        pytest.param(
            [yes(ALLEGED, when=Y2024), no(when=Y2020)], Standing.ALLEGED, id="not then, maybe now"
        ),
        pytest.param(
            [yes(when=MAY2024), no(when=Y2024)], Standing.CONTESTED, id="in May, not that year"
        ),
        pytest.param([yes(when=Y2024), no()], Standing.CONTESTED, id="no period means any"),
    ],
)
def test_standing_follows_from_the_voices(claims, standing):
    """Analysts act on this word; each rule of the docstring has its case here, in both orders."""
    assert derive_standing(claims) == standing
    assert derive_standing(reversed(claims)) == standing


def end(status=ASSERTED, **fields):
    """A claim that Kenya sends no more troops to Chad."""
    return no(status, quote="Kenya no longer sends troops to Chad.", **fields)


MARCH = {"article": "m", "published": "2025-03-01"}
MAY = {"article": "y", "published": "2025-05-01"}
Y2025 = When(start=date(2025, 1, 1), end=date(2025, 12, 31), precision=Precision.YEAR)


@pytest.mark.parametrize(
    ("claims", "standing"),
    [
        pytest.param([end()], Standing.ENDED, id="no longer, so it was"),
        pytest.param([yes(**MARCH), end(**MAY)], Standing.ENDED, id="was in March, no more in May"),
        pytest.param([yes(**MAY), end(**MAY)], Standing.ENDED, id="both in one article"),
        pytest.param(
            [yes(**MAY), end(**{**MAY, "article": "z"})], Standing.CONTESTED, id="two of one day"
        ),
        pytest.param([yes(**MAY), end(**MARCH)], Standing.ASSERTED, id="taken up again"),
        pytest.param([yes(), end(**MAY)], Standing.CONTESTED, id="who knows when it was"),
        pytest.param([yes(when=Y2020), no(when=Y2024)], Standing.ENDED, id="then, but not later"),
        pytest.param(
            [yes(when=Y2020), no(ALLEGED, when=Y2024)], Standing.ASSERTED, id="later on one's word"
        ),
        pytest.param(
            [yes(when=Y2020), yes(when=Y2024, article="b"), no(when=Y2024, article="c")],
            Standing.CONTESTED,
            id="later, and word against word",
        ),
        pytest.param([yes(**MARCH), end(ALLEGED, **MAY)], Standing.CONTESTED, id="ended, one says"),
        pytest.param([end(ALLEGED)], Standing.NEGATED, id="an end on one's word is a negation"),
        pytest.param([yes(PROSPECTIVE, **MAY), end(**MARCH)], Standing.ENDED, id="may come again"),
        pytest.param([end(denied_by=("KEN",))], Standing.CONTESTED, id="the end is denied"),
        pytest.param(
            [yes(**MARCH), end(when=Y2025, **MAY)], Standing.ENDED, id="in the year of its end"
        ),
        pytest.param(
            [yes(when=MAY2024), end(when=Y2024, article="b")], Standing.ENDED, id="May of that year"
        ),
        pytest.param([no(quote="Kenya spent no time on it.")], Standing.NEGATED, id="no such word"),
    ],
)
def test_what_was_and_is_no_more_has_ended(claims, standing):
    """A pact that was left is neither a pact nor a pact that never was."""
    assert derive_standing(claims) == standing
    assert derive_standing(claims[::-1]) == standing


def test_ends_of_other_preferences_end_nothing():
    """No longer to prefer Chad over Mali leaves Chad over Benin as it is."""
    told = {"kind": Kind.PREFERENCE}
    claims = [yes(over="MLI", **told, **MARCH), end(over="BEN", **told, **MAY)]

    assert derive_standing(claims) == Standing.ASSERTED


@pytest.mark.parametrize(
    ("claims", "why", "made"),
    [
        ([yes(), yes(ALLEGED, article="b")], "own voice", [0]),
        ([yes(ALLEGED), yes(ALLEGED, article="b"), no(PROSPECTIVE)], "somebody's word", [0, 1]),
        ([yes(PROSPECTIVE)], "planned", [0]),
        ([yes(), yes(article="b", denied_by=("KEN",))], "denies", [1]),
        ([yes(), no(article="b"), yes(PROSPECTIVE, article="c")], "contradict", [0, 1]),
        ([no(), no(ALLEGED, article="b")], "not so", [0, 1]),
        ([yes(**MARCH), end(**MAY)], "no more", [1]),
    ],
)
def test_a_standing_says_which_claims_made_it(claims, why, made):
    """Who is told "contested" asks: by whom?"""
    reason = explain_standing(claims)

    assert reason.standing == derive_standing(claims)
    assert why in reason.why
    assert reason.claims == tuple(claims[place] for place in made)


def test_preferences_over_different_actors_do_not_contradict():
    """To prefer Chad over Kenya says nothing of preferring Chad over Mali."""
    over_mali = yes(kind=Kind.PREFERENCE, over="MLI")
    not_over_benin = no(kind=Kind.PREFERENCE, over="BEN")

    assert derive_standing([over_mali, not_over_benin]) == Standing.ASSERTED


def test_no_claims_have_no_standing():
    """Silence is not a negation."""
    with pytest.raises(ModelError, match="at least one claim"):
        derive_standing([])
