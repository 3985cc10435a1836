"""Evidence as a page that a person can read, keep and pass on; and as notebooks show it."""

from alignwatch.report._notebook import (
    register_views,
    view_claim,
    view_comparison,
    view_document,
    view_relationship,
)
from alignwatch.report._render import render_report

__all__ = [
    "register_views",
    "render_report",
    "view_claim",
    "view_comparison",
    "view_document",
    "view_relationship",
]

register_views()
