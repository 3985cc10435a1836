"""Failures that go the way of pages, so that what else a source finds is not lost."""

import json
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from alignwatch.errors import (
    AddressRefusedError,
    EmptyTextError,
    EncodingError,
    FetchError,
    HostUnreachableError,
    HttpStatusError,
    NotTextError,
    PageError,
    ParseError,
    RightsReservedError,
    RobotsRefusedError,
    TooLargeError,
)
from alignwatch.model import Page, PageRef

__all__ = [
    "FAILURE_TYPE",
    "make_failure_page",
    "make_listing_failure",
    "read_failure",
    "read_listing_failure",
    "tell_failures",
]

FAILURE_TYPE = "application/x-alignwatch-failure+json"
"""The media type of a page that stands for something that could not be read; see `parse_page`."""

_KINDS: dict[str, type[PageError]] = {
    kind.reason: kind
    for kind in (
        *(AddressRefusedError, EmptyTextError, EncodingError, FetchError, HostUnreachableError),
        *(HttpStatusError, NotTextError, ParseError, RightsReservedError, RobotsRefusedError),
        TooLargeError,
    )
}


def make_failure_page(url: str, *, article_id: str, error: PageError) -> Page:
    """Give a page whose parsing raises *error* anew.

    With it a source reports one bad file or entry without ending its discovery.
    """
    return Page(url=url, content=_pack(error), media_type=FAILURE_TYPE, article_id=article_id)


def make_listing_failure(url: str, error: PageError) -> Page:
    """Give a page that tells that the listing at *url* failed, one of many that a source reads.

    Yielded from discovery it is counted as a failure of that listing, which is asked in full the
    next time; all that the others answered is remembered.
    """
    return Page(url=url, content=_pack(error), media_type=FAILURE_TYPE)


def tell_failures(failures: Sequence[PageError], *, is_all: bool) -> Iterator[Page]:
    """Tell which listings failed, each by its `PageError.url`, at the end of a discovery.

    Yields a page of `make_listing_failure` for each. If *is_all* (nothing could be read) the first
    is raised, with notes of the others, so that the source counts as failed and rests; so is what
    the run itself has to see, such as a budget that is used up and a pause that a host asked for.

    Raises:
        PageError: See above.
    """
    must_raise = [
        error
        for error in failures
        if is_all
        or error.url is None
        or error.retry_after_s is not None
        or _KINDS.get(error.reason) is not type(error)
    ]
    for error in failures:
        if error not in must_raise and error.url is not None:
            yield make_listing_failure(error.url, error)
    if must_raise:
        first = max(must_raise, key=lambda error: error.reason not in _KINDS)
        for other in must_raise:
            if other is not first:
                first.add_note(f"also {other.url}: {other}")
        raise first


def read_listing_failure(found: Page | PageRef) -> PageError | None:
    """Give the error that a page of `make_listing_failure` tells of, None for anything else."""
    is_it = isinstance(found, Page) and found.media_type == FAILURE_TYPE
    return (
        read_failure(found) if isinstance(found, Page) and is_it and not found.article_id else None
    )


def read_failure(page: Page) -> PageError:
    """Give the error that a page of `FAILURE_TYPE` tells of."""
    try:
        record = json.loads(page.content)
        kind, message = _KINDS.get(record["reason"], ParseError), str(record["message"])
        if kind is HttpStatusError:
            return HttpStatusError(message, status=int(record.get("status", 500)), url=page.url)
        return kind(message, url=page.url)
    except (ValueError, TypeError, KeyError, AttributeError):
        return ParseError(f"{unquote(page.url)} could not be read", url=page.url)


def _pack(error: PageError) -> bytes:
    told: dict[str, object] = {"reason": error.reason, "message": str(error)}
    if isinstance(error, HttpStatusError):
        told["status"] = error.status
    return json.dumps(told).encode()
