"""The alignwatch source of feeds: RSS 0.9x to 2.0, Atom, JSON Feed."""

from alignwatch_rss._feed import MAX_ENTRIES, Entry, read_feed
from alignwatch_rss._source import FeedSource

__all__ = ["MAX_ENTRIES", "Entry", "FeedSource", "read_feed"]
