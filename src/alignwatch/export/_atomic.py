"""Whole files or none."""

import os
import stat
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from alignwatch.errors import StoreUnwritableError
from alignwatch.export._surrogates import replace_surrogates

__all__ = ["write_atomically"]


def write_atomically(path: str | Path, content: str | bytes | Iterable[str | bytes]) -> None:
    """Write a file, texts as UTF-8, that is there whole or, should anything fail, as it was before.

    The text goes to a hidden file in the same folder, then to disk, then takes the name. A link is
    followed, an existing file's permissions are kept. What is no regular file (``/dev/stdout``, a
    pipe) is written to directly. Lone surrogates become U+FFFD; line ends are written as given.

    Args:
        path: The file to make or replace; its folder must exist.
        content: The text or bytes, or pieces of it, which are taken one by one.

    Raises:
        StoreUnwritableError: The folder is missing or read-only, or the disk is full.
        Exception: Whatever *content* raises, once the unfinished file is gone.
    """
    target = Path(os.path.realpath(path))
    chunks = (content,) if isinstance(content, str | bytes) else content
    try:
        mode = target.stat().st_mode
    except OSError:
        mode = None
    if mode is None or stat.S_ISREG(mode):
        _replace(target, chunks, mode)
    else:
        _write_through(target, chunks)


def _replace(target: Path, chunks: Iterable[str | bytes], mode: int | None) -> None:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:64]}.", dir=target.parent)
    except OSError as error:
        raise _unwritable(target, error) from error
    unfinished = Path(name)
    try:
        with _closing(os.fdopen(handle, "wb"), target) as file:
            _write(file, chunks, target)
            try:
                os.fchmod(file.fileno(), _new_file_mode() if mode is None else stat.S_IMODE(mode))
                file.flush()
                os.fsync(file.fileno())
            except OSError as error:
                raise _unwritable(target, error) from error
        try:
            unfinished.replace(target)
        except OSError as error:
            raise _unwritable(target, error) from error
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
    _sync_folder(target.parent)


def _write_through(target: Path, chunks: Iterable[str | bytes]) -> None:
    try:
        file = target.open("wb")
    except OSError as error:
        raise _unwritable(target, error) from error
    with _closing(file, target):
        _write(file, chunks, target)


@contextmanager
def _closing(file: BinaryIO, target: Path) -> Iterator[BinaryIO]:
    """Close *file* in the end: what its buffer still holds may be what the disk has no room for."""
    try:
        yield file
    except BaseException:
        with suppress(OSError):
            file.close()
        raise
    try:
        file.close()
    except OSError as error:
        raise _unwritable(target, error) from error


def _write(file: BinaryIO, chunks: Iterable[str | bytes], target: Path) -> None:
    """Write piece by piece; an error of the pieces themselves is not the disk's."""
    for piece in _encode(chunks):
        try:
            file.write(piece)
        except OSError as error:
            raise _unwritable(target, error) from error


def _encode(chunks: Iterable[str | bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk if isinstance(chunk, bytes) else replace_surrogates(chunk).encode("utf-8")


def _new_file_mode() -> int:
    """What `open` would give a new file: reading the umask means setting it for a moment."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(target: Path, error: OSError) -> StoreUnwritableError:
    why = error.strerror or str(error)
    return StoreUnwritableError(
        f"cannot write {target.name} in {target.parent}: {why}; nothing was changed there. "
        "Name a folder that exists, that you may write to, and that has room"
    )
