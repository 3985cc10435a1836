"""Laws of reading sitemaps."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import PageError
from alignwatch.model import Page
from alignwatch_sitemap import read_moment, read_sitemap

SITEMAPS = [path.read_bytes() for path in sorted((Path(__file__).parent / "sitemaps").iterdir())]
PIECES = [b"<url>", b"</loc>", b"<![CDATA[", b"<!--", b"&amp;", b"&", b"<", b"]]>", b"\xff", b"\0"]
PIECES += [b'"', b"<loc>http://x.example/", b'<?xml encoding="utf-16"?>', b"[", b"\x1f\x8b"]


@st.composite
def spoiled_sitemaps(draw):
    content = draw(st.sampled_from(SITEMAPS))
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 50)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=20))
        content = content[:start] + piece + content[end:]
    return content


@given(spoiled_sitemaps() | st.binary())
def test_any_bytes_give_a_sitemap_or_a_page_error_and_always_the_same(content):
    """A sitemap is written by software that nobody maintains; the run goes on."""
    page = Page(url="http://a.example/sitemap.xml", content=content)

    def outcome():
        try:
            return read_sitemap(page)
        except PageError as error:
            return str(error)

    first = outcome()
    assert first == outcome()
    if not isinstance(first, str):
        assert all(entry.url.startswith(("http://", "https://")) for entry in first.entries)
        assert all("#" not in entry.url for entry in first.entries)


@given(st.datetimes().map(lambda at: at.isoformat()) | st.dates().map(str) | st.text())
def test_a_time_that_is_read_ends_after_it_begins(text):
    """Else a page could be older than itself."""
    moment = read_moment(text)

    assert moment is None or moment.at < moment.until
