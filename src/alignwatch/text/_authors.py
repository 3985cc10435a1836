"""Author names out of what pages put where an author's name belongs."""

import functools
import html
import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

import attrs

__all__ = ["clean_authors", "clean_organisations", "find_byline"]

_MOST_CHARS = 500
_MOST_NAMES = 20
_MOST_LINE_CHARS = 120
_MOST_NAME_CHARS = 60
_MOST_WORDS = 7
_MOST_OWN_WORDS = 5
# matches "Dec 22, 2023 by Jane Doe", and what follows a time and a line: "| By Jane Doe"
_DATED_BY = re.compile(r"\d[^\n]*?\W([Bb]y [^\n]+)")
_TAG = re.compile(r"<[^>]{0,200}>")
_BLANKS = re.compile(r"[^\S\n]+")
# "(Reuters)", "- BBC News", "@janedoe", "Updated ...", "in Kyiv", trailing job titles
_AFTER = re.compile(
    r"\s*(?:\(.*|\[.*|\s[-\u2013\u2014]\s.*|@\w+.*|\s(?:for|of|at)\s+(?:the\s+)?[A-Z].*"
    r"|\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d.*"
    r"|(?:last\s)?(?:updated|published|posted|sponsored|modified)\b.*|\s+in\s+[A-Z].*"
    r"|\son\s(?:behalf|[A-Z\d]).*|\s+(?:is|was)\s+an?\s.*)$",
    re.IGNORECASE,
)
# an address, a handle, a user name, a number: what no name has
_NO_NAME = re.compile(r"https?:|www\.|\w\.[a-z]{2,6}\b|[@#<>{}=_\\?!:%€$®»©]|\d")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.?)+$")
_EDGES = " ,.:-\u2013\u2014'\"*|/"


@attrs.frozen(kw_only=True)
class _Words:
    by: "re.Pattern[str]"
    particle: "re.Pattern[str]"
    between: "re.Pattern[str]"
    degree: "re.Pattern[str]"
    roles: frozenset[str]
    after_names: frozenset[str]
    collectives: frozenset[str]
    organisations: frozenset[str]
    particles: frozenset[str]
    degrees: frozenset[str]


@functools.cache
def _load() -> _Words:
    source = files("alignwatch.text") / "data" / "authors.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    phrases = sorted(
        (" ".join(phrase.split()) for phrase in table["by"].split("|")), key=len, reverse=True
    )
    degrees = "|".join(re.escape(word) for word in table["degrees"].split())
    joins = "|".join(re.escape(word) for word in table["and"].split())
    return _Words(
        # matches the start of "By Jane Doe", "Written by: Jane Doe", "Von Max Muster"
        by=re.compile(
            rf"(?:{'|'.join(map(re.escape, phrases))})(?:\s*[:\uff1a/\uff0f]\s*|\s+)",
            re.IGNORECASE,
        ),
        particle=re.compile(
            rf"(?:{table['by_before_full_names'].replace(' ', '|')})\s(?=\S+\s+\S)", re.IGNORECASE
        ),
        # "Jane Doe and John Roe", "A; B", "A, B", "A & B", "A | B", "A / B", "A with B", "A und B"
        between=re.compile(
            r"\s*(?:[;|/\n\t•·、\uff0c]|,(?!\s*(?:Jr|Sr|II|III)\b\.?\s*(?:[,;]|$))"
            rf"|\s(?:as told to|{joins})\s)\s*",
            re.IGNORECASE,
        ),
        # the degree in "Jane Doe MS"
        degree=re.compile(rf"(?<=[a-z.])[\s,]+(?:{degrees})[.®]?$", re.IGNORECASE),
        **{
            name: frozenset(table[name].split())
            for name in (
                *("roles", "after_names", "collectives", "organisations", "particles", "degrees"),
            )
        },
    )


def clean_authors(found: Iterable[str]) -> tuple[str, ...]:
    """Give the persons named in *found*, in order, each once.

    What is no person ("Staff Reporter", "Email the Author", an address, a news agency) is left
    out; "By", job titles and handles around a name go.
    """
    names: dict[str, str] = {}
    for text in found:
        parts = _split(text)
        for name in parts:
            # a pen name of one word stands alone; several words apart are no names
            if _is_name(name) and (" " in name or len(parts) == 1 or not name.isascii()):
                calm = _calm(name)
                names.setdefault(calm.casefold(), calm)
    # beside full names, a single word is what is left of a job title
    full = [name for name in names.values() if " " in name or not name.isascii()]
    kept = full or list(names.values())
    # beside "Jane Doe", "Jane Doe Example" has the name of her paper behind it
    return tuple(name for name in kept if not any(name.startswith(other + " ") for other in kept))[
        :_MOST_NAMES
    ]


def clean_organisations(found: Iterable[str]) -> tuple[str, ...]:
    """Give the organisations that *found* names where an author belongs; a role is none."""
    known = _load()
    names: dict[str, str] = {}
    for text in found:
        name = _strip_by(_plain(text).replace("\n", " ")).strip(_EDGES)
        words = set(name.casefold().split())
        if (
            2 <= len(name) <= _MOST_NAME_CHARS
            and name[:1] != name[:1].lower()
            and 1 <= len(words) <= _MOST_WORDS
            and not _NO_NAME.search(name)
            and not words & known.roles
            and words - known.collectives - {"the", "news", "web", "online"}
        ):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MOST_NAMES]


def find_byline(lines: Iterable[str]) -> tuple[str, ...]:
    """Give the persons in the first line that is a byline ("By Jane Doe"), () where none is.

    The name may stand on the next line, and the date before it.
    """
    before = ""
    for line in lines:
        if len(line) <= _MOST_LINE_CHARS:
            for part in (before + line, *_DATED_BY.findall(line)):
                if _is_by(part):
                    names = clean_authors([part])
                    if any(" " in name or not name.isascii() for name in names):
                        return names
        before = (
            line.rstrip(": ") + ": "
            if _is_by(line.rstrip(": ") + ": X Y") and len(line) < 20
            else ""
        )
    return ()


def _is_by(text: str) -> bool:
    return bool(_load().by.match(text) or _load().particle.match(text))


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", _TAG.sub(" ", html.unescape(text[:_MOST_CHARS]))).strip()


def _strip_by(text: str) -> str:
    found = _load().by.match(text) or _load().particle.match(text)
    return text[found.end() :] if found else text


def _split(text: str) -> list[str]:
    words = _load()
    plain = re.sub(r"\s(?:and|&)$", "", _strip_by(_plain(text)))
    parts = [_strip_by(part).strip() for part in words.between.split(plain)]
    # "Doe, Jane": one word, comma, one word
    if len(parts) == 2 and "," in plain and all(part and " " not in part for part in parts):
        parts = [f"{parts[1]} {parts[0]}"]
    named = [_without_titles(_AFTER.sub("", part)).strip(_EDGES) for part in parts]
    # "Jane Doe, MS, RDN": degrees follow the first name and are none
    return [
        name
        for at, name in enumerate(named)
        if not (at and " " not in name and (name.isupper() or name.casefold() in words.degrees))
    ]


def _without_titles(name: str) -> str:
    """Cut off "PhD" and "staff writer" after two words or more, or after a word of no Latin."""
    shorter = _load().degree.sub("", name)
    while shorter != name and " " in shorter:
        name, shorter = shorter, _load().degree.sub("", shorter)
    words = (shorter if " " in shorter else name).split()
    least = 2 if name.isascii() else 1
    while len(words) > least and words[-1].casefold().strip(".,") in _load().after_names:
        words.pop()
    return " ".join(words)


def _is_name(name: str) -> bool:
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or len(name) > _MOST_NAME_CHARS or _NO_NAME.search(name):
        return False
    if len(name) < (3 if name.isascii() else 2):
        return False
    known = _load()
    plain = {word.casefold().strip(".,'\u2019()") for word in words}
    if plain & known.roles or plain & known.collectives or plain & known.organisations:
        return False
    # a lone lower-case word is a user name; a sentence has words in lower case, a name has not
    small = [
        word for word in words if word[:1].islower() and word.casefold() not in known.particles
    ]
    return not small or (len(small) == len(words) and len(words) > 1)


def _calm(name: str) -> str:
    """Turn "JANE DOE" into "Jane Doe"; leave every other spelling alone."""
    if name.isupper() and len(name) > 4:
        return " ".join(
            word if _INITIALS.match(word) and "." in word else word.title() for word in name.split()
        )
    return name
