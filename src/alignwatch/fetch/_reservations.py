"""What publishers reserve: text and data mining (TDMRep), and the keeping of copies (noarchive).

TDMRep is the W3C community group's TDM Reservation Protocol: a header, a file in ``/.well-known/``
and a meta tag, each named after ``tdm-reservation``. ``noarchive`` stands in X-Robots-Tag or in a
robots meta tag; ``none``, which forbids all that a robot may do, is taken to include it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

import attrs

__all__ = ["NOARCHIVE", "TDM", "TdmRules", "find_meta_reservations", "read_header_reservations"]

NOARCHIVE = "noarchive"
"""The publisher wants no copy of the page to be kept."""
TDM = "tdm-reservation"
"""The publisher reserves text and data mining."""

_HEAD_BYTES = 128 * 1024
_LONGEST_TDMREP_BYTES = 500_000
_LONGEST_LOCATION = 2_000
_OURS = frozenset({"*", "alignwatch", "robots"})
_ARCHIVE_WORDS = frozenset({"noarchive", "none"})
# such as: <meta name="robots" content="noarchive">
_META = re.compile(rb"<meta[\s/]([^<>]{1,2000})>", re.IGNORECASE)
# such as the two in: name='tdm-reservation' content=1
_ATTRIBUTE = re.compile(
    r"""([a-z-]{1,40})\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE
)


def read_header_reservations(headers: Mapping[str, str]) -> tuple[str, ...]:
    """Give what *headers*, with names in lower case, reserve: sorted, of `NOARCHIVE` and `TDM`.

    Directives of X-Robots-Tag that name another robot are passed over. Where a list names one and
    goes on, the rest is taken to be for everybody.
    """
    found = {TDM} if headers.get(TDM, "").strip() == "1" else set()
    return _sorted({*found, *_read_directives(headers.get("x-robots-tag", ""))})


def find_meta_reservations(content: bytes) -> tuple[str, ...]:
    """Give what the meta tags in the head of an HTML page reserve, as `read_header_reservations`.

    Comments are passed over, and what lies beyond the first 128 kB or ``<body``.
    """
    head = content[:_HEAD_BYTES].replace(b"\0", b"")  # UTF-16 becomes readable as well
    body = head.lower().find(b"<body")
    head = b" ".join(_without_comments(head if body < 0 else head[:body]))
    found: set[str] = set()
    for tag in _META.findall(head):
        pairs = _ATTRIBUTE.findall(tag.decode("latin-1"))
        fields = {name.lower(): unescape(value.strip("\"'")).strip() for name, value in pairs}
        name, value = fields.get("name", "").lower(), fields.get("content", "")
        if name == TDM and value == "1":
            found.add(TDM)
        elif name in _OURS:
            found |= _read_directives(value)
    return _sorted(found)


def _without_comments(head: bytes) -> Iterator[bytes]:
    first, *parts = head.split(b"<!--")
    yield first
    for part in parts:
        yield part.partition(b"-->")[2]


def _read_directives(text: str) -> set[str]:
    found = set()
    for directive in text.lower().split(","):
        name, colon, rest = (part.strip() for part in directive.partition(":"))
        said = rest if colon and name in _OURS else name
        if said in _ARCHIVE_WORDS and (not colon or name in _OURS):
            found.add(NOARCHIVE)
        if said == TDM and rest in ("", "1"):
            found.add(TDM)
    return found


def _sorted(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(found))


@attrs.frozen(kw_only=True)
class TdmRules:
    """What the tdmrep.json of an origin reserves: locations, and whether they are reserved."""

    rules: tuple[tuple[str, bool], ...] = ()

    @classmethod
    def from_bytes(cls, body: bytes) -> "TdmRules":
        """Read a file; what cannot be read reserves nothing."""
        if len(body) > _LONGEST_TDMREP_BYTES:
            return cls()
        try:
            entries = json.loads(body)
        except (ValueError, RecursionError):
            return cls()
        entries = entries if isinstance(entries, list) else [entries]
        return cls(rules=tuple(_read_rules(entries)))

    def reserves(self, path: str) -> bool:
        """Whether the longest location that matches *path*, with its query, is reserved."""
        matching = [rule for rule in self.rules if _matches(rule[0], path)]
        return max(matching, key=lambda rule: (len(rule[0]), rule[1]))[1] if matching else False


def _read_rules(entries: Iterable[object]) -> Iterator[tuple[str, bool]]:
    for entry in entries:
        if isinstance(entry, dict):
            location, value = entry.get("location", "/"), entry.get(TDM)
            if isinstance(location, str) and len(location) <= _LONGEST_LOCATION:
                yield location, str(value).strip() == "1"


def _matches(location: str, path: str) -> bool:
    """Match as robots.txt does: from the start, ``*`` for anything, ``$`` for the end."""
    is_whole = location.endswith("$")
    first, *others = location.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    for number, part in enumerate(others, start=1):
        if is_whole and number == len(others):
            return len(path) - len(part) >= place and path.endswith(part)
        place = path.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return not is_whole or place == len(path)
