"""Feeds of any kind to entries."""

import attrs

from alignwatch.fetch import find_meta_reservations
from alignwatch.model import Page
from alignwatch_rss._entry import Feed
from alignwatch_rss._json import read_json
from alignwatch_rss._xml import read_xml

__all__ = ["read_feed"]


def read_feed(page: Page) -> Feed:
    """Read the feed in *page*; entries without address and content are left out.

    Pure. A broken feed gives what can be read of it, and its `Feed.flaw` if it is cut off.

    Raises:
        ParseError: It is no feed, or so broken that no entry can be read, or declares entities.
        TooLargeError: It has more tags or namespaces than any feed needs.
    """
    base = page.final_url or page.url
    is_json = page.content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    feed = read_json(page.content, base) if is_json else read_xml(page, base)
    return attrs.evolve(
        feed,
        entries=tuple(entry for entry in feed.entries if entry.url or entry.content),
        reservations=find_meta_reservations(page.content),
    )
