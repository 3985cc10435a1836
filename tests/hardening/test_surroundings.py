"""Bad surroundings: each command does its work or says plainly why not, and nothing is lost."""

import contextlib
import importlib.util
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.errors import SourceError, StoreError
from alignwatch.sources import SourceInfo

WATCH = ["watch", "texts", "--store", "s.db"]
REPROCESS = ["reprocess", "--store", "s.db"]
REPORT = ["report", "--store", "s.db", "--out", "r.html"]
EXPORTS = [
    ["export", name, "--store", "s.db", "--out", f"x.{name}"]
    for name in ("jsonl", "parquet", "stix")
    if name != "parquet" or importlib.util.find_spec("pyarrow")
]
ALL = [WATCH, ["extract", "texts"], REPROCESS, REPORT, *EXPORTS]
FILES = ["claims.jsonl", "r.html", "report.html", "s.db", *(f"x.{name[1]}" for name in EXPORTS)]


def check_store(path, articles=3):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    with aw.open_store(path, read_only=True) as store:
        assert store.counts().articles == articles


def limit_files(count):
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))


def limit_size(size_bytes):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, size_bytes))


def test_everything_works_in_the_locale_c_without_a_home(desk):
    """A cron job has no locale, a container often no home, and names are in any script."""
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    told = desk.run(*ALL, env=poor, without=("HOME", "LANG", "TERM"))

    assert [one.code for one in told] == [0] * len(ALL), told
    assert "H\u00e0 N\u1ed9i" in told[0].out
    assert {json.loads(line)["article"] for line in told[1].out.splitlines()} == {
        f"H\u00e0 N\u1ed9i {number}.txt" for number in range(3)
    }
    assert desk.names() == sorted(FILES)
    check_store(desk.folder / "s.db")


@pytest.mark.slow
def test_a_umask_of_077_keeps_everything_to_its_owner(desk):
    """Who says that files are private means all of them, the store's log included."""
    told = desk.run(*ALL, limits=lambda: os.umask(0o077))

    assert [one.code for one in told] == [0] * len(ALL), told
    made = [path for path in desk.folder.iterdir() if path.is_file()]
    assert len(made) >= len(FILES)
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in made} == {
        path.name: "0o0" for path in made
    }


def test_a_folder_that_may_only_be_read_is_said_and_left_as_it_is(desk):
    """A mounted archive: what reads works, what writes says so and exits with 5."""
    desk.run(WATCH)
    user = 54_321 if os.geteuid() == 0 else None
    read = [
        ["show", "--store", "s.db"],
        ["export", "jsonl", "--store", "s.db"],
        ["report", "--out", str(desk.scratch / "r.html"), "--store", "s.db"],
        ["extract", "texts"],
    ]
    other = str(desk.scratch / "other.db")
    shutil.copyfile(desk.folder / "s.db", other)
    warm = [
        [*command, "--store", other]
        for command in (
            ["show"],
            read[2][:3],
            *([*export[:2], "--out", str(desk.scratch / export[1])] for export in EXPORTS),
        )
    ]
    for path in desk.folder.iterdir():
        if path.is_file():
            path.chmod(0o444)
    desk.folder.chmod(0o555)
    before = {path: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}
    try:
        told = desk.run(
            *(WATCH, REPROCESS, REPORT, *EXPORTS),
            *read,
            ["backup", "copy.db", "--store", "s.db"],
            user=user,
            warm=warm,
        )
    finally:
        desk.folder.chmod(0o755)

    refused, done, backup = told[: 3 + len(EXPORTS)], told[3 + len(EXPORTS) : -1], told[-1]
    assert [one.code for one in (*refused, backup)] == [5] * (len(refused) + 1), told
    assert all("cannot write" in one.err for one in (*refused, backup)), told
    assert [one.code for one in done] == [0] * 4, done
    after = {path: path.read_bytes() for path in desk.folder.iterdir() if path.is_file()}
    assert after == before


@pytest.mark.parametrize("size_bytes", [2_000, pytest.param(60_000, marks=pytest.mark.slow)])
def test_a_full_disk_loses_nothing_and_leaves_nothing_half_written(desk, size_bytes):
    """The limit on a file's size refuses bytes as a full disk does, for root as well."""
    desk.run(WATCH, REPORT, *EXPORTS)
    kept = {name: (desk.folder / name).read_bytes() for name in FILES if name != "s.db"}
    for number in range(40):
        text = f"Kenya and Peru signed treaty {number} on fishing in Nairobi on 3 March 2025. " * 9
        (desk.folder / "texts" / f"{number}.txt").write_text(text)
    told = desk.run(WATCH, REPROCESS, REPORT, *EXPORTS, limits=limit_size(size_bytes))

    assert told[0].code == 5
    for one in told:
        assert one.code in (0, 5), one
        assert one.code == 0 or "cannot write" in one.err, one
    for name, content in kept.items():
        now = (desk.folder / name).read_bytes()
        assert now == content or len(now) <= size_bytes
    assert desk.names() == sorted(FILES)
    [again] = desk.run(WATCH)
    assert again.code == 0
    check_store(desk.folder / "s.db", articles=43)


@pytest.mark.slow
@pytest.mark.parametrize("count", [6, 8])
def test_too_few_open_files_end_the_run_and_leave_a_sound_store(desk, count):
    """A limit that somebody set for another program."""
    desk.run(WATCH)
    [full] = desk.run(["watch", "texts", "--store", "s.db"], limits=limit_files(count))

    assert full.code in (2, 5), full
    assert full.err.startswith("alignwatch: ")
    [again] = desk.run(WATCH)
    assert again.code == 0
    check_store(desk.folder / "s.db")


def test_a_source_has_no_blame_where_the_machine_has_no_files_left(tmp_path):
    """It would rest for a day, though nothing is wrong with it."""

    class Listing:
        info = SourceInfo(name="listing", contract=1)

        def discover(self, fetcher, *, since):
            raise OSError(24, "Too many open files")
            yield

        def parse(self, page):
            raise NotImplementedError

    with pytest.raises(SourceError, match="ulimit -n"):
        aw.watch([Listing()], store=tmp_path / "s.db")
    with aw.open_store(tmp_path / "s.db") as store:
        assert list(store.failures()) == []


PAGE = "<p>" + "Japan signed a trade agreement with Vietnam in Hanoi on Monday. " * 9
FUTURE = """
import datetime, sys

class Ahead(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + datetime.timedelta(days=9_000)

real = datetime.datetime
datetime.datetime = Ahead
from alignwatch.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_a_clock_that_was_ahead_holds_nothing_up(tmp_path):
    """After a flat battery or a restored machine, the next run must ask, and obey, as ever."""
    with serve() as site:
        site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /b", media_type="text/plain")
        site.routes |= {"/a": answer(PAGE), "/b": answer(f"{PAGE} b")}
        urls = [f"http://news.example/{name}" for name in "abc"]
        command = [
            *("watch", *urls, "--store", str(tmp_path / "s.db"), "--delay=0"),
            f"--resolve=news.example={site.address}",
        ]
        ahead = subprocess.run(
            [sys.executable, "-c", FUTURE, *command],
            capture_output=True,
            text=True,
            check=False,
            timeout=110,
        )
        assert ahead.returncode == 0, ahead.stderr
        assert "2 could not be read" in ahead.stderr
        site.routes["/robots.txt"] = answer(
            "User-agent: *\nDisallow: /nothing", media_type="text/plain"
        )
        site.routes["/c"] = answer(f"{PAGE} c")
        result = aw.watch(
            urls,
            store=tmp_path / "s.db",
            resolve={"news.example": site.address},
            delay_s=0,
        )

        assert result.stored == 2
        assert result.failures == ()
    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        assert store.counts().articles == 3
        assert len(aw.relationships(store)) == 1
        assert store.faults() == ()
        runs = list(store.runs())
    assert runs[0].started_at > runs[1].started_at


def test_a_copy_by_cp_works_or_says_what_is_wrong(tmp_path):
    """People copy files. What they then open must be sound, or say that it is not."""
    stop = threading.Event()
    store_path = tmp_path / "s.db"

    class Endless:
        info = SourceInfo(name="endless", contract=1)

        def discover(self, fetcher, *, since):
            number = 0
            while not stop.is_set() and number < 2_000:
                number += 1
                yield aw.Page(
                    url=f"http://a.example/{number}",
                    content=f"{PAGE}{number}".encode(),
                    media_type="text/html",
                )

        def parse(self, page):
            return aw.Article(id=page.url, url=page.url, text=page.content.decode()[3:])

    writer = threading.Thread(target=lambda: aw.watch([Endless()], store=store_path))
    writer.start()
    copies, refused, read = [], [], 0
    try:
        while not store_path.exists():
            assert writer.is_alive()
        for number in range(12):
            folder = tmp_path / f"copy-{number}"
            folder.mkdir()
            for name in ("s.db", "s.db-wal") if number % 2 else ("s.db",):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(tmp_path / name, folder / name)
            copies.append(folder / "s.db")
            stop.wait(0.1)
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        try:
            with aw.open_store(copy, read_only=True) as opened:
                articles = list(opened.articles())
                claims = list(opened.claims())
                faults = opened.faults()
        except StoreError as error:
            refused.append(str(error))
            continue
        # what is there is whole, or `doctor`, which asks for the same, says that it is not
        assert faults or {claim.article for claim in claims} <= {one.id for one in articles}
        read += 1
    assert all(str(tmp_path) in message for message in refused)
    assert read + len(refused) == len(copies)
    with aw.open_store(store_path, read_only=True) as opened:
        assert opened.faults() == ()
