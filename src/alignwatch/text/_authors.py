"""Author names out of what pages put where an author's name belongs."""

import html
import re
from collections.abc import Iterable

__all__ = ["clean_authors"]

_TAG = re.compile(r"<[^>]{0,200}>")
# matches the start of "By Jane Doe", "Written by: Jane Doe", "Von Max Muster"
_BY = re.compile(
    r"^(?:(?:written|posted|reported|published|story|words|article|review|analysis|opinion)\s+by"
    r"|by|von|par|por|di|door|texte?|text)\b\s*:?\s+",
    re.IGNORECASE,
)
# "Jane Doe and John Roe", "A; B", "A, B", "A & B", "A | B", "A / B", "A with B", "A und B"
_BETWEEN = re.compile(
    r"\s*(?:[;|/\n\t•·]|,(?!\s*(?:Jr|Sr|II|III|PhD|Ph\.D|M\.?D|DVM|Esq)\b)|\s(?:and|&|with|und|et|y|e)\s)\s*"
)
# the degree in "Jane Doe MS"
_DEGREE = re.compile(r"(?<=[a-z])\s(?:M\.?S|M\.?D|M\.?A|MBA|Ph\.?D|RDN?|JD|DVM|CFP|CPA|LD)\.?$")
# "(Reuters)", "- BBC News", "@janedoe", "Updated ...", "in Kyiv", trailing job titles
_AFTER = re.compile(
    r"\s*(?:\(.*|\[.*|\s[-\u2013\u2014]\s.*|@\w+.*|\s(?:for|of|at)\s+(?:the\s+)?[A-Z].*"
    r"|\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d.*"
    r"|(?:updated|published|posted|sponsored)\b.*|\s+in\s+[A-Z].*|\s+(?:is|was)\s+an?\s.*)$",
    re.IGNORECASE,
)
# Words that no person's name has.
_NO_NAME = re.compile(
    r"https?:|www\.|[@#<>{}=_\\]|\d{3}|\b(?:"
    r"staff\w*|reporters?|correspondents?|editors?|editorial|newsroom|desk|"
    r"admin(?:istrator)?|team|agenc(?:y|ies)|e-?mail|author|contributors?|"
    r"guest|webmaster|news|press|wire|bureau|service|office|magazine|"
    r"journal|times|post|media|network|editor-in-chief|unknown|anonymous|"
    r"none|null|undefined|redaktion|rédaction|redacción|redazione|redação|"
    r"редакция|редакція|follow|bio|view|posts|subscribe|published|updated"
    r"|minutes?|read|inc|ltd|llc|gmbh|associated|reuters|afp|bloomberg"
    r"|writers?|producer|columnist|photographer|by|see all|more about|"
    r"dietitian|journalist|publisher|institute|cto|ceo|graphics|logo|"
    r"university|school|college|department"
    r")\b",
    re.IGNORECASE,
)
# "senior writer", "Chief Political Correspondent" after a name and a comma are titles, no names
_INITIALS = re.compile(r"^(?:[^\W\d_]\.?)+$")


def clean_authors(found: Iterable[str]) -> tuple[str, ...]:
    """Give the persons named in *found*, in order, each once.

    What is no person ("Staff Reporter", "Email the Author", an address, a news agency) is left
    out; "By", job titles and handles around a name go.
    """
    names: dict[str, str] = {}
    for text in found:
        for name in _split(text):
            names.setdefault(name.casefold(), name)
    # beside full names, a single word is what is left of a job title
    full = [name for name in names.values() if " " in name]
    return tuple(full or names.values())


def _split(text: str) -> list[str]:
    plain = " ".join(_TAG.sub(" ", html.unescape(text[:500])).split())
    plain = re.sub(r"\s(?:and|&)$", "", _BY.sub("", plain))
    parts = [_BY.sub("", part).strip() for part in _BETWEEN.split(plain)]
    # "Doe, Jane": one word, comma, one word
    if len(parts) == 2 and "," in plain and all(" " not in part for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    named = [_DEGREE.sub("", _AFTER.sub("", part)).strip(" ,.:-\u2013\u2014'\"*") for part in parts]
    # "Jane Doe, MS, RDN": degrees follow the first name and are none
    return [
        _calm(name)
        for at, name in enumerate(named)
        if _is_name(name) and not (at and name.isupper() and " " not in name)
    ]


def _is_name(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= 6 or not 3 <= len(name) <= 60 or _NO_NAME.search(name):
        return False
    if any(mark in "?!:%€$®»" or mark.isdigit() for mark in name):
        return False
    # a lone lower-case word is a user name; one capitalised word may be a pen name
    return any(word[:1].isupper() or not word[:1].isascii() for word in words)


def _calm(name: str) -> str:
    """Turn "JANE DOE" into "Jane Doe"; leave every other spelling alone."""
    if name.isupper() and len(name) > 4:
        return " ".join(
            word if _INITIALS.match(word) and "." in word else word.title() for word in name.split()
        )
    return name
