"""Author profiles that a fake-data library made, recognised by the evidence in their fields."""

import functools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

import attrs

from alignwatch.text._draft import Change, Draft, Line, key_of, words_of

__all__ = ["find_fake_profiles"]

# matches "Name : X", "**Name:** X", "Name | X", "Name   X" and the same in JSON
_FIELD = re.compile(
    r"[\W_]{0,6}([^\W\d_][^\n:=|\t]{0,28}?)[\"*_]{0,3}\s{0,3}(?:[:\uff1a=|\t]|\s[\u2013\u2014-]\s|\s{2,})[\"*_\s]{0,4}(.*)$"
)
_MOST_FIELD_CHARS = 44
_LEAST_LABELS = 3
_FIELD_SIGNS = (":", "=", "|", "\uff1a", "  ", " - ", " \u2013 ", " \u2014 ")
# the same, several in one line: "Name: X, Username: Y | Email: Z" has these ends of labels
_LABEL_END = re.compile(r"[:\uff1a=]")
_LABEL_WORDS = re.compile(r"[^\W\d_][\w'-]*(?:[ \t][\w'-]+){0,2}[ \t]{0,2}$")
_LABEL_WORD = re.compile(r"[\w'-]+")
_MOST_LABEL_CHARS = 40
_DATE = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|[^\W\d_]{3,}\.?\s\d{1,2},?\s\d{4}"
)
_USERNAME = re.compile(r"@?[\w.+-]{2,40}$")
_URL = re.compile(r"(?:https?://|www\.|@)\S+|[\w.-]+\.(?:com|net|org|biz|info)\b", re.IGNORECASE)
_LATIN_SHARE = 0.5
# Weights: what a field adds. The `_SURE` kinds prove a profile two by two.
_WEIGHTS = {
    "heading": 2.0, "username": 2.0, "birthdate": 1.5, "latin": 3.0, "count": 1.5, "email": 1.5,
    "phone": 1.0, "address": 1.0, "url": 1.0, "name": 0.5, "weak": 0.5, "bio": 0.5, "social": 0.5,
}  # fmt: skip
_SURE = frozenset({"heading", "username", "birthdate", "latin", "count"})
_ENOUGH = 4.0
_ENOUGH_AT_END = 2.5
_MOST_BETWEEN = 2
_MOST_CUT_CHARS = 40


@attrs.frozen
class _Words:
    labels: Mapping[str, str]
    headings: frozenset[str]
    bio_headings: frozenset[str]
    socials: frozenset[str]
    latin: frozenset[str]
    lines: Mapping[str, tuple[tuple[str, ...], int] | str]


@functools.cache
def _load() -> _Words:
    source = (files("alignwatch.text") / "data" / "profiles.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    social = (("social",), 0)
    return _Words(
        labels=table["labels"],
        headings=frozenset(table["headings"]),
        bio_headings=frozenset(table["bio_headings"]),
        socials=frozenset(table["socials"]),
        latin=frozenset(table["latin"]["words"].split()),
        lines={
            **table["labels"],
            **dict.fromkeys((*table["bio_headings"], *table["socials"]), social),
            **dict.fromkeys(table["headings"], (("heading",), 0)),
        },
    )


@attrs.frozen
class _Field:
    """A line of a profile: `kinds` of evidence in it, and where in the line the profile begins."""

    at: int
    kinds: tuple[str, ...]
    start: int = 0


def find_fake_profiles(draft: Draft) -> Iterator[Change]:
    """Cut generated author profiles: fields in a row whose evidence suffices together."""
    lines = draft.lines
    for cluster in _cluster(_find_fields(draft)):
        first, last = cluster[0], cluster[-1].at
        rest = lines[last + 1 :]
        at_end = len(rest) <= 2 and all(_is_cut_off(line) for line in rest)
        if not _is_proved([kind for field in cluster for kind in field.kinds], at_end=at_end):
            continue
        if not _may_hold_profile(draft.text):
            return
        if at_end:
            last = len(lines) - 1
        first = _with_table_head(draft, first)
        start = (
            lines[first.at].outer_start if not first.start else lines[first.at].start + first.start
        )
        yield Change(rule="fake-author", start=start, end=lines[last].outer_end)


# No profile is proved without a user name, a birthdate, follower counts, or a heading of its own.
_SIGNS = (
    *("username", "user name", "follower", "birthdate", "birth date", "birthday", "date of birth"),
    *("login", "nickname", "handle", "dob"),
)


def _may_hold_profile(text: str) -> bool:
    folded = text.casefold()
    if any(sign in folded for sign in _SIGNS):
        return True
    return any(heading in folded for heading in _load().headings)


def _with_table_head(draft: Draft, first: _Field) -> _Field:
    """Begin at the header of the table that holds the profile."""
    lines, at = draft.lines, first.at
    while at and lines[at].text.startswith("|") and lines[at - 1].text.startswith("|"):
        if lines[at].gap or first.at - at >= _MOST_BETWEEN:
            break
        at -= 1
    return first if at == first.at else _Field(at, first.kinds)


def _find_fields(draft: Draft) -> Iterator[_Field]:
    known, lines = draft.notes.fields, draft.lines
    waiting: str | None = None
    for at, line in enumerate(lines):
        if waiting is not None:
            kind, waiting = waiting, None
            yield _Field(at, (_judge(kind, line.text) or "weak",))
            continue
        if line.text not in known:
            known[line.text] = _read_field(line)
        field = known[line.text]
        if field is None:
            continue
        if isinstance(field, str) and at + 1 < len(lines):
            waiting = field
            yield _Field(at, ())
        elif isinstance(field, str):
            yield from (_Field(at, kinds, start) for kinds, start in _fields_in(line))
        else:
            yield _Field(at, *field)


def _read_field(line: Line) -> tuple[tuple[str, ...], int] | str | None:
    """Give the evidence in a line and where it begins, or the kind of what the next line holds."""
    if line.is_short and line.key in _load().lines:
        return _load().lines[line.key]
    return next(_fields_in(line), None) if _may_hold_field(line.text) else None


def _may_hold_field(text: str) -> bool:
    """Whether a label may end near the line's beginning, or three in it."""
    head = text[:_MOST_FIELD_CHARS]
    if any(map(head.__contains__, _FIELD_SIGNS)) or not head.isprintable():
        return True
    return text.count(":") + text.count("=") >= _LEAST_LABELS


def _fields_in(line: Line) -> Iterator[tuple[tuple[str, ...], int]]:
    words = _load()
    if line.text.count(":") + line.text.count("=") >= _LEAST_LABELS and _may_hold_profile(
        line.text
    ):
        spots = list(_labels_in(line.text))
        if len(spots) >= _LEAST_LABELS:
            ends = [*(start for start, _, _ in spots[1:]), len(line.text)]
            kinds = [
                _judge(words.labels.get(key, "heading"), line.text[colon:end].strip(' ,;|"*'))
                for (_, colon, key), end in zip(spots, ends, strict=True)
            ]
            before = line.text[: spots[0][0]].rstrip(' *\u2022-|"{([')
            start = spots[0][0] if before and before[-1] in '.!?"\u201d' else 0
            yield tuple(kind for kind in kinds if kind), start
            return
    found = _FIELD.match(line.text)
    if found is None:
        return
    key = key_of(found[1])
    network, _, rest = key.partition(" ")
    # "twitter followers" is a label as "followers" is
    kind = words.labels.get(rest if rest and network in words.socials else key)
    if kind is None and key in words.socials:
        kind = "weak"
    judged = kind and _judge(kind, found[2].strip(' |*"_,'))
    if judged:
        yield (judged,), 0


def _labels_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Give start, end and words of each label: the longest one that ends at a colon."""
    words = _load()
    for end in _LABEL_END.finditer(text):
        at = end.start()
        found = _LABEL_WORDS.search(text, max(0, at - _MOST_LABEL_CHARS), at)
        for word in _LABEL_WORD.finditer(text, found.start(), at) if found else ():
            key = key_of(text[word.start() : at])
            if key in words.labels or key in words.headings:
                yield word.start(), end.end(), key
                break


def _judge(kind: str, value: str) -> str | None:
    """Give the evidence that *value* is under a label of *kind*, None where it does not fit."""
    if kind in {"weak", "name", "heading"}:
        return kind if len(value) <= 120 else None
    if kind == "bio":
        return "latin" if _is_latin(value) else "bio"
    fits = {
        "username": _USERNAME.match(value) is not None,
        "email": ("@" in value and " " not in value) or "email" in value,
        "birthdate": _DATE.search(value) is not None,
        "phone": sum(char.isdigit() for char in value) >= 6,
        "address": any(char.isdigit() for char in value),
        "count": value.replace(",", "").replace(".", "").isdigit(),
        "url": _URL.match(value) is not None,
    }
    return kind if fits[kind] or not value else None


def _is_latin(text: str) -> bool:
    words = words_of(text)
    known = sum(word in _load().latin for word in words)
    return len(words) >= 3 and known >= _LATIN_SHARE * len(words)


def _cluster(fields: Iterable[_Field]) -> Iterator[list[_Field]]:
    """Group fields with no more than two other lines between them."""
    cluster: list[_Field] = []
    for field in fields:
        if cluster and field.at - cluster[-1].at > _MOST_BETWEEN + 1:
            yield cluster
            cluster = []
        cluster.append(field)
    if cluster:
        yield cluster


def _is_proved(kinds: list[str], *, at_end: bool) -> bool:
    # each kind counts once; follower counts and links come once per network
    evidence = set(kinds)
    total = sum(_WEIGHTS[kind] for kind in evidence)
    sure = len(evidence & _SURE)
    if sure >= 2 or (sure and "email" in evidence):
        return total >= _ENOUGH
    return at_end and sure == 1 and total >= _ENOUGH_AT_END


def _is_cut_off(line: Line) -> bool:
    """Whether the line may be the torn end of a profile: "linkedin:", "\u2022 Use", "Adi"."""
    if len(line.text) > _MOST_CUT_CHARS:
        return False
    return line.is_item or line.text.endswith(":") or len(line.head) <= 2
