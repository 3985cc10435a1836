"""Sources of many listings, and sources that keep their place."""

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.errors import FetchError, HttpStatusError, ParseError
from alignwatch.model import Page, PageRef
from alignwatch.sources import (
    SourceInfo,
    make_listing_failure,
    parse_page,
    read_listing_failure,
    tell_failures,
)

HOST = "news.example"
PAGE = (
    "<html><body><article><p>Estonia and Finland signed an agreement.</p></article></body></html>"
)


class Lists:
    """Reads lists of addresses, one a line, and keeps the number of the line that it is at."""

    info = SourceInfo(name="lists", contract=1)

    def __init__(self, *names, is_kept=False, fails_at=None):
        self.names = names
        self.is_kept = is_kept
        self.fails_at = fails_at

    def discover(self, fetcher, *, since):
        failures = []
        for name in self.names:
            url = f"http://{HOST}/{name}"
            try:
                page = fetcher.get(url)
            except HttpStatusError as error:
                failures.append(error)
                continue
            if b"junk" in page.content:
                failures.append(ParseError("no list", url=url))
                continue
            start = int(fetcher.bookmark(url) or 0) if self.is_kept else 0
            for number, line in enumerate(page.content.decode().split()[start:], start=start):
                if self.fails_at == line:
                    msg = "killed"
                    raise KeyboardInterrupt(msg)
                yield self.find(line)
                if self.is_kept:
                    fetcher.keep_bookmark(url, str(number + 1))
        yield from tell_failures(failures, is_all=len(failures) == len(self.names))

    def find(self, line):
        return PageRef(url=f"http://{HOST}/{line}")

    def parse(self, page):
        return parse_page(page)


class Bodies(Lists):
    """Brings the pages along."""

    def find(self, line):
        return Page(url=f"http://{HOST}/{line}", content=PAGE.encode(), media_type="text/html")


@pytest.fixture
def site():
    with serve() as running:
        for name in ("a", "b", "c", "d"):
            running.routes[f"/{name}"] = answer(PAGE)
        running.routes["/one"] = answer("a b", media_type="text/plain", etag='"1"')
        running.routes["/two"] = answer("c d", media_type="text/plain", etag='"2"')
        yield running


@pytest.fixture
def watch(site, tmp_path):
    def run(source, **options):
        resolve = {HOST: site.address}
        return aw.watch([source], store=tmp_path / "s.db", resolve=resolve, delay_s=0, **options)

    return run


@pytest.fixture
def stored(tmp_path):
    def tell():
        with aw.open_store(tmp_path / "s.db", read_only=True) as store:
            return {one.url[-1] for one in store.addresses(state="stored")}

    return tell


def test_a_dead_list_is_counted_and_the_others_keep_their_validators(site, watch):
    """Otherwise one dead feed among fifty would have all of them sent anew in every run."""
    site.routes["/gone"] = answer("", status=404)
    site.routes["/bad"] = answer("junk", etag='"3"')
    first = watch(Lists("one", "gone", "bad", "two"))

    assert [(one.url[-4:], one.reason) for one in first.failures] == [
        ("gone", "http-status"),
        ("/bad", "not-parsed"),
    ]
    assert (first.health[0].discovered, first.health[0].failed, first.stored) == (4, 2, 4)

    site.asked.clear()
    second = watch(Lists("one", "gone", "bad", "two"))
    asked = {one.path: one.headers.get("if-none-match") for one in site.asked}

    assert (asked["/one"], asked["/two"], asked["/bad"]) == ('"1"', '"2"', None)
    assert second.resting == ()
    assert len(second.failures) == 2


def test_a_list_that_comes_back_clears_its_failure(site, watch, tmp_path):
    """What is told is what is wrong today."""
    site.routes["/gone"] = answer("", status=404)
    watch(Lists("one", "gone"))
    site.routes["/gone"] = answer("c", media_type="text/plain")
    watch(Lists("one", "gone"))

    with aw.open_store(tmp_path / "s.db", read_only=True) as store:
        assert list(store.failures()) == []


def test_where_all_lists_fail_the_source_does(site, watch):
    """It rests, then, and is asked more rarely."""
    first = watch(Lists("gone", "lost"))
    watch(Lists("gone", "lost"))

    assert len(first.failures) == 1
    assert [one.reason for one in watch(Lists("gone", "lost")).resting] == ["http-status"]


@pytest.mark.parametrize("source", [Lists, Bodies])
def test_a_run_goes_on_at_the_bookmark(source, watch, stored):
    """A run that was killed in the middle of an archive must not begin anew."""
    with pytest.raises(KeyboardInterrupt):
        watch(source("one", "two", is_kept=True, fails_at="d"))
    result = watch(source("one", "two", is_kept=True))

    assert (result.health[0].discovered, result.failures) == (1, ())
    assert stored() == {"a", "b", "c", "d"}


def test_a_bookmark_stays_behind_what_the_budget_left(watch, stored):
    """What was not read must be found again."""
    budget = aw.Budget(size_bytes=1)
    first = watch(Bodies("one", is_kept=True), budget=budget)

    assert (first.stored, first.health[0].postponed) == (0, 1)
    assert watch(Bodies("one", is_kept=True)).stored == 2


def test_listing_failures_are_told_by_their_kind():
    """A refusal is no broken page."""
    refused = HttpStatusError("no", status=403, url="http://a.example/")
    (page,) = tell_failures([refused], is_all=False)
    told = read_listing_failure(page)

    assert (type(told), told.status, told.url) == (HttpStatusError, 403, refused.url)
    assert read_listing_failure(PageRef(url="http://a.example/")) is None
    assert read_listing_failure(Page(url="http://a.example/", content=b"")) is None


@pytest.mark.parametrize(
    ("failures", "is_all", "message"),
    [
        ([FetchError("one", url="u"), ParseError("two", url="v")], True, "one"),
        ([FetchError("one", url="u"), FetchError("two", url="v", retry_after_s=9)], False, "two"),
        ([FetchError("one", url="u"), ParseError("two")], False, "two"),
    ],
)
def test_what_the_run_must_see_is_raised(failures, is_all, message):
    """A pause that a host asked for holds for the next run, too."""
    with pytest.raises((FetchError, ParseError), match=message):
        list(tell_failures(failures, is_all=is_all))


def test_a_failure_of_an_unknown_shape_is_a_failure_all_the_same():
    """Whatever a plugin makes of it, the run goes on."""
    page = make_listing_failure("http://a.example/", ParseError("x"))
    for content in (b"", b"[]", b'{"reason": [], "message": 1}', b'{"reason":"http-status"}'):
        told = read_listing_failure(Page(url=page.url, content=content, media_type=page.media_type))
        assert isinstance(told, ParseError)


def test_a_pattern_names_the_files_that_fit_it(tmp_path):
    """Quoted on the command line, or in Python."""
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text("Estonia and Finland signed an agreement on a ferry line.")
    result = aw.watch([f"{tmp_path}/*.txt"], store=tmp_path / "s.db")

    assert (result.stored, result.failures) == (2, ())
    with pytest.raises(aw.SourceError, match="no such file"):
        aw.watch([f"{tmp_path}/*.pdf"], store=tmp_path / "s.db")
