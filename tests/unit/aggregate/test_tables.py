"""Relationships from columns; tests/property/test_aggregate.py says that they are the same."""

import importlib

import pytest

from alignwatch.aggregate import aggregate_claims, aggregate_table
from alignwatch.errors import MissingExtraError, ModelError
from alignwatch.export import relationships_to_arrow, to_arrow
from alignwatch.model import Claim, Cluster, Evidence, Kind, Status

pytest.importorskip("pyarrow", reason="the extra arrow is not installed")


def tell(article="a", **fields):
    given = {"kind": Kind.AID, "source": "KEN", "target": "TCD", "confidence": 0.9}
    return Claim(
        article=article,
        extractor="rules/1",
        evidence=Evidence(start=0, end=4, raw_start=0, raw_end=4, quote="gave"),
        **{**given, **fields},
    )


CLAIMS = [
    tell(published="2025-07-02T10:00:00+03:00"),
    tell("b", published="2025-07-02", negated=True),
    tell("b", published="2025-07-02", status=Status.ALLEGED, attributed_to=("USA", "FRA")),
    tell("c", target="UGA", published="sometime"),
]


def expect(claims, **options):
    return relationships_to_arrow(aggregate_claims(claims, **options)).to_pylist()


def test_no_claims_give_an_empty_table_with_its_columns():
    """A first run has nothing to tell, and a query over it must still work."""
    table = aggregate_table(to_arrow([]))

    assert (len(table), table.column_names[:3]) == (0, ["source", "target", "kind"])


def test_one_claim_is_one_tie():
    """The least that there can be."""
    assert aggregate_table(to_arrow(CLAIMS[:1])).to_pylist() == expect(CLAIMS[:1])


@pytest.mark.parametrize("repeats", [1, 3])
def test_repeats_count_once_and_different_claims_of_one_id_each(repeats):
    """A reprocessed claim has the id of the old one and another confidence."""
    again = tell(published="2025-07-02T10:00:00+03:00", confidence=0.4)
    told = [*CLAIMS, again] * repeats

    assert aggregate_table(to_arrow(told)).to_pylist() == expect(told)


def test_frames_of_other_libraries_are_taken():
    """Analysts have their claims in polars, pandas or DuckDB."""
    polars = pytest.importorskip("polars", reason="polars is not installed")
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    table = to_arrow(CLAIMS)
    groups = (Cluster(articles=("a", "b")),)
    expected = expect(CLAIMS, clusters=groups)

    assert aggregate_table(polars.from_arrow(table), clusters=groups).to_pylist() == expected
    assert aggregate_table(duckdb.from_arrow(table), clusters=groups).to_pylist() == expected


def test_a_file_of_parquet_gives_the_same(tmp_path):
    """A million claims come from a file."""
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(to_arrow(CLAIMS), tmp_path / "c.parquet")

    table = aggregate_table(parquet.read_table(tmp_path / "c.parquet"))

    assert table.to_pylist() == expect(CLAIMS)


def test_what_is_no_table_of_claims_is_refused():
    """A wrong column name must not look like a quiet world."""
    table = to_arrow(CLAIMS)

    with pytest.raises(ModelError, match="'kind'"):
        aggregate_table(table.drop_columns(["kind"]))
    for name, what in [("kind", "kind"), ("status", "status")]:
        place = table.column_names.index(name)
        wrong = table.set_column(place, name, [["love"] * len(table)])
        with pytest.raises(ModelError, match=what):
            aggregate_table(wrong)


def test_an_article_in_two_clusters_is_refused():
    """It would count twice or not at all."""
    groups = [Cluster(articles=("a", "b")), Cluster(articles=("b", "c"))]

    with pytest.raises(ModelError, match="two clusters"):
        aggregate_table(to_arrow(CLAIMS), clusters=groups)


def test_without_pyarrow_the_extra_is_named(monkeypatch):
    """The way out is one command."""
    load = importlib.import_module

    def refuse(name, *rest):
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr("alignwatch.aggregate._tables.import_module", refuse)

    with pytest.raises(MissingExtraError, match=r"alignwatch\[arrow\]"):
        aggregate_table(object())
