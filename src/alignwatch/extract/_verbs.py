"""How a word of the lexicon stands in its clause: as a verb, in the passive, as a participle."""

from collections.abc import Sequence

from alignwatch.extract._inflect import is_unchanging
from alignwatch.extract._lexicon import Entry
from alignwatch.extract._tokens import Token
from alignwatch.model import Kind

__all__ = [
    "ARTICLES",
    "asking_others",
    "is_attribute",
    "is_described",
    "is_participle",
    "is_passive",
    "reads_as_verb",
]

_NOUN_BEFORE = frozenset({"det", "poss", "num"})
_OPENS_OBJECT = frozenset({"det", "actor", "pron"})
_POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})
_SUBJECTS = frozenset(
    {"officials", "forces", "troops", "leaders", "who", "governments", "powers", "countries"}
)
_SKIP = frozenset(
    {
        *("also", "not", "never", "now", "then", "even", "still", "already", "jointly"),
        *("recently", "only", "just", "again", "further", "always", "often"),
    }
)
_HAVE = frozenset({"have", "has", "had", "having", "'ve"})
_AGENT = 9
"""Tokens within which "by X" names who did it."""

_CLOSES = frozenset({"verb", "aux", "comma", "strong", "rel", "conj"})


def _before(tokens: Sequence[Token], first: int) -> Token | None:
    """The token before *first*, adverbs and negations left aside."""
    at = first - 1
    while at >= 0 and (
        tokens[at].low in _SKIP or tokens[at].low.endswith("ly") or tokens[at].sort == "neg"
    ):
        at -= 1
    return tokens[at] if at >= 0 else None


def reads_as_verb(tokens: Sequence[Token], first: int, last: int, form: str) -> bool:
    """Whether the word at *first*, a verb as well as a noun by its form, is a verb here."""
    token = _before(tokens, first)
    after = tokens[last].sort if last < len(tokens) else ""
    governs = after in _OPENS_OBJECT
    if token is None:
        verb = governs and form != "ing"
    elif token.low == "to" or token.sort in {"aux", "pron", "rel"}:
        verb = token.low not in _POSSESSIVES
    elif token.sort in _NOUN_BEFORE or token.sort == "prep":
        verb = form == "ing" and token.sort == "prep"
    elif token.name is not None:
        named = governs or after == "num" or (after == "cap" and form == "s")
        verb = token.name.form != "demonym" and form != "base" and named
    else:
        verb = governs and (token.sort in {"comma", "conj"} or token.low in _SUBJECTS)
    return verb


def is_passive(tokens: Sequence[Token], first: int, form: str, be: frozenset[str]) -> bool:
    if form not in {"past", "part"} and not (form == "base" and is_unchanging(tokens[first].low)):
        return False
    token = _before(tokens, first)
    if token is not None and token.low in be:
        return True
    if first + 1 < len(tokens) and tokens[first + 1].low == "by":
        return True
    return form == "part" and token is not None and token.low not in _HAVE


def is_participle(tokens: Sequence[Token], first: int, last: int, form: str) -> bool:
    """Whether a thing is told of by who gave it: "drones sent to Y by X"."""
    if form not in {"past", "part"} or last >= len(tokens) or tokens[last].sort != "prep":
        return False
    before = _before(tokens, first)
    if before is None or before.sort not in {"word", "comma", "cap"}:
        return False
    for at in range(last, min(len(tokens) - 1, last + _AGENT)):
        if tokens[at].low == "by":
            behind = tokens[at + 1 : at + 4]
            return any(token.sort in {"actor", "poss"} for token in behind)
        if tokens[at].sort in _CLOSES:
            return False
    return False


def asking_others(
    tokens: Sequence[Token], at: int, entries: Sequence[Entry], be: frozenset[str]
) -> Sequence[Entry]:
    """Leave out that who wants asks another: "wants to help X" asks nothing of X."""
    if at + 2 >= len(tokens) or tokens[at + 1].low != "to":
        return entries
    following = tokens[at + 2]
    if following.sort not in {"verb", "word", "aux"} or following.capital:
        return entries
    return [
        entry
        for entry in entries
        if entry.kind is not Kind.DEMAND
        or entry.part != "v"
        or len(entry.words) > 1
        or is_passive(tokens, at, entry.form, be)
    ]


def is_described(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at *at* stands where a noun does: "the sign", "a clear sign"."""
    before = at - 1
    while before > max(0, at - 3) and tokens[before].sort == "word":
        before -= 1
    if before < 0:
        return False
    sort = tokens[before].sort
    return sort in {"det", "poss"} or (sort == "prep" and before == at - 1)


def is_attribute(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle only describes what follows: "returned a seized ship to X"."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if not at or following is None or following.sort != "word":
        return False
    before = tokens[at - 1]
    counted = (before.sort == "num" or before.low in _COUNTS) and not (
        at > 1 and tokens[at - 2].sort in {"det", "poss"}
    )
    return counted or before.low in ARTICLES


_COUNTS = frozenset({"two", "three", "four", "several", "some", "many"})
ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her"})
"""Words behind which a noun stands, and no verb."""
