r"""HTML and plain text -> Article -> Document: what is article and what is not.

`read_html` and `clean_text` go the whole way; `parse_html` and `clean_article` are its halves, for
who wants to look at the raw text in between. All are pure functions of what they are given, and
end: what is too large or no text at all is a `alignwatch.errors.PageError`. For pages from
anywhere take `alignwatch.watch`, or `alignwatch.pipeline.PageParser`, which parse in a process
with limits of time and memory.

`RULES` names every cleaning rule; a rule of your own is a class as `TextRule` describes it.

Example:
    >>> from alignwatch.text import RULES, clean_text
    >>> raw = "The ministers met in Riga.\nShare this Post"
    >>> document = clean_text(raw)
    >>> [(edit.rule, edit.original) for edit in document.removed]
    [('blank-lines', '\n'), ('share-prompt', 'Share this Post')]
    >>> document.restore() == raw, "share-prompt" in RULES
    (True, True)
"""

from alignwatch.text._clean import (
    CLEANER_VERSION,
    clean_article,
    clean_text,
    known_rules,
    read_html,
)
from alignwatch.text._decode import decode_text
from alignwatch.text._draft import Change, Draft, Line
from alignwatch.text._language import detect_language
from alignwatch.text._page import (
    MAX_ARTICLE_CHARS,
    MAX_HTML_CHARS,
    MAX_HTML_TAGS,
    MAX_TAG_ATTRIBUTES,
    MAX_TEXT_CHARS,
    parse_html,
    parse_text,
)
from alignwatch.text._registry import RULES
from alignwatch.text._rule import Rule, TextRule

__all__ = [
    "CLEANER_VERSION",
    "MAX_ARTICLE_CHARS",
    "MAX_HTML_CHARS",
    "MAX_HTML_TAGS",
    "MAX_TAG_ATTRIBUTES",
    "MAX_TEXT_CHARS",
    "RULES",
    "Change",
    "Draft",
    "Line",
    "Rule",
    "TextRule",
    "clean_article",
    "clean_text",
    "decode_text",
    "detect_language",
    "known_rules",
    "parse_html",
    "parse_text",
    "read_html",
]
