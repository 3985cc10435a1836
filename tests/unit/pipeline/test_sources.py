"""What a person names, as sources."""

from contextlib import contextmanager

import pytest

from alignwatch.errors import FetchError, SourceError
from alignwatch.fetch import PageStream, Validators
from alignwatch.model import Page
from alignwatch.pipeline._fetched import Fetched
from alignwatch.pipeline._sources import Watched, plan_sources
from alignwatch.sources import FilesSource, PagesSource, required_options
from alignwatch.store import open_store


class Getter:
    def __init__(self):
        self.asked = []

    def get(self, url, *, conditional=True):
        self.asked.append(url)
        return Page(url=url, content=b"x", etag='"1"')


@pytest.fixture
def plan(tmp_path):
    with open_store(tmp_path / "a.db") as store:
        yield lambda *wanted: tuple(plan_sources(wanted, getter=Getter(), store=store))


def test_a_source_is_named_with_its_address(plan):
    """Whoever has installed a plugin wants to try it from the command line."""
    url = "http://gazette.example/a"

    assert plan(f"pages:{url}") == (Watched(name=f"pages:{url}", source=PagesSource(url)),)


def test_a_file_is_a_file_though_its_name_has_a_colon(plan, tmp_path, monkeypatch):
    """What is there is meant."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages:notes.txt").write_text("Ministers meet.")

    assert [watched.name for watched in plan("pages:notes.txt")] == ["files"]
    assert plan("files:pages:notes.txt") == (
        Watched(name="files:pages:notes.txt", source=FilesSource("pages:notes.txt")),
    )


@pytest.mark.parametrize(
    "item", ["nothing/here", "nosuch:" + "x" * 300, "nosuch:http://a.example/", "pages:", ":x"]
)
def test_what_is_nothing_is_told_with_what_there_is(plan, item):
    """A slip of the keyboard is found at once."""
    with pytest.raises(SourceError, match=r"no such file or folder.*pages:"):
        plan(item)


def test_required_options_are_those_without_a_default():
    """They are what must be said."""
    assert required_options("pages") == ("urls",)


def test_what_was_asked_for_in_full_keeps_no_validators():
    """A source that must see a listing each time would be told "unchanged" otherwise."""
    getter = Getter()
    fetched = Fetched(getter)
    fetched.get("http://a.example/1")
    fetched.get("http://a.example/2")
    fetched.get("http://a.example/2", conditional=False)

    assert fetched.listings() == {"http://a.example/1": Validators(etag='"1"')}
    assert getter.asked == ["http://a.example/1", "http://a.example/2"]


class Streamer(Getter):
    @contextmanager
    def stream(self, url, *, offset=0, conditional=True):
        self.asked.append((url, offset))
        page = Page(url=url, content=b"", etag='"2"')
        yield PageStream(page=page, chunks=iter([b"one", b"two"]))


def test_a_large_file_counts_as_known_once_it_was_read_to_its_end():
    """A kill in the middle must not lose the rest of it."""
    fetched = Fetched(Streamer())
    with fetched.stream("http://a.example/1") as found:
        next(found.chunks)
    assert fetched.listings() == {}

    with fetched.stream("http://a.example/1", offset=3) as found:
        assert list(found.chunks) == [b"one", b"two"]
    assert fetched.listings() == {"http://a.example/1": Validators(etag='"2"')}
    fetched.clear()
    assert fetched.listings() == {}


def test_a_getter_without_streams_says_so():
    """Sources of large files ask for them."""
    with pytest.raises(FetchError, match="stream"), Fetched(Getter()).stream("http://a.example/"):
        pass
