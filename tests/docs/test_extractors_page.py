"""What docs/extractors.md shows works as it stands there."""

import re
from pathlib import Path

import pytest

from alignwatch.cli import main
from alignwatch.extract import available_extractors

PAGE = (Path(__file__).parents[2] / "docs" / "extractors.md").read_text("utf-8")
BLOCK = re.compile(r"^```python\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def page():
    """The names that the page's code makes, block after block."""
    names: dict[str, object] = {"__name__": "page"}
    for block in BLOCK.findall(PAGE):
        exec(compile(block, "extractors.md", "exec"), names)  # our own page
    return names


def test_the_extractor_of_the_page_finds_its_claim(page, capsys):
    """Examples are copied."""
    [use] = [block for block in BLOCK.findall(PAGE) if "extractor=RecallExtractor()" in block]
    exec(compile(use, "extractors.md", "exec"), page)

    assert capsys.readouterr().out == (
        "NOR sanctions TCD - Norway recalled its ambassador from Chad\n"
    )


def test_the_extractor_of_the_page_passes_the_kit(page):
    """What a how-to shows must hold what the same page promises."""
    contract = page["TestRecall"]()
    checks = [name for name in dir(contract) if name.startswith("test_")]

    assert len(checks) >= 10
    for name in checks:
        if name != "test_its_entry_point_leads_to_it":
            getattr(contract, name)()


def test_both_extractors_of_the_page_are_installed():
    """The table names what a user can type."""
    assert {"rules", "syntax"} <= set(available_extractors())


@pytest.mark.parametrize("command", ["extract", "watch", "reprocess"])
@pytest.mark.parametrize("option", ["--extractor", "--model", "--lexicon", "--actors"])
def test_the_options_of_the_table_are_there(command, option, capsys):
    """One way in without the option, and results would differ by the command."""
    main([command, "--help"])

    assert option in capsys.readouterr().out
