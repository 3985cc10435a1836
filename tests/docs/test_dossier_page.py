"""What docs/dossier.md shows works as it stands there."""

import re
import shlex
from pathlib import Path

from alignwatch.cli import main
from alignwatch.report import _render

PAGE = (Path(__file__).parents[2] / "docs" / "dossier.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_python_block_prints_what_is_shown(capsys):
    """Examples are copied."""
    blocks = BLOCK.findall(PAGE)
    names = {}
    for kind, code in blocks:
        if kind == "python":
            exec(compile(code, "dossier.md", "exec"), names)  # our own page
        if kind == "text":
            assert capsys.readouterr().out == code


def test_every_command_does_what_it_says(tmp_path, monkeypatch):
    """A reader types them one after the other."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clips").mkdir()
    (tmp_path / "clips" / "a.txt").write_text(
        "South Korea accused Belarus of supplying North Korea with missile launchers. " * 3
    )
    commands = next(code for kind, code in BLOCK.findall(PAGE) if kind == "sh").splitlines()

    assert [main(shlex.split(line)[1:]) for line in commands] == [0, 0, 0]

    assert (tmp_path / "dossier" / "report.html").exists()
    assert "All actors</h1>" in (tmp_path / "all.html").read_text("utf-8")
    pair = (tmp_path / "pair.html").read_text("utf-8")
    assert "Belarus \N{EN DASH} North Korea</h1>" in pair
    assert "What changed since 1 January 2026</h2>" in pair


def test_every_part_and_every_filter_is_explained():
    """What is not explained has to be guessed."""
    for _, words in _render._VIEWS:
        assert f"| {words} |" in PAGE
    state = _render._read("js/state.js")
    filters = re.findall(r'"(\w+)"', re.search(r"const FILTERS = \[(.*?)\]", state)[1])
    assert {name for name in filters if f"`{name}`" not in PAGE} == set()
