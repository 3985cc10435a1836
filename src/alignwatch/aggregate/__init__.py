"""Many claims to few relationships: who copied whom, and what the rest amounts to.

Everything here is a function of values in memory, and order never matters. With a store, take
`alignwatch.relationships`, `alignwatch.alignment` and `alignwatch.diff`, which call these; come
here when claims stand elsewhere, or when one step is to be done differently.

- `aggregate_claims` folds claims into relationships, `aggregate_table` the same in columns: from
  some hundred thousand claims on it takes a fraction of the time and memory.
- `cluster_articles` finds copies by their words, `link_origins` by what articles say of their
  origin; both go to the former as ``clusters``, so that five copies are one voice.
- `explain_standing` says why a tie stands as it does, `compare_partners` sets one actor's ties side
  by side, `find_changes` tells two moments apart, `measure_alignment` lays a pair over time.

Example:
    >>> from alignwatch import extract
    >>> from alignwatch.aggregate import aggregate_claims, explain_standing
    >>> told = "Kenya sold drones to Uganda in May 2024, Chad says. Kenya denied it."
    >>> [tie] = aggregate_claims(extract(told))
    >>> tie.standing.value, explain_standing(tie.claims).why
    ('contested', 'somebody denies it')
"""

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
