"""Python's collector waits while a text is read, and nobody is the worse for it."""

import gc
from concurrent.futures import ThreadPoolExecutor

import pytest

import alignwatch as aw
from alignwatch._collector import paused_collector
from alignwatch.errors import LanguageError
from alignwatch.model import Document

TEXT = "Norway sold arms to Chad. Both countries signed a treaty, which Peru condemned.\n" * 40
ENGLISH = Document(article="a", text=TEXT)


@pytest.fixture(autouse=True)
def _as_found():
    was = gc.isenabled()
    yield
    (gc.enable if was else gc.disable)()


def test_the_collector_waits_and_runs_again():
    """A service that reads for months must not lose its collector."""
    gc.enable()
    with paused_collector():
        waits = not gc.isenabled()

    assert waits
    assert gc.isenabled()


def test_the_collector_runs_again_after_an_error():
    """The next text may be of another language, and raise."""
    gc.enable()
    with pytest.raises(LanguageError):
        aw.extract(Document(article="a", text="Die Regierung hat das nicht gesagt und wird es."))

    assert gc.isenabled()


def test_who_has_turned_the_collector_off_finds_it_off():
    """Some services collect when they choose to."""
    gc.disable()
    aw.extract(ENGLISH)

    assert not gc.isenabled()


def test_threads_leave_the_collector_on():
    """Whichever ends first."""
    gc.enable()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(aw.extract, [ENGLISH] * 12))

    assert gc.isenabled()


def test_reading_leaves_no_cycles():
    """The promise on which the collector waits: else memory would grow until it runs."""
    aw.extract(ENGLISH)
    gc.collect()
    gc.disable()
    aw.extract(ENGLISH)

    assert gc.collect() == 0
