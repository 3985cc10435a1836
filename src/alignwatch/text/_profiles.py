"""Author profiles that a fake-data library made, recognised by the evidence in their fields."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from alignwatch.text._draft import Change, Draft, Line, words_of
from alignwatch.text._profile_fields import (
    Evidence,
    Field,
    find_fields,
    load_words,
    may_hold_profile,
)

__all__ = ["find_fake_profiles"]

# What a field adds; see docs/cleaning.md for why.
_WEIGHTS = {
    "heading": 2.0, "username": 2.0, "birthdate": 1.5, "latin": 3.0, "count": 1.5, "code": 1.5,
    "email": 1.5, "phone": 1.0, "address": 1.0, "titled": 0.5, "url": 0.5, "name": 0.5,
    "company": 0.5, "job": 0.5, "weak": 0.5, "bio": 0.5, "social": 0.5, "against": 0.0,
}  # fmt: skip
_SURE = frozenset({"heading", "username", "birthdate", "latin", "count", "code"})
_PROOF = frozenset({"heading", "latin"})
_CONTACTS = frozenset({"email", "phone", "address"})
_ENOUGH = 4.0
_ENOUGH_WITHOUT_MAIL = 4.5
_ENOUGH_WITHOUT_SURE = 6.0
_ENOUGH_AT_END = 2.5
_ENOUGH_TITLED = 3.0
_STRANGER = 1.0
_NAMESAKE = -2.0
_MOST_BETWEEN = 2
_MOST_BIO_LINES = 12
_MOST_CUT_CHARS = 40
_MOST_ADDRESS_CHARS = 60
_LEAST_SHARED = 3
_CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфыэіїєґ",
        [*"abvgdeziiklmnoprstufyeiieg"],
        strict=True,
    )
)


def find_fake_profiles(draft: Draft) -> Iterator[Change]:
    """Cut generated author profiles: fields in a row whose evidence suffices together."""
    if not may_hold_profile(draft):
        return
    lines = draft.lines
    for cluster in _cluster(find_fields(draft), lines):
        first, last = cluster[0], _with_tail(draft, cluster)
        rest = lines[last + 1 : last + 4]
        at_end = len(rest) <= 2 and all(_is_cut_off(line) for line in rest)
        if not _is_proved(cluster, at_end=at_end):
            continue
        if at_end:
            last = len(lines) - 1
        at = _with_head(draft, first.at)
        start = lines[at].outer_start if not first.start else lines[at].start + first.start
        yield Change(rule="fake-author", start=start, end=lines[last].outer_end)


def _cluster(fields: Iterable[Field], lines: Sequence[Line]) -> Iterator[list[Field]]:
    """Group fields with no more than two other lines between them; a biography may be longer."""
    cluster: list[Field] = []
    reach = 0
    for field in fields:
        if cluster and field.at - reach > _MOST_BETWEEN + 1:
            yield cluster
            cluster = []
        cluster.append(field)
        reach = field.at
        while field.label == "bio" and reach + 1 < len(lines) and not lines[reach + 1].gap:
            if reach - field.at >= _MOST_BIO_LINES:
                break
            reach += 1
    if cluster:
        yield cluster


def _with_head(draft: Draft, first: int) -> int:
    """Begin at the header of the table that holds the profile, or at its bracket."""
    lines, at = draft.lines, first
    while at and first - at < _MOST_BETWEEN and not lines[at].gap:
        above = lines[at - 1]
        framed = lines[at].text.startswith("|") and above.text.startswith("|")
        if not framed and any(char.isalnum() for char in above.text):
            break
        at -= 1
    return at


def _with_tail(draft: Draft, cluster: Sequence[Field]) -> int:
    """End behind what hangs on the last field: further lines of its value, a torn label."""
    lines, last = draft.lines, cluster[-1].at
    kinds = {cluster[-1].label, *(found.kind for found in cluster[-1].found)}
    spaced = len(cluster) > 2 and all(lines[field.at].gap for field in cluster[1:])
    far = spaced or any(
        found.kind in {"count", "social"} for field in cluster for found in field.found
    )
    parted = any(line.gap for line in lines[1:] if line.is_prose)
    while last + 1 < len(lines):
        line, above = lines[last + 1], lines[last]
        bulleted = line.is_item and above.is_item and line.text[0] == above.text[0]
        mark = not any(char.isalnum() for char in line.text)
        flows = not line.gap and parted and bool({"bio", "latin"} & kinds)
        address = not line.gap and "address" in kinds and len(line.text) <= _MOST_ADDRESS_CHARS
        row = not line.gap and line.text.startswith("|") and above.text.startswith("|")
        if not (mark or bulleted or flows or row or address or _is_torn_label(line, far=far)):
            break
        last += 1
    return last


def _is_torn_label(line: Line, *, far: bool) -> bool:
    """Whether the line is the beginning of a label, as a cut leaves it: "Birthd".

    Behind a blank line it is one only in blocks that have such lines between their fields (*far*).
    """
    key = line.key if line.is_short and len(line.head) <= 2 else ""
    if not key:
        return False
    words = load_words()
    if key in words.socials or (far and any(name.startswith(key) for name in words.socials)):
        return True
    return (far or not line.gap) and any(label.startswith(key) for label in words.labels)


def _is_proved(cluster: Sequence[Field], *, at_end: bool) -> bool:
    found = [evidence for field in cluster for evidence in field.found]
    # each kind counts once; follower counts and links come once per network
    kinds = {evidence.kind for evidence in found}
    ties = _compare_names(found)
    against = {evidence.value for evidence in found if evidence.kind == "against"}
    total = sum(_WEIGHTS[kind] for kind in kinds) + sum(ties) - len(against)
    sure, contacts = kinds & _SURE, kinds & _CONTACTS
    stranger = _STRANGER in ties
    if not sure:
        return len(contacts) == len(_CONTACTS) and stranger and total >= _ENOUGH_WITHOUT_SURE
    if sure == {"birthdate"} and not stranger:
        # sheets of members of parliament give birthdates and addresses too, with their party
        private = contacts == _CONTACTS and bool(kinds & {"company", "job"}) and not against
        return private and total >= _ENOUGH_WITHOUT_SURE
    tied = bool(contacts) or stranger or {"company", "job"} <= kinds
    if total >= _ENOUGH and ("email" in kinds or (len(sure) > 1 and (tied or sure & _PROOF))):
        return True
    if tied and total >= _ENOUGH_WITHOUT_MAIL:
        return True
    if against or not sure & {"heading", "username"}:
        return False
    titled = {"titled", "username", "name"} <= kinds
    return (at_end and total >= _ENOUGH_AT_END) or (titled and total >= _ENOUGH_TITLED)


def _compare_names(found: Sequence[Evidence]) -> list[float]:
    """Weigh whether mail address and user name are made of the name; a library draws them apart."""
    names = [_letters(e.value) for e in found if e.kind == "name" and e.value]
    tokens = [token for name in names for token in name.split() if len(token) >= _LEAST_SHARED]
    if not tokens:
        return []
    ties = []
    mails = [e.value.partition("@")[0] for e in found if e.kind == "email"]
    users = [e.value for e in found if e.kind == "username"]
    for handle in [*mails[:1], *users[:1]]:
        letters = _letters(handle).replace(" ", "")
        if len(letters) < _LEAST_SHARED or letters in load_words().mailboxes:
            continue
        shared = [_share(token, letters) for token in tokens]
        if not any(shared):
            ties.append(_STRANGER)
        elif any(shared[1:]) and handle in mails:
            # first names are shared by chance, family names are not
            ties.append(_NAMESAKE)
    return ties


def _share(token: str, handle: str) -> bool:
    """Whether a handle has the first letters of a name, or the name holds all of it."""
    return token[:4] in handle or handle in token


def _letters(text: str) -> str:
    """Give the Latin letters of *text*, those of other alphabets as far as they are plain."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    spelled = "".join(_CYRILLIC.get(char, char) for char in plain)
    return "".join(char if "a" <= char <= "z" else " " * (char in " -") for char in spelled)


def _is_cut_off(line: Line) -> bool:
    """Whether the line may be the torn end of a profile: "linkedin:", "\u2022 Use", "Adi"."""
    if len(line.text) > _MOST_CUT_CHARS:
        return False
    return line.is_item or line.text.endswith(":") or len(words_of(line.text)) <= 2
