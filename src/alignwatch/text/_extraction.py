"""The article's text out of a page's tree: two ways to find it, and what the page declares.

The one import of trafilatura.
"""

import html
import logging
import re
from collections import Counter
from typing import Any

from lxml.html import HtmlElement

from alignwatch.text._blocks_tables import write_out_cells
from alignwatch.text._content import find_content
from alignwatch.text._content_features import Hints
from alignwatch.text._draft import words_of

__all__ = ["MOST_DOUBT", "extract_by_rules", "extract_text", "prefer_declared"]

# Below this share of the page's paragraphs, the quick way has probably missed the article.
_LEAST_COVERED = 0.8
_LEAST_CHARS = 600
# Words in doubt to each word taken: one page of five has more.
MOST_DOUBT = 0.12
_LEAST_PARAGRAPH_CHARS = 80
_SHINGLE = 4
_TAG = re.compile(r"<(/?)(p|br|div|li|h[1-6])?\b[^<>]{0,500}>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]*\n\s*")
_ASIDE = frozenset({"nav", "footer", "aside", "form", "header", "noscript"})


def extract_text(tree: HtmlElement, *, url: str | None, hints: Hints) -> str:
    """Give the text of the article in *tree*, "" where there is none.

    The blocks that the model chooses stand, unless too much of them is in doubt: then a finder by
    rules has its say. The body that the page's linked data gives decides where it and what was
    found have little in common.
    """
    content = find_content(tree, hints)
    text = content.text
    # the rules' time grows with the square of what odd pages have too much of
    if content.doubt > MOST_DOUBT and not content.is_odd:
        write_out_cells(tree)
        ruled = extract_by_rules(tree, url)
        # a page laid out in tables comes back as their rows
        if ruled and not (text and (_is_mostly_rows(ruled) or _is_run_together(ruled, text))):
            text = ruled
    return prefer_declared(text, hints.body)


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
    """Give what trafilatura finds.

    The quick extraction stands unless it covers little of the page; then the thorough one does,
    unless that found something else altogether.
    """
    text = _extract(tree, url, fast=True)
    if len(text) < _LEAST_COVERED * _paragraph_chars(tree) or len(text) < _LEAST_CHARS:
        thorough = _extract(tree, url, fast=False)
        if len(text) < _LEAST_CHARS or _shared(text, thorough) >= 0.5:
            text = thorough or text
    return text


def _is_whole(body: str) -> bool:
    """Whether a declared body is long enough and not cut off in a sentence."""
    return len(body) >= _LEAST_CHARS and body.rstrip("\"'\u201d\u2019) ")[-1:] in ".!?"


def _agree(text: str, body: str) -> bool:
    mine, theirs = _shingles(text), _shingles(body)
    both = (mine & theirs).total()
    return both >= 0.2 * max(1, mine.total()) and both >= 0.5 * max(1, theirs.total())


def _extract(tree: HtmlElement, url: str | None, *, fast: bool) -> str:
    import trafilatura  # noqa: PLC0415 - takes 0.3 s

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(
        tree, url=url, fast=fast, include_comments=False, with_metadata=False
    )
    return (found.text or "") if found is not None else ""


def _paragraph_chars(tree: HtmlElement) -> int:
    """Give how many characters stand in the page's paragraphs and list items, furniture aside."""
    total = 0
    for node in tree.iter("p", "li", "dd"):
        if node.tag != "p" and node.find(".//p") is not None:
            continue
        length = len(" ".join(node.text_content().split()))
        if length >= _LEAST_PARAGRAPH_CHARS and not any(
            above.tag in _ASIDE for above in node.iterancestors()
        ):
            total += length
    return total


def _plain_body(declared: str) -> str:
    if not declared:
        return ""
    text = html.unescape(declared)
    if "<" in text:
        text = html.unescape(_TAG.sub(lambda tag: "\n" if tag[2] else "", text))
    return _BLANKS.sub("\n", text).strip()


def _shared(text: str, other: str) -> float:
    """Give which share of the word sequences of *text* stands in *other*."""
    mine, theirs = _shingles(text), _shingles(other)
    return (mine & theirs).total() / max(1, mine.total())


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(zip(*(words[at:] for at in range(_SHINGLE)), strict=False))
