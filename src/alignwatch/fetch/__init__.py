"""The polite, guarded HTTP client: the one part of alignwatch that talks to hosts.

A `Fetcher` obeys robots.txt, asks one thing at a time of each host with a pause in between, reads
within bounds, connects only to public addresses, and says who asks. Sources are given one as a
`PageGetter`, which is a `PageStreamer` too, and in a run keeps `Bookmarks`; what it remembers
between runs is a `FetchMemory`.

A source plugin types its argument by `PageGetter` and makes no client; `alignwatch.watch` makes
the one of a run. Make a `Fetcher` yourself for a page or two outside of any run: without a memory
it knows nothing of yesterday, and asks for everything in full.

Example:
    >>> from alignwatch.fetch import Fetcher, make_limits
    >>> with Fetcher(limits=make_limits({"read_s": 5})) as fetcher:
    ...     fetcher.get("http://10.0.0.1/admin")  # a page may lead there; nothing is sent
    Traceback (most recent call last):
    alignwatch.errors.AddressRefusedError: ...
"""

from alignwatch.fetch._fetcher import DEFAULT_DELAY_S, Delay, Fetcher
from alignwatch.fetch._ledger import HostLedger
from alignwatch.fetch._limits import LIMIT_NAMES, STREAM_LIMITS, Limits, make_limits
from alignwatch.fetch._memory import (
    Bookmarks,
    FetchMemory,
    PageGetter,
    PageStream,
    PageStreamer,
    RobotsRecord,
    Validators,
)
from alignwatch.fetch._reservations import NOARCHIVE, TDM, find_meta_reservations
from alignwatch.fetch._url import has_credentials, redact_url, strip_credentials

__all__ = [
    "DEFAULT_DELAY_S",
    "LIMIT_NAMES",
    "NOARCHIVE",
    "STREAM_LIMITS",
    "TDM",
    "Bookmarks",
    "Delay",
    "FetchMemory",
    "Fetcher",
    "HostLedger",
    "Limits",
    "PageGetter",
    "PageStream",
    "PageStreamer",
    "RobotsRecord",
    "Validators",
    "find_meta_reservations",
    "has_credentials",
    "make_limits",
    "redact_url",
    "strip_credentials",
]
