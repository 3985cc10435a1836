"""Watching by a watchlist: the same run as by hand, from one file."""

import shutil

import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.pipeline._views import _find_source

from .conftest import NEWSROOM

WELL_KNOWN = ("/robo", "/.wel")


@pytest.fixture
def watchlist(tmp_path):
    """The newsroom's own watchlist, where its results disturb nobody."""
    folder = tmp_path / "examples" / "newsroom"
    folder.mkdir(parents=True)
    return shutil.copy(NEWSROOM / "watchlist.toml", folder)


def test_the_example_watches_the_newsroom_and_shows_the_actors_of_interest(
    newsroom, watchlist, tmp_path, capsys
):
    """The ports are not in the file: what the command line resolves is added."""
    resolve = [f"--resolve={host}={address}" for host, address in newsroom.resolve.items()]

    assert main(["watch", str(watchlist), *resolve]) == 0
    told = capsys.readouterr()
    lines = [line for line in told.out.splitlines() if " = " in line or " → " in line]
    assert lines
    assert all(any(actor in line for actor in ("RUS", "PRK", "BLR")) for line in lines)
    assert (tmp_path / "watch-out" / "newsroom" / "report.html").exists()


def test_a_watchlist_works_from_python(newsroom, watchlist):
    """`aw.watch` takes it in the place of sources, and its store with it."""
    listed = aw.read_watchlist(watchlist)
    result = aw.watch(listed, resolve=newsroom.resolve)

    assert [health.source for health in result.health] == ["rss:newsroom"]
    assert result.stored == sum(health.discovered - health.failed for health in result.health) > 10
    assert len(aw.relationships(listed.store)) > 10


def test_a_watchlist_stands_alone_on_the_command_line(watchlist, capsys):
    """Two places that name sources would be two truths."""
    assert main(["watch", str(watchlist), "http://wire.example/"]) == 2
    assert "stands alone" in capsys.readouterr().err


def test_what_a_budget_leaves_waits_and_is_read_in_the_next_runs(newsroom, tmp_path):
    """Nothing is lost for want of a budget, and nothing is asked for twice."""
    store, waiting, asked = tmp_path / "store.db", [], []
    for _ in range(4):
        newsroom.requests.clear()
        result = aw.watch(
            [newsroom.feed_url],
            store=store,
            resolve=newsroom.resolve,
            delay_s=0,
            budget=aw.Budget(pages=8),
        )
        waiting.append(result.health[0].postponed)
        asked.append([line.path for line in newsroom.requests if line.path[:5] not in WELL_KNOWN])
    pages = [path for run in asked for path in run if path != "/feed.xml"]

    assert waiting == [23 - 8, 23 - 16, 0, 0]
    assert max(len(run) for run in asked) <= 10
    assert len(pages) == len(set(pages))


def test_bytes_and_minutes_end_a_run_and_it_says_so(newsroom, watchlist, capsys):
    """A nightly job that never ends is killed by somebody who does not know it."""
    resolve = [f"--resolve={host}={address}" for host, address in newsroom.resolve.items()]

    assert main(["watch", str(watchlist), *resolve, "--max-megabytes", "0.01"]) == 0
    assert "waiting for the next run: the budget is used up" in capsys.readouterr().err
    assert main(["watch", str(watchlist), *resolve]) == 0
    assert "budget" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["rss", "rss:wires", "rss:http://a.example/f", "sitemap", "files"])
def test_what_a_watchlist_read_can_be_parsed_anew_by_the_name_of_its_source(name):
    """`reprocess` must not fall back to old text where the page's bytes are there."""
    source = _find_source(name)

    assert source is not None
    assert source.info.name == name.partition(":")[0]
