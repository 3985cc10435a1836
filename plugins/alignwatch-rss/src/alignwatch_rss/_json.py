"""JSON Feed, versions 1 and 1.1: https://www.jsonfeed.org/version/1.1/."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from alignwatch.errors import ParseError
from alignwatch_rss._entry import (
    MAX_ENTRIES,
    Entry,
    Feed,
    read_moment,
    read_name,
    read_plain,
    read_url,
    to_html,
)

__all__ = ["read_json"]

# the '"items": [' before the first item
_ITEMS = re.compile(r'"items"\s*:\s*\[')
# what stands between two items
_COMMA = re.compile(r"[\s,]*")
# "version": "https://jsonfeed.org/version/1.1", with slashes perhaps escaped
_VERSION = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org(?:\\?/)version')


def read_json(content: bytes, base: str) -> Feed:
    """Read what can be read of a JSON feed at *base*.

    Raises:
        ParseError: It is none, or no item of it can be read.
    """
    text = content.decode("utf-8-sig", errors="replace")
    feed: Any
    flaw: str | None = None
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        read = list(_read_items(text)) if _VERSION.search(text) else []
        if not read:
            msg = f"the JSON feed cannot be read: {error}"
            raise ParseError(msg, url=base) from error
        feed = {"version": "jsonfeed.org/version", "items": read}
        flaw = f"the JSON feed breaks off or is broken after {len(read)} items ({error})"
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or "jsonfeed.org/version" not in str(feed.get("version")):
        msg = "this JSON is no JSON Feed: it needs a version of jsonfeed.org and a list of items"
        raise ParseError(msg, url=base)
    own = _read_authors(feed)
    return Feed(
        entries=tuple(
            _read_item(item, base, own) for item in items[:MAX_ENTRIES] if isinstance(item, dict)
        ),
        older_url=read_url(feed.get("next_url"), base),
        flaw=flaw,
        language=read_plain(feed.get("language")),
    )


def _read_items(text: str) -> Iterator[object]:
    """Give the whole items at the start of a broken list."""
    start = _ITEMS.search(text)
    if start is None:
        return
    decoder, at = json.JSONDecoder(), start.end()
    for _ in range(MAX_ENTRIES):
        between = _COMMA.match(text, at)
        at = between.end() if between else at
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield item


def _read_item(item: Mapping[str, object], base: str, own: tuple[str, ...]) -> Entry:
    url = read_url(item.get("url") or item.get("external_url"), base)
    text = item.get("content_text")
    html = item.get("content_html") or (to_html(text) if isinstance(text, str) else None)
    content = html if isinstance(html, str) else None
    return Entry(
        name=read_name(item.get("id"), url, content),
        url=url,
        title=read_plain(item.get("title")),
        published_at=read_moment(item.get("date_published")),
        changed_at=read_moment(item.get("date_modified")),
        content=content,
        # an item with an external_url is a remark on somebody else's page
        is_full=content is not None and "external_url" not in item,
        authors=_read_authors(item) or own,
    )


def _read_authors(part: Mapping[str, object]) -> tuple[str, ...]:
    listed = part.get("authors")
    people = listed if isinstance(listed, list) else [part.get("author")]
    names = [read_plain(one.get("name")) for one in people if isinstance(one, dict)]
    return tuple(dict.fromkeys(name for name in names if name))
