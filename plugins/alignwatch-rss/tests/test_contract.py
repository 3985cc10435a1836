"""The feed source keeps the contract of sources."""

from pathlib import Path

from alignwatch.testing import SourceContract
from alignwatch_rss import FeedSource


class TestFeeds(SourceContract):
    """All of it is inherited."""

    source = FeedSource("https://desk.example/feed")
    pages = Path(__file__).parent / "pages"


class TestLists(SourceContract):
    """A list that leads to a feed with an archive, to a home page, and to whole texts."""

    source = FeedSource("https://desk.example/feeds.opml")
    pages = Path(__file__).parent / "lists"
