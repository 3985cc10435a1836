"""Answers of servers, before anything is made of them."""

from collections.abc import Callable, Iterator, Mapping

import attrs

__all__ = ["Answer", "OpenAnswer"]


@attrs.frozen(kw_only=True)
class Answer:
    """What a server said: status, headers with lower-case names, the decompressed body.

    `content` is empty for a status of 300 or more: such a body is a notice and no page.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    wire_bytes: int


@attrs.frozen(kw_only=True)
class OpenAnswer:
    """An answer whose body is still to come, piece by piece, as it was sent: no coding is undone.

    Once `chunks` ends, the body was read to its end. `count_wire_bytes` gives what came so far.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]
    count_wire_bytes: Callable[[], int]
