"""Batches read in a child process that can be killed: no row hangs, eats or ends the run."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Self

import attrs

from alignwatch.errors import ParseError, SourceError
from alignwatch.pipeline import PARSE_MEMORY_BYTES, PARSE_TIME_S
from alignwatch.scale._choice import Choice
from alignwatch.scale._columns import require_types
from alignwatch.scale._schema import (
    Outcome,
    load_arrow,
    name_row,
    result_schema,
    to_result,
)

__all__ = ["Limits", "Reader", "guard_batches", "pack_batch"]

_START_S = 120.0
"""Seconds that a child may take to import what it needs, on a machine that is busy."""
_STARTS = 3
"""How often it is started, where somebody kills it before it is up."""


class _TooSlowError(ParseError):
    reason = "too-slow"


class _WorkerDiedError(ParseError):
    reason = "worker-died"


@attrs.frozen(kw_only=True)
class Limits:
    """What one row may cost: seconds, and bytes of address space beyond what the libraries take."""

    row_s: float = PARSE_TIME_S
    memory_bytes: int = PARSE_MEMORY_BYTES


def guard_batches(
    batches: Iterable[Any], *, choice: Choice | None = None, limits: Limits | None = None
) -> Iterator[Any]:
    """Do as `read_batches` does, in a child process with *limits*.

    A row that takes too long, or whose process dies twice at it, comes back as a failure with the
    reason ``too-slow`` or ``worker-died``; a process that somebody killed is started anew, and
    what it was reading is read again.

    Args:
        batches: As for `read_batches`.
        choice: The extractor; None for the rules.
        limits: What one row may cost.

    Raises:
        ModelError: As `read_batches`; or no extractor has that name.
        MissingExtraError: pyarrow is not installed.
        SourceError: The child process cannot be started.
    """
    with Reader(choice=choice, limits=limits) as reader:
        for batch in batches:
            yield reader.read(batch)


class Reader:
    """A child process that reads batches, one at a time; started at the first one."""

    def __init__(self, *, choice: Choice | None = None, limits: Limits | None = None) -> None:
        self._choice = choice or Choice()
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None

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
        """End the child at once; a later `read` starts a new one."""
        child, line, self._child, self._line = self._child, self._line, None, None
        if line is not None:
            line.close()
        if child is not None:
            child.kill()
            child.wait()

    def read(self, batch: Any) -> Any:
        """Give the result of *batch*, a row for each; see `guard_batches`."""
        require_types(batch.schema)
        pa = load_arrow()
        results, start = [], 0
        died_at: int | None = None
        while start < batch.num_rows:
            rest = batch.slice(start)
            found, done, why = self._ask(rest)
            if found is not None:
                results.append(found)
                break
            if why is None and done != died_at:
                died_at = done
                continue  # perhaps it was killed by somebody, and not by its row
            if done:
                # the rows before the one at fault were read, but died with the process
                results.append(self.read(rest.slice(0, done)))
            results.append(to_result([self._blame(rest.slice(done, 1), why)]))
            start, died_at = start + done + 1, None
        if len(results) == 1:
            return results[0]
        whole = pa.Table.from_batches(results, schema=result_schema()).combine_chunks()
        return (whole.to_batches() or [to_result([])])[0]

    def _blame(self, row: Any, why: str | None) -> Outcome:
        [told] = row.to_pylist()
        name = name_row(told)
        if why is not None:
            return Outcome(page=name, error=_TooSlowError(why))
        return Outcome(page=name, error=_WorkerDiedError("reading it ended its process twice"))

    def _ask(self, batch: Any) -> tuple[Any, int, str | None]:
        """Give the result; or None, the number of rows that were done, and why it was stopped."""
        pa = load_arrow()
        done = 0
        line = self._line or self._start()
        try:
            line.send_bytes(pack_batch(batch))
            while line.poll(self._limits.row_s):
                answer = line.recv_bytes()
                if answer:
                    return pa.ipc.open_stream(answer).read_next_batch(), done, None
                done += 1
        except (EOFError, OSError):
            self.close()
            return None, done, None
        self.close()
        return None, done, f"reading it took over {self._limits.row_s:g} s"

    def _start(self) -> Connection:
        for _ in range(_STARTS):
            ours = self._start_once()
            if ours is not None:
                return ours
            was_killed = self._child is not None and self._child.poll() == -signal.SIGKILL
            self.close()
            if not was_killed:
                break  # it would fail again
        msg = "the process that reads pages does not start; see what it said on stderr"
        raise SourceError(msg)

    def _start_once(self) -> Connection | None:
        ours, theirs = Pipe()
        # -P: nothing is imported from wherever the run happens to stand
        start = "from alignwatch.scale._child import main; main()"
        told = (
            theirs.fileno(),
            self._limits.memory_bytes,
            2 * self._limits.row_s,
            self._choice.pack(),
        )
        paths = os.pathsep.join(path for path in sys.path if path)
        with theirs:
            # a session of its own: Ctrl-C is for the run, which then ends the child
            self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-P", "-c", start, *map(str, told)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONPATH": paths},
            )
        self._line = ours
        try:
            is_up = ours.poll(_START_S) and ours.recv_bytes() == b"ready"
        except (EOFError, OSError):
            self._child.wait()  # it ends, by itself or by somebody else
            is_up = False
        return ours if is_up else None


def pack_batch(batch: Any) -> bytes:
    """Give a ``pyarrow.RecordBatch`` as an Arrow stream."""
    pa = load_arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())
