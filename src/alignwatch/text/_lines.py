"""Short texts of a page: in one element, and the lines that follow its headline."""

import functools
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

__all__ = ["is_apart", "lines_above", "lines_near", "text_in"]

_MOST_NODES = 80
_MOST_ABOVE = 60
_MOST_CHARS = 200
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
_MOST_LEVELS_ABOVE = 2
_MOST_ELEMENTS_ABOVE = 3
_MOST_LINES = 12
_MOST_LONG_LINES = 1
_LEAST_LONG_CHARS = 250
_MOST_PIECES = 200
_MOST_TEXT_CHARS = 4000
# dates in tables and below pictures are not the article's
_NO_LINES = frozenset({"table", "figure", "figcaption", "aside", "nav", "footer"})
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "button", "select", "form"})


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
        text = _SPACES.sub(" ", text[:_MOST_TEXT_CHARS]) if text else ""
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


def lines_above(headline: HtmlElement) -> Iterator[str]:
    """Give the few lines of text right above a headline, the nearest element's first."""
    node = headline
    for _ in range(_MOST_LEVELS_ABOVE):
        for beside in islice(node.itersiblings(preceding=True), _MOST_ELEMENTS_ABOVE):
            yield from _split(_text_of(beside))
        above = node.getparent()
        if above is None or above.tag == "body":
            return
        node = above


def _following(headline: HtmlElement) -> Iterator[str]:
    node = headline
    for _ in range(_MOST_LEVELS):
        yield from _split(node.tail or "")
        for beside in islice(node.itersiblings(), _MOST_LINES):
            yield from _split(_text_of(beside))
            yield from _split(beside.tail or "")
        above = node.getparent()
        if above is None or above.tag == "body":
            return
        node = above


def _split(text: str) -> Iterator[str]:
    for line in text[: 2 * _MOST_TEXT_CHARS].split("\n"):
        plain = " ".join(line.split())
        if plain:
            yield plain


def _text_of(node: HtmlElement) -> str:
    if not isinstance(node.tag, str) or _is_silent(node, lines=True):
        return ""
    text = ""
    for piece in islice(_pieces(node, lines=True), _MOST_PIECES):
        text += piece
        if len(text) > _MOST_TEXT_CHARS:
            break
    return text
