"""Makes articles, claims and stores for the tests of the store."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from alignwatch.model import Article, Claim, Document, Edit, Evidence, Kind, Page
from alignwatch.store import Store, open_store

TEXT = "Norland sent fuel to Sudmark on Monday."
JUNK = " Comments"


def build(url: str, text: str = TEXT, **changes: Any) -> dict[str, Any]:
    """Give what `Store.save_article` takes, for one article with one claim."""
    published = changes.pop("published", "2025-07-02")
    article_id = changes.pop("article_id", url)
    claim = Claim(
        article=article_id,
        url=url,
        published=published,
        extractor="rules/1",
        source="RUS",
        target="PRK",
        kind=Kind.ENERGY,
        confidence=0.8,
        evidence=Evidence(start=0, end=7, raw_start=0, raw_end=7, quote=text[:7]),
    )
    made = {
        "ref_url": url,
        "source": "rss",
        "page": Page(
            url=url, content=f"<p>{text}{JUNK}".encode(), etag='"1"', media_type="text/html"
        ),
        "article": Article(
            id=article_id, url=url, text=text + JUNK, published=published, title="A title"
        ),
        "document": Document(
            article=article_id,
            url=url,
            text=text,
            published=published,
            removed=(
                Edit(start=len(text), end=len(text + JUNK), original=JUNK, rule="comment-prompt"),
            ),
        ),
        "claims": (claim,),
        "cleaner": "clean/1",
        "extractor": "rules/1",
    }
    return made | changes


@pytest.fixture
def made() -> Callable[..., dict[str, Any]]:
    return build


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.store"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with open_store(path) as opened:
        yield opened
