"""``alignwatch sources``: what an author and a user of plugins see."""

import json

import pytest

from alignwatch.cli import main
from alignwatch.sources import available_sources


def run(capsys, *arguments):
    code = main(["sources", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("arguments", [(), ("list",)])
def test_the_installed_sources_are_listed(arguments, capsys):
    """Without another word too, as it has always been."""
    code, out, _ = run(capsys, *arguments)

    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(available_sources())


@pytest.mark.parametrize("arguments", [("--json",), ("list", "--json")])
def test_the_list_comes_as_json_lines(arguments, capsys):
    """For programs."""
    _, out, _ = run(capsys, *arguments)
    records = [json.loads(line) for line in out.splitlines()]

    assert {"name": "files", "version": "0.1.0", "error": None} in records


def test_a_source_is_shown_with_its_options(capsys):
    """A watchlist's author must know what can be said."""
    _, out, _ = run(capsys, "info", "rss")
    code, told, _ = run(capsys, "info", "rss", "--json")
    record = json.loads(told)

    assert code == 0
    assert "distribution  alignwatch-rss" in out
    assert "option        urls:" in out
    assert record["options"][0]["name"] == "urls"
    assert record["options"][0]["default"] is None
    assert record["about"].startswith("Articles that feeds tell of")


@pytest.mark.parametrize("word", ["info", "check"])
def test_an_unknown_source_is_told_with_the_known_ones(word, capsys):
    """Mostly it is a slip of the finger."""
    code, out, err = run(capsys, word, "rrs")

    assert (code, out) == (2, "")
    assert err.startswith("alignwatch: no source named 'rrs' is installed")
    assert "Did you mean 'rss'?" in err


def test_a_sound_source_is_found_sound(capsys):
    """It asks no host."""
    code, out, _ = run(capsys, "check", "pages", "--option", "urls=https://desk.example/a")
    _, told, _ = run(
        capsys, "check", "pages", "--json", "--option", "urls=http://a.example", "--option", "urls=http://b.example"
    )  # fmt: skip

    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == ["ok"] * 5
    assert {json.loads(line)["error"] for line in told.splitlines()} == {None}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "add --option urls=VALUE"),
        (("--option", "urls"), "--option takes KEY=VALUE, got 'urls'"),
    ],
)
def test_a_source_that_needs_options_says_which(options, said, capsys):
    """Rather than with a Python message."""
    code, _, err = run(capsys, "check", "pages", *options)

    assert code == 2
    assert said in err


def test_a_source_that_cannot_be_made_is_broken(capsys):
    """Exit code 3: something is wrong, and scripts may care."""
    code, out, _ = run(
        capsys, "check", "pages", "--option", "urls=https://a.example", "--option", "speed=9"
    )

    assert code == 3
    assert "has no option 'speed'" in out


def test_a_new_source_is_written_and_the_next_step_told(capsys, tmp_path, monkeypatch):
    """The files go to stdout, the talk to stderr."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, "new", "riga-times", "--site", "https://riga-times.example")

    assert code == 0
    assert "alignwatch-riga-times/pyproject.toml" in out.splitlines()
    assert all((tmp_path / line).is_file() for line in out.splitlines())
    assert "pip install -e alignwatch-riga-times" in err


def test_a_second_new_overwrites_nothing(capsys, tmp_path, monkeypatch):
    """It says what is in its way."""
    monkeypatch.chdir(tmp_path)
    run(capsys, "new", "riga", "--site", "https://riga.example")
    code, out, err = run(capsys, "new", "riga", "--site", "https://riga.example")

    assert (code, out) == (2, "")
    assert "alignwatch-riga exists already" in err
