"""HTML and plain text -> Article -> Document: what is article and what is not."""

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
