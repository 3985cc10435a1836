"""The pages on cleaning print what they show, block for block.

``python tests/docs/test_cleaning.py`` writes what the blocks print now into the pages; look at the
difference before you commit it.
"""

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGES = [Path(__file__).parents[2] / "docs" / name for name in ("cleaning.md", "receipts.md")]
# ```python, code, ```, and the ```text that it prints
BLOCK = re.compile(r"^```python\n(.*?)^```$\n\n^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run_blocks(source):
    """Give what each block prints; they share their names, as in a reader's session."""
    names, printed = {}, []
    for code, _ in BLOCK.findall(source):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "block", "exec"), names)
        printed.append(out.getvalue())
    return printed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_prints_what_the_page_shows(page):
    """A reader who types along must see the same."""
    source = page.read_text(encoding="utf-8")

    assert run_blocks(source) == [shown for _, shown in BLOCK.findall(source)]
    assert source.count("```python") == len(BLOCK.findall(source))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_there_is_one_sentence_a_line(page):
    """Changes are read line by line."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for line in prose.splitlines() if not line.startswith(("|", "-"))]

    assert not [line for line in lines if re.search(r"[a-z`)][.?!] [A-Z]", line)]


def renew():
    """Write what the blocks print now into the pages."""
    for page in PAGES:
        source = page.read_text(encoding="utf-8")
        printed = iter(run_blocks(source))
        page.write_text(
            BLOCK.sub(
                lambda found, p=printed: f"```python\n{found[1]}```\n\n```text\n{next(p)}```",
                source,
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    renew()
