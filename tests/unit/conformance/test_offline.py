"""Keeping the network away from sources."""

import socket
from socket import create_connection, getaddrinfo

import pytest

from alignwatch.conformance import NetworkUsedError, offline


def send(method, *arguments):
    kind = socket.SOCK_DGRAM if method == "sendto" else socket.SOCK_STREAM
    with socket.socket(type=kind) as out:
        getattr(out, method)(*arguments)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: getaddrinfo("localhost", 80),
        lambda: socket.gethostbyname("localhost"),
        lambda: create_connection(("127.0.0.1", 9)),
        lambda: send("sendto", b"x", ("127.0.0.1", 9)),
        lambda: send("connect_ex", ("127.0.0.1", 9)),
    ],
)
def test_every_way_out_is_refused(reach):
    """Blocking `connect` alone lets a source's request get as far as the name look-up."""
    with pytest.raises(NetworkUsedError, match="by itself"), offline():
        reach()


def test_what_is_swallowed_is_told_at_the_end():
    """A plugin that catches everything is caught."""

    def swallow():
        try:
            getaddrinfo("localhost", 80)
        except BaseException as error:
            raise ValueError from error

    with pytest.raises(NetworkUsedError, match="looked up 'localhost'"), offline():
        swallow()


def test_the_network_is_back_afterwards():
    """Whatever else a test run does."""
    with pytest.raises(NetworkUsedError), offline():
        getaddrinfo("localhost", 80)

    assert getaddrinfo("localhost", 80)
