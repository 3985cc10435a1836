"""A source that keeps failing is asked more rarely, and never given up."""

from datetime import UTC, datetime, timedelta

import pytest
from servers import answer, serve

import alignwatch as aw
from alignwatch.cli import main
from alignwatch.extract import load_extractor
from alignwatch.fetch import Fetcher
from alignwatch.pipeline import PageParser
from alignwatch.pipeline._fetched import Fetched
from alignwatch.pipeline._sources import Watched
from alignwatch.pipeline._watch import Run

START = datetime(2026, 3, 1, tzinfo=UTC)
FEED = "http://news.example/feed.xml"
RSS = """<rss version="2.0"><channel><title>x</title><item><title>A</title>
<link>http://news.example/a</link></item></channel></rss>"""


@pytest.fixture
def site():
    with serve() as running:
        yield running


@pytest.fixture
def watch(site, tmp_path):
    """Watch feeds some time after the start; give the result."""

    def run(after, *urls, **options):
        with (
            aw.open_store(tmp_path / "s.db") as store,
            Fetcher(resolve={"news.example": site.address}, memory=store, delay_s=0) as fetcher,
            PageParser() as parser,
        ):
            watching = Run(
                store=store,
                fetcher=fetcher,
                parser=parser,
                extractor=load_extractor(),
                now=lambda: START + after,
                **options,
            )
            source = aw.load_source("rss", urls=urls)
            return watching.watch([Watched(name="rss:x", source=source)], Fetched(fetcher))

    return run


def test_a_feed_that_keeps_failing_is_asked_more_and_more_rarely(site, watch):
    """A dead site should not hear from us every hour for ever, and may come back."""
    asked = []
    for hour in range(14):
        before = len(site.paths)
        result = watch(timedelta(hours=hour, minutes=1), FEED)
        if len(site.paths) > before:
            asked.append(hour)
        else:
            (rest,) = result.resting
            assert (rest.reason, result.health[0].waiting) == ("http-status", 1)

    assert asked == [0, 1, 2, 4, 8]
    site.routes["/feed.xml"] = answer(RSS, media_type="application/rss+xml")
    assert watch(timedelta(days=2), FEED).health[0].discovered == 1
    assert watch(timedelta(days=2), FEED).resting == ()


def test_now_asks_all_the_same(site, watch):
    """Who has just been told that the site is back does not want to wait."""
    for hour in range(3):
        watch(timedelta(hours=hour), FEED)

    assert watch(timedelta(hours=2, minutes=5), FEED).resting
    assert not watch(timedelta(hours=2, minutes=5), FEED, ask_now=True).resting


def test_one_dead_feed_does_not_silence_the_living_ones_beside_it(site, watch):
    """Twenty feeds in one source must not rest because one is gone."""
    site.routes["/alive.xml"] = answer(RSS, media_type="application/rss+xml")
    for hour in range(4):
        result = watch(timedelta(hours=hour), FEED, "http://news.example/alive.xml")

        assert result.resting == ()
        assert result.health[0].discovered == 1


def test_a_rest_is_told_with_the_way_to_end_it(site, tmp_path, capsys):
    """Silence that nobody explains looks like a quiet day."""
    resolve = f"--resolve=news.example={site.address}"
    for _ in range(3):
        capsys.readouterr()
        assert main(["watch", FEED, "--store", str(tmp_path / "s.db"), resolve, "--delay=0"]) == 0

    told = capsys.readouterr().err
    assert f"{FEED} rests until" in told
    assert "after 2 failures (http-status); --now" in told


def test_a_page_that_keeps_failing_is_asked_ever_more_rarely_and_never_given_up(site, watch):
    """A page that was moved by mistake may come back after months."""
    site.routes["/feed.xml"] = answer(RSS, media_type="application/rss+xml", etag='"1"')
    asked, day, days = [], 0.0, []
    for _ in range(16):
        before = site.paths.count("/a")
        (failure,) = watch(timedelta(days=day), FEED).failures
        assert site.paths.count("/a") == before + 1
        assert failure.retry_at is not None
        asked.append(day)
        day = (failure.retry_at - START) / timedelta(days=1)
        days.append(day - asked[-1])

    assert days == sorted(days)
    assert days[0] * 24 == pytest.approx(1)
    assert days[-3:] == pytest.approx([7, 7, 7])
