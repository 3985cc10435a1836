"""Fields of author profiles: labels, whatever frames them, with values that fit them."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

import attrs

from alignwatch.text._draft import Draft, Line, key_of, words_of

__all__ = ["Evidence", "Field", "ProfileWords", "find_fields", "load_words", "may_hold_profile"]

# matches "Name : X", "**Name:** X", "Name | X", "Name   X" and the same in JSON
_FIELD = re.compile(
    r"[\W_]{0,6}([^\W\d_][^\n:\uff1a=|\t]{0,28}?)[\"*_]{0,3}\s{0,3}(?:[:\uff1a=|\t]|\s[\u2013\u2014-]\s|\s{2,})[\"*_\s]{0,4}(.*)$"
)
# the same, several in one line: "Name: X, Username: Y | Email: Z" has these ends of labels
_LABEL_END = re.compile(r"[\"*_]{0,3}\s{0,2}[:\uff1a=]")
_LABEL_WORDS = re.compile(r"[^\W\d_][\w'-]*(?:[ \t][\w'-]+){0,2}$")
_LABEL_WORD = re.compile(r"[^\W_][\w'-]*")
_MOST_FIELD_CHARS = 44
_FIELD_SIGNS = (":", "=", "|", "\uff1a", "  ", " - ", " \u2013 ", " \u2014 ")
_MOST_LABEL_CHARS = 40
_MOST_VALUE_CHARS = 160
_DATE = re.compile(
    r"\d{4}[-/.\u5e74]\s?\d{1,2}[-/.\u6708]\s?\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    r"|[^\W\d_]{3,}\.?\s\d{1,2},?\s\d{4}|\d{1,2}\.?\s(?:de\s)?[^\W\d_]{3,}\.?\s(?:de\s)?\d{4}"
)
# generated user names are lower case; a nickname or a handle on show ("@jane") is none
_USERNAME = re.compile(r"(?=[\d._-]*[a-z])[a-z0-9][a-z0-9._-]{1,39}$")
_URL = re.compile(r"(?:https?://|www\.|@)\S+|[\w.-]+\.(?:com|net|org|biz|info)\b", re.IGNORECASE)
_BLOOD = re.compile(r"(?:A|B|AB|O)[+-]$")
_LATIN_SHARE = 0.5
_LEAST_LABELS = 3
_MOST_BULLET_CHARS = 6
# "Twitter followers" begins with another word, a header of a table with several labels
_MOST_OPENING_WORDS = 6
_CELL = re.compile(r"(?<!\\)\||\t")
# kinds whose value ends at the next comma or bar
_SHORT = frozenset({"username", "email", "birthdate", "count", "phone"})
_FIRST = re.compile(r"\s[|\u2022/]\s|[,;]\s")
_TRIM = ' |*"_,;{}'


@attrs.frozen
class ProfileWords:
    """What `data/profiles.toml` says; `labels` gives the kind of each.

    `openings` are the first words of the labels and headings that tell.
    """

    labels: Mapping[str, str]
    headings: frozenset[str]
    bio_headings: frozenset[str]
    socials: frozenset[str]
    against: frozenset[str]
    mailboxes: frozenset[str]
    latin: frozenset[str]
    openings: frozenset[str]


@attrs.frozen
class Evidence:
    """A value that fits its label; `kind` is the label's, or says what is worth more."""

    kind: str
    value: str = ""


@attrs.frozen
class Field:
    """A line of a profile: the evidence in it, and where in the line the profile begins.

    `label` is the kind of its (last) label, whether or not the value fits.
    """

    at: int
    found: tuple[Evidence, ...] = ()
    start: int = 0
    label: str | None = None


# what no profile lacks: without one of these labels, a line cannot prove anything
_SIGN_KINDS = frozenset({"username", "birthdate", "count", "email", "code"})


@functools.cache
def load_words() -> ProfileWords:
    """Read the data file, once."""
    source = (files("alignwatch.text") / "data" / "profiles.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    labels = {
        " ".join(label.split()): kind
        for kind, listed in table["labels"].items()
        for label in listed.split("|")
    }
    telling = [label for label, kind in labels.items() if kind in _SIGN_KINDS]
    return ProfileWords(
        labels=labels,
        headings=frozenset(table["headings"]),
        bio_headings=frozenset(table["bio_headings"]),
        socials=frozenset(table["socials"]),
        against=frozenset(table["against"]),
        mailboxes=frozenset(table["mailboxes"]),
        latin=frozenset(table["latin"]["words"].split()),
        openings=frozenset(label.split()[0] for label in (*telling, *table["headings"])),
    )


def may_hold_profile(draft: Draft) -> bool:
    """Whether some line is a heading of profiles, or has a label without which none is proved."""
    openings = load_words().openings
    crowded = draft.text.count(":") + draft.text.count("=") + draft.text.count("\uff1a") > 1
    for line in draft.lines:
        if not openings.isdisjoint(line.head[:_MOST_OPENING_WORDS]) and _opens(line):
            return True
        text = line.text
        if (
            crowded
            and (":" in text or "=" in text or "\uff1a" in text)
            and _is_crowded(text)
            and any(_tells(key) for _, _, key in _labels_in(text))
        ):
            return True
    return False


def _opens(line: Line) -> bool:
    if line.is_short and _tells(line.key):
        return True
    return bool(_read_columns(line)) or any(
        field.label in _SIGN_KINDS for field in _field_of(line, 0, torn=False)
    )


def _tells(key: str) -> bool:
    words = load_words()
    return words.labels.get(key) in _SIGN_KINDS or key in words.headings


def _is_crowded(text: str) -> bool:
    return text.count(":") + text.count("=") + text.count("\uff1a") > 1


def find_fields(draft: Draft) -> Iterator[Field]:
    """Give the lines that are fields or headings of a profile, or labels that speak against one."""
    lines, labels = draft.lines, load_words().labels
    waiting: str | None = None  # the kind of the label that stood alone in the line above
    columns: tuple[str | None, ...] = ()
    chains = _chains(lines)
    for at, line in enumerate(lines):
        last = at + 1 == len(lines)
        if columns:
            cells = _cells(line)
            if len(cells) == len(columns):
                judged = (_judge(k, v, torn=last) for k, v in zip(columns, cells, strict=True) if k)
                yield Field(at, tuple(filter(None, judged)))
                continue
            columns = ()
        kind, waiting = waiting, None
        if kind is not None and line.key not in labels and not (line.gap and line.is_prose):
            value = _judge(kind, line.text.strip(_TRIM), torn=last)
            yield Field(at, (value,) if value else (), label=kind)
        elif (heading := _heading_of(line)) is not None:
            yield Field(at, (Evidence(heading),))
        elif line.is_short and line.key in labels and not last:
            waiting = labels[line.key]
            yield Field(at)
        elif columns := _read_columns(line):
            yield Field(at)
        elif at in chains:
            yield _fields_between(line, at, chains[at], torn=last)
        else:
            yield from _field_of(line, at, torn=last)


def _heading_of(line: Line) -> str | None:
    words = load_words()
    if not line.is_short:
        return None
    if line.key in words.headings:
        return "heading"
    if line.key in words.bio_headings:
        return "titled"
    return "social" if line.key in words.socials else None


def _cells(line: Line) -> list[str]:
    return [cell.strip(_TRIM) for cell in _CELL.split(line.text.strip("|"))]


def _read_columns(line: Line) -> tuple[str | None, ...]:
    """Give the kind of each column where *line* is the header of a table of profiles."""
    if line.text.count("|") + line.text.count("\t") < _LEAST_LABELS - 1:
        return ()
    kinds = tuple(load_words().labels.get(key_of(cell)) for cell in _cells(line))
    return kinds if sum(kind is not None for kind in kinds) >= _LEAST_LABELS else ()


_Spots = list[tuple[int, int, str]]


def _chains(lines: Sequence[Line]) -> dict[int, _Spots]:
    """Give the labels of lines that hold several: three, or fewer where the next line goes on."""
    spots = {
        at: found
        for at, line in enumerate(lines)
        if any(mark in line.text for mark in ":=\uff1a") and (found := list(_labels_in(line.text)))
    }
    chains: dict[int, _Spots] = {}
    for at, found in spots.items():
        after = spots.get(at + 1, []) if at + 1 < len(lines) and not lines[at + 1].gap else []
        goes_on = at - 1 in chains and not lines[at].gap
        # what begins in the middle of a value goes on from the line above
        wrapped = len(after) > 1 and after[0][0] > _MOST_BULLET_CHARS
        many = len(found) > 1 or wrapped
        if goes_on or (many and len(found) + len(after) >= _LEAST_LABELS):
            chains[at] = found
    return chains


def _fields_between(line: Line, at: int, spots: _Spots, *, torn: bool) -> Field:
    words, text = load_words(), line.text
    ends = [*(start for start, _, _ in spots[1:]), len(text)]
    found = [
        _judge(
            words.labels.get(key, "heading"),
            _FIRST.split(text[colon:end].strip(_TRIM))[0].strip(_TRIM)
            if words.labels.get(key) in _SHORT
            else text[colon:end].strip(_TRIM),
            torn=torn and end == len(text),
        )
        for (_, colon, key), end in zip(spots, ends, strict=True)
    ]
    before = text[: spots[0][0]].rstrip(' *\u2022-|"{([')
    start = spots[0][0] if before and before[-1] in '.!?"\u201d' else 0
    return Field(at, tuple(filter(None, found)), start, words.labels.get(spots[-1][2]))


def _field_of(line: Line, at: int, *, torn: bool) -> Iterator[Field]:
    words, head = load_words(), line.text[:_MOST_FIELD_CHARS]
    if head.isprintable() and not any(map(head.__contains__, _FIELD_SIGNS)):
        return
    matched = _FIELD.match(line.text)
    if matched is None:
        return
    key, value = key_of(matched[1]), matched[2].strip(_TRIM)
    network, _, rest = key.partition(" ")
    # "twitter followers" is a label as "followers" is
    kind = words.labels.get(rest if rest and network in words.socials else key)
    if kind is None and key in words.socials:
        kind = "weak"
    if kind is not None:
        judged = _judge(kind, value, torn=torn)
        # a label whose value does not fit is part of the block, and proves nothing
        yield Field(at, (judged,) if judged else (), label=kind)
    elif key in words.against:
        yield Field(at, (Evidence("against", key),))


def _labels_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Give start, end and words of each label: the longest one that ends at a colon."""
    words = load_words()
    for end in _LABEL_END.finditer(text):
        at = end.start()
        found = _LABEL_WORDS.search(text, max(0, at - _MOST_LABEL_CHARS), at)
        for word in _LABEL_WORD.finditer(text, found.start(), at) if found else ():
            key = key_of(text[word.start() : at])
            if key in words.labels or key in words.headings:
                yield word.start(), end.end(), key
                break


def _judge(kind: str, value: str, *, torn: bool) -> Evidence | None:
    """Give the evidence that *value* is under a label of *kind*, None where it does not fit.

    Only the last line of a text, which may be *torn*, may lack its value.
    """
    if not value:
        return Evidence(kind) if torn else None
    if kind == "bio":
        return Evidence("latin" if _is_latin(value) else "bio")
    if len(value) > _MOST_VALUE_CHARS and not torn:
        value = value[:_MOST_VALUE_CHARS]
    return Evidence(kind, value) if _FITS.get(kind, bool)(value) else None


def _is_email(value: str) -> bool:
    return ("@" in value and " " not in value.strip()) or "email" in value


def _is_count(value: str) -> bool:
    return value.replace(",", "").replace(".", "").isdigit()


def _has_digits(value: str) -> bool:
    return sum(char.isdigit() for char in value) >= 6


def _is_code(value: str) -> bool:
    return _has_digits(value) or _BLOOD.match(value) is not None


_FITS = {
    "username": lambda value: _USERNAME.match(value) is not None,
    "email": _is_email,
    "birthdate": lambda value: _DATE.search(value) is not None,
    "phone": _has_digits,
    "address": lambda value: any(char.isdigit() for char in value),
    "count": _is_count,
    "url": lambda value: _URL.match(value) is not None,
    "code": _is_code,
}


def _is_latin(text: str) -> bool:
    words = words_of(text)
    known = sum(word in load_words().latin for word in words)
    return len(words) >= 3 and known >= _LATIN_SHARE * len(words)
