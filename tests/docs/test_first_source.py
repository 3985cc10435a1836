"""The tutorial of sources does what it says, file for file and block for block.

``python tests/docs/test_first_source.py`` writes what the blocks print now into the tutorial; look
at the difference before you commit it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from alignwatch.testing import SourceContract

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "first-source.md"
TUTORIAL = PAGE.read_text(encoding="utf-8")
PLUGIN = "alignwatch-harbour-post"
# "`path/of/a/file`:" and the block with its content, or a block that runs, or what one printed
STEP = re.compile(r"^(?:`([^`\n]+)`:\n\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = re.compile(r"in \d+\.\d+s")
# what the reader's ``pip install -e`` does, in a folder of the test's own: the metadata from pip,
# and the code from the checkout, which stands before it on the path
PIP = """#!{python}
import subprocess, sys
command, flag, folder = sys.argv[1:]
assert (command, flag) == ("install", "-e")
offline = ["--no-index", "--no-deps", "--no-build-isolation", "--quiet", "--upgrade"]
sys.exit(subprocess.run(
    [sys.executable, "-m", "pip", "install", *offline, "--target", {target!r}, "./" + folder]
).returncode)
"""


def run_steps(folder):
    """Write the files, run the blocks, and give what each that runs printed."""
    (folder / "bin").mkdir()
    pip = folder / "bin" / "pip"
    pip.write_text(PIP.format(python=sys.executable, target=str(folder / "installed")))
    pip.chmod(0o755)
    told = []
    for path, kind, content in STEP.findall(TUTORIAL):
        if path:
            (folder / path).write_text(content, encoding="utf-8")
        elif kind == "sh":
            told.append(run(["sh", "-e", "-c", content], folder))
        elif kind == "python":
            told.append(run([sys.executable, "-c", content], folder))
    return told


def run(command, folder):
    """Run *command* as a reader would, with the environment switched on."""
    bins = [str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
    paths = [str(folder / PLUGIN / "src"), str(folder / "installed")]
    done = subprocess.run(
        command,
        cwd=folder,
        env={
            **os.environ,
            "PATH": os.pathsep.join(bins),
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTEST_ADDOPTS": "-p no:cacheprovider",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return SECONDS.sub("in 1.00s", done.stdout)


def shown_outputs():
    """Give the ``text`` block after each block that runs, empty where none follows."""
    steps = [(kind, content) for path, kind, content in STEP.findall(TUTORIAL) if not path]
    after = [*steps[1:], ("", "")]
    return [
        shown[1] if shown[0] == "text" else ""
        for (kind, _), shown in zip(steps, after, strict=True)
        if kind in ("sh", "python")
    ]


@pytest.mark.timeout(300)
def test_every_step_prints_what_the_tutorial_shows(tmp_path):
    """A plugin author who follows it must end with a source that passes the kit."""
    told = run_steps(tmp_path)

    assert told == [SECONDS.sub("in 1.00s", shown) for shown in shown_outputs()]
    assert "15 passed" in told[0]


def test_the_tutorial_is_short_and_has_one_sentence_a_line():
    """It is read in half an hour, and its changes are read line by line."""
    prose = STEP.sub("", TUTORIAL).splitlines()

    assert len(TUTORIAL.splitlines()) <= 250
    assert not [line for line in prose if re.search(r"[a-z`)][.?!] [A-Z]", line)]


def test_every_block_of_the_contract_runs(tmp_path):
    """What is copied from it must work."""
    (tmp_path / "bin").mkdir()
    contract = (ROOT / "docs" / "source-contract.md").read_text(encoding="utf-8")
    kinds = []
    for path, kind, content in STEP.findall(contract):
        assert not path
        kinds.append(kind)
        if kind == "json":
            json.loads(content)
        else:
            run(
                ["sh", "-e", "-c", content] if kind == "sh" else [sys.executable, "-c", content],
                tmp_path,
            )

    assert sorted(set(kinds)) == ["json", "python", "sh"]


def test_the_contract_lists_every_test_of_the_kit():
    """A new check is told."""
    contract = (ROOT / "docs" / "source-contract.md").read_text(encoding="utf-8")
    tests = [name for name in vars(SourceContract) if name.startswith("test_")]

    assert len(tests) == 15
    assert not [name for name in tests if f"| `{name.removeprefix('test_')}` |" not in contract]


def renew():
    """Write what the blocks print now into the tutorial."""
    with tempfile.TemporaryDirectory() as folder:
        got = iter(run_steps(Path(folder)))
    last = ""

    def replace(found):
        nonlocal last
        if not found[1] and found[2] in ("sh", "python"):
            last = next(got)
        return f"```text\n{last}```" if found[2] == "text" else found[0]

    PAGE.write_text(STEP.sub(replace, TUTORIAL), encoding="utf-8")


if __name__ == "__main__":
    renew()
