import random
import sqlite3
from contextlib import closing

import pytest

from alignwatch.errors import AddressRefusedError, ModelError, StoreBusyError
from alignwatch.fetch import RobotsRecord, Validators
from alignwatch.model import Failure, Page, PageRef
from alignwatch.store import Counts, Forgotten, Verdict, _open, open_store

URL = "https://norland.example/1"
OTHER = "https://sudmark.example/2"


def everything_of(store, made, url, **changes):
    """Leave every kind of trace of *url*."""
    given = made(url, **changes)
    store.add_discovered("rss", [PageRef(url=url)], listings={f"{url}/feed": Validators(etag="x")})
    store.save_article(**given)
    store.save_verdict(Verdict(claim=given["claims"][0].id, decision="accepted"))
    store.save_failure(Failure(url=url, source="rss", reason="x", message="m"))
    store.save_failure(Failure(url=f"{url}/feed", source="rss", reason="x", message="m"))
    store.remember_source(url, "rss")


@pytest.mark.parametrize(
    "name", [URL, "norland.example", "Norland.Example", "norland.example:8080"]
)
def test_all_that_came_from_it_is_gone(store, made, name):
    """A publisher who asks to be taken down need not ask twice."""
    everything_of(store, made, URL)

    assert store.forget(name) == Forgotten(
        addresses=1, kept_pages=1, articles=1, documents=1, claims=1, verdicts=1
    )
    assert store.counts() == Counts()
    assert not store.is_seen(URL)
    assert store.validators(URL) is None
    assert store.source_of(URL) is None
    assert store.failure(URL) is None
    assert store._database.row("SELECT count(*) FROM bodies") == (0,)


def test_a_host_takes_its_feeds_and_its_robots_txt_along(store, made):
    """Nothing of the host is left, but a hash."""
    everything_of(store, made, URL)
    at = made(URL)["page"].fetched_at or _now()
    store.remember_robots(
        RobotsRecord(origin="https://norland.example", status=200, fetched_at=at, expires_at=at)
    )
    store.forget("norland.example")

    assert store.robots("https://norland.example") is None
    assert store.validators(f"{URL}/feed") is None
    assert list(store.failures()) == []


def _now():
    from datetime import UTC, datetime

    return datetime(2025, 7, 2, tzinfo=UTC)


def test_nobody_else_is_touched(store, made):
    """Bytes that another page shares stay, and so do subdomains."""
    everything_of(store, made, URL)
    everything_of(store, made, OTHER, page=Page(url=OTHER, content=made(URL)["page"].content))
    everything_of(store, made, "https://www.norland.example/1")
    store.forget("norland.example")

    assert [article.id for article in store.articles()] == [OTHER, "https://www.norland.example/1"]
    assert len(list(store.verdicts())) == 2
    assert store.page(OTHER).content == made(URL)["page"].content


@pytest.mark.parametrize("again", [URL, f"{URL}?utm_source=x"])
@pytest.mark.parametrize("name", [URL, "norland.example"])
def test_what_was_forgotten_is_not_stored_again(store, made, name, again):
    """Neither when a feed lists it, nor when another address leads to it."""
    store.save_article(**made(URL))
    store.forget(name)
    moved = made(again, article_id=URL, page=Page(url=again, content=b"x", final_url=URL))

    with pytest.raises(AddressRefusedError, match="taken down"):
        store.save_article(**moved)
    assert store.is_forgotten(URL)
    assert store.add_discovered("rss", [PageRef(url=URL)]) == 0
    store.save_failure(Failure(url=URL, source="rss", reason="x", message="m"))
    store.remember_validators(URL, etag="x")
    store.remember_source(URL, "rss")
    assert store.counts() == Counts()
    assert store.failure(URL) is None
    assert store.validators(URL) is None
    assert store.source_of(URL) is None


def test_a_host_that_was_forgotten_is_known_at_all_its_addresses(store):
    """Pages that were never seen too."""
    store.forget("norland.example")

    assert store.is_forgotten("http://NORLAND.example:81/new")
    assert not store.is_forgotten("https://www.norland.example/")


def test_a_page_is_forgotten_by_the_address_that_it_was_redirected_to(store, made):
    """A publisher names the address that he knows."""
    short = "https://short.example/x"
    store.save_article(**made(short, page=Page(url=short, content=b"x", final_url=URL)))

    assert store.forget(URL).articles == 1
    assert store.is_forgotten(short)


def test_a_page_cannot_have_others_forgotten_by_calling_itself_by_their_url(store, made):
    """A canonical link is only what a page says of itself."""
    liar = made(OTHER)
    store.save_article(**made(OTHER, article=made(URL, article_id=OTHER)["article"]))
    assert liar["article"].id == OTHER
    store.forget(OTHER)

    assert not store.is_forgotten(URL)


def test_a_local_article_is_forgotten_by_its_id(store, made):
    """A file has no host."""
    url = "file:notes/a.txt"
    store.save_article(**made(url, article_id="a.txt", page=Page(url=url, content=b"x")))

    assert store.forget("a.txt").articles == 1
    assert store.is_forgotten(url)


def test_a_verdict_stays_on_an_article_that_another_address_gave_too(store, made):
    """Only the one address was asked to go."""
    for url in (URL, OTHER):
        store.save_article(**made(url, article_id="story"))
    (claim,) = made(URL, article_id="story")["claims"]
    store.save_verdict(Verdict(claim=claim.id, decision="rejected"))
    store.forget(URL)
    assert len(list(store.verdicts())) == 1
    store.forget(OTHER)

    assert list(store.verdicts()) == []


@pytest.mark.parametrize("name", ["", "norland.example/1", "two words", "a@b.example", "?"])
def test_what_is_neither_url_nor_host_is_refused(store, name):
    """Else a mistyped takedown would seem to be done."""
    with pytest.raises(ModelError, match="neither a url"):
        store.forget(name)


def test_forgetting_the_unknown_is_remembered(store):
    """A publisher may ask before we come by."""
    assert store.forget(URL) == Forgotten()
    assert store.is_forgotten(URL)


def test_no_text_is_left_in_pages_that_were_split(path, made):
    """SQLite zeroes what it deletes, but not what it leaves behind when it moves rows about."""
    rng = random.Random(1)
    ours = [f"https://norland.example/SECRET/{number}" for number in range(40)]
    urls = [*ours, *(f"https://sudmark.example/{number}" for number in range(260))]
    rng.shuffle(urls)
    with open_store(path) as store:
        for url in [*urls, *rng.sample(urls, 200), *rng.sample(urls, 200)]:
            words = "SECRET TALKS. " if "SECRET" in url else "Open talks. "
            store.save_article(**made(url, words * rng.randrange(1, 90)))
        store.forget("norland.example")
        left = b"".join(file.read_bytes() for file in path.parent.iterdir())

    assert b"SECRET" not in left


def test_a_reader_that_keeps_the_old_text_alive_is_told_of(path, made, monkeypatch):
    """The text is on the disk until that reader is done; saying otherwise would be a lie."""
    monkeypatch.setattr(_open, "_WAIT_S", 0.05)
    with open_store(path) as store, closing(sqlite3.connect(path)) as reader:
        store.save_article(**made(URL))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()

        with pytest.raises(StoreBusyError, match="call forget again"):
            store.forget(URL)
        assert store.counts() == Counts()
        reader.execute("COMMIT")
        store.forget(URL)
        left = b"".join(file.read_bytes() for file in path.parent.iterdir())

    assert b"Norland sent fuel" not in left
