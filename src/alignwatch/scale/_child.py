"""The child process that reads batches; `alignwatch.scale._guard` starts it.

It answers each batch with an empty message for each row, then with the result. It ends when its
parent does, or when one row takes so long that its parent must be gone.
"""

import faulthandler
import json
import resource
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from alignwatch.scale._choice import Choice
from alignwatch.scale._guard import pack_batch
from alignwatch.scale._reading import read_batches
from alignwatch.scale._schema import load_arrow


def main() -> None:
    """Answer batches until nobody asks, or listens."""
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _answer_all()


def _answer_all() -> None:
    handle, memory_bytes, patience_s, choice = sys.argv[1:5]
    pa = load_arrow()
    line = Connection(int(handle))
    extractor = Choice(**json.loads(choice)).load()
    # loads what the first page needs, outside of the first page's time
    warm = [{"url": "about:warm", "content": b"<p>Kenya sent aid to Chad.</p>" * 20}]
    list(read_batches([pa.RecordBatch.from_pylist(warm)], extractor=extractor))
    line.send_bytes(b"ready")
    # beyond what libraries have mapped by now, which differs by gigabytes between machines
    limit = _measure_mapped() + int(memory_bytes)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    def tell() -> None:
        faulthandler.dump_traceback_later(float(patience_s), exit=True)
        line.send_bytes(b"")

    while True:
        asked = line.recv_bytes()
        faulthandler.dump_traceback_later(float(patience_s), exit=True)
        batch = pa.ipc.open_stream(asked).read_next_batch()
        [result] = read_batches([batch], extractor=extractor, on_row=tell)
        faulthandler.cancel_dump_traceback_later()
        line.send_bytes(pack_batch(result))


def _measure_mapped() -> int:
    """Give the bytes of address space that this process has."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:  # no Linux
        return 0
    return pages * resource.getpagesize()
