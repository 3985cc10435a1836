"""The politeness ledger is there whatever becomes of the run."""

import subprocess
import sys

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.cli import main

TEXT = "<p>" + "Japan signed a trade agreement with Vietnam in Hanoi on Monday. " * 9


def test_a_killed_run_leaves_what_it_asked_in_the_ledger(tmp_path):
    """A publisher who asks about last night is told, also if the machine went down."""
    with serve() as site:
        children = []

        def kill(asked):
            children[0].kill()
            return answer(TEXT)

        site.routes |= {f"/{number}": answer(TEXT) for number in range(5)}
        site.routes["/5"] = kill
        urls = [f"http://news.example/{number}" for number in range(6)]
        command = [
            *(sys.executable, "-m", "alignwatch", "watch", *urls, "--delay=0"),
            *(f"--store={tmp_path / 's.db'}", f"--resolve=news.example={site.address}"),
        ]
        children.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        assert children[0].wait() < 0
        asked = len(site.asked)

    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        (line,) = store.ledger()
    assert line.requests == asked - 1
    assert line.robots == "no rules: status 404"
    assert line.received_bytes > 0


def test_fetch_may_be_allowed_a_host_of_ones_own_and_says_how(capsys):
    """The message is the line to type."""
    with serve({"/a": answer(TEXT)}) as site:
        host = site.address
        assert main(["fetch", f"http://{host}/a", "--strict"]) == 3
        told = capsys.readouterr().err
        assert "--allow-private 127.0.0.1" in told
        asked = list(site.asked)
        options = ["--allow-private", host, "--delay=0", "--limit", "read_s=5", "--ledger"]
        assert main(["fetch", f"http://{host}/a", *options]) == 0

    assert asked == []
    told = capsys.readouterr()
    assert "Hanoi" in told.out
    assert "2 requests" in told.err or "3 requests" in told.err


def test_limits_of_requests_are_set_from_the_command_line_and_from_python(tmp_path, capsys):
    """Who watches large pages, or slow sites, sets the bounds himself."""
    with serve({"/a": answer(TEXT * 20)}) as site:
        watch = ["watch", "http://news.example/a", f"--resolve=news.example={site.address}"]
        store = ["--store", str(tmp_path / "s.db"), "--delay=0"]
        assert main([*watch, *store, "--limit", "content_bytes=1000", "--strict"]) == 3
        assert "too-large" in capsys.readouterr().err
        assert main([*watch, *store, "--limit", "bytes=1000"]) == 2
        assert "there is no limit 'bytes'" in capsys.readouterr().err
        result = aw.watch(
            ["http://news.example/a"],
            store=tmp_path / "t.db",
            resolve={"news.example": site.address},
            limits=aw.fetch.Limits(content_bytes=1000),
            delay_s=0,
        )

    assert [failure.reason for failure in result.failures] == ["too-large"]


def test_each_source_has_its_budget(tmp_path):
    """By name for one of them, or the same for all."""
    with serve({f"/{number}": answer(TEXT) for number in range(8)}) as site:
        urls = [f"http://news.example/{number}" for number in range(8)]
        sources = [aw.load_source("pages", urls=tuple(urls))]
        options = {"resolve": {"news.example": site.address}, "delay_s": 0}
        by_name = aw.watch(
            sources, store=tmp_path / "a.db", budgets={"pages": aw.Budget(pages=3)}, **options
        )
        of_each = aw.watch(sources, store=tmp_path / "b.db", budgets=aw.Budget(pages=2), **options)
        command = ["watch", *urls[:2], "--store", str(tmp_path / "c.db"), "--delay=0"]
        resolve = f"--resolve=news.example={site.address}"
        assert main([*command, resolve, "--source-max-pages", "1", "--strict"]) == 0

    assert [by_name.stored, of_each.stored] == [3, 2]
    assert [one.health[0].postponed for one in (by_name, of_each)] == [1, 1]
    assert len(site.paths) == 3 + 2 + 2


def test_a_budget_for_a_source_that_is_not_there_is_told(tmp_path):
    """A slip in a name would be no bound at all."""
    (tmp_path / "a.txt").write_text("Japan met Vietnam.")
    for item in (tmp_path, aw.load_source("files", paths=tmp_path)):
        with pytest.raises(aw.SourceError, match="did you mean 'files'"):
            aw.watch([item], store=tmp_path / "s.db", budgets={"flies": aw.Budget(pages=1)})
