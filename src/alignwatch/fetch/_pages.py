"""Pages out of answers, and what is sent to ask whether one has changed."""

import re
from collections.abc import Mapping
from datetime import datetime

from alignwatch.errors import FetchError
from alignwatch.fetch._answer import Answer, OpenAnswer
from alignwatch.fetch._memory import Validators
from alignwatch.fetch._reservations import read_header_reservations
from alignwatch.model import Page

__all__ = ["conditional_headers", "make_page", "read_redirect"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# the "utf-8" of 'text/html; charset="utf-8"'
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)


def conditional_headers(known: Validators | None) -> Mapping[str, str]:
    if known is None:
        return {}
    pairs = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    # A server may have sent what no request can carry back.
    return {
        name: value
        for name, value in pairs.items()
        if value and value.isascii() and value.isprintable()
    }


def read_redirect(answer: Answer | OpenAnswer) -> str | None:
    if not 300 <= answer.status < 400 or answer.status == 304:
        return None
    location = answer.headers.get("location", "")
    if answer.status in _REDIRECTS and location:
        return location
    msg = f"the server answered with status {answer.status} and nowhere to go"
    raise FetchError(msg)


def make_page(
    url: str, final_url: str, answer: Answer, known: Validators | None, fetched_at: datetime
) -> Page:
    content_type = answer.headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    is_unchanged = answer.status == 304
    before = known if is_unchanged and known else Validators()
    return Page(
        url=url,
        content=b"" if is_unchanged else answer.content,
        final_url=final_url,
        status=answer.status,
        media_type=content_type.partition(";")[0].strip().lower() or None,
        charset=charset[1].lower() if charset else None,
        fetched_at=fetched_at,
        etag=answer.headers.get("etag") or before.etag,
        last_modified=answer.headers.get("last-modified") or before.last_modified,
        reservations=read_header_reservations(answer.headers),
    )
