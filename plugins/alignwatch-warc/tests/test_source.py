"""The source as the pipeline uses it."""

import contextlib
import pickle
from datetime import UTC, datetime

import pytest

import alignwatch as aw
from alignwatch.errors import EmptyTextError, FetchError, ParseError, SourceError
from alignwatch.fetch import PageStream
from alignwatch.model import Page
from alignwatch.sources import (
    CONTRACT_VERSION,
    FAILURE_TYPE,
    Source,
    describe_sources,
    load_source,
    read_listing_failure,
)
from alignwatch_warc import WarcSource

URL = "http://archive.example/news.warc.gz"


class Getter:
    """No host at all."""

    def get(self, url, *, conditional=True):
        raise AssertionError(url)


class Streamer(Getter):
    """One archive at an address, whose connection may break."""

    def __init__(self, content, *, breaks=(), is_unchanged=False):
        self.content = content
        self.breaks = list(breaks)
        self.status = 304 if is_unchanged else 200
        self.asked = []

    @contextlib.contextmanager
    def stream(self, url, *, offset=0, conditional=True):
        self.asked.append(offset)
        page = Page(url=url, content=b"", status=self.status)
        yield PageStream(page=page, chunks=self._send(offset))

    def _send(self, offset):
        end = self.breaks.pop(0) if self.breaks else len(self.content)
        for at in range(offset, end, 100):
            yield self.content[at : min(at + 100, end)]
        if end < len(self.content):
            msg = "the connection broke off"
            raise FetchError(msg)


def discover(*paths, getter=None, since=None, found=None, **options):
    pages = [] if found is None else found
    for page in WarcSource(paths, **options).discover(getter or Getter(), since=since):
        pages.append(page)
    return pages


def names(pages):
    return [page.url.rpartition("/")[2] for page in pages if page.media_type != FAILURE_TYPE]


@pytest.fixture
def archive(tmp_path, archives):
    path = tmp_path / "news.warc.gz"
    records = [archives.page(n, date=f"2026-03-0{n + 1}T08:00:00Z") for n in range(5)]
    path.write_bytes(archives.zip(*records))
    return path


def test_the_plugin_is_installed_under_its_name():
    """That is how a watchlist names it."""
    source = load_source("warc", paths="news.warc.gz")

    assert isinstance(source, Source)
    assert source == WarcSource("news.warc.gz")
    assert source.info.contract == CONTRACT_VERSION
    assert {one.name: one.distribution for one in describe_sources()}["warc"] == "alignwatch-warc"
    assert pickle.loads(pickle.dumps(source)) == source


def test_pages_come_finished_each_address_once(archive, tmp_path, archives):
    """Nothing is fetched anew, and an address that was crawled twice is one article."""
    more = tmp_path / "more.warc"
    more.write_bytes(archives.page(4) + archives.page(5))

    pages = discover(archive, more)

    assert names(pages) == ["0", "1", "2", "3", "4", "5"]
    assert "Story 0" in WarcSource(()).parse(pages[0]).text


def test_what_was_crawled_before_since_is_left_out(archive):
    """Archives are large, and the past is known."""
    assert names(discover(archive, since=datetime(2026, 3, 3, 8, tzinfo=UTC))) == ["2", "3", "4"]


def test_patterns_and_bounds_choose_the_pages(archive):
    """CC-NEWS has every outlet of the world."""
    assert names(discover(archive, include=[r"/[1-3]$"], exclude="/2")) == ["1", "3"]
    assert names(discover(archive, max_pages=2)) == ["0", "1"]


def test_reading_goes_on_where_it_stopped(archive, archives):
    """By the place that an earlier run told of."""
    records = [archives.page(n, date=f"2026-03-0{n + 1}T08:00:00Z") for n in range(5)]

    assert names(discover(archive, offset=archives.offsets(*records)[3])) == ["3", "4"]


def test_a_broken_archive_does_not_hide_the_others(archive, tmp_path):
    """All that can be read is yielded, then the failures are told."""
    (tmp_path / "empty.warc").write_bytes(b"")
    found = discover(tmp_path / "missing.warc", tmp_path / "empty.warc", archive)

    assert names(found) == ["0", "1", "2", "3", "4"]
    failures = [read_listing_failure(page) for page in found[5:]]
    assert [type(one) for one in failures] == [ParseError, EmptyTextError]
    assert [one.url.rpartition("/")[2] for one in failures] == ["missing.warc", "empty.warc"]


def test_where_no_archive_can_be_read_the_source_fails(tmp_path):
    """A wrong folder is one mistake, and all of it."""
    with pytest.raises(ParseError, match="No such file") as caught:
        discover(tmp_path / "a.warc", tmp_path / "b.warc")

    assert "b.warc" in caught.value.__notes__[0]


def test_an_archive_at_an_address_is_streamed_once(archive):
    """A gigabyte is not asked for twice."""
    streamer = Streamer(archive.read_bytes())

    assert names(discover(URL, getter=streamer)) == ["0", "1", "2", "3", "4"]
    assert streamer.asked == [0]


def test_a_connection_that_breaks_is_taken_up_at_the_last_record(archive):
    """An hour of reading is not lost to a second of silence."""
    content = archive.read_bytes()
    streamer = Streamer(content, breaks=[700, 1100])

    assert names(discover(URL, getter=streamer)) == ["0", "1", "2", "3", "4"]
    assert len(streamer.asked) == 3
    assert streamer.asked == sorted(streamer.asked)


def test_a_connection_that_breaks_for_good_tells_where_to_go_on(archive):
    """The person may try it another day."""
    streamer = Streamer(archive.read_bytes(), breaks=[700] * 9)
    found = []

    with pytest.raises(FetchError, match="broke off") as caught:
        discover(URL, getter=streamer, found=found)

    assert caught.value.url == URL
    (note,) = caught.value.__notes__
    offset = int(note.rpartition("=")[2])
    rest = discover(URL, getter=Streamer(archive.read_bytes()), offset=offset)
    assert sorted({*names(found), *names(rest)}) == ["0", "1", "2", "3", "4"]


def test_an_archive_that_did_not_change_yields_nothing(archive):
    """The second run asks once."""
    streamer = Streamer(archive.read_bytes(), is_unchanged=True)

    assert discover(URL, getter=streamer) == []
    assert streamer.asked == [0]


def test_a_getter_without_streams_is_told():
    """Addresses need more than files do."""
    with pytest.raises(FetchError, match="streams"):
        discover(URL)


def test_a_watch_stores_pages_once_and_counts_failures(tmp_path, archive):
    """From the first run to the second, as users see it."""
    archive.write_bytes(archive.read_bytes()[:-40])
    nobody = {"wire.example": "127.0.0.1:9"}  # who says nothing of rights that he reserves
    with aw.open_store(tmp_path / "a.db") as store:

        def watch():
            return aw.watch([f"warc:{archive}"], store=store, resolve=nobody, delay_s=0)

        first, second = watch(), watch()

    assert (first.stored, second.stored) == (4, 0)
    assert [failure.reason for failure in first.failures] == ["not-parsed"]
    assert "cut off" in first.failures[0].message


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"paths": "a.warc", "include": "("},
        {"paths": "a.warc", "max_pages": 0},
        {"paths": "a.warc", "offset": -1},
        {"paths": ["a.warc", "b.warc"], "offset": 7},
    ],
)
def test_options_that_cannot_be_used_are_told(options):
    """A watchlist is written by people."""
    with pytest.raises(SourceError):
        load_source("warc", **options)
