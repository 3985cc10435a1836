"""What a page says about its article: JSON-LD first, then meta elements, then marked-up text."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

import attrs
from lxml.html import HtmlElement

from alignwatch.text._authors import clean_authors
from alignwatch.text._published import published_from_url, read_published
from alignwatch.text._title import choose_title, letters_of

__all__ = ["Metadata", "read_metadata"]

_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Blog|Review|Recipe|HowTo|Analysis|Opinion")
_CONTROL = re.compile(r"[\x00-\x1f]+")


@attrs.frozen(kw_only=True)
class Metadata:
    """What the page declares; None and empty where it declares nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    site: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    body: str | None = None


def read_metadata(tree: HtmlElement, *, url: str | None) -> Metadata:
    """Read the metadata of the page. Dates are never taken from the body's running text."""
    metas = _read_metas(tree)
    linked = _find_article(tree)
    site = _site(linked, metas)
    return Metadata(
        title=_title(tree, linked, metas, site),
        authors=_authors(tree, linked, metas, site),
        published=_published(tree, linked, metas, url),
        language=_language(tree, linked, metas),
        site=site,
        description=_first(_text(linked.get("description")), *_pick(metas, _DESCRIPTION)),
        tags=_tags(linked, metas),
        body=_text(linked.get("articleBody")),
    )


_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description")
_SITE = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHOR = (
    *("author", "article:author", "article:author_name", "parsely-author", "sailthru.author"),
    *("dc.creator", "dcterms.creator", "dc.contributor", "byl", "citation_author", "twitter:data1"),
)
_DATE = (
    *("article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date"),
    *("datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.created"),
    *(
        "pubdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "publishdate",
        "cxenseparse:recs:publishtime",
    ),
    *("article.published", "published_time_telegram", "bt:pubdate", "citation_publication_date"),
    *(
        "citation_online_date",
        "rnews:datepublished",
        "originalpublicationdate",
        "displaydate",
        "pdate",
    ),
)


def _read_metas(tree: HtmlElement) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            metas.setdefault(name.strip().casefold(), []).append(content.strip())
    return metas


def _pick(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _first(*candidates: str | None) -> str | None:
    for candidate in candidates:
        plain = _plain(candidate)
        if plain:
            return plain
    return None


def _plain(text: str | None) -> str | None:
    if text is None:
        return None
    return " ".join(html.unescape(html.unescape(text)).split()) or None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _find_article(tree: HtmlElement) -> dict[str, Any]:
    """Give the JSON-LD node that describes the article, {} where there is none."""
    best: dict[str, Any] = {}
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").casefold():
            continue
        for node in _nodes(_load(element.text_content())):
            kind = node.get("@type") or ""
            kinds = kind if isinstance(kind, list) else [kind]
            if not any(_ARTICLE_TYPES.search(str(one)) for one in kinds):
                continue
            if _weight(node) > _weight(best):
                best = node
    return best


def _weight(node: Mapping[str, Any]) -> int:
    return sum(name in node for name in ("headline", "datePublished", "author", "articleBody"))


def _load(source: str) -> object:
    text = source.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(_CONTROL.sub(" ", text))
    except (ValueError, RecursionError):
        return None


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    stack, seen = [value], 0
    while stack and seen < 500:
        seen += 1
        item = stack.pop()
        if isinstance(item, list):
            stack.extend(reversed(item))
        elif isinstance(item, dict):
            yield item
            stack.extend(
                item[name] for name in ("mainEntity", "mainEntityOfPage", "@graph") if name in item
            )


def _names(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value[:20] for name in _names(item)]
    if isinstance(value, dict) and "Organization" not in str(value.get("@type", "")):
        return _names(value.get("name"))
    return []


def _site(linked: Mapping[str, Any], metas: Mapping[str, list[str]]) -> str | None:
    publisher = linked.get("publisher")
    named = _text(publisher.get("name")) if isinstance(publisher, dict) else _text(publisher)
    return _first(*_pick(metas, _SITE[:1]), named, *_pick(metas, _SITE[1:]))


def _title(
    tree: HtmlElement, linked: Mapping[str, Any], metas: Mapping[str, list[str]], site: str | None
) -> str | None:
    found = (_text(linked.get("headline")), *_pick(metas, _TITLE))
    pages = [node.text_content() for node in islice(tree.iter("title"), 1)]
    declared = [plain for text in (*found, *pages) if (plain := _plain(text))]
    shown = [_plain(node.text_content()) for node in islice(tree.iter("h1"), 20)]
    return choose_title(declared, headings=[text for text in shown if text], site=site)


def _authors(
    tree: HtmlElement, linked: Mapping[str, Any], metas: Mapping[str, list[str]], site: str | None
) -> tuple[str, ...]:
    declared = (
        _names(linked.get("author")) or _names(linked.get("creator")),
        list(_pick(metas, _AUTHOR)),
    )
    marked = _persons(_marked_up(tree, _AUTHOR_PATHS), site)
    for found in declared:
        names = _persons(found, site)
        if names:
            # linked data often names the first author alone
            return marked if set(names) < set(marked) and len(marked) <= _MOST_AUTHORS else names
    return marked


def _persons(found: list[str], site: str | None) -> tuple[str, ...]:
    names = clean_authors(found)
    return tuple(name for name in names if site is None or letters_of(name) != letters_of(site))


_MOST_AUTHORS = 4
_AUTHOR_PATHS = (
    (
        ".//*[@rel='author' or @itemprop='author'"
        " or @data-testid='byline' or @data-testid='author-name']"
    ),
    (
        ".//*[(self::a or self::span or self::div or self::p or self::address)"
        " and contains(concat(' ', @class, ' '), ' author')][not(.//p)]"
    ),
    (
        ".//*[(self::a or self::span or self::div or self::p or self::li) and"
        " (contains(@class, 'byline') or contains(@class, 'Byline')"
        " or contains(@class, 'author-name'))]"
    ),
    (
        ".//a[contains(@href, '/author/') or contains(@href, '/authors/')"
        " or contains(@href, '/writer/') or contains(@href, '/contributor/')"
        " or contains(@data-testid, 'Author')]"
        "[not(ancestor::aside or ancestor::footer or ancestor::nav)]"
    ),
    (
        ".//*[(self::span or self::div or self::p or self::small or self::a)"
        " and (contains(@class, '__author') or contains(@class, '-author')"
        " or contains(@class, 'authorName'))][string-length(.) < 80]"
        "[not(ancestor::aside or ancestor::footer or ancestor::nav)]"
    ),
    (
        ".//*[(self::p or self::span or self::small or self::strong or self::li)"
        " and (starts-with(normalize-space(.), 'By ')"
        " or starts-with(normalize-space(.), 'Written by '))][string-length(.) < 60]"
        "[not(ancestor::aside or ancestor::footer or ancestor::nav)]"
    ),
)


def _marked_up(tree: HtmlElement, paths: tuple[str, ...]) -> list[str]:
    for path in paths:
        # joined by spaces: "Ada Roe" and "Reporter" in two spans are not one word
        texts = [" ".join(" ".join(node.itertext()).split()) for node in tree.xpath(path)[:6]]
        found = [text for text in texts if 3 <= len(text) <= 120]
        if clean_authors(found):
            return found[:1] if len(found) > _MOST_AUTHORS else found
    return []


def _published(
    tree: HtmlElement,
    linked: Mapping[str, Any],
    metas: Mapping[str, list[str]],
    url: str | None,
) -> str | None:
    declared = (linked.get("datePublished"), linked.get("dateCreated"), *_pick(metas, _DATE))
    for text in declared:
        found = read_published(_text(text))
        if found:
            return found
    for path in _DATE_PATHS:
        for node in tree.xpath(path)[:4]:
            text = node.get("datetime") or node.get("content") or node.get("title")
            found = read_published(text) or read_published(node.text_content()[:200])
            if found:
                return found
    return published_from_url(url) or read_published(_text(linked.get("dateModified")))


_DATE_PATHS = (
    ".//*[@itemprop='datePublished' or @pubdate]",
    ".//time[@datetime][not(ancestor::aside or ancestor::footer or ancestor::nav)]",
    ".//time[not(ancestor::aside or ancestor::footer or ancestor::nav)]",
    (
        ".//*[(self::span or self::div or self::p or self::li or self::abbr)"
        " and (contains(@class, 'publish') or contains(@class, 'entry-date')"
        " or contains(@class, 'post-date') or contains(@class, 'posted-on')"
        " or contains(@class, 'article-date') or contains(@class, 'timestamp') or @class='date')]"
    ),
    (
        ".//*[(self::span or self::div or self::p or self::li or self::dd or self::small)"
        " and (contains(@class, 'date') or contains(@class, 'Date') or contains(@id, 'date')"
        " or contains(@class, 'byline') or contains(@class, 'Byline'))]"
        "[not(ancestor::aside or ancestor::footer or ancestor::nav)][string-length(.) < 150]"
    ),
)


def _language(
    tree: HtmlElement, linked: Mapping[str, Any], metas: Mapping[str, list[str]]
) -> str | None:
    root = tree.getroottree().getroot()
    declared = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        _text(linked.get("inLanguage")),
        *_pick(metas, ("content-language", "og:locale", "dc.language", "language")),
    )
    for text in declared:
        # "en-GB" -> "en"
        code = re.match(r"\s*([A-Za-z]{2})(?:[-_].*)?\s*$", text or "")
        if code:
            return code[1].lower()
    return None


def _tags(linked: Mapping[str, Any], metas: Mapping[str, list[str]]) -> tuple[str, ...]:
    found = [
        *_names(linked.get("keywords")),
        *_names(linked.get("articleSection")),
        *_pick(metas, ("keywords", "news_keywords", "article:tag", "article:section")),
    ]
    tags: dict[str, str] = {}
    for text in found:
        for part in text.split(","):
            tag = _plain(part)
            if tag and len(tag) <= 80:
                tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:50]
