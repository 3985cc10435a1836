"""Rows that hang or kill their process, and processes that somebody else kills."""

import os
import signal
import subprocess
import threading
import time
from typing import ClassVar

import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from alignwatch.errors import ModelError, SourceError  # noqa: E402 - after the skip
from alignwatch.scale import (  # noqa: E402
    Choice,
    Limits,
    article_schema,
    guard_batches,
    read_batches,
)
from alignwatch.scale._guard import Reader  # noqa: E402

TEXTS = [f"Japan signed treaty number {number} with Vietnam in Hanoi." for number in range(9)]


def _articles(texts):
    rows = [{"id": f"a{place}", "text": text} for place, text in enumerate(texts)]
    return pa.RecordBatch.from_pylist(rows, schema=article_schema())


@pytest.fixture(scope="module")
def reader():
    with Reader() as started:
        started.read(_articles(TEXTS[:1]))
        yield started


def test_the_guard_changes_nothing():
    """Safety must not cost truth."""
    batch = _articles(TEXTS)

    assert list(guard_batches([batch, batch])) == list(read_batches([batch, batch]))


def test_a_process_that_is_killed_costs_no_row(reader):
    """The kernel takes the largest process when memory is short; rows are not at fault."""
    batch = _articles(TEXTS * 200)
    expected = list(read_batches([batch]))
    reader.read(_articles(TEXTS[:1]))
    child = reader._child
    killer = threading.Timer(0.05, os.kill, [child.pid, signal.SIGKILL])
    killer.start()

    result = reader.read(batch)

    killer.join()
    assert [result] == expected
    assert reader._child is not child


def test_a_row_that_takes_too_long_is_named_and_the_others_are_read():
    """One hostile page in a million must not hold up a cluster."""
    hostile = "a\n" * 3_000_000
    limits = Limits(row_s=2, memory_bytes=64 << 30)  # that it is slow must come first
    [result] = guard_batches([_articles([TEXTS[0], hostile, TEXTS[1]])], limits=limits)
    result = result.to_pylist()

    assert [row["failure"] and row["failure"]["reason"] for row in result] == [
        None,
        "too-slow",
        None,
    ]


def test_a_row_that_needs_too_much_memory_is_named_and_the_others_are_read():
    """What it takes to run out differs between machines; who is to blame does not."""
    hostile = "a\n" * 600_000
    limits = Limits(row_s=120, memory_bytes=150 << 20)
    [result] = guard_batches([_articles([TEXTS[0], hostile, TEXTS[1]])], limits=limits)
    first, failed, last = result.to_pylist()

    assert (first["failure"], last["failure"]) == (None, None)
    assert failed["failure"]["reason"] in {"too-large", "worker-died"}


def test_a_row_at_which_the_process_dies_twice_is_named():
    """A page that crashes a parser crashes it again: it is counted, and passed over."""

    class Dying(Reader):
        """Its process is killed whenever it is asked for row a1."""

        def _ask(self, batch):
            names = batch.column("id").to_pylist()
            if "a1" in names:
                self.close()
                return None, names.index("a1"), None
            return super()._ask(batch)

    with Dying() as reader:
        result = reader.read(_articles(TEXTS[:4])).to_pylist()

    assert [row["page"] for row in result] == ["a0", "a1", "a2", "a3"]
    assert [bool(row["failure"]) for row in result] == [False, True, False, False]
    assert result[1]["failure"]["reason"] == "worker-died"


def test_a_process_that_is_killed_at_one_row_and_then_at_another_blames_neither():
    """On a machine that is short of memory whole nights are like that; the rows are sound."""

    class Unlucky(Reader):
        """Its process is killed at the first row, then at the third."""

        places: ClassVar[list[int]] = [0, 2]

        def _ask(self, batch):
            if self.places:
                self.close()
                return None, self.places.pop(0), None
            return super()._ask(batch)

    with Unlucky() as reader:
        result = reader.read(_articles(TEXTS[:4])).to_pylist()

    assert [row["failure"] for row in result] == [None] * 4


def test_a_process_that_is_killed_while_it_starts_is_started_again(monkeypatch):
    """It takes seconds to start, and those who kill do not wait for it to be up."""
    start = subprocess.Popen
    started = []

    def start_and_kill(*args, **options):
        started.append(start(*args, **options))
        if len(started) == 1:
            started[0].kill()
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", start_and_kill)
    with Reader() as reader:
        result = reader.read(_articles(TEXTS[:2]))

    assert result.num_rows == len(started) == 2


def test_a_process_that_cannot_start_is_said(monkeypatch):
    """A broken installation of a worker must not look like pages that fail."""
    start = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda _, **options: start(["false"], **options))
    with Reader() as reader, pytest.raises(SourceError, match="does not start"):
        reader.read(_articles(TEXTS[:1]))


def test_an_extractor_that_is_not_there_is_said_at_once():
    """A cluster that is told an hour later that a name was misspelt is dear."""
    with pytest.raises(ModelError, match="nonesuch"):
        Choice(name="nonesuch").load()


def test_nothing_is_left_running(reader):
    """A library leaves no process behind."""
    reader.read(_articles(TEXTS[:1]))
    child = reader._child
    reader.close()
    for _ in range(50):
        if child.poll() is not None:
            break
        time.sleep(0.05)

    assert child.poll() is not None
