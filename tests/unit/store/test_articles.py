import threading

import pytest

from alignwatch.errors import ModelError, StoreError
from alignwatch.model import Document, Page
from alignwatch.store import MAX_PAGE_BYTES, Versions, open_store

URL = "https://norland.example/1"
OTHER = "https://norland.example/2"


def test_an_article_is_kept_with_all_that_was_made_of_it(store, made):
    """Whoever quotes a claim can go back to the page."""
    given = made(URL)
    store.save_article(**given)

    assert store.article(URL) == given["article"]
    assert store.document(URL) == given["document"]
    assert tuple(store.claims()) == given["claims"]
    assert store.page(URL) == given["page"]
    assert store.versions(URL) == Versions(cleaner="clean/1", extractor="rules/1")


def test_what_is_not_there_is_none(store):
    """`None` means known to be absent."""
    assert store.article(URL) is None
    assert store.document(URL) is None
    assert store.versions(URL) is None
    assert store.page(URL) is None
    assert store.address(URL) is None


def test_an_article_takes_the_place_of_what_its_address_gave_before(store, made):
    """Claims of a sentence that was withdrawn must not stay."""
    store.save_article(**made(URL))
    store.save_article(**made(URL, "Norland sent no fuel.", article_id="renamed", claims=()))

    assert [article.id for article in store.articles()] == ["renamed"]
    assert store.article(URL) is None
    assert list(store.claims()) == []
    assert [page.content for _, page in store.kept_pages()] == [
        b"<p>Norland sent no fuel. Comments"
    ]


def test_an_article_that_two_addresses_give_counts_once(store, made):
    """The same story with and without a tracking suffix is one source, not two."""
    store.save_article(**made(OTHER, article_id="story"))
    store.save_article(**made(URL, article_id="story"))

    assert [article.url for article in store.articles()] == [URL]
    assert len(list(store.documents())) == len(list(store.claims())) == 1
    assert store.counts().articles == store.counts().claims == 1


@pytest.mark.parametrize("part", ["document", "claims"])
def test_parts_of_another_article_are_refused(store, made, part):
    """A claim filed under the wrong article would be quoted with the wrong source."""
    with pytest.raises(ModelError, match="must name it"):
        store.save_article(**made(URL, **{part: made(OTHER)[part]}))
    assert store.counts().stored == 0


def test_articles_come_by_publication_then_id_the_undated_last(store, made):
    """Reports are compared line by line, so order must not hang on when a page was fetched."""
    for name, published in {
        "e": None,
        "d": "2025-07-02",
        "c": "2025-07-02T09:00:00+00:00",
        "b": "2025-07-02",
        "a": "2025-07-03",
        "f": "2025",
    }.items():
        store.save_article(**made(f"https://norland.example/{name}", published=published))

    order = ["f", "b", "d", "c", "a", "e"]
    assert [article.id[-1] for article in store.articles()] == order
    assert [document.article[-1] for document in store.documents()] == order
    assert [claim.article[-1] for claim in store.claims()] == order


def test_one_may_write_while_going_through_what_is_there(store, made):
    """`reprocess` saves each page as it reads them."""
    for number in range(120):
        store.save_article(**made(f"https://norland.example/{number:03}"))
    seen = 0
    for article in store.articles():
        seen += 1
        store.save_article(**made(article.id, "Norland sent nothing at all."))
        store.save_article(**made(f"https://sudmark.example/{seen}"))

    assert seen == 120
    assert {a.text for a in store.articles() if "norland" in a.id} == {
        "Norland sent nothing at all. Comments"
    }


def test_the_same_bytes_are_kept_once(store, made):
    """Syndicated pages and error pages repeat by the thousand."""
    page = Page(url=URL, content=b"the same" * 1000)
    store.save_article(**made(URL, page=page))
    store.save_article(**made(OTHER, page=Page(url=OTHER, content=page.content)))

    assert store._database.row("SELECT count(*) FROM bodies") == (1,)
    store.save_article(**made(URL))
    assert store.page(OTHER).content == page.content
    store.save_article(**made(OTHER, "Sudmark was silent."))
    assert store._database.row("SELECT count(*) FROM bodies") == (2,)


def test_bytes_over_the_limit_are_not_kept_and_the_article_is(store, made):
    """One monstrous page must not fill the disk."""
    page = Page(url=URL, content=bytes(MAX_PAGE_BYTES + 1))
    store.save_article(**made(URL, page=page))

    assert store.page(URL) is None
    assert store.article(URL) is not None
    assert store.address(URL).content_hash is not None


def test_bytes_can_be_left_out(path, made):
    """Some may keep what they concluded and not what they read."""
    with open_store(path, keep_pages=False) as store:
        store.save_article(**made(URL))

        assert store.page(URL) is None
        assert store.address(URL).content_hash is not None
        assert store.article(URL) is not None


def test_bytes_that_are_kept_stay_when_no_more_are_to_be_kept(path, made):
    """`reprocess` on a store that has stopped keeping bytes must not throw the old ones away."""
    with open_store(path) as store:
        store.save_article(**made(URL))
    with open_store(path, keep_pages=False) as store:
        store.save_article(**made(URL))
        assert store.page(URL) is not None

        store.save_article(**made(URL, page=Page(url=URL, content=b"new")))
        assert store.page(URL) is None
        assert store._database.row("SELECT count(*) FROM bodies") == (0,)


def test_an_article_read_anew_without_its_bytes_keeps_what_is_known_of_them(store, made):
    """Else the next watch would fetch the whole store again."""
    store.save_article(**made(URL))
    before = store.address(URL)
    store.save_article(**made(URL, page=None))

    assert store.address(URL) == before
    assert store.page(URL) == made(URL)["page"]


def test_an_article_without_a_document_is_kept_as_it_is(store, made):
    """Cleaning may have nothing to say."""
    store.save_article(**made(URL, document=None, claims=()))

    assert store.article(URL) == made(URL)["article"]
    assert list(store.documents()) == []


def test_the_text_is_kept_once_where_the_document_gives_it_back(store, made):
    """Texts are most of a store."""
    text = "".join(f"Sentence number {n} is about {n * 7919 % 10007}. " for n in range(3000))
    store.save_article(**made(URL, text))
    row = store._database.row(
        "SELECT length(a.record), length(d.record) FROM articles a, documents d"
    )

    assert row[0] < 1000 < row[1] < len(text) / 2
    assert store.article(URL) == made(URL, text)["article"]
    store.save_article(**made(URL, document=Document(article=URL, text="another")))
    assert store.article(URL) == made(URL)["article"]


def test_threads_may_share_a_store(store, made):
    """Hosts are fetched side by side."""
    errors = []

    def save(host):
        try:
            for number in range(20):
                store.save_article(**made(f"https://{host}.example/{number}"))
                list(store.claims(article=f"https://{host}.example/{number}"))
        except Exception as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=save, args=(f"h{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert store.counts().articles == 120


def test_an_interrupted_save_leaves_the_store_usable(store, made, monkeypatch):
    """Ctrl-C in the middle of a transaction, and then the run wants to note that it ended."""
    insert = store._insert_claims

    def interrupt(*args, **named):
        insert(*args, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "_insert_claims", interrupt)
    with pytest.raises(KeyboardInterrupt):
        store.save_article(**made(URL))
    monkeypatch.undo()

    assert store.counts().articles == 0
    store.save_article(**made(URL))
    assert store.counts().claims == 1


@pytest.mark.parametrize("record", ["{}", "no json", '{"schema": 99}', b"\x00", "[]"])
def test_a_record_that_somebody_changed_is_named(store, made, record):
    """The file is open to other programs."""
    store.save_article(**made(URL))
    store._database.rows("UPDATE documents SET record = ?", record)

    with pytest.raises(StoreError, match="record of the store"):
        store.document(URL)
