"""One writer at a time: a lock that ends with its process, however it ends."""

import errno
import fcntl
import os
import threading
import time
from pathlib import Path

from alignwatch.errors import StoreBusyError, StoreUnwritableError

__all__ = ["WriterLock"]

_PAUSE_S = 0.02


class WriterLock:
    """The right to write to the store at *path*; the file ``<path>.lock`` stays behind, empty.

    A POSIX record lock, because forked workers do not inherit it and cannot keep it alive. It does
    not part threads or stores of one process, so a set of the process's own locks does.
    """

    _held: set[Path] = set()  # noqa: RUF012 - shared by all locks of the process, on purpose
    _guard = threading.Lock()

    def __init__(self, path: Path) -> None:
        resolved = path.resolve()
        self._store = path
        self._path = resolved.with_name(resolved.name + ".lock")
        self._file: int | None = None

    def acquire(self, *, wait_s: float) -> None:
        """Take the lock, waiting for it up to *wait_s*.

        Raises:
            StoreBusyError: Somebody else still has it.
            StoreUnwritableError: The folder does not take the lock's file.
        """
        deadline = time.monotonic() + wait_s
        while not self._try():
            if time.monotonic() >= deadline:
                msg = (
                    f"another alignwatch is writing to {self._store}: wait until it ends, or name "
                    "another store; reading (show, report, export) works meanwhile"
                )
                raise StoreBusyError(msg)
            time.sleep(_PAUSE_S)

    def release(self) -> None:
        """Give the lock back; without effect if it is not held."""
        with self._guard:
            if self._file is not None:
                os.close(self._file)
                self._file = None
                self._held.discard(self._path)

    def _try(self) -> bool:
        with self._guard:
            # opening the file a second time and closing it would drop the first one's lock
            if self._path in self._held:
                return False
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            except OSError as error:
                msg = f"cannot write beside the store {self._store}: {error.strerror}"
                raise StoreUnwritableError(msg) from error
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                os.close(file)
                if error.errno in {errno.EACCES, errno.EAGAIN}:
                    return False
                msg = f"the file system does not lock {self._path}: {error.strerror}"
                raise StoreUnwritableError(msg) from error
            self._file = file
            self._held.add(self._path)
            return True
