"""The command line: what goes to stdout, what to stderr, and the exit codes."""

import io
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from rich.console import Console

import alignwatch as aw
from alignwatch.cli import main

TEXT = "Japan signed a trade agreement with Vietnam in Hanoi on 3 May 2025.\n\nLeave a Comment\n"


_STARTED = "import sys; from alignwatch.cli import main; print(flush=True); sys.exit(main())"


@pytest.fixture
def folder(tmp_path):
    """Two texts, one of them no text at all."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "good.txt").write_text(TEXT)
    (texts / "bad.txt").write_bytes(b"\x00\x01\xff" * 50)
    return texts


@pytest.fixture
def store(folder, tmp_path, capsys):
    """A store that has watched the good text."""
    path = tmp_path / "store.db"
    assert main(["watch", str(folder / "good.txt"), "--store", str(path)]) == 0
    capsys.readouterr()
    return path


def run(capsys, *arguments):
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_bound_of_large_files_that_cannot_be_used_is_told(folder, tmp_path, capsys):
    """By the name of the option that it was given with."""
    for given, told in (
        ("wire_bytes=many", "--stream-limit takes NAME=NUMBER"),
        ("wire_byte=5", "there is no limit 'wire_byte'"),
        ("wire_bytes=0", "wire_bytes must be over 0"),
    ):
        code, _, err = run(
            capsys, "watch", folder, "--store", tmp_path / "s.db", "--stream-limit", given
        )

        assert code == 2
        assert told in " ".join(err.split())


def test_watch_prints_the_table_and_says_where_everything_is(folder, tmp_path, capsys):
    """The main job ends with what was found and where it is kept."""
    code, out, err = run(
        capsys, "watch", folder, "--store", tmp_path / "s.db", "--out", tmp_path / "o"
    )

    assert code == 0
    assert "JPN = VNM" in out
    assert "treaty" in out
    assert "not-text" in err
    assert str(tmp_path / "o" / "report.html") in err
    assert (tmp_path / "o" / "claims.jsonl").read_text()


def test_strict_turns_failures_into_exit_code_3(folder, tmp_path, capsys):
    """A nightly job must be able to notice."""
    assert run(capsys, "watch", folder, "--store", tmp_path / "s.db", "--strict")[0] == 3
    assert run(capsys, "extract", folder, "--strict")[0] == 3
    assert run(capsys, "clean", folder, "--strict")[0] == 3


def test_json_is_one_object_for_programs(folder, tmp_path, capsys):
    """Programs read stdout and nothing else."""
    out = run(capsys, "watch", folder, "--store", tmp_path / "s.db", "--json")[1]
    told = json.loads(out)

    assert told["health"][0]["stored"] == 1
    assert [failure["reason"] for failure in told["failures"]] == ["not-text"]


def test_the_second_watch_has_nothing_new(folder, tmp_path, capsys):
    """What is known is not read again."""
    run(capsys, "watch", folder / "good.txt", "--store", tmp_path / "s.db")

    assert (
        "nothing new" in run(capsys, "watch", folder / "good.txt", "--store", tmp_path / "s.db")[2]
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["watch"],
        ["watch", "no/such/path"],
        ["watch", "--no-such-option"],
        ["wacth"],
        ["extract"],
        ["extract", "no/such/path"],
        ["clean", "x", "--format", "pdf"],
        ["watch", "x", "--resolve", "nonsense"],
        ["watch", "x", "--since", "yesterday"],
    ],
)
def test_wrong_usage_exits_2_and_says_why(arguments, capsys):
    """The message says what was wrong, and stdout stays clean."""
    code, out, err = run(capsys, *arguments)

    assert code == 2
    assert err.strip()
    assert not out


def test_a_live_host_without_a_contact_exits_2_with_the_line_to_type(tmp_path, capsys, monkeypatch):
    """Whoever asks a live host must say who they are."""
    monkeypatch.delenv("ALIGNWATCH_CONTACT", raising=False)
    code, _, err = run(
        capsys, "watch", "https://ledger.example/feed.xml", "--store", tmp_path / "s.db"
    )

    assert code == 2
    assert "--contact" in err


def test_a_store_that_is_none_exits_5_and_is_left_alone(tmp_path, folder, capsys):
    """Somebody's file must survive a wrong path."""
    path = tmp_path / "notes.db"
    path.write_text("my notes")

    assert run(capsys, "watch", folder, "--store", path)[0] == 5
    assert run(capsys, "show", "--store", path)[0] == 5
    assert run(capsys, "show", "--store", tmp_path / "absent.db")[0] == 5
    assert path.read_text() == "my notes"
    assert not (tmp_path / "absent.db").exists()


def test_extract_prints_claims_that_read_back(folder, capsys):
    """JSON Lines in the wire format, one claim a line."""
    out = run(capsys, "extract", folder / "good.txt")[1]
    [claim] = aw.read_claims(io.StringIO(out))

    assert (claim.article, claim.source, claim.target) == ("good.txt", "JPN", "VNM")
    assert claim.url is None


def test_extract_takes_what_clean_prints(folder, tmp_path, capsys):
    """Two commands in a row give what one gives."""
    cleaned = run(capsys, "clean", "--format", "jsonl", folder)[1]
    (tmp_path / "clean.jsonl").write_text(cleaned)

    assert run(capsys, "extract", tmp_path / "clean.jsonl")[1] == run(capsys, "extract", folder)[1]


def test_clean_explains_what_it_removed_and_why(folder, capsys):
    """A reader who misses a sentence must find who took it."""
    told = run(capsys, "clean", "--explain", folder)[1]

    assert "-]{comment-prompt: label or prompt of a comment form}" in told


def test_clean_keeps_what_a_rule_would_take(folder, capsys):
    """Any rule can be turned off, and any be tried alone."""
    assert "Comment" in run(capsys, "clean", "--keep", "comment-prompt", folder)[1]
    assert "Comment" in run(capsys, "clean", "--only", "markdown", folder)[1]
    assert run(capsys, "clean", "--keep", "comments", folder)[0] == 2


def test_clean_takes_rules_from_a_file(folder, tmp_path, capsys):
    """Every site has a line that only its readers know."""
    rules = tmp_path / "own.toml"
    rules.write_text("[own-line]\nlines = ['a phrase']")

    code, _, told = run(capsys, "clean", "--rules-file", rules, folder)

    assert code == 2
    assert "a rule takes line" in told


def test_the_rules_are_listed_with_an_example_each(capsys):
    """A name alone does not tell what a rule takes."""
    assert "for example: Skip to content" in run(capsys, "clean", "--rules")[1]


def test_clean_prints_text_without_the_junk(folder, capsys):
    """The text for a reader, the record for a program."""
    assert "Comment" not in run(capsys, "clean", folder)[1]
    record = json.loads(run(capsys, "clean", "--format", "jsonl", folder)[1])

    assert record["removed"]
    assert record["article"] == "good.txt"


def test_standard_input_is_read_as_text_or_as_json_lines(capsys, monkeypatch):
    """A pipe is the shortest way to try something."""
    for content in (TEXT, json.dumps({"id": "x", "text": TEXT}) + "\n"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert '"JPN"' in run(capsys, "extract", "-")[1]


def test_show_gives_all_an_actor_a_pair_and_a_claim(store, capsys):
    """From the table down to the words it rests on."""
    table = run(capsys, "show", "--store", store)[1]
    pair = run(capsys, "show", "vnm", "jpn", "--store", store)[1]
    [tie] = [
        json.loads(line) for line in run(capsys, "show", "--store", store, "--json")[1].splitlines()
    ]
    claim = run(capsys, "show", tie["claims"][0]["id"], "--store", store)[1]

    assert "JPN = VNM" in table
    assert "[[Japan signed" in pair
    assert "[[Japan signed" in claim
    assert not run(capsys, "show", "FRA", "--store", store)[1]
    assert run(capsys, "show", "0" * 20, "--store", store)[0] == 2


def test_export_gives_json_lines_and_csv(store, tmp_path, capsys):
    """Other tools take over from here."""
    lines = run(capsys, "export", "jsonl", "--store", store)[1]
    assert [claim.source for claim in aw.read_claims(io.StringIO(lines))] == ["JPN"]
    for what in ("claims", "relationships"):
        assert "JPN" in run(capsys, "export", "csv", "--what", what, "--store", store)[1]
    for what in ("articles", "documents", "relationships"):
        assert json.loads(run(capsys, "export", "jsonl", "--what", what, "--store", store)[1])
    assert run(capsys, "export", "csv", "--what", "articles", "--store", store)[0] == 2
    assert run(capsys, "export", "jsonl", "--store", store, "--out", tmp_path / "c.jsonl")[0] == 0
    assert (tmp_path / "c.jsonl").read_text() == lines


def test_compare_lays_partners_side_by_side(store, capsys):
    """The table that articles print, with a quote for every cell."""
    table = run(capsys, "compare", "Japan", "Vietnam", "FRA", "--store", store)[1]
    told = json.loads(run(capsys, "compare", "JPN", "VNM", "FRA", "--store", store, "--json")[1])

    assert "asserted, 1 article" in table
    assert "[1] Japan signed" in table
    assert [row["side"] for row in told["rows"]] == ["mutual"]
    assert [cell is None for cell in told["rows"][0]["cells"]] == [False, True]
    assert run(capsys, "compare", "JPN", "JPN", "--store", store)[0] == 2
    assert run(capsys, "compare", "JPN", "--store", store)[0] == 2
    assert "no tie" in run(capsys, "compare", "NOR", "FRA", "--store", store)[2]


@pytest.mark.parametrize(
    ("form", "module"),
    [
        *(("stix", None), ("ftm", None), ("events", None), ("panel", None)),
        *(("graphml", "networkx"), ("gexf", "networkx"), ("parquet", "pyarrow")),
    ],
)
def test_export_writes_every_format_for_other_tools(store, tmp_path, capsys, form, module):
    """Each tool has its own; a file appears whole or not at all."""
    if module:
        pytest.importorskip(module, reason=f"{module} is not installed")
    out = tmp_path / f"out.{form}"

    assert run(capsys, "export", form, "--store", store, "--out", out)[0] == 0
    assert b"JPN" in out.read_bytes()
    assert run(capsys, "export", form, "--store", store, "--what", "documents")[0] == 2
    if form == "parquet":
        assert run(capsys, "export", form, "--store", store)[0] == 2
    else:
        assert run(capsys, "export", form, "--store", store)[1] == out.read_bytes().decode()


def test_report_reprocess_and_forget_work_on_a_store(store, tmp_path, capsys):
    """The rest of a store's life."""
    assert run(capsys, "report", "--store", store, "--out", tmp_path / "r.html")[0] == 0
    assert "<html" in (tmp_path / "r.html").read_text()
    assert "1 article read anew" in run(capsys, "reprocess", "--store", store)[2]
    url = (tmp_path / "texts" / "good.txt").as_uri()
    assert "1 article, " in run(capsys, "forget", url, "--store", store, "--yes")[2]
    assert not run(capsys, "export", "jsonl", "--store", store)[1]


def test_sources_names_what_is_installed(capsys):
    """A user must see which plugins alignwatch sees."""
    out = run(capsys, "sources")[1]

    assert {"files", "pages", "rss"} <= {line.split()[0] for line in out.splitlines()}


def test_fetch_prints_articles_and_keeps_nothing(newsroom, capsys):
    """A look at one page, politely."""
    host = "meridian-wire.example"
    resolve = f"{host}={newsroom.resolve[host]}"
    good, gone = f"http://{host}/2026/01/14/caspian-transit-treaty", f"http://{host}/gone"
    code, out, err = run(capsys, "fetch", good, gone, "--resolve", resolve, "--strict")
    [article] = aw.read_articles(io.StringIO(out))

    assert code == 3
    assert article.url == good
    assert "404" in err


def test_help_teaches(capsys):
    """Every command says what it does and what its options mean."""
    for command in ("watch", "fetch", "clean", "extract", "show", "export", "report", "forget"):
        code, out, _ = run(capsys, command, "--help")
        assert code == 0
        assert "--" in out


def test_ctrl_c_ends_within_moments_with_everything_so_far_stored(newsroom, tmp_path):
    """A person who stops a run must not lose what it had."""
    resolve = [f"--resolve={host}={address}" for host, address in newsroom.resolve.items()]
    command = [
        *(sys.executable, "-m", "alignwatch", "watch", newsroom.feed_url, *resolve),
        *("--delay=0.5", f"--store={tmp_path / 's.db'}"),
    ]
    # a shell lets its background jobs ignore Ctrl-C, and those pass that on
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    child = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    signal.signal(signal.SIGINT, before)
    while len(newsroom.requests) < 6:
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)

    assert child.returncode == 130
    assert b"everything so far is stored" in err
    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        assert store.counts().pending > 0


def test_impatient_ctrl_c_at_any_moment_shows_no_traceback(folder, tmp_path):
    """Who presses it twice, or while Python still loads, is not told about its inside."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-c", _STARTED, "watch", folder, f"--store={tmp_path / 's.db'}"]
    children = []
    for wait_s in (0.05, 0.1, 0.2, 0.4, 0.8):
        child = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        child.stdout.readline()
        time.sleep(wait_s)
        for _ in range(5):
            child.send_signal(signal.SIGINT)
            time.sleep(0.01)
        children.append(child)
    signal.signal(signal.SIGINT, before)

    for child in children:
        assert b"Traceback" not in child.communicate(timeout=60)[1]
        # the last one: while Python itself starts or ends, the signal ends the process
        assert child.returncode in (0, 130, -signal.SIGINT)


def test_a_reader_that_goes_away_is_no_error(store):
    """``alignwatch show | head`` is daily bread."""
    command = f"{sys.executable} -m alignwatch export jsonl --what documents --store {store} | true"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, check=False, env={**os.environ}
    )

    assert b"Traceback" not in done.stderr


def test_show_knows_actors_by_their_names(store, capsys):
    """Not everybody knows that North Korea is PRK."""
    for name in ("japan", "JPN", "Tokyo", "  Japan "):
        assert "JPN = VNM" in run(capsys, "show", name, "--store", store)[1]
    code, out, err = run(capsys, "show", "Japann", "--store", store)
    assert (code, out) == (2, "")
    assert "Japan" in err
    code, out, err = run(capsys, "show", "France", "Japan", "--store", store)
    assert (code, out) == (0, "")
    assert "no tie of FRA with JPN" in err


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_the_table_fits_the_screen_and_shows_the_evidence(store, capsys, monkeypatch, columns):
    """On a narrow screen the quote stands below its row, not in a column of five characters."""
    monkeypatch.setattr("alignwatch.cli._screen.make_console", lambda: Console(width=columns))
    lines = run(capsys, "show", "--store", store)[1].splitlines()

    assert max(map(len, lines)) <= columns
    assert "latest" in lines[0]
    assert any("Japan signed a trade agreement with" in line for line in lines)
    assert len(lines) == (2 if columns > 100 else 3)


@pytest.mark.parametrize("command", [("watch", "gone.toml"), ("review", "import", "gone.jsonl")])
def test_a_file_that_is_not_there_is_wrong_usage(command, tmp_path, monkeypatch, capsys):
    """1 would say that nobody takes the output."""
    monkeypatch.chdir(tmp_path)
    code, _, said = run(capsys, *command)

    assert code == 2
    assert f"{command[-1]} cannot be read: No such file" in said


def test_verdicts_that_are_no_text_are_wrong_usage(store, tmp_path, capsys):
    """A picture in their place is no mistake of alignwatch."""
    (tmp_path / "verdicts.jsonl").write_bytes(b"\x89PNG\r\n")
    code, _, said = run(capsys, "review", "import", tmp_path / "verdicts.jsonl", "--store", store)

    assert code == 2
    assert "no text in UTF-8" in said


@pytest.mark.parametrize(
    "command", [("reprocess",), ("forget", "news.example", "--yes"), ("review",)]
)
def test_a_store_whose_name_is_mistyped_is_not_made(command, tmp_path, capsys):
    """Whoever takes a page down must not be told that it is done, in an empty store."""
    code, _, said = run(capsys, *command, "--store", tmp_path / "typo.db")

    assert code == 5
    assert "there is no store" in said
    assert not list(tmp_path.iterdir())
