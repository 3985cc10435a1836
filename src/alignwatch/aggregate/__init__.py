"""Many claims to few relationships: who copied whom, and what the rest amounts to."""

from alignwatch.aggregate._alignment import measure_alignment, measure_alignments
from alignwatch.aggregate._clocks import holds_during, parse_period, period_of
from alignwatch.aggregate._clusters import (
    CLUSTERS_VERSION,
    cluster_articles,
    group_articles,
    link_copies,
)
from alignwatch.aggregate._comparison import compare_partners
from alignwatch.aggregate._diff import find_changes
from alignwatch.aggregate._meetings import band_texts, join_copies
from alignwatch.aggregate._origin_links import ORIGINS_VERSION, link_origins
from alignwatch.aggregate._relationships import aggregate_claims, rank_relationship
from alignwatch.aggregate._shingles import measure_share
from alignwatch.aggregate._standing import StandingReason, derive_standing, explain_standing
from alignwatch.aggregate._tables import aggregate_table
from alignwatch.aggregate._weights import AlignmentWeights, load_weights
from alignwatch.model import Comparison, ComparisonRow, Side

__all__ = [
    "CLUSTERS_VERSION",
    "ORIGINS_VERSION",
    "AlignmentWeights",
    "Comparison",
    "ComparisonRow",
    "Side",
    "StandingReason",
    "aggregate_claims",
    "aggregate_table",
    "band_texts",
    "cluster_articles",
    "compare_partners",
    "derive_standing",
    "explain_standing",
    "find_changes",
    "group_articles",
    "holds_during",
    "join_copies",
    "link_copies",
    "link_origins",
    "load_weights",
    "measure_alignment",
    "measure_alignments",
    "measure_share",
    "parse_period",
    "period_of",
    "rank_relationship",
]
