"""robots.txt is obeyed by RFC 9309, and asked no more often than once a day."""

from datetime import UTC, datetime, timedelta

import pytest

from alignwatch.errors import HostUnreachableError, ModelError, RobotsRefusedError
from alignwatch.fetch import RobotsRecord
from alignwatch.fetch._robots import Robots, RobotsAnswer, RobotsRules
from alignwatch.fetch._url import parse_url

START = datetime(2026, 3, 1, tzinfo=UTC)


class Memory:
    def __init__(self):
        self.records = {}

    def validators(self, url):
        return None

    def robots(self, origin):
        return self.records.get(origin)

    def remember_robots(self, record):
        self.records[record.origin] = record


class Host:
    """A host's robots.txt, a clock, and what was asked."""

    def __init__(self, status=200, body=b"", memory=None):
        self.status, self.body, self.now, self.asked = status, body, START, []
        self.robots = Robots(ask=self._ask, memory=memory, now=lambda: self.now)

    def _ask(self, target):
        self.asked.append(target.origin)
        return RobotsAnswer(status=self.status, body=self.body)

    def refuses(self, path="/a", host="http://news.example"):
        target = parse_url(host + path)
        try:
            self.robots.rules(target).refuse(target)
        except (RobotsRefusedError, HostUnreachableError):
            return True
        return False


@pytest.mark.parametrize(
    ("body", "path", "is_refused"),
    [
        (b"", "/a", False),
        (b"User-agent: *\nDisallow: /a", "/a/b", True),
        (b"User-agent: *\nDisallow: /a", "/b", False),
        (b"User-agent: alignwatch\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", True),
        (b"User-agent: alignwatch\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", False),
        (b"User-agent: ALIGNWATCH\nDisallow: /a", "/a", True),
        (b"User-agent: otherbot\nDisallow: /", "/a", False),
        (b"User-agent: *\nDisallow: /\nAllow: /a", "/a", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /a", "/a", True),
        (b"User-agent: *\r\nDisallow: /a\r\n", "/a", True),
        (b"\xff\xfe\x00garbage\nUser-agent: *\nDisallow: /a", "/a", True),
        (b"<html><body>Not here</body></html>", "/a", False),
        (b"User-agent: *\nDisallow: /%C3%A9", "/é", True),
    ],
)
def test_the_rules_hold_for_alignwatch(body, path, is_refused):
    """Asking what a site forbids is how a crawler and its users are banned."""
    assert Host(body=body).refuses(path) is is_refused


@pytest.mark.parametrize(
    ("status", "is_refused"),
    [
        *((404, False), (401, False), (403, False), (410, False), (204, False), (302, False)),
        *((500, True), (503, True), (429, True), (None, True)),
    ],
)
def test_no_robots_txt_allows_and_no_answer_refuses(status, is_refused):
    """By RFC 9309 "not here" is a permission, and a server in trouble is left in peace."""
    assert Host(status=status).refuses() is is_refused


def test_an_origin_is_asked_once_a_day():
    """robots.txt before every page would double the load on a site."""
    host = Host(body=b"User-agent: *\nDisallow: /a")

    assert [host.refuses(path) for path in ("/a", "/b", "/a")] == [True, False, True]
    assert len(host.asked) == 1
    host.refuses(host="https://news.example")
    assert host.asked == ["http://news.example", "https://news.example"]
    host.now += timedelta(hours=25)
    host.refuses()
    assert len(host.asked) == 3


def test_memory_outlives_the_run():
    """A second run on the same day asks for no robots.txt."""
    memory = Memory()
    Host(body=b"User-agent: *\nDisallow: /a", memory=memory).refuses()
    second = Host(body=b"", memory=memory)

    assert second.refuses()
    assert second.asked == []
    assert memory.records["http://news.example"].expires_at == START + timedelta(hours=24)


def test_a_failure_is_asked_again_soon_but_not_at_once():
    """Ten thousand pages of a host that is down must not mean ten thousand requests."""
    host = Host(status=503)

    assert [host.refuses() for _ in range(3)] == [True] * 3
    assert len(host.asked) == 1
    host.status, host.now = 200, START + timedelta(minutes=11)
    assert not host.refuses()


def test_while_robots_txt_cannot_be_reached_the_old_copy_holds():
    """A server's bad hour neither opens what it forbids nor closes what it allows."""
    memory = Memory()
    host = Host(body=b"User-agent: *\nDisallow: /a", memory=memory)
    host.refuses()
    host.status, host.body, host.now = 503, b"", START + timedelta(days=2)

    assert [host.refuses("/a"), host.refuses("/b")] == [True, False]
    assert len(host.asked) == 2
    assert memory.records["http://news.example"].status == 200


@pytest.mark.parametrize(
    ("line", "delay_s"),
    [
        *(("Crawl-delay: 7", 7.0), ("Crawl-delay: 0.5", 0.5), ("", 0.0)),
        *(("Request-rate: 1/5", 5.0), ("Request-rate: 1/1m\nCrawl-delay: 3", 60.0)),
        *(("Crawl-delay: -3", 0.0), ("Crawl-delay: inf", 0.0), ("Crawl-delay: much", 0.0)),
    ],
)
def test_a_crawl_delay_is_read(line, delay_s):
    """The delay is a site's own wish."""
    record = RobotsRecord(
        origin="http://news.example",
        status=200,
        body=f"User-agent: *\n{line}\nDisallow: /x".encode(),
        fetched_at=START,
        expires_at=START,
    )

    assert RobotsRules.from_record(record).crawl_delay_s == delay_s


def test_a_record_needs_times_with_a_zone():
    """A naive time would shift the expiry by the user's own zone."""
    with pytest.raises(ModelError, match="time zone"):
        RobotsRecord(
            origin="http://news.example",
            status=200,
            fetched_at=START.replace(tzinfo=None),
            expires_at=START,
        )
