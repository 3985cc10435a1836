"""GDELT's answers: lists of articles, or a sentence that says what was wrong."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from urllib.parse import urldefrag, urlsplit

import attrs

from alignwatch.errors import FetchError, ParseError
from alignwatch.model import Page
from alignwatch.text import decode_text

__all__ = ["MAX_RECORDS", "Record", "read_records"]

MAX_RECORDS = 250
"""The most articles that GDELT gives at once."""

_LONGEST_MESSAGE = 300
_SPACE = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]*>")  # "<p>" in "<p>Your query was too short."
# any escape of JSON, and the backslash of "It\'s" or "C:\Docs", which is none
_ESCAPE = re.compile(r"""\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|\\'?""")
# "Please limit requests to one every 5 seconds or contact ..."
_TOO_FAST = re.compile(r"limit requests(?:[^.]*?every (\d{1,4}) seconds)?", re.IGNORECASE)
_PATIENCE_S = 5.0


@attrs.frozen(kw_only=True)
class Record:
    """One article: where it is, its title, and when GDELT saw it (UTC, in steps of 15 minutes)."""

    url: str
    title: str | None = None
    seen_at: datetime | None = None


def read_records(page: Page) -> tuple[Record, ...]:
    """Read the articles of an answer, in its order; those without an address are left out. Pure.

    Raises:
        FetchError: GDELT asks for patience; `retry_after_s` says how much.
        ParseError: GDELT says that the query is wrong, or the answer cannot be read.
    """
    text = decode_text(page.content, charset="utf-8").strip()
    if not text.startswith("{"):
        raise _tell_message(text, page.url)
    try:
        answer = json.loads(_ESCAPE.sub(_mend, text), strict=False)
    except (ValueError, RecursionError) as error:
        msg = f"GDELT's answer is broken JSON: {error}"
        raise ParseError(msg, url=page.url) from error
    articles = answer.get("articles", [])
    if not isinstance(articles, list):
        msg = "GDELT's answer has no list of articles"
        raise ParseError(msg, url=page.url)
    return tuple(_read_articles(articles))


def _mend(escape: re.Match[str]) -> str:
    found = escape[0]
    if found == "\\'":
        return "'"
    return "\\\\" if found == "\\" else found


def _tell_message(text: str, url: str) -> FetchError | ParseError:
    said = _SPACE.sub(" ", _TAG.sub(" ", unescape(text))).strip()[:_LONGEST_MESSAGE]
    too_fast = _TOO_FAST.search(said)
    if too_fast is not None:
        wait_s = float(too_fast[1]) if too_fast[1] else _PATIENCE_S
        return FetchError(f"GDELT asks for patience: {said}", url=url, retry_after_s=wait_s)
    return ParseError(f"GDELT gives no articles, but says: {said or 'nothing'}", url=url)


def _read_articles(articles: list[object]) -> Iterator[Record]:
    for article in articles:
        if not isinstance(article, dict):
            continue
        url = _read_url(article.get("url"))
        if url is not None:
            title = article.get("title")
            plain = _SPACE.sub(" ", unescape(title)).strip() if isinstance(title, str) else ""
            yield Record(url=url, title=plain or None, seen_at=_read_moment(article))


def _read_url(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        url = urldefrag(value.strip())[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    is_whole = parts.scheme.lower() in {"http", "https"} and parts.hostname is not None
    is_clean = "@" not in parts.netloc and url.isprintable() and " " not in url
    return url if is_whole and is_clean else None


def _read_moment(article: dict[str, object]) -> datetime | None:
    try:
        return datetime.strptime(str(article.get("seendate")), "%Y%m%dT%H%M%S%z")
    except ValueError:
        return None
