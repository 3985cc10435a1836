"""What docs/alignment.md says and shows is so."""

import re
import tomllib
from pathlib import Path

from alignwatch.aggregate import load_weights
from alignwatch.model import Kind

PAGE = (Path(__file__).parents[2] / "docs" / "alignment.md").read_text("utf-8")
# such as: | +0.70 | `arms_transfer`, `aid` |
ROW = re.compile(r"^\| ([+-]\d\.\d\d) \| (`[^|]+`) \|$", re.MULTILINE)


def _blocks(language):
    return re.findall(rf"^```{language}\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_table_has_every_kind_with_its_value():
    """A reader judges the index by what kinds are worth."""
    told = {
        Kind(kind): float(value)
        for value, kinds in ROW.findall(PAGE)
        for kind in re.findall(r"`(\w+)`", kinds)
    }

    assert told == {
        kind: value for kind, value in load_weights().kinds.items() if value is not None
    }


def test_the_example_prints_what_the_page_shows(capsys):
    """Examples are copied."""
    [code], [shown] = _blocks("python"), _blocks("text")
    exec(compile(code, "alignment.md", "exec"), {})  # our own page

    assert capsys.readouterr().out.strip() == shown


def test_the_weights_file_on_the_page_is_read(tmp_path):
    """Examples are copied, files too."""
    [content] = _blocks("toml")
    (tmp_path / "own.toml").write_text(content, "utf-8")
    weights = load_weights(tmp_path / "own.toml")

    assert weights.unseen == tomllib.loads(content)["doubt"]["unseen"]
    assert weights.kinds[Kind.CONSULTATION] == 0.05
