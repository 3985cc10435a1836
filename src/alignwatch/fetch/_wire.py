"""Connections: to checked addresses only, read within the bounds of the request under way."""

import socket
import ssl
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar

import attrs
import httpcore

from alignwatch.errors import FetchError, TooLargeError
from alignwatch.fetch._guard import Guard
from alignwatch.fetch._limits import Limits

__all__ = ["Exchange", "Transport", "begin_exchange", "resume_exchange"]

_IDLE_HOSTS = 64
_IDLE_S = 15.0


@attrs.define(kw_only=True)
class Exchange:
    """The bounds of the request that this thread has under way."""

    limits: Limits
    deadline: float
    has_headers: bool = False
    wire_bytes: int = 0

    def time_left_s(self, wanted_s: float | None) -> float:
        """Give the time for one step, at most *wanted_s*.

        Raises:
            FetchError: There is none left.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise FetchError(self.tell_silence())
        return left if wanted_s is None else min(left, wanted_s)

    def tell_silence(self) -> str:
        """Say which bound a time-out has hit."""
        if time.monotonic() >= self.deadline:
            return f"the answer took longer than {self.limits.total_s:g} s in all"
        return f"the server was silent for {self.limits.read_s:g} s"

    def bytes_left(self) -> int:
        """Give how much may still be read.

        Raises:
            TooLargeError: Nothing.
        """
        limit = self.limits.wire_bytes if self.has_headers else self.limits.header_bytes
        if self.wire_bytes >= limit:
            part = "answer" if self.has_headers else "header of the answer"
            msg = f"the {part} is larger than {limit:,} bytes on the wire"
            raise TooLargeError(msg)
        return limit - self.wire_bytes


_exchange: ContextVar[Exchange] = ContextVar("alignwatch_exchange")


@contextmanager
def begin_exchange(limits: Limits) -> Iterator[Exchange]:
    """Bound all that this thread sends and reads inside of the block."""
    exchange = Exchange(limits=limits, deadline=time.monotonic() + limits.total_s)
    with resume_exchange(exchange):
        yield exchange


@contextmanager
def resume_exchange(exchange: Exchange) -> Iterator[None]:
    """Bound what this thread sends and reads inside of the block by what *exchange* has left."""
    before = _exchange.set(exchange)
    try:
        yield
    finally:
        _exchange.reset(before)


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
        except socket.gaierror as error:
            reason = f"the name {host!r} cannot be resolved ({error.strerror})"
            raise httpcore.ConnectError(socket.gaierror(error.errno, reason)) from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(error) from error
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


_Origin = tuple[bytes, bytes, int | None]


class _Pools:
    """A pool per origin: one pool for all looks at each of its connections in each request."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        self._backend = backend
        self._lock = threading.Lock()
        self._trust: ssl.SSLContext | None = None
        self._pools: OrderedDict[_Origin, httpcore.ConnectionPool] = OrderedDict()

    def of(self, url: httpcore.URL) -> httpcore.ConnectionPool:
        """Give the pool of an origin; closes the one that was unused for longest if need be."""
        origin = (url.scheme, url.host, url.port)
        with self._lock:
            if origin not in self._pools:
                self._drop_idle()
                self._pools[origin] = httpcore.ConnectionPool(
                    ssl_context=self._read_trust() if url.scheme == b"https" else None,
                    keepalive_expiry=_IDLE_S,
                    network_backend=self._backend,
                )
            self._pools.move_to_end(origin)
            return self._pools[origin]

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for pool in self._pools.values():
                pool.close()

    def _drop_idle(self) -> None:
        for origin, pool in tuple(self._pools.items()):
            if len(self._pools) < _IDLE_HOSTS:
                return
            if all(connection.is_idle() for connection in pool.connections):
                pool.close()
                del self._pools[origin]

    def _read_trust(self) -> ssl.SSLContext:
        # Reading the certificates takes long, so only those who need them do, and once.
        if self._trust is None:
            import httpx  # noqa: PLC0415 - it takes long to load, and has no other part in this

            self._trust = httpx.create_ssl_context(trust_env=False)
        return self._trust


class Transport:
    """A pool of connections for each origin, over a network backend of ours."""

    def __init__(self, guard: Guard) -> None:
        self._backend = _GuardedBackend(guard)
        self._pools = _Pools(self._backend)

    def send(self, request: httpcore.Request) -> httpcore.Response:
        """Send *request* and give the answer before its body was read."""
        return self._pools.of(request.url).handle_request(request)

    def close(self) -> None:
        """Close all connections, and end what is under way."""
        self._backend.hang_up()
        self._pools.close()
