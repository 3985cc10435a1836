"""One post: from the API's record to a page, and from there to an article."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape, unescape
from urllib.parse import urlencode, urljoin, urlsplit

import attrs

from alignwatch.errors import EmptyTextError, ParseError
from alignwatch.model import Article, Page
from alignwatch.text import parse_html

__all__ = ["POST_TYPE", "make_page", "parse_post", "read_modified"]

# No "x-alignwatch-...": pages of those types are parsed without limits, and this one holds HTML.
POST_TYPE = "application/x-wordpress-post+json"
"""The media type of a page that is one post's record, as `make_page` makes it."""

# "<b>" in "<b>Ministers</b> meet"
_TAG = re.compile(r"<[^<>]*>")
_SPACE = re.compile(r"\s+")
_NO_CATEGORY = "Uncategorized"


def make_page(post: Mapping[str, object], listing: Page, *, site: str) -> Page | None:
    """Make a page of a post in *listing*, None if it has no id; the same post, the same bytes.

    Its url is the post's permalink if that is on the host of *site*, above or below it; else the
    address by number, which every WordPress knows.
    """
    number = post.get("id")
    if not isinstance(number, int):
        return None
    content = post.get("content")
    record = {
        "title": _plain(_rendered(post.get("title"))),
        "content": _rendered(content),
        "protected": isinstance(content, dict) and content.get("protected") is True,
        "published": _read_published(post),
        "modified": str(post.get("modified_gmt") or ""),
        "authors": list(_names(post, "author")),
        "tags": list(_names(post, "wp:term")),
    }
    return Page(
        url=_choose_url(post.get("link"), number, site),
        content=json.dumps(record, sort_keys=True).encode(),
        media_type=POST_TYPE,
        charset="utf-8",
        fetched_at=listing.fetched_at,
        reservations=listing.reservations,
    )


def read_modified(post: Mapping[str, object]) -> datetime | None:
    """Give when the post last changed, None if it does not say."""
    at = _read_moment(post.get("modified_gmt")) or _read_moment(post.get("date_gmt"))
    return None if at is None else at.replace(tzinfo=UTC)


def parse_post(page: Page) -> Article:
    """Read the article in a page of `POST_TYPE`. Pure.

    Raises:
        ParseError: It is no such record, or has no text.
        TooLargeError: It exceeds a limit of `alignwatch.text`.
    """
    try:
        record = json.loads(page.content)
        title, content = str(record["title"]), str(record["content"])
        published = record["published"]
        authors, tags = ([str(name) for name in record[key]] for key in ("authors", "tags"))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        msg = f"this is no record of a WordPress post ({type(error).__name__}: {error})"
        raise ParseError(msg, url=page.url) from error
    if not content.strip():
        why = "needs a password" if record.get("protected") else "has no content"
        msg = f"the post {why}"
        raise EmptyTextError(msg, url=page.url)
    article = parse_html(
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><article>{content}</article></body></html>",
        url=page.url,
        article_id=page.article_id or page.url,
    )
    if published:
        article = attrs.evolve(article, published=str(published), published_from="source")
    return attrs.evolve(
        article,
        title=title or article.title,
        authors=tuple(authors) or article.authors,
        tags=tuple(tags) or article.tags,
    )


def _rendered(field: object) -> str:
    """Give the HTML of ``{"rendered": "..."}``."""
    value = field.get("rendered") if isinstance(field, dict) else field
    return value if isinstance(value, str) else ""


def _plain(html: object) -> str:
    """Give a text without tags and entities."""
    text = _TAG.sub("", html) if isinstance(html, str) else ""
    return _SPACE.sub(" ", unescape(text)).strip()


def _read_published(post: Mapping[str, object]) -> str | None:
    """Give the time in UTC; the site's own time, which has no zone, if that is all there is."""
    at = _read_moment(post.get("date_gmt"))
    if at is not None:
        return at.replace(tzinfo=UTC).isoformat()
    local = _read_moment(post.get("date"))
    return None if local is None else local.isoformat()


def _read_moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)).replace(tzinfo=None)
    except ValueError:
        return None


def _names(post: Mapping[str, object], relation: str) -> Iterator[str]:
    """Give the names of what is embedded, each once; what was refused has none."""
    embedded = post.get("_embedded")
    found = embedded.get(relation) if isinstance(embedded, dict) else None
    seen = {"", _NO_CATEGORY}
    for part in found if isinstance(found, list) else ():
        for item in part if isinstance(part, list) else [part]:
            name = _plain(item.get("name")) if isinstance(item, dict) else ""
            if name not in seen:
                seen.add(name)
                yield name


def _choose_url(link: object, number: int, site: str) -> str:
    own = urljoin(site, f"?{urlencode({'p': number})}")
    if not isinstance(link, str) or not link.isprintable():
        return own
    try:
        url = urljoin(site, link.strip())
        parts = urlsplit(url)
    except ValueError:
        return own
    ours, theirs = _host(site), _host(url)
    is_own = ours == theirs or ours.endswith(f".{theirs}") or theirs.endswith(f".{ours}")
    is_web = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    return url if is_web and theirs and is_own else own


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
