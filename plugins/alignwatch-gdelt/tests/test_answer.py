"""Reading one answer."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import FetchError, PageError, ParseError
from alignwatch.model import Page
from alignwatch_gdelt import Record, read_records

URL = "http://api.gdelt.example/api/v2/doc/doc?query=x"


def read(content):
    return read_records(Page(url=URL, content=content))


def one(**fields):
    return json.dumps({"articles": [{"url": "http://a.example/1", **fields}]})


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        (r"It\'s signed", "It's signed"),
        (r"C:\Docs and \\ and \" too", 'C:\\Docs and \\ and " too'),
        (r"caf\u00e9 \u2013 \ud83d\ude00", "café \u2013 \U0001f600"),
        (r"half \u12 escape", r"half \u12 escape"),
        ("tab\tand\x07bell", "tab and\x07bell"),
        ("  spread \\n out ", "spread out"),
        ("", None),
    ],
)
def test_titles_survive_gdelts_escapes(raw, title):
    """It writes backslashes and control characters that JSON does not know."""
    content = '{"articles": [{"url": "http://a.example/1", "title": "' + raw + '"}]}'

    assert read(content.encode()) == (Record(url="http://a.example/1", title=title),)


@pytest.mark.parametrize("seen", [None, "", "20260302", "2026-03-02T08:15:00Z", "20261302T081500Z"])
def test_an_odd_time_is_none(seen):
    """The article is worth having without."""
    assert read(one(seendate=seen).encode())[0].seen_at is None


def test_times_are_in_utc():
    """GDELT's always are."""
    assert read(one(seendate="20260302T081500Z").encode())[0].seen_at == datetime(
        2026, 3, 2, 8, 15, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "url",
    [
        None,
        7,
        "",
        "ftp://a.example/",
        "http://",
        "javascript:1",
        "http://me:pw@a.example/",
        "http://[x",
        "http://a.example/with space",
    ],
)
def test_what_has_no_address_is_left_out(url):
    """One odd entry must not lose the rest."""
    listed = {"articles": [{"url": url}, None, {"url": "http://a.example/2"}]}

    assert [record.url for record in read(json.dumps(listed).encode())] == ["http://a.example/2"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "says: nothing"),
        (b"Timespan is too short.", "Timespan is too short"),
        (b"<html><body><p>The specified phrase is too short.</p></body></html>", "phrase is too"),
        (b'{"articles": [', "broken JSON"),
        (b'{"articles": 7}', "no list"),
        (b"{" + b'"a":{' * 100_000, "broken JSON"),
    ],
)
def test_what_is_no_list_is_told(content, why):
    """The failure says what GDELT says."""
    with pytest.raises(ParseError, match=why) as caught:
        read(content)

    assert caught.value.url == URL


@pytest.mark.parametrize(
    ("text", "wait_s"),
    [
        ("Please limit requests to one every 5 seconds or contact us.", 5.0),
        ("Please limit requests to one every 30 seconds.", 30.0),
        ("Please limit requests.", 5.0),
    ],
)
def test_patience_is_counted(text, wait_s):
    """The next try waits at least as long."""
    with pytest.raises(FetchError) as caught:
        read(text.encode())

    assert caught.value.retry_after_s == wait_s


@given(
    st.binary()
    | st.text().map(lambda text: one(title="x").replace("x", text).encode("utf-8", "replace"))
)
def test_any_bytes_give_records_or_a_page_error(content):
    """The run goes on."""
    try:
        records = read(content)
    except PageError:
        return
    assert all(record.url.startswith(("http://", "https://")) for record in records)


@given(st.text())
def test_a_title_that_is_written_properly_is_read_as_it_is(title):
    """Mending must not spoil what is right."""
    record = read(one(title=title.replace("&", "+")).encode())[0]

    assert record.title == (" ".join(title.replace("&", "+").split()) or None)
