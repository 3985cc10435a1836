"""The feed of changes: every reader reads it, and no page writes in it."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import attrs
import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignwatch.export import describe_change, format_atom
from alignwatch.model import Change, ChangeKind, Claim, Evidence, Kind, Standing, TieState
from alignwatch.testing import strategies

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
STATE = TieState(
    standing=Standing.ALLEGED, article_count=1, independent_count=1, attributed_to=("KOR",)
)


def change(quote="It sent boats.", url="https://a.example/1?a=1&b=2", **fields):
    claim = Claim(
        article="a",
        url=url,
        extractor="rules/1",
        source="BLR",
        target="PRK",
        kind=Kind.ARMS_TRANSFER,
        confidence=0.9,
        evidence=Evidence(start=0, end=len(quote), raw_start=0, raw_end=len(quote), quote=quote),
    )
    told = {"changes": (ChangeKind.NEW,), "after": STATE, "claims": (claim,)} | fields
    return Change(source="BLR", target="PRK", kind=Kind.ARMS_TRANSFER, **told)


def feed(*changes):
    return "".join(format_atom([(AT, one) for one in changes], title="News <&>", name="n"))


def test_a_feed_has_what_the_standard_asks_for():
    """RFC 4287: an id, a title and a time for the feed and each entry, and an author."""
    root = ET.fromstring(feed(change()))

    for node in (root, root.find(f"{ATOM}entry")):
        assert node.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert node.find(f"{ATOM}title").text
        assert node.find(f"{ATOM}updated").text == "2026-05-01T12:00:00.000000Z"
    assert root.find(f"{ATOM}author/{ATOM}name").text == "alignwatch"
    assert root.find(f"{ATOM}title").text == "News <&>"


def test_a_reader_of_feeds_reads_it():
    """Nobody subscribes to what their reader calls broken."""
    read = feedparser.parse(feed(change()))
    (entry,) = read.entries

    assert not read.bozo
    assert (
        entry.title == "BLR \u2192 PRK arms transfer: new (alleged by KOR, 1 independent article)"
    )
    assert entry.links[0].href == "https://a.example/1?a=1&b=2"
    assert "\u201cIt sent boats.\u201d" in entry.content[0].value


def test_ids_are_stable_and_differ():
    """A reader shows a change once."""
    ids = [entry.id for entry in feedparser.parse(feed(change(), change("They did."))).entries]

    assert len(set(ids)) == 2
    assert feed(change()) == feed(change())
    assert feedparser.parse(feed(change())).entries[0].id == ids[0]


def test_a_feed_without_changes_is_one():
    """The first run may find nothing."""
    read = feedparser.parse(feed())

    assert not read.bozo
    assert read.entries == []


@pytest.mark.parametrize(
    "url",
    [None, "javascript:alert(1)", "file:///etc/passwd", "http://[", "https://", "http://a b", "x"],
)
def test_links_lead_to_the_web_alone(url):
    """A reader opens what it is given."""
    assert "<link" not in feed(change(url=url))


HOSTILE = [
    "</content></entry><script>alert(1)</script>",
    "]]><!--",
    "&lt;b&gt; &amp; <b>",
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
    "\x00\x08\x1f\ufffe\uffff",
    "\ud83d",
    "\u202etxet",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_page_is_markup(text):
    """A feed reader runs inside a browser."""
    root = ET.fromstring(feed(change(text, url=f"https://a.example/{text}")).encode("utf-8"))
    tags = {node.tag.removeprefix(ATOM) for node in root.iter()}

    assert tags <= {
        *("feed", "id", "title", "updated", "author", "name", "entry", "category", "link"),
        "content",
    }


def test_long_quotes_are_cut_and_many_claims_too():
    """A feed is glanced at."""
    long = change("x" * 9_000)
    many = attrs.evolve(long, claims=long.claims * 99)

    assert len(feed(many)) < 9_000


def test_a_change_is_told_in_one_line():
    """Before and after, in words."""
    told = change(changes=(ChangeKind.GONE,), before=STATE, after=None, claims=())

    assert describe_change(told) == (
        "BLR \u2192 PRK arms transfer: gone (alleged by KOR, 1 independent article)"
    )
    assert "gone" in feed(told)


@given(st.lists(strategies.changes(), max_size=3), st.text(max_size=30))
def test_every_feed_is_sound_xml(changes, title):
    """One odd character would silence a feed for good."""
    told = "".join(format_atom([(AT, one) for one in changes], title=title, name="n"))

    assert len(ET.fromstring(told.encode()).findall(f"{ATOM}entry")) == len(changes)
