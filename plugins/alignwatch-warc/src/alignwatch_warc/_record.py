"""One record of an archive to the page that it holds, or to the reason why it holds none."""

import re
from datetime import datetime
from urllib.parse import urldefrag, urlsplit

import attrs
from fastwarc.warc import WarcRecord, WarcRecordType

from alignwatch.errors import PageError, ParseError
from alignwatch.model import Page
from alignwatch.sources import make_failure_page
from alignwatch_warc._body import decode_body, read_bounded

__all__ = ["Outcome", "read_record"]

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# the "utf-8" of 'text/html; charset="utf-8"'
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s;"']+)""", re.IGNORECASE)
# the "<!DOCTYPE html" or "<html lang='en'" near the top of a page
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)


@attrs.frozen(kw_only=True)
class Outcome:
    """What became of a record: a page, which may be one of failure, or why it was `skipped`."""

    page: Page | None = None
    skipped: str | None = None


def read_record(record: WarcRecord, *, place: str) -> Outcome:
    """Give the page of an HTML response.

    Records of other kinds, statuses and media types are skipped. A response that is broken, cut
    off or too large gives a page of failure, which is named by *place* if its address is unsure.
    """
    if not (record.headers.get("WARC-Type") and record.headers.get("Content-Length")):
        return _fail(place, "the head of the record is broken or cut off")
    if record.record_type != WarcRecordType.response:
        return _skip(record, "no response", place)
    return _read_response(record, place)


def _read_response(record: WarcRecord, place: str) -> Outcome:
    url = _read_url(record.headers.get("WARC-Target-URI"))
    http = record.http_headers if record.is_http_parsed else None
    if url is None or http is None or not isinstance(http.status_code, int):
        return _fail(place, "the record holds no HTTP response of a page, or is cut off")
    media_type = (http.get("Content-Type") or "").partition(";")[0].strip().lower()
    is_other = bool(media_type) and media_type not in _HTML_TYPES
    if http.status_code != 200 or is_other:
        return _skip(record, "no HTML" if http.status_code == 200 else "status", place)
    try:
        content = _read_content(record)
    except PageError as error:
        return Outcome(page=make_failure_page(url, article_id=url, error=error))
    if not media_type and _HTML.search(content[:2048]) is None:
        return Outcome(skipped="no HTML")
    return Outcome(page=_make_page(record, url, content, media_type or "text/html"))


def _skip(record: WarcRecord, why: str, place: str) -> Outcome:
    """Pass over what is left of a record, and see that it is there."""
    if record.content_length > 0 and record.consume() < record.content_length:
        return _fail(place, "the record is cut off")
    return Outcome(skipped=why)


def _fail(place: str, why: str) -> Outcome:
    return Outcome(page=make_failure_page(place, article_id=place, error=ParseError(why)))


def _make_page(record: WarcRecord, url: str, content: bytes, media_type: str) -> Page:
    http = record.http_headers
    charset = _CHARSET.search(http.get("Content-Type") or "")
    return Page(
        url=url,
        content=content,
        media_type=media_type,
        charset=charset[1].lower() if charset else None,
        fetched_at=_read_date(record),
        etag=http.get("ETag"),
        last_modified=http.get("Last-Modified"),
    )


def _read_content(record: WarcRecord) -> bytes:
    why = record.headers.get("WARC-Truncated")
    if why:
        msg = f"the crawler kept only a part of the page (WARC-Truncated: {why[:40]})"
        raise ParseError(msg)
    length = record.content_length
    try:
        raw = read_bounded(record.reader)
    except OSError as error:
        msg = f"the record is broken ({error})"
        raise ParseError(msg) from error
    if len(raw) < length:
        msg = f"the record is cut off: {len(raw):,} of {length:,} bytes are there"
        raise ParseError(msg)
    http = record.http_headers
    transfer, coding = http.get("Transfer-Encoding") or "", http.get("Content-Encoding") or ""
    return decode_body(raw, transfer=transfer, coding=coding)


def _read_url(value: str | None) -> str | None:
    text = (value or "").strip().removeprefix("<").removesuffix(">")
    try:
        url = urldefrag(text)[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    is_whole = parts.scheme.lower() in {"http", "https"} and parts.hostname is not None
    is_clean = "@" not in parts.netloc and url.isprintable() and " " not in url
    scheme, colon, rest = url.partition(":")
    return scheme.lower() + colon + rest if is_whole and is_clean else None


def _read_date(record: WarcRecord) -> datetime | None:
    at: datetime | None = record.record_date
    return at if at is not None and at.tzinfo is not None else None
