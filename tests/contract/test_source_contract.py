"""The kit for plugin authors catches what it says it catches, and nothing else."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

BROKEN = Path(__file__).parent / "broken"
INSTALLED = "it_is_installed_under_its_own_name"
SPEAKS = "it_speaks_this_contract"
HAS_GOLDEN = "it_has_golden_pages"
GOLDEN = "golden_pages_give_exactly_their_json"
PURE = "parsing_is_pure"
TOTAL = "any_bytes_give_an_article_or_a_page_error"
FETCHER = "every_request_goes_through_the_fetcher"
SINCE = "since_is_honoured"
WHOLE = "addresses_are_whole_and_come_once"
RERUN = "a_second_run_discovers_nothing_twice"
LISTINGS = "broken_listings_end_in_a_page_error"
NO = "it_takes_no_for_an_answer"
POLITE = "it_is_polite_to_a_server_that_measures_it"
PICKLED = "it_can_be_pickled"
STABLE = "ids_are_the_same_in_another_process"
ALL = {INSTALLED, SPEAKS, HAS_GOLDEN, GOLDEN, PURE, TOTAL, FETCHER, SINCE, WHOLE, RERUN, LISTINGS}
ALL |= {NO, POLITE, PICKLED, STABLE}

# for each source, or way to name its pages: the tests that fail, and what the first one says
BREAKS = {
    "Keeping": (set(), ""),
    "NotInstalled": ({INSTALLED}, "leads to broken_sources:Keeping, not to NotInstalled"),
    "OfAnotherName": ({INSTALLED}, "no entry point 'unheard-of'"),
    "OfAnotherContract": ({SPEAKS}, "speaks version 0"),
    "LosingText": ({GOLDEN}, '-  "text": "Estonia and Finland measured a quay."'),
    "Counting": ({PURE, GOLDEN, TOTAL, PICKLED}, "another article of"),
    "RaisingKeyError": ({TOTAL}, "raised KeyError: 'no'; raise ParseError"),
    "GivingNone": ({TOTAL}, "gave NoneType, expected an Article"),
    "Exiting": ({TOTAL}, "of nothing raised SystemExit"),
    "WithoutText": ({TOTAL}, "an article without text"),
    "LookingUp": ({FETCHER}, "looked up 'localhost' by itself"),
    "Connecting": ({FETCHER}, "connected to ('127.0.0.1', 9) by itself"),
    "Swallowing": ({FETCHER}, "looked up 'localhost' by itself"),
    "InAThread": ({FETCHER}, "looked up 'localhost' by itself"),
    "AskingTwice": ({FETCHER}, "asks for https://desk.example/latest 2 times"),
    "AskingElsewhere": ({FETCHER}, "asks for https://elsewhere.example/, which site.json"),
    "GivingAList": ({FETCHER}, "gave list, expected an iterator"),
    "GivingStrings": ({FETCHER}, "yielded str, expected a PageRef or a Page"),
    "ForgettingSince": ({SINCE}, "asked for what is new since 2026-03-02"),
    "LosingTheNew": ({SINCE}, "discover loses https://desk.example/2026/03/01/quay"),
    "Relative": ({WHOLE}, "yields '/2026/03/01/quay', expected an http, https or file"),
    "Doubling": ({WHOLE}, "quay twice in one run"),
    "Drifting": ({RERUN}, "yields other addresses"),
    "FallingOverUnchanged": ({RERUN}, "return if page.is_unchanged"),
    "TrustingListings": ({LISTINGS}, "discover raised ValueError"),
    "Insisting": ({NO}, "latest again after robots.txt said no"),
    "SilentOnRefusal": ({NO, POLITE}, "as if nothing were new after robots.txt said no"),
    "Unpicklable": ({PICKLED}, "cannot be pickled"),
    "ForgettingWhenPickled": ({PICKLED, GOLDEN}, "a pickled copy of"),
    "HashingIds": ({STABLE}, "another process gives another id"),
    "ProcessBound": ({STABLE}, "another process gives another id"),
    "WithoutPages": ({HAS_GOLDEN}, "no golden pages"),
    "WithAnEmptyFolder": ({HAS_GOLDEN}, "no golden pages"),
    "WithASiteInPython": (set(), ""),
    "WithAMissingFile": (ALL, "names gone.txt, which is not in"),
    "WithoutParse": (ALL, "does not offer parse"),
}
# breaks that show in further tests too: a source that goes to the network fails wherever it is run
SPREADING = {
    "OfAnotherName", "LookingUp", "Connecting", "Swallowing", "InAThread", "GivingAList",
    "GivingStrings", "AskingElsewhere", "Drifting", "Relative", "Unpicklable", "WithoutParse",
    "WithoutPages", "WithAnEmptyFolder", "Counting", "FallingOverUnchanged", "TrustingListings",
    "HashingIds", "ProcessBound", "AskingTwice",
}  # fmt: skip


def _install(folder: Path) -> Path:
    """Write what pip would: the metadata of a distribution with all the broken sources."""
    info = folder / "alignwatch_broken-0.1.0.dist-info"
    info.mkdir()
    sys.path.insert(0, str(BROKEN))
    try:
        import broken_sources
    finally:
        sys.path.remove(str(BROKEN))
    made = {
        one.info.name: one.__name__
        for one in vars(broken_sources).values()
        if isinstance(one, type) and one.__module__ == "broken_sources"
    }
    made["keeping"] = "Keeping"
    del made["unheard-of"]
    points = [f"{name} = broken_sources:{cls}" for name, cls in made.items()]
    (info / "entry_points.txt").write_text("\n".join(["[alignwatch.sources]", *points]) + "\n")
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: alignwatch-broken\nVersion: 0.1.0\n"
    )
    return folder


def _run(folder: Path, *arguments: str, suite: Path = BROKEN, **environment: str) -> str:
    report = folder / "report.xml"
    paths = os.pathsep.join([str(suite), str(folder)])
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", folder),
            *("--import-mode=importlib", "-c", os.devnull, "--junitxml", report),
            *("-o", "python_files=broken_suite.py", *arguments, suite / "broken_suite.py"),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert report.exists(), done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def failures(tmp_path_factory):
    """What failed in one run over all of them: class name to test name to message."""
    folder = _install(tmp_path_factory.mktemp("broken"))
    _run(folder)
    told: dict[str, dict[str, str | None]] = {}
    for case in ET.parse(folder / "report.xml").iter("testcase"):
        failure = case.find("failure")
        cls = case.get("classname", "").rpartition(".Test")[2]
        message = None if failure is None else f"{failure.get('message')}\n{failure.text}"
        told.setdefault(cls, {})[case.get("name", "").removeprefix("test_")] = message
    return told


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_source_fails_for_the_right_reason(name, failures):
    """A check that never fails checks nothing, and one that always fails is switched off."""
    expected, said = BREAKS[name]
    failed = {test: message for test, message in failures[name].items() if message is not None}

    assert set(failures[name]) == ALL
    if name in SPREADING:
        assert expected & set(failed)
    else:
        assert set(failed) == expected
    assert not expected or any(said in (message or "") for message in failed.values())


def test_every_check_is_seen_to_fail_on_a_source_of_its_own():
    """A new check needs a broken source."""
    assert set().union(*(tests for tests, _ in BREAKS.values() if tests != ALL)) == ALL


def test_nothing_is_collected_from_the_kit_itself(tmp_path):
    """It lies in site-packages of people who never asked for it."""
    test = tmp_path / "test_mine.py"
    test.write_text("from alignwatch.testing import SourceContract\ndef test_mine(): pass\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, test],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert "1 passed" in done.stdout


def test_golden_json_is_written_on_demand_and_holds_from_then_on(tmp_path):
    """Nobody types a record by hand."""
    suite = tmp_path / "suite"
    (suite / "pages").mkdir(parents=True)
    for name in ("latest.txt", "quay.txt", "site.json"):
        (suite / "pages" / name).write_bytes((BROKEN / "pages" / name).read_bytes())
    (suite / "broken_sources.py").write_bytes((BROKEN / "broken_sources.py").read_bytes())
    (suite / "broken_suite.py").write_bytes((BROKEN / "broken_suite.py").read_bytes())
    folder = _install(tmp_path)
    only = ("-k", "TestKeeping and golden_pages_give")

    assert "quay.json is missing" in _run(folder, *only, suite=suite)
    assert "1 passed" in _run(folder, *only, suite=suite, ALIGNWATCH_WRITE_GOLDEN="1")
    assert "1 passed" in _run(folder, *only, suite=suite)
    assert {path.name for path in (suite / "pages").iterdir()} == {
        "latest.txt",
        "quay.txt",
        "quay.json",
        "site.json",
    }
