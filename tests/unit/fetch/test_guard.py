"""alignwatch connects to the public internet, and to what its user names; to nothing else."""

import ipaddress
import socket

import pytest

from alignwatch.errors import AddressRefusedError, ModelError
from alignwatch.fetch import Fetcher
from alignwatch.fetch._guard import Guard, forbid_address, read_literal
from alignwatch.fetch._url import parse_url

FORBIDDEN = [
    # loopback in all spellings
    *("127.0.0.1", "127.0.0.1.", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001"),
    *(
        "0x7f.1",
        "0x7F.0x0.0x0.0x1",
        "0177.0.0.1",
        "017700000001",
        "0177.1",
        "127.0x1",
        "00177.0.0.1",
    ),
    *("localhost", "LocalHost", "localhost.", "www.localhost", "ip6-localhost", "a.b.localhost."),
    *("１２７.０.０.１", "①②⑦.⓪.⓪.①", "１２７。０。０。１", "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ"),
    *("[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]", "[::ffff:127.0.0.1]", "[::FFFF:7f00:1]"),
    *("[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
    "[::ffff:0:127.0.0.1]",
    # unspecified and "this" network
    *("0.0.0.0", "0", "0x0", "00", "0.1.2.3", "[::]", "[::ffff:0.0.0.0]"),
    # private
    *("10.0.0.1", "10.1", "0xa000001", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("192.168.257", "3232235777", "100.64.0.1", "[fc00::1]", "[fd12:3456::1]", "[fec0::1]"),
    *("[::ffff:10.0.0.1]", "[2002:c0a8:101::1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]"),
    # link-local and metadata
    *("169.254.169.254", "0xa9fea9fe", "2852039166", "0251.0376.0251.0376", "169.254.43518"),
    *("[fe80::1]", "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "100.100.100.200"),
    *("168.63.129.16", "192.0.0.192", "metadata.google.internal", "instance-data.internal"),
    # multicast, reserved, documentation
    *("224.0.0.1", "239.255.255.250", "[ff02::1]", "255.255.255.255", "240.0.0.1", "192.0.2.1"),
    *("198.51.100.7", "203.0.113.9", "198.18.0.1", "192.88.99.1", "[2001:db8::1]", "[3fff::1]"),
    *("[2001::1]", "[100::1]", "[4000::1]", "[5f00::1]", "[2002:a9fe:a9fe::]"),
    # names of inner networks, and numbers that are no address
    *("printer.local", "nas.lan", "wiki.corp", "router.home.arpa", "x.onion", "news.invalid"),
    *("256.0.0.1", "1.2.3.4.5", "127.0.0.09", "0x100000000", "1.2.3", "8.8.2056", "134744072"),
    *("a.1", "news.0x7f", "08", "4294967296"),
]


@pytest.fixture
def no_network(monkeypatch):
    """Fails the test on any look-up, and on any socket that is made."""

    def refuse(*args, **options):
        msg = f"the guard let {args} through"
        raise AssertionError(msg)

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "socket", refuse)


@pytest.mark.parametrize("host", FORBIDDEN)
def test_a_forbidden_address_is_refused_in_every_spelling_before_a_socket_is_made(no_network, host):
    """One address that slips through is a way from any news page into the user's own network."""
    with Fetcher(contact="me@agency.example") as fetcher, pytest.raises(AddressRefusedError):
        fetcher.get(f"http://{host}/")


def test_the_list_of_spellings_is_as_long_as_promised():
    """A shortened list would pass unnoticed."""
    assert len(set(FORBIDDEN)) >= 60


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "1.1.1.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_public_addresses_pass(address):
    """A guard that refuses everything is no use."""
    assert forbid_address(ipaddress.ip_address(address)) is None


@pytest.mark.parametrize("host", ["news.example", "1a.example", "xn--p1ai", "face.cafe", "0x7g"])
def test_names_are_no_addresses(host):
    """Names that look a bit like numbers must still be asked for."""
    assert read_literal(host) is None


@pytest.fixture
def resolver(monkeypatch):
    """Answers look-ups from a table, and makes no connection."""
    table = {}

    def look_up(host, port, **options):
        if host not in table:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (at, port)) for at in table[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return table


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "8.8.8.8"], ["::1"], ["fe80::1%eth0"]],
)
def test_a_name_that_leads_inside_is_refused(resolver, addresses):
    """Any name can be made to point to the metadata of the machine that asks (DNS rebinding)."""
    resolver["news.org"] = addresses
    guard = Guard.from_options({}, frozenset())

    guard.refuse(parse_url("http://news.org/"))
    with pytest.raises(AddressRefusedError, match=r"news\.org"):
        guard.places("news.org", 80)
    with Fetcher(contact="me@agency.example") as fetcher, pytest.raises(AddressRefusedError):
        fetcher.get("http://news.org/")


def test_a_name_is_looked_up_once_and_its_checked_address_is_connected_to(resolver, monkeypatch):
    """A second look-up could give another answer than the one that was checked."""
    resolver["news.org"] = ["8.8.8.8", "8.8.4.4"]
    tried = []

    def connect(address, *args, **options):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)

    def sleep(wait_s):
        return None

    with (
        Fetcher(contact="me@agency.example", delay_s=0, sleep=sleep) as fetcher,
        pytest.raises(Exception, match="could not be asked"),
    ):
        fetcher.get("http://news.org/")

    assert set(tried) == {("8.8.8.8", 80), ("8.8.4.4", 80)}


def test_the_guard_hooks_into_the_network_backend_of_httpcore():
    """If httpcore stopped to call our backend, every address would be open without any notice."""
    import httpcore

    from alignwatch.fetch._wire import _GuardedBackend

    pool = httpcore.ConnectionPool(
        network_backend=_GuardedBackend(Guard.from_options({}, frozenset()))
    )

    with pool, pytest.raises(AddressRefusedError):
        pool.request("GET", "http://127.0.0.1:1/")


def test_what_the_user_names_is_not_guarded():
    """His own newsroom on loopback, or a site inside of his network."""
    guard = Guard.from_options(
        {"wire.example": "127.0.0.1:8000", "b.example:81": "[::1]:9000"},
        frozenset({"127.0.0.1:7000", "10.0.0.5"}),
    )

    for url in ("http://wire.example/", "https://WIRE.example:444/", "http://b.example:81/"):
        guard.refuse(parse_url(url))
    guard.refuse(parse_url("http://127.0.0.1:7000/"))
    guard.refuse(parse_url("http://10.0.0.5:1234/"))
    assert guard.places("wire.example", 443) == (("127.0.0.1", 8000),)
    assert guard.places("b.example", 81) == (("::1", 9000),)
    for url in ("http://b.example/", "http://127.0.0.1:7001/", "http://10.0.0.6/"):
        with pytest.raises(AddressRefusedError):
            guard.refuse(parse_url(url))


@pytest.mark.parametrize(
    ("url", "is_live"),
    [
        ("http://wire.example/", False),
        ("http://far.example/", True),
        ("http://127.0.0.1:7000/", False),
        ("http://localhost/", False),
        ("http://10.0.0.5/", True),
        ("http://news.org/", True),
        ("http://127.0.0.1:7001/", True),
    ],
)
def test_only_the_users_own_loopback_is_not_live(url, is_live):
    """Whoever asks somebody else's host must say who he is."""
    resolve = {"wire.example": "127.0.0.1:8000", "far.example": "93.184.216.34:80"}
    allowed = frozenset({"127.0.0.1:7000", "localhost", "10.0.0.5"})
    fetcher = Fetcher(resolve=resolve, allow_private=allowed)

    assert fetcher.is_live(url) is is_live


@pytest.mark.parametrize("place", ["127.0.0.1", "news.example:80", "127.0.0.1:0", ":80", "", "a:b"])
def test_a_resolve_map_names_addresses_and_ports(place):
    """A slip here would send requests to a place that nobody meant."""
    with pytest.raises(ModelError, match=r"ADDRESS:PORT"):
        Fetcher(resolve={"wire.example": place})
