"""A fetcher and a real server on loopback: pages, redirects, bounds, failures."""

import gzip
import socket
import ssl
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import stamina
from servers import answer, redirect, serve

from alignwatch.errors import (
    AddressRefusedError,
    ContactRequiredError,
    FetchError,
    HostUnreachableError,
    HttpStatusError,
    ModelError,
    PageError,
    RobotsRefusedError,
    TooLargeError,
)
from alignwatch.fetch import Fetcher, Limits, Validators

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_backoff():
    """Retries without the waits in between."""
    stamina.set_testing(True, attempts=3)
    yield
    stamina.set_testing(False)


@pytest.fixture
def site():
    with serve() as running:
        yield running


class Memory:
    def __init__(self, **validators):
        self.known = validators

    def validators(self, url):
        return self.known.get("page")

    def robots(self, origin):
        return None

    def remember_robots(self, record):
        pass


def make_fetcher(site, **options):
    settings = {
        "resolve": {"news.example": site.address, "wire.example": site.address},
        "delay_s": 0,
        "clock": lambda: NOON,
        "sleep": lambda wait_s: None,
    }
    return Fetcher(**{**settings, **options})


def test_a_page_comes_with_what_was_said_about_it(site):
    """Parsing, storing and the next visit rest on these fields."""
    site.routes["/a"] = answer(
        "Grüße".encode("latin-1"),
        media_type='Text/HTML; Charset="ISO-8859-1"',
        etag='W/"x1"',
        last_modified="Sun, 01 Mar 2026 10:00:00 GMT",
    )

    with make_fetcher(site) as fetcher:
        page = fetcher.get("http://news.example/a")

    assert (page.url, page.final_url) == ("http://news.example/a", "http://news.example/a")
    assert (page.status, page.media_type, page.charset) == (200, "text/html", "iso-8859-1")
    assert page.content.decode("latin-1") == "Grüße"
    assert (page.etag, page.last_modified) == ('W/"x1"', "Sun, 01 Mar 2026 10:00:00 GMT")
    assert page.fetched_at == NOON


def test_a_host_is_told_who_asks_and_only_its_name(site):
    """Its log must name us, and nothing recorded may depend on the port that was free."""
    with make_fetcher(site, contact="desk@agency.example") as fetcher:
        with pytest.raises(HttpStatusError):
            fetcher.get("http://news.example/a")
        agent = fetcher.user_agent

    for asked in site.asked:
        assert asked.headers["host"] == "news.example"
        assert asked.headers["user-agent"] == agent
        assert asked.headers["from"] == "desk@agency.example"
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        assert "cookie" not in asked.headers
    assert agent.startswith("alignwatch/")
    assert agent.endswith(" (+desk@agency.example)")


def test_cookies_are_not_kept(site):
    """A guest carries no marks from one page to the next."""
    site.routes["/a"] = answer("x", set_cookie="id=1; Path=/")

    with make_fetcher(site) as fetcher:
        fetcher.get("http://news.example/a")
        fetcher.get("http://news.example/a")

    assert all("cookie" not in asked.headers for asked in site.asked)


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "all_proxy"])
def test_no_proxy_is_taken_from_the_environment(site, monkeypatch, variable):
    """A proxy would connect to any address behind the guard's back."""
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    site.routes["/a"] = answer("x")

    with make_fetcher(site) as fetcher:
        assert fetcher.get("http://news.example/a").content == b"x"


def test_without_a_contact_no_live_host_is_asked(site, monkeypatch):
    """The message is the line to type."""
    monkeypatch.setattr("socket.getaddrinfo", None)

    with make_fetcher(site) as fetcher, pytest.raises(ContactRequiredError) as caught:
        fetcher.get("http://news.org/a")

    assert "--contact NAME@EXAMPLE" in str(caught.value)
    assert "ALIGNWATCH_CONTACT=NAME@EXAMPLE" in str(caught.value)


@pytest.mark.parametrize(
    "contact", ["me", "me@x\r\nX: y", "a b@c.example", "(me@x.example)", "é@x"]
)
def test_a_contact_must_be_one(contact):
    """It goes into a header, and somebody may want to write to it."""
    with pytest.raises(ModelError, match="contact"):
        Fetcher(contact=contact)


def test_known_validators_are_sent_and_304_is_no_page_body(site):
    """The second visit costs a site almost nothing."""
    known = Validators(etag='"x1"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT")

    def reply(asked):
        if asked.headers.get("if-none-match") == '"x1"':
            return answer(status=304, content_length=None, media_type=None)
        return answer("full", etag='"x2"')

    site.routes["/a"] = reply
    with make_fetcher(site, memory=Memory(page=known)) as fetcher:
        unchanged = fetcher.get("http://news.example/a")
        full = fetcher.get("http://news.example/a", conditional=False)
        (ledger,) = fetcher.ledger()

    assert unchanged.is_unchanged
    assert unchanged.content == b""
    assert (unchanged.etag, unchanged.last_modified) == ('"x1"', known.last_modified)
    assert site.asked[1].headers["if-modified-since"] == known.last_modified
    assert (full.status, full.content, full.etag) == (200, b"full", '"x2"')
    assert "if-none-match" not in site.asked[2].headers
    assert (ledger.requests, ledger.unchanged) == (3, 1)


@pytest.mark.parametrize("etag", ['"é"', '"x\x00"', '"x\r\nX: y"', "", '"\udc80"'])
def test_validators_that_no_request_can_carry_are_not_sent(site, etag):
    """They came from a server, and must not make the page unreachable for good."""
    site.routes["/a"] = answer("full")

    with make_fetcher(site, memory=Memory(page=Validators(etag=etag))) as fetcher:
        assert fetcher.get("http://news.example/a").content == b"full"

    assert "if-none-match" not in site.asked[1].headers


def test_a_part_of_a_page_is_no_page(site):
    """Half an article that passes for a whole one misses its denial."""
    site.routes["/a"] = answer("half", status=206)

    with make_fetcher(site) as fetcher, pytest.raises(FetchError, match="206"):
        fetcher.get("http://news.example/a")


def test_the_notice_that_goes_with_an_error_is_not_read_to_its_end(site):
    """The status says it all, however long, broken or strangely packed the notice is."""
    site.routes["/a"] = lambda asked: endless(
        b"HTTP/1.1 404 No\r\ncontent-encoding: br\r\n\r\n", b"x" * 4096
    )
    site.routes["/b"] = redirect("/c").replace(b"\r\n\r\n", b"\r\ncontent-encoding: zstd\r\n\r\n")
    site.routes["/c"] = answer("fine")

    with make_fetcher(site) as fetcher:
        with pytest.raises(HttpStatusError, match="404"):
            fetcher.get("http://news.example/a")
        assert fetcher.get("http://news.example/b").content == b"fine"


def test_a_304_that_nobody_asked_for_is_an_error(site):
    """Taken for "unchanged" it would lose the page for good."""
    site.routes["/a"] = answer(status=304, content_length=None)

    with make_fetcher(site) as fetcher, pytest.raises(FetchError, match="304"):
        fetcher.get("http://news.example/a")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site, status):
    """The page keeps the address that was asked for, and says where it lives."""
    site.routes["news.example/a"] = redirect("/b", status=status)
    site.routes["news.example/b"] = redirect("http://wire.example/c?d=1#e")
    site.routes["wire.example/c?d=1"] = answer("there")

    with make_fetcher(site) as fetcher:
        page = fetcher.get("http://news.example/a")

    assert page.content == b"there"
    assert page.url == "http://news.example/a"
    assert page.final_url == "http://wire.example/c?d=1"


def test_six_redirects_are_one_too_many(site):
    """A maze has no end."""
    for step in range(10):
        site.routes[f"/{step}"] = redirect(f"/{step + 1}")
    site.routes["/5"] = answer("end")

    with make_fetcher(site) as fetcher:
        assert fetcher.get("http://news.example/0").content == b"end"
        site.routes["/5"] = redirect("/6")
        with pytest.raises(FetchError, match="more than 5 redirects"):
            fetcher.get("http://news.example/0")


REDIRECTS = [
    *("http://127.0.0.1:{port}/x", "http://127.1:{port}/x", "http://[::1]:{port}/x", "//0/x"),
    *(
        "http://2130706433:{port}/",
        "http://localhost:{port}/x",
        "http://169.254.169.254/latest",
    ),
    *("file:///etc/passwd", "ftp://wire.example/x", "http://me:secret@wire.example/x"),
    *("http://[::ffff:127.0.0.1]:{port}/x", "gopher://wire.example/", "http://[broken/"),
    *("javascript:alert(1)", "http://0x7f.1:{port}/"),
]


def test_there_are_as_many_ways_to_redirect_as_promised():
    """A shortened list would pass unnoticed."""
    assert len(set(REDIRECTS)) >= 10


@pytest.mark.parametrize("location", REDIRECTS)
def test_a_redirect_never_leads_past_the_guard(site, location):
    """Every hop is judged like the first: a public page must not send us inside."""
    site.routes["/a"] = redirect(location.format(port=site.port))

    with (
        make_fetcher(site, contact="desk@agency.example") as fetcher,
        pytest.raises(AddressRefusedError) as caught,
    ):
        fetcher.get("http://news.example/a")

    assert site.paths == ["/a"]
    assert "secret" not in str(caught.value)


def test_a_redirect_to_a_live_host_needs_a_contact_too(site):
    """A page on loopback must not make an anonymous request to the world."""
    site.routes["/a"] = redirect("http://news.org/")

    with make_fetcher(site) as fetcher, pytest.raises(AddressRefusedError, match="contact"):
        fetcher.get("http://news.example/a")


def test_a_redirect_obeys_the_robots_txt_of_its_target(site):
    """A shortened link is no way around a site's rules."""
    site.routes["/a"] = redirect("http://wire.example/secret")
    site.routes["wire.example/robots.txt"] = answer("User-agent: *\nDisallow: /secret")

    with make_fetcher(site) as fetcher, pytest.raises(RobotsRefusedError):
        fetcher.get("http://news.example/a")

    assert site.paths == ["/a"]


@pytest.mark.parametrize(
    ("status", "location"), [(300, None), (302, None), (301, ""), (305, "/b"), (399, "/b")]
)
def test_a_redirect_to_nowhere_is_an_error(site, status, location):
    """Its body is a notice and no article."""
    site.routes["/a"] = answer("moved", status=status, location=location)

    with make_fetcher(site) as fetcher, pytest.raises(FetchError, match=str(status)):
        fetcher.get("http://news.example/a")


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (410, 1), (500, 3), (503, 3)])
def test_what_may_pass_is_tried_again(site, status, tries):
    """A page that is gone stays gone; a server in trouble may recover."""
    site.routes["/a"] = answer("no", status=status)

    with make_fetcher(site) as fetcher:
        with pytest.raises(HttpStatusError) as caught:
            fetcher.get("http://news.example/a")
        (ledger,) = fetcher.ledger()

    assert caught.value.status == status
    assert caught.value.url == "http://news.example/a"
    assert len(site.paths) == tries
    assert ledger.failed == tries + 1  # and robots.txt, which is not there


def test_a_passing_trouble_goes_unnoticed(site):
    """One bad moment of a server must not cost an article."""
    replies = iter([b"", answer("busy", status=502), answer("here")])
    site.routes["/a"] = lambda asked: next(replies)

    with make_fetcher(site) as fetcher:
        assert fetcher.get("http://news.example/a").content == b"here"


def test_retry_after_is_obeyed(site):
    """The host says when; nobody asks before."""
    slept = []
    replies = iter([answer("busy", status=429, retry_after="7"), answer("here")])
    site.routes["/a"] = lambda asked: next(replies)

    with make_fetcher(site, sleep=slept.append) as fetcher:
        assert fetcher.get("http://news.example/a").content == b"here"
        (ledger,) = fetcher.ledger()

    assert [round(wait_s) for wait_s in slept] == [7]
    assert ledger.retry_after_s == 7


@pytest.mark.parametrize(
    ("header", "wait_s"), [("3600", 3600), ("Sun, 01 Mar 2026 13:00:00 GMT", 3600)]
)
def test_a_long_retry_after_is_told_to_the_caller(site, header, wait_s):
    """The run goes on elsewhere, and nobody asks this host again before its time."""
    site.routes["/a"] = answer("busy", status=503, retry_after=header)

    with make_fetcher(site) as fetcher:
        with pytest.raises(HttpStatusError) as caught:
            fetcher.get("http://news.example/a")
        with pytest.raises(FetchError) as second:
            fetcher.get("http://news.example/b")

    assert caught.value.retry_after_s == wait_s
    assert second.value.retry_after_s == pytest.approx(wait_s, abs=10)
    assert site.paths == ["/a"]


@pytest.mark.parametrize("header", ["", "soon", "-5", "1e9", "Sun, 99 Mar 2026", "٣"])
def test_a_retry_after_that_cannot_be_read_is_none(site, header):
    """Nonsense in a header must not stop a run."""
    raw = answer("no", status=404).replace(b"\r\n\r\n", b"\r\nretry-after: " + header.encode(), 1)
    site.routes["/a"] = raw.replace(header.encode() + b"no", header.encode() + b"\r\n\r\nno")

    with make_fetcher(site) as fetcher, pytest.raises(HttpStatusError) as caught:
        fetcher.get("http://news.example/a")

    assert caught.value.retry_after_s is None


def drip(head, piece, pause_s=0.02):
    yield head
    while True:
        yield piece
        time.sleep(pause_s)


def endless(head, piece):
    yield head
    while True:
        yield piece


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"
SMALL = Limits(
    total_s=0.5, read_s=0.3, content_bytes=50_000, wire_bytes=100_000, header_bytes=8_000
)


@pytest.mark.parametrize(
    ("reply", "error", "message"),
    [
        (lambda asked: drip(b"", b"H"), FetchError, "in all"),
        (lambda asked: drip(b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"), FetchError, "in all"),
        (lambda asked: drip(HEAD + b"\r\n", b"x"), FetchError, "in all"),
        (lambda asked: drip(HEAD + b"\r\n", b"", 0.1), FetchError, "silent|in all"),
        (lambda asked: endless(HEAD, b"a: b\r\n" * 1000), TooLargeError, "header"),
        (lambda asked: endless(b"", b"x" * 1000), PageError, "."),
        (lambda asked: endless(b"", b"HTTP/1.1 103 Hint\r\n\r\n" * 99), TooLargeError, "header"),
        (lambda asked: endless(HEAD + b"\r\n", b"x" * 1000), TooLargeError, "50,000"),
        (answer(b"x" * 50_001), TooLargeError, "50,000"),
        (answer(b"x", content_length="999999999"), TooLargeError, "announces 999,999,999"),
        (
            answer(gzip.compress(b"\0" * 9_000_000), content_encoding="gzip"),
            TooLargeError,
            "50,000",
        ),
        (answer(b"x", content_encoding="br"), FetchError, "not offered"),
        (answer(b"x", content_encoding="zstd"), FetchError, "not offered"),
        (answer(b"junk", content_encoding="gzip"), FetchError, "broken"),
        (answer(b"short", content_length="99"), FetchError, "."),
        (b"nonsense\r\n\r\n", FetchError, "."),
        (b"HTTP/1.1 2x0 OK\r\n\r\n", FetchError, "."),
        (HEAD + b"content-length: -1\r\n\r\n", FetchError, "."),
        (HEAD + b"content-length: 1\r\ncontent-length: 2\r\n\r\nxx", FetchError, "."),
        (HEAD + b"transfer-encoding: chunked\r\n\r\nzz\r\nxx\r\n", FetchError, "."),
        (HEAD + b"a\0b: c\r\n\r\n", FetchError, "."),
        (b"HTTP/1.1 101 Switching\r\n\r\n", FetchError, "."),
    ],
)
def test_a_hostile_answer_ends_within_the_limits(site, reply, error, message):
    """Whatever a server does, one page fails and the run goes on."""
    site.routes["/a"] = reply

    with make_fetcher(site, limits=SMALL) as fetcher:
        with pytest.raises(error, match=message):
            fetcher.get("http://news.example/a")
        site.routes["/b"] = answer("fine")
        assert fetcher.get("http://news.example/b").content == b"fine"


def test_an_endless_robots_txt_is_cut_and_its_beginning_holds(site):
    """By RFC 9309 half a megabyte is enough for anybody's rules."""
    rules = b"User-agent: *\nDisallow: /a\n"
    site.routes["/robots.txt"] = lambda asked: endless(HEAD + b"\r\n" + rules, b"#" * 4096)
    site.routes["/b"] = answer("fine")

    with make_fetcher(site) as fetcher:
        with pytest.raises(RobotsRefusedError):
            fetcher.get("http://news.example/a")
        assert fetcher.get("http://news.example/b").content == b"fine"


def test_robots_txt_may_be_redirected_but_not_inside(site):
    """Sites move it to their main name; a trap moves it to the reader's own machine."""
    site.routes["news.example/robots.txt"] = redirect("http://wire.example/rules")
    site.routes["wire.example/rules"] = answer("User-agent: *\nDisallow: /a")
    with make_fetcher(site) as fetcher, pytest.raises(RobotsRefusedError, match="forbids"):
        fetcher.get("http://news.example/a")

    site.routes["news.example/robots.txt"] = redirect(f"http://127.0.0.1:{site.port}/rules")
    with make_fetcher(site) as fetcher, pytest.raises(RobotsRefusedError, match="not now"):
        fetcher.get("http://news.example/a")

    site.routes["news.example/robots.txt"] = redirect("/robots.txt")
    with make_fetcher(site) as fetcher, pytest.raises(HttpStatusError):
        fetcher.get("http://news.example/a")


def test_a_host_that_nobody_answers_for_is_refused_for_now(site):
    """Its robots.txt cannot be asked, so none of its pages may be."""
    with serve() as gone:
        place = gone.address

    with make_fetcher(site, resolve={"news.example": place}) as fetcher:
        with pytest.raises(HostUnreachableError, match="could not be asked"):
            fetcher.get("http://news.example/a")
        with pytest.raises(HostUnreachableError):
            fetcher.get("http://news.example/b")
        (ledger,) = fetcher.ledger()

    assert ledger.requests == 3
    assert (ledger.refused, ledger.robots) == (2, "not now: no answer")


@pytest.mark.parametrize(
    ("code", "requests"), [(socket.EAI_NONAME, 1), (socket.EAI_AGAIN, 3), (socket.EAI_FAIL, 1)]
)
def test_a_name_that_does_not_exist_is_looked_up_once(site, monkeypatch, code, requests):
    """A resolver in trouble may recover; a wrong name stays wrong."""

    def fail(*args, **options):
        raise socket.gaierror(code, "said the resolver")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with make_fetcher(site, contact="desk@agency.example") as fetcher:
        with pytest.raises(HostUnreachableError, match="said the resolver"):
            fetcher.get("http://news.org/")
        assert fetcher.ledger()[0].requests == requests


def test_a_crawl_delay_is_kept_between_any_two_requests(site):
    """The site's wish counts where it is longer than our own."""
    slept = []
    site.routes["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 4")
    site.routes["/a"] = answer("x")

    with make_fetcher(site, delay_s={"news.example": 2}, sleep=slept.append) as fetcher:
        fetcher.get("http://news.example/a")
        fetcher.get("http://news.example/a")

    assert [round(wait_s) for wait_s in slept] == [2, 4]


CERTIFICATE = Path(__file__).parent / "tls" / "news.example.pem"


@pytest.mark.parametrize(
    ("host", "is_trusted"),
    [("news.example", True), ("wire.example", True), ("news.example", False)],
)
def test_tls_is_spoken_with_hosts_that_can_prove_their_name(monkeypatch, host, is_trusted):
    """A resolve map changes where a name leads, not what the host has to prove."""
    trust = ssl.create_default_context(cafile=str(CERTIFICATE) if is_trusted else None)
    monkeypatch.setattr("httpx.create_ssl_context", lambda **options: trust)
    with (
        serve({"/a": answer("private")}, certificate=CERTIFICATE) as site,
        make_fetcher(site) as fetcher,
    ):
        if is_trusted and host == "news.example":
            assert fetcher.get(f"https://{host}/a").content == b"private"
            assert site.paths == ["/a"]
        else:
            with pytest.raises(HostUnreachableError, match="could not be asked"):
                fetcher.get(f"https://{host}/a")
            assert site.asked == []
            assert fetcher.ledger()[0].requests == 1


def test_one_host_is_asked_one_thing_at_a_time_by_all_threads(site):
    """Many threads are for many hosts."""
    site.routes["/a"] = lambda asked: time.sleep(0.01) or answer("x")

    with make_fetcher(site) as fetcher:
        threads = [
            threading.Thread(target=fetcher.get, args=("http://news.example/a",)) for _ in range(6)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert site.most_at_once == 1
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    assert len(site.paths) == 6


def test_closing_ends_what_other_threads_wait_for(site):
    """Ctrl-C must not wait for a server that never answers, nor for a long delay."""
    errors = []
    site.routes["/slow"] = lambda asked: drip(HEAD + b"\r\n", b"", 60)
    resolve = {"news.example": site.address, "wire.example": site.address}
    fetcher = Fetcher(resolve=resolve, delay_s={"news.example": 50, "wire.example": 0})

    def ask(url):
        try:
            fetcher.get(url)
        except PageError as error:
            errors.append(error)

    threads = [
        threading.Thread(target=ask, args=(url,), daemon=True)
        for url in ("http://news.example/a", "http://wire.example/slow")
    ]
    for thread in threads:
        thread.start()
    while "/slow" not in site.paths:
        time.sleep(0.01)
    time.sleep(0.05)
    fetcher.close()
    for thread in threads:
        thread.join(5)

    assert not any(thread.is_alive() for thread in threads)
    assert len(errors) == 2
    with pytest.raises(FetchError, match="closed"):
        fetcher.get("http://news.example/a")


def test_robots_txt_is_asked_for_once_though_a_source_reads_it_too(site):
    """It names a site's sitemaps, and its rules are asked for anyway."""
    site.routes["/robots.txt"] = answer("Sitemap: /s.xml\n", media_type="text/plain")
    with make_fetcher(site) as fetcher:
        page = fetcher.get("http://news.example/robots.txt")
        again = fetcher.get("http://news.example/robots.txt")

    assert page == again
    assert (page.content, page.media_type) == (b"Sitemap: /s.xml\n", "text/plain")
    assert [asked.path for asked in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(("status", "error"), [(404, HttpStatusError), (503, RobotsRefusedError)])
def test_a_robots_txt_that_is_not_there_is_told(site, status, error):
    """Whoever reads it must know whether it says nothing or is not there."""
    site.routes["/robots.txt"] = answer(status=status)
    with make_fetcher(site) as fetcher, pytest.raises(error):
        fetcher.get("http://news.example/robots.txt")
