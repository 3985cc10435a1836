"""Keeping sources away from the network, by Python's own audit events."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["NetworkUsedError", "offline", "own_requests"]

# Raised by the interpreter itself, so that no import of a name goes around it.
_EVENTS = {
    "socket.connect": "connected to",
    "socket.getaddrinfo": "looked up",
    "socket.gethostbyname": "looked up",
    "socket.gethostbyaddr": "looked up",
    "socket.getnameinfo": "looked up",
    "socket.sendto": "sent to",
    "socket.sendmsg": "sent to",
}
_caught: list[list[str]] = []
_hooked: list[bool] = []
_own = threading.local()


class NetworkUsedError(BaseException):
    """A source went to the network itself; no Exception, so that it cannot swallow it."""


@contextmanager
def offline() -> Iterator[None]:
    """Refuse every connection and every name look-up of this process inside of the block.

    Both are refused before anything is sent, in all threads, also for code that has imported the
    functions of `socket` before.

    Raises:
        NetworkUsedError: At the attempt, and again at the end of the block if it was swallowed.
    """
    if not _hooked:
        _hooked.append(True)
        sys.addaudithook(_watch)
    told: list[str] = []
    _caught.append(told)
    try:
        yield
    finally:
        _caught.remove(told)
        if told:  # whatever became of the first refusal on its way up
            raise NetworkUsedError(told[0])


@contextmanager
def own_requests() -> Iterator[None]:
    """Let this thread connect inside of the block: it is the host that asks, and not the source."""
    _own.is_asking = True
    try:
        yield
    finally:
        _own.is_asking = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not _caught or event not in _EVENTS or getattr(_own, "is_asking", False):
        return
    place = arguments[1] if event.startswith(("socket.connect", "socket.send")) else arguments[0]
    msg = (
        f"the source {_EVENTS[event]} {place!r} by itself; "
        "every request goes through the fetcher that discover is given"
    )
    _caught[-1].append(msg)
    raise NetworkUsedError(msg)
