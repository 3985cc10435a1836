"""Failures say which file or page is meant, and nothing is hidden without a word."""

import json

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.pipeline import _reading

TEXT = "Japan signed a trade agreement with Vietnam in Hanoi on Monday. "


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path, capsys):
    """Who has to repair one of them must know which."""
    for name in ("a", "b"):
        (tmp_path / "clips" / name).mkdir(parents=True)
        (tmp_path / "clips" / name / "x.txt").write_bytes(b"\0\1\2\xff" * 99)
    store = str(tmp_path / "s.db")

    assert main(["watch", str(tmp_path / "clips"), "--store", store]) == 0
    told = capsys.readouterr().err
    assert "a/x.txt:" in told
    assert "b/x.txt:" in told
    html = (tmp_path / "report.html").read_text()
    assert "a/x.txt" in html
    assert "b/x.txt" in html
    assert str(tmp_path) not in html
    with aw.open_store(store, read_only=True) as opened:
        assert [failure.name for failure in opened.failures()] == ["a/x.txt", "b/x.txt"]


def test_two_files_of_one_id_are_not_hidden_behind_each_other(tmp_path):
    """Of two articles of one id only one is shown: the other one is told."""
    for name, more in (("one", ""), ("two", "Officials denied it."), ("three", "")):
        record = {"id": "wire-1", "text": TEXT * 3 + more}
        (tmp_path / f"{name}.json").write_text(json.dumps(record))
    files = [tmp_path / f"{name}.json" for name in ("one", "two", "three")]
    for _ in range(2):
        result = aw.watch(files, store=tmp_path / "s.db")

    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        (failure,) = store.failures()
    assert failure.name == "two.json"
    assert "another file has the id 'wire-1' already" in failure.message
    assert result.health[0].waiting == 1
    assert result.health[0].unchanged == 2


def test_folders_watched_one_after_the_other_do_not_hide_each_others_files(tmp_path):
    """Both have a summary.txt, by which both would be named."""
    for year in ("2025", "2026"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "summary.txt").write_text(TEXT * 3 + year)
    results = [aw.watch([tmp_path / year], store=tmp_path / "s.db") for year in ("2025", "2026")]

    assert [result.stored for result in results] == [1, 0]
    assert [failure.reason for failure in results[1].failures] == ["not-parsed"]


def test_a_text_on_which_alignwatch_itself_breaks_costs_that_text_alone(tmp_path, monkeypatch):
    """A night's run must not be lost to one page, whosever mistake it is."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT * 3}{name}")
    clean = _reading.clean_article

    def break_on_b(article):
        if article.text.rstrip().endswith("b"):
            raise ZeroDivisionError
        return clean(article)

    monkeypatch.setattr(_reading, "clean_article", break_on_b)
    result = aw.watch([tmp_path], store=tmp_path / "s.db")

    assert result.stored == 2
    (failure,) = [one for one in result.failures if one.name == "b.txt"]
    assert failure.reason == "extraction-failed"
    assert "ZeroDivisionError" in failure.message
