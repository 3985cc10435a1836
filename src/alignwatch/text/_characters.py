"""Characters that stand for others: mojibake, entities, odd spaces, invisible marks, ligatures."""

import html
import re
from collections.abc import Iterator

from alignwatch.text._draft import Change, Draft

__all__ = ["find_odd_characters"]

# zero-width space, soft hyphen, byte order mark, control characters
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u2060-\u2064\ufeff\ufff9-\ufffb\x00-\x08\x0e-\x1f\x7f]+"
    # Thai, Lao, Burmese and Khmer part words by it
    "|(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b+"
    "|\u200b+(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
# marks of direction say something only where scripts of both directions meet
_DIRECTION = re.compile("[\u200e\u200f]+")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# joiners matter in Arabic, Indic scripts and emoji; between other letters they are litter
_JOINER = re.compile("(?<=[\x00-\u058f])[\u200c\u200d]+(?=[\x00-\u058f]|$)")
# the wide space is at home between wide characters, and before a paragraph of them
_SPACE = re.compile(
    "[\u00a0\u1680\u2000-\u200a\u202f\u205f]+"
    "|(?<![\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000])\u3000+"
    "(?![\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000])"
)
_BREAK = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
_LIGATURE = re.compile("[\ufb00-\ufb06]")
# one of all the characters above
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\x85\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028\u2029\u202f"
    "\u205f\u2060-\u2064\u3000\ufb00-\ufb06\ufeff\ufff9-\ufffb]"
)
_PLAIN = bytes([9, 10, *range(32, 127)])
# &amp; &amp;quot; &#8217; &#x2019; &nbsp;
_ENTITY = re.compile(
    r"&(?:amp;){0,5}(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d{0,2});", re.IGNORECASE
)
# what the bytes 0x80 to 0xBF look like when they are read as windows-1252
_HIGH = bytes(range(0x80, 0xC0))
_AS_1252 = "".join(
    bytes([code]).decode("cp1252") if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(code)
    for code in _HIGH
)
# the same bytes read as latin-1
_AS_LATIN = "".join(map(chr, _HIGH))
_TO_BYTE = dict(zip(_AS_LATIN + _AS_1252, _HIGH * 2, strict=True))
_CONTINUED = "[" + re.escape(_AS_1252 + _AS_LATIN[:32]) + "]"
# "\u00e2\u20ac\u2122" for an apostrophe, "\u00c3\u00a9" for an e with acute
_LEAD = "[\u00c2-\u00c5\u00ce-\u00d1\u00d8\u00d9\u00e2-\u00f0]"
_PLAIN_SYMBOLS = frozenset(
    "\u00a1\u00a2\u00a3\u00a5\u00a7\u00a9\u00ae\u00b0\u00b1\u00b2\u00b3\u00bc\u00bd\u00be\u00bf"
)
_MOJIBAKE = re.compile(f"{_LEAD}{_CONTINUED}{{1,3}}(?:{_LEAD}{_CONTINUED}{{1,3}})*")


def find_odd_characters(draft: Draft) -> Iterator[Change]:
    """Set characters right, one small change for each."""
    text = draft.text
    if "&" in text:
        for found in _ENTITY.finditer(text):
            plain = html.unescape(html.unescape(found[0]).replace("&amp;", "&"))
            if not plain.startswith("&#") and len(plain) < len(found[0]):
                yield _change("entity", found, "".join(c for c in plain if c >= " " or c in "\n\t"))
    rest = _without_plain(text)
    if not rest:
        return
    if _ODD.search(rest) is not None:
        yield from _misplaced(text)
    if _MOJIBAKE.search(rest) is not None:
        yield from _mojibake(text)


def _without_plain(text: str) -> str:
    """Leave out what is surely right; the rest is short in most languages, and quickly searched."""
    raw = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return raw.decode("utf-8", "surrogatepass")


def _misplaced(text: str) -> Iterator[Change]:
    for found in _BREAK.finditer(text):
        yield _change("odd-space", found, "\n")
    directed = _RIGHT_TO_LEFT.search(text) is not None
    for pattern in (_INVISIBLE, _JOINER) if directed else (_INVISIBLE, _JOINER, _DIRECTION):
        for found in pattern.finditer(text):
            yield _change("invisible", found, "")
    for found in _SPACE.finditer(text):
        yield _change("odd-space", found, " " * len(found[0]))
    for found in _LIGATURE.finditer(text):
        yield _change("ligature", found, _LIGATURES[found[0]])


def _mojibake(text: str) -> Iterator[Change]:
    found = [(spot, plain) for spot in _MOJIBAKE.finditer(text) if (plain := _decode(spot[0]))]
    for spot, plain in found:
        # one pair of letters may be meant; three in a row, or several places, are not
        if len(spot[0]) > 2 or len(found) >= 3 or _is_evident(text, spot, plain):
            yield _change("mojibake", spot, plain)


def _is_evident(text: str, spot: "re.Match[str]", plain: str) -> bool:
    """Whether a pair stands as no word has it: a capital behind or a sign before a small letter."""
    before, after = text[max(0, spot.start() - 1) : spot.start()], text[spot.end() : spot.end() + 1]
    if plain in _PLAIN_SYMBOLS:
        return not before.isalpha()
    if spot[0][1] in "\u00ab\u00bb":
        return plain.isalpha() and before.islower() and after.islower()
    return plain.isalpha() and (before.islower() or after.islower())


def _decode(garbled: str) -> str | None:
    raw = bytes(_TO_BYTE[char] if char in _TO_BYTE else ord(char) for char in garbled)
    try:
        plain = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return plain if plain.isprintable() or "\u00a0" in plain else None


def _change(rule: str, found: "re.Match[str]", replacement: str) -> Change:
    return Change(rule=rule, start=found.start(), end=found.end(), replacement=replacement)
