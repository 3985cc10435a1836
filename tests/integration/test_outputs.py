"""Nothing is made anew of what has not changed."""

import json
import re
import sys

import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.pipeline import clusters, report, write_outputs

DATA = re.compile('<script type="application/json" id="data">(.*?)</script>')
TEXT = "Japan signed a trade agreement with Vietnam in Hanoi on Monday. "


@pytest.fixture
def folder(tmp_path):
    """Two copies of one story and another one, watched and written."""
    (tmp_path / "clips").mkdir()
    for name in ("a", "b"):
        (tmp_path / "clips" / f"{name}.txt").write_text(TEXT * 8)
    (tmp_path / "clips" / "c.txt").write_text("Kenya recalled its ambassador from Chile. " * 8)
    write(tmp_path)
    return tmp_path


def write(folder):
    """Watch and write as the command does; tell the files' times and contents."""
    aw.watch([folder / "clips"], store=folder / "s.db")
    with aw.open_store(folder / "s.db") as store:
        written = write_outputs(store, folder)
    return [
        (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes())
        for path in (written.claims_path, written.report_path)
    ], written.relationships


def test_files_stay_where_nothing_has_changed(folder):
    """A nightly run over a quiet day must not cost an hour, nor a backup."""
    first, ties = write(folder)

    assert write(folder) == (first, ties)
    assert ties


@pytest.mark.parametrize("change", ["text", "verdict", "touched", "gone", "failure", "forgotten"])
def test_files_are_written_where_something_has_changed(folder, change):
    """Whatever a reader of the report could see."""
    first, _ = write(folder)
    with aw.open_store(folder / "s.db") as store:
        if change == "verdict":
            claim = next(store.claims())
            store.save_verdict(aw.Verdict(claim=claim.id, decision=aw.Decision.REJECTED))
        if change == "forgotten":
            store.forget((folder / "clips" / "c.txt").as_uri())
    if change == "text":
        (folder / "clips" / "c.txt").write_text("Kenya imposed sanctions on Chile. " * 8)
    if change == "failure":
        (folder / "clips" / "d.txt").write_bytes(b"\0\1\2" * 99)
    for name in ("claims.jsonl", "report.html"):
        if change == "touched":
            (folder / name).write_text("edited")
        if change == "gone":
            (folder / name).unlink()
    second, _ = write(folder)

    assert second[1] != first[1]
    assert b"Kenya" in second[1][2] or change == "forgotten"
    assert (b"Kenya" in second[1][2]) == (change != "forgotten")


def test_a_report_tells_what_changed_since_the_one_before(folder):
    """Whoever reads it every morning wants the news first, and the first one has none."""
    first, _ = write(folder)
    (folder / "clips" / "d.txt").write_text("Chile imposed sanctions on Kenya. " * 8)
    second, _ = write(folder)
    (folder / "report.html").unlink()
    again, _ = write(folder)

    (data,) = (json.loads(DATA.search(one[1][2].decode())[1]) for one in (second,))
    ((kinds, source, target, kind, before, after, claims),) = data["changes"]["rows"]
    assert (kinds, before, after) == (["new"], None, ["asserted", 1, []])
    assert [data["actors"][one][0] for one in (source, target)] == ["CHL", "KEN"]
    assert data["kinds"][kind][0] == "sanctions"
    (tie,) = {data["claims"][number][0] for number in claims}
    assert data["ties"][tie][:3] == [source, target, kind]
    assert b"What changed since" in second[1][2]
    assert b"What changed since" not in first[1][2]
    assert again[1][2] == second[1][2]  # of the same store, the same report


def test_a_report_may_be_on_one_actor_or_a_pair(folder):
    """A desk for one country wants its own file."""
    write(folder)
    with aw.open_store(folder / "s.db", read_only=True) as store:
        whole, kenya, pair = report(store), report(store, "Kenya"), report(store, "ken", "CHL")
        news = report(store, since="2020-01-01")
        with pytest.raises(aw.SourceError, match="one actor or two, got 3"):
            report(store, "KEN", "CHL", "JPN")
        with pytest.raises(aw.SourceError, match="no actor is called"):
            report(store, "Nowhere")

    assert "Japan" in whole
    assert "trade agreement" not in kenya
    assert '<h1 id="subject">Kenya</h1>' in kenya
    assert '<h1 id="subject">Kenya \N{EN DASH} Chile</h1>' in pair
    assert "What changed since 1 January 2020<" in news
    assert len(json.loads(DATA.search(news)[1])["changes"]["rows"]) == len(
        json.loads(DATA.search(news)[1])["ties"]
    )


def test_clusters_are_kept_and_made_anew_with_a_new_text(folder):
    """Comparing all texts is what takes the longest."""
    with aw.open_store(folder / "s.db", read_only=True) as store:
        assert [cluster.articles for cluster in clusters(store)] == [("a.txt", "b.txt"), ("c.txt",)]
    (folder / "clips" / "d.txt").write_text(TEXT * 8)
    write(folder)
    with aw.open_store(folder / "s.db") as store:
        groups = [cluster.articles for cluster in clusters(store)]
        store.forget((folder / "clips" / "a.txt").as_uri())
        left = [cluster.articles for cluster in clusters(store)]

    assert groups == [("a.txt", "b.txt", "d.txt"), ("c.txt",)]
    assert left == [("b.txt", "d.txt"), ("c.txt",)]


def test_a_run_without_the_extra_report_leaves_all_but_the_report(tmp_path, monkeypatch, capsys):
    """Who installs the core alone has claims, and is told what the report needs; it follows."""
    from alignwatch.report import _render

    (tmp_path / "a.txt").write_text(TEXT)
    command = ["watch", str(tmp_path / "a.txt"), "--store", str(tmp_path / "s.db")]
    with monkeypatch.context() as patched:
        _render._environment.cache_clear()
        patched.setitem(sys.modules, "jinja2", None)

        assert main(command) == 0
        assert "report  none: it needs pip install 'alignwatch[report]'" in capsys.readouterr().err
        assert (tmp_path / "claims.jsonl").read_text()

    assert main(command) == 0
    assert (tmp_path / "report.html").exists()
