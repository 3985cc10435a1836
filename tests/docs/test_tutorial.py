"""The tutorial does what it says, block for block.

``python tests/docs/test_tutorial.py`` writes what the blocks print now into the tutorial; look at
the difference before you commit it.
"""

import os
import re
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial.md"
TUTORIAL = PAGE.read_text(encoding="utf-8")
# ```sh
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = FENCE.findall(TUTORIAL)
RUN = """
for number, code in enumerate({blocks!r}):
    if number:
        print("\\f", flush=True)
    exec(compile(code, f"python block {{number + 1}}", "exec"), globals())
"""


def run_blocks(folder):
    """Give what each block that runs prints, in order; Python blocks share one interpreter."""
    (folder / "examples").symlink_to(ROOT / "examples")
    script = folder / "tutorial.py"
    script.write_text(
        RUN.format(blocks=[code for kind, code in BLOCKS if kind == "python"]), encoding="utf-8"
    )
    told = iter(run([sys.executable, script], folder).split("\f\n"))
    return [
        next(told) if kind == "python" else run(["sh", "-e", "-c", code], folder)
        for kind, code in BLOCKS
        if kind in ("python", "sh")
    ]


def run(command, folder):
    """Run *command* as a reader would, with the environment switched on."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, "PYTHONWARNINGS": "error", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def shown_outputs():
    """Give the ``text`` block after each block that runs, None where none follows."""
    return [
        shown[1] if shown[0] == "text" else None
        for (kind, _), shown in pairwise([*BLOCKS, ("", "")])
        if kind in ("python", "sh")
    ]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    return run_blocks(tmp_path_factory.mktemp("tutorial"))


def test_every_block_prints_what_the_tutorial_shows(printed):
    """A reader who types along must see the same."""
    shown = shown_outputs()

    assert [None if want is None else got for got, want in zip(printed, shown, strict=True)] == (
        shown
    )


def test_the_tutorial_ends_with_a_printed_relationship():
    """Fifteen minutes must lead to what alignwatch is for."""
    assert [kind for kind, _ in BLOCKS[-2:]] == ["python", "text"]
    assert "contested" in BLOCKS[-1][1]


def test_the_tutorial_is_short_and_has_one_sentence_a_line():
    """It is read in a quarter of an hour, and its changes are read line by line."""
    prose = FENCE.sub("", TUTORIAL).splitlines()

    assert len(TUTORIAL.splitlines()) <= 200
    assert not [line for line in prose if re.search(r"[a-z`)][.?!] [A-Z]", line)]


def renew():
    """Write what the blocks print now into the tutorial."""
    with tempfile.TemporaryDirectory() as folder:
        got = iter(run_blocks(Path(folder)))
    last = ""

    def replace(found):
        nonlocal last
        if found[1] in ("python", "sh"):
            last = next(got)
        return f"```text\n{last}```" if found[1] == "text" else found[0]

    PAGE.write_text(FENCE.sub(replace, TUTORIAL), encoding="utf-8")


if __name__ == "__main__":
    renew()
