"""Bad input and bad surroundings: counted or said plainly, and never a traceback."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.errors import StoreUnwritableError
from alignwatch.export import write_atomically

TEXT = "Japan signed a trade agreement with Vietnam in Hanoi on 3 May 2025.\n"
PAGE = f"<html><body><article><h1>Hanoi</h1>{f'<p>{TEXT}</p>' * 5}</article></body></html>"


@pytest.fixture
def folder(tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "good.txt").write_text(TEXT)
    return texts


def watch(folder, store, *more):
    return main(["watch", str(folder), "--store", str(store), *map(str, more)])


def run(*arguments, **options):
    """Run the command line in a process of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, "-m", "alignwatch", *map(str, arguments)],
        check=False,
        timeout=100,
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options},
    )


def hostile_files(folder):
    """Files as they turn up in real folders, none of them an English article."""
    record = '{"id": "one", "text": "Japan signed a trade agreement with Vietnam."}'
    for name, content in {
        "empty.txt": b"",
        "blank.txt": b" \n\t\n",
        "binary.txt": bytes(range(256)) * 20,
        "deep.json": b"[" * 100_000,
        "half.jsonl": f'{record}\n{{"id": "two"\n[]\n'.encode(),
        "fake.pdf": b"%PDF-1.4 and so on",
        "german.txt": (
            "Deutschland und Frankreich haben am Montag in Berlin ein Abkommen über den Handel "
            "unterzeichnet, wie die Regierung am Abend mitteilte."
        ).encode(),
        "line\nbreak.txt": b"",
        "-dash.txt": b"",
        "\N{RIGHT-TO-LEFT OVERRIDE}txt.exe": b"",
        "\x1b[31mred.txt": b"",
        "x" * 250 + ".txt": b"",
    }.items():
        (folder / name).write_bytes(content)
    (folder / os.fsdecode(b"caf\xe9.txt")).touch()
    (folder / "nowhere.txt").symlink_to("gone.txt")
    (folder / "again").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")


def test_a_folder_of_junk_is_counted_and_the_good_text_read(folder, tmp_path, capsys):
    """A run must not die on one bad file, nor let a file's name speak to the terminal."""
    hostile_files(folder)

    assert watch(folder, tmp_path / "s.db") == 0
    told = capsys.readouterr()

    assert "JPN = VNM" in told.out
    assert "16 could not be read:" in told.err
    for reason in ("empty", "not-text", "not-parsed", "unknown-language"):
        assert f"  {reason} " in told.err
    assert "\x1b" not in told.err
    assert "Traceback" not in told.err


def test_a_file_that_could_not_be_read_waits_like_a_page_until_it_changes(folder, tmp_path, capsys):
    """A hostile page may take 20 s to give up: not in each run anew."""
    bad = folder / "bad.txt"
    bad.write_bytes(b"\0" * 50)
    watch(folder, tmp_path / "s.db", "--strict")
    capsys.readouterr()

    assert watch(folder, tmp_path / "s.db", "--strict") == 0
    assert "1 wait: " in capsys.readouterr().err
    bad.write_text("Laos recognised Kosovo on Monday, its foreign ministry said.")
    assert watch(folder, tmp_path / "s.db", "--strict") == 0
    assert "1 new; 2 articles" in capsys.readouterr().err


def test_a_failed_page_that_is_not_due_yet_is_told_as_waiting(tmp_path):
    """Else the second run looks as if all had been read."""
    with serve() as site:
        site.routes["/feed.xml"] = answer(
            "<rss version='2.0'><channel><item><link>http://news.example/a</link></item>"
            "<item><link>http://news.example/gone</link></item></channel></rss>",
            media_type="application/rss+xml",
        )
        site.routes["/a"] = answer(PAGE)
        options = {"resolve": {"news.example": site.address}, "delay_s": 0}
        feed = "http://news.example/feed.xml"
        first, second = (
            aw.watch(feed, store=tmp_path / "s.db", **options).health[0] for _ in range(2)
        )

    assert (first.stored, first.failed, first.waiting) == (1, 1, 0)
    assert (second.stored, second.failed, second.waiting) == (0, 0, 1)


def test_report_and_claims_name_no_folder(tmp_path, capsys):
    """Two checkouts of one archive must give the same bytes, its failures included."""
    written = []
    for place in (tmp_path / "here", tmp_path / "over" / "there"):
        (place / "texts" / "sub").mkdir(parents=True)
        hostile_files(place / "texts" / "sub")
        (place / "texts" / "good.txt").write_text(TEXT)
        assert watch(place / "texts", place / "s.db") == 0
        written.append([(place / name).read_bytes() for name in ("report.html", "claims.jsonl")])

    assert written[0] == written[1]
    assert os.fsencode(tmp_path) not in written[0][0]
    assert b"binary.txt" in written[0][0]


@pytest.mark.parametrize("variable", ["PYTHONIOENCODING", "LC_ALL"])
def test_output_is_utf_8_in_every_locale(folder, variable):
    """A cron job runs in the locale C, and JSON is UTF-8 everywhere."""
    (folder / "good.txt").write_text(f"“{TEXT.strip()}”, said Hà Nội.\n")
    value = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}[variable]
    poor = {variable: value, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run("clean", folder, env={**os.environ, **poor})

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Hà Nội" in done.stdout.decode()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_closed_streams_stop_no_run_and_reach_no_file(folder, tmp_path, closed):
    """The store must not get the number of a stream that a daemon has closed."""
    store = tmp_path / "s.db"
    command = f"exec '{sys.executable}' -m alignwatch watch '{folder}' --store '{store}' {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False, timeout=100)

    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    with aw.open_store(store, read_only=True) as opened:
        assert opened.counts().claims == 1


def test_an_output_that_cannot_be_written_to_is_said(folder):
    """A full disk behind ``>`` is no bug of ours."""
    with Path("/dev/full").open("wb") as full:
        done = run("clean", folder, stdout=full)

    assert done.returncode == 1
    assert done.stderr == b"alignwatch: No space left on device: the output\n"


def test_what_libraries_log_is_not_for_the_terminal(tmp_path):
    """ "stamina.retry_scheduled" tells a reader nothing."""
    with serve() as site:
        site.routes["/a"] = answer("busy", status=503, retry_after="0")
        resolve = f"--resolve=news.example={site.address}"
        done = run("fetch", "http://news.example/a", resolve)

    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        "alignwatch: http://news.example/a: the server answered with status 503"
    ]


@pytest.mark.parametrize("out", ["file.txt", "file.txt/sub"])
def test_a_folder_that_cannot_be_written_to_is_said_before_the_work(folder, tmp_path, capsys, out):
    """Exit code 5, and the file in the folder's place is left alone."""
    (tmp_path / "file.txt").write_text("mine")

    assert watch(folder, tmp_path / "s.db", "--out", tmp_path / out) == 5
    assert "--out" in capsys.readouterr().err
    assert (tmp_path / "file.txt").read_text() == "mine"
    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        assert store.counts().articles == 0


def test_a_disk_that_is_full_at_the_very_end_of_a_file_leaves_the_old_one(tmp_path, monkeypatch):
    """The last bytes leave the buffer when the file is closed, and may not fit."""
    path = tmp_path / "claims.jsonl"
    path.write_text("old")

    class Full(io.FileIO):
        def write(self, data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fdopen", lambda handle, mode: io.BufferedWriter(Full(handle, "wb")))
    with pytest.raises(StoreUnwritableError, match="No space left"):
        write_atomically(path, "new")

    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["claims.jsonl"]


def test_a_store_may_stand_in_a_folder_of_any_name(folder, tmp_path):
    """Names of files are bytes on Linux; SQLite takes them all."""
    store = tmp_path / os.fsdecode(b"caf\xe9 ?#%41") / "s.db"

    assert watch(folder, store) == 0
    assert store.exists()
    assert main(["show", "--store", str(store)]) == 0


def test_an_empty_file_is_no_store_to_look_into(tmp_path, capsys):
    """Somebody who mistypes a name must read what is wrong with it."""
    (tmp_path / "s.db").touch()

    assert main(["show", "--store", str(tmp_path / "s.db")]) == 5
    assert "is empty" in capsys.readouterr().err


def test_a_mistake_of_ours_is_told_in_two_lines(folder, capsys, monkeypatch):
    """A traceback is for those who ask for it."""

    def fail(*_, **__):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("alignwatch.cli._texts.read_inputs", fail)

    assert main(["clean", str(folder)]) == 1
    assert "ZeroDivisionError: division by zero" in capsys.readouterr().err
    monkeypatch.setenv("ALIGNWATCH_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["clean", str(folder)])
