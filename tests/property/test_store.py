"""Laws of the store: what is saved comes back, in whatever order; what is forgotten is gone."""

import os
import tempfile
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.fetch import RobotsRecord, Validators
from alignwatch.model import (
    Article,
    Claim,
    Document,
    Edit,
    Evidence,
    Failure,
    Health,
    Kind,
    Page,
    PageRef,
)
from alignwatch.store import AddressState, Verdict, open_store

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""A folder without a disk to wait for, where there is one: these laws do not hang on it."""

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = texts.filter(bool)
zones = st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))])
times = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=zones)  # noqa: DTZ001 - zones are drawn
urls = st.builds("https://{}.example/{}".format, st.sampled_from("ab"), st.integers(0, 9))
refs = st.builds(
    PageRef,
    url=urls,
    title=st.none() | texts,
    published_at=st.none() | times,
    changed_at=st.none() | times,
)


@st.composite
def make_documents(draw, article_id):
    kept = draw(st.lists(texts, min_size=1, max_size=4))
    edits, at = [], 0
    clean = ""
    for piece in kept:
        clean, at = clean + piece, at + len(piece)
        original, replacement = draw(names), draw(texts)
        if piece and original != replacement:
            edits.append(
                Edit(
                    start=at,
                    end=at + len(original),
                    original=original,
                    replacement=replacement,
                    rule="rule",
                )
            )
            clean, at = clean + replacement, at + len(original)
    return Document(article=article_id, text=clean, removed=tuple(edits), title=draw(texts))


@st.composite
def make_claims(draw, article_id):
    quote = draw(names)
    start = draw(st.integers(0, 5))
    source, target = draw(st.sampled_from([("KEN", "TCD"), ("TCD", "KEN"), ("KEN", "UGA")]))
    return Claim(
        article=article_id,
        extractor="rules/1",
        source=source,
        target=target,
        kind=draw(st.sampled_from([Kind.AID, Kind.ENERGY])),
        confidence=draw(st.floats(0, 1)),
        evidence=Evidence(
            start=start, end=start + len(quote), raw_start=start, raw_end=start + 1, quote=quote
        ),
    )


@st.composite
def make_readings(draw):
    """What `Store.save_article` takes."""
    url = draw(urls)
    article_id = draw(st.sampled_from([url, "shared", draw(names)]))
    document = draw(st.none() | make_documents(article_id))
    text = draw(texts) if document is None or draw(st.booleans()) else document.restore()
    pages = st.builds(
        Page,
        url=st.just(url),
        content=st.sampled_from([b"one", b"two"]) | st.binary(max_size=50),
        final_url=st.none() | urls,
        media_type=st.none() | texts,
        charset=st.none() | texts,
        fetched_at=st.none() | times,
        etag=st.none() | texts,
        last_modified=st.none() | texts,
        article_id=st.none() | texts,
    )
    return {
        "ref_url": url,
        "source": draw(st.sampled_from(["rss", "files"])),
        "page": draw(st.none() | pages),
        "article": Article(
            id=article_id,
            text=text,
            url=draw(st.none() | urls),
            published=draw(st.none() | st.sampled_from(["2025", "2025-07", "2025-07-02"])),
            tags=tuple(draw(st.lists(texts, max_size=2))),
        ),
        "document": document,
        "claims": tuple(draw(st.lists(make_claims(article_id), max_size=3))),
        "cleaner": "clean/1",
        "extractor": "rules/1",
    }


by_address = st.lists(make_readings(), max_size=6, unique_by=lambda reading: reading["ref_url"])


@contextmanager
def open_new_store():
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, open_store(Path(folder) / "s") as store:
        yield store


def all_that_is_told(store):
    return {
        "articles": list(store.articles()),
        "documents": list(store.documents()),
        "claims": list(store.claims()),
        "as extracted": list(store.claims(with_verdicts=False)),
        "addresses": list(store.addresses()),
        "pages": list(store.kept_pages()),
        "failures": list(store.failures()),
        "verdicts": list(store.verdicts()),
        "counts": store.counts(),
    }


@given(make_readings())
def test_what_is_saved_comes_back_equal(reading):
    """A quote that changes on its way through the store is a false quote."""
    with open_new_store() as store:
        store.save_article(**reading)
        article, page = reading["article"], reading["page"]

        assert store.article(article.id) == article
        assert store.document(article.id) == reading["document"]
        assert sorted(map(repr, store.claims())) == sorted(map(repr, reading["claims"]))
        assert store.page(reading["ref_url"]) == page
        assert store.address(reading["ref_url"]).state is AddressState.STORED


@given(by_address, st.randoms(use_true_random=False))
def test_the_order_of_saving_does_not_matter(readings, rng):
    """Threads finish in any order, and the report must be the same byte for byte."""
    with open_new_store() as store, open_new_store() as other:
        for reading in readings:
            store.save_article(**reading)
        for reading in rng.sample(readings, len(readings)):
            other.save_article(**reading)

        assert all_that_is_told(store) == all_that_is_told(other)


@given(by_address)
def test_saving_twice_is_saving_once(readings):
    """A run that was killed and runs again doubles nothing."""
    with open_new_store() as store:
        for reading in readings:
            store.save_article(**reading)
        once = all_that_is_told(store)
        for reading in readings:
            store.save_article(**reading)

        assert all_that_is_told(store) == once


@given(st.lists(make_readings().filter(lambda reading: reading["page"]), max_size=6))
def test_an_address_holds_what_it_gave_last_and_nothing_else(readings):
    """A corrected article takes the place of the one that was wrong."""
    last = {reading["ref_url"]: reading for reading in readings}
    with open_new_store() as store, open_new_store() as other:
        for reading in readings:
            store.save_article(**reading)
        for url, reading in last.items():
            first = next(reading for reading in readings if reading["ref_url"] == url)
            other.save_article(**{**reading, "source": first["source"]})

        assert all_that_is_told(store) == all_that_is_told(other)


@given(by_address)
def test_counts_agree_with_what_is_given(readings):
    """The last line of a run must not contradict its table."""
    with open_new_store() as store:
        for reading in readings:
            store.save_article(**reading)
        counts = store.counts()

        assert counts.articles == len(list(store.articles()))
        assert counts.documents == len(list(store.documents()))
        assert counts.claims == len(list(store.claims(with_verdicts=False)))
        assert counts.kept_pages == len(list(store.kept_pages()))
        assert counts.stored == len(list(store.addresses(state=AddressState.STORED)))


@given(by_address, st.sampled_from(["a.example", "b.example", "https://a.example/1"]))
def test_forgetting_is_as_if_it_had_never_been_read(readings, name):
    """Who asks to be taken down is taken down whole, and nobody else is."""

    def comes_from_it(reading):
        told = {reading["ref_url"], reading["article"].url, reading["article"].id}
        told.add(reading["page"] and reading["page"].final_url)
        return any(url and (url == name or f"//{name}/" in url) for url in told)

    with open_new_store() as store, open_new_store() as other:
        for reading in readings:
            store.save_article(**reading)
            if not comes_from_it(reading):
                other.save_article(**reading)
        store.forget(name)

        assert all_that_is_told(store) == all_that_is_told(other)


@given(st.lists(refs, max_size=8))
def test_discovery_keeps_the_order_and_finds_nothing_twice(found):
    """A feed lists the same pages every hour."""
    with open_new_store() as store:
        new = store.add_discovered("rss", found)
        due = store.due("rss", now=datetime.now(UTC))

        assert [ref.url for ref in due] == list(dict.fromkeys(ref.url for ref in found))
        assert new == len(due)
        assert store.add_discovered("rss", found) == 0


@given(refs)
def test_a_reference_comes_back_equal(ref):
    """What the listing said of a page is part of what is known about it."""
    with open_new_store() as store:
        store.add_discovered("rss", [ref])

        assert store.due(now=datetime.now(UTC)) == (ref,)
        assert store.address(ref.url).ref == ref


@given(
    st.builds(
        Failure,
        url=urls,
        source=names,
        reason=names,
        message=texts,
        tries=st.integers(1, 99),
        retry_at=st.none() | times,
    )
)
def test_a_failure_comes_back_equal(failure):
    """What was wrong last time is told to people, and decides on the next try."""
    with open_new_store() as store:
        store.save_failure(failure)

        assert store.failure(failure.url) == failure
        assert list(store.failures()) == [failure]


@given(
    st.builds(
        RobotsRecord,
        origin=st.just("https://a.example"),
        status=st.none() | st.integers(100, 599),
        body=st.binary(max_size=50),
        fetched_at=times,
        expires_at=times,
    ),
    st.builds(Validators, etag=names, last_modified=st.none() | texts),
    st.lists(st.builds(Health, source=names, stored=st.integers(0, 99))),
)
def test_what_a_fetcher_and_a_run_note_comes_back_equal(record, validators, health):
    """An ETag that changes by one byte means that every page is fetched anew."""
    with open_new_store() as store:
        store.remember_robots(record)
        store.remember_validators(
            "https://a.example/feed", validators.etag, validators.last_modified
        )
        store.start_run()
        store.finish_run(health)

        assert store.robots(record.origin) == record
        assert store.validators("https://a.example/feed") == validators
        assert store.health() == tuple(health)


words = st.text("abcdefghijklmnopqrstuvwxyz", min_size=12, max_size=400)


@given(words, st.integers(0, 30), st.lists(st.integers(0, 2_000), min_size=1, max_size=30))
def test_forgetting_leaves_no_trace_on_disk(secret, at, sizes):
    """A takedown that leaves the text in the file is none; rows of all sizes split pages."""
    secret = f"SECRET{secret}"
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder, open_store(Path(folder) / "s") as store:
        urls_saved = [f"https://a.example/{number}" for number in range(len(sizes))]
        urls_saved.insert(at, gone := f"https://a.example/{secret}")
        for url, size in zip(urls_saved, [*sizes, 20], strict=True):
            text = secret if url == gone else "x" * size + "y"
            claim = Claim(
                article=url,
                extractor="rules/1",
                source="KEN",
                target="TCD",
                kind=Kind.AID,
                confidence=0.5,
                evidence=Evidence(
                    start=0, end=len(text), raw_start=0, raw_end=len(text), quote=text
                ),
            )
            page = Page(url=url, content=text.encode(), final_url=f"{url}?", etag=text)
            store.add_discovered("rss", [PageRef(url=url, title=text)])
            store.save_article(
                ref_url=url,
                source="rss",
                page=page,
                article=Article(id=url, url=f"{url}#", title=text, text=text),
                document=Document(article=url, text=text),
                claims=[claim],
                cleaner="clean/1",
                extractor="rules/1",
            )
            store.save_verdict(Verdict(claim=claim.id, decision="accepted", note=text))
            store.save_failure(Failure(url=url, source="rss", reason="x", message=text))
            store.remember_source(url, "rss")
        store.forget(gone)
        left = b"".join(file.read_bytes() for file in Path(folder).iterdir())

    assert secret.encode() not in left
    assert b"SECRET" not in left
    assert zlib.compress(secret.encode())[2:-4] not in left
