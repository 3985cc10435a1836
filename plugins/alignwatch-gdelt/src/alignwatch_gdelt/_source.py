"""The source."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

import attrs

from alignwatch.errors import PageError, TooLargeError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources import SourceInfo, parse_page
from alignwatch_gdelt._answer import MAX_RECORDS, read_records

__all__ = ["API", "MIN_SPAN", "GdeltSource"]

API = "https://api.gdeltproject.org/api/v2/doc/doc"
"""Where GDELT's DOC 2.0 API is."""
MIN_SPAN = timedelta(minutes=15)
"""The shortest time that is searched: GDELT sees the web in steps of as much."""

_Span = tuple[datetime, datetime]


def _read_texts(texts: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((texts,) if isinstance(texts, str) else texts))


def _require_text(_: object, field: "attrs.Attribute[Any]", text: str) -> None:
    if not text.strip():
        msg = f"{field.name} says what to search for, and is empty"
        raise ValueError(msg)


def _require_zone(_: object, field: "attrs.Attribute[Any]", at: datetime | None) -> None:
    if at is not None and at.tzinfo is None:
        msg = f"{field.name} must carry a time zone, such as 2026-05-01T00:00:00Z; got {at}"
        raise ValueError(msg)


def _require_address(_: object, field: "attrs.Attribute[Any]", url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query:
        msg = f"{field.name} is an address like {API}, got {url!r}"
        raise ValueError(msg)


@attrs.frozen
class GdeltSource:
    """Articles from all over the web that GDELT has seen and that match a query.

    Every article comes as a reference, to be fetched from its own site.

    Args:
        query: What to search for, with GDELT's operators.
        languages: Languages of the articles, as GDELT names them; none means all.
        span_h: Hours before *until* that are searched where no ``since`` is given.
        until: The end of the time that is searched; None for now.
        max_requests: Requests that one run sends to GDELT at most.
        api: Where the API is.
    """

    info: ClassVar[SourceInfo] = SourceInfo(
        name="gdelt", contract=1, home="https://www.gdeltproject.org", min_delay_s=5.0
    )

    query: str = attrs.field(validator=_require_text)
    languages: tuple[str, ...] = attrs.field(default=(), converter=_read_texts)
    span_h: float = attrs.field(default=24.0, validator=attrs.validators.gt(0))
    until: datetime | None = attrs.field(default=None, validator=_require_zone)
    max_requests: int = attrs.field(default=40, validator=attrs.validators.ge(1))
    api: str = attrs.field(default=API, validator=_require_address)

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef]:
        """Yield what GDELT saw since then, each address once, mostly the newest first.

        Raises:
            PageError: GDELT does not answer, refuses the query, asks for patience, or has more
                than can be asked for; what was found before was yielded.
        """
        end = self.until or datetime.now(tz=UTC)
        start = since or end - timedelta(hours=self.span_h)
        found: set[str] = set()
        full: list[_Span] = []
        spans = [(start, end)] if start < end else []
        asked = 0
        while spans:
            if asked >= self.max_requests:
                raise self._tell_rest(spans)
            asked += 1
            span = spans.pop()
            page = fetcher.get(self._fill(span))
            records = () if page.is_unchanged else read_records(page)
            for record in records:
                is_old = since is not None and record.seen_at is not None and record.seen_at < since
                if record.url not in found and not is_old:
                    found.add(record.url)
                    yield PageRef(url=record.url, title=record.title, published_at=record.seen_at)
            if len(records) >= MAX_RECORDS:
                halves = _halve(span)
                spans.extend(halves)
                full.extend(() if halves else (span,))
        if full:
            raise _tell_full(full)

    def parse(self, page: Page) -> Article:
        """Read the article in *page*; see `alignwatch.sources.parse_page`."""
        return parse_page(page)

    def _fill(self, span: _Span) -> str:
        start, end = span
        query = {
            "query": self._query(),
            "mode": "ArtList",
            "format": "json",
            "maxrecords": MAX_RECORDS,
            "sort": "DateDesc",
            "startdatetime": _format(min(start, end - MIN_SPAN)),
            "enddatetime": _format(end),
        }
        return f"{self.api}?{urlencode(query)}"

    def _query(self) -> str:
        names = [f"sourcelang:{''.join(name.split()).lower()}" for name in self.languages]
        chosen = f"({' OR '.join(names)})" if len(names) > 1 else "".join(names)
        return f"{self.query.strip()} {chosen}".strip()

    def _tell_rest(self, spans: list[_Span]) -> PageError:
        msg = (
            f"GDELT has more articles than max_requests={self.max_requests} bring: "
            f"what it saw before {spans[-1][1]:%Y-%m-%d %H:%M} was not asked for"
        )
        return TooLargeError(msg, url=self.api)


def _halve(span: _Span) -> list[_Span]:
    """Give both halves, the newer one last; none where they would be too short."""
    start, end = span
    middle = (start + (end - start) / 2).replace(microsecond=0)
    if end - start < 2 * MIN_SPAN:
        return []
    return [(start, middle), (middle, end)]


def _tell_full(spans: list[_Span]) -> PageError:
    msg = (
        f"GDELT has more than {MAX_RECORDS} articles in the shortest time that can be asked for, "
        f"{len(spans)} times, first at {spans[0][0]:%Y-%m-%d %H:%M}: narrow the query"
    )
    return TooLargeError(msg)


def _format(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
