"""What hashtags and handles that no list knows stand for: "#StandWithUkraine", "@SecExample"."""

import re
from collections.abc import Mapping

__all__ = ["name_in_tag"]

# The parts of a tag: "#StandWithUkraine" is Stand, With, Ukraine; "#USJapan" is US, Japan.
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+")
# Handles whose beginning tells the state: "@SecState", "@USEmbassyKyiv", "@USAmbUN".
_OFFICES = (
    (re.compile(r"[@#](?:Sec|DepSec|VP|Rep|Sen)[A-Z]\w+"), "USA"),
    (re.compile(r"@(?:US|USA)[A-Z4_]\w*"), "USA"),
    (re.compile(r"[@#]POTUS\w*|#FLOTUS\w*"), "USA"),
    (re.compile(r"@UK[A-Z_]\w*"), "GBR"),
)
_MOST_PARTS = 4


def name_in_tag(tag: str, names: Mapping[str, str]) -> str | None:
    """Give the actor that a hashtag or handle names, None where it names none.

    Args:
        tag: With its ``#`` or ``@``.
        names: Actor ids by name, letters and digits only ("SouthKorea").
    """
    for pattern, actor_id in _OFFICES:
        if pattern.fullmatch(tag):
            return actor_id
    whole = names.get(tag[1:]) or names.get(tag[1:].title())
    if whole is not None:
        return whole
    parts = _PARTS.findall(tag)
    starts = range(len(parts)) if tag[0] == "#" else range(1)
    for first in starts:
        for last in range(min(len(parts), first + _MOST_PARTS), first, -1):
            name = "".join(parts[first:last])
            if name in names and (len(name) > 3 or name.isupper()):
                return names[name]
    return None
