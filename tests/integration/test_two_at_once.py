"""Two at one store, a full disk, a lock that its owner left: nothing is spoiled, and it is said."""

import contextlib
import resource
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from servers import answer, serve

import alignwatch as aw

COMMAND = [sys.executable, "-m", "alignwatch"]
PAGES = 12
TEXT = "<p>" + "Japan signed a trade agreement with Vietnam in Hanoi on Monday. " * 9


class Desk:
    """A site whose last page comes when the test says so."""

    def __init__(self, site, folder):
        self.site = site
        self.store = folder / "s.db"
        self.is_asked = threading.Event()
        self.may_go = threading.Event()
        site.routes |= {f"/{number}": answer(f"{TEXT}{number}") for number in range(PAGES)}
        site.routes[f"/{PAGES - 1}"] = self.reply

    def reply(self, asked):
        self.is_asked.set()
        self.may_go.wait(60)
        return answer(TEXT)

    @property
    def watch(self):
        urls = [f"http://news.example/{number}" for number in range(PAGES)]
        resolve = f"--resolve=news.example={self.site.address}"
        return ["watch", *urls, "--delay=0", resolve]

    def start(self):
        """Start a watch, and wait until it stands in the middle of its work."""
        command = [*COMMAND, *self.watch, "--store", str(self.store)]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert self.is_asked.wait(60)
        return child

    def run(self, *command, **options):
        return subprocess.run(
            [*COMMAND, *command, "--store", str(self.store)],
            capture_output=True,
            text=True,
            check=False,
            timeout=100,
            **options,
        )

    def check(self, articles=PAGES):
        """The file is sound, and holds each article once."""
        with contextlib.closing(sqlite3.connect(self.store)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        with aw.open_store(self.store, read_only=True) as store:
            urls = [article.url for article in store.articles()]
        assert len(urls) == len(set(urls)) == articles


@pytest.fixture
def desk(tmp_path):
    with serve() as site:
        made = Desk(site, tmp_path)
        yield made
        made.may_go.set()


def test_a_second_watch_says_that_the_first_is_at_work(desk):
    """Two cron jobs that overlap must not spoil what they share."""
    first = desk.start()
    second = desk.run(*desk.watch)
    reprocess = desk.run("reprocess")
    forget = desk.run("forget", "news.example", "--yes")
    desk.may_go.set()

    assert first.wait(60) == 0
    for refused in (second, reprocess, forget):
        assert refused.returncode == 5
        assert "another alignwatch is writing to" in refused.stderr
        assert "Traceback" not in refused.stderr
    desk.check()
    assert desk.run(*desk.watch).returncode == 0
    desk.check()


def test_two_watches_that_start_together_end_with_one_sound_store(desk):
    """Whichever comes first, the other one waits or says so."""
    desk.may_go.set()
    command = [*COMMAND, *desk.watch, "--store", str(desk.store)]
    children = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = [(child.communicate(timeout=100)[1], child.returncode) for child in children]

    assert {code for _, code in told} <= {0, 5}
    assert 0 in {code for _, code in told}
    assert all("another alignwatch is writing" in text for text, code in told if code == 5)
    desk.check()


def test_a_store_is_read_while_it_is_written(desk, tmp_path):
    """An analyst looks at the report while the night's run goes on."""
    first = desk.start()
    told = [
        desk.run("show"),
        desk.run("export", "jsonl"),
        desk.run("sources", "health"),
        desk.run("sources", "ledger"),
        desk.run("report", "--out", str(tmp_path / "r.html")),
    ]
    (tmp_path / "a.txt").write_text("Japan signed a trade agreement with Vietnam.")
    extract = subprocess.run(
        [*COMMAND, "extract", str(tmp_path / "a.txt")], capture_output=True, check=False
    )
    desk.may_go.set()

    assert [one.returncode for one in told] == [0] * len(told), [one.stderr for one in told]
    assert told[1].stdout.count("\n") > 0
    assert b'"JPN"' in extract.stdout
    assert first.wait(60) == 0
    desk.check()


def test_the_lock_of_a_killed_watch_holds_nobody_up(desk):
    """A lock file that must be deleted by hand is a call at night."""
    first = desk.start()
    first.kill()
    first.wait()
    desk.may_go.set()

    assert desk.run(*desk.watch).returncode == 0
    desk.check()


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder that takes no file")
def test_a_folder_that_takes_no_file_is_told(desk):
    """Nothing is asked for before it is known where to keep it."""
    told = subprocess.run(
        [*COMMAND, *desk.watch, "--store", "/proc/s.db"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 5
    assert "/proc" in told.stderr
    assert "Traceback" not in told.stderr
    assert desk.site.asked == []


@pytest.mark.parametrize("size_bytes", [40_000, 150_000])
def test_a_full_disk_ends_the_run_and_leaves_a_sound_store(desk, size_bytes):
    """The next run, with room again, goes on where this one stopped."""
    desk.may_go.set()
    limit = (size_bytes, size_bytes)
    full = desk.run(
        *desk.watch, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    )

    assert full.returncode == 5, full.stderr
    assert "full" in full.stderr or "disk" in full.stderr or "too large" in full.stderr
    assert "Traceback" not in full.stderr
    assert desk.run(*desk.watch).returncode == 0
    desk.check()
