"""Which addresses a fetcher may connect to: those of the public internet, and what a user named."""

import ipaddress
import re
import socket
from collections.abc import Mapping

import attrs

from alignwatch.errors import AddressRefusedError, ModelError
from alignwatch.fetch._url import Target

__all__ = ["Guard", "IPAddress", "forbid_address", "read_literal"]

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Source: IANA special-purpose address registries (RFC 6890), beyond what `is_global` knows in every
# Python version, and the cloud services that answer on public addresses.
_FORBIDDEN = tuple(
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15"),
        *("240.0.0.0/4", "168.63.129.16/32"),
        *("2001::/23", "2001:db8::/32", "3fff::/20", "2620:4f:8000::/48"),
    )
)
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_MAPPED = ipaddress.ip_network("::ffff:0:0/96")
_SIX_TO_FOUR = ipaddress.ip_network("2002::/16")
# Source: IANA special-use domain names (RFC 6761, 6762, 7686, 8375, 9476); the usual inner zones.
_INNER_ZONES = (
    *(".localhost", ".localdomain", ".local", ".internal", ".intranet", ".lan", ".home", ".corp"),
    *(".home.arpa", ".onion", ".alt", ".invalid", ".test", ".example"),
)
_LOOPBACK_NAMES = frozenset({"localhost", "ip6-localhost", "ip6-loopback"})
# "0x7f", "0177" and "127" in "0x7f.0.0177"
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


def forbid_address(address: IPAddress) -> str | None:
    """Say why *address* is out of bounds, None if it is a public one.

    An IPv4 address wrapped in an IPv6 one (mapped, 6to4, NAT64) is judged as itself.
    """
    inner = _unwrap(address)
    if inner is not None:
        why = forbid_address(inner)
        return why and f"{why} ({inner} inside of {address})"
    kinds = (
        ("an unspecified address", address.is_unspecified),
        ("a loopback address", address.is_loopback),
        ("a link-local address, where cloud hosts keep their metadata", address.is_link_local),
        ("a multicast address", address.is_multicast),
        ("a private address", address.is_private),
        ("a reserved address", _is_reserved(address)),
    )
    return next((kind for kind, is_so in kinds if is_so), None)


def _is_reserved(address: IPAddress) -> bool:
    if not address.is_global or address.is_reserved:
        return True
    if isinstance(address, ipaddress.IPv6Address) and address not in _GLOBAL_V6:
        return True
    return any(address in network for network in _FORBIDDEN)


def _unwrap(address: IPAddress) -> ipaddress.IPv4Address | None:
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _MAPPED or address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return ipaddress.IPv4Address((int(address) >> 80) & 0xFFFFFFFF)
    return None


def read_literal(host: str) -> IPAddress | None:
    """Read *host* as the address that a resolver would take it for without asking anybody.

    Beside the usual forms these are ``127.1``, ``0177.0.0.1``, ``0x7f000001`` and ``2130706433``.
    None means that it is a name.

    Raises:
        ValueError: It ends in a number and is no address.
    """
    name = host.rstrip(".").lower()
    if ":" in name:
        return ipaddress.IPv6Address(name)
    parts = name.split(".")
    if not _NUMBER.fullmatch(parts[-1]):
        return None
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        msg = f"{host!r} ends in a number and is no address"
        raise ValueError(msg)
    *heads, tail = (_read_number(part) for part in parts)
    if any(head > 0xFF for head in heads) or tail >= 256 ** (4 - len(heads)):
        msg = f"{host!r} is out of the range of addresses"
        raise ValueError(msg)
    value = sum(head << (24 - 8 * place) for place, head in enumerate(heads)) + tail
    return ipaddress.IPv4Address(value)


def _read_number(part: str) -> int:
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if part.startswith("0") and len(part) > 1:
        return int(part, 8)
    return int(part)


@attrs.frozen(kw_only=True)
class Guard:
    """Decides where a connection may go; names in `resolve` and `allowed` are the user's own word.

    `resolve` maps a host name, or ``host:port``, to the ``address:port`` that answers for it, as
    curl's ``--connect-to`` does. `allowed` holds host names, or ``host:port``, whose addresses are
    not checked.
    """

    resolve: Mapping[str, tuple[IPAddress, int]]
    allowed: frozenset[str]

    @classmethod
    def from_options(cls, resolve: Mapping[str, str], allowed: frozenset[str]) -> "Guard":
        """Read what a user wrote.

        Raises:
            ModelError: An entry of *resolve* is not ``address:port``.
        """
        return cls(
            resolve={name.lower(): _read_place(name, place) for name, place in resolve.items()},
            allowed=frozenset(name.lower() for name in allowed),
        )

    def is_live(self, target: Target) -> bool:
        """Whether *target* is anybody's but the user's own loopback."""
        place = self._named(target.host, target.port)
        if place is not None:
            return not place[0].is_loopback
        if not self._is_allowed(target.host, target.port):
            return True
        if target.host in _LOOPBACK_NAMES:
            return False
        address = _try_literal(target.host)
        return address is None or not address.is_loopback

    def refuse(self, target: Target) -> None:
        """Refuse what can be refused without asking a resolver.

        Raises:
            AddressRefusedError: As `places`.
        """
        host, port = target.host, target.port
        if self._named(host, port) is None and not self._is_allowed(host, port):
            self._refuse_host(host)

    def places(self, host: str, port: int) -> tuple[tuple[str, int], ...]:
        """Give the addresses and ports to try for *host*, each checked; asks the resolver.

        Raises:
            AddressRefusedError: Any of its addresses is out of bounds: a name that points to
                public and private addresses at once is a trick.
            OSError: The name has no address.
        """
        place = self._named(host, port)
        if place is not None:
            return ((str(place[0]), place[1]),)
        is_allowed = self._is_allowed(host, port)
        literal = _try_literal(host) if is_allowed else self._refuse_host(host)
        if literal is not None:
            return ((str(literal), port),)
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        names = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not is_allowed:
            for name in names:
                self._refuse_address(host, ipaddress.ip_address(name))
        return tuple((name, port) for name in names)

    def _named(self, host: str, port: int) -> tuple[IPAddress, int] | None:
        return self.resolve.get(f"{host}:{port}") or self.resolve.get(host)

    def _is_allowed(self, host: str, port: int) -> bool:
        return host in self.allowed or f"{host}:{port}" in self.allowed

    def _refuse_host(self, host: str) -> IPAddress | None:
        try:
            literal = read_literal(host)
        except ValueError as error:
            msg = f"not connecting to {host!r}: {error}"
            raise AddressRefusedError(msg) from error
        if literal is not None:
            self._refuse_address(host, literal)
            if str(literal) != host and ":" not in host:
                msg = f"not connecting to {host!r}: write the address as {literal}"
                raise AddressRefusedError(msg)
            return literal
        if host in _LOOPBACK_NAMES or host.endswith(_INNER_ZONES):
            msg = (
                f"not connecting to {host!r}: names of its kind belong to inner networks and "
                f"examples; if it is yours, say where it leads (--resolve {host}=ADDRESS:PORT, "
                f"resolve=...), or allow it by name (--allow-private {host}, allow_private=...)"
            )
            raise AddressRefusedError(msg)
        return None

    @staticmethod
    def _refuse_address(host: str, address: IPAddress) -> None:
        why = forbid_address(address)
        if why is not None:
            at = "" if str(address) == host else f" at {address}"
            msg = (
                f"not connecting to {host!r}{at}: {why}; if the host is yours, allow it by name: "
                f"--allow-private {host}, or allow_private in Python and watchlists"
            )
            raise AddressRefusedError(msg)


def _try_literal(host: str) -> IPAddress | None:
    try:
        return read_literal(host)
    except ValueError:
        return None


def _read_place(name: str, place: str) -> tuple[IPAddress, int]:
    address, _, port = place.rpartition(":")
    try:
        found = ipaddress.ip_address(address.removeprefix("[").removesuffix("]"))
        number = int(port)
    except ValueError:
        number, found = 0, ipaddress.IPv4Address(0)
    if not 0 < number < 65_536:
        msg = f"{name!r} must be resolved to ADDRESS:PORT as in 127.0.0.1:8000, got {place!r}"
        raise ModelError(msg)
    return found, number
