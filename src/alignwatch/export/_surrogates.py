"""Half characters: JSON can spell them, no file can hold them."""

import re

__all__ = ["escape_surrogates", "has_surrogates", "replace_surrogates"]

_SURROGATE = re.compile("[\ud800-\udfff]")


def has_surrogates(text: str) -> bool:
    """Tell whether *text* holds a lone surrogate, which UTF-8 cannot encode."""
    return _SURROGATE.search(text) is not None


def replace_surrogates(text: str) -> str:
    """Put U+FFFD in the place of each lone surrogate: the length and all offsets stay."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def escape_surrogates(line: str) -> str:
    """Spell lone surrogates as JSON does; *line* is JSON, so that they stand in its strings."""
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
