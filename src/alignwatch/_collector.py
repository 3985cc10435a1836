"""Python's collector of cycles, and when it has nothing to find."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["paused_collector"]


@contextmanager
def paused_collector() -> Iterator[None]:
    """Let the collector of cycles wait while one text or page is read.

    What is made of a text holds no cycles and lives until the text is done, so that the collector
    would look at all of it, and at the whole lexicon, again and again for nothing: a fifth of the
    time. It runs again behind each text or page. Where somebody has turned it off, it stays off.
    Safe between threads: whoever found it on turns it on again.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
