"""A new source plugin: what is written works as it is."""

import os
import re
import subprocess
import sys
import tomllib

import pytest

from alignwatch.errors import SourceError
from alignwatch.scaffold import write_plugin
from alignwatch.testing import SourceContract


def _run(*arguments, cwd, **environment):
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "alignwatch-riga-times"
    return write_plugin("riga-times", site="https://riga-times.example/any/path", folder=folder)


@pytest.fixture(scope="module")
def installed(plugin, tmp_path_factory):
    """The plugin as pip installs it, in a folder of its own."""
    target = tmp_path_factory.mktemp("site")
    offline = ("--no-index", "--no-deps", "--no-build-isolation", "--quiet")
    done = _run("-m", "pip", "install", *offline, "--target", target, plugin, cwd=target)
    assert done.returncode == 0, done.stderr
    return target


def test_it_is_a_whole_distribution(plugin):
    """Nobody has to know what belongs to one."""
    written = {path.relative_to(plugin).as_posix() for path in plugin.rglob("*") if path.is_file()}

    assert written == {
        "CHANGELOG.md",
        "README.md",
        "pyproject.toml",
        "src/alignwatch_riga_times/__init__.py",
        "src/alignwatch_riga_times/_source.py",
        "src/alignwatch_riga_times/py.typed",
        "tests/pages/ferry-line.html",
        "tests/pages/ferry-line.json",
        "tests/pages/listing.html",
        "tests/pages/site.json",
        "tests/test_contract.py",
    }
    assert not [
        path for path in plugin.rglob("*.*") if re.search(r"@\w+@", path.read_text("utf-8"))
    ]


def test_its_project_file_names_the_entry_point(plugin):
    """That is all that ties it to alignwatch."""
    project = tomllib.loads((plugin / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["name"] == "alignwatch-riga-times"
    assert project["entry-points"]["alignwatch.sources"] == {
        "riga-times": "alignwatch_riga_times:RigaTimesSource"
    }


def test_its_tests_pass_at_once(plugin, installed):
    """An author starts from green, with every test of the kit."""
    tests = [name for name in vars(SourceContract) if name.startswith("test_")]
    arguments = ("-q", "-p", "no:cacheprovider", "-W", "error", "-c", os.devnull)
    done = _run(
        *("-m", "pytest", *arguments, plugin / "tests"), cwd=plugin, PYTHONPATH=str(installed)
    )

    assert f"{len(tests)} passed" in done.stdout, done.stdout + done.stderr


def test_the_command_line_knows_it_and_finds_it_sound(installed, tmp_path):
    """`sources` is how an author sees that the installation worked."""
    code = "from alignwatch.cli import main; raise SystemExit(main(['sources', *{!r}]))"
    told = {
        word: _run("-c", code.format([word, "riga-times"]), cwd=tmp_path, PYTHONPATH=str(installed))
        for word in ("info", "check")
    }

    assert told["info"].returncode == told["check"].returncode == 0
    assert "listing: str (default 'https://riga-times.example/')" in told["info"].stdout
    assert "BROKEN" not in told["check"].stdout


def test_its_code_is_typed_and_clean(plugin):
    """What is generated is read as an example."""
    source = plugin / "src" / "alignwatch_riga_times"
    done = _run("-m", "compileall", "-q", source, cwd=plugin)

    assert done.returncode == 0
    assert max(map(len, (source / "_source.py").read_text("utf-8").splitlines())) <= 100


@pytest.mark.parametrize(
    ("name", "site"),
    [
        *((name, "https://a.example") for name in ("", "Riga", "riga_times", "-a", "a-", "1a")),
        *((name, "https://a.example") for name in ("../a", "a b", "files", "ähm")),
        *(("riga", site) for site in ("", "riga.example", "ftp://a.example", "https://", "/x")),
        *(("riga", site) for site in ('https://a"b.example', "https://u:p@a.example", "http://[x")),
    ],
)
def test_what_cannot_be_a_name_or_a_site_is_refused(name, site, tmp_path):
    """It would become a package name, a path and a string in Python."""
    with pytest.raises(SourceError, match=r"got|installed already"):
        write_plugin(name, site=site, folder=tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten(tmp_path):
    """A second call must not cost a day of work."""
    (tmp_path / "mine.py").write_text("work")

    with pytest.raises(SourceError, match="not empty"):
        write_plugin("riga", site="https://a.example", folder=tmp_path)
