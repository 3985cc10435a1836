"""Laws of reading feeds."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import PageError
from alignwatch.model import Page
from alignwatch_rss import read_feed

FEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent / "feeds").iterdir())]
PIECES = [
    b"<item>",
    b"</link>",
    b"<![CDATA[",
    b"<!--",
    b"&amp;",
    b"&",
    b"<",
    b"]]>",
    b"\xff",
    b"\0",
]
PIECES += [b'"', b"<link>http://x.example/", b'<?xml encoding="utf-16"?>', b"[", b"{", b"<div>"]


@st.composite
def spoiled_feeds(draw):
    content = draw(st.sampled_from(FEEDS))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 50)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=20))
        content = content[:start] + piece + content[end:]
    return content


@given(spoiled_feeds() | st.binary())
def test_any_bytes_give_entries_or_a_page_error_and_always_the_same(content):
    """A feed is written by software that nobody maintains; the run goes on."""
    page = Page(url="http://a.example/feed", content=content)

    def outcome():
        try:
            return read_feed(page)
        except PageError as error:
            return str(error)

    first = outcome()
    assert first == outcome()
    if isinstance(first, tuple):
        assert all(entry.url or entry.content for entry in first)
        assert all("#" not in (entry.url or "") for entry in first)
