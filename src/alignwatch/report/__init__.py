"""Evidence as a page that a person can read, keep and pass on; as charts; as notebooks show it.

`render_report` makes the dossier of values in hand; with a store, `alignwatch.pipeline.report` and
``alignwatch report`` gather them. A ``chart_...`` function gives a Vega specification, which is
plain data and needs no extra, and `draw_chart` a picture of it (extra ``report``). The
``view_...`` functions are what notebooks show, as HTML without a script.

All text of pages is taken for hostile, here more than anywhere.

Example:
    >>> from alignwatch import extract
    >>> from alignwatch.aggregate import aggregate_claims
    >>> from alignwatch.report import chart_network, view_claim
    >>> [claim] = extract("Kenya sold drones to Uganda in May 2024.")
    >>> "arms transfer" in view_claim(claim).lower()
    True
    >>> chart_network(aggregate_claims([claim]))["$schema"]
    'https://vega.github.io/schema/vega/v5.json'
"""

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
