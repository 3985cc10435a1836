"""An archive to its records, past what is broken in it. The one import of fastwarc's iterator."""

import re
from collections.abc import Iterator
from io import BufferedReader, UnsupportedOperation

import attrs
from fastwarc.warc import ArchiveIterator

from alignwatch.errors import EmptyTextError, ParseError
from alignwatch.sources import make_failure_page
from alignwatch_warc._open import Opener
from alignwatch_warc._record import Outcome, read_record

__all__ = ["Found", "read_archive"]

_STARTS = (b"\x1f\x8b", b"WARC/", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
_MEMBER = b"\x1f\x8b\x08"
_SCAN_BYTES = 1 << 20
_TAIL_BYTES = 1 << 12
# Where the next record may start: a gzip member, or the "WARC/1.0" at the start of a line.
_NEXT = re.compile(rb"\x1f\x8b\x08|WARC/1\.[01]\r?\n")


@attrs.frozen(kw_only=True)
class Found:
    """What a record came to, and its `offset`: where it starts in the archive, in bytes.

    Reading can go on there later; `is_resumable` is False where it cannot, because the archive is
    not compressed record by record.
    """

    offset: int
    outcome: Outcome
    is_resumable: bool = True


def read_archive(
    open_at: Opener, *, name: str, offset: int = 0, max_repairs: int = 1_000
) -> Iterator[Found]:
    """Read the records from *offset* on, in order; lazily, one at a time in memory.

    Where the archive is broken, a page of failure stands in, and reading goes on at the next
    record; after *max_repairs* times it ends.

    Args:
        open_at: Gives the archive; every repair opens it anew.
        name: The archive's address; broken places are called ``name#offset=...``.
        offset: Where a record starts.
        max_repairs: Broken places that are passed over.

    Raises:
        ParseError: No record starts at *offset*, or the archive cannot be read at all.
        PageError: Whatever the stream raises.
    """
    start: int | None = offset
    for _ in range(max_repairs + 1):
        if start is None:
            return
        last, why = start, None
        try:
            for found in _read_from(open_at, start, name):
                last = found.offset
                yield found
        except OSError as error:
            why = str(error)
        if why is None:
            return
        place = f"{name}#offset={last}"
        damage = ParseError(f"the archive is broken after the record at offset {last}: {why}")
        page = make_failure_page(place, article_id=place, error=damage)
        yield Found(offset=last, outcome=Outcome(page=page))
        start = _find_next(open_at, last + 1)


def _read_from(open_at: Opener, start: int, name: str) -> Iterator[Found]:
    with open_at(start) as stream:
        if stream is None:
            return
        _refuse_other(stream.peek(8)[:8], name, start)
        forward = _Forward(stream)
        before = -1
        for record in ArchiveIterator(forward, max_header_len=1 << 16, fsspec_args=False):
            offset = record.stream_pos
            outcome = read_record(record, place=f"{name}#offset={start + offset}")
            yield Found(offset=start + offset, outcome=outcome, is_resumable=offset > before)
            before = offset
        # After a repair the stream may start with the very member that gave nothing.
        if forward.has_member_after(max(before, -1 if start == 0 else 0)):
            msg = "it is cut off at the start of a record"
            raise OSError(msg)


class _Forward:
    """A stream that only goes on, and counts from where it was opened: what fastwarc needs."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._is_gzip = stream.peek(3)[:3] == _MEMBER
        self._at = 0
        self._tail = b""

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read1(size)
        self._at += len(piece)
        self._tail = (self._tail + piece)[-_TAIL_BYTES:]
        return piece

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        msg = f"a stream that only goes on cannot seek ({offset}, {whence})"
        raise UnsupportedOperation(msg)

    def close(self) -> None:
        """Leave closing to whoever opened it."""

    def has_member_after(self, offset: int) -> bool:
        """Whether a gzip member starts after *offset*, at the end, of which nothing was read."""
        held_from = self._at - len(self._tail)
        after = max(0, offset + 1 - held_from)
        return self._is_gzip and self._tail.find(_MEMBER, after) >= 0


def _refuse_other(head: bytes, name: str, offset: int) -> None:
    if not head and offset == 0:
        msg = f"{name} is empty"
        raise EmptyTextError(msg)
    if head and not head.startswith(_STARTS):
        msg = f"no WARC record starts at offset {offset} of {name}"
        raise ParseError(msg)


def _find_next(open_at: Opener, start: int) -> int | None:
    """Find where the next record may start, None if nothing looks like one."""
    with open_at(start) as stream:
        if stream is None:
            return None
        held, at = b"", start
        while piece := stream.read(_SCAN_BYTES):
            data = held + piece
            found = _NEXT.search(data)
            if found is not None:
                return at + found.start()
            held = data[-16:]
            at += len(data) - len(held)
    return None
