"""The alignwatch source of feeds: RSS 0.9x to 2.0, Atom, JSON Feed; OPML lists; home pages."""

from alignwatch_rss._entry import MAX_ENTRIES, Entry, Feed
from alignwatch_rss._feed import read_feed
from alignwatch_rss._lists import MAX_FEEDS, FeedList, read_home, read_opml
from alignwatch_rss._source import FeedSource

__all__ = [
    "MAX_ENTRIES",
    "MAX_FEEDS",
    "Entry",
    "Feed",
    "FeedList",
    "FeedSource",
    "read_feed",
    "read_home",
    "read_opml",
]
