"""What was fetched and when is told without doubt."""

from datetime import UTC, datetime

import pytest

from alignwatch.errors import ModelError
from alignwatch.model import Article, Failure, Page, PageRef

NAIVE = datetime(2025, 7, 2, 9, 30)  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize(
    ("cls", "field", "rest"),
    [
        (PageRef, "published_at", {"url": "u"}),
        (PageRef, "changed_at", {"url": "u"}),
        (Page, "fetched_at", {"url": "u", "content": b""}),
        (Failure, "retry_at", {"url": "u", "source": "s", "reason": "r", "message": "m"}),
    ],
)
def test_a_time_without_a_zone_is_refused(cls, field, rest):
    """Half past nine is another moment in Oslo than in Seoul."""
    with pytest.raises(ModelError) as caught:
        cls(**{field: NAIVE}, **rest)

    message = f"{field} must carry a time zone, got the naive 2025-07-02T09:30:00"
    assert str(caught.value) == message
    assert cls(**{field: NAIVE.replace(tzinfo=UTC)}, **rest)
    assert cls(**{field: None}, **rest)


def test_a_304_is_unchanged():
    """A second visit stores nothing anew."""
    assert Page(url="u", content=b"", status=304).is_unchanged
    assert not Page(url="u", content=b"").is_unchanged


def test_an_article_needs_a_name():
    """Claims point to articles by id."""
    with pytest.raises(ModelError, match="an article needs an id: its url, its file's name"):
        Article(id="", text="Oslo")


def test_bytes_and_texts_are_not_printed():
    """A traceback with a page in it cannot be read."""
    assert "content=<3 bytes>" in repr(Page(url="u", content=b"abc"))
    assert "text=<4 characters>" in repr(Article(id="a", text="Oslo"))
