"""Alerts: told once, to programs and readers, and no listener can break a run."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import feedparser
import pytest

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.errors import SourceError
from alignwatch.pipeline import split_command, tell_changes

ALLEGED = "South Korea accused Belarus of supplying North Korea with missile launchers in 2025.\n"
DENIED = "Belarus on Thursday denied that it had supplied North Korea with missile launchers.\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "news"
    made.mkdir()
    (made / "a.txt").write_text(ALLEGED)
    return made


@pytest.fixture
def watch(folder, tmp_path, capsys):
    """Watches the folder; gives the exit code, the lines of stdout as JSON, and stderr."""

    def run(*options):
        capsys.readouterr()
        code = main(["watch", str(folder), "--store", str(tmp_path / "news.db"), *options])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines() if line[0] == "{"], err

    return run


def script(tmp_path, text):
    path = tmp_path / "hook.py"
    path.write_text(text)
    return f"{sys.executable} {path}"


def test_an_alert_tells_what_changed_once_and_by_its_exit_code(watch, folder):
    """A cron job needs no more than this."""
    code, told, _ = watch("--alert")
    assert code == 4
    assert {change["changes"][0] for change in told} == {"new"}

    assert watch("--alert")[:2] == (0, [])

    (folder / "b.txt").write_text(DENIED)
    code, told, _ = watch("--alert")
    assert code == 4
    change = next(one for one in told if one["source"] == "BLR" and one["kind"] == "arms_transfer")
    assert change["changes"] == ["denied", "weakened"]


def test_what_a_run_without_listeners_learned_is_told_by_the_next_alert(watch, folder):
    """Nobody loses news for having looked by hand in between."""
    watch("--alert")
    (folder / "b.txt").write_text(DENIED)
    assert watch("--json")[0] == 0

    assert watch("--alert")[0] == 4


def test_the_first_alert_of_an_old_store_tells_of_its_own_run_alone(watch, folder):
    """Years of news are no alarm."""
    watch("--json")

    assert watch("--alert")[:2] == (0, [])


def test_json_has_the_changes_in_its_object(watch):
    """One object stays one object."""
    code, (told,), _ = watch("--alert", "--json")

    assert code == 4
    assert {tuple(change["changes"]) for change in told["changes"]} == {("new",)}
    assert told["hook_failure"] is None


def test_a_hook_gets_the_changes_on_its_standard_input(watch, tmp_path):
    """A desk wants them in its own tool."""
    got = tmp_path / "got.jsonl"
    hook = script(tmp_path, f"import sys\nopen({str(got)!r}, 'w').write(sys.stdin.read())")

    code, told, _ = watch("--alert", "--hook", hook)

    assert code == 4
    assert [json.loads(line) for line in got.read_text().splitlines()] == told


def test_a_hook_is_not_run_where_nothing_changed(watch, tmp_path):
    """An empty message wakes people too."""
    got = tmp_path / "got"
    watch("--alert")
    code, _, _ = watch("--hook", script(tmp_path, f"open({str(got)!r}, 'w')"))

    assert (code, got.exists()) == (0, False)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("raise SystemExit(7)", "it ended with 7"),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "it ended with -9"),
        ("import sys\nsys.stdin.close()\nraise SystemExit(1)", "it ended with 1"),
    ],
)
def test_a_hook_that_fails_is_told_of_and_ends_nothing(watch, tmp_path, text, why):
    """The news is in the store, whoever listens."""
    code, told, err = watch("--alert", "--hook", script(tmp_path, text))

    assert (code, bool(told)) == (4, True)
    assert why in err
    assert "report" in err


def test_a_hook_that_is_not_there_is_told_of_too(watch):
    """A slip in a crontab is found in the log."""
    code, _, err = watch("--alert", "--hook", "/nowhere/notify --all")

    assert code == 4
    assert "could not be started" in err


def test_a_failed_hook_fails_a_strict_run(watch, tmp_path):
    """Who asks for strictness wants to know."""
    assert watch("--strict", "--hook", script(tmp_path, "raise SystemExit(1)"))[0] == 3


def test_a_hook_that_hangs_is_ended_with_all_that_it_started(watch, tmp_path):
    """A lost connection must not stop tomorrow's run."""
    mark = tmp_path / "pid"
    hook = script(
        tmp_path,
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(mark)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(600)\n",
    )

    code, _, err = watch("--alert", "--hook", hook, "--hook-seconds", "3")

    assert code == 4
    assert "it was ended after 3 s" in err
    assert not _is_alive(int(mark.read_text()))


def _is_alive(pid):
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    return True


def test_a_hook_is_no_shell(watch, tmp_path):
    """What stands in a watchlist or a page must not become a command."""
    mark = tmp_path / "mark"
    hook = f"echo $(touch {mark}); touch {mark} | touch {mark} && touch {mark}"

    assert split_command(hook)[:2] == ("echo", "$(touch")
    watch("--hook", hook)
    assert not mark.exists()


@pytest.mark.parametrize("hook", ["", "  ", "notify 'desk"])
def test_a_hook_that_is_no_command_is_wrong_usage_before_the_work(watch, tmp_path, hook):
    """A slip is told at once."""
    assert watch("--hook", hook)[0] == 2
    assert not (tmp_path / "news.db").exists()


def test_a_feed_is_written_and_keeps_what_was_told(watch, folder, tmp_path):
    """A reader that looks once a week misses nothing."""
    feed = tmp_path / "feeds" / "changes.xml"
    code, told, _ = watch("--feed", str(feed))
    assert (code, told) == (0, [])
    first = feed.read_bytes()
    watch("--feed", str(feed), "--json")
    assert feed.read_bytes() == first

    (folder / "b.txt").write_text(DENIED)
    watch("--feed", str(feed), "--json")
    read = feedparser.parse(feed.read_bytes())

    assert not read.bozo
    before = [entry.id for entry in feedparser.parse(first).entries]
    assert before == [entry.id for entry in read.entries[-len(before) :]]
    assert len(read.entries) > len(before) > 0


def test_a_feed_that_cannot_be_written_is_told_before_the_work(watch, tmp_path):
    """Hours of reading and no feed would be a bad surprise."""
    (tmp_path / "file").write_text("")

    assert watch("--feed", str(tmp_path / "file" / "feed.xml"))[0] == 5


def test_what_was_not_told_is_told_again(folder, tmp_path):
    """A kill between the news and the listener loses nothing."""
    with aw.open_store(tmp_path / "news.db") as store:
        aw.watch([folder], store=store)

        def die(_):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            tell_changes(store, write=die)
        assert tell_changes(store).changes
        assert tell_changes(store).changes == ()


def test_an_empty_store_has_nothing_to_tell(tmp_path):
    """The first run may find no page."""
    with aw.open_store(tmp_path / "news.db") as store:
        assert tell_changes(store, feed=tmp_path / "feed.xml").changes == ()
        with pytest.raises(SourceError):
            tell_changes(store, hook="")


def test_a_watchlist_tells_of_its_actors_alone(folder, tmp_path, capsys):
    """Who watches Norway is not woken for Belarus."""
    (tmp_path / "list.toml").write_text(
        'store = "news.db"\nactors = ["NOR"]\n'
        '[[sources]]\nplugin = "files"\noptions = { paths = ["news"] }\n'
    )
    (folder / "n.txt").write_text("Norway sent Ukraine tanks in 2024.\n")

    code = main(["watch", str(tmp_path / "list.toml"), "--alert"])

    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (code, {change["source"] for change in told}) == (4, {"NOR"})


def test_a_reader_that_goes_away_is_told_again(folder, tmp_path):
    """``| head -0`` is no listener."""
    command = [sys.executable, "-m", "alignwatch", "watch", str(folder), "--alert"]
    command += ["--store", str(tmp_path / "news.db")]
    reader, writer = os.pipe()
    os.close(reader)
    gone = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)

    assert gone.returncode == 1
    assert subprocess.run(command, capture_output=True, check=False).returncode == 4
