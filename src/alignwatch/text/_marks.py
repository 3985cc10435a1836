"""Where a page says what its article is: its head and headings, and what is marked in its body."""

import functools
import re

import attrs
from lxml.html import HtmlElement

__all__ = ["Head", "Marks", "find_marks", "read_head"]

_HEADINGS = ("h1", "h2", "h3", "h4", "legend")
_OF_HEAD = ("script", "meta", "title", "time", *_HEADINGS)
_OF_BODY = (
    *("time", "a", "span", "div", "p", "address", "li", "small", "abbr", "dd", "strong", "h5"),
    *_HEADINGS,
)
# (byline's rank, date's rank) of itemprop="author"
_ITEMS: dict[str, tuple[int | None, int | None]] = {
    "author": (0, None),
    "datePublished": (None, 0),
    "published-date": (None, 0),
    "dateCreated": (None, 0),
    "dateModified": (None, 3),
}
_NO_ROLES = (None, None)
_MOST = 40
_MOST_METAS = 1000
_MOST_META_CHARS = 5000
# class="byline", "post-byline", "ByLine__name", "by_line"
_BYLINE = re.compile(r"(?<![a-z])by[-_]?lines?(?![a-z])|author-?name|Byline|ByLine")
# class="author", "author vcard", "authors"
_AUTHOR = re.compile(r"(?:^|\s)author")
# class="post-author", "card__author", "articleAuthor", "meta_author"
_PART_AUTHOR = re.compile(r"[-_]author|[a-z]Author")
_AUTHOR_HREF = re.compile(r"/(?:author|authors|writer|contributor|contributors)/")
# class="published", "entry-date", "timestamp", "date"
_DATE = re.compile(
    r"publish|entry-?date|post-?date|posted-?on|article-?date|timestamp|pub-?date|dateline|(?:^|\s)date(?:\s|$)",
    re.IGNORECASE,
)
# class="node__date", "articleDate", "meta-datetime"; no "update", "candidate", "validate"
_PART_DATE = re.compile(r"(?:^|[\s_-])date|[a-z]Date(?!d)|(?<![a-z])by[-_]?line|Byline")
_UPDATE = re.compile(r"updat|modif|review|revis|edited", re.IGNORECASE)


@attrs.define(kw_only=True)
class Head:
    """What a page declares, with its headings and times; all in the page's order."""

    metas: dict[str, list[str]] = attrs.field(factory=dict)
    linked: list[str] = attrs.field(factory=list)
    page_title: str | None = None
    headings: list[HtmlElement] = attrs.field(factory=list)
    lesser_headings: list[HtmlElement] = attrs.field(factory=list)
    times: list[HtmlElement] = attrs.field(factory=list)


@attrs.define(kw_only=True)
class Marks:
    """The elements that are marked as bylines and dates, by rank: the surest marks first.

    `places` counts the elements before each of them, and before each heading.
    """

    bylines: tuple[list[HtmlElement], ...] = attrs.field(factory=lambda: ([], [], [], [], []))
    dates: tuple[list[HtmlElement], ...] = attrs.field(factory=lambda: ([], [], [], []))
    places: dict[HtmlElement, int] = attrs.field(factory=dict)


def read_head(tree: HtmlElement) -> Head:
    """Read the elements of a page that are few, wherever they stand."""
    head = Head()
    for node in tree.iter(*_OF_HEAD):
        tag = node.tag
        if tag == "meta":
            _read_meta(node, head.metas)
        elif tag == "script":
            if "ld+json" in (node.get("type") or "").casefold() and len(head.linked) < _MOST:
                head.linked.append(node.text or "")
        elif tag == "title":
            if head.page_title is None:
                head.page_title = node.text_content()[:_MOST_META_CHARS]
        else:
            known = head.lesser_headings
            if tag in {"h1", "time"}:
                known = head.headings if tag == "h1" else head.times
            if len(known) < _MOST:
                known.append(node)
    return head


def _read_meta(node: HtmlElement, metas: dict[str, list[str]]) -> None:
    name = node.get("property") or node.get("name") or node.get("itemprop")
    content = node.get("content")
    if not name or not content or len(metas) >= _MOST_METAS:
        return
    known = metas.setdefault(name.strip().casefold()[:100], [])
    if len(known) < _MOST and (plain := content[:_MOST_META_CHARS].strip()):
        known.append(plain)


def find_marks(tree: HtmlElement) -> Marks:
    """Walk over the whole page; a walk costs as much as all else, so only where it is needed."""
    marks = Marks()
    for at, node in enumerate(tree.iter(*_OF_BODY)):
        tag = node.tag
        if tag in _HEADINGS:
            marks.places[node] = at
            continue
        name = node.get("class")
        byline, date = _roles_of(name) if name else _NO_ROLES
        item = node.get("itemprop")
        if item is not None:
            byline, date = _ITEMS.get(item, (byline, date))
        if tag == "a":
            date = None
            if node.get("rel") == "author":
                byline = 0
            elif byline is None and _AUTHOR_HREF.search(node.get("href") or ""):
                byline = 3
        elif tag == "time" and date in {None, 2}:
            date = 1
        if byline is not None:
            _keep(node, at, marks.bylines[byline], marks)
        if date is not None:
            _keep(node, at, marks.dates[date], marks)
    return marks


def _keep(node: HtmlElement, at: int, nodes: list[HtmlElement], marks: Marks) -> None:
    if len(nodes) < _MOST:
        nodes.append(node)
        marks.places[node] = at


@functools.lru_cache(maxsize=4096)
def _roles_of(name: str) -> tuple[int | None, int | None]:
    """Give the rank of a class as a byline's and as a date's, None where it is none."""
    low = name.lower()
    if not (
        "author" in low
        or "date" in low
        or "line" in low
        or "publish" in low
        or "posted" in low
        or "stamp" in low
        or "pub" in low
    ):
        return _NO_ROLES
    byline = date = None
    if _AUTHOR.search(name):
        byline = 1
    elif _BYLINE.search(name):
        byline = 2
    elif _PART_AUTHOR.search(name):
        byline = 4
    if _DATE.search(name) or _PART_DATE.search(name):
        date = 3 if _UPDATE.search(name) else 2
    return byline, date
