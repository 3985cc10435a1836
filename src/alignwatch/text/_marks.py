"""Where a page says what its article is: one walk over its tree, and the lines at the headline."""

import functools
import re
from collections.abc import Iterator
from itertools import islice

import attrs
from lxml import etree
from lxml.html import HtmlElement

__all__ = ["Marks", "is_apart", "lines_near", "read_marks", "text_in"]

_OF_HEAD = frozenset({"script", "meta", "title", "h1", "h2", "h3", "h4", "legend"})
_TAGS = (
    *_OF_HEAD,
    *("time", "a", "span", "div", "p", "address", "li", "small", "abbr", "dd", "strong", "h5"),
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
_MOST_NODES = 80
_MOST_ABOVE = 60
_MOST_CHARS = 200
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
_APART = frozenset({"aside", "footer", "nav", "td", "th"})
# class="related-posts", "sidebar", "comment-list": other articles, other persons
_APART_CLASS = re.compile(
    r"(?<![a-z])(?:related|recommend\w*|sidebar|comments?|recirc\w*|trending|popular|newsletter"
    r"|read-?next|more-?(?:from|stories|news)|promo|teasers?|carousel)(?![a-z])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "legend", "li", "main", "nav", "ol", "p", "section", "table", "td", "th", "tr"),
        "ul",
    }
)
_SPACES = re.compile(r"\s+")
_MOST_LEVELS = 8
_MOST_LINES = 12
_MOST_LONG_LINES = 1
_LEAST_LONG_CHARS = 250
_MOST_PIECES = 200
_MOST_TEXT_CHARS = 4000
# dates in tables and below pictures are not the article's
_NO_LINES = frozenset({"table", "figure", "figcaption", "aside", "nav", "footer"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "button", "select", "form"})


@attrs.define(kw_only=True)
class Marks:
    """What one walk over a page finds, in the page's order; the lists stand best first."""

    metas: dict[str, list[str]] = attrs.field(factory=dict)
    linked: list[str] = attrs.field(factory=list)
    page_title: str | None = None
    headings: list[HtmlElement] = attrs.field(factory=list)
    lesser_headings: list[HtmlElement] = attrs.field(factory=list)
    bylines: tuple[list[HtmlElement], ...] = attrs.field(factory=lambda: ([], [], [], [], []))
    dates: tuple[list[HtmlElement], ...] = attrs.field(factory=lambda: ([], [], [], []))
    places: dict[HtmlElement, int] = attrs.field(factory=dict)


def read_marks(tree: HtmlElement) -> Marks:
    """Walk the page once."""
    marks = Marks()
    for at, node in enumerate(tree.iter(*_TAGS)):
        tag = node.tag
        if tag in _OF_HEAD:
            _read_head(node, tag, at, marks)
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
        elif tag == "time" and date is None:
            date = 1
        if byline is not None:
            _keep(node, at, marks.bylines[byline], marks)
        if date is not None:
            _keep(node, at, marks.dates[1 if tag == "time" and date == 2 else date], marks)
    return marks


def _keep(node: HtmlElement, at: int, nodes: list[HtmlElement], marks: Marks) -> None:
    if len(nodes) < _MOST:
        nodes.append(node)
        marks.places[node] = at


def _read_head(node: HtmlElement, tag: str, at: int, marks: Marks) -> None:
    if tag == "meta":
        _read_meta(node, marks)
    elif tag == "script":
        if "ld+json" in (node.get("type") or "").casefold() and len(marks.linked) < _MOST:
            marks.linked.append(node.text or "")
    elif tag == "title":
        if marks.page_title is None:
            marks.page_title = node.text_content()[:_MOST_META_CHARS]
    else:
        _keep(node, at, marks.headings if tag == "h1" else marks.lesser_headings, marks)


def _read_meta(node: HtmlElement, marks: Marks) -> None:
    name = node.get("property") or node.get("name") or node.get("itemprop")
    content = node.get("content")
    if not name or not content or len(marks.metas) >= _MOST_METAS:
        return
    known = marks.metas.setdefault(name.strip().casefold()[:100], [])
    if len(known) < _MOST and (plain := content[:_MOST_META_CHARS].strip()):
        known.append(plain)


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


def is_apart(node: HtmlElement, headline: HtmlElement | None) -> bool:
    """Whether *node* stands in a part of the page that is not its article's.

    Such are asides, footers, table cells, and lists of other articles. What holds the headline
    too is the article's, whatever it is called.
    """
    for above in islice(node.iterancestors(), _MOST_ABOVE):
        if above.tag in _APART or _is_apart_class(above.get("class")):
            return headline is None or not any(
                above is one for one in islice(headline.iterancestors(), _MOST_ABOVE)
            )
    return False


@functools.lru_cache(maxsize=4096)
def _is_apart_class(name: str | None) -> bool:
    return name is not None and _APART_CLASS.search(name) is not None


def text_in(node: HtmlElement, *, limit: int = _MOST_CHARS) -> str:
    """Give the short text in *node*, "" for a long one.

    A line break stands where a new block begins, or where two elements touch without a space: the
    name and the job title in two of them are not one word.
    """
    if sum(1 for _ in islice(node.iter(), _MOST_NODES + 1)) > _MOST_NODES:
        return ""
    text = ""
    for piece in _pieces(node):
        text += piece
        if len(text) > 20 * limit:
            return ""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    plain = "\n".join(line for line in lines if line)
    return plain if len(plain) <= limit else ""


def _pieces(node: HtmlElement, *, lines: bool = False) -> Iterator[str]:
    last = " "
    walk = etree.iterwalk(node, events=("start", "end"))
    for event, one in walk:
        is_block = one.tag in _BLOCKS
        if event == "start":
            if not isinstance(one.tag, str) or _is_silent(one, lines=lines):
                walk.skip_subtree()
                continue
            text = one.text
        else:
            text = one.tail if one is not node else None
        if is_block and last != "\n":
            yield "\n"
            last = "\n"
        text = _SPACES.sub(" ", text) if text else ""
        if text:
            if not last.isspace() and not text[0].isspace() and event == "start":
                yield "\n"
            yield text
            last = text[-1]


def _is_silent(node: HtmlElement, *, lines: bool) -> bool:
    if not lines:
        return node.tag in _SILENT
    return node.tag in _SILENT | _NO_LINES or _is_apart_class(node.get("class"))


def lines_near(headline: HtmlElement) -> Iterator[str]:
    """Give the first lines of text that follow a headline, up to the article's paragraphs."""
    long = 0
    for line in islice(_following(headline), _MOST_LINES):
        long += len(line) > _LEAST_LONG_CHARS
        if long > _MOST_LONG_LINES:
            return
        yield line


def _following(headline: HtmlElement) -> Iterator[str]:
    node = headline
    for _ in range(_MOST_LEVELS):
        for text in _after(node):
            for line in text.split("\n"):
                plain = " ".join(line.split())
                if plain:
                    yield plain
        above = node.getparent()
        if above is None or above.tag == "body":
            return
        node = above


def _after(node: HtmlElement) -> Iterator[str]:
    """Give the texts of what follows *node* in its parent, an element at a time."""
    yield node.tail or ""
    for beside in islice(node.itersiblings(), _MOST_LINES):
        if isinstance(beside.tag, str) and not _is_silent(beside, lines=True):
            text = ""
            for piece in islice(_pieces(beside, lines=True), _MOST_PIECES):
                text += piece
                if len(text) > _MOST_TEXT_CHARS:
                    break
            yield text
        yield beside.tail or ""
