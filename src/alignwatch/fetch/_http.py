"""One request and its answer, within bounds, with every failure told in our own words.

Requests go to httpcore, which is what httpx itself sends them with: what httpx adds, such as
cookies, redirects and encodings, is not wanted here, and takes as long as the rest.
"""

import socket
import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager

import httpcore

from alignwatch.errors import FetchError, TooLargeError
from alignwatch.fetch._answer import Answer, OpenAnswer
from alignwatch.fetch._body import decode_chunks, read_bounded
from alignwatch.fetch._guard import Guard
from alignwatch.fetch._limits import Limits
from alignwatch.fetch._url import Target
from alignwatch.fetch._wire import Exchange, Transport, begin_exchange, resume_exchange

__all__ = ["HttpSession", "PassingError"]

_LONGEST_NOTICE_BYTES = 64 * 1024
_BODILESS = frozenset({204, 205, 304})


class PassingError(Exception):
    """A failure that may pass: worth another try, and `error` is what to raise at last."""

    def __init__(self, error: FetchError) -> None:
        super().__init__(str(error))
        self.error = error


class HttpSession:
    """Sends requests; thread-safe, knows neither robots.txt nor delays nor redirects."""

    def __init__(self, *, guard: Guard, limits: Limits, headers: Mapping[str, str]) -> None:
        self._limits = limits
        self._headers = dict(headers)
        self._transport = Transport(guard)
        self._is_closed = False

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
        with begin_exchange(limits) as exchange, _translate_errors(exchange):
            response = self._send(target, headers, limits)
            exchange.has_headers = True
            with closing(response):
                said = _read_headers(response)
                if response.status < 300:
                    chunks = _content(response, said, limits=limits)
                    content = read_bounded(chunks, limit_bytes=content_bytes, truncate=truncate)
                else:
                    content = _skip_notice(response)
            # Hanging up looks like the end of a body that announced no length.
            self._refuse_closed()
            return Answer(
                status=response.status,
                headers=said,
                content=content,
                wire_bytes=exchange.wire_bytes,
            )

    @contextmanager
    def open(
        self, target: Target, *, headers: Mapping[str, str], limits: Limits
    ) -> Iterator[OpenAnswer]:
        """GET *target* within *limits*, and give the answer before its body was read.

        Raises:
            PassingError: As `request`; while the body is read, only the other two.
            FetchError: As `request`.
            TooLargeError: A limit is exceeded.
        """
        self._refuse_closed()
        with begin_exchange(limits) as exchange, _translate_errors(exchange):
            response = self._send(target, headers, limits)
            exchange.has_headers = True
        try:
            yield OpenAnswer(
                status=response.status,
                headers=_read_headers(response),
                chunks=self._read_on(exchange, _raw(response)),
                count_wire_bytes=lambda: exchange.wire_bytes,
            )
        finally:
            with resume_exchange(exchange):
                response.close()

    def _send(
        self, target: Target, headers: Mapping[str, str], limits: Limits
    ) -> httpcore.Response:
        said = {"Host": target.authority, **self._headers, **headers}
        timeouts = {
            "connect": limits.connect_s,
            "read": limits.read_s,
            "write": limits.read_s,
            "pool": limits.total_s,
        }
        request = httpcore.Request(
            method=b"GET",
            url=httpcore.URL(
                scheme=target.scheme.encode(),
                host=target.host.encode(),
                port=target.port,
                target=target.url.removeprefix(target.origin).encode(),
            ),
            headers=[(name.encode(), value.encode()) for name, value in said.items()],
            extensions={"timeout": timeouts},
        )
        return self._transport.send(request)

    def _read_on(self, exchange: Exchange, chunks: Iterator[bytes]) -> Iterator[bytes]:
        while True:
            # Only reading is bounded: what is done with a piece may send requests of its own.
            with resume_exchange(exchange), _translate_errors(exchange):
                chunk = next(chunks, None)
            self._refuse_closed()
            if chunk is None:
                return
            yield chunk

    def close(self) -> None:
        """Close all connections; requests of other threads end with a `FetchError`."""
        self._is_closed = True
        self._transport.close()

    def _refuse_closed(self) -> None:
        if self._is_closed:
            msg = "the fetcher is closed"
            raise FetchError(msg)


def _read_headers(response: httpcore.Response) -> Mapping[str, str]:
    """Give the headers by name in lower case; what comes several times is joined by commas."""
    said: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), _decode(raw_value)
        said[name] = f"{said[name]}, {value}" if name in said else value
    return {"location": "", **said}


def _decode(value: bytes) -> str:
    # "/straße" comes in UTF-8 as often as in the Latin-1 of the standard
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _raw(response: httpcore.Response) -> Iterator[bytes]:
    return iter(response.iter_stream())


def _content(
    response: httpcore.Response, headers: Mapping[str, str], *, limits: Limits
) -> Iterable[bytes]:
    if response.status in _BODILESS:
        return ()
    length = headers.get("content-length", "")
    if length.isdecimal() and int(length) > limits.wire_bytes:
        msg = f"the server announces {int(length):,} bytes; at most {limits.wire_bytes:,} are read"
        raise TooLargeError(msg)
    return decode_chunks(_raw(response), headers.get("content-encoding", ""))


def _skip_notice(response: httpcore.Response) -> bytes:
    """Read what goes with an error or a redirect, if it is short, to keep the connection."""
    if response.status not in _BODILESS:
        read_bounded(_raw(response), limit_bytes=_LONGEST_NOTICE_BYTES, truncate=True)
    return b""


@contextmanager
def _translate_errors(exchange: Exchange) -> Iterator[None]:
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
    except UnicodeError as error:
        msg = f"the answer cannot be read: {_reason(error)}"
        raise FetchError(msg) from error


def _may_pass(error: Exception) -> bool:
    # httpcore drops the cause, and gives it as the argument.
    cause = error.args[0] if error.args else None
    if isinstance(cause, socket.gaierror):
        return cause.errno == socket.EAI_AGAIN
    return not isinstance(cause, ssl.SSLCertVerificationError | UnicodeError)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
