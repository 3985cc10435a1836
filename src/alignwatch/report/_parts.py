"""The parts of the page as plain values, in the order in which they appear."""

from collections.abc import Mapping

import attrs

from alignwatch.model import Failure, Family, Standing, Status
from alignwatch.report._network import Network
from alignwatch.report._passages import Passage
from alignwatch.report._timeline import Timeline, TimelineTable
from alignwatch.report._words import Link

__all__ = ["CopyView", "EvidenceView", "PairView", "SourceView", "StatementView", "TieView", "View"]


@attrs.frozen(kw_only=True)
class SourceView:
    """One article: where it is listed, what it is called, and of which story it is a copy."""

    anchor: str
    title: str
    link: Link | None
    date: str | None
    claims: int
    story: int
    is_copy: bool


@attrs.frozen(kw_only=True)
class StatementView:
    """What one claim adds to its quote; `anchor` is empty for a claim that is listed twice."""

    anchor: str
    status: Status
    negated: bool
    by: tuple[str, ...]
    denied_by: tuple[str, ...]
    notes: tuple[str, ...]
    confidence: int


@attrs.frozen(kw_only=True)
class CopyView:
    """A copy that says the same in the same words, and the place of its first claim."""

    source: SourceView
    anchor: str


@attrs.frozen(kw_only=True)
class EvidenceView:
    """One passage, and all that is claimed on it for one tie.

    It `repeats` a story that has already had its say; `copies` say the very same.
    """

    passage: Passage
    source: SourceView
    repeats: bool
    statements: tuple[StatementView, ...]
    copies: tuple[CopyView, ...]

    @property
    def voice(self) -> str:
        """The class of the firmest voice in which the passage speaks."""
        return min((statement.status for statement in self.statements), key=lambda s: s.rank)


@attrs.frozen(kw_only=True)
class TieView:
    """One relationship with its evidence, newest first."""

    anchor: str
    source: str
    target: str
    is_symmetric: bool
    kind: str
    family: Family
    standing: Standing
    voices: int
    articles: int
    latest: str | None
    by: tuple[str, ...]
    denied_by: tuple[str, ...]
    trend: str | None
    evidence: tuple[EvidenceView, ...]


@attrs.frozen(kw_only=True)
class PairView:
    """All ties of two actors, best supported first."""

    anchor: str
    one: str
    other: str
    voices: int
    latest: str | None
    is_open: bool
    ties: tuple[TieView, ...]


@attrs.frozen(kw_only=True)
class View:
    """Everything on the page."""

    title: str
    period: str | None
    figures: Mapping[str, int]
    standings: tuple[tuple[Standing, int, str], ...]
    families: tuple[Family, ...]
    top: tuple[TieView, ...]
    networks: tuple[Network, ...]
    edge_links: Mapping[tuple[str, str], str]
    names: Mapping[str, str]
    timelines: tuple[Timeline, ...]
    table: TimelineTable | None
    pairs: tuple[PairView, ...]
    sources: tuple[SourceView, ...]
    silent: tuple[SourceView, ...]
    failures: tuple[Failure, ...]
    reasons: tuple[tuple[str, int], ...]
    extractors: tuple[str, ...]
