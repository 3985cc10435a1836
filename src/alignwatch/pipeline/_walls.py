"""Challenges and paywalls that come with status 200, as if they were the article."""

import html
import re

from alignwatch.errors import ParseError, WalledPageError
from alignwatch.model import Document, Page
from alignwatch.text import clean_text

__all__ = ["CHALLENGE", "STUB", "is_stub", "refuse_challenge", "tell_wall"]

CHALLENGE = "challenge-page"
STUB = "paywall-stub"
_LOOKED_AT_BYTES = 64 * 1024
# what stands between the tags of "<script>...</script>" is no text
_SILENT = (b"script", b"style", b"svg")
# the "<p class=x>" of any page
_TAG = re.compile(r"<[^<>]*>")


def refuse_challenge(document: Document, url: str) -> None:
    """Refuse *document* where its text is that of a challenge.

    Raises:
        WalledPageError: It is: stored it would stand in the place of an article.
    """
    if CHALLENGE in document.flags:
        msg = "the site answered with a challenge for browsers, and not with the article"
        raise WalledPageError(msg, url=url)


def is_stub(document: Document) -> bool:
    """Whether a paywall let no more than the beginning of the article through."""
    return STUB in document.flags


def tell_wall(page: Page, error: ParseError) -> ParseError:
    """Give *error*, with which *page* was parsed, or the one that says why it had no article.

    A challenge has often no text that a parser takes for an article's.
    """
    if not (page.media_type or "html").endswith(("html", "xml")):
        return error
    try:
        flags = clean_text(_visible(page.content[:_LOOKED_AT_BYTES])).flags
    except Exception:  # noqa: BLE001 - the page has failed already, with a better reason
        return error
    if CHALLENGE in flags:
        what = "a challenge for browsers"
    elif STUB in flags:
        what = "a paywall"
    else:
        return error
    msg = f"the site answered with {what}, and not with the article"
    return WalledPageError(msg, url=page.url)


def _visible(content: bytes) -> str:
    for name in _SILENT:
        content = _without(content, name)
    return html.unescape(_TAG.sub("\n", content.decode("utf-8", "replace")))


def _without(content: bytes, name: bytes) -> bytes:
    lower = content.lower()
    kept = []
    place = 0
    while (start := lower.find(b"<" + name, place)) >= 0:
        kept.append(content[place:start])
        end = lower.find(b"</" + name, start)
        place = len(content) if end < 0 else end
    kept.append(content[place:])
    return b"\n".join(kept)
