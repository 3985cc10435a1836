"""The how-to of every source: each command, watchlist and script of the page is one that works."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

import alignwatch as aw
from alignwatch.cli import _watching, main
from alignwatch.sources import Source, available_sources, load_source

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)\n```$", re.MULTILINE | re.DOTALL)
SECTIONS = dict(re.findall(r"^## `(\w+)`[^\n]*\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Have the files that the page speaks of."""
    monkeypatch.chdir(tmp_path)
    for name in ("clippings", "mail"):
        Path(name).mkdir()
    Path("mail/a.eml").write_text("Subject: x\n\nMinisters met.")
    Path("my-feeds.opml").write_text("<opml/>")
    Path("march.warc.gz").write_bytes(b"")
    return tmp_path


def test_every_installed_source_has_its_how_to():
    """With a command, a watchlist and a script."""
    assert set(available_sources()) <= set(SECTIONS)
    for section in SECTIONS.values():
        assert [kind for kind, _ in BLOCK.findall(section)] == ["sh", "toml", "python"]


@pytest.mark.parametrize("name", SECTIONS)
def test_the_watchlist_can_be_read(name, folder):
    """Its source is made with its options."""
    (text,) = (block for kind, block in BLOCK.findall(SECTIONS[name]) if kind == "toml")
    path = folder / "news.toml"
    path.write_text(text)
    (listed,) = aw.read_watchlist(path).sources

    assert listed.load().info.name == name


@pytest.mark.parametrize("name", SECTIONS)
def test_the_script_watches_the_source(name, folder, monkeypatch):
    """As far as the network."""
    watched = []
    monkeypatch.setattr(aw, "watch", lambda sources, **_: watched.extend(sources))
    (text,) = (block for kind, block in BLOCK.findall(SECTIONS[name]) if kind == "python")
    given = {"aw": aw, "load_source": load_source, "since": datetime(2026, 5, 1, tzinfo=UTC)}
    exec(text, given)

    (source,) = watched
    assert isinstance(source, Source)
    assert source.info.name == name


class StopError(aw.SourceError):
    """Ends a command before it asks anybody."""


@pytest.mark.parametrize("name", SECTIONS)
def test_the_commands_are_understood(name, folder, monkeypatch):
    """And lead to the source that they are about."""
    watched = []

    def watch(wanted, **options):
        watched.extend(wanted)
        msg = "enough"
        raise StopError(msg)

    monkeypatch.setattr(_watching, "watch_sources", watch)
    (text,) = (block for kind, block in BLOCK.findall(SECTIONS[name]) if kind == "sh")
    for line in text.splitlines():
        command, *arguments = shlex.split(line)
        assert command == "alignwatch"
        main(arguments)

    assert len(watched) >= len(text.splitlines())
    named = {str(one).partition(":")[0] for one in watched if ":" in str(one)} - {"https"}
    assert named <= {name}
