"""Laws of aggregation: order, batches and reruns never matter, and nothing is lost."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.aggregate import aggregate_claims, aggregate_table, cluster_articles
from alignwatch.export import relationships_to_arrow, to_arrow
from alignwatch.model import Claim, Cluster, Evidence, Kind, Precision, Status, Trend, When
from alignwatch.scale import aggregate, clusters_from_arrow, document_schema
from alignwatch.testing import strategies

ACTORS = ["BEN", "KEN", "LVA", "TCD"]
YEARS = [
    None,
    *(
        When(start=date(year, 1, 1), end=date(year, 12, 31), precision=Precision.YEAR)
        for year in (2020, 2024)
    ),
]
names = st.lists(st.sampled_from(ACTORS), max_size=2, unique=True).map(tuple)


@st.composite
def make_claims(draw):
    """Claims of few actors, kinds and articles, so that they meet."""
    source, target = sorted(
        draw(st.lists(st.sampled_from(ACTORS), min_size=2, max_size=2, unique=True))
    )
    kind = draw(st.sampled_from([Kind.AID, Kind.TRADE, Kind.PREFERENCE]))
    start = draw(st.integers(0, 3))
    return Claim(
        article=draw(st.sampled_from("abcde")),
        published=draw(st.sampled_from([None, "2025-07-02", "2025-07-02T10:00:00Z", "2024"])),
        extractor="rules/1",
        source=source,
        target=target,
        kind=kind,
        over="FRA" if kind is Kind.PREFERENCE else None,
        negated=draw(st.booleans()),
        status=draw(st.sampled_from(Status)),
        attributed_to=draw(names),
        denied_by=draw(st.one_of(st.just(()), names)),
        trend=draw(st.one_of(st.none(), st.sampled_from(Trend))),
        confidence=draw(st.sampled_from([0.25, 0.75])),
        when=draw(st.sampled_from(YEARS)),
        evidence=Evidence(
            start=start,
            end=start + 4,
            raw_start=start,
            raw_end=start + 4,
            quote=draw(st.sampled_from(["text", "ends"])),
        ),
    )


claims = st.lists(make_claims(), max_size=12)
clusters = st.sampled_from(
    [(), (Cluster(articles=("a", "b")),), (Cluster(articles=("c", "d", "e")),)]
)
words = st.lists(st.sampled_from(["Riga", "talks", "with", "Kenya", "on", "fish"]), max_size=9)
texts = st.dictionaries(st.sampled_from("abcdefgh"), words.map(" ".join), max_size=6)


def tie_key(claim):
    return (claim.source, claim.target, claim.kind)


@given(claims, clusters, st.randoms(use_true_random=False))
def test_order_and_repeats_of_claims_do_not_matter(found, groups, rng):
    """Yesterday's crawl order must not change today's report, nor a rerun."""
    shuffled = rng.sample(found, len(found)) + found[:3]

    assert aggregate_claims(shuffled, clusters=groups) == aggregate_claims(found, clusters=groups)


@given(claims, clusters)
def test_every_claim_is_in_exactly_one_relationship(found, groups):
    """A statement that is lost between the stages was never found."""
    ties = aggregate_claims(found, clusters=groups)

    kept = [claim for tie in ties for claim in tie.claims]
    assert len(kept) == len(set(kept))
    assert set(kept) == set(found)
    assert len({tie_key(tie) for tie in ties}) == len(ties)


@given(claims, clusters)
def test_adding_an_article_changes_only_what_rests_on_it(found, groups):
    """Tomorrow's news about Kenya must not move the line on Benin."""
    old = [claim for claim in found if claim.article != "e"]
    touched = {tie_key(claim) for claim in found if claim.article == "e"}

    before = [tie for tie in aggregate_claims(old, clusters=groups) if tie_key(tie) not in touched]
    after = [tie for tie in aggregate_claims(found, clusters=groups) if tie_key(tie) not in touched]
    assert before == after


@given(claims, clusters)
def test_clusters_change_counts_and_nothing_else(found, groups):
    """Copies weigh less; what they say still stands."""
    plain = {tie_key(tie): tie for tie in aggregate_claims(found)}

    for tie in aggregate_claims(found, clusters=groups):
        alone = plain[tie_key(tie)]
        assert tie.independent_count <= alone.independent_count == tie.article_count
        assert (tie.standing, tie.claims) == (alone.standing, alone.claims)


@given(texts, st.randoms(use_true_random=False))
def test_clusters_hold_every_article_once_in_any_order(articles, rng):
    """Independent counts rest on this."""
    shuffled = dict(rng.sample(list(articles.items()), len(articles)))

    groups = cluster_articles(shuffled)

    assert groups == cluster_articles(articles)
    assert sorted(a for group in groups for a in group.articles) == sorted(articles)


@given(texts, words.map(" ".join))
def test_a_further_article_never_splits_a_cluster(articles, added):
    """Two voices may turn out to be one, and not the other way round."""
    before = cluster_articles(articles)
    after = cluster_articles({**articles, "z": added})

    assert all(any(set(old.articles) <= set(new.articles) for new in after) for old in before)


@given(claims, clusters, st.integers(0, 3))
def test_columns_give_what_objects_give(found, groups, repeats):
    """A million claims must not tell another story than a thousand."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    told = found + found[:repeats]

    table = aggregate_table(to_arrow(told), clusters=groups)

    expected = relationships_to_arrow(aggregate_claims(told, clusters=groups))
    assert table.schema.equals(expected.schema, check_metadata=True)
    assert table.to_pylist() == expected.to_pylist()


@given(st.lists(strategies.claims(), max_size=8), clusters, st.randoms(use_true_random=False))
def test_columns_take_any_claim_in_any_order(found, groups, rng):
    """Quotes of any text, times of any form, kinds of any family."""
    pytest.importorskip("pyarrow", reason="the extra arrow is not installed")
    shuffled = rng.sample(found, len(found))

    table = aggregate_table(to_arrow(shuffled), clusters=groups)

    expected = relationships_to_arrow(aggregate_claims(found, clusters=groups))
    assert table.to_pylist() == expected.to_pylist()


def _write_run(target, files):
    """Write what `scale.run` leaves: files of documents and their claims."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    import pyarrow as pa

    for folder in ("documents", "claims", "done"):
        (target / folder).mkdir()
    for name, (documents, told) in files.items():
        rows = [{"article": article, "text": text} for article, text in documents]
        table = pa.Table.from_pylist(rows, schema=document_schema())
        parquet.write_table(table, target / "documents" / f"{name}.parquet")
        parquet.write_table(to_arrow(told), target / "claims" / f"{name}.parquet")
        (target / "done" / f"{name}.json").write_text("{}")
    return parquet


@given(
    st.dictionaries(
        st.sampled_from(["part-0", "part-1", "part-2", "part-3"]),
        st.tuples(
            st.lists(st.tuples(st.sampled_from("abcdefgh"), words.map(" ".join)), max_size=5),
            claims,
        ),
        min_size=1,
    ),
    st.integers(1, 6),
)
def test_shuffles_fold_as_one_machine_does(files, rows):
    """A cluster must not tell another story than the laptop, however the input is cut."""
    for documents, told in files.values():  # a run writes claims beside their documents
        told[:] = [claim for claim in told if claim.article in dict(documents)]
    with TemporaryDirectory() as folder:
        target = Path(folder)
        parquet = _write_run(target, files)
        aggregate(str(target), workers=1, rows=rows)
        found = parquet.read_table(target / "clusters")
        ties = parquet.read_table(target / "relationships")

    told = {}
    for name in sorted(files):
        for article, text in files[name][0]:
            told.setdefault(article, text)
    groups = cluster_articles(told)
    everything = [claim for _, some in files.values() for claim in some]
    assert sorted(clusters_from_arrow(found), key=lambda one: one.articles) == list(groups)
    expected = relationships_to_arrow(aggregate_claims(everything, clusters=groups))
    assert ties.to_pylist() == expected.to_pylist()
