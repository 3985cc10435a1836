"""What docs/exports.md shows works as it stands there."""

import re
from pathlib import Path
from typing import get_args

import pytest

from alignwatch.cli._exports import Format

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
# a block of code, and what it prints
BLOCK = re.compile(r"^```python\n(.*?)\n```(?:\n\n```text\n(.*?)\n```)?$", re.MULTILINE | re.DOTALL)
HEADINGS = [
    *("pandas and polars", "DuckDB", "Gephi and networkx", "FollowTheMoney", "STIX"),
    "Event data and panels",
]


def test_the_table_lists_every_format():
    """A format that is not listed is not used."""
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)

    assert listed == list(get_args(Format))


@pytest.mark.parametrize("heading", HEADINGS)
def test_every_block_prints_what_the_page_shows(heading, capsys, tmp_path):
    """Examples are copied; a section works after those above it."""
    for name in ("duckdb", "pyarrow", "pandas", "networkx"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    end = PAGE.find("\n## ", PAGE.index(f"## {heading}\n"))
    names = {"folder": tmp_path}
    shown = []
    for block in BLOCK.finditer(PAGE[: None if end < 0 else end + 1]):
        exec(compile(block[1], "exports.md", "exec"), names)  # our own page
        printed = capsys.readouterr().out.strip()
        shown.append((printed, block[2] or ""))
    assert [printed for printed, _ in shown] == [told for _, told in shown]
    assert len(shown) > 1
