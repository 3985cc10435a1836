"""Selectors as people write them, turned into XPath."""

import re
from functools import cache

__all__ = ["to_xpath"]

# one step: "div", "*", ".story", "#main", "[itemprop]", '[data-part="body"]'
_PART = re.compile(
    r"""(?P<tag>[A-Za-z][\w-]*|\*)|\.(?P<class>[\w-]+)|\#(?P<id>[\w-]+)"""
    r"""|\[\s*(?P<name>[\w:-]+)\s*(?:(?P<how>[~^*$]?=)\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
    r"""|(?P<bare>[\w-]+))\s*)?\]"""
)
# the " > " of "article > p", and the " " of "article p"
_BETWEEN = re.compile(r"\s*(>)\s*|\s+")
# the "@datetime" of "time@datetime", or of "@content"
_ATTRIBUTE = re.compile(r"@([\w:-]+)$")


@cache
def to_xpath(selector: str) -> str:
    """Give the XPath of a selector; what starts with ``/`` or ``(`` is XPath already.

    CSS's tags, ``.class``, ``#id``, ``[name]``, ``[name="value"]`` (also ``~= ^= *= $=``), a space
    or ``>`` between steps, and ``,`` between alternatives. After ``@`` stands the attribute that is
    wanted instead of the text: ``time@datetime``.

    Raises:
        ValueError: It is none.

    Example:
        >>> to_xpath("p.by > time@datetime")
        "//p[contains(concat(' ',normalize-space(@class),' '),' by ')]/time/@datetime"
    """
    text = selector.strip()
    if text.startswith(("/", "(")):
        return text
    parts = _split(text)
    if not all(parts):
        msg = f"{selector!r} is no selector: something is missing beside a comma"
        raise ValueError(msg)
    return " | ".join(_read_one(part, selector) for part in parts)


def _split(text: str) -> list[str]:
    """Split at commas outside of brackets: ``a[b=","], c`` are two."""
    found, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "[") - (sign == "]")
        if sign == "," and depth == 0:
            found.append(text[start:at].strip())
            start = at + 1
    return [*found, text[start:].strip()]


def _read_one(text: str, selector: str) -> str:
    attribute = _ATTRIBUTE.search(text)
    rest = text[: attribute.start()] if attribute else text
    path, at = "", 0
    axis = "//"
    while at < len(rest):
        step, at = _read_step(rest, at, selector)
        path += axis + step
        between = _BETWEEN.match(rest, at)
        if at < len(rest):
            if between is None or not between[0] or between.end() == len(rest):
                msg = f"{selector!r} is no selector that is known, from {rest[at:][:40]!r} on"
                raise ValueError(msg)
            axis = "/" if between[1] else "//"
            at = between.end()
    if attribute is None and not path:
        msg = "a selector is empty"
        raise ValueError(msg)
    return path + (f"{'/' if path else '//'}@{attribute[1]}" if attribute else "")


def _read_step(text: str, at: int, selector: str) -> tuple[str, int]:
    tag, tests = "*", ""
    start = at
    while (part := _PART.match(text, at)) is not None:
        if part["tag"] and at > start:
            break
        tag = part["tag"].lower() if part["tag"] else tag
        tests += _test(part)
        at = part.end()
    if at == start:
        msg = f"{selector!r} is no selector that is known, from {text[at:][:40]!r} on"
        raise ValueError(msg)
    return tag + tests, at


def _test(part: re.Match[str]) -> str:
    if part["class"]:
        return _holds_word("class", part["class"])
    if part["id"]:
        return f"[@id={_quote(part['id'])}]"
    if part["name"] is None:
        return ""
    values = (part[key] for key in ("double", "single", "bare"))
    value = next((one for one in values if one is not None), None)
    return f"[@{part['name']}]" if value is None else _compare(part["name"], part["how"], value)


def _compare(name: str, how: str, value: str) -> str:
    quoted = _quote(value)
    if how == "~=":
        return _holds_word(name, value)
    end = f"string-length(@{name})-{len(value) - 1}"
    return {
        "^=": f"[starts-with(@{name},{quoted})]",
        "*=": f"[contains(@{name},{quoted})]",
        "$=": f"[substring(@{name},{end})={quoted}]",
    }.get(how, f"[@{name}={quoted}]")


def _holds_word(name: str, word: str) -> str:
    words = f"concat(' ',normalize-space(@{name}),' ')"
    return f"[contains({words},{_quote(f' {word} ')})]"


def _quote(value: str) -> str:
    """Quote for XPath, which has no escapes; a value has no double quotes within single ones."""
    return f'"{value}"' if "'" in value else f"'{value}'"
