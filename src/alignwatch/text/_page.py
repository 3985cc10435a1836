"""HTML and plain text -> Article."""

import re
from typing import Any

from alignwatch._collector import paused_collector
from alignwatch.errors import EmptyTextError, ModelError, NotTextError, TooLargeError
from alignwatch.model import Article
from alignwatch.text._decode import decode_text, with_plain_breaks

__all__ = [
    "MAX_ARTICLE_CHARS",
    "MAX_HTML_CHARS",
    "MAX_HTML_TAGS",
    "MAX_TAG_ATTRIBUTES",
    "MAX_TEXT_CHARS",
    "parse_html",
    "parse_text",
]

MAX_TEXT_CHARS = 12_000_000
"""Code points that one text may have; a longer one is refused."""
MAX_ARTICLE_CHARS = 1_000_000
"""Code points that the article of one page may have: a thick book; a longer one is refused."""
MAX_HTML_CHARS = 20_000_000
"""Code points that one page's HTML may have; a longer one is refused."""
MAX_HTML_TAGS = 200_000
"""Tags that one page may have, start and end tags both; a page with more is refused."""
MAX_TAG_ATTRIBUTES = 2_000
"""Attributes that one tag may have; the parser's time grows with their square."""

# where scripts begin and end, and "<p a=1 b=2 ...": a tag long enough to be looked at closely
_LONG_TAG = re.compile(
    rf"<(?:(script)\b|(/script)\b|[A-Za-z][^<>]{{{2 * MAX_TAG_ATTRIBUTES},}})", re.IGNORECASE
)
# the value in data='{"a": 1, "b": 2}' is one, however many words it has
_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")
# bytes and characters in UTF-8 that no XML tree takes; surrogates do not encode
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_NO_CHARACTERS = ("\ufffe", "\uffff")


def parse_text(
    content: bytes | str,
    *,
    article_id: str,
    url: str | None = None,
    charset: str | None = None,
) -> Article:
    """Give the article that is the plain text *content*, character for character.

    Raises:
        EmptyTextError: There is nothing but white space.
        EncodingError: As `decode_text`.
        NotTextError: As `decode_text`.
        TooLargeError: The text has more than `MAX_TEXT_CHARS`.
    """
    text = _to_text(content, charset)
    check_size(text, limit=MAX_TEXT_CHARS, what="the text", url=url)
    if not text.strip():
        msg = f"{article_id!r} holds no text"
        raise EmptyTextError(msg, url=url)
    return Article(id=article_id, text=text, url=url)


def parse_html(
    content: bytes | str,
    *,
    url: str | None = None,
    article_id: str | None = None,
    charset: str | None = None,
) -> Article:
    """Give the article in a page: its text before cleaning, and what the page says about it.

    Pure: the same content gives the same article. `article_id` names the article; else *url* does.

    Raises:
        EmptyTextError: No article text is found.
        EncodingError: As `decode_text`.
        NotTextError: The content is a binary, or no HTML.
        TooLargeError: The page exceeds `MAX_HTML_CHARS`, `MAX_HTML_TAGS` or `MAX_TAG_ATTRIBUTES`,
            or its text `MAX_ARTICLE_CHARS`.
        ModelError: Neither *article_id* nor *url* is given.
    """
    name = article_id or url
    if not name:
        msg = "parse_html needs article_id=... or url=... to name the article"
        raise ModelError(msg)
    source = _to_text(content, charset)
    check_size(source, limit=MAX_HTML_CHARS, what="the page", url=url)
    _check_tags(source, url)
    if not source.strip():
        msg = "the page is empty"
        raise EmptyTextError(msg, url=url)
    with paused_collector():
        metadata, text = _read_source(source, url)
    check_size(text, limit=MAX_ARTICLE_CHARS, what="the article", url=url)
    if not any(char.isalnum() for char in text):
        msg = "no article text was found in the page"
        raise EmptyTextError(msg, url=url)
    return Article(
        id=name,
        text=text,
        url=url,
        title=metadata.title,
        authors=metadata.authors,
        published=metadata.published,
        language=metadata.language,
        site=metadata.site,
        description=metadata.description,
        tags=metadata.tags,
        published_from=metadata.published_from,
        canonical=metadata.canonical,
    )


def _read_source(source: str, url: str | None) -> tuple[Any, str]:
    """Give what the page declares, and the text of its article."""
    from alignwatch.text._addresses import reveal_addresses  # noqa: PLC0415 - lxml takes 50 ms
    from alignwatch.text._content_features import Hints  # noqa: PLC0415 - numpy takes 100 ms
    from alignwatch.text._extraction import extract_text  # noqa: PLC0415 - lxml takes 50 ms
    from alignwatch.text._metadata import read_metadata  # noqa: PLC0415 - lxml takes 50 ms

    tree = build_tree(source, url)
    # the parser's elements are made anew at each visit, unless somebody holds them
    held = list(tree.iter())
    if "data-cfemail" in source or "email-protection#" in source:
        reveal_addresses(tree)
    metadata = read_metadata(tree, url=url)
    text = extract_text(tree, url=url, hints=Hints.of(metadata))
    held.clear()
    return metadata, text


def check_size(text: str, *, limit: int, what: str, url: str | None) -> None:
    """Refuse a text of more than *limit* code points.

    Raises:
        TooLargeError: It has more.
    """
    if len(text) > limit:
        msg = f"{what} has {len(text):,} characters; alignwatch reads up to {limit:,}"
        raise TooLargeError(msg, url=url)


def _check_tags(source: str, url: str | None) -> None:
    tags = source.count("<")
    if tags > MAX_HTML_TAGS:
        msg = f"the page has {tags:,} tags; alignwatch reads up to {MAX_HTML_TAGS:,}"
        raise TooLargeError(msg, url=url)
    if not _has_long_tag(source):
        return
    in_script = False
    for tag in _LONG_TAG.finditer(source):
        if tag[1] or tag[2]:
            in_script = tag[1] is not None
            continue
        attributes = 0 if in_script else len(_VALUE.sub("", tag[0]).split()) - 1
        if attributes > MAX_TAG_ATTRIBUTES:
            msg = f"a tag has {attributes:,} attributes; alignwatch reads {MAX_TAG_ATTRIBUTES:,}"
            raise TooLargeError(msg, url=url)


def _has_long_tag(source: str) -> bool:
    """Whether a "<" is followed by so much that is neither "<" nor ">" as many attributes take."""
    longest = 2 * MAX_TAG_ATTRIBUTES
    at = source.find("<")
    while at >= 0:
        # from one "<" to the last one near it: between them none is followed by so much
        following = source.rfind("<", at + 1, at + longest + 2)
        if following < 0:
            if len(source) - at - 1 > longest and source.find(">", at, at + longest + 1) < 0:
                return True
            following = source.find("<", at + 1)
        at = following
    return False


def _to_text(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, bytes):
        return decode_text(content, charset=charset)
    return with_plain_breaks(content.removeprefix("\ufeff"))


def build_tree(source: str, url: str | None) -> Any:
    from lxml import etree, html  # noqa: PLC0415 - lxml takes 50 ms

    parser = html.HTMLParser(
        remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True
    )
    plain = source.encode("utf-8", "ignore").translate(None, _FORBIDDEN)
    for code in _NO_CHARACTERS:
        if code in source:
            plain = plain.replace(code.encode(), b"")
    try:
        tree = html.document_fromstring(plain, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        msg = f"the page is no HTML: {error}"
        raise NotTextError(msg, url=url) from error
    return tree
