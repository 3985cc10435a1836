"""Laws of pages and files."""

import json

from hypothesis import given
from hypothesis import strategies as st

from alignwatch.errors import PageError
from alignwatch.model import Article, Page
from alignwatch.sources import ARTICLE_TYPE, FAILURE_TYPE, looks_like_feed, parse_page

TYPES = [None, "text/html", "text/plain", "message/rfc822", "application/xml", "image/png"]
TYPES += ["application/json", ARTICLE_TYPE, FAILURE_TYPE]
CONTENT = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(max_size=200).map(lambda text: f"<html><body><p>{text}".encode("utf-8", "replace")),
    st.text(max_size=200).map(lambda text: f"Subject: {text}\n\n{text}".encode("utf-8", "replace")),
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: st.dictionaries(st.sampled_from(["id", "text", "url", "reason"]), inner),
    ).map(lambda value: json.dumps(value).encode()),
)


@given(CONTENT, st.sampled_from(TYPES))
def test_any_bytes_give_an_article_or_a_page_error_and_always_the_same(content, media_type):
    """Parsing is total and pure: the run goes on, and a second run agrees with the first."""
    page = Page(url="http://news.example/a", content=content, media_type=media_type)

    def outcome():
        try:
            return parse_page(page)
        except PageError as error:
            return (type(error), str(error))

    first = outcome()
    assert first == outcome()
    assert not isinstance(first, Article) or first.text.strip()
    assert isinstance(looks_like_feed(page), bool)
