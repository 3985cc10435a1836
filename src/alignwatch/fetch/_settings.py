"""What a fetcher is made of, read from what the user said."""

from collections.abc import Callable, Mapping
from datetime import datetime

import attrs

from alignwatch.fetch._guard import Guard
from alignwatch.fetch._limits import Limits
from alignwatch.fetch._memory import FetchMemory
from alignwatch.fetch._pace import Paces

__all__ = ["Settings"]


@attrs.frozen(kw_only=True)
class Settings:
    """Everything that requests depend on; `headers` go with each of them."""

    guard: Guard
    limits: Limits
    stream_limits: Limits
    paces: Paces
    memory: FetchMemory | None
    now: Callable[[], datetime]
    headers: Mapping[str, str]
