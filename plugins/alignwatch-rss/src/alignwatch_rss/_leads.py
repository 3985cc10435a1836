"""The feeds that a list or a home page names: one that stays the same says nothing of them."""

import json
from collections.abc import Sequence

from alignwatch.fetch import Bookmarks, PageGetter
from alignwatch.model import Page

__all__ = ["recall_leads", "remember_leads"]

_MOST = 2_000


def remember_leads(
    fetcher: PageGetter, page: Page, urls: Sequence[str], *, is_list: bool, is_whole: bool
) -> None:
    """Remember what *page* names, so that it is asked for if the page is the same the next time.

    Where that cannot be, is too much, or is not the whole of it, the page is to come in full the
    next time.

    Raises:
        PageError: The budget of the run is used up.
    """
    if isinstance(fetcher, Bookmarks) and is_whole and len(urls) <= _MOST:
        place = json.dumps({"leads": list(urls), "is_list": is_list})
        if fetcher.bookmark(page.url) != place:
            fetcher.keep_bookmark(page.url, place)
        if fetcher.bookmark(page.url) == place:
            return
    fetcher.get(page.url, conditional=False)


def recall_leads(fetcher: PageGetter, url: str) -> tuple[bool, tuple[str, ...]]:
    """Give whether *url* was a list, and what it named; nothing if it was a feed."""
    told = fetcher.bookmark(url) if isinstance(fetcher, Bookmarks) else None
    try:
        place = json.loads(told or "{}")
        urls = tuple(one for one in place.get("leads", ()) if isinstance(one, str))
        return place.get("is_list") is True, urls
    except (ValueError, TypeError, AttributeError):
        return False, ()
