"""A claim that exists is one that can be quoted, counted and found again."""

from datetime import date

import attrs
import pytest

from alignwatch.errors import ModelError
from alignwatch.model import Actor, Claim, Evidence, Kind, Precision, Quantity, Span, Status, When

QUOTE = "Minsk sold Oslo potash worth 5 million dollars"
EVIDENCE = Evidence(start=0, end=46, raw_start=10, raw_end=56, quote=QUOTE)
SALE = Claim(
    article="b/c.txt",
    extractor="rules/1",
    source="BLR",
    target="NOR",
    kind=Kind.ARMS_TRANSFER,
    confidence=0.5,
    evidence=EVIDENCE,
)
YEAR = When(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR)


@pytest.mark.parametrize(
    ("change", "claim_id"),
    [
        ({}, "d3eb707229041ccf9418"),
        ({"article": "Ürümqi.txt"}, "f048c75bd5a879c197ab"),
        ({"when": YEAR}, "79ac92c449182d692e0f"),
        ({"kind": Kind.PREFERENCE, "over": "USA"}, "63fe7612b0a155783758"),
        ({"negated": True}, "29857696447d1a47ff80"),
    ],
)
def test_a_claim_keeps_its_id_for_ever(change, claim_id):
    """People's verdicts are stored by id: a new id loses them."""
    assert attrs.evolve(SALE, **change).id == claim_id


@pytest.mark.parametrize(
    "change",
    [
        {"article": "other"},
        {"source": "RUS"},
        {"target": "RUS"},
        {"kind": Kind.ENERGY},
        {"negated": True},
        {"kind": Kind.PREFERENCE, "over": "USA"},
        {"when": YEAR},
        {"evidence": attrs.evolve(EVIDENCE, raw_start=9)},
        {"evidence": attrs.evolve(EVIDENCE, raw_end=57)},
    ],
)
def test_what_a_claim_says_is_part_of_its_id(change):
    """Two statements must not share a verdict."""
    assert attrs.evolve(SALE, **change).id != SALE.id


@pytest.mark.parametrize(
    "change",
    [
        {"confidence": 1},
        {"extractor": "rules/2"},
        {"url": "https://daily.example/1"},
        {"published": "2025-07-02"},
        {"status": Status.ALLEGED},
        {"attributed_to": ("USA",)},
        {"denied_by": ("BLR",)},
        {"mentions": (Span(start=0, end=4),)},
        {"evidence": attrs.evolve(EVIDENCE, start=4, end=50)},
    ],
)
def test_how_a_claim_was_found_is_no_part_of_its_id(change):
    """A better extractor or cleaner must find the verdicts of the old one."""
    assert attrs.evolve(SALE, **change).id == SALE.id


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"target": "BLR"}, "a claim needs two actors, got 'BLR' twice"),
        (
            {"kind": Kind.TRADE, "source": "NOR", "target": "BLR"},
            "trade is symmetric: its actors stand in alphabetical order, got 'NOR' before 'BLR'",
        ),
        (
            {"over": "USA"},
            "'over' goes with preference and only with it, got arms_transfer over USA",
        ),
        (
            {"kind": Kind.PREFERENCE},
            "'over' goes with preference and only with it, got preference over None",
        ),
        ({"confidence": 1.5}, "confidence is a chance from 0 to 1, got 1.5"),
        ({"confidence": -0.1}, "confidence is a chance from 0 to 1, got -0.1"),
        ({"confidence": float("nan")}, "confidence is a chance from 0 to 1, got nan"),
    ],
)
def test_a_claim_that_breaks_a_rule_is_refused(change, message):
    """The message tells the extractor's author what to change."""
    with pytest.raises(ModelError) as caught:
        attrs.evolve(SALE, **change)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"end": 45}, "evidence 0..45 does not fit a quote of 46"),
        ({"start": -1, "end": 45}, "evidence -1..45 does not fit a quote of 46"),
        ({"end": 0, "quote": ""}, "evidence 0..0 does not fit a quote of 0"),
        ({"raw_end": 10}, "evidence needs 0 <= raw_start < raw_end, got 10..10"),
        ({"raw_start": -1}, "evidence needs 0 <= raw_start < raw_end, got -1..56"),
    ],
)
def test_evidence_that_cannot_be_quoted_is_refused(change, message):
    """A claim without a quotable source is worth nothing."""
    with pytest.raises(ModelError) as caught:
        attrs.evolve(EVIDENCE, **change)

    assert str(caught.value) == message


def test_evidence_has_a_span_in_the_clean_text():
    """Highlighting cuts by span."""
    assert EVIDENCE.span == Span(start=0, end=46)


def test_a_period_does_not_end_before_it_starts():
    """A timeline would draw it backwards."""
    with pytest.raises(ModelError, match="needs start <= end, got 2024-12-31 to 2024-01-01"):
        When(start=YEAR.end, end=YEAR.start, precision=Precision.YEAR)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_quantity_is_a_number_that_json_can_hold(value):
    """One infinite amount would end a whole export."""
    with pytest.raises(ModelError, match=f"finite number, got {value} for 'countless'"):
        Quantity(value=value, text="countless")


def test_whole_amounts_and_fractions_are_one_type():
    """Integers have fewer methods in Python 3.11, and columns of mixed types break Arrow."""
    assert isinstance(Quantity(value=5, text="five").value, float)
    assert isinstance(attrs.evolve(SALE, confidence=1).confidence, float)


def test_plover_is_the_first_type_of_the_kind():
    """Event data has one type a row; two kinds have none."""
    assert SALE.plover == "AID"
    assert attrs.evolve(SALE, kind=Kind.RIVALRY).plover is None


def test_a_pair_is_alphabetical_whoever_acts():
    """Reports group both directions of a tie."""
    assert SALE.pair == ("BLR", "NOR")
    assert attrs.evolve(SALE, source="NOR", target="BLR").pair == ("BLR", "NOR")


def test_an_actor_needs_an_id_and_a_name_alone():
    """Users add actors of their own with little effort."""
    assert Actor(actor_id="WAGNER", name="Wagner Group").members == ()
