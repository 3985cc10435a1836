"""What stands in a feed, as a page."""

import re
from html import escape, unescape
from urllib.parse import quote

from alignwatch.model import Page
from alignwatch_rss._entry import Entry, Feed, host_of

__all__ = ["has_whole_text", "make_page"]

_FEWEST_CHARS = 600
_END_CHARS = 300
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
# '<a href="https://news.example/1">Read more</a>' with its address and its words
_LINK = re.compile(r"""<a\s[^<>]*?href\s*=\s*["']([^"'<>]*)["'][^<>]*>(.{0,300}?)</a>""", re.DOTALL)
# the "[...]" or "… »" that a teaser ends in: an ellipsis, then brackets and arrows
_OPEN_END = re.compile(r"(?:\u2026|\.\.\.)[\])>\u00bb\u203a\u2192\s]*$")


def has_whole_text(page: Page, entry: Entry) -> bool:
    """Whether an entry of the feed in *page* brings the text that stands on its own page.

    That is so if the feed calls it content, it has the length of an article, it does not end like
    a teaser, and the page is on the feed's host: whoever speaks for another host is not believed.
    """
    if not entry.is_full or entry.content is None or entry.url is None:
        return False
    if host_of(entry.url) != host_of(page.final_url or page.url):
        return False
    text = _plain(entry.content)
    if len(text) < _FEWEST_CHARS or _OPEN_END.search(text[-_END_CHARS:]):
        return False
    return not _is_continued(entry)


def _is_continued(entry: Entry) -> bool:
    """Whether a link at the end leads on to the page, by other words than the article's title."""
    end = (entry.content or "")[-4 * _END_CHARS :]
    for address, words in _LINK.findall(end):
        is_own = unescape(address).partition("#")[0].partition("?")[0].rstrip("/") == (
            (entry.url or "").partition("?")[0].rstrip("/")
        )
        if is_own and _plain(words) not in ("", entry.title):
            return True
    return False


def make_page(page: Page, feed: Feed, entry: Entry) -> Page:
    """Make a page of what stands in *page*, a feed: the entry's HTML in a plain frame.

    It has the address of the entry if the feed has the whole text, else one in the feed; and what
    is reserved of the feed is reserved of it.
    """
    at = entry.published_at or entry.changed_at
    head = [
        f"<title>{escape(entry.title)}</title>" if entry.title else "",
        f'<meta property="article:published_time" content="{at.isoformat()}">' if at else "",
        *(f'<meta name="author" content="{escape(name)}">' for name in entry.authors),
    ]
    language = f' lang="{escape(feed.language)}"' if feed.language else ""
    content = (
        f'<!DOCTYPE html>\n<html{language}><head><meta charset="utf-8">{"".join(head)}</head>'
        f"<body><article>{entry.content}</article></body></html>"
    )
    return Page(
        url=entry.url or f"{page.url}#{quote(entry.name, safe='')}",
        content=content.encode("utf-8", errors="replace"),
        media_type="text/html",
        charset="utf-8",
        fetched_at=page.fetched_at,
        reservations=tuple(sorted({*page.reservations, *feed.reservations})),
    )


def _plain(html: str) -> str:
    return _SPACE.sub(" ", unescape(_TAG.sub(" ", html))).strip()
