"""Evidence as a page that a person can read, keep and pass on; as charts; as notebooks show it."""

from alignwatch.report._chart_curve import chart_alignment
from alignwatch.report._chart_network import chart_network
from alignwatch.report._chart_ties import chart_matrix, chart_timeline
from alignwatch.report._draw import draw_chart
from alignwatch.report._notebook import (
    register_views,
    view_claim,
    view_comparison,
    view_document,
    view_relationship,
)
from alignwatch.report._render import render_report

__all__ = [
    "chart_alignment",
    "chart_matrix",
    "chart_network",
    "chart_timeline",
    "draw_chart",
    "register_views",
    "render_report",
    "view_claim",
    "view_comparison",
    "view_document",
    "view_relationship",
]

register_views()
