"""What docs/clusters.md shows of a laptop works as it stands there; clusters: tests/engines."""

import json
import re
import shlex
from pathlib import Path

import pytest

from alignwatch.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "clusters.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


def test_a_laptop_comes_from_archives_to_answers(tmp_path, monkeypatch, capsys):
    """The way that most will go first, up to the question in DuckDB."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    monkeypatch.chdir(tmp_path)
    Path("archives").mkdir()
    record = {"schema": 1, "id": "a", "text": "Peru sold drones to Chile on 3 May 2025."}
    Path("archives/a.jsonl").write_text(json.dumps(record) + "\n{broken\n")
    lines = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
    ours = [line for line in lines if line.startswith("alignwatch scale")]
    [question] = [block for kind, block in BLOCKS if kind == "python"]

    assert [main(shlex.split(line)[1:]) or 0 for line in ours] == [0, 0]
    exec(compile(question, "clusters.md", "exec"), {})  # our own page

    told = capsys.readouterr().out
    assert re.search(r"PER\b.*\bCHL\b.*\barms_transfer\b", told)
    assert "not-parsed" in told


def test_the_scripts_of_clusters_are_python():
    """They are run, on clusters of this machine, in tests/engines."""
    scripts = [block for kind, block in BLOCKS if kind == "py"]

    assert len(scripts) == 2
    for script in scripts:
        compile(script, "clusters.md", "exec")
