"""Large files, piece by piece: what no memory should hold."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Protocol

import attrs

from alignwatch.errors import FetchError
from alignwatch.fetch._answer import Answer, OpenAnswer
from alignwatch.fetch._memory import FetchMemory, PageStream
from alignwatch.fetch._pages import conditional_headers, make_page, read_redirect
from alignwatch.fetch._url import Target

__all__ = ["StreamRequest", "open_stream"]

# the "500" of "bytes 500-999/8000"
_CONTENT_RANGE = re.compile(r"bytes\s+(\d{1,18})-")


@attrs.frozen(kw_only=True)
class StreamRequest:
    """What is asked for: *url*, from *offset* on; `redirects` hops are followed if *admit* lets."""

    url: str
    offset: int
    memory: FetchMemory | None
    redirects: int
    admit: Callable[[Target], None]
    now: Callable[[], datetime]


class _Session(Protocol):
    def open(
        self, target: Target, headers: Mapping[str, str]
    ) -> AbstractContextManager[OpenAnswer]: ...

    def follow(self, target: Target, location: str, admit: Callable[[Target], None]) -> Target: ...


@contextmanager
def open_stream(session: _Session, target: Target, request: StreamRequest) -> Iterator[PageStream]:
    """Open what *request* asks for at *target*; see `Fetcher.stream`."""
    known = request.memory.validators(request.url) if request.memory else None
    headers = {"Accept-Encoding": "identity"}
    if request.offset:
        headers["Range"] = f"bytes={request.offset}-"
    else:
        headers.update(conditional_headers(known))
    for _ in range(request.redirects + 1):
        with session.open(target, headers) as answer:
            location = read_redirect(answer)
            if location is None:
                said = Answer(
                    status=answer.status, headers=answer.headers, content=b"", wire_bytes=0
                )
                page = make_page(request.url, target.url, said, known, request.now())
                if page.is_unchanged and "Range" in headers:
                    msg = 'the server says "unchanged" (304) and was not asked'
                    raise FetchError(msg)
                yield PageStream(page=page, chunks=_from_offset(answer, request.offset))
                return
        target = session.follow(target, location, request.admit)
    msg = f"more than {request.redirects} redirects; the last one led to {target.url}"
    raise FetchError(msg)


def _from_offset(answer: OpenAnswer, offset: int) -> Iterator[bytes]:
    """Give the pieces from *offset* on, whether the server skipped what is before or sent it."""
    if answer.status == 304:
        return iter(())
    if answer.status != 206:
        return _skip(answer.chunks, offset)
    start = _CONTENT_RANGE.match(answer.headers.get("content-range", ""))
    if not offset or start is None or int(start[1]) != offset:
        msg = f"the server sent another part than the one from byte {offset} on"
        raise FetchError(msg)
    return answer.chunks


def _skip(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    for chunk in chunks:
        if size >= len(chunk):
            size -= len(chunk)
            continue
        yield chunk[size:]
        size = 0
