"""Archives as streams that can be opened in their middle."""

import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path

from alignwatch.errors import NotTextError, ParseError
from alignwatch.fetch import PageStreamer
from alignwatch.model import Page

__all__ = ["Opener", "open_file", "open_remote"]

Opener = Callable[[int], AbstractContextManager[BufferedReader | None]]
"""Opens an archive at an offset in bytes, for reading forwards; None if it did not change."""


def open_file(path: Path) -> Opener:
    """Give the opener of a file, which raises `ParseError` where the file cannot be read."""

    @contextmanager
    def open_at(offset: int) -> Iterator[BufferedReader | None]:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                msg = f"{path} is no file"
                raise NotTextError(msg)
            stream = path.open("rb")
        except OSError as error:
            msg = f"{path}: {error.strerror or error}"
            raise ParseError(msg) from error
        with stream:
            stream.seek(offset)
            yield stream

    return open_at


def open_remote(
    url: str, streamer: PageStreamer, *, see: Callable[[Page, int], None] = lambda _, __: None
) -> Opener:
    """Give the opener of an archive at an address; each opening is one request.

    What the server says of it, and from what offset on, is given to *see* before it is read.
    """

    @contextmanager
    def open_at(offset: int) -> Iterator[BufferedReader | None]:
        with streamer.stream(url, offset=offset) as found:
            see(found.page, offset)
            yield None if found.page.is_unchanged else BufferedReader(_Chunks(found.chunks))

    return open_at


class _Chunks(RawIOBase):
    """Pieces of any size as a stream."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # typeshed wants any buffer
        while not self._rest:
            piece = next(self._chunks, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
