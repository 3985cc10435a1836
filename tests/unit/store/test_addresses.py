from datetime import UTC, datetime, timedelta

import pytest

from alignwatch.errors import ModelError
from alignwatch.fetch import Validators
from alignwatch.model import Failure, Page, PageRef
from alignwatch.store import AddressState

NOW = datetime(2025, 7, 2, 12, tzinfo=UTC)
URL = "https://norland.example/1"
FEED = "https://norland.example/feed"


def failure(url=URL, *, tries=1, retry_at=None):
    return Failure(
        url=url,
        source="rss",
        reason="http-status",
        message="answered 503",
        tries=tries,
        retry_at=retry_at,
    )


def urls_due(store, source=None, now=NOW):
    return [ref.url for ref in store.due(source, now=now)]


def test_an_address_waits_until_it_is_stored(store, made):
    """What a run had no time for is there for the next."""
    store.add_discovered("rss", [PageRef(url=URL, title="Talks")])

    assert urls_due(store) == [URL]
    store.save_article(**made(URL))
    assert urls_due(store) == []
    assert store.address(URL).title == "Talks"


def test_each_source_is_given_its_own_addresses(store):
    """A page in two feeds is fetched once, by the one that found it first."""
    store.add_discovered("one", [PageRef(url=URL)])
    store.add_discovered("two", [PageRef(url=URL), PageRef(url=f"{URL}2")])

    assert urls_due(store, "one") == [URL]
    assert urls_due(store, "two") == [f"{URL}2"]
    assert urls_due(store) == [URL, f"{URL}2"]


@pytest.mark.parametrize(
    ("before", "after", "is_due"),
    [
        (NOW, NOW + timedelta(seconds=1), True),
        (NOW, NOW, False),
        (NOW, NOW - timedelta(days=1), False),
        (NOW, None, False),
        (None, None, False),
        (None, NOW, False),
    ],
)
def test_a_stored_page_is_read_again_when_its_listing_says_that_it_changed(
    store, made, before, after, is_due
):
    """Outlets correct their articles, and sitemaps say when."""
    store.add_discovered("rss", [PageRef(url=URL, changed_at=before)])
    store.save_article(**made(URL))

    assert store.add_discovered("rss", [PageRef(url=URL, changed_at=after)]) == is_due
    assert urls_due(store) == [URL] * is_due
    assert store.article(URL) is not None


def test_a_failed_page_is_due_again_at_its_time(store):
    """Back-off: neither hammered nor dropped."""
    store.add_discovered("rss", [PageRef(url=URL)])
    store.save_failure(failure(retry_at=NOW))

    assert urls_due(store, now=NOW - timedelta(seconds=1)) == []
    assert urls_due(store, now=NOW) == [URL]
    assert store.address(URL).reason == "http-status"
    assert store.address(URL).tries == 1


def test_a_page_that_failed_for_good_is_read_when_its_listing_says_that_it_changed(store):
    """The outlet mended it."""
    store.add_discovered("rss", [PageRef(url=URL, changed_at=NOW)])
    store.save_failure(failure(retry_at=None))
    assert urls_due(store, now=NOW + timedelta(days=999)) == []

    store.add_discovered("rss", [PageRef(url=URL, changed_at=NOW + timedelta(days=1))])

    assert urls_due(store) == [URL]


def test_a_page_that_fails_keeps_what_was_read_before(store, made):
    """A paywall that goes up must not take the evidence with it."""
    store.save_article(**made(URL))
    store.save_failure(failure(retry_at=NOW))

    assert store.address(URL).state is AddressState.FAILED
    assert store.address(URL).article == URL
    assert store.article(URL) is not None
    assert store.validators(URL) == Validators(etag='"1"')


def test_a_failure_is_cleared_when_the_page_is_read(store, made):
    """The list of failures is of what is wrong now."""
    store.add_discovered("rss", [PageRef(url=URL)])
    store.save_failure(failure())
    store.save_article(**made(URL))

    assert list(store.failures()) == []
    assert store.failure(URL) is None
    assert store.address(URL).tries == 0


def test_a_page_that_did_not_change_is_stored_again(store, made):
    """A 304 after a failure says that all is well."""
    store.save_article(**made(URL))
    store.save_failure(failure())

    assert store.mark_unchanged(URL)
    assert store.address(URL).state is AddressState.STORED
    assert list(store.failures()) == []


def test_a_page_of_which_nothing_is_stored_cannot_be_unchanged(store):
    """A server that answers 304 to a first request must not make us skip the page."""
    store.add_discovered("rss", [PageRef(url=URL)])

    assert not store.mark_unchanged(URL)
    assert urls_due(store) == [URL]


def test_a_feed_that_fails_is_listed_and_never_taken_for_a_page(store):
    """It is asked again by its source, with the back-off that its tries give."""
    store.save_failure(failure(FEED, tries=3, retry_at=NOW))

    assert urls_due(store) == []
    assert not store.is_seen(FEED)
    assert store.failure(FEED).tries == 3


@pytest.mark.parametrize(
    "read",
    [
        lambda store: store.add_discovered("rss", [], listings={FEED: Validators(etag="x")}),
        lambda store: store.remember_validators(FEED, etag="x"),
        lambda store: store.clear_failure(FEED),
    ],
)
def test_a_feed_that_can_be_read_again_has_failed_no_more(store, read):
    """Else the report would name it for ever."""
    store.save_failure(failure(FEED))

    read(store)

    assert list(store.failures()) == []


def test_validators_of_a_page_do_not_clear_its_failure(store):
    """It was fetched, and could not be parsed."""
    store.add_discovered("rss", [PageRef(url=URL)])
    store.save_failure(failure())
    store.remember_validators(URL, etag="x")

    assert store.failure(URL) == failure()


def test_what_a_feed_gave_is_stored_together_with_its_validators(store):
    """Killed in between, the next run would get a 304 and never learn of the pages."""

    def refs():
        yield PageRef(url=URL)
        msg = "the feed breaks here"
        raise RuntimeError(msg)

    with pytest.raises(RuntimeError):
        store.add_discovered("rss", refs(), listings={FEED: Validators(etag="x")})
    assert store.validators(FEED) is None
    assert not store.is_seen(URL)


def test_a_page_that_a_source_brings_along_is_never_due(store):
    """Nobody can fetch a record of a file by its address; its source brings it again."""
    page = Page(url="file:notes.txt", content=b"\x00")
    store.save_failure(failure(page.url, retry_at=NOW), page=page)

    assert urls_due(store) == []
    assert store.address(page.url).state is AddressState.FAILED
    assert store.address(page.url).retry_at == NOW


def test_the_bytes_that_failed_are_known_by_their_hash(store, made):
    """The same broken file is not read again at every run."""
    store.save_article(**made(URL))
    before = store.address(URL).content_hash
    store.save_failure(failure(), page=Page(url=URL, content=b"broken"))

    assert store.address(URL).content_hash not in {before, None}


def test_addresses_come_in_order_of_their_urls_whatever_their_state(store, made):
    """A listing that jumps about cannot be compared with yesterday's."""
    store.add_discovered("rss", [PageRef(url=f"{URL}/{name}") for name in "cab"])
    store.save_article(**made(f"{URL}/b"))

    assert [address.url[-1] for address in store.addresses()] == ["a", "b", "c"]
    assert [address.url[-1] for address in store.addresses(state="pending")] == ["a", "c"]
    assert list(store.addresses("files")) == []


@pytest.mark.parametrize("url", ["", "file:caf\udce9.txt"])
def test_an_address_that_cannot_be_written_down_is_refused(store, url):
    """File names may hold bytes that are no text; the message says what to do."""
    with pytest.raises(ModelError, match="url"):
        store.add_discovered("files", [PageRef(url=url)])
    with pytest.raises(ModelError, match="url"):
        store.save_failure(failure(url))


def test_a_message_that_cannot_be_written_down_is_mended(store):
    """A failure must always be told, even one about a broken name."""
    store.save_failure(
        Failure(url=URL, source="files", reason="not-text", message="cannot read caf\udce9")
    )

    assert store.failure(URL).message.startswith("cannot read caf")
