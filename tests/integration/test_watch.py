"""The main job over the example newsroom: what a user gets, and gets again."""

import json
from pathlib import Path

import pytest

import alignwatch as aw
from alignwatch.errors import ContactRequiredError, SourceError
from alignwatch.model import PageRef
from alignwatch.pipeline import write_outputs

TRUTH = Path(__file__).parents[2] / "examples" / "newsroom" / "truth"


def watch(newsroom, path, **options):
    with aw.open_store(path) as store:
        return aw.watch(
            [newsroom.feed_url], store=store, resolve=newsroom.resolve, delay_s=0, **options
        )


def outputs(path, folder):
    with aw.open_store(path, read_only=True) as store:
        written = write_outputs(store, folder)
    return written.claims_path.read_bytes(), written.report_path.read_bytes()


def test_every_page_of_the_newsroom_is_stored_or_counted_with_its_reason(newsroom, tmp_path):
    """One bad page never ends a run, and never silently disappears."""
    result = watch(newsroom, tmp_path / "store.db")
    reasons = {failure.url: failure.reason for failure in result.failures}

    assert sum(health.discovered for health in result.health) == result.stored + len(reasons)
    assert reasons == {
        "http://meridian-wire.example/2026/06/03/port-map": "not-text",
        "http://meridian-wire.example/2026/06/12/corrected-harbour-figures": "http-status",
        "http://atlas-notebook.example/members/2026/05/baltic-dossier/": "robots-refused",
        "http://daybreak-digest.example/de/story/49410-ostsee-kabel.html": "unknown-language",
    }


def test_the_second_run_asks_only_whether_anything_changed(newsroom, tmp_path):
    """A source is a guest with manners: nothing that is known is fetched again."""
    watch(newsroom, tmp_path / "store.db")
    before = outputs(tmp_path / "store.db", tmp_path / "first")
    newsroom.requests.clear()
    result = watch(newsroom, tmp_path / "store.db")

    assert [(request.path, request.status) for request in newsroom.requests] == [("/feed.xml", 304)]
    assert result.stored == 0
    assert outputs(tmp_path / "store.db", tmp_path / "second") == before


def test_port_folder_and_clock_leave_no_trace_in_the_results(serve, tmp_path):
    """Two people who watch the same news must get the same bytes."""
    found = []
    for name in ("here", "elsewhere/deep"):
        (tmp_path / name).mkdir(parents=True)
        with serve() as newsroom:
            watch(newsroom, tmp_path / name / "store.db")
        found.append(outputs(tmp_path / name / "store.db", tmp_path / name))

    assert found[0] == found[1]


def test_quotes_stand_in_the_clean_text_and_in_the_raw_text(newsroom, tmp_path):
    """They will not forgive a claim without a quotable source."""
    watch(newsroom, tmp_path / "store.db")
    with aw.open_store(tmp_path / "store.db", read_only=True) as store:
        claims = list(store.claims())
        documents = {document.article: document for document in store.documents()}

    assert claims
    for claim in claims:
        document, place = documents[claim.article], claim.evidence
        assert document.text[place.start : place.end] == place.quote
        assert document.raw_span(place.span) == aw.Span(start=place.raw_start, end=place.raw_end)


def test_the_feed_dates_an_article_that_does_not_say_its_own(newsroom, tmp_path):
    """A timeline needs dates, and many a page shows none that a machine can read."""
    watch(newsroom, tmp_path / "store.db")
    with aw.open_store(tmp_path / "store.db", read_only=True) as store:
        undated = [article.id for article in store.articles() if not article.published]

    assert undated == []


def test_a_denial_elsewhere_contests_the_allegation(newsroom, tmp_path):
    """An allegation must never be shown as a fact, least of all a denied one."""
    watch(newsroom, tmp_path / "store.db")
    contested = [
        tie
        for tie in aw.relationships(tmp_path / "store.db")
        if tie.standing is aw.Standing.CONTESTED and tie.denied_by
    ]

    assert contested


def test_copies_of_one_story_are_one_voice(newsroom, tmp_path):
    """Five copies of one story are not five witnesses."""
    watch(newsroom, tmp_path / "store.db")

    assert any(
        tie.independent_count < tie.article_count for tie in aw.relationships(tmp_path / "store.db")
    )


def test_files_and_folders_are_watched_like_feeds(tmp_path):
    """An analyst's folder of texts is a source too."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "Japan signed a trade agreement with Vietnam in Hanoi on Monday.\n"
    )
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    (folder / "empty.txt").write_bytes(b"")
    first = aw.watch([folder], store=tmp_path / "store.db")
    second = aw.watch([folder], store=tmp_path / "store.db")
    (folder / "one.txt").write_text(
        "Japan imposed sanctions on Belarus on Tuesday, officials said.\n"
    )
    third = aw.watch([folder], store=tmp_path / "store.db")

    assert (first.stored, second.stored, third.stored) == (1, 0, 1)
    assert {failure.reason for failure in first.failures} == {"not-text", "empty"}
    kinds = {tie.kind for tie in aw.relationships(tmp_path / "store.db")}
    assert kinds == {aw.Kind.SANCTIONS}


def test_a_live_host_is_not_asked_without_a_contact(tmp_path):
    """Whoever asks must say who they are; nothing is sent before."""
    (tmp_path / "a.txt").write_text("Japan met Vietnam.")
    with pytest.raises(ContactRequiredError, match="--contact"):
        aw.watch(
            [tmp_path / "a.txt", "http://ledger.example/feed.xml"], store=tmp_path / "store.db"
        )


def test_a_path_that_is_not_there_stops_before_anything_is_read(tmp_path):
    """A typing error is the caller's, and is told at once."""
    with pytest.raises(SourceError, match="no such file"):
        aw.watch([tmp_path / "nowhere"], store=tmp_path / "store.db")


def test_a_source_that_breaks_keeps_what_it_found_and_stops_no_other(newsroom, tmp_path):
    """Plugins are other people's code."""

    class Broken:
        info = aw.SourceInfo(name="broken", contract=1)

        def discover(self, fetcher, *, since):
            yield PageRef(url="http://meridian-wire.example/2026/01/14/caspian-transit-treaty")
            raise LookupError("the listing changed")

        def parse(self, page):
            return aw.load_source("pages", urls=()).parse(page)

    result = aw.watch(
        [Broken(), newsroom.feed_url],
        store=tmp_path / "store.db",
        resolve=newsroom.resolve,
        delay_s=0,
    )

    assert result.health[0].stored == 1
    assert result.health[1].stored > 10
    assert "source-broken" in {failure.reason for failure in result.failures}


def test_reprocessing_gives_the_same_and_keeps_verdicts(newsroom, tmp_path):
    """A person's word outlives a new extractor."""
    watch(newsroom, tmp_path / "store.db")
    with aw.open_store(tmp_path / "store.db") as store:
        before = [claim.id for claim in store.claims()]
        store.save_verdict(aw.Verdict(claim=before[0], decision=aw.Decision.REJECTED))
        done = aw.reprocess(store)
        after = [claim.id for claim in store.claims()]

    assert done.claims == len(before)
    assert after == before[1:]


def test_what_is_forgotten_is_gone_and_never_asked_again(newsroom, tmp_path):
    """A publisher who asks to be left out is left out."""
    path = tmp_path / "store.db"
    watch(newsroom, path)
    with aw.open_store(path) as store:
        gone = store.forget("gulf-courier.example")
    newsroom.requests.clear()
    watch(newsroom, path)
    with aw.open_store(path, read_only=True) as store:
        articles = [article.id for article in store.articles()]

    assert gone.articles == 3
    assert not any("gulf-courier" in name for name in articles)
    assert not any(request.host == "gulf-courier.example" for request in newsroom.requests)


def test_pages_that_a_person_names_are_read_and_asked_again_politely(newsroom, tmp_path):
    """A page may be named without a feed, and is asked for changes the next time."""
    url = "http://meridian-wire.example/2026/01/14/caspian-transit-treaty"
    runs = [
        aw.watch([url], store=tmp_path / "store.db", resolve=newsroom.resolve, delay_s=0)
        for _ in range(2)
    ]
    asked = [request.status for request in newsroom.requests if "/2026/" in request.path]

    assert [run.stored for run in runs] == [1, 0]
    assert asked == [200, 304]


def test_the_extractor_finds_most_of_what_a_careful_reader_lists(newsroom, tmp_path):
    """The example must show real results: a third of the hand-made list, by pair and kind."""
    watch(newsroom, tmp_path / "store.db")
    with aw.open_store(tmp_path / "store.db", read_only=True) as store:
        found = {
            (claim.article, claim.source, claim.target, str(claim.kind)) for claim in store.claims()
        }
    wanted = {
        (row["doc"], claim["source"], claim["target"], claim["kind"])
        for row in map(json.loads, (TRUTH / "claims.jsonl").read_text().splitlines())
        for claim in row["claims"]
    }

    assert len(wanted & found) >= len(wanted) / 3


def test_pages_out_of_an_archive_send_nobody_to_their_hosts(tmp_path):
    """Ten thousand archived sites must not be asked for anything, and no contact is needed."""

    class Archive:
        info = aw.SourceInfo(name="archive", contract=1)

        def discover(self, fetcher, *, since):
            yield aw.Page(
                url="https://ledger.example/1",
                content=b"Japan signed a trade agreement with Vietnam in Hanoi on Monday.",
                media_type="text/plain",
            )

        def parse(self, page):
            return aw.load_source("pages", urls=()).parse(page)

    assert aw.watch([Archive()], store=tmp_path / "store.db").stored == 1
