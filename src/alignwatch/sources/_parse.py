"""Pages to articles: the default that most sources need."""

import re

from alignwatch.errors import (
    EmptyTextError,
    EncodingError,
    NotTextError,
    PageError,
    ParseError,
    WireError,
)
from alignwatch.model import Article, Page, from_json
from alignwatch.sources._failures import FAILURE_TYPE, read_failure
from alignwatch.sources._feeds import looks_like_feed
from alignwatch.sources._mail import parse_mail
from alignwatch.text import parse_html, parse_text

__all__ = ["ARTICLE_TYPE", "parse_page"]

ARTICLE_TYPE = "application/x-alignwatch-article+json"
"""The media type of a page that is one article's JSON record."""

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_XML_TYPES = frozenset({"application/xml", "text/xml"})
# the "<!DOCTYPE html" or "<html lang='en'" near the top of a page
_HTML_START = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_SNIFFED_BYTES = 2048


def parse_page(page: Page) -> Article:
    """Read the article in *page*, whatever of the common forms it has.

    HTML, plain text, e-mail, and records of `ARTICLE_TYPE`; told by the media type, and by the
    content where there is none. The article is named by `Page.article_id`, else by its url, which
    it carries too unless the page is a local file. Pure.

    Raises:
        ParseError: There is no article in it: it is empty, a binary, a feed, unchanged, in no
            known encoding, or a broken record.
        TooLargeError: It exceeds a limit of `alignwatch.text`.
    """
    media_type = page.media_type or ""
    if media_type == FAILURE_TYPE:
        raise read_failure(page)
    if media_type == ARTICLE_TYPE:
        return _parse_record(page)
    if page.is_unchanged or not page.content:
        what = "unchanged" if page.is_unchanged else "empty"
        msg = f"the page is {what}"
        raise EmptyTextError(msg, url=page.url)
    name = page.article_id or page.url
    url = None if page.url.startswith("file:") else page.final_url or page.url
    try:
        return _parse_content(page, name=name, url=url)
    except PageError as error:
        error.url = page.url
        raise


def _parse_content(page: Page, *, name: str, url: str | None) -> Article:
    media_type = page.media_type or ""
    is_html = _HTML_START.search(page.content[:_SNIFFED_BYTES]) is not None
    is_xml = media_type in _XML_TYPES or media_type.endswith("+xml")
    if media_type in _HTML_TYPES or (is_html and (is_xml or not media_type)):
        return parse_html(page.content, url=url, article_id=name, charset=page.charset)
    if media_type == "message/rfc822":
        return parse_mail(page.content, article_id=name)
    if looks_like_feed(page):
        msg = "this is a feed and no article; watch it through the rss source"
        raise ParseError(msg)
    if not media_type or (media_type.startswith("text/") and not is_xml):
        return parse_text(page.content, article_id=name, url=url, charset=page.charset)
    msg = f"there is no article to read in {media_type}"
    raise ParseError(msg) if is_xml or "json" in media_type else NotTextError(msg)


def _parse_record(page: Page) -> Article:
    place = page.article_id or page.url
    try:
        article = from_json(Article, page.content.decode("utf-8"))
    except UnicodeDecodeError as error:
        msg = f"{place}: JSON Lines are UTF-8, and this line is not ({error.reason})"
        raise EncodingError(msg, url=page.url) from error
    except WireError as error:
        msg = f"{place}: {error}"
        raise ParseError(msg, url=page.url) from error
    if not article.text.strip():
        msg = f"{place}: the record's text is empty"
        raise EmptyTextError(msg, url=page.url)
    return article
