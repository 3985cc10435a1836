"""What claims amount to: an allegation is never shown as a fact, a denial is never lost."""

from datetime import date

import pytest

from alignwatch.aggregate import derive_standing
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Evidence, Kind, Precision, Standing, Status, When

ASSERTED, ALLEGED, PROSPECTIVE = Status.ASSERTED, Status.ALLEGED, Status.PROSPECTIVE
Y2020 = When(start=date(2020, 1, 1), end=date(2020, 12, 31), precision=Precision.YEAR)
Y2024 = When(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR)
MAY2024 = When(start=date(2024, 5, 1), end=date(2024, 5, 31), precision=Precision.MONTH)


def tell(status=ASSERTED, **fields):
    """A claim that Kenya sends troops to Chad, in one voice or another."""
    told = {"article": "a", "source": "KEN", "target": "TCD", "kind": Kind.TROOPS, **fields}
    quote = Evidence(start=0, end=4, raw_start=0, raw_end=4, quote="text")
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


def test_preferences_over_different_actors_do_not_contradict():
    """To prefer Chad over Kenya says nothing of preferring Chad over Mali."""
    over_mali = yes(kind=Kind.PREFERENCE, over="MLI")
    not_over_benin = no(kind=Kind.PREFERENCE, over="BEN")

    assert derive_standing([over_mali, not_over_benin]) == Standing.ASSERTED


def test_no_claims_have_no_standing():
    """Silence is not a negation."""
    with pytest.raises(ModelError, match="at least one claim"):
        derive_standing([])
