"""What goes with a claim: its period and its amounts."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from alignwatch.extract._dates import find_dates
from alignwatch.extract._quantities import find_quantities
from alignwatch.extract._trend import LASTING
from alignwatch.model import Kind, Quantity, Span, When

__all__ = ["find_amounts", "find_period"]

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
    | {"official", "source", "diplomat", "lawmaker", "expert", "analyst", "envoy", "report"}
)
# matches what a strike took: "killed ", "claimed the lives of "
_TOLL = re.compile(
    r"\b(?:kill(?:ed|s|ing)|wound(?:ed|ing)|injur(?:ed|ing)|claim(?:ed|ing|s)|destroy(?:ed|ing)"
    r"|left|displac(?:ed|ing)|captur(?:ed|ing)|fir(?:ed|ing)|launch(?:ed|ing))\W+(?:[a-z]+ ){0,3}$"
)
_BODIES = frozenset(
    {Kind.ATTACK, Kind.TROOPS, Kind.LABOR, Kind.EXERCISE, Kind.MILITARY_COOPERATION}
)
# matches what dates a thing: "2024", "June", "Tuesday", "last month", "two days ago"; "today" and
# "this week" do not count, which mean "nowadays" as often
_CALENDAR = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|[Yy]esterday|[Tt]omorrow|\b(?:days?|months?|years?) ago\b|[Ll]ast week\b"
    r"|century\b|\b(?:[Ll]ast|[Nn]ext) (?:spring|summer|autumn|fall)\b"
    r"|\b(?:[Ll]ast|[Pp]revious|[Nn]ext|[Pp]ast) (?:month|year)\b"
)
# matches what narrows a running month or year: "earlier this month"
_WITHIN = re.compile(r"\b(?:[Ee]arlier|[Ll]ater|[Ss]o far|[Ee]arly|[Ll]ate) $")
# matches "earlier this month", "later this year"
_RUNNING = re.compile(r"\b(?:[Ee]arlier|[Ll]ater|[Ss]o far|[Ee]arly|[Ll]ate) this (?:month|year)\b")
# matches what looks ahead: "will ", " to visit", "next month", "upcoming "
_AHEAD = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|to|next|upcoming|scheduled|planned|due|expected"
    r"|tomorrow|until|by|from|ahead|if|should|'ll|is|are|later)\b"
)
# matches an event that bears its year: "2022 Winter Olympic Games"
_EVENT = re.compile(
    r"\d{4} (?:[A-Z]\w+ ){0,3}"
    r"(?:Games|Olympics?|Summit|Conference|Cup|Report|Act|Review|Election|Dialogue|Forum)\b"
)
# matches what makes "the last year" the twelve months up to now: "over the "
_OVER = re.compile(r"\b(?:over|in|during|reviewed) the $")
_MEETINGS = frozenset({Kind.CONSULTATION, Kind.TREATY, Kind.EXERCISE, Kind.NORMALIZATION})
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
# matches where a clause ends: "; it was", ", which", ", while", " but "; not "Rome, Italy; Oslo"
_CLAUSE = re.compile(
    r";(?=[^;]*\b(?:is|are|was|were|has|have|had|will|would|said|\w+ed)\b)"
    r"|:|\((?!(?:\d|[A-Z][a-z]+ \d))|(?<!\d)\)"
    r"|,\s+(?:which|who|while|whereas|although|though|but|when|where)\b| but "
)
# matches a relative clause between commas: ", which joined in 2019,"
_ASIDE = re.compile(r", (?:which|who|whose|where)\b[^,;]*(?=,)")
_NEAR, _FAR = 60, 160


@lru_cache(maxsize=256)
def _dates(sentence: str, published: date | None) -> tuple[tuple[Span, When], ...]:
    return find_dates(sentence, published=published)


# one of these stands in whatever `_CALENDAR` or `_RUNNING` matches without a digit
_STEMS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    *("day", "omorrow", " ago", "ast ", "ext ", "revious ", "century", " this "),
)
_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=256)
def _is_dated(sentence: str) -> bool:
    if _DIGIT.search(sentence):
        return True
    if not any(stem in sentence for stem in _STEMS):
        return False
    return _CALENDAR.search(sentence) is not None or _RUNNING.search(sentence) is not None


@lru_cache(maxsize=256)
def _quantities(sentence: str) -> tuple[tuple[Span, Quantity], ...]:
    return find_quantities(sentence)


@lru_cache(maxsize=256)
def _asides(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple([match.span() for match in _ASIDE.finditer(sentence)])


@lru_cache(maxsize=256)
def _clause_ends(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple([match.span() for match in _CLAUSE.finditer(sentence)])


def _holes(sentence: str, at: int) -> list[tuple[int, int]]:
    """Relative clauses between commas that the word at *at* stands outside of."""
    return [(start, end) for start, end in _asides(sentence) if not start <= at < end]


def _is_inside(span: Span, holes: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span.start and span.end <= end for start, end in holes)


def _clause(sentence: str, at: int, holes: Sequence[tuple[int, int]]) -> tuple[int, int]:
    start, end = 0, len(sentence)
    for left, right in _clause_ends(sentence):
        if holes and any(first <= left < last for first, last in holes):
            continue
        if right <= at:
            start = right
        elif left >= at:
            end = left
            break
    return start, end


def find_period(
    sentence: str,
    at: int,
    published: date | None,
    kind: Kind | None = None,
    *,
    planned: bool = False,
) -> When | None:
    """Give the period of what the word at offset *at* tells.

    It is a date that opens the sentence or the nearest one of the word's clause; None where only
    "today" or "before 2022" is said. What holds over time (see *kind*) is not dated by the act that
    serves it: "signed a treaty in May to deepen their ties". What is not *planned* lies behind.
    """
    dates = _dates(sentence, published) if _is_dated(sentence) else ()
    if not dates:
        return None
    holes = _holes(sentence, at)
    start, end = _clause(sentence, at, holes)
    best: tuple[int, When] | None = None
    for span, when in dates:
        told = span.slice(sentence)
        within = _WITHIN.search(sentence[: span.start]) is not None
        if not (within or _CALENDAR.search(told)) or _BOUND.search(sentence[: span.start]):
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
    if best is None or planned:
        return None if best is None else best[1]
    return _as_told(best[1], sentence, published)


def _as_told(when: When, sentence: str, published: date | None) -> When:
    """The same month or day a year before, where what is told as done would lie ahead."""
    ahead = published is not None and when.start > published
    if not ahead or _AHEAD.search(sentence) or str(when.start.year) in sentence:
        return when
    try:
        start, end = (day.replace(year=day.year - 1) for day in (when.start, when.end))
    except ValueError:  # 29 February
        return when
    return When(start=start, end=end, precision=when.precision)


def _is_of_another(sentence: str, span: Span, at: int, kind: Kind | None) -> bool:
    """Whether a date belongs to something beside what the word at *at* tells, or to a name."""
    if _NAMED_YEAR.match(sentence, span.start) and _NAME_BEFORE.search(sentence[: span.start]):
        return True
    named = kind is not None and kind not in _MEETINGS and _EVENT.match(sentence, span.start)
    vague = span.slice(sentence)[:4] in {"last", "past"} and _OVER.search(sentence[: span.start])
    if named or vague:
        return True
    if _THAN.search(sentence[: span.start]) or _is_of_telling(sentence, span):
        return True
    if span.end > at:
        between = sentence[at : span.start]
        return _HANGS_ON.search(between) is not None or _JOINED.search(between) is not None
    serves = kind in LASTING and _PURPOSE.search(sentence, span.end, at) is not None
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
    quantities = _quantities(sentence)
    if not quantities:
        return ()
    holes = _holes(sentence, at)
    start, end = _clause(sentence, at, holes)
    best: tuple[int, Quantity] | None = None
    for span, quantity in quantities:
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
