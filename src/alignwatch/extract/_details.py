"""What goes with a claim: its period, its amounts, whether it grows or shrinks."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise, takewhile

from alignwatch.extract._dates import find_dates
from alignwatch.extract._quantities import find_quantities
from alignwatch.extract._scene import Scene, first_words
from alignwatch.extract._tokens import Token
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind, Quantity, Span, Trend, When

__all__ = ["find_amounts", "find_period", "find_trend"]

# kinds whose amounts are of the thing itself: so many shells, barrels, soldiers, dollars
_COUNTED = frozenset(
    {
        Kind.ARMS_TRANSFER,
        Kind.TECHNOLOGY,
        Kind.TROOPS,
        Kind.LABOR,
        Kind.TRADE,
        Kind.ENERGY,
        Kind.INVESTMENT,
        Kind.AID,
        Kind.SANCTIONS,
        Kind.ATTACK,
        Kind.EXERCISE,
        Kind.CONCESSION,
        Kind.MILITARY_COOPERATION,
        Kind.ECONOMIC_COOPERATION,
        Kind.TREATY,
    }
)
# who acts, not how much: "the 2 leaders", "143 countries"
_PARTIES = frozenset(
    {"country", "nation", "state", "leader", "minister", "president", "side", "party", "member"}
)
# matches what a strike took: "killed ", "claimed the lives of "
_TOLL = re.compile(
    r"\b(?:kill(?:ed|s|ing)|wound(?:ed|ing)|injur(?:ed|ing)|claim(?:ed|ing|s)|destroy(?:ed|ing)"
    r"|left|displac(?:ed|ing)|captur(?:ed|ing)|fir(?:ed|ing)|launch(?:ed|ing))\W+(?:[a-z]+ ){0,3}$"
)
_BODIES = frozenset(
    {Kind.ATTACK, Kind.TROOPS, Kind.LABOR, Kind.EXERCISE, Kind.MILITARY_COOPERATION}
)
# kinds that hold over time: a tie may grow, an act may not
_LASTING = frozenset(
    {
        Kind.PARTNERSHIP,
        Kind.MILITARY_COOPERATION,
        Kind.ECONOMIC_COOPERATION,
        Kind.TRADE,
        Kind.ARMS_TRANSFER,
        Kind.TECHNOLOGY,
        Kind.SANCTIONS,
        Kind.RIVALRY,
        Kind.INVESTMENT,
        Kind.ENERGY,
        Kind.EXERCISE,
        Kind.PREFERENCE,
        Kind.INTELLIGENCE,
        Kind.AID,
        Kind.LABOR,
        Kind.SUPPORT,
    }
)
# matches what dates a thing: "2024", "June", "Tuesday", "last month", "two days ago"; "today" and
# "this week" do not count, which mean "nowadays" as often
_CALENDAR = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|[Yy]esterday|[Tt]omorrow|\b(?:days?|months?|years?) ago\b|[Ll]ast week\b"
    r"|\b(?:[Ll]ast|[Pp]revious|[Nn]ext|[Pp]ast) (?:month|year)\b"
)
# matches a year that is part of a name: "2016 Summit"
_NAMED_YEAR = re.compile(r"\d{4} [A-Z]")
# matches a capitalised word before a year: "ASEAN 2022 Chair"
_NAME_BEFORE = re.compile(r"(?<![.!?] )\b(?!(?:In|On|By|Since|During|The|From|Until)\b)[A-Z]\w+ $")
# matches a purpose, which has no date of its own: " to deepen"
_PURPOSE = re.compile(r" to [a-z]")
# matches what another event only stands beside: "joined in 2023 following the invasion"
_BESIDE = re.compile(r" (?:following|after|before|amid|despite|since|ahead of) ")
# matches what hangs on what was told, between it and a date: "tanks that they ordered in 2022"
_HANGS_ON = re.compile(r" (?:that|which|who|when|where|whose|because) ")
# matches another sentence joined to this one: ", and the navies drilled"
_JOINED = re.compile(r", (?:and|but|while) [^,;]*\b(?:is|are|was|were|has|have|had|will|\w+ed)\b")
# matches a telling before a date: "said on ", "told reporters "
_TOLD_ON = re.compile(
    r"\b(?:said|says|told|announced|reported|added|wrote|stated|confirmed)(?: \w+)?(?: here)?"
    r"(?: (?:on|late|early))? $"
)
# matches a telling behind a date: " accused", " on Thursday denied"
_TELLS = re.compile(
    r" (?:said|told|accused|denied|warned|announced|claimed|alleged|rejected|dismissed|blamed)\b"
)
# matches the line that says where and when an article was written: "OSLO, June 10 (Wire) - "
_DATELINE = re.compile(r"[A-Z][A-Z .'-]+,? [^-\u2013\u2014]{0,40}? ?[-\u2013\u2014] ")
# matches a comparison before a date: "than we were a year ago"
_THAN = re.compile(r"\bthan\b[^,;]{0,25}$")
# matches a word before a date that bounds something else by it: "before 2022"
_BOUND = re.compile(r"\b(?:before|until|prior to|by|than|after)\s+(?:the\s+)?$", re.IGNORECASE)
# matches where a clause ends: "; ", ", which", ", while", " but "
_CLAUSE = re.compile(
    r"[;:()]|,\s+(?:which|who|while|whereas|although|though|but|when|where)\b| but "
)
# matches a relative clause between commas: ", which joined in 2019,"
_ASIDE = re.compile(r", (?:which|who|whose|where)\b[^,;]*(?=,)")
_BREAKS = frozenset({"strong", "rel"})
_NEAR, _FAR = 60, 160
# what stands between a noun and its verb: "trade between X and Y", "ties with the X government"
_PARTNERS = frozenset({"between", "with", "and", "among", "the", "of", "to", "from", "its", "both"})
_SENSES = {"up": Trend.UP, "down": Trend.DOWN}
_MARGINS = frozenset(
    {"from", "by", "on", "sharply", "slightly", "over", "more", "nearly", "about", "$"}
)
_REACH = 24
_QUOTES = frozenset('\u201c\u201d"')


@lru_cache(maxsize=256)
def _dates(sentence: str, published: date | None) -> tuple[tuple[Span, When], ...]:
    return find_dates(sentence, published=published)


@lru_cache(maxsize=256)
def _is_dated(sentence: str) -> bool:
    return _CALENDAR.search(sentence) is not None


@lru_cache(maxsize=256)
def _quantities(sentence: str) -> tuple[tuple[Span, Quantity], ...]:
    return find_quantities(sentence)


def _holes(sentence: str, at: int) -> list[tuple[int, int]]:
    """Relative clauses between commas that the word at *at* stands outside of."""
    spans = (match.span() for match in _ASIDE.finditer(sentence))
    return [(start, end) for start, end in spans if not start <= at < end]


def _is_inside(span: Span, holes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in holes)


def _clause(sentence: str, at: int, holes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    start, end = 0, len(sentence)
    for match in _CLAUSE.finditer(sentence):
        if any(first <= match.start() < last for first, last in holes):
            continue
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            end = match.start()
            break
    return start, end


def find_period(
    sentence: str, at: int, published: date | None, kind: Kind | None = None
) -> When | None:
    """Give the period of what the word at offset *at* tells.

    It is a date that opens the sentence or the nearest one of the word's clause; None where only
    "today" or "before 2022" is said. What holds over time (see *kind*) is not dated by the act that
    serves it: "signed a treaty in May to deepen their ties".
    """
    if not _is_dated(sentence):
        return None
    holes = _holes(sentence, at)
    start, end = _clause(sentence, at, holes)
    best: tuple[int, When] | None = None
    for span, when in _dates(sentence, published):
        told = span.slice(sentence)
        if not _CALENDAR.search(told) or _BOUND.search(sentence[: span.start]):
            continue
        if _is_inside(span, holes) or _is_of_another(sentence, span, at, kind):
            continue
        opening = span.start <= 12
        inside = start <= span.start and span.end <= end
        distance = span.start - at if span.start >= at else (at - span.end) * 2
        if opening:
            distance = min(distance, _NEAR)
        if _NAMED_YEAR.match(sentence, span.start):
            distance += _NEAR
        elif not inside or distance > _FAR:
            continue
        if best is None or distance < best[0]:
            best = (distance, when)
    return None if best is None else best[1]


def _is_of_another(sentence: str, span: Span, at: int, kind: Kind | None) -> bool:
    """Whether a date belongs to something beside what the word at *at* tells, or to a name."""
    if _NAMED_YEAR.match(sentence, span.start) and _NAME_BEFORE.search(sentence[: span.start]):
        return True
    if _THAN.search(sentence[: span.start]) or _is_of_telling(sentence, span):
        return True
    if span.end > at:
        between = sentence[at : span.start]
        return _HANGS_ON.search(between) is not None or _JOINED.search(between) is not None
    serves = kind in _LASTING and _PURPOSE.search(sentence, span.end, at) is not None
    return serves or _BESIDE.search(sentence, span.end, at) is not None


def _is_of_telling(sentence: str, span: Span) -> bool:
    """Whether a date says when somebody told it, or when the article was written."""
    if _TELLS.match(sentence, span.end) or _TOLD_ON.search(sentence[: span.start]):
        return True
    dateline = _DATELINE.match(sentence)
    return dateline is not None and span.end <= dateline.end()


def find_amounts(sentence: str, at: int, kind: Kind) -> tuple[Quantity, ...]:
    """Give the amount that goes with the word at offset *at*: the nearest of its clause, if any."""
    if kind not in _COUNTED:
        return ()
    holes = _holes(sentence, at)
    start, end = _clause(sentence, at, holes)
    best: tuple[int, Quantity] | None = None
    for span, quantity in _quantities(sentence):
        tolls = kind is Kind.ATTACK and _TOLL.search(sentence[: span.start]) is not None
        if not (start <= span.start and span.end <= end) and not (tolls and span.start > at):
            continue
        if (_is_inside(span, holes) and not tolls) or _is_beside(quantity, kind):
            continue
        distance = span.start - at if span.start >= at else at - span.end
        near = kind is Kind.TREATY or (kind is Kind.ATTACK and not tolls)
        if distance <= (_NEAR if near else _FAR) and (best is None or distance < best[0]):
            best = (distance, quantity)
    return () if best is None else (best[1],)


def _is_beside(quantity: Quantity, kind: Kind) -> bool:
    """Whether an amount is not one of the thing: money for soldiers, "2 leaders", 5 articles."""
    is_money = quantity.unit is not None and quantity.unit.isupper()
    if kind is Kind.TREATY:
        return not is_money
    return quantity.unit in _PARTIES or (kind in _BODIES and is_money)


def find_trend(scene: Scene, trigger: Trigger, kind: Kind) -> Trend | None:
    """Tell whether the words around the trigger say that the tie grows or shrinks.

    They are the words right before it, and behind it and its partners ("trade with X has ...")
    those of the verb; ", up from" counts as far as the next clause.
    """
    if kind not in _LASTING:
        return None
    words, tokens = scene.lexicon.words, scene.tokens
    up, down = words["trend.up"], words["trend.down"]
    openers = first_words(words.union("trend.up", "trend.down"))
    told = scene.word_set()
    if told.isdisjoint(openers) and told.isdisjoint(_SENSES):
        return None
    own = scene.lows(trigger.first, trigger.last)
    before = _until_break(reversed(tokens[max(0, trigger.first - 5) : trigger.first]), _BREAKS)
    after = _predicate(scene, trigger.last)
    for part in (own, [*reversed(before)], after):
        for word, following in pairwise([*part, ""]):
            two = f"{word} {following}"
            if word in down or two in down:
                return Trend.DOWN
            if (word in up and two != "more than") or two in up:
                return Trend.UP
    return _compared(tokens, trigger.last)


def _predicate(scene: Scene, at: int) -> list[str]:
    """The words behind a noun and its partners: "(trade) between X and Y (has grown)"."""
    tokens = scene.tokens
    while at < len(tokens) and (
        tokens[at].sort in {"actor", "poss"} or tokens[at].low in _PARTNERS
    ):
        at += 1
    if at < len(tokens) and tokens[at].low in {"that", "which"}:
        at += 1
    return _until_break(tokens[at : at + 5], _BREAKS | {"comma"})


def _compared(tokens: Sequence[Token], at: int) -> Trend | None:
    """Read ", up from $20 billion", "(down 5 percent)"."""
    for before, token, behind in zip(
        tokens[at : at + _REACH], tokens[at + 1 :], tokens[at + 2 :], strict=False
    ):
        if token.sort == "rel" or token.low == ";":
            return None
        opens = before.low in {",", "(", "\u2014", "-"}
        if opens and token.low in _SENSES and (behind.sort == "num" or behind.low in _MARGINS):
            return _SENSES[token.low]
    return None


def _until_break(tokens: Iterable[Token], breaks: frozenset[str]) -> list[str]:
    return [
        token.low
        for token in takewhile(
            lambda token: token.sort not in breaks or token.low in _QUOTES, tokens
        )
    ]
