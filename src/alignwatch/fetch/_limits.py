"""How much a host may make a fetcher do."""

from collections.abc import Mapping
from typing import Any

import attrs

from alignwatch.errors import ModelError

__all__ = ["LIMIT_NAMES", "STREAM_LIMITS", "Limits", "make_limits"]


def _require_positive(_: object, field: "attrs.Attribute[Any]", value: float) -> None:
    if not value > 0:
        msg = f"{field.name} must be over 0, got {value!r}"
        raise ModelError(msg)


def _require_count(_: object, field: "attrs.Attribute[Any]", value: int) -> None:
    if value < 0:
        msg = f"{field.name} must be 0 or more, got {value!r}"
        raise ModelError(msg)


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds of one request; the defaults suit pages and feeds.

    Attributes:
        connect_s: To reach the host, per address, TLS included; the look-up of its name is left
            to the system's resolver.
        read_s: Silence of the server, at any moment.
        total_s: From connecting to the last byte, per request (not per redirect chain).
        header_bytes: Status line and headers.
        wire_bytes: All that is read from the connection, headers included.
        content_bytes: The body after decompression.
        redirects: Hops that are followed.
        attempts: Tries of one request where the failure may pass.
        longest_wait_s: The longest delay that is slept through; a host that asks for more
            (Retry-After, crawl-delay) gets no request, and the error's `retry_after_s` is set.
    """

    connect_s: float = attrs.field(default=10.0, validator=_require_positive)
    read_s: float = attrs.field(default=20.0, validator=_require_positive)
    total_s: float = attrs.field(default=60.0, validator=_require_positive)
    header_bytes: int = attrs.field(default=64 * 1024, validator=_require_positive)
    wire_bytes: int = attrs.field(default=10_500_000, validator=_require_positive)
    content_bytes: int = attrs.field(default=10_000_000, validator=_require_positive)
    redirects: int = attrs.field(default=5, validator=_require_count)
    attempts: int = attrs.field(default=3, validator=_require_positive)
    longest_wait_s: float = attrs.field(default=60.0, validator=_require_positive)


STREAM_LIMITS = Limits(total_s=4 * 3600.0, wire_bytes=5_000_000_000, content_bytes=5_000_000_000)
"""The bounds of one large file that is read piece by piece; a CC-NEWS archive has about 1 GB."""

LIMIT_NAMES = tuple(field.name for field in attrs.fields(Limits))
"""What `make_limits` knows."""


def make_limits(given: Mapping[str, float], *, base: Limits | None = None) -> Limits:
    """Make limits of numbers by name, as watchlists and command lines have them.

    What is not given is as in *base*, by default the usual limits of a page.

    Raises:
        ModelError: A name is unknown, or a number cannot be used.
    """
    for name, value in given.items():
        if name not in LIMIT_NAMES:
            msg = f"there is no limit {name!r}; known are {', '.join(LIMIT_NAMES)}"
            raise ModelError(msg)
        if not name.endswith("_s") and value != int(value):
            msg = f"{name} must be a whole number, got {value!r}"
            raise ModelError(msg)
    known: dict[str, Any] = {
        name: value if name.endswith("_s") else int(value) for name, value in given.items()
    }
    return attrs.evolve(base or Limits(), **known)
