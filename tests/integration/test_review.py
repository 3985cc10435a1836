"""A person judges claims: what is said counts above the extractor, and travels as a file."""

import io
import sys

import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.errors import WireError
from alignwatch.pipeline import measure_precision
from alignwatch.store import format_verdicts, read_verdicts

TEXT = "Norway condemned Chad. Kenya sold drones to Uganda. Peru and Chile signed a treaty."


@pytest.fixture
def store(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(TEXT, "utf-8")
    path = tmp_path / "s.db"
    aw.watch([str(tmp_path / "texts")], store=path)
    return path


def claims(path, **options):
    with aw.open_store(path, read_only=True) as opened:
        return [(c.source, c.target, str(c.kind)) for c in opened.claims(**options)]


def review(monkeypatch, path, answers, *options):
    monkeypatch.setattr(sys, "stdin", io.StringIO(answers))
    return main(["review", *options, "--store", str(path)])


def test_verdicts_count_above_the_extractor(store, monkeypatch, capsys):
    """Accepted stays, rejected goes, corrected is what a person said."""
    told = claims(store)
    assert len(told) == 3
    answers = "a\nr\nc\n\n\ndefense_pact\n\nalleged\n"
    assert review(monkeypatch, store, answers) == 0

    assert claims(store) == [told[0], (*told[2][:2], "defense_pact")]
    assert "[[Norway condemned Chad.]]" in capsys.readouterr().out
    with aw.open_store(store, read_only=True) as opened:
        *_, total = measure_precision(opened)
        assert (total.accepted, total.rejected, total.corrected) == (1, 1, 1)
        assert total.precision == pytest.approx(1 / 3)
    assert main(["review", "summary", "--store", str(store)]) == 0
    assert "0.33" in capsys.readouterr().out


def test_what_was_judged_is_not_asked_again(store, monkeypatch, capsys):
    """A review goes on where it was left; the end of input leaves it."""
    assert review(monkeypatch, store, "a\nq\n") == 0
    assert review(monkeypatch, store, "") == 0
    shown = capsys.readouterr().out

    assert shown.count("[[Norway condemned Chad.]]") == 1
    assert review(monkeypatch, store, "s\ns\ns\n", "--again") == 0
    assert "[[Norway condemned Chad.]]" in capsys.readouterr().out


def test_an_answer_that_is_not_understood_is_asked_again(store, monkeypatch, capsys):
    """A typing error must not judge anything."""
    assert review(monkeypatch, store, "x\nc\nNobody\nc\n\n\n\n\nsure\na\nq\n", "--limit", "1") == 0

    with aw.open_store(store, read_only=True) as opened:
        assert [str(verdict.decision) for verdict in opened.verdicts()] == ["accepted"]
    told = capsys.readouterr().err
    assert "'x' is none of" in told
    assert "no actor is called" in told


def test_a_review_can_be_narrowed(store, monkeypatch, capsys):
    """Who knows one pair reviews that pair."""
    assert review(monkeypatch, store, "", "Kenya", "Uganda") == 0
    assert "Kenya sold drones" in capsys.readouterr().out
    assert review(monkeypatch, store, "", "--kind", "treaty") == 0
    assert "signed a treaty" in capsys.readouterr().out
    assert review(monkeypatch, store, "", "KEN", "UGA", "PER") == 2


def test_verdicts_travel_as_lines(store, monkeypatch, tmp_path, capsys):
    """A team keeps them in git; the same claims have the same ids everywhere."""
    review(monkeypatch, store, "r\nc\n\nTCD\n\n\n\na\n", "--note", "by me")
    path = tmp_path / "verdicts.jsonl"
    assert main(["review", "export", "--store", str(store), "--out", str(path)]) == 0
    with aw.open_store(store) as opened:
        kept = list(opened.verdicts())
        for verdict in kept:
            opened.withdraw_verdict(verdict.claim)
    assert list(read_verdicts(path.read_text().splitlines())) == kept
    assert "".join(format_verdicts(kept)) == path.read_text()

    assert main(["review", "import", str(path), "--store", str(store)]) == 0
    with aw.open_store(store, read_only=True) as opened:
        assert list(opened.verdicts()) == kept
        assert {verdict.note for verdict in kept} == {"by me"}
    path.write_text(path.read_text().replace(kept[0].claim, "0" * 20))
    assert main(["review", "import", str(path), "--store", str(store)]) == 3
    assert "no claim" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "line 1"),
        ("[]", "object"),
        ('{"schema":9,"claim":"x","decision":"accepted"}', "schema"),
        ('{"schema":1,"claim":"x","decision":"maybe"}', "maybe"),
        ('{"schema":1,"claim":"x","decision":"corrected"}', "corrected"),
        ('{"schema":1,"decision":"accepted"}', "names no claim"),
        ('{"schema":1,"claim":"x","decision":"accepted","by":"me"}', "'by'"),
        ('{"schema":1,"claim":"x","decision":"accepted","decided_at":"2024-01-01"}', "time zone"),
    ],
)
def test_a_line_that_is_no_verdict_is_named(line, named):
    """Files are merged by hand."""
    with pytest.raises(WireError, match=named):
        list(read_verdicts([line]))


def test_an_empty_store_has_no_precision(tmp_path, capsys):
    """Nothing judged is not nothing right."""
    aw.open_store(tmp_path / "s.db").close()
    assert main(["review", "summary", "--store", str(tmp_path / "s.db")]) == 0
    assert "no claim has a verdict" in capsys.readouterr().err
