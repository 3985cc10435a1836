"""What goes with a claim: its period, its amounts, whether it grows or shrinks."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import takewhile

from alignwatch.extract._dates import find_dates
from alignwatch.extract._quantities import find_quantities
from alignwatch.extract._scene import Scene
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
    }
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
    }
)
# matches what dates a thing by the calendar: "2024", "June"; "today" and "last week" do not count
_CALENDAR = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December|Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
)
# matches a word before a date that bounds something else by it: "before 2022"
_BOUND = re.compile(
    r"\b(?:before|until|prior to|by|than|after|since)\s+(?:the\s+)?$", re.IGNORECASE
)
# matches where a clause ends: "; ", ", which", ", while", " but "
_CLAUSE = re.compile(
    r"[;:()]|,\s+(?:which|who|while|whereas|although|though|but|when|where)\b| but "
)
_BREAKS = frozenset({"strong", "rel"})
_NEAR, _FAR = 60, 160


@lru_cache(maxsize=256)
def _dates(sentence: str, published: date | None) -> tuple[tuple[Span, When], ...]:
    return find_dates(sentence, published=published)


@lru_cache(maxsize=256)
def _quantities(sentence: str) -> tuple[tuple[Span, Quantity], ...]:
    return find_quantities(sentence)


def _clause(sentence: str, at: int) -> tuple[int, int]:
    start, end = 0, len(sentence)
    for match in _CLAUSE.finditer(sentence):
        if match.end() <= at:
            start = match.end()
        elif match.start() >= at:
            end = match.start()
            break
    return start, end


def find_period(sentence: str, at: int, published: date | None) -> When | None:
    """Give the period of what the word at offset *at* tells.

    It is a date that opens the sentence or the nearest one of the word's clause; None where only
    "today" or "before 2022" is said.
    """
    if not _CALENDAR.search(sentence):
        return None
    start, end = _clause(sentence, at)
    best: tuple[int, When] | None = None
    for span, when in _dates(sentence, published):
        told = span.slice(sentence)
        if not _CALENDAR.search(told) or _BOUND.search(sentence[: span.start]):
            continue
        opening = span.start <= 12
        inside = start <= span.start and span.end <= end
        distance = span.start - at if span.start >= at else (at - span.end) * 2
        if opening:
            distance = min(distance, _NEAR)
        elif not inside or distance > _FAR:
            continue
        if best is None or distance < best[0]:
            best = (distance, when)
    return None if best is None else best[1]


def find_amounts(sentence: str, at: int, kind: Kind) -> tuple[Quantity, ...]:
    """Give the amount that goes with the word at offset *at*: the nearest of its clause, if any."""
    if kind not in _COUNTED:
        return ()
    start, end = _clause(sentence, at)
    best: tuple[int, Quantity] | None = None
    for span, quantity in _quantities(sentence):
        if not (start <= span.start and span.end <= end):
            continue
        if kind in _BODIES and quantity.unit is not None and quantity.unit.isupper():
            continue  # a sum of money is not how many soldiers
        distance = span.start - at if span.start >= at else at - span.end
        if distance <= (_NEAR if kind is Kind.ATTACK else _FAR) and (
            best is None or distance < best[0]
        ):
            best = (distance, quantity)
    return () if best is None else (best[1],)


def find_trend(scene: Scene, trigger: Trigger, kind: Kind) -> Trend | None:
    """Tell whether the words around the trigger say that the tie grows or shrinks."""
    if kind not in _LASTING:
        return None
    words, tokens = scene.lexicon.words, scene.tokens
    up, down = words["trend.up"], words["trend.down"]
    own = scene.lows(trigger.first, trigger.last)
    before = _until_break(reversed(tokens[max(0, trigger.first - 5) : trigger.first]), _BREAKS)
    after = _until_break(tokens[trigger.last : trigger.last + 5], _BREAKS | {"comma"})
    for word in (*own, *before, *after):
        if word in down:
            return Trend.DOWN
        if word in up:
            return Trend.UP
    return None


def _until_break(tokens: Iterable[Token], breaks: frozenset[str]) -> list[str]:
    return [token.low for token in takewhile(lambda token: token.sort not in breaks, tokens)]
