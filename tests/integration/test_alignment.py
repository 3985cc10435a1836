"""``alignwatch alignment``: a curve in the terminal, and what it rests on."""

import json
import re
import sys

import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.errors import ModelError, SourceError

FRIENDLY = "Kenya signed a treaty with Uganda. Kenya sold drones to Uganda."
HOSTILE = "Kenya imposed sanctions on Uganda. Kenya condemned Uganda."
# as unlike as two papers are
WEATHER = ("Rain fell over the northern lakes all day", "Markets were calm and the ferry was late")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alignment")
    (folder / "texts").mkdir()
    for month in range(1, 13):
        for place, weather in enumerate(WEATHER, start=1):
            told = HOSTILE if month > 6 else FRIENDLY
            padding = " ".join(f"{weather.split()[n % 7]} {month * place + n}." for n in range(40))
            (folder / "texts" / f"{month:02d}-{place}.html").write_text(
                f"<!doctype html><html lang=en><head><title>News</title>"
                f"<meta property='article:published_time' content='2024-{month:02d}-0{place}'>"
                f"</head><body><article><h1>News</h1><p>{told}</p><p>{weather}. {padding}</p>"
                "</article></body></html>",
                "utf-8",
            )
    path = folder / "s.db"
    aw.watch([str(folder / "texts")], store=path)
    return path


def run(capsys, *arguments):
    code = main(["alignment", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_store_gives_the_curve_of_two_actors_by_name(store):
    """Analysts write what they say: Kenya, not KEN."""
    found = aw.alignment(store, "Uganda", "Kenya", period="quarter")

    assert found.actors == ("KEN", "UGA")
    assert [point.period for point in found.points] == [f"2024-Q{n}" for n in (1, 2, 3, 4)]
    assert [point.independent_count for point in found.points] == [6, 6, 6, 6]
    assert [point.index > 0 for point in found.points] == [True, True, False, False]


def test_the_table_shows_interval_change_and_quotes(store, capsys):
    """A number without what it rests on is an opinion."""
    code, out, err = run(capsys, "Kenya", "Uganda", "--store", store)

    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "KEN and UGA by month: 48 claims, 24 independent voices in 12 points"
    assert re.match(r"2024-01  \+0\.\d\d  -0\.\d\d to \+0\.\d\d       2  .*-\|-+#-+$", lines[2])
    assert "since 2024-07 (until 2024-06): from +0." in out
    assert "Kenya imposed sanctions on Uganda." in out.partition("because\n")[2]


def test_the_record_is_one_of_the_wire_format(store, capsys):
    """Programs read what people see."""
    line = run(capsys, "KEN", "UGA", "--store", store, "--period", "year", "--json")[1]

    assert aw.from_json(aw.Alignment, line) == aw.alignment(store, "KEN", "UGA", period="year")
    assert line.count("\n") == 1


def test_a_pair_that_nobody_wrote_about_is_no_line_at_zero(store, capsys):
    """Nothing read is not nothing there."""
    code, out, err = run(capsys, "Kenya", "Chad", "--store", store)

    assert (code, out) == (0, "")
    assert err == "the store tells of no tie of KEN with TCD in any month\n"


def test_what_was_not_known_yet_is_not_in_the_curve(store):
    """Whoever looks back asks what could have been seen then."""
    assert aw.alignment(store, "KEN", "UGA", as_of="2001-01-01").points == ()
    assert aw.alignment(store, "KEN", "UGA", as_of="9000-01-01") == aw.alignment(
        store, "KEN", "UGA"
    )


def test_an_empty_store_has_no_points(tmp_path):
    """The first run may find nothing."""
    with aw.open_store(tmp_path / "s.db") as opened:
        assert aw.alignment(opened, "KEN", "UGA").points == ()


def test_own_weights_are_taken_and_wrong_ones_named(store, tmp_path, capsys):
    """A researcher's own scale, from the command line."""
    own = tmp_path / "own.toml"
    own.write_text("[kinds]\nsanctions = 0\ncriticism = 0\n", "utf-8")
    line = run(
        capsys, "KEN", "UGA", "--store", store, "--period", "year", "--json", "--weights", own
    )[1]
    assert json.loads(line)["points"][0]["mean"] > 0.2

    own.write_text("[kinds]\nlove = 1\n", "utf-8")
    code, _, err = run(capsys, "KEN", "UGA", "--store", store, "--weights", own)
    assert (code, "kinds has no 'love'" in err) == (2, True)


@pytest.mark.parametrize(
    ("names", "error"), [(("Kenya", "KEN"), ModelError), (("Kenya", "Wakanda"), SourceError)]
)
def test_what_is_no_pair_is_refused(store, names, error):
    """A typing mistake must not look like silence."""
    with pytest.raises(error):
        aw.alignment(store, *names)


@pytest.mark.parametrize("chart", ["alignment", "network", "timeline", "matrix"])
def test_every_chart_of_a_store_is_drawn(store, tmp_path, capsys, chart):
    """A figure for a paper is one command."""
    pytest.importorskip("vl_convert", reason="the extra report is not installed")
    out = tmp_path / "figure.svg"

    assert main(["plot", chart, "Kenya", "UGA", "--store", str(store), "--out", str(out)]) == 0
    assert capsys.readouterr().err == f"drawn: {out}\n"
    assert "Uganda" in out.read_text("utf-8")


def test_a_chart_is_drawn_whole_or_not_at_all(store, tmp_path, capsys, monkeypatch):
    """What cannot be drawn says why, and leaves the old figure."""
    out = tmp_path / "figure.png"
    out.write_bytes(b"old")
    plot = ["plot", "alignment", "--store", str(store), "--out"]

    assert main([*plot, str(out), "Kenya"]) == 2
    assert "an alignment is one of two actors, got 1" in capsys.readouterr().err
    assert main([*plot, str(tmp_path / "figure.jpg"), "Kenya", "Uganda"]) == 2
    assert ".png, .svg or .json" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert main([*plot, str(out), "Kenya", "Uganda"]) == 2
    assert "pip install 'alignwatch[report]'" in capsys.readouterr().err
    assert out.read_bytes() == b"old"
