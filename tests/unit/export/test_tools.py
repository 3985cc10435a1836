"""Formats for other tools: codes, dates, both directions, and what is missing."""

import csv
import io
from datetime import date
from importlib import import_module

import attrs
import pytest

from alignwatch.errors import MissingExtraError, ModelError
from alignwatch.export import (
    Losses,
    _extras,
    format_events,
    format_panel,
    from_arrow,
    read_parquet,
    to_arrow,
    to_networkx,
)
from alignwatch.model import Claim, Cluster, Evidence, Kind, Precision, Status, When


def tell(quote="Kenya sent arms to Chad.", **fields):
    told = {"article": "a", "source": "KEN", "target": "TCD", "kind": Kind.ARMS_TRANSFER, **fields}
    evidence = Evidence(start=0, end=len(quote), raw_start=0, raw_end=len(quote), quote=quote)
    return Claim(extractor="rules/1", confidence=0.5, evidence=evidence, **told)


def rows(text):
    return list(csv.DictReader(io.StringIO("".join(text))))


def test_an_event_has_codes_and_the_day_that_the_text_tells():
    """Event data are joined by date and code."""
    when = When(start=date(2024, 5, 1), end=date(2024, 5, 31), precision=Precision.MONTH)
    [event] = rows(format_events([tell(when=when, published="2024-07-02")]))

    assert (event["event_date"], event["date_basis"]) == ("2024-05-01", "when")
    assert (event["plover_type"], event["quadrant"]) == ("AID", "2")
    assert (event["cameo_root"], event["cameo_code"], event["goldstein"]) == ("07", "072", "7.0")


def test_an_event_without_a_period_has_the_day_of_publication():
    """Event coders know no other date."""
    [event] = rows(format_events([tell(published="2024-07-02T10:00:00Z")]))

    assert (event["event_date"], event["date_basis"]) == ("2024-07-02", "published")


def test_a_tie_on_equal_footing_is_an_event_in_each_direction():
    """As CAMEO rows have it: both states consult."""
    events = rows(format_events([tell(kind=Kind.TRADE)]))

    assert [(e["source"], e["target"]) for e in events] == [("KEN", "TCD"), ("TCD", "KEN")]
    assert len({event["event_id"] for event in events}) == 2


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"negated": True}, "did not happen"),
        ({"status": Status.PROSPECTIVE}, "may happen"),
        ({"kind": Kind.RIVALRY}, "rivalry"),
    ],
)
def test_what_is_no_event_is_counted(fields, reason):
    """Left out in silence it would be believed to be nowhere."""
    losses = Losses()

    assert not rows(format_events([tell(**fields)], losses=losses))
    assert [reason in one for one in losses] == [True]
    assert str(losses).endswith(": 1")


def test_every_kind_with_a_plover_type_has_a_cameo_code():
    """Half a row is none."""
    for kind in Kind:
        over = "NER" if kind is Kind.PREFERENCE else None
        assert len(rows(format_events([tell(kind=kind, over=over)]))) == (
            0 if not kind.plover_types else 1 + kind.is_symmetric
        )


def test_a_panel_counts_voices_by_year_and_direction():
    """Five copies of one story are one voice."""
    years = When(start=date(2022, 6, 1), end=date(2023, 2, 1), precision=Precision.MONTH)
    told = [
        tell(published="2024-01-05"),
        tell(article="copy", published="2024-01-06"),
        tell(article="other", published="2024"),
        tell(kind=Kind.DEFENSE_PACT, when=years),
        tell(target="NATO", kind=Kind.AID),
        tell(),
    ]
    losses = Losses()
    copies = [Cluster(articles=("a", "copy"))]
    panel = {
        (row["year"], row["state1"], row["state2"]): row
        for row in rows(format_panel(told, clusters=copies, losses=losses))
    }

    assert panel["2024", "KEN", "TCD"]["arms_transfer"] == "2"
    assert panel["2022", "TCD", "KEN"]["defense"] == "1"
    assert panel["2023", "KEN", "TCD"]["treaty_any"] == "1"
    assert (panel["2024", "KEN", "TCD"]["ccode1"], panel["2024", "KEN", "TCD"]["ccode2"]) == (
        "501",
        "483",
    )
    assert len(panel) == 5
    assert sorted(losses.values()) == [1, 1]


def test_claims_can_be_counted_by_pandas_polars_and_duckdb():
    """The reason for columns."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    polars = pytest.importorskip("polars", reason="polars is not installed")
    pytest.importorskip("pandas", reason="pandas is not installed")
    table = to_arrow([tell(), tell(article="b"), tell(kind=Kind.AID)])

    counted = duckdb.from_arrow(table).aggregate("kind, count(*)").order("kind").fetchall()
    assert counted == [("aid", 1), ("arms_transfer", 2)]
    assert polars.from_arrow(table).height == 3
    assert list(table.to_pandas()["kind"].value_counts()) == [2, 1]


def test_a_table_of_something_else_is_named(tmp_path):
    """A column that is missing would be read as nothing."""
    pyarrow = pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    with pytest.raises(ModelError, match="column 'article'"):
        list(from_arrow(pyarrow.table({"id": ["x"]})))
    (tmp_path / "x.parquet").write_bytes(b"no")
    with pytest.raises(ModelError, match=r"x\.parquet"):
        list(read_parquet(tmp_path / "x.parquet"))


def test_a_lone_half_of_a_character_does_not_stop_a_table():
    """Columns are UTF-8; the rest of the claim is worth keeping."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    claim = tell(quote="bad \ud800 quote")
    [back] = from_arrow(to_arrow([claim]))

    assert back == attrs.evolve(
        claim, evidence=attrs.evolve(claim.evidence, quote="bad \ufffd quote")
    )


def test_a_library_that_is_missing_is_named_with_its_extra(monkeypatch):
    """The message is what to type."""

    def refuse(name):
        if name == "networkx":
            raise ImportError(name)
        return import_module(name)

    monkeypatch.setattr(_extras, "import_module", refuse)
    with pytest.raises(MissingExtraError, match=r"alignwatch\[graph\]"):
        to_networkx([])
