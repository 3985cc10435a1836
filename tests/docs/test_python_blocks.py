"""Pages that have no test of their own: their Python runs, from top to bottom, as a reader runs it.

Every page with Python in it is either in here or run by a test beside this one.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import alignwatch as aw
from alignwatch.fetch import HostLedger

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# the page, and something that it must print
PAGES = {
    "README.md": "RUS energy PRK contested 1",
    "docs/extraction.md": "Bland signed a treaty on trade in Riga",
    "docs/manners.md": "news.example 3 0.0 allows all",
    "docs/rules.md": "comment-prompt",
    "docs/watchlist.md": "",
    "docs/wire-format.md": "$schema",
    **dict.fromkeys((str(page.relative_to(ROOT)) for page in ROOT.glob("plugins/*/README.md")), ""),
}
ACTORS = '[[actor]]\nid = "WAGNER"\nname = "Wagner Group"\nform = "group"\n'
OWN = {
    "docs/alignment.md": "test_alignment_page.py",
    "docs/claims.md": "test_claims_page.py",
    "docs/cleaning.md": "test_cleaning.py",
    "docs/clusters.md": "test_clusters_page.py",
    "docs/dossier.md": "test_dossier_page.py",
    "docs/exports.md": "test_exports_page.py",
    "docs/extractors.md": "test_extractors_page.py",
    "docs/first-source.md": "test_first_source.py",
    "docs/receipts.md": "test_cleaning.py",
    "docs/scale.md": "test_scale_page.py",
    "docs/source-contract.md": "test_first_source.py",
    "docs/sources.md": "test_sources_page.py",
    "docs/standing.md": "test_standing_page.py",
    "docs/tutorial.md": "test_tutorial.py",
}


def list_blocks(page, kind):
    return [code for told, code in BLOCK.findall((ROOT / page).read_text("utf-8")) if told == kind]


@pytest.fixture
def folder(tmp_path):
    """Have the files that the pages speak of, and a store in which a run has left its ledger."""
    for name in ("articles", "clippings"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(
            "Russia supplied North Korea with oil in 2024, the US says. Moscow denied it.",
            "utf-8",
        )
    (tmp_path / "news.toml").write_text('[[sources]]\nplugin = "files"\noptions.paths = "articles"')
    with aw.open_store(tmp_path / "alignwatch.db") as store:
        store.start_run()
        store.save_ledger([HostLedger(host="news.example", requests=3, robots="allows all")])
    for name in ("my-feeds.opml", "march.warc.gz", "april.warc.gz"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize("page", PAGES)
def test_the_python_of_a_page_runs(page, folder):
    """What is copied works, warnings and all."""
    code = "\n".join(list_blocks(page, "python"))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )

    assert done.returncode == 0, done.stderr
    assert code
    assert PAGES[page] in done.stdout


def test_every_page_with_python_is_run_somewhere():
    """A new page is told here, or has a test."""
    pages = {
        str(page.relative_to(ROOT))
        for pattern in ("*.md", "docs/*.md", "examples/**/*.md", "plugins/*/README.md")
        for page in ROOT.glob(pattern)
        if list_blocks(page.relative_to(ROOT), "python")
    }

    assert pages == PAGES.keys() | OWN.keys()
    for page, test in OWN.items():
        assert Path(page).name in (ROOT / "tests" / "docs" / test).read_text("utf-8")


def test_the_watchlist_of_the_page_is_one(folder):
    """All of its keys are known."""
    [listed] = list_blocks("docs/watchlist.md", "toml")
    (folder / "news.toml").write_text(listed, "utf-8")
    (folder / "our-actors.toml").write_text(ACTORS, "utf-8")

    assert len(aw.read_watchlist(folder / "news.toml").sources) == 2
