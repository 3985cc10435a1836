"""How sources fare and how hosts were treated, from the command line."""

import json

import pytest
from servers import answer, serve

from alignwatch.cli import main

PAGE = "<!doctype html><html lang=en><body><p>" + "Japan and Vietnam met in Hanoi. " * 20


@pytest.fixture
def site():
    with serve() as running:
        yield running


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_ledger_of_a_run_is_printed_for_people_and_for_programs(site, tmp_path, capsys):
    """A publisher who asks what we did gets an answer."""
    site.routes["/a"] = answer(PAGE)
    store = tmp_path / "s.db"
    resolve = f"--resolve=news.example={site.address}"
    run(capsys, "watch", "http://news.example/a", "--store", store, resolve, "--delay=0")

    told = run(capsys, "sources", "ledger", "--store", store)[1]
    (record,) = run(capsys, "sources", "ledger", "--store", store, "--json")[1].splitlines()
    assert told.startswith("news.example: robots.txt: no rules: status 404; 3 requests")
    assert json.loads(record)["requests"] == 3
    assert run(capsys, "sources", "ledger", "--store", store, "--run", 7)[1] == ""


def test_fetch_tells_its_own_ledger(site, capsys):
    """Nothing is stored, so it is said at once."""
    site.routes["/a"] = answer(PAGE)
    url, resolve = "http://news.example/a", f"--resolve=news.example={site.address}"

    assert "news.example: robots.txt: no rules" in run(capsys, "fetch", url, resolve, "--ledger")[2]
    assert "requests" not in run(capsys, "fetch", url, resolve)[2]


def test_fetch_reads_nothing_that_is_reserved(site, capsys):
    """The manners of `watch` are those of `fetch`."""
    site.routes["/a"] = answer(PAGE, tdm_reservation="1")
    url, resolve = "http://news.example/a", f"--resolve=news.example={site.address}"
    code, out, err = run(capsys, "fetch", url, resolve, "--strict")

    assert (code, out) == (3, "")
    assert "reserves text and data mining" in err


def test_a_source_that_is_shut_out_is_told_from_a_quiet_one(site, tmp_path, capsys):
    """One needs a letter to the publisher, the other needs nothing."""
    store = tmp_path / "s.db"
    site.routes |= {"/a": answer(PAGE), "/b": answer(status=403)}
    names = ("http://news.example/a", "http://news.example/b")
    resolve = f"--resolve=news.example={site.address}"
    for _ in range(2):
        site.routes["/a"] = answer(PAGE)
        run(capsys, "watch", *names, "--store", store, resolve, "--delay=0")
    code, out, _ = run(capsys, "sources", "health", "--store", store, "--strict")

    assert code == 3
    assert "blocked  http://news.example/b: 1 of 1 pages were refused (1 by the site" in out
    assert "pages:http://news.example/a" in out
