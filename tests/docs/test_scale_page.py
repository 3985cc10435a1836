"""What docs/scale.md shows works as it stands there."""

import json
import re
import shlex
from pathlib import Path

import pytest

from alignwatch.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Have pages to read."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    monkeypatch.chdir(tmp_path)
    Path("pages").mkdir()
    record = {"schema": 1, "id": "a", "text": "Peru sold drones to Chile on 3 May 2025."}
    Path("pages/a.jsonl").write_text(json.dumps(record) + "\n{broken\n")
    return tmp_path


def test_the_commands_read_a_folder_and_fold_it(folder, capsys):
    """The first things that are tried."""
    commands = [block for kind, block in BLOCKS if kind == "sh"]

    assert [main(shlex.split(command)[1:]) or 0 for command in commands] == [0, 0]
    told = capsys.readouterr().out
    assert "2 pages: 1 document, 1 claim" in told
    assert "1 article in 1 cluster\n1 claim: 1 relationship\n" in told


def test_the_python_that_needs_no_cluster_runs(folder, capsys):
    """Examples are copied."""
    blocks = [block for kind, block in BLOCKS if kind == "python"]

    for block in blocks:
        exec(compile(block, "scale.md", "exec"), {})  # our own page

    assert capsys.readouterr().out.splitlines() == [
        "2 1 1 {'not-parsed': 1}",
        "1 1 1",
        "('a',)",
        "['energy'] ['empty']",
    ]


def test_the_python_of_clusters_is_python():
    """It is run, on clusters of this machine, in tests/engines."""
    blocks = [block for kind, block in BLOCKS if kind == "py"]

    assert len(blocks) == 3
    for block in blocks:
        compile(block, "scale.md", "exec")
