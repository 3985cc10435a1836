"""What docs/claims.md shows works as it stands there."""

import re
import shlex
from pathlib import Path

import pytest

from alignwatch.cli import main

PAGE = (Path(__file__).parents[2] / "docs" / "claims.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(PAGE)
COMMANDS = [
    line.partition("#")[0].strip()
    for language, block in BLOCKS
    if language == "sh"
    for line in block.splitlines()
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the file of the page, and a text."""
    own = next(block for language, block in BLOCKS if language == "toml")
    (tmp_path / "own.toml").write_text(own, "utf-8")
    (tmp_path / "FILE").write_text("Norway quadlifted guns to Chad in May.", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_does_something(folder, capsys, command):
    """Commands are copied."""
    code = main(shlex.split(command)[1:])
    printed = capsys.readouterr()

    # the one word of a class of its own that plain sentences cannot reach may be named
    assert code in ({0, 3} if "--words" in command else {0})
    assert printed.out or "examples hold" in printed.err


def test_the_words_of_the_page_are_found(folder, capsys):
    """The file does what the page says."""
    assert main(["extract", "FILE", "--lexicon", "own.toml"]) == 0
    assert '"arms_transfer"' in capsys.readouterr().out
    assert main(["extract", "FILE"]) == 0
    assert '"arms_transfer"' not in capsys.readouterr().out


def test_the_python_of_the_page_prints_a_claim(capsys):
    """Examples are copied."""
    [code] = [block for language, block in BLOCKS if language == "python"]
    exec(compile(code, "claims.md", "exec"), {})  # our own page

    assert "KEN arms_transfer UGA" in capsys.readouterr().out


def test_a_word_that_is_not_there_says_what_to_do(capsys):
    """Nothing printed would look like a word without senses."""
    assert main(["lexicon", "show", "blorgify"]) == 2
    assert "--lexicon" in capsys.readouterr().err


def test_an_example_that_fails_is_printed_and_counted(tmp_path, capsys):
    """The exit code is for scripts, the line for people."""
    path = tmp_path / "own.toml"
    path.write_text(
        '[[group]]\nkind = "aid"\nframe = "act"\nverbs = "zorch"\n'
        'examples = ["Norway zorched Chad. -> NOR TCD attack"]\n',
        "utf-8",
    )

    assert main(["lexicon", "test", str(path)]) == 3
    assert "FAILS" in capsys.readouterr().out


def test_the_reasons_of_the_page_are_those_that_are_given(folder, capsys):
    """Who reads the page compares what is printed, chances apart."""
    shown = next(block for language, block in BLOCKS if language == "text")
    text = " ".join(line for line in shown.splitlines() if line[:1].strip())
    (folder / "FILE").write_text(text, "utf-8")

    assert main(["extract", "--explain", "FILE"]) == 0
    printed = capsys.readouterr().out
    chance = re.compile(r"0\.\d\d")
    for line in filter(None, chance.sub("", shown).splitlines()):
        assert line in chance.sub("", printed)
