"""What a page says about its article: JSON-LD first, then meta elements, then marked-up text."""

import functools
import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit

import attrs
from lxml.html import HtmlElement

from alignwatch.text._credits import find_authors
from alignwatch.text._dating import find_lesser_date, find_published
from alignwatch.text._linked import Linked, names_of, read_linked, text_of
from alignwatch.text._marks import Head, find_marks, read_head
from alignwatch.text._title import choose_title, letters_of

__all__ = ["Metadata", "read_metadata"]


@attrs.frozen(kw_only=True)
class Metadata:
    """What the page declares; None and empty where it declares nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    site: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    body: str | None = None
    canonical: str | None = None


_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "title")
_DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description")
_SITE = ("og:site_name", "application-name", "dc.publisher", "publisher")
_LOCALE = ("content-language", "og:locale", "dc.language", "language")
# "en", "en-GB", "zh-Hant-TW"
_LOCALE_FORM = re.compile(
    r"\s*([A-Za-z]{2})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?(?:[-_]\w*)?\s*$"
)
_MOST_TAGS = 50
_MOST_HEADING_CHARS = 1000
_LEAST_TITLE_LETTERS = 12


def read_metadata(tree: HtmlElement, *, url: str | None) -> Metadata:
    """Read the metadata of the page. Dates are never taken from the body's running text."""
    head = read_head(tree)
    marks = functools.cache(lambda: find_marks(tree))
    headings = [_plain(node.text_content()[:_MOST_HEADING_CHARS]) for node in head.headings]
    declared = [*_pick(head.metas, _TITLE), head.page_title or ""]
    linked = read_linked(head.linked, titles=[*declared, *(text for text in headings if text)])
    site = _site(linked, head)
    title, heading = _title(head, linked, headings, site)
    locale = _locale(tree, linked, head)
    published = find_published(head, linked, marks=marks, heading=heading, locale=locale)
    published = published or find_lesser_date(
        linked, marks=marks, heading=heading, locale=locale, url=url
    )
    return Metadata(
        title=title,
        authors=find_authors(head.metas, linked, marks=marks, heading=heading, site=site),
        published=published.text if published else None,
        published_from=published.origin if published else None,
        language=locale[:2].lower() or None,
        site=site,
        description=_first(text_of(linked.get("description")), *_pick(head.metas, _DESCRIPTION)),
        tags=_tags(linked, head),
        body=text_of(linked.get("articleBody")),
        canonical=_canonical(tree, url),
    )


def _canonical(tree: HtmlElement, url: str | None) -> str | None:
    """Give the address that the page says it is a copy of, None for its own host's."""
    head = tree.getroottree().getroot().find("head")
    links = () if head is None else head.iter("link")
    named = next((link for link in links if link.get("rel") == "canonical"), None)
    try:
        own = urlsplit(url or "").hostname
        parts = urlsplit("" if named is None else urljoin(url or "", named.get("href", "").strip()))
        host = parts.hostname
    except ValueError:
        return None
    if not own or not host or parts.scheme not in ("http", "https"):
        return None
    return None if _bare(host) == _bare(own) else parts._replace(fragment="").geturl()


def _bare(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.").removeprefix("amp.")


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


def _site(linked: Linked, head: Head) -> str | None:
    publisher = linked.get("publisher")
    if isinstance(publisher, list):
        publisher = next((one for one in publisher if isinstance(one, dict)), None)
    named = text_of(publisher.get("name") if isinstance(publisher, dict) else publisher)
    return _first(*_pick(head.metas, _SITE[:1]), named, *_pick(head.metas, _SITE[1:]))


def _title(
    head: Head, linked: Linked, headings: list[str | None], site: str | None
) -> tuple[str | None, HtmlElement | None]:
    found = (text_of(linked.get("headline")), *_pick(head.metas, _TITLE), head.page_title)
    declared = [plain for text in found if (plain := _plain(text))]
    title = choose_title(
        declared,
        headings=[text for text in headings if text],
        site=site,
        linked=_plain(found[0]) is not None,
    )
    return title, _headline(head, headings, title)


def _headline(head: Head, headings: list[str | None], title: str | None) -> HtmlElement | None:
    """Give the element that shows the title."""
    wanted = letters_of(title or "")
    for node, text in zip(head.headings, headings, strict=True):
        if text and wanted and wanted in letters_of(text):
            return node
    for node in head.lesser_headings:
        shown = letters_of(node.text_content()[:500])
        if len(shown) >= _LEAST_TITLE_LETTERS and (shown in wanted or wanted in shown):
            return node
    return head.headings[0] if len(head.headings) == 1 else None


def _locale(tree: HtmlElement, linked: Linked, head: Head) -> str:
    """Give the page's locale as it stands ("en-GB", "de"), "" where none is declared."""
    root = tree.getroottree().getroot()
    declared = [
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        text_of(linked.get("inLanguage")),
        *_pick(head.metas, _LOCALE),
    ]
    read = [_LOCALE_FORM.match(text or "") for text in declared]
    known = [one for one in read if one]
    if not known:
        return ""
    # "en" of the page and "en_GB" of a meta element are "en-GB"
    region = next((one[2] for one in known if one[2] and one[1].lower() == known[0][1].lower()), "")
    return f"{known[0][1].lower()}-{region.upper()}" if region else known[0][1].lower()


def _tags(linked: Linked, head: Head) -> tuple[str, ...]:
    found = [
        *names_of(linked.get("keywords"), linked, organisations=True),
        *names_of(linked.get("articleSection"), linked, organisations=True),
        *_pick(head.metas, ("keywords", "news_keywords", "article:tag", "article:section")),
    ]
    tags: dict[str, str] = {}
    for text in found:
        for part in text.split(",")[:200]:
            tag = _plain(part)
            if tag and len(tag) <= 80:
                tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:_MOST_TAGS]
