"""What the examples folder promises, run as a reader would run it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
PLUGIN = EXAMPLES / "source-plugin"
LIST = "from alignwatch.cli import main; raise SystemExit(main(['sources']))"
WATCH = """
import sys
import alignwatch as aw
from alignwatch.sources import load_source
sys.path.insert(0, {newsroom!r})
from serve import serve

if __name__ == "__main__":
    with serve() as newsroom, aw.open_store("meridian.db") as store:
        result = aw.watch(
            [load_source("meridian")], store=store, resolve=newsroom.resolve, delay_s=0
        )
        print(result.stored, len(result.failures), len(aw.relationships(store)) > 10)
        print(sorted(line.path for line in newsroom.requests))
"""


def run(*arguments, cwd, **environment):
    """Run this Python and give what it printed; whatever it complained about fails the test."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONWARNINGS": "error", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def installed_plugin(tmp_path_factory):
    """The plugin as pip installs it, in a folder of its own."""
    target = tmp_path_factory.mktemp("site")
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--quiet")
    run("-m", "pip", "install", *offline, "--target", target, PLUGIN, cwd=target, PYTHONWARNINGS="")
    return target


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("01_clean.py", "--- undone gives the raw text back: True"),
        ("02_extract.py", "BRA -> IDN  treaty"),
        (
            "03_watch_newsroom.py",
            "BLR - PRK  arms_transfer, contested: 3 independent of 4 articles",
        ),
    ],
)
def test_a_numbered_script_runs_and_tells_what_it_promises(script, told, tmp_path):
    """The first thing that a newcomer runs must work, wherever it is run."""
    assert told in run(EXAMPLES / script, cwd=tmp_path)


def test_claims_of_a_parquet_file_are_queried_with_sql(tmp_path):
    """Here three thousand; the same script takes a million."""
    pytest.importorskip("duckdb", reason="duckdb is not installed")
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    told = run(EXAMPLES / "query_a_million.py", "3000", cwd=tmp_path)

    assert "3,000 claims in claims.parquet" in told
    assert "ARG ITA 3 2020-01-17" in told
    assert "2,288 relationships, of which\nalleged 346\nasserted 1936" in told


def test_the_newsroom_is_watched_with_one_command_and_again_with_nothing_new(tmp_path):
    """It is the first thing that ``scripts/watch`` shows, and the second."""
    watch, out = EXAMPLES / "newsroom" / "watch.py", tmp_path / "watch-out" / "newsroom"
    first = run(watch, cwd=tmp_path)
    kept = {name: (out / name).read_bytes() for name in ("claims.jsonl", "report.html")}

    assert run(watch, cwd=tmp_path) == first
    assert {name: (out / name).read_bytes() for name in kept} == kept


def test_no_numbered_script_is_longer_than_a_screen():
    """An example that is read from top to bottom is an example that is read."""
    scripts = sorted(EXAMPLES.glob("[0-9]*.py"))

    assert len(scripts) == 3
    assert all(len(path.read_text(encoding="utf-8").splitlines()) < 40 for path in scripts)


def test_the_source_plugin_passes_its_own_tests(installed_plugin, tmp_path):
    """Plugin authors start from a copy of it."""
    tests = ("-m", "pytest", "-q", "-p", "no:cacheprovider", PLUGIN / "tests")

    assert "passed" in run(*tests, cwd=tmp_path, PYTHONPATH=str(installed_plugin))


def test_an_installed_plugin_is_found_by_its_name(installed_plugin, tmp_path):
    """Nothing but the entry point ties a plugin to alignwatch."""
    told = run("-c", LIST, cwd=tmp_path, PYTHONPATH=str(installed_plugin))

    assert "meridian" in told


def test_an_installed_plugin_is_watched_like_any_source(installed_plugin, tmp_path):
    """From the listing page to relationships, in a store of its own."""
    script = tmp_path / "watch_meridian.py"
    script.write_text(WATCH.format(newsroom=str(EXAMPLES / "newsroom")), encoding="utf-8")

    told = run(script, cwd=tmp_path, PYTHONPATH=str(installed_plugin)).splitlines()

    assert told[0] == "6 0 True"
    assert told[1].count("/2026/") == 6
    assert "/robots.txt" in told[1]
