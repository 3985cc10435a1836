"""Claims and relationships in a spreadsheet, where nothing may run and nothing may shift."""

import csv
import io
from datetime import date

import pytest

from alignwatch.export import (
    CLAIM_COLUMNS,
    RELATIONSHIP_COLUMNS,
    write_csv,
    write_relationships_csv,
)
from alignwatch.model import (
    Claim,
    Evidence,
    Kind,
    Precision,
    Quantity,
    Relationship,
    Standing,
    Status,
    Trend,
    When,
)


def tell(quote="Kenya sent 60 tonnes, and a ship.", **fields):
    told = {"article": "a.txt", "source": "KEN", "target": "TCD", "kind": Kind.AID, **fields}
    size = len(quote)
    evidence = Evidence(start=5, end=5 + size, raw_start=7, raw_end=7 + size, quote=quote)
    return Claim(extractor="rules/1", confidence=0.5, evidence=evidence, **told)


def read_rows(write, values):
    stream = io.StringIO()
    write(values, stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue())))


def test_a_claim_fills_a_row():
    """Columns are documented; whoever built a sheet on them relies on each."""
    claim = tell(
        url="https://example.org/a",
        published="2025-07-02",
        negated=True,
        status=Status.ALLEGED,
        attributed_to=("USA", "GBR"),
        denied_by=("KEN",),
        trend=Trend.UP,
        when=When(start=date(2024, 1, 1), end=date(2024, 12, 31), precision=Precision.YEAR),
        quantities=(
            Quantity(value=60, unit="tonne", text="60 tonnes"),
            Quantity(value=1, text="a"),
        ),
    )

    (row,) = read_rows(write_csv, [claim])

    assert tuple(row) == CLAIM_COLUMNS
    assert row == {
        "id": claim.id,
        "article": "a.txt",
        "url": "https://example.org/a",
        "published": "2025-07-02",
        "source": "KEN",
        "target": "TCD",
        "kind": "aid",
        "family": "economic",
        "over": "",
        "negated": "true",
        "status": "alleged",
        "attributed_to": "USA; GBR",
        "denied_by": "KEN",
        "trend": "up",
        "plover": "AID",
        "confidence": "0.5",
        "when_start": "2024-01-01",
        "when_end": "2024-12-31",
        "when_precision": "year",
        "quantities": "60 tonnes; a",
        "quote": "Kenya sent 60 tonnes, and a ship.",
        "start": "5",
        "end": "38",
        "raw_start": "7",
        "raw_end": "40",
        "extractor": "rules/1",
    }


def test_a_relationship_fills_a_row():
    """The short list for a meeting: one line a tie, with its latest word."""
    claim = tell(published="2025-07-02")
    tie = Relationship(
        source="KEN",
        target="TCD",
        kind=Kind.AID,
        standing=Standing.CONTESTED,
        claims=(claim, tell("Kenya sent nothing.", negated=True, article="b.txt")),
        article_count=2,
        independent_count=1,
        first_published="2025-07-02",
        last_published="2025-07-02",
        denied_by=("KEN", "TCD"),
    )

    (row,) = read_rows(write_relationships_csv, [tie])

    assert tuple(row) == RELATIONSHIP_COLUMNS
    assert row["standing"] == "contested"
    assert (row["independent_count"], row["article_count"], row["claim_count"]) == ("1", "2", "2")
    assert (row["denied_by"], row["trend"]) == ("KEN; TCD", "")
    assert (row["latest_claim"], row["latest_quote"]) == (claim.id, claim.evidence.quote)


@pytest.mark.parametrize("write", [write_csv, write_relationships_csv])
def test_no_values_give_a_header_alone(write):
    """An empty result is a table too."""
    stream = io.StringIO()
    write([], stream)

    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\rx",
        "  =1+1",
        "\ufeff=1",
        "\n=1",
        "\uff1d1",
        "\u200b@x",
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_guarded(text):
    """Page text is hostile, and an analyst opens this file with a click."""
    (row,) = read_rows(
        write_csv, [tell(text, article=text, url=text, published=text, attributed_to=(text,))]
    )

    guarded = {row[column] for column in ("quote", "article", "url", "published", "attributed_to")}
    assert guarded == {"'" + text}


def test_quotes_commas_line_ends_and_half_characters_keep_the_row_whole():
    """One comma in a quote must not move every later column."""
    (row,) = read_rows(write_csv, [tell('He said "no",\nthen left\x00 \ud800; fin')])

    assert row["quote"] == 'He said "no",\nthen left\x00 \ufffd; fin'
    assert row["extractor"] == "rules/1"
