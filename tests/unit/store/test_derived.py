from alignwatch.model import Article, Document, Failure
from alignwatch.store import open_store

URL = "https://norland.example/1"


def save(store, text, url=URL):
    store.save_article(
        ref_url=url,
        source="rss",
        page=None,
        article=Article(id=url, text=text),
        document=Document(article=url, text=text),
        claims=[],
        cleaner="clean/1",
        extractor="rules/1",
    )


def test_the_mark_changes_with_what_is_shown_and_with_nothing_else(path):
    """It decides whether an hour's work is done again."""
    with open_store(path) as store:
        save(store, "Kenya met Chad.")
        first, texts = store.mark(), store.mark(texts_only=True)
        save(store, "Kenya met Chad.")
        store.remember_validators("https://norland.example/feed", etag="1")
        store.start_run()
        assert (store.mark(), store.mark(texts_only=True)) == (first, texts)

        store.save_failure(Failure(url="u", source="rss", reason="x", message="m"))
        failed = store.mark()
        store.save_failure(Failure(url="u", source="rss", reason="x", message="m", tries=2))
        assert failed != first
        assert store.mark() == failed
        assert store.mark(texts_only=True) == texts

        save(store, "Kenya left Chad.")
        assert texts != store.mark(texts_only=True)
        assert failed != store.mark()


def test_what_was_made_is_kept_with_its_mark_and_goes_with_what_is_forgotten(path):
    """A list of clusters names the pages that somebody asked to be left out."""
    with open_store(path) as store:
        save(store, "Kenya met Chad.")
        assert store.derived("clusters", "m1") is None
        store.keep_derived("clusters", "m1", URL * 1000)
        assert store.derived("clusters", "m1") == URL * 1000
        assert store.derived("clusters", "m2") is None
        store.keep_derived("clusters", "m2", "[]")
        assert store.derived("clusters", "m1") is None

        store.forget(URL)
        assert store.derived("clusters", "m2") is None
