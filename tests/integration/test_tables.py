"""Relationships of a store as a table."""

import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.export import relationships_to_arrow
from alignwatch.pipeline import tabulate_relationships

TEXT = "Kenya sold drones to Uganda in May 2024. Kenya condemned Uganda. Peru denied aiding Chad."


@pytest.fixture
def store(tmp_path):
    (tmp_path / "texts").mkdir()
    for name in ("a", "b"):
        (tmp_path / "texts" / f"{name}.txt").write_text(TEXT, "utf-8")
    path = tmp_path / "s.db"
    aw.watch([str(tmp_path / "texts")], store=path)
    return path


def test_a_table_has_what_the_relationships_have(store, tmp_path):
    """Two ways to one answer must give one answer, copies and all."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra arrow is not installed")
    expected = relationships_to_arrow(aw.relationships(store)).to_pylist()
    out = tmp_path / "ties.parquet"

    assert tabulate_relationships(store).to_pylist() == expected
    asked = ["export", "parquet", "--what", "relationships", "--store", str(store)]
    assert main([*asked, "--out", str(out)]) == 0
    assert parquet.read_table(out).to_pylist() == expected
    assert {row["independent_count"] for row in expected} == {1}


@pytest.mark.parametrize("what", ["articles", "documents"])
def test_what_is_no_table_is_refused(store, what, tmp_path, capsys):
    """Whole texts go by JSON Lines."""
    out = str(tmp_path / "x.parquet")

    assert main(["export", "parquet", "--what", what, "--store", str(store), "--out", out]) == 2
    assert f"use: alignwatch export jsonl --what {what}" in capsys.readouterr().err
