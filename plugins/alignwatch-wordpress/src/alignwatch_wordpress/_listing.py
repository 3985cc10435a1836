"""Answers of the API: lists of posts, or what stands in their place."""

import json
import re

from alignwatch.errors import EncodingError, ParseError
from alignwatch.model import Page
from alignwatch.text import decode_text

__all__ = ["NoApiError", "read_listing"]

# the start of a list of posts, behind "<br /><b>Notice</b>: ..." that PHP put in front
_LIST = re.compile(r"""\[\s*\{\s*"id"\s*:""")
_LONGEST_MESSAGE = 200


class NoApiError(ParseError):
    """Something answers, and it is no WordPress API."""


def read_listing(page: Page) -> tuple[dict[str, object], ...]:
    """Give the posts of one page of a list, in its order. Pure.

    Raises:
        NoApiError: It is HTML or anything else than JSON.
        ParseError: It is an error of the API, or JSON of another kind.
    """
    try:
        found = _read_json(page)
    except (ValueError, RecursionError, EncodingError) as error:
        is_html = b"<html" in page.content[:4096].lower() or page.media_type == "text/html"
        what = "with an HTML page" if is_html else f"with broken JSON ({error})"
        msg = f"the WordPress API answers {what}: it is switched off, or the site has none"
        raise NoApiError(msg, url=page.url) from error
    if isinstance(found, dict) and "code" in found:
        said = str(found.get("message", ""))[:_LONGEST_MESSAGE]
        msg = f"the WordPress API answers with the error {str(found['code'])[:80]!r}: {said}"
        raise ParseError(msg, url=page.url)
    if not isinstance(found, list):
        msg = "the WordPress API gives no list of posts: is this the address of a WordPress site?"
        raise ParseError(msg, url=page.url)
    return tuple(post for post in found if isinstance(post, dict))


def _read_json(page: Page) -> object:
    text = decode_text(page.content, charset="utf-8")
    try:
        return json.loads(text)
    except ValueError:
        start = _LIST.search(text)
        if start is None:
            raise
        return json.JSONDecoder().raw_decode(text, start.start())[0]
