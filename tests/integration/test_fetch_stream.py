"""Large files, read piece by piece."""

import pytest
from servers import answer, redirect, serve

from alignwatch.errors import (
    AddressRefusedError,
    ContactRequiredError,
    FetchError,
    HttpStatusError,
    RobotsRefusedError,
    TooLargeError,
)
from alignwatch.fetch import Fetcher, Limits, PageStreamer, Validators

BODY = bytes(range(256)) * 800
URL = "http://archive.example/big.warc.gz"


def fetcher(site, **options):
    resolve = {"archive.example": site.address, "mirror.example": site.address}
    return Fetcher(resolve=resolve, delay_s=0, **options)


def read(site, *, offset=0, url=URL, **options):
    with fetcher(site, **options) as asker, asker.stream(url, offset=offset) as found:
        return found.page, b"".join(found.chunks)


def ranged(asked):
    """Answer as a server does that can begin in the middle."""
    wanted = asked.headers.get("range")
    if wanted is None:
        return answer(BODY, media_type="application/gzip", etag='"1"')
    start = int(wanted.removeprefix("bytes=").removesuffix("-"))
    sent = f"bytes {start}-{len(BODY) - 1}/{len(BODY)}"
    return answer(BODY[start:], status=206, content_range=sent)


class Memory:
    def validators(self, url):
        return Validators(etag='"1"')

    def robots(self, origin):
        return None

    def remember_robots(self, record):
        pass

    def __getattr__(self, name):
        return lambda *args: None


def test_a_file_comes_as_it_is_with_what_the_server_says_of_it():
    """An archive that is gzipped stays so: its offsets count in what is sent."""
    coded = answer(BODY, media_type="application/gzip", content_encoding="gzip", etag='"1"')
    with serve({"/big.warc.gz": coded}) as site:
        page, content = read(site)
        headers = site.asked[-1].headers

    assert content == BODY
    assert (page.url, page.status, page.media_type, page.etag) == (
        URL,
        200,
        "application/gzip",
        '"1"',
    )
    assert page.content == b""
    assert headers["accept-encoding"] == "identity"
    assert "range" not in headers


@pytest.mark.parametrize("route", [ranged, lambda _: answer(BODY)])
@pytest.mark.parametrize("offset", [1, 5_000, len(BODY) - 1])
def test_reading_begins_where_it_is_wanted_whatever_the_server_can(route, offset):
    """A connection that broke after an hour is taken up where it was."""
    with serve({"/big.warc.gz": route}) as site:
        assert read(site, offset=offset)[1] == BODY[offset:]


def test_another_part_than_was_wanted_is_refused():
    """Records would be read from their middles."""
    wrong = answer(BODY[7:], status=206, content_range=f"bytes 7-{len(BODY) - 1}/{len(BODY)}")
    with serve({"/big.warc.gz": wrong}) as site:
        with pytest.raises(FetchError, match="another part"):
            read(site, offset=5)
        with pytest.raises(FetchError, match="another part"):
            read(site)


def test_an_unchanged_file_is_not_sent_again():
    """A gigabyte that is known is not asked for."""

    def route(asked):
        known = asked.headers.get("if-none-match") == '"1"'
        return answer(status=304, media_type=None) if known else answer(BODY)

    with serve({"/big.warc.gz": route}) as site:
        page, content = read(site, memory=Memory())
        assert page.is_unchanged
        assert content == b""
        asker = fetcher(site, memory=Memory())
        with asker, asker.stream(URL, conditional=False) as found:
            assert b"".join(found.chunks) == BODY


def test_a_file_has_a_budget_of_its_own():
    """Larger than any page, and still not endless."""
    small = Limits(wire_bytes=100_000, content_bytes=100_000)
    with serve({"/big.warc.gz": answer(BODY)}) as site:
        assert read(site, limits=small)[1] == BODY
        with pytest.raises(TooLargeError, match="100,000 bytes"):
            read(site, stream_limits=small)


def test_a_file_that_breaks_off_is_told():
    """What came before was given."""
    cut = answer(BODY)[:-2_000]
    with serve({"/big.warc.gz": lambda _: [cut]}) as site:
        got = []
        broken = pytest.raises(FetchError, match="broke off")
        with fetcher(site) as asker, asker.stream(URL) as found, broken:
            got.extend(found.chunks)

    assert BODY.startswith(b"".join(got))


def test_redirects_are_followed_and_each_is_checked():
    """As for pages."""
    routes = {
        "archive.example/big.warc.gz": redirect("http://mirror.example/b"),
        "mirror.example/b": answer(BODY),
        "/inside": redirect("http://127.0.0.1:1/"),
        "/round": redirect("/round"),
    }
    with serve(routes) as site:
        page, content = read(site)
        assert (page.final_url, content) == ("http://mirror.example/b", BODY)
        with pytest.raises(AddressRefusedError):
            read(site, url="http://archive.example/inside")
        with pytest.raises(FetchError, match="redirects"):
            read(site, url="http://archive.example/round")


def test_the_rules_of_pages_hold():
    """robots.txt, contact and errors."""
    robots = answer("User-agent: *\nDisallow: /big", media_type="text/plain")
    with serve({"/robots.txt": robots}) as site:
        with pytest.raises(RobotsRefusedError) as caught:
            read(site)
        assert caught.value.url == URL
        assert site.paths == []
        with pytest.raises(HttpStatusError) as failed:
            read(site, url="http://archive.example/other")
        assert failed.value.status == 404
        with pytest.raises(ContactRequiredError):
            read(site, url="http://93.184.215.14/x")


def test_a_passing_failure_is_tried_again():
    """Before anything was read, that costs nothing."""
    tries = iter([answer(status=503), answer(BODY)])
    with serve({"/big.warc.gz": lambda _: next(tries)}) as site:
        assert read(site)[1] == BODY


def test_nothing_else_is_asked_of_the_host_meanwhile():
    """One request at a time; who would wait for himself is told."""
    routes = {"/big.warc.gz": answer(BODY), "/page": answer("<p>Hello</p>")}
    with serve(routes) as site, fetcher(site) as asker:
        with asker.stream(URL) as found:
            next(found.chunks)
            with pytest.raises(FetchError, match="is being read"):
                asker.get("http://archive.example/page")
            assert asker.get("http://mirror.example/page").status == 200
        assert asker.get("http://archive.example/page").status == 200
        (ledger,) = [one for one in asker.ledger() if one.host == "archive.example"]

    assert ledger.requests == 3
    assert isinstance(asker, PageStreamer)
