"""The child process that parses pages: it reads jobs from stdin and answers on stdout.

`alignwatch.pipeline._parsing` starts it. A frame is its length (8 bytes, big-endian) and a pickle.
It ends when stdin does, or when one page takes so long that its parent must be gone.
"""

import faulthandler
import os
import pickle
import resource
import struct
import sys
from typing import IO

from alignwatch.errors import PageError, ParseError

HEADER = struct.Struct(">Q")


class SourceUnknownError(Exception):
    """The source's class cannot be imported in the child."""


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one frame's pickle, or None where the other side has gone."""
    head = stream.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    size = HEADER.unpack(head)[0]
    body = stream.read(size)
    return body if len(body) == size else None


def write_frame(stream: IO[bytes], body: bytes) -> None:
    """Write one frame and flush it."""
    stream.write(HEADER.pack(len(body)) + body)
    stream.flush()


def _answer(job: bytes) -> object:
    try:
        source, page = pickle.loads(job)  # noqa: S301 - only our own parent writes here
    except Exception as error:  # noqa: BLE001 - importing a plugin may raise anything
        return SourceUnknownError(str(error))
    try:
        return source.parse(page)
    except PageError as error:
        return error
    except MemoryError:
        return ParseError("the page needs more memory than a page is given", url=page.url)
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything; the page is counted
        msg = f"parse raised {type(error).__name__}: {error}"
        return ParseError(msg, url=page.url)


def main() -> None:
    """Answer jobs until stdin ends."""
    memory_bytes, patience_s = int(sys.argv[1]), float(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a plugin prints must not mix with the answers
    while (job := read_frame(jobs)) is not None:
        faulthandler.dump_traceback_later(patience_s, exit=True)
        answer = _answer(job)
        faulthandler.cancel_dump_traceback_later()
        write_frame(answers, pickle.dumps(answer))
