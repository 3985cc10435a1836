"""The two clocks of a store, and what changed between two moments."""

from datetime import UTC, date, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import alignwatch as aw
from alignwatch.aggregate import group_articles
from alignwatch.errors import ModelError, SourceError
from alignwatch.pipeline import clusters, explain_voices, report
from alignwatch.pipeline._clusters import _make_links, _reach
from alignwatch.pipeline._moments import read_moment
from alignwatch.pipeline._voices import measure_shares
from alignwatch.store import _past as past

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
ALLEGED = "South Korea accused Belarus of supplying North Korea with missile launchers in 2025."
DENIED = "Belarus on Thursday denied that it had supplied North Korea with missile launchers."


@pytest.fixture
def now(monkeypatch):
    """The store's clock, which the test sets: `now["at"]`."""
    made = {"at": NOON}
    monkeypatch.setattr(past, "_read_clock", lambda: made["at"])
    return made


def save(store, url, text, *, published="2026-05-01"):
    article = aw.Article(id=url, url=url, text=text, published=published)
    document = aw.clean(article)
    store.save_article(
        ref_url=url,
        source="test",
        page=None,
        article=article,
        document=document,
        claims=aw.extract(document),
        cleaner="clean/1",
        extractor="rules/1",
    )


@pytest.fixture
def path(tmp_path, now):
    """Alleged on the first of May, denied elsewhere on the third."""
    place = tmp_path / "news.db"
    with aw.open_store(place) as store:
        save(store, "https://a.example/1", ALLEGED)
        now["at"] += 2 * DAY
        save(store, "https://b.example/1", DENIED, published="2026-05-03")
    return place


def supplies(ties):
    return next(
        (
            one
            for one in ties
            if (one.source, one.target, one.kind) == ("BLR", "PRK", "arms_transfer")
        ),
        None,
    )


def test_relationships_as_of_a_day_know_nothing_of_the_next(path):
    """A report must be reproducible, with what was known when it was written."""
    then = supplies(aw.relationships(path, as_of="2026-05-01"))
    now = supplies(aw.relationships(path))

    assert (then.standing, then.article_count) == ("alleged", 1)
    assert (now.standing, now.article_count) == ("contested", 2)
    assert aw.relationships(path, as_of=date(2026, 4, 30)) == ()
    assert aw.relationships(path, as_of="2026-05-03") == aw.relationships(path)


def test_relationships_during_a_year_rest_on_claims_of_that_year(path):
    """The shipments of 2025 are told in 2026."""
    assert [claim.url for claim in supplies(aw.relationships(path, during="2025")).claims] == [
        "https://a.example/1"
    ]
    assert supplies(aw.relationships(path, during="2024")) is None


def test_both_clocks_may_be_asked_at_once(path):
    """What did we know in April of the shipments of 2025?"""
    assert supplies(aw.relationships(path, as_of="2026-05-02", during="2025")) is not None
    assert supplies(aw.relationships(path, as_of="2026-04-30", during="2025")) is None


def test_diff_tells_what_changed_since_a_day(path):
    """The first question of a morning."""
    changes = {(one.source, one.kind): one for one in aw.diff(path, since="2026-05-02")}
    change = changes["BLR", "arms_transfer"]

    assert change.changes == ("denied", "weakened")
    assert (change.before.standing, change.after.standing) == ("alleged", "contested")
    assert [claim.url for claim in change.claims] == ["https://b.example/1"]


def test_diff_since_before_all_tells_that_all_is_new(path):
    """The first report has everything in it."""
    found = aw.diff(path, since="2026-05-01")

    assert {one.changes for one in found} == {("new",)}
    assert len(found) == len(aw.relationships(path))


def test_diff_between_two_moments_is_told_again_the_same_later(path):
    """Last week's changes do not change."""
    first = aw.diff(path, since="2026-05-01", until="2026-05-02")
    with aw.open_store(path) as store:
        save(store, "https://c.example/1", ALLEGED.replace("launchers", "carriers"))

    assert aw.diff(path, since="2026-05-01", until="2026-05-02") == first
    assert aw.diff(path, since="2026-05-04T00:00Z", until="2026-05-04") == ()


def test_copies_that_came_later_are_no_copies_yet(path, now):
    """What was two voices or one then, must be so in the past."""
    with aw.open_store(path) as store:
        now["at"] += DAY
        save(store, "https://copy.example/1", ALLEGED)

        assert [len(group.articles) for group in clusters(store)] == [2, 1]
        assert [len(group.articles) for group in clusters(store, as_of="2026-05-03")] == [1, 1]


def test_an_article_that_was_read_anew_weakens_what_rested_on_it(path, now):
    """A correction is news."""
    now["at"] += DAY
    with aw.open_store(path) as store:
        save(store, "https://b.example/1", "The talks went on.")
    (change,) = [one for one in aw.diff(path, since="2026-05-04") if one.source == "BLR"]

    assert change.changes == ("strengthened",)
    assert len(change.gone) == 1


@pytest.mark.parametrize("moment", ["yesterday", "2026-02-30", "", "2026-05-01T25:00"])
def test_what_is_no_moment_is_refused(path, moment):
    """A slip must not show an empty past."""
    with pytest.raises(ModelError, match="a moment is like 2026-05-01"):
        aw.relationships(path, as_of=moment)


def test_days_begin_and_end_in_utc():
    """Two people in two zones must read one report."""
    assert read_moment("2026-05-01", is_end=False) == datetime(2026, 5, 1, tzinfo=UTC)
    assert read_moment(date(2026, 5, 1), is_end=True) > datetime(2026, 5, 1, 23, 59, tzinfo=UTC)
    assert read_moment("2026-05-01T10:00", is_end=True) == datetime(2026, 5, 1, 10, tzinfo=UTC)
    assert read_moment(NOON, is_end=False) == NOON
    with pytest.raises(ModelError, match="time zone"):
        read_moment(NOON.replace(tzinfo=None), is_end=True)


def test_an_empty_store_has_no_past_and_no_changes(tmp_path):
    """The first question may come before the first run."""
    aw.open_store(tmp_path / "new.db").close()

    assert aw.relationships(tmp_path / "new.db", as_of="2026-05-01", during="2024") == ()
    assert aw.diff(tmp_path / "new.db", since="2020-01-01") == ()


def test_a_verdict_is_a_change_from_when_it_was_given(path, now):
    """Who rejects a claim today did not reject it yesterday."""
    now["at"] += DAY
    with aw.open_store(path) as store:
        for claim in store.claims(("BLR", "PRK")):
            store.save_verdict(aw.Verdict(claim=claim.id, decision="rejected"))

    (change,) = [one for one in aw.diff(path, since="2026-05-04") if one.source == "BLR"]
    assert change.changes == ("gone",)
    assert attrs.asdict(change.before)["article_count"] == 2


TANKS = (
    "Norway will send Ukraine 54 tanks by March, Harbour Times reports. The decision follows "
    "months of debate in Oslo, where the defence minister had warned of empty depots."
)
AGAIN = (
    "Ukraine is to receive 54 Norwegian tanks before the end of March, according to Harbour "
    "Times. Oslo took the decision after months of debate about its own depots."
)


def test_voices_are_explained_by_words_or_by_the_stated_origin(tmp_path, now):
    """Who is told that three articles are one voice asks why."""
    with aw.open_store(tmp_path / "news.db") as store:
        save(store, "https://a.example/1", TANKS, published="2026-05-01")
        save(store, "https://b.example/1", AGAIN, published="2026-05-02")
        save(store, "https://c.example/1", f"{AGAIN} Kyiv was glad.", published="2026-05-03")
        save(store, "https://d.example/1", ALLEGED)
        groups = clusters(store)
        told = explain_voices(store, groups, [one for group in groups for one in group.articles])
        none = explain_voices(store, groups, ["https://a.example/1", "https://d.example/1"])

    assert [(one.article, one.like, one.reason, one.origin) for one in told] == [
        ("https://b.example/1", "https://a.example/1", "same-credit", "Harbour Times"),
        ("https://c.example/1", "https://b.example/1", "copy", None),
    ]
    assert told[0].share < 0.4 < told[1].share < 1
    assert none == ()


def test_the_report_gives_the_share_of_words_that_show_tells(tmp_path, now):
    """Two figures for one copy, and neither is believed."""
    with aw.open_store(tmp_path / "news.db") as store:
        save(store, "https://a.example/1", AGAIN, published="2026-05-03")
        save(store, "https://b.example/1", f"{AGAIN} Kyiv was glad.", published="2026-05-02")
        save(store, "https://c.example/1", ALLEGED)
        groups = clusters(store)
        documents = {document.article: document for document in store.documents()}
        (told,) = explain_voices(store, groups, documents)

        shares = measure_shares(groups, documents)

        assert shares == {("https://a.example/1", "https://b.example/1"): told.share}
        assert told.share == 1.0
        assert measure_shares(groups, {told.article: documents[told.article]}) == {}
        assert ',"copy","",100]' in report(store)


ARTICLES = st.sampled_from([f"a{number}" for number in range(9)])


@given(st.lists(st.tuples(ARTICLES, ARTICLES), max_size=12), st.sets(ARTICLES, max_size=3))
def test_the_voices_of_some_articles_are_those_among_all_that_they_are_in(pairs, among):
    """What joins two articles of a pair may be an article that tells of others."""
    told = [(*sorted(pair), "copy", None) for pair in pairs if pair[0] != pair[1]]
    every = group_articles([one for link in told for one in link[:2]], _make_links(told))

    kept = _reach(told, among)

    reached = group_articles([one for link in kept for one in link[:2]], _make_links(kept))
    assert reached == tuple(one for one in every if among & set(one.articles))


@pytest.mark.parametrize("as_of", [None, "2026-05-01"])
def test_a_pair_is_told_as_it_is_among_all(tmp_path, now, as_of):
    """For a pair only its own articles are looked at, and counted just the same."""
    with aw.open_store(tmp_path / "news.db") as store:
        for number, more in enumerate(("", " Kyiv was glad.", " Oslo said no more that day.")):
            save(store, f"https://{number}.example/1", f"{AGAIN}{more}", published="2026-05-02")
        save(store, "https://d.example/1", ALLEGED)
        told = aw.relationships(store, actors=["UKR", "NOR"], as_of=as_of)
        every = aw.relationships(store, as_of=as_of)

    assert [(one.article_count, one.independent_count) for one in told] == [(3, 1)] * len(told)
    assert told == tuple(one for one in every if one.pair == ("NOR", "UKR")) != ()


def test_a_tie_of_an_actor_with_itself_is_not_asked_for(path):
    """Nothing, or all that it has with others, would be a wrong answer to a slip."""
    with aw.open_store(path) as store:
        with pytest.raises(SourceError, match="PRK twice"):
            aw.relationships(store, actors=["PRK", "North Korea"])
        with pytest.raises(SourceError, match="PRK twice"):
            report(store, "PRK", "North Korea")
