"""What is fetched, and what is found in it."""

from datetime import datetime

import attrs

from alignwatch.errors import ModelError

__all__ = ["Article", "Page", "PageRef"]


def require_zone(_: object, field: "attrs.Attribute[datetime | None]", at: datetime | None) -> None:
    """Refuse a time without a zone; an attrs validator of this package."""
    if at is not None and at.tzinfo is None:
        msg = f"{field.name} must carry a time zone, got the naive {at.isoformat()}"
        raise ModelError(msg)


@attrs.frozen(kw_only=True)
class PageRef:
    """The address of a page that a source has found and not yet fetched.

    `url` may also be ``file:`` plus a path, for sources that read local files. `title` and
    `published_at` are what the listing says; the page itself overrules them. `changed_at` is when
    the listing says that the page last changed.
    """

    url: str
    title: str | None = None
    published_at: datetime | None = attrs.field(default=None, validator=require_zone)
    changed_at: datetime | None = attrs.field(default=None, validator=require_zone)


@attrs.frozen(kw_only=True)
class Page:
    """Bytes as a server or file gave them, decompressed, with what was said about them.

    `url` is the address asked for, `final_url` the one that answered after redirects. `charset` is
    the one named by the transport, None where it named none. A page with status 304 is
    `is_unchanged` and has no content. `article_id` names the article where the page's origin gives
    it a name (a file's relative path, a record's id); None means the url is its name.
    `reservations` are what the publisher reserves, as far as the headers of the answer say:
    ``noarchive`` (no copy is kept) and ``tdm-reservation`` (it is not analysed).
    """

    url: str
    content: bytes = attrs.field(repr=lambda content: f"<{len(content)} bytes>")
    final_url: str | None = None
    status: int = 200
    media_type: str | None = None
    charset: str | None = None
    fetched_at: datetime | None = attrs.field(default=None, validator=require_zone)
    etag: str | None = None
    last_modified: str | None = None
    article_id: str | None = None
    reservations: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Whether the server said that nothing changed since the last visit."""
        return self.status == 304


@attrs.frozen(kw_only=True)
class Article:
    r"""The text of one article, before cleaning, with what its page says about itself.

    `text` is the raw text that all ``raw_*`` offsets count in: Unicode code points from 0, line
    ends ``\n``. `published` is an ISO 8601 date or date-time as precise as the page gives it, and
    `published_from` names what gives it: ``json-ld``, ``meta``, ``markup`` (an element marked as a
    date), ``text`` (a line at the headline), ``url``, ``modified`` (the day of the last change, as
    the page declares no other), ``listing`` or ``source``; None where that is not known.
    `language` is an ISO 639-1 code as the page declares it. `speaker` is the actor id whose "we" it
    is (a ministry's own statement). `tags` are keywords and sections from the page's metadata.
    `canonical` is the address, at another host, of the page that this one says it is a copy of.
    """

    id: str
    text: str = attrs.field(repr=lambda text: f"<{len(text)} characters>")
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    speaker: str | None = None
    site: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    published_from: str | None = None
    canonical: str | None = None

    def __attrs_post_init__(self) -> None:
        if not self.id:
            msg = "an article needs an id: its url, its file's name, or any stable name"
            raise ModelError(msg)
