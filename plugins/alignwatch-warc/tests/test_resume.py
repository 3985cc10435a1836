"""Archives are read once, however many runs that takes."""

import contextlib
import gzip
import json
from datetime import UTC, datetime

import pytest

import alignwatch as aw
from alignwatch.errors import FetchError, PageError, ParseError, TooLargeError
from alignwatch.fetch import PageStream
from alignwatch.model import Page
from alignwatch.sources import FAILURE_TYPE
from alignwatch_warc import WarcSource

URL = "http://archive.example/news.warc.gz"
LIST = "http://archive.example/crawl/2026/03/warc.paths.gz"


class Desk:
    """A host with files at addresses, which keeps bookmarks as a run does."""

    def __init__(self, **files):
        self.files = files
        self.asked = []
        self.places = {}
        self.breaks_at = None
        self.etag = '"1"'

    def get(self, url, *, conditional=True):
        self.asked.append(url)
        return Page(url=url, content=self.files["list"])

    @contextlib.contextmanager
    def stream(self, url, *, offset=0, conditional=True):
        self.asked.append((url, offset))
        content = self.files[url.rpartition("/")[2].partition(".")[0]]
        page = Page(url=url, content=b"", etag=self.etag)
        yield PageStream(page=page, chunks=self._send(content, offset))

    def _send(self, content, offset):
        for at in range(offset, len(content), 100):
            if self.breaks_at is not None and at >= self.breaks_at:
                msg = "the connection broke off"
                raise FetchError(msg)
            yield content[at : at + 100]

    def bookmark(self, url):
        return self.places.get(url)

    def keep_bookmark(self, url, place):
        self.places[url] = place


@pytest.fixture
def content(archives):
    return archives.zip(*(archives.page(n, date=f"2026-03-0{n + 1}T08:00:00Z") for n in range(5)))


@pytest.fixture
def archive(tmp_path, content):
    path = tmp_path / "news.warc.gz"
    path.write_bytes(content)
    return path


def discover(desk, *paths, since=None, most=99, **options):
    """Read as a run does that ends after *most* pages."""
    pages = WarcSource(paths, **options).discover(desk, since=since)
    found = []
    for page in pages:
        found.append(page)
        if len(found) >= most:
            break
    return [page.url.rpartition("/")[2] for page in found if page.media_type != FAILURE_TYPE]


def test_a_file_is_read_once(archive):
    """A folder of archives grows by one a day, and the others are known."""
    desk = Desk()

    assert discover(desk, archive) == list("01234")
    assert discover(desk, archive) == []


def test_a_run_that_ends_in_the_middle_is_taken_up(archive):
    """The page that was being read when the run was killed comes again, and no other."""
    desk = Desk()

    assert discover(desk, archive, most=3) == list("012")
    assert discover(desk, archive) == list("234")
    assert discover(desk, archive) == []


def test_a_bound_on_pages_slices_an_archive(archive):
    """A thousand pages a night, until all are read."""
    desk = Desk()
    runs = [discover(desk, archive, max_pages=2) for _ in range(4)]

    assert runs == [list("01"), list("23"), list("4"), []]


def test_who_wants_other_pages_gets_them(archive):
    """A choice of outlets, or an earlier time, is a new wish; the same one is not."""
    desk = Desk()
    march = datetime(2026, 3, 3, tzinfo=UTC)

    assert discover(desk, archive, include="/[13]$") == list("13")
    assert discover(desk, archive, include="/[13]$") == []
    assert discover(desk, archive, include="/[24]$", since=march) == list("24")
    assert discover(desk, archive, include="/[24]$", since=datetime(2026, 3, 4, tzinfo=UTC)) == []
    assert discover(desk, archive, include="/[24]$") == list("24")


def test_who_names_the_beginning_gets_all(archive):
    """After a mistake that a new version mends, say."""
    desk = Desk()
    discover(desk, archive)

    assert discover(desk, archive, offset=0) == list("01234")


def test_a_file_that_changed_is_read_anew(archive, archives):
    """A download that was finished since, or an archive that a crawler adds to."""
    desk = Desk()
    discover(desk, archive, most=4)
    archive.write_bytes(archive.read_bytes() + archives.zip(archives.page(5)))

    assert discover(desk, archive) == list("012345")


@pytest.mark.parametrize(
    "place",
    ["", "{", "[]", "7", '{"offset": -4}', '{"offset": "x"}', '{"since": "x"}', '{"offset": null}'],
)
def test_a_bookmark_of_another_shape_is_none(place, archive):
    """A later version may have written it."""
    desk = Desk()
    desk.places[archive.as_uri()] = place

    assert discover(desk, archive) == list("01234")


def test_a_bookmark_in_the_middle_of_a_record_is_none(archive):
    """A server that does not tell versions apart may have another archive there now."""
    desk = Desk()
    discover(desk, archive, most=2)
    place = json.loads(desk.places[archive.as_uri()])
    desk.places[archive.as_uri()] = json.dumps(place | {"offset": 7})

    assert discover(desk, archive) == list("01234")
    with pytest.raises(ParseError, match="no WARC record starts at offset 7"):
        discover(desk, archive, offset=7)


def test_an_archive_at_an_address_is_taken_up_by_its_offset(content):
    """What was read of a gigabyte is not sent again."""
    desk = Desk(news=content)
    desk.breaks_at = 700
    with pytest.raises(FetchError):
        discover(desk, URL)
    desk.breaks_at, desk.asked = None, []

    assert discover(desk, URL)[-1] == "4"
    ((_, offset),) = desk.asked
    assert 0 < offset < 700


def test_an_archive_that_changed_in_between_is_read_anew(content, archives):
    """Its places would lead into the middle of other records."""
    desk = Desk(news=content)
    discover(desk, URL, most=3)
    desk.etag, desk.files["news"] = '"2"', archives.zip(*map(archives.page, range(5, 8)))

    assert discover(desk, URL) == list("567")


def test_an_archive_that_is_another_with_each_answer_ends_in_a_failure(content):
    """A broken server must not hold the run for ever."""
    desk = Desk(news=content)
    desk.breaks_at = 700
    stream = desk.stream

    def change(url, **options):
        desk.etag = f'"{len(desk.asked)}"'
        return stream(url, **options)

    desk.stream = change
    with pytest.raises(FetchError):
        discover(desk, URL)
    assert len(desk.asked) < 20


def test_a_list_leads_to_its_archives_and_each_is_read_once(content, archives):
    """CC-NEWS adds a few archives a day to the list of the month."""
    lines = ["crawl/CC-NEWS-20260301081500-00001.warc.gz"]
    desk = Desk(list=gzip.compress("\n".join([*lines, "", *lines]).encode()))
    desk.files["CC-NEWS-20260301081500-00001"] = content
    desk.files["CC-NEWS-20260302081500-00002"] = archives.zip(archives.page(7))
    first = "http://archive.example/crawl/CC-NEWS-20260301081500-00001.warc.gz"

    assert discover(desk, LIST) == list("01234")
    assert desk.asked == [LIST, (first, 0)]

    lines.append("/crawl/CC-NEWS-20260302081500-00002.warc.gz")
    desk.files["list"], desk.asked = "\n".join(lines).encode(), []
    assert discover(desk, LIST) == ["7"]
    assert desk.asked == [LIST, (first.replace("0301081500-00001", "0302081500-00002"), 0)]


def test_archives_that_were_crawled_before_since_are_not_asked_for(content):
    """Their names tell it."""
    lines = [f"CC-NEWS-2026030{day}081500-0000{day}.warc.gz" for day in (1, 3, 5)]
    desk = Desk(list="\n".join(lines).encode())
    for line in lines:
        desk.files[line.partition(".")[0]] = content
    discover(desk, LIST, since=datetime(2026, 3, 4, tzinfo=UTC))

    assert [url[-23:] for url, _ in desk.asked[1:]] == [f"{line[11:]}"[-23:] for line in lines[1:]]


def test_a_run_reads_as_many_archives_as_it_may(content):
    """A month of CC-NEWS is four hundred gigabytes."""
    desk = Desk(list=b"a.warc.gz\nb.warc.gz\nc.warc.gz", a=content, b=content, c=content)
    for name in "abc":
        desk.asked = []
        discover(desk, LIST, max_archives=1)
        assert desk.asked[1:] == [(f"http://archive.example/{name}.warc.gz", 0)]


def test_a_list_may_be_a_file(archive, tmp_path, content):
    """Beside the archives that it names, or of archives at addresses."""
    listed = tmp_path / "mine.paths"
    listed.write_text("# of March\nnews.warc.gz\n")
    assert discover(Desk(), listed) == list("01234")

    desk = Desk(news=content)
    assert discover(desk, listed, base="http://archive.example/") == list("01234")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", ParseError),
        (b"\n# nothing\n", ParseError),
        (b"file:///etc/passwd", ParseError),
        (b"ftp://archive.example/a.warc.gz", ParseError),
        (b"a\0b", ParseError),
        (b"x" * 9_999, ParseError),
        (b"http://[", (ParseError, FetchError, KeyError)),
        (gzip.compress(b"a.warc.gz" * 99, mtime=0)[:-4], ParseError),
        (b"\x1f\x8bjunk", ParseError),
        (gzip.compress(bytes(21_000_000), mtime=0), TooLargeError),
    ],
)
def test_a_list_at_an_address_that_is_none_is_told(content, kind):
    """And never leads to a file of this machine."""
    desk = Desk(list=content)
    with pytest.raises(kind):
        discover(desk, LIST)


def test_an_offset_into_a_list_is_refused():
    """It would be one of each archive."""
    with pytest.raises(ValueError, match="one archive"):
        WarcSource(LIST, offset=7)


def test_a_watch_that_is_killed_goes_on_by_itself(tmp_path, archive, monkeypatch):
    """From the first run to the third, as users see it: nothing lost, nothing read twice."""
    parse = WarcSource.parse
    read = []

    def stop_at_3(source, page):
        read.append(page.url[-1])
        if page.url.endswith("/3") and read.count("3") == 1:
            raise KeyboardInterrupt
        return parse(source, page)

    monkeypatch.setattr(WarcSource, "parse", stop_at_3)
    monkeypatch.setattr("alignwatch.pipeline._parsing._pack", lambda *_: None)
    with aw.open_store(tmp_path / "a.db") as store:
        with pytest.raises(KeyboardInterrupt):
            aw.watch([f"warc:{archive}"], store=store)
        result = aw.watch([f"warc:{archive}"], store=store)
        again = aw.watch([f"warc:{archive}"], store=store)

        assert (result.stored, result.health[0].discovered) == (2, 2)
        assert again.health[0].discovered == 0
        assert store.counts().articles == 5
    assert read == list("012334")


def test_a_failure_of_a_budget_is_seen_by_the_run(archive):
    """What is left waits for the next run."""

    class SpentError(PageError):
        reason = "budget-spent"

    desk = Desk()

    def keep(url, place):
        msg = "used up"
        raise SpentError(msg)

    desk.keep_bookmark = keep
    with pytest.raises(SpentError):
        discover(desk, archive)
