"""``alignwatch doctor`` and ``alignwatch completion`` as a person uses them."""

import json
import os
import shutil
import subprocess

import pytest

from alignwatch.cli import main


def test_doctor_says_what_is_there_and_exits_with_0(capsys, monkeypatch, tmp_path):
    """A bug report begins with these lines."""
    monkeypatch.chdir(tmp_path)

    assert main(["doctor", "--contact", "desk@news.example"]) == 0
    told = capsys.readouterr().out
    assert "trafilatura" in told
    assert "desk@news.example" in told


def test_doctor_exits_with_3_where_something_is_broken(capsys, tmp_path):
    """Scripts that look after a machine read exit codes."""
    store = tmp_path / "watch.db"
    store.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)

    assert main(["doctor", "--store", str(store), "--json"]) == 3
    findings = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (bad,) = [finding for finding in findings if finding["state"] == "bad"]
    assert bad["area"] == "store"


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_bash_completes_commands(capsys, tmp_path):
    """Who types `alignwatch rep` and a tab wants to see `report` and `reprocess`."""
    assert main(["completion", "bash"]) == 0
    script = tmp_path / "alignwatch"
    script.write_text(capsys.readouterr().out)
    lines = (
        f"source {script}",
        "COMP_WORDS=(alignwatch rep) COMP_CWORD=1",
        '$(complete -p alignwatch | sed "s/.*-F \\([^ ]*\\) .*/\\1/") alignwatch rep alignwatch',
        'printf "%s\\n" "${COMPREPLY[@]}"',
    )

    given = subprocess.run(
        ["bash", "-c", "\n".join(lines)],
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )

    assert given.stdout.split() == ["report", "reprocess"]
