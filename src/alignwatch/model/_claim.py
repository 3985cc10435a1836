"""Claims: who did what to whom, on which words it rests, and who says so."""

import hashlib
import json
import math
from datetime import date
from enum import StrEnum
from functools import cached_property

import attrs

from alignwatch.errors import ModelError
from alignwatch.model._display import Displayed
from alignwatch.model._kind import Kind, Status
from alignwatch.model._span import Span

__all__ = ["Actor", "Claim", "Comparator", "Evidence", "Precision", "Quantity", "Trend", "When"]


def _as_float(value: float) -> float:
    """Integers too: 1 and 1.0 are one value and give the same record."""
    return float(value)


class Precision(StrEnum):
    """The unit in which a text names a period's bounds."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Comparator(StrEnum):
    """How an amount is bounded: "over 5", "nearly 5", "at least 5", "up to 5", "about 5"."""

    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    ABOUT = "about"


class Trend(StrEnum):
    """Whether the text says that a tie grows or shrinks."""

    UP = "up"
    DOWN = "down"


@attrs.frozen(kw_only=True)
class Actor:
    """A state, bloc or armed group.

    `actor_id` is an ISO 3166-1 alpha-3 code, ``XKX``, a former state's ISO 3166-3 alpha-3 code, or
    an acronym or common name in capitals. `since` and `until` bound its existence (inclusive).
    """

    actor_id: str
    name: str
    members: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@attrs.frozen(kw_only=True)
class When:
    """The period for which a claim holds, `start` and `end` inclusive.

    A year is its first to its last day with precision ``year``. A period that the text bounds on
    one side only has both bounds equal to the unit that is named.
    """

    start: date
    end: date
    precision: Precision

    def __attrs_post_init__(self) -> None:
        if self.start > self.end:
            msg = f"a period needs start <= end, got {self.start} to {self.end}"
            raise ModelError(msg)


@attrs.frozen(kw_only=True)
class Quantity:
    """An amount as the text has it, and as a number.

    `value` is in `unit`s, scale words resolved ("over a million barrels" is 1000000, ``barrel``).
    `unit` is a singular noun or an ISO 4217 currency code; None where the text names none.
    """

    value: float = attrs.field(converter=_as_float)
    unit: str | None = None
    comparator: Comparator | None = None
    text: str

    def __attrs_post_init__(self) -> None:
        if not math.isfinite(self.value):
            msg = f"a quantity is a finite number, got {self.value} for {self.text!r}"
            raise ModelError(msg)


@attrs.frozen(kw_only=True)
class Evidence:
    """The passage that a claim rests on.

    `start`/`end` are half-open code-point offsets into `Document.text`, and `quote` is exactly that
    slice; `raw_start`/`raw_end` are the same passage in the article's text before cleaning.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int
    quote: str

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.quote):
            msg = f"evidence {self.start}..{self.end} does not fit a quote of {len(self.quote)}"
            raise ModelError(msg)
        if not 0 <= self.raw_start < self.raw_end:
            msg = f"evidence needs 0 <= raw_start < raw_end, got {self.raw_start}..{self.raw_end}"
            raise ModelError(msg)

    @property
    def span(self) -> Span:
        """The passage in the clean text."""
        return Span(start=self.start, end=self.end)


@attrs.frozen(kw_only=True, slots=False)
class Claim(Displayed):
    """One statement, in one article, about a tie between `source` and `target`.

    For a symmetric kind the two ids stand in alphabetical order. `status` is the firmest voice in
    which the article makes the claim; `attributed_to` and `denied_by` name who says so and who
    denies it. `over` is the third actor of a ``preference`` and of no other kind. `confidence` is
    the chance, 0 to 1, that a careful reader would list this claim. `mentions` are further
    passages (`Document.text`) that say the same.
    """

    article: str
    url: str | None = None
    published: str | None = None
    extractor: str
    source: str
    target: str
    kind: Kind
    negated: bool = False
    status: Status = Status.ASSERTED
    attributed_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    over: str | None = None
    trend: Trend | None = None
    confidence: float = attrs.field(converter=_as_float)
    when: When | None = None
    quantities: tuple[Quantity, ...] = ()
    evidence: Evidence
    mentions: tuple[Span, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.source == self.target:
            msg = f"a claim needs two actors, got {self.source!r} twice"
            raise ModelError(msg)
        if self.kind.is_symmetric and self.source > self.target:
            msg = (
                f"{self.kind} is symmetric: its actors stand in alphabetical order, "
                f"got {self.source!r} before {self.target!r}"
            )
            raise ModelError(msg)
        if (self.over is not None) != (self.kind is Kind.PREFERENCE):
            msg = f"'over' goes with preference and only with it, got {self.kind} over {self.over}"
            raise ModelError(msg)
        if not 0 <= self.confidence <= 1:
            msg = f"confidence is a chance from 0 to 1, got {self.confidence}"
            raise ModelError(msg)

    @cached_property
    def id(self) -> str:
        """A name that a second run gives again: 20 hexadecimal digits.

        It hashes article, source, target, kind, negated, over, when and the raw passage; neither
        confidence nor versions are part of it.
        """
        when = self.when and (str(self.when.start), str(self.when.end), self.when.precision)
        place = (self.evidence.raw_start, self.evidence.raw_end)
        parts = (self.source, self.target, self.kind, self.negated, self.over, when, place)
        told = json.dumps((self.article, *parts), ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(told.encode("ascii")).hexdigest()[:20]

    @property
    def plover(self) -> str | None:
        """The PLOVER event type to export, None for a kind that has none."""
        types = self.kind.plover_types
        return types[0] if types else None

    @property
    def pair(self) -> tuple[str, str]:
        """The two actors in alphabetical order."""
        return (min(self.source, self.target), max(self.source, self.target))
