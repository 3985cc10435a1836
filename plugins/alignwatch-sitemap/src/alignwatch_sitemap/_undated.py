"""Sitemaps that an index names without a date: an unchanged index does not say whether they are."""

import json
from collections.abc import Sequence

from alignwatch.fetch import Bookmarks, PageGetter
from alignwatch.model import Page
from alignwatch_sitemap._entry import Entry

__all__ = ["recall_undated", "remember_undated"]


def remember_undated(
    fetcher: PageGetter, index: Page, entries: Sequence[Entry], *, most: int
) -> None:
    """Remember which entries of *index* have no date, so that they are asked for if it is the same.

    Where they cannot be remembered, or are more than *most*, the index is to come in full the next
    time.

    Raises:
        PageError: The budget of the run is used up.
    """
    if not (index.etag or index.last_modified):
        return
    undated = [entry.url for entry in entries if entry.changed is None]
    if isinstance(fetcher, Bookmarks) and len(undated) <= most:
        told = json.dumps({"urls": undated, "at": index.final_url or index.url})
        place = told if undated else None
        if fetcher.bookmark(index.url) != place:
            fetcher.keep_bookmark(index.url, place)
        if fetcher.bookmark(index.url) == place:
            return
    if undated:
        fetcher.get(index.url, conditional=False)


def recall_undated(fetcher: PageGetter, url: str) -> tuple[str, tuple[Entry, ...]]:
    """Give where the index at *url* was, and its entries without a date; none if it has none."""
    told = fetcher.bookmark(url) if isinstance(fetcher, Bookmarks) else None
    try:
        place = json.loads(told or "{}")
        urls = [one for one in place.get("urls", ()) if isinstance(one, str)]
        at = str(place.get("at", url))
    except (ValueError, TypeError, AttributeError):
        return url, ()
    return at, tuple(Entry(url=one) for one in urls)
