"""The nouns of alignwatch: frozen values that every stage takes and gives, and their JSON.

A page becomes an `Article`, that a `Document`, that gives `Claim` values, which fold into a
`Relationship`. Values are made by keyword and never change; what breaks a rule of theirs cannot be
made, so that a function that is given one need not look. Collections in them are tuples, offsets
are code points, half-open.

`to_json` and `from_json` are the wire format, one record a line; `to_record` and `from_record` the
same as dictionaries. Take those rather than ``attrs.asdict``: they carry the version, and name
what is wrong in a record of somebody else's.

Example:
    >>> from alignwatch.model import Document, Edit, from_json, to_json
    >>> edit = Edit(start=11, end=18, original=" [photo]"[:7], rule="caption")
    >>> document = Document(article="a", text="They met in Riga.", removed=())
    >>> from_json(Document, to_json(document)) == document
    True
    >>> Edit(start=3, end=2, original="", rule="caption")
    Traceback (most recent call last):
    alignwatch.errors.ModelError: ...
"""

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
