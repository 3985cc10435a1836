"""Secrets of every kind are planted; nothing that is shown, shared or logged tells them."""

import logging
import re
import sqlite3

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.fetch import redact_url

# each with a number of its own, so that a test can tell which of them got out
SECRET = "pl4nt3d"
PAGE = "<p>" + "Japan signed a trade agreement with Vietnam in Hanoi on Monday. " * 9
FEED = (
    "<rss version='2.0'><channel><item><link>http://news.example/a</link></item><item>"
    f"<link>http://me:{SECRET}1@news.example/b</link></item><item>"
    f"<link>http://news.example/gone?session={SECRET}2</link></item></channel></rss>"
)


def secrets_in(text):
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    return set(re.findall(rf"{SECRET}\d", text))


@pytest.fixture
def site():
    with serve() as running:
        running.routes |= {
            f"/feed?api_key={SECRET}3": answer(
                FEED, media_type="application/rss+xml", set_cookie=f"id={SECRET}4"
            ),
            "/a": answer(PAGE, set_cookie=f"id={SECRET}4", authorization=f"Bearer {SECRET}4"),
            "/moved": answer(status=302, location=f"http://me:{SECRET}5@news.example/a"),
        }
        yield running


def test_no_planted_secret_gets_out_of_a_run_or_of_what_is_made_of_it(desk, site):
    """A report goes to an editor, a store to a colleague, a terminal's text into an issue."""
    proxy = f"http://me:{SECRET}6@127.0.0.1:9"
    env = {
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "ALL_PROXY"), proxy),
        "AWS_SECRET_ACCESS_KEY": f"{SECRET}7",
        "ALIGNWATCH_CONTACT": f"{SECRET}8@agency.example",
    }
    resolve = f"--resolve=news.example={site.address}"
    urls = [
        f"http://news.example/feed?api_key={SECRET}3",
        f"http://news.example/dead?access_token={SECRET}9",
        "http://news.example/moved",
    ]
    store = ["--store", "s.db"]
    commands = [
        ["watch", *urls, "--delay=0", resolve, *store],
        ["fetch", f"http://news.example/dead?access_token={SECRET}9", "--delay=0", resolve],
        ["report", "--out", "r.html", *store],
        ["sources", "health", *store],
        ["sources", "ledger", *store],
        ["show", *store],
        *(["export", name, "--out", f"x.{name}", *store] for name in ("jsonl", "csv", "stix")),
        *(
            ["export", "jsonl", "--what", name, "--out", f"x.{name}", *store]
            for name in ("articles", "documents")
        ),
        ["watch", f"http://me:{SECRET}0@news.example/a", *store],
    ]
    told = desk.run(*commands, env=env, without=("NO_PROXY", "no_proxy"))

    assert [one.code for one in told] == [0] * (len(commands) - 1) + [2], told
    assert "1 new" in told[0].err
    assert "could not be read" in told[0].err
    for command, one in zip(commands, told, strict=True):
        assert secrets_in(one.out + one.err) == set(), command[:2]
    for name in desk.names():
        # the store asks the same addresses again, so that it has to know them
        known = {f"{SECRET}{kind}" for kind in "239"} if name == "s.db" else set()
        assert secrets_in((desk.folder / name).read_bytes()) <= known, name
    with sqlite3.connect(desk.folder / "s.db") as connection:
        (pages,) = connection.execute("SELECT count(*) FROM pages").fetchone()
    connection.close()
    assert pages >= 1
    # who is asked is told who asks, and nothing else
    for asked in site.asked:
        said = {name for name, value in asked.headers.items() if secrets_in(value)}
        assert said <= {"user-agent", "from"}, said
        assert not {"authorization", "cookie", "proxy-authorization"} & set(asked.headers)


def test_no_planted_secret_is_logged(tmp_path, site, caplog):
    """Logs are sent to strangers, at the level that shows most."""
    caplog.set_level(logging.DEBUG, logger="alignwatch")
    aw.watch(
        [f"http://news.example/feed?api_key={SECRET}3", "http://news.example/moved"],
        store=tmp_path / "s.db",
        resolve={"news.example": site.address},
        delay_s=0,
        contact=f"{SECRET}8@agency.example",
    )
    logged = " ".join(str(record.__dict__) for record in caplog.records)

    assert "news.example" in logged
    assert secrets_in(logged) == set()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://a.example/?page=2&api_key=s#x", "http://a.example/?page=2&api_key=...#x"),
        ("http://a.example/?TOKEN=s&b=1", "http://a.example/?TOKEN=...&b=1"),
        ("see http://me:s@a.example/?sig=s, please", "see http://a.example/?sig=... please"),
        ('{"url": "http://a.example/?auth=s"}', '{"url": "http://a.example/?auth=..."}'),
        ("http://a.example/?page=2&monkeys=3", "http://a.example/?page=2&monkeys=3"),
        ("what a key=value pair is", "what a key=value pair is"),
    ],
)
def test_what_is_shown_of_an_address_has_no_key(url, shown):
    """In one place for all who show one."""
    assert redact_url(url) == shown
