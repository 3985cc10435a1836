"""Parsing that cannot hang or eat the run: in a child process with a time and a memory limit.

The child is a plain ``python -m`` process and not one of `multiprocessing`: those import the
user's script again, which turns a five-line script without a ``__main__`` guard into a fork bomb.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import Self

from alignwatch.errors import PageError, ParseError
from alignwatch.model import Article, Page
from alignwatch.pipeline._worker import SourceUnknownError, read_frame, write_frame
from alignwatch.sources import Source

__all__ = ["PARSE_MEMORY_BYTES", "PARSE_TIME_S", "PageParser"]

PARSE_TIME_S = 20.0
"""Seconds that one page may take to parse."""
PARSE_MEMORY_BYTES = 2_000_000_000
"""Address space of the process that parses."""

# Plain text and records need no HTML parser: no hostile markup, no child process.
_HARMLESS = ("text/plain", "application/x-alignwatch-article+json", "application/x-alignwatch-")


class PageParser:
    """Runs `Source.parse` in a killable child, started at the first page that needs it.

    Safe to share between threads; pages are parsed one at a time. A source whose class lives in
    ``__main__`` or cannot be pickled is parsed in this process, without the limits.
    """

    def __init__(
        self, *, time_s: float = PARSE_TIME_S, memory_bytes: int = PARSE_MEMORY_BYTES
    ) -> None:
        self._time_s = time_s
        self._memory_bytes = memory_bytes
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child at once; a later `parse` starts a new one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        child.wait()

    def parse(self, source: Source, page: Page) -> Article:
        """Give the article in *page*.

        Raises:
            PageError: As `Source.parse`; also when the time or memory limit is exceeded, or when
                the source breaks.
        """
        job = None if (page.media_type or "").startswith(_HARMLESS) else _pack(source, page)
        if job is None:
            return _parse_here(source, page)
        with self._lock:
            answer = self._ask(job, page)
        if isinstance(answer, SourceUnknownError):
            return _parse_here(source, page)
        if isinstance(answer, PageError):
            raise answer
        if not isinstance(answer, Article):
            msg = f"parse gave {type(answer).__name__} and not an Article"
            raise ParseError(msg, url=page.url)
        return answer

    def _ask(self, job: bytes, page: Page) -> object:
        child = self._child or self._start()
        if child.stdin is None or child.stdout is None:  # both are pipes, see _start
            msg = "the parsing process has no pipes"
            raise ParseError(msg, url=page.url)
        started_at = time.monotonic()
        timer = threading.Timer(self._time_s, child.kill)
        timer.start()
        try:
            write_frame(child.stdin, job)
            answer = read_frame(child.stdout)
        except BrokenPipeError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            is_late = time.monotonic() - started_at >= self._time_s
            self.close()
            why = f"it took over {self._time_s:g} s" if is_late else "its process broke down"
            msg = f"parsing was stopped: {why}"
            raise ParseError(msg, url=page.url)
        return pickle.loads(answer)  # noqa: S301 - only our own child writes here

    def _start(self) -> subprocess.Popen[bytes]:
        # -P: nothing is imported from wherever the run happens to stand
        start = "from alignwatch.pipeline._worker import main; main()"
        command = [sys.executable, "-P", "-c", start]
        limits = [str(self._memory_bytes), str(2 * self._time_s)]
        paths = os.pathsep.join(path for path in sys.path if path)
        # a session of its own: Ctrl-C is for the run, which then ends the child
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command + limits,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": paths},
        )
        return self._child


def _pack(source: Source, page: Page) -> bytes | None:
    """Pickle the job, or give None for a source that cannot travel."""
    if type(source).__module__ == "__main__":
        return None
    try:
        return pickle.dumps((source, page))
    except Exception:  # noqa: BLE001 - pickling runs the plugin's own code
        return None


def _parse_here(source: Source, page: Page) -> Article:
    try:
        return source.parse(page)
    except PageError:
        raise
    except Exception as error:
        msg = f"parse raised {type(error).__name__}: {error}"
        raise ParseError(msg, url=page.url) from error
