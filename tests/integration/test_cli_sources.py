"""``alignwatch sources``: what an author and a user of plugins see."""

import json

import pytest
from servers import answer, serve

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


LISTING = """<rss version="2.0"><channel><title>x</title><item><title>Ferry line</title>
<link>http://desk.example/a</link></item></channel></rss>"""
ARTICLE = """<html><head><title>Ferry line</title></head><body><article>
<p>Estonia and Finland signed an agreement on a ferry line on Monday.</p></article></body></html>"""


def visit(site, capsys, *more):
    code = main(
        [
            *("sources", "check", "rss", "--option", "urls=http://desk.example/feed", "--live"),
            *("--resolve", f"desk.example={site.address}", *more),
        ]
    )
    return code, capsys.readouterr().out


def test_check_visits_the_real_site_on_request(capsys):
    """The first run on a site of somebody else's should not be the real one."""
    with serve() as site:
        site.routes["/feed"] = answer(LISTING, media_type="application/rss+xml")
        site.routes["/a"] = answer(ARTICLE)
        code, told = visit(site, capsys)

        assert (code, site.paths) == (0, ["/feed", "/a"])
    assert "ok      discovers" in told
    assert "ok      reads http://desk.example/a" in told
    assert "Ferry line" in told
    assert "desk.example" in told.splitlines()[-1]


def test_a_visit_tells_what_failed(capsys):
    """And exits with 3."""
    with serve() as site:
        site.routes["/feed"] = answer(LISTING, media_type="application/rss+xml")
        code, told = visit(site, capsys)
        assert code == 3
        assert "http-status" in told

        site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /", media_type="text/plain")
        before = len(site.paths)
        code, told = visit(site, capsys)
        assert (code, len(site.paths)) == (3, before)
        assert "robots-refused" in told


def test_a_visit_needs_a_contact(capsys):
    """Live hosts may know who asks."""
    code = main(["sources", "check", "rss", "--option", "urls=http://93.184.215.14/", "--live"])

    assert code != 0
    told = capsys.readouterr()
    assert "contact" in told.out + told.err


def test_a_visit_is_bounded(capsys):
    """A list of a hundred feeds is not read to see whether a source works."""
    names = [f"desk{at}.example" for at in range(20)]
    outlines = "".join(f'<outline xmlUrl="http://{name}/{name}"/>' for name in names)
    with serve() as site:
        site.routes["/feed"] = answer(f"<opml><body>{outlines}</body></opml>")
        for name in names:
            site.routes[f"/{name}"] = answer(LISTING.replace("desk.example/a", f"{name}/a"))
        leads = [f"{name}={site.address}" for name in names]
        _, told = visit(site, capsys, *(part for lead in leads for part in ("--resolve", lead)))

        assert "found   9" in told, told
        assert len([path for path in site.paths if path != "/a"]) == 10
        assert len([path for path in site.paths if path == "/a"]) == 3
