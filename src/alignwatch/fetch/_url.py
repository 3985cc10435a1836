"""Addresses as people and pages write them, read strictly and in one way only."""

import re
import unicodedata
from urllib.parse import quote, urljoin, urlsplit

import attrs

from alignwatch.errors import AddressRefusedError

__all__ = [
    "Target",
    "has_credentials",
    "join_url",
    "parse_url",
    "redact_url",
    "strip_credentials",
]

_PORTS = {"http": 80, "https": 443}
_LONGEST_URL = 8_000
_LONGEST_HOST = 254
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
_QUERY_SAFE = _PATH_SAFE + "?"
# the "me:secret@" of "http://me:secret@news.example/"
_CREDENTIALS = re.compile(r"(?<=//)[^/?#\s]*@")
# the "s3cr3t" of "?page=2&api_key=s3cr3t"
_SECRET = re.compile(
    r"(?<=[?&])((?:[a-z_-]*(?:key|token|secret|password|passwd|signature|session)|sig|auth)=)[^&#\s\"'<>()]+",
    re.IGNORECASE,
)
# "news.example", "10.0.0.1" and "xn--bcher-kva.example." (after IDNA, so ASCII only)
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*\.?")


@attrs.frozen(kw_only=True)
class Target:
    """Where one request goes.

    `url` is the canonical spelling: lower-case ASCII scheme and host, no default port, no fragment,
    path and query quoted. `host` has no brackets and no trailing dot.
    """

    url: str
    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Scheme, host and, unless it is the scheme's own, port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """Host and, unless it is the scheme's own, port."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _PORTS[self.scheme] else f"{name}:{self.port}"


def has_credentials(url: str) -> bool:
    """Whether *url* carries a user name, with or without a password."""
    try:
        return "@" in urlsplit(url).netloc
    except ValueError:  # no address at all
        return False


def strip_credentials(url: str) -> str:
    """Give *url*, or a text with addresses, without user names and passwords."""
    return _CREDENTIALS.sub("", url)


def redact_url(url: str) -> str:
    """Give *url*, or a text with addresses, as others may see it: without keys in its query.

    User names and passwords go as well. What counts as a key is told by its name: ``api_key``,
    ``token``, ``session``, ``sig`` ...
    """
    return _SECRET.sub(r"\1...", strip_credentials(url))


def join_url(base: str, reference: str) -> str:
    """Resolve *reference* as a link on the page at *base*.

    Raises:
        AddressRefusedError: It is no address at all.
    """
    try:
        return urljoin(base, reference.strip())
    except ValueError as error:
        raise _refusal(reference, f"cannot be read ({error})") from error


def parse_url(url: str) -> Target:
    """Read an absolute http or https address.

    Raises:
        AddressRefusedError: Another scheme, credentials, no host, or a spelling that two readers
            could understand in two ways.
    """
    text = url.strip(" ")
    if len(text) > _LONGEST_URL:
        raise _refusal(text[:60] + "...", f"is longer than {_LONGEST_URL} characters")
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text):
        raise _refusal(ascii(text), "contains control characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _refusal(text, f"cannot be read ({error})") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise _refusal(text, "is neither http nor https")
    if "@" in parts.netloc:
        raise _refusal(text, "carries credentials; alignwatch asks only for what anybody may read")
    if port == 0:
        raise _refusal(text, "names port 0")
    host = _read_host(parts.netloc, text)
    target = Target(url="", scheme=scheme, host=host, port=port or _PORTS[scheme])
    path = quote(parts.path, safe=_PATH_SAFE) or "/"
    query = "?" + quote(parts.query, safe=_QUERY_SAFE) if parts.query else ""
    return attrs.evolve(target, url=target.origin + path + query)


def _read_host(netloc: str, url: str) -> str:
    if netloc.startswith("["):
        host, bracket, rest = netloc[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            raise _refusal(url, "has a broken IPv6 address")
        if not re.fullmatch(r"[0-9a-fA-F:.]+", host):
            raise _refusal(url, "has an IPv6 address with a zone or other extras")
        return host.lower()
    name = netloc.partition(":")[0]
    host = _to_ascii(unicodedata.normalize("NFKC", name).lower(), url)
    if len(host) > _LONGEST_HOST or not _HOST.fullmatch(host):
        raise _refusal(url, f"has no usable host name ({host!r})")
    return host.rstrip(".")


def _to_ascii(name: str, url: str) -> str:
    if name.isascii():
        return name
    import idna  # noqa: PLC0415 - few hosts need its tables

    try:
        return idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise _refusal(url, f"has a host name that is not valid ({error})") from error


def _refusal(url: str, why: str) -> AddressRefusedError:
    shown = strip_credentials(url)
    return AddressRefusedError(f"{shown!r} {why}", url=shown)
