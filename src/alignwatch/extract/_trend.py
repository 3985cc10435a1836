"""Whether a tie grows or shrinks, by the words around its trigger."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from alignwatch.extract._scene import Scene, first_words
from alignwatch.extract._tokens import Token
from alignwatch.extract._triggers import Trigger
from alignwatch.model import Kind, Trend

__all__ = ["LASTING", "find_trend"]

# kinds that hold over time: a tie may grow, an act may not
LASTING = frozenset(
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
_BREAKS = frozenset({"strong", "rel"})
_RELATIVES = frozenset({"that", "which"})
# what stands between a noun and its verb: "trade between X and Y", "ties with the X government"
_PARTNERS = frozenset({"between", "with", "and", "among", "the", "of", "to", "from", "its", "both"})
_SENSES = {"up": Trend.UP, "down": Trend.DOWN}
_MARGINS = frozenset(
    {"from", "by", "on", "sharply", "slightly", "over", "more", "nearly", "about", "$"}
)
_REACH = 24
_QUOTES = frozenset('\u201c\u201d"')
# "more" is of the things, not of the tie: "more powerful rockets", "much more"
_QUALITY = ("ful", "ous", "ive", "able", "ible", "ent", "ant", "ing", "ed", "al")
_TOWARDS = frozenset({"becoming", "becomes", "became", "increasingly", "emerging", "emerges"})
_ROW = frozenset({"|"})
_RETOLD = 40
"""Tokens within which an apposition takes the tie up: ", a relationship that has deepened"."""


def find_trend(scene: Scene, trigger: Trigger, kind: Kind) -> Trend | None:
    """Tell whether the words around the trigger say that the tie grows or shrinks.

    They are the words right before it, and behind it and its partners ("trade with X has ...")
    those of the verb; ", up from" counts as far as the next clause.
    """
    if kind not in LASTING:
        return None
    words, tokens = scene.lexicon.words, scene.tokens
    up, down = words["trend.up"], words["trend.down"]
    openers = first_words(words.union("trend.up", "trend.down"))
    told = scene.word_set()
    if told.isdisjoint(openers) and told.isdisjoint(_SENSES):
        return None
    if kind is Kind.PREFERENCE and not _TOWARDS.isdisjoint(told):
        return Trend.UP
    own = scene.lows(trigger.first, trigger.last)
    breaks = _ROW if scene.form == "row" else _BREAKS
    before = _until_break(reversed(tokens[max(0, trigger.first - 5) : trigger.first]), breaks)
    after = _predicate(scene, trigger.last, breaks)
    after = [*takewhile(lambda low: low not in {"and", "by"}, after)]
    for part in (own, before[::-1], after, _taken_up(scene, trigger.last)):
        trend = None if openers.isdisjoint(part) else _sense(part, up, down)
        if trend is not None:
            return trend
    return None if told.isdisjoint(_SENSES) else _compared(tokens, trigger.last)


def _sense(part: Sequence[str], up: frozenset[str], down: frozenset[str]) -> Trend | None:
    """What the first telling word of *part* says."""
    before = ""
    for word, following in pairwise([*part, ""]):
        two = f"{word} {following}"
        if word in down or two in down:
            return Trend.DOWN
        idle = word == "more" and (
            following in {"than", "about"} or before == "much" or following.endswith(_QUALITY)
        )
        if (word in up and not idle) or two in up:
            return Trend.UP
        before = word
    return None


def _taken_up(scene: Scene, at: int) -> list[str]:
    """What is told of the tie behind a comma: ", a relationship that has deepened"."""
    tokens, nouns = scene.tokens, scene.lexicon.words["context.tie_nouns"]
    if "," not in scene.word_set() or _RELATIVES.isdisjoint(scene.word_set()):
        return []
    for place in range(at, min(len(tokens) - 2, at + _RETOLD)):
        if tokens[place].sort == "strong":
            return []
        named = tokens[place].low in nouns and tokens[place + 1].low in {"that", "which"}
        if named and "," in scene.lows(place - 4, place):
            return _until_break(tokens[place + 2 : place + 7], _BREAKS)
    return []


def _predicate(scene: Scene, at: int, breaks: frozenset[str]) -> list[str]:
    """The words behind a noun and its partners: "(trade) between X and Y (has grown)"."""
    tokens = scene.tokens
    while at < len(tokens) and (
        tokens[at].sort in {"actor", "poss"} or tokens[at].low in _PARTNERS
    ):
        at += 1
    if at < len(tokens) and tokens[at].low in {"that", "which"}:
        at += 1
    return _until_break(tokens[at : at + 5], breaks | {"comma"})


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
    lows: list[str] = []
    for token in tokens:
        low = token.low
        if (token.sort in breaks or low in breaks) and low not in _QUOTES:
            break
        lows.append(low)
    return lows
