"""The nouns of alignwatch: frozen values that every stage takes and gives, and their JSON."""

from alignwatch.model._alignment import Alignment, AlignmentChange, AlignmentPoint, Period
from alignwatch.model._change import Change, ChangeKind, TieState
from alignwatch.model._claim import (
    Actor,
    Claim,
    Comparator,
    Evidence,
    Precision,
    Quantity,
    Trend,
    When,
)
from alignwatch.model._comparison import Comparison, ComparisonRow, Side
from alignwatch.model._display import Displayed, register_html_view
from alignwatch.model._document import Document, Edit
from alignwatch.model._events import EventCodes, load_event_codes
from alignwatch.model._failure import Failure, Health
from alignwatch.model._kind import Family, Kind, Status
from alignwatch.model._page import Article, Page, PageRef
from alignwatch.model._relationship import Cluster, Link, LinkReason, Relationship, Standing
from alignwatch.model._span import Span
from alignwatch.model._table import Table
from alignwatch.model._wire import SCHEMA, from_json, from_record, to_json, to_record

__all__ = [
    "SCHEMA",
    "Actor",
    "Alignment",
    "AlignmentChange",
    "AlignmentPoint",
    "Article",
    "Change",
    "ChangeKind",
    "Claim",
    "Cluster",
    "Comparator",
    "Comparison",
    "ComparisonRow",
    "Displayed",
    "Document",
    "Edit",
    "EventCodes",
    "Evidence",
    "Failure",
    "Family",
    "Health",
    "Kind",
    "Link",
    "LinkReason",
    "Page",
    "PageRef",
    "Period",
    "Precision",
    "Quantity",
    "Relationship",
    "Side",
    "Span",
    "Standing",
    "Status",
    "Table",
    "TieState",
    "Trend",
    "When",
    "from_json",
    "from_record",
    "load_event_codes",
    "register_html_view",
    "to_json",
    "to_record",
]
