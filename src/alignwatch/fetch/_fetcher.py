"""The fetcher that the pipeline owns and sources borrow."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from types import MappingProxyType, TracebackType
from typing import Protocol, Self

from alignwatch.errors import (
    AddressRefusedError,
    ContactRequiredError,
    FetchError,
    ModelError,
    PageError,
)
from alignwatch.fetch._answer import OpenAnswer
from alignwatch.fetch._body import CODINGS
from alignwatch.fetch._guard import Guard
from alignwatch.fetch._ledger import HostLedger
from alignwatch.fetch._limits import STREAM_LIMITS, Limits
from alignwatch.fetch._memory import FetchMemory, PageStream
from alignwatch.fetch._pace import Paces
from alignwatch.fetch._settings import Settings
from alignwatch.fetch._url import Target, parse_url, strip_credentials
from alignwatch.model import Page

__all__ = ["DEFAULT_DELAY_S", "Delay", "Fetcher"]

DEFAULT_DELAY_S = 1.0
"""The pause between two requests to one host, where nobody asks for a longer one."""

Delay = float | Mapping[str, float] | Callable[[str], float]
"""Seconds for all hosts, for each host by name (others get the default), or by a function."""

# "press@agency.example" and "https://agency.example/bot": what may stand in a header's comment
_CONTACT = re.compile(r"[A-Za-z0-9!#$%&'*+./:=?@^_`{|}~-]+")
_NO_RESOLVE: Mapping[str, str] = MappingProxyType({})


class _Session(Protocol):
    def get(
        self, url: str, target: Target, *, conditional: bool, admit: Callable[[Target], None]
    ) -> Page: ...

    def refuse_reserved(self, target: Target) -> None: ...

    def open(
        self, target: Target, headers: Mapping[str, str]
    ) -> AbstractContextManager[OpenAnswer]: ...

    def follow(self, target: Target, location: str, admit: Callable[[Target], None]) -> Target: ...

    def close(self) -> None: ...


def _utc_now() -> datetime:
    return datetime.now(tz=UTC)


class Fetcher:
    """Asks hosts for pages, politely and within bounds. Thread-safe; use as a context manager.

    Every request obeys robots.txt, waits its host's turn (one request at a time per host, and a
    delay of max(*delay_s*, crawl-delay, Retry-After) between two), and connects only to public
    addresses. There is no switch for any of that.

    Args:
        contact: Who asks: an e-mail address or a web page, sent to the hosts. Needed for all hosts
            but those on the user's own loopback.
        memory: What outlives the fetcher, usually a store; read for validators and robots.txt.
        resolve: Where names lead, from host or ``host:port`` to ``address:port``, as curl's
            ``--connect-to``: the URL, all headers and all records keep the name.
        delay_s: The own delay between two requests to one host.
        limits: The bounds of each request.
        stream_limits: The bounds of each file that is read piece by piece.
        allow_private: Hosts, or ``host:port``, whose addresses are not checked: the user's own.
        clock: Gives `Page.fetched_at` and judges the age of robots.txt.
        sleep: Waits between requests; None for a wait that `close` ends.
        on_request: Told the host's line of the ledger after each request, in the thread that asked.

    Raises:
        ModelError: *contact* or *resolve* cannot be used.
    """

    def __init__(  # noqa: PLR0913 - each is a setting of its own, and all have defaults
        self,
        *,
        contact: str | None = None,
        memory: FetchMemory | None = None,
        resolve: Mapping[str, str] = _NO_RESOLVE,
        delay_s: Delay = DEFAULT_DELAY_S,
        limits: Limits | None = None,
        stream_limits: Limits = STREAM_LIMITS,
        allow_private: frozenset[str] = frozenset(),
        clock: Callable[[], datetime] = _utc_now,
        sleep: Callable[[float], object] | None = None,
        on_request: Callable[[HostLedger], None] = lambda _: None,
    ) -> None:
        self._contact = _read_contact(contact)
        self._memory = memory
        self._limits = limits or Limits()
        self._stream_limits = stream_limits
        self._guard = Guard.from_options(resolve, allow_private)
        self._clock = clock
        self._closed = threading.Event()
        self._lock = threading.Lock()
        self._session: _Session | None = None
        self._paces = Paces(
            delay_s=_read_delay(delay_s), sleep=sleep or self._rest, tell=on_request
        )

    @property
    def user_agent(self) -> str:
        """What hosts are told: ``alignwatch/0.1.0 (+press@agency.example)``."""
        name = f"alignwatch/{version('alignwatch')}"
        return f"{name} (+{self._contact})" if self._contact else name

    def is_live(self, url: str) -> bool:
        """Whether asking for *url* needs a contact: all hosts but the user's own loopback.

        Raises:
            AddressRefusedError: *url* cannot be asked for at all.
        """
        return self._guard.is_live(parse_url(url))

    def require_contact(self, url: str) -> None:
        """Refuse at once what `get` would refuse for want of a contact.

        Raises:
            ContactRequiredError: *url* is on a live host and nobody said who asks.
            AddressRefusedError: *url* cannot be asked for at all.
        """
        self._require_contact(parse_url(url))

    def get(self, url: str, *, conditional: bool = True) -> Page:
        """Fetch *url* with redirects followed; waits for the host's turn first.

        With *conditional*, the server is asked for changes since the validators that memory has
        for *url*; it may then answer with a page that `is_unchanged`. Validators are not remembered
        here: whoever keeps the page remembers its `etag` and `last_modified` with it.

        Raises:
            ContactRequiredError: The host is live and nobody said who asks; nothing was sent.
            RobotsRefusedError: robots.txt forbids it, or could not be asked.
            AddressRefusedError: The address, or one that it redirects to, is out of bounds.
            HttpStatusError: The last answer is an error; `retry_after_s` if the host named a time.
            TooLargeError: The answer exceeds a limit.
            FetchError: Nobody answered properly, or the host wants a longer pause than the limit.
        """
        try:
            target = parse_url(url)
            self._guard.refuse(target)
            self._require_contact(target)
            return self._open().get(url, target, conditional=conditional, admit=self._admit)
        except PageError as error:
            error.url = strip_credentials(url)
            error.add_note(f"while fetching {error.url}")
            raise

    @contextmanager
    def stream(
        self, url: str, *, offset: int = 0, conditional: bool = True
    ) -> Iterator[PageStream]:
        """Open a large file, to be read piece by piece from *offset* on; by the rules of `get`.

        No coding is undone: the bytes are those of the file. The host's turn lasts until the
        context ends, so that nothing else can be asked of it meanwhile. With *conditional* and
        without *offset* the answer may be that nothing changed.

        Raises:
            PageError: As `get`; reading on may raise a `FetchError` or `TooLargeError`.
        """
        from alignwatch.fetch._stream import (  # noqa: PLC0415 - httpcore takes long to load
            StreamRequest,
            open_stream,
        )

        with ExitStack() as stack:
            try:
                target = parse_url(url)
                self._guard.refuse(target)
                self._require_contact(target)
                request = StreamRequest(
                    url=url,
                    offset=offset,
                    memory=self._memory if conditional else None,
                    redirects=self._limits.redirects,
                    admit=self._admit,
                    now=self._clock,
                )
                found = stack.enter_context(open_stream(self._open(), target, request))
            except PageError as error:
                error.url = strip_credentials(url)
                error.add_note(f"while fetching {error.url}")
                raise
            yield found

    def refuse_reserved(self, url: str) -> None:
        """Refuse *url* if its origin's tdmrep.json reserves text and data mining there.

        The file is asked for at most once in a fetcher's life, and once a day where there is
        memory. What headers reserve is on the page that `get` gives.

        Raises:
            RightsReservedError: It does.
            ContactRequiredError: The host is live and nobody said who asks; nothing was sent.
            AddressRefusedError: The address is out of bounds.
        """
        target = parse_url(url)
        self._guard.refuse(target)
        self._require_contact(target)
        self._open().refuse_reserved(target)

    def slow_down(self, url: str, delay_s: float) -> None:
        """Keep at least *delay_s* between two requests to the host of *url* from now on.

        So do hosts that it redirects to. It never makes a host be asked faster.

        Raises:
            AddressRefusedError: *url* cannot be asked for at all.
        """
        self._paces.of(parse_url(url).host).insist(delay_s)

    def note_doubt(self, url: str, *, was_right: bool = False) -> None:
        """Note in the ledger that a 304 of *url* was in doubt, and whether the page had changed."""
        pace = self._paces.of(parse_url(url).host)
        pace.note(doubted=1, false_unchanged=int(was_right))

    def ledger(self) -> tuple[HostLedger, ...]:
        """What was asked of each host so far, by name."""
        return self._paces.ledger()

    def close(self) -> None:
        """Close all connections; requests and waits in other threads end with a `FetchError`."""
        self._closed.set()
        with self._lock:
            if self._session is not None:
                self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _admit(self, target: Target) -> None:
        self._guard.refuse(target)
        if self._contact is None and self._guard.is_live(target):
            msg = f"it redirects to the live host {target.host}, which needs a contact to be asked"
            raise AddressRefusedError(msg)

    def _require_contact(self, target: Target) -> None:
        if self._contact is None and self._guard.is_live(target):
            msg = (
                f"{target.host} is a live host, and it may know who asks. "
                "Say so with --contact NAME@EXAMPLE or ALIGNWATCH_CONTACT=NAME@EXAMPLE"
            )
            raise ContactRequiredError(msg)

    def _open(self) -> _Session:
        from alignwatch.fetch._session import Session  # noqa: PLC0415 - httpcore takes long to load

        with self._lock:
            if self._closed.is_set():
                msg = "the fetcher is closed"
                raise FetchError(msg)
            if self._session is None:
                settings = Settings(
                    guard=self._guard,
                    limits=self._limits,
                    stream_limits=self._stream_limits,
                    paces=self._paces,
                    memory=self._memory,
                    now=self._clock,
                    headers=self._headers(),
                )
                self._session = Session(settings)
            return self._session

    def _headers(self) -> Mapping[str, str]:
        headers = {
            "User-Agent": self.user_agent,
            "Accept": "text/html, application/xhtml+xml, */*;q=0.8",
            "Accept-Encoding": CODINGS,
        }
        if self._contact and "@" in self._contact and "/" not in self._contact:
            headers["From"] = self._contact
        return headers

    def _rest(self, wait_s: float) -> None:
        if self._closed.wait(wait_s):
            msg = "the fetcher was closed while it waited for the host's turn"
            raise FetchError(msg)


def _read_contact(contact: str | None) -> str | None:
    text = (contact or "").strip()
    if not text:
        return None
    if not _CONTACT.fullmatch(text) or not (
        "@" in text or text.startswith(("http://", "https://"))
    ):
        msg = f"a contact is an e-mail address or a web page, got {contact!r}"
        raise ModelError(msg)
    return text


def _read_delay(delay_s: Delay) -> Callable[[str], float]:
    if callable(delay_s):
        return delay_s
    if isinstance(delay_s, Mapping):
        by_host = {host.lower(): seconds for host, seconds in delay_s.items()}
        return lambda host: by_host.get(host, DEFAULT_DELAY_S)
    return lambda _: delay_s
