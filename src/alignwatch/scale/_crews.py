"""The tasks of a step on an engine: processes of this machine, Dask, Spark."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, Self

from alignwatch.errors import SourceError
from alignwatch.scale._dask import RETRIES, open_client
from alignwatch.scale._spark import map_spark, open_session
from alignwatch.scale._steps import answer_task

__all__ = ["open_crew"]

Crew = Callable[[Sequence[str]], list[str]]
_TRIES = 3
# -P: nothing is imported from wherever the run happens to stand
_START = "from alignwatch.scale._steps import main; main()"


@contextmanager
def open_crew(engine: str, workers: int | None, cluster: Any) -> Iterator[Crew]:
    """Give what answers all tasks of a step, in their order; the block ends what it started."""
    if engine == "dask":
        with open_client(workers, cluster) as client:
            yield partial(_ask_dask, client)
    elif engine == "spark":
        with open_session(workers, cluster) as session:
            yield lambda asked: list(map_spark(session, answer_task, asked))
    elif workers == 1:
        yield lambda asked: [answer_task(one) for one in asked]
    else:
        with _Local(workers or os.cpu_count() or 1) as local:
            yield local.ask


def _ask_dask(client: Any, asked: Sequence[str]) -> list[str]:
    futures = client.map(answer_task, asked, retries=RETRIES, pure=False)
    return list(client.gather(futures))


def _require_done(answer: str) -> str:
    told = json.loads(answer)
    if "error" in told:
        raise (OSError if told["is_file"] else SourceError)(told["error"])
    return answer


class _Local:
    """Threads, each with a process that answers; a process that died is started anew."""

    def __init__(self, workers: int) -> None:
        self._threads = ThreadPoolExecutor(workers)
        self._own = threading.local()
        self._children: list[subprocess.Popen[str]] = []
        self._guard = threading.Lock()
        self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._is_over = True
            for child in self._children:
                child.kill()
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.communicate()

    def ask(self, asked: Sequence[str]) -> list[str]:
        """Answer each, as many at once as there are workers."""
        return list(self._threads.map(self._ask, asked))

    def _ask(self, asked: str) -> str:
        for _ in range(_TRIES):
            child = self._find_child()
            try:
                assert child.stdin
                assert child.stdout
                child.stdin.write(asked + "\n")
                child.stdin.flush()
                answer = child.stdout.readline()
            except OSError:
                answer = ""
            if answer.endswith("\n"):
                return _require_done(answer)
            child.kill()
            child.wait()
        msg = f"a task ended its process {_TRIES} times; see what it said on stderr: {asked}"
        raise SourceError(msg)

    def _find_child(self) -> subprocess.Popen[str]:
        child: subprocess.Popen[str] | None = getattr(self._own, "child", None)
        if child is None or child.poll() is not None:
            with self._guard:
                if self._is_over:  # Ctrl-C was pressed, or another task failed
                    raise CancelledError
                child = self._own.child = self._start()
                self._children.append(child)
        return child

    def _start(self) -> subprocess.Popen[str]:
        paths = os.pathsep.join(path for path in sys.path if path)
        # a session of its own: Ctrl-C is for the run, which then ends the child
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": paths},
        )
