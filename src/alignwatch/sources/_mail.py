"""E-mail messages, as newsletters and press offices send them."""

import email
from email.message import EmailMessage
from email.policy import default as modern
from email.utils import parsedate_to_datetime

import attrs

from alignwatch.errors import EmptyTextError, ParseError
from alignwatch.model import Article
from alignwatch.text import parse_html, parse_text

__all__ = ["parse_mail"]


def parse_mail(content: bytes, *, article_id: str) -> Article:
    """Read a message: its plain text, else its HTML; subject, sender and date go with it.

    Attachments are left out. The article has no url.

    Raises:
        ParseError: There is no text in it, or it is no message.
    """
    # Broken headers raise of many kinds from deep within the standard library.
    try:
        message = email.message_from_bytes(content, policy=modern)
        body = message.get_body(("plain", "html"))
        subject, authors, published = _read_headers(message)
        payload = body.get_payload(decode=True) if body is not None else None
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        msg = f"{article_id!r} is no readable e-mail message ({error})"
        raise ParseError(msg) from error
    if body is None or not isinstance(payload, bytes) or not payload.strip():
        msg = f"there is no text in the message {article_id!r}"
        raise EmptyTextError(msg)
    charset = body.get_content_charset()
    if body.get_content_type() == "text/html":
        article = parse_html(payload, article_id=article_id, charset=charset)
    else:
        article = parse_text(payload, article_id=article_id, charset=charset)
    if published:
        article = attrs.evolve(article, published=published, published_from="source")
    return attrs.evolve(article, title=subject or article.title, authors=authors or article.authors)


def _read_headers(message: EmailMessage) -> tuple[str, tuple[str, ...], str | None]:
    subject = " ".join(str(message.get("subject", "")).split())
    senders = getattr(message.get("from"), "addresses", ())
    authors = tuple(one.display_name or one.addr_spec for one in senders)
    try:
        published = parsedate_to_datetime(str(message.get("date", ""))).isoformat()
    except ValueError:
        published = None
    return subject, tuple(author for author in authors if author), published
