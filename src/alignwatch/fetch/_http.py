"""One request over the wire: the only module that knows httpx and httpcore."""

import socket
import ssl
import threading
import time
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from http.cookiejar import CookieJar, DefaultCookiePolicy

import attrs
import httpcore
import httpx

from alignwatch.errors import FetchError, TooLargeError
from alignwatch.fetch._body import decode_chunks, read_bounded
from alignwatch.fetch._guard import Guard
from alignwatch.fetch._limits import Limits
from alignwatch.fetch._url import Target

__all__ = ["Answer", "HttpSession", "PassingError"]

_IDLE_CONNECTIONS = 64
_IDLE_S = 15.0
_LOCATION = "alignwatch_location"
_BODILESS = frozenset({204, 205, 304})


class PassingError(Exception):
    """A failure that may pass: worth another try, and `error` is what to raise at last."""

    def __init__(self, error: FetchError) -> None:
        super().__init__(str(error))
        self.error = error


@attrs.frozen(kw_only=True)
class Answer:
    """What a server said: status, headers with lower-case names, the decompressed body."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    wire_bytes: int


@attrs.define(kw_only=True)
class _Exchange:
    """The bounds of the request that this thread has under way."""

    limits: Limits
    deadline: float
    has_headers: bool = False
    wire_bytes: int = 0

    def time_left_s(self, wanted_s: float | None) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise FetchError(self.tell_silence())
        return left if wanted_s is None else min(left, wanted_s)

    def tell_silence(self) -> str:
        if time.monotonic() >= self.deadline:
            return f"the answer took longer than {self.limits.total_s:g} s in all"
        return f"the server was silent for {self.limits.read_s:g} s"

    def bytes_left(self) -> int:
        limit = self.limits.wire_bytes if self.has_headers else self.limits.header_bytes
        if self.wire_bytes >= limit:
            part = "answer" if self.has_headers else "header of the answer"
            msg = f"the {part} is larger than {limit:,} bytes on the wire"
            raise TooLargeError(msg)
        return limit - self.wire_bytes


_exchange: ContextVar[_Exchange] = ContextVar("alignwatch_exchange")


class _BoundedStream(httpcore.NetworkStream):
    """A connection that reads within the bounds of the exchange of the reading thread."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        exchange = _exchange.get()
        most = min(max_bytes, exchange.bytes_left())
        read = self._stream.read(most, exchange.time_left_s(timeout))
        exchange.wire_bytes += len(read)
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _exchange.get().time_left_s(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left_s = _exchange.get().time_left_s(timeout)
        return _BoundedStream(self._stream.start_tls(ssl_context, server_hostname, left_s))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects to addresses that the guard has checked, and to no name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._sockets = httpcore.SyncBackend()
        self._open: weakref.WeakSet[httpcore.NetworkStream] = weakref.WeakSet()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            places = self._guard.places(host, port)
        except (OSError, UnicodeError) as error:
            msg = f"the name {host!r} cannot be resolved ({error})"
            raise httpcore.ConnectError(msg) from error
        failure: Exception = httpcore.ConnectError(f"the name {host!r} has no address")
        for address, place_port in places:
            left_s = _exchange.get().time_left_s(timeout)
            try:
                stream = self._sockets.connect_tcp(
                    address, place_port, left_s, local_address, socket_options
                )
                self._open.add(stream)
                return _BoundedStream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def hang_up(self) -> None:
        """End all reads that are under way; closing alone would leave other threads waiting."""
        for stream in tuple(self._open):
            with suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Transport(httpx.BaseTransport):
    """httpx's own transport, but over a network backend of ours."""

    def __init__(self, guard: Guard) -> None:
        self._backend = _GuardedBackend(guard)
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._lock = threading.Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool(url.scheme).handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        # httpx reads the target of a redirect even if it is not to follow it, and some cannot be
        # read; so it comes by another way.
        headers = [(name, value) for name, value in answer.headers if name.lower() != b"location"]
        target = b"".join(value for name, value in answer.headers if name.lower() == b"location")
        extensions = {**answer.extensions, _LOCATION: target.decode("utf-8", "replace")}
        return httpx.Response(
            answer.status, headers=headers, stream=_Body(answer), extensions=extensions
        )

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        with self._lock:
            if scheme not in self._pools:
                # Reading the certificates takes long, so only those who need them do.
                trust = httpx.create_ssl_context(trust_env=False) if scheme == "https" else None
                self._pools[scheme] = httpcore.ConnectionPool(
                    ssl_context=trust,
                    max_connections=None,
                    max_keepalive_connections=_IDLE_CONNECTIONS,
                    keepalive_expiry=_IDLE_S,
                    network_backend=self._backend,
                )
            return self._pools[scheme]

    def close(self) -> None:
        self._backend.hang_up()
        with self._lock:
            for pool in self._pools.values():
                pool.close()


class HttpSession:
    """Sends requests; thread-safe, knows neither robots.txt nor delays nor redirects."""

    def __init__(self, *, guard: Guard, limits: Limits, headers: Mapping[str, str]) -> None:
        self._limits = limits
        self._client = httpx.Client(
            transport=_Transport(guard),
            headers=dict(headers),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(limits.read_s, connect=limits.connect_s, pool=limits.total_s),
            trust_env=False,
        )

    def request(
        self,
        target: Target,
        *,
        headers: Mapping[str, str],
        content_bytes: int,
        truncate: bool = False,
    ) -> Answer:
        """GET *target* and read the whole answer within the limits.

        Args:
            target: Where to.
            headers: Beside those that every request carries.
            content_bytes: The largest body.
            truncate: Cut a larger body instead of raising.

        Raises:
            PassingError: Nobody answered properly, and another try may help.
            FetchError: Nobody answered properly.
            TooLargeError: A limit is exceeded.
        """
        self._refuse_closed()
        limits = self._limits
        exchange = _Exchange(limits=limits, deadline=time.monotonic() + limits.total_s)
        before = _exchange.set(exchange)
        try:
            with _translate_errors(exchange):
                request = self._client.build_request("GET", target.url, headers=dict(headers))
                response = self._client.send(request, stream=True)
                exchange.has_headers = True
                with closing(response):
                    content = read_bounded(
                        _content(response, limits=limits),
                        limit_bytes=content_bytes,
                        truncate=truncate,
                    )
                # Hanging up looks like the end of a body that announced no length.
                self._refuse_closed()
                location = {"location": response.extensions[_LOCATION]}
                return Answer(
                    status=response.status_code,
                    headers={name.lower(): value for name, value in response.headers.items()}
                    | location,
                    content=content,
                    wire_bytes=exchange.wire_bytes,
                )
        finally:
            _exchange.reset(before)

    def close(self) -> None:
        """Close all connections; requests of other threads end with a `FetchError`."""
        self._client.close()

    def _refuse_closed(self) -> None:
        if self._client.is_closed:
            msg = "the fetcher is closed"
            raise FetchError(msg)


def _content(response: httpx.Response, *, limits: Limits) -> Iterable[bytes]:
    if response.status_code in _BODILESS:
        return ()
    length = response.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.wire_bytes:
        msg = f"the server announces {int(length):,} bytes; at most {limits.wire_bytes:,} are read"
        raise TooLargeError(msg)
    return decode_chunks(response.iter_raw(), response.headers.get("content-encoding", ""))


@contextmanager
def _translate_errors(exchange: _Exchange) -> Iterator[None]:
    try:
        yield
    except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
        refusal = FetchError(f"no connection: {_reason(error)}")
        raise (PassingError(refusal) if _may_pass(error) else refusal) from error
    except httpcore.TimeoutException as error:
        raise FetchError(exchange.tell_silence()) from error
    except (httpcore.NetworkError, httpcore.RemoteProtocolError) as error:
        msg = f"the connection broke off: {_reason(error)}"
        if exchange.has_headers:
            raise FetchError(msg) from error
        raise PassingError(FetchError(msg)) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        msg = f"the request cannot be sent: {_reason(error)}"
        raise FetchError(msg) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
        msg = f"the answer cannot be read: {_reason(error)}"
        raise FetchError(msg) from error


def _may_pass(error: Exception) -> bool:
    cause = error.__cause__
    if isinstance(cause, socket.gaierror):
        return cause.errno == socket.EAI_AGAIN
    return not isinstance(cause, ssl.SSLCertVerificationError | UnicodeError)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
