"""A watch over the hostile site: every case ends, is counted, and the run goes on."""

import json
import os
import subprocess
import sys
from collections import Counter
from urllib.parse import urlsplit

import pytest

from alignwatch.testing import CASES, STORED, HostileSite

MOST_BYTES = 400_000_000
# in a process of its own, so that its memory is that of the run
WATCH = """
import json, resource, sys, threading
from functools import partial
import alignwatch as aw
from alignwatch.fetch import Fetcher, Limits
from alignwatch.pipeline import _run
from alignwatch.sources import load_source
from alignwatch.testing import HostileSource

pages, feeds, resolve, times = json.load(sys.stdin)
# an impatient fetcher, so that what is silent or slow is told within seconds
limits = Limits(connect_s=5, attempts=2, longest_wait_s=2, **times)
_run.Fetcher = partial(Fetcher, limits=limits)
told = []
with aw.open_store(sys.argv[1]) as store:
    for _ in range(2):
        feeds_of = [load_source("rss", urls=(url,)) for url in feeds]
        sources = [HostileSource(pages), *feeds_of]
        result = aw.watch(sources, store=store, resolve=resolve, delay_s=0)
        told.append({
            "failures": [(failure.url, failure.reason, failure.message, failure.tries)
                         for failure in result.failures],
            "stored": result.stored,
            "health": [[health.discovered, health.stored, health.failed, health.waiting]
                       for health in result.health],
        })
    articles = [article.url for article in store.articles()]
# ru_maxrss of a process begins with what its parent had; VmHWM is its own
with open("/proc/self/status") as file:
    status = dict(line.split(":", 1) for line in file)
usage = [int(status["VmHWM"].split()[0]) * 1024,
         resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024]
threads = [one.name for one in threading.enumerate() if not one.daemon]
json.dump({"runs": told, "articles": articles, "bytes": usage, "threads": threads}, sys.stdout)
"""


def _watch(folder, **times):
    with HostileSite() as site:
        job = [site.source.urls, site.feeds, dict(site.resolve), times]
        done = subprocess.run(
            [sys.executable, "-c", WATCH, folder / "hostile.db"],
            input=json.dumps(job),
            env={**os.environ, "PYTHONWARNINGS": "error"},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
    assert done.returncode == 0, done.stderr
    assert not done.stderr  # a library is quiet, whatever it meets
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """Two runs over all cases, told as JSON."""
    return _watch(tmp_path_factory.mktemp("hostile"), read_s=3, total_s=6)


def _outcomes(watched):
    """What became of each case in the first run, by name."""
    told = {urlsplit(url).hostname: reason for url, reason, _, _ in watched["runs"][0]["failures"]}
    told |= {urlsplit(url).hostname: STORED for url in watched["articles"]}
    return {host.removesuffix(".hostile.example"): reason for host, reason in told.items()}


def test_there_are_at_least_forty_cases_and_each_has_a_name_of_its_own():
    """The name is the host, and what the failures are listed by."""
    assert len(CASES) >= 40
    assert len({case.name for case in CASES}) == len(CASES)
    assert all(case.outcomes for case in CASES)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_case_ends_as_expected(case, watched):
    """A page is stored or counted with its reason; nothing disappears."""
    assert _outcomes(watched).get(case.name) in case.outcomes


def test_every_case_is_counted_once(watched):
    """The sums of a run are what a reader trusts."""
    first = watched["runs"][0]
    hosts = Counter(urlsplit(url).hostname for url, *_ in first["failures"])
    pages = first["health"][0]

    assert set(hosts.values()) == {1}
    assert pages[0] == sum(not case.is_feed for case in CASES)
    assert pages[1] + pages[2] == pages[0]
    assert len(first["failures"]) + first["stored"] == len(CASES)


def test_the_second_run_leaves_the_broken_pages_in_peace(watched):
    """They are asked again later, at growing distances."""
    second = watched["runs"][1]

    assert second["stored"] == 0
    assert {urlsplit(url).hostname for url, *_ in second["failures"]} <= {
        case.host for case in CASES if case.is_feed
    }


def test_the_memory_of_the_run_stays_bounded(watched):
    """One bomb must not take the machine down."""
    run_bytes, parser_bytes = watched["bytes"]

    assert run_bytes < MOST_BYTES
    assert parser_bytes < MOST_BYTES


def test_nothing_is_left_running(watched):
    """A thread that waits for a silent server would keep the process alive."""
    assert watched["threads"] == ["MainThread"]


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_all_cases_end_within_the_default_times_too(tmp_path):
    """These are the limits that users run with."""
    told = _watch(tmp_path, read_s=20, total_s=60)
    wrong = {
        case.name: _outcomes(told).get(case.name)
        for case in CASES
        if _outcomes(told).get(case.name) not in case.outcomes
    }

    assert not wrong
    assert max(told["bytes"]) < MOST_BYTES
