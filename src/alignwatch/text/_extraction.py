"""The article's text out of a page's tree: two ways to find it, and what the page declares.

The one import of trafilatura.
"""

import html
import logging
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from lxml.html import HtmlElement

from alignwatch.text._blocks_tables import write_out_cells
from alignwatch.text._content import find_content
from alignwatch.text._content_features import Hints
from alignwatch.text._draft import words_of

__all__ = ["choose_text", "extract_by_rules", "extract_text", "leave_unread", "prefer_declared"]

# A text that is so much shorter than what the model took has missed the article.
_LEAST_SHARE = 0.18
_LEAST_CHARS = 600
_SHINGLE = 4
_TAG = re.compile(r"<(/?)(p|br|div|li|h[1-6])?\b[^<>]{0,500}>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]*\n\s*")
# what trafilatura leaves out as well, only later
_UNREAD = (
    *("script", "style", "svg", "iframe", "select", "link", "template", "video", "audio"),
    *("canvas", "object", "embed", "input"),
)


def extract_text(tree: HtmlElement, *, url: str | None, hints: Hints) -> str:
    """Give the text of the article in *tree*, "" where there is none; the tree is used up.

    The blocks that the model chooses stand, unless too much of them is in doubt: then a finder by
    rules has its say. The body that the page's linked data gives decides where it and what was
    found have little in common.
    """
    content = find_content(tree, hints)
    text = content.text
    if content.is_doubtful:
        leave_unread(tree, content.hopeless)
        text = choose_text(text, extract_by_rules(tree, url))
    return prefer_declared(text, hints.body)


def leave_unread(tree: HtmlElement, hopeless: Iterable[HtmlElement]) -> None:
    """Take out of *tree* what the rules need not see, and of cells of tables all but the words."""
    unread = [node for node in tree.iter(_UNREAD) if node.get("type") != "application/ld+json"]
    for node in (*unread, *hopeless):
        if node.getparent() is not None:
            node.drop_tree()
    write_out_cells(tree)


def choose_text(text: str, ruled: str) -> str:
    """Give what the rules found, or *text* where they plainly missed the article."""
    if len(ruled) < _LEAST_SHARE * len(text) or not ruled:
        return text
    # a page laid out in tables comes back as their rows
    missed = text and (_is_mostly_rows(ruled) or _is_run_together(ruled, text))
    return text if missed else ruled


def _is_mostly_rows(text: str) -> bool:
    return 2 * sum(len(line) for line in text.split("\n") if line.startswith("|")) > len(text)


def _is_run_together(ruled: str, text: str) -> bool:
    """Whether the rules gave up, and set the whole page in one line."""
    return "\n" not in ruled and "\n" in text


def prefer_declared(text: str, declared: str) -> str:
    """Give *text*, or the body that the page declares where both have little in common."""
    body = _plain_body(declared)
    return body if _is_whole(body) and not _agree(text, body) else text


def extract_by_rules(tree: HtmlElement, url: str | None) -> str:
    """Give what trafilatura finds by its quick way.

    Its thorough way takes three times as long and seldom finds more of an article.
    """
    import trafilatura  # noqa: PLC0415 - takes 0.3 s

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(
        tree, url=url, fast=True, include_comments=False, with_metadata=False
    )
    return (found.text or "") if found is not None else ""


def _is_whole(body: str) -> bool:
    """Whether a declared body is long enough and not cut off in a sentence."""
    return len(body) >= _LEAST_CHARS and body.rstrip("\"'\u201d\u2019) ")[-1:] in ".!?"


def _agree(text: str, body: str) -> bool:
    mine, theirs = _shingles(text), _shingles(body)
    both = (mine & theirs).total()
    return both >= 0.2 * max(1, mine.total()) and both >= 0.5 * max(1, theirs.total())


def _plain_body(declared: str) -> str:
    if not declared:
        return ""
    text = html.unescape(declared)
    if "<" in text:
        text = html.unescape(_TAG.sub(lambda tag: "\n" if tag[2] else "", text))
    return _BLANKS.sub("\n", text).strip()


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))
