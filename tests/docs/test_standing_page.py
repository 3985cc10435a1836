"""What docs/standing.md shows works as it stands there."""

import re
import shlex
from itertools import pairwise
from pathlib import Path

import pytest

from alignwatch.cli import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "standing.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line.partition("#")[0].strip()
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which the page's code has run: each block prints what stands below it."""
    made = tmp_path_factory.mktemp("standing")
    (made / "examples").symlink_to(ROOT / "examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        printed = []
        names = {"print": lambda *words: printed.append(" ".join(map(str, words)))}
        for (language, code), (_, wanted) in pairwise(BLOCKS):
            if language == "python":
                printed.clear()
                exec(compile(code, "standing.md", "exec"), names)  # our own page
                assert "\n".join(printed) == wanted
    return made


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_does_something(folder, monkeypatch, capsys, command):
    """Commands are copied."""
    monkeypatch.chdir(folder)
    (folder / "list.toml").write_text(
        'store = "other.db"\n[[sources]]\nplugin = "files"\noptions = { paths = ["notes"] }\n'
    )
    (folder / "notes").mkdir(exist_ok=True)
    (folder / "notes" / "a.txt").write_text("Norway sent Ukraine tanks in 2024.\n")

    code = main(shlex.split(command)[1:])

    printed = capsys.readouterr()
    assert code == (4 if "--alert" in command else 0)
    assert printed.out or "no tie" in printed.err or "nothing has changed" in printed.err


def test_the_page_names_every_standing_and_every_change():
    """A word without an explanation is a riddle."""
    from alignwatch.model import ChangeKind, LinkReason, Standing

    for word in (*Standing, *ChangeKind, *LinkReason):
        assert f"`{word}`" in PAGE
