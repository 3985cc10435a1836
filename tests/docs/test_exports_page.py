"""What docs/exports.md shows works as it stands there."""

import re
from pathlib import Path
from typing import get_args

import pytest

from alignwatch.cli._exports import Format

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
BLOCK = re.compile(r"^```python\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


def test_the_table_lists_every_format():
    """A format that is not listed is not used."""
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)

    assert listed == list(get_args(Format))


def test_the_example_counts_claims(capsys):
    """Examples are copied."""
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    [code] = BLOCK.findall(PAGE)
    exec(compile(code, "exports.md", "exec"), {})  # our own page

    assert capsys.readouterr().out == "[('arms_transfer', 1), ('criticism', 1)]\n"
