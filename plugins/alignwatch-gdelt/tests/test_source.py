"""The source against a GDELT on loopback."""

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from alignwatch.errors import FetchError, ParseError, SourceError, TooLargeError
from alignwatch.fetch import Fetcher
from alignwatch.model import Page, PageRef
from alignwatch.sources import CONTRACT_VERSION, Source, describe_sources, load_source
from alignwatch_gdelt import API, GdeltSource

END = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE = "http://api.gdelt.example/api/v2/doc/doc"


def source(**options):
    return GdeltSource(**{"query": "sanctions", "until": END, "api": HERE, **options})


def discover(gdelt, *, since=None, found=None, **options):
    refs = [] if found is None else found
    with Fetcher(resolve=gdelt.resolve, delay_s=0) as fetcher:
        for ref in source(**options).discover(fetcher, since=since):
            refs.append(ref)
    return refs


def fill(gdelt, count, *, within):
    """Let GDELT see so many articles, spread over the time before the end."""
    for number in range(count):
        at = END - within * number / count
        gdelt.see(f"http://site{number % 7}.example/{number}", at)


def test_the_plugin_is_installed_under_its_name():
    """That is how a watchlist names it."""
    made = load_source("gdelt", query="sanctions")

    assert isinstance(made, Source)
    assert made == GdeltSource("sanctions")
    assert made.api == API
    assert made.info.contract == CONTRACT_VERSION
    installed = {one.name: one.distribution for one in describe_sources()}
    assert installed["gdelt"] == "alignwatch-gdelt"
    assert pickle.loads(pickle.dumps(made)) == made


def test_articles_come_as_references_with_title_and_time(gdelt):
    """The page itself overrules them later."""
    gdelt.see("http://wire.example/a#top", END - timedelta(hours=1), "Envoys &amp; ministers  meet")

    assert discover(gdelt) == [
        PageRef(
            url="http://wire.example/a",
            title="Envoys & ministers meet",
            published_at=datetime(2026, 3, 2, 11, tzinfo=UTC),
        )
    ]


def test_the_query_says_all_that_was_wanted(gdelt):
    """Languages are a part of GDELT's query."""
    discover(gdelt, query=' "arms transfer" ', languages=["English", "Old Church Slavonic"])
    discover(gdelt, languages="Russian", span_h=2)

    first, second = gdelt.asked
    assert first == {
        "query": '"arms transfer" (sourcelang:english OR sourcelang:oldchurchslavonic)',
        "mode": "ArtList",
        "format": "json",
        "maxrecords": "250",
        "sort": "DateDesc",
        "startdatetime": "20260301120000",
        "enddatetime": "20260302120000",
    }
    assert second["query"] == "sanctions sourcelang:russian"
    assert second["startdatetime"] == "20260302100000"


def test_since_is_where_the_search_begins(gdelt):
    """And nothing before it comes, though GDELT cannot be asked for less than 15 minutes."""
    for minutes in (5, 14, 90):
        gdelt.see(f"http://wire.example/{minutes}", END - timedelta(minutes=minutes))

    since = END - timedelta(minutes=10)
    assert [ref.url for ref in discover(gdelt, since=since)] == ["http://wire.example/5"]
    assert gdelt.asked[0]["startdatetime"] == "20260302114500"
    assert discover(gdelt, since=END) == []
    assert len(gdelt.asked) == 1


def test_nothing_found_is_nothing(gdelt):
    """GDELT answers with an empty object."""
    assert discover(gdelt) == []


def test_a_full_answer_is_asked_for_in_halves_and_each_address_comes_once(gdelt):
    """250 is all that one answer holds."""
    fill(gdelt, 900, within=timedelta(hours=24))
    gdelt.see("http://site0.example/0", END - timedelta(hours=20), "The same page, seen again")

    found = discover(gdelt)

    assert len(found) == len({ref.url for ref in found}) == 900
    assert len(gdelt.asked) == 7


def test_no_more_requests_are_sent_than_allowed(gdelt):
    """A query such as "the" finds half the web."""
    fill(gdelt, 900, within=timedelta(hours=24))
    found = []

    with pytest.raises(TooLargeError, match=r"max_requests=3.*before 2026-03-0"):
        discover(gdelt, max_requests=3, found=found)

    assert len(gdelt.asked) == 3
    assert len(found) >= 250


def test_a_quarter_of_an_hour_that_is_too_full_is_told(gdelt):
    """What GDELT does not give cannot be had, and must not be missed in silence."""
    fill(gdelt, 400, within=timedelta(minutes=10))
    found = []

    with pytest.raises(TooLargeError, match="narrow the query"):
        discover(gdelt, span_h=0.5, found=found)

    assert len(found) == 250


def test_the_host_keeps_a_pause_of_five_seconds():
    """GDELT refuses whoever asks more than once in as many."""
    assert GdeltSource.info.min_delay_s == 5.0


def test_a_wrong_query_is_told_in_gdelts_own_words(gdelt):
    """It answers with a sentence, and with status 200."""
    with pytest.raises(ParseError, match="Your query was too short or too long"):
        discover(gdelt, query="a")


def test_a_request_for_patience_says_how_long(gdelt):
    """The run goes on without GDELT, and comes back later."""
    gdelt.says = "Please limit requests to one every 5 seconds or contact us for larger queries.\n"

    with pytest.raises(FetchError, match="patience") as caught:
        discover(gdelt)

    assert caught.value.retry_after_s == 5.0
    assert caught.value.url.startswith(HERE)


def test_what_was_found_before_a_failure_is_kept(gdelt):
    """An answer that cannot be read ends the search, and not the day."""
    fill(gdelt, 300, within=timedelta(hours=24))
    ends = iter([None, -7])
    gdelt.spoil = lambda body: body[: next(ends)]
    found = []

    with pytest.raises(ParseError, match="broken JSON"):
        discover(gdelt, found=found)

    assert len(found) == 250


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"query": " "},
        {"query": "x", "span_h": 0},
        {"query": "x", "until": END.replace(tzinfo=None)},
        {"query": "x", "max_requests": 0},
        {"query": "x", "api": "api.gdelt.example"},
        {"query": "x", "language": "English"},
    ],
)
def test_options_that_cannot_be_used_are_told(options):
    """A watchlist is written by people."""
    with pytest.raises(SourceError):
        load_source("gdelt", **options)


def test_pages_are_read_as_everywhere():
    """The source brings addresses alone."""
    page = Page(url="http://a.example/1", content=b"Envoys met in Riga.", media_type="text/plain")

    assert source().parse(page).text == "Envoys met in Riga."
