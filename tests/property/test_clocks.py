"""Laws of the two clocks: no order, batch or rerun changes a result, and the past stays."""

import tempfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import attrs
from hypothesis import given
from hypothesis import strategies as st

import alignwatch as aw
from alignwatch.aggregate import aggregate_claims, cluster_articles, find_changes, link_origins
from alignwatch.pipeline import clusters
from alignwatch.store import Store, open_store

SENTENCES = [
    "Kenya sent Chad 40 boats in 2024, Harbour Times reports.",
    "Kenya sent Chad 40 boats in 2024.",
    "Chad denied that Kenya had sent it boats.",
    "Kenya no longer sends boats to Chad.",
    "Kenya plans to send Chad boats.",
    "Latvia and Kenya signed a defence treaty in Riga.",
    "South Korea accused Latvia of supplying Kenya with missiles.",
    "Latvia prefers Kenya to Chad as a partner.",
]
DAYS = [None, "2026-05-01", "2026-05-02", "2026-06"]
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map("\n\n".join)


@st.composite
def make_articles(draw):
    """Articles of few sentences, so that they meet; each id once."""
    ids = draw(st.lists(st.sampled_from("abcdef"), max_size=4, unique=True))
    return [
        aw.Article(id=one, url=None, text=draw(texts), published=draw(st.sampled_from(DAYS)))
        for one in ids
    ]


articles = make_articles()


@cache
def read(article):
    document = aw.clean(article)
    return document, aw.extract(document)


def save(store: Store, article):
    document, claims = read(article)
    store.save_article(
        ref_url=f"file:{article.id}",
        source="files",
        page=None,
        article=article,
        document=document,
        claims=claims,
        cleaner="c",
        extractor="e",
    )


def make_store(found):
    """Save articles into a new store, and give what it amounts to."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        for article in found:
            save(store, article)
        return aw.relationships(store), clusters(store)


@given(articles, st.randoms(use_true_random=False))
def test_order_and_reruns_of_articles_change_nothing(found, rng):
    """Two crawls of one day must give one report."""
    shuffled = rng.sample(found, len(found))
    again = shuffled + found[:2]

    assert make_store(again) == make_store(found)


@given(articles, st.integers(0, 4))
def test_batches_change_nothing(found, cut):
    """News comes in portions; what was derived in between must not stay."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.db"
        for batch in (found[:cut], found[cut:]):
            with open_store(path) as store:
                for article in batch:
                    save(store, article)
                kept = aw.relationships(store), clusters(store)

    assert kept == make_store(found)


@given(articles, texts)
def test_an_article_changes_only_what_rests_on_it(found, text):
    """Tomorrow's news of Kenya must not move the line on Latvia."""
    found = [article for article in found if article.id != "f"]
    added = aw.Article(id="f", text=text, published="2026-05-02")
    _, claims = read(added)
    touched = {(claim.source, claim.target, claim.kind) for claim in claims}

    ties, groups = make_store(found)
    more_ties, more_groups = make_store([*found, added])

    joined = {one for group in more_groups if "f" in group.articles for one in group.articles}
    assert [group for group in groups if not joined & set(group.articles)] == [
        group for group in more_groups if "f" not in group.articles
    ]

    def untouched(told):
        return {
            (tie.source, tie.target, tie.kind): tie
            for tie in told
            if (tie.source, tie.target, tie.kind) not in touched
            and not joined & {claim.article for claim in tie.claims}
        }

    assert untouched(ties) == untouched(more_ties)


@given(articles, st.lists(st.tuples(st.sampled_from("abcdef"), texts), max_size=3))
def test_the_past_stays_as_it_was(found, later):
    """A report must be reproducible: what was known then does not depend on what came after.

    But for which articles are copies: that is told by their texts of today.
    """
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        moments = []
        for article in found:
            save(store, article)
            moments.append((store.moment(), list(store.claims())))
        for name, text in later:
            save(store, aw.Article(id=name, text=text, published=None))

        for moment, claims in moments:
            assert list(store.claims(as_of=moment)) == claims


@given(articles)
def test_the_past_of_now_is_now(found):
    """Two ways to ask one question."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        for article in found:
            save(store, article)
        ever = datetime.now(UTC) + timedelta(days=1)

        assert aw.relationships(store, as_of=ever) == aw.relationships(store)
        assert clusters(store, as_of=ever) == clusters(store)
        assert aw.diff(store, since=ever) == ()


@given(articles, st.integers(0, 4))
def test_changes_lead_from_what_was_to_what_is(found, cut):
    """Who applies all changes knows what is: none is missing, none is made up."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.db") as store:
        for article in found[:cut]:
            save(store, article)
        moment = store.moment() or datetime(1, 1, 1, tzinfo=UTC)
        before = aw.relationships(store)
        for article in found[cut:]:
            save(store, article)
        after = aw.relationships(store)
        changes = aw.diff(store, since=moment)

    assert changes == find_changes(before, after)
    states = {(tie.source, tie.target, tie.kind): tie.standing for tie in before}
    for change in changes:
        key = (change.source, change.target, change.kind)
        assert (change.before.standing if change.before else None) == states.get(key)
        states[key] = change.after.standing if change.after else None
    is_now = {(tie.source, tie.target, tie.kind): tie.standing for tie in after}
    assert {key: one for key, one in states.items() if one} == is_now


@given(articles, st.randoms(use_true_random=False))
def test_order_never_changes_links_clusters_and_changes(found, rng):
    """Each is a function of the set of its parts."""
    documents = [read(article)[0] for article in found]
    claims = [claim for article in found for claim in read(article)[1]]
    mixed, shuffled = rng.sample(documents, len(documents)), rng.sample(claims, len(claims))

    links = link_origins(documents, claims)
    assert link_origins(mixed, shuffled) == links
    told = {document.article: document.text for document in documents}
    groups = cluster_articles(told, links=links)
    assert cluster_articles(dict(rng.sample(list(told.items()), len(told))), links=links) == groups
    ties, half = aggregate_claims(claims, clusters=groups), aggregate_claims(claims[::2])
    assert find_changes(rng.sample(half, len(half)), ties[::-1]) == find_changes(half, ties)


@given(articles)
def test_what_links_two_articles_depends_on_the_two_alone(found):
    """A third article must not make one voice of two others."""
    told = [read(article) for article in found]
    pairs = [
        link_origins([one[0], other[0]], [*one[1], *other[1]])
        for place, one in enumerate(told)
        for other in told[:place]
    ]
    every = link_origins([one[0] for one in told], [claim for one in told for claim in one[1]])

    assert sorted(every, key=attrs.astuple) == sorted(
        (link for links in pairs for link in links), key=attrs.astuple
    )
