"""Hypothesis strategies for every value of `alignwatch.model`; each value drawn keeps its laws.

They draw from few actors, articles and days, so that values meet: claims of one pair, articles of
one day.

Example:
    >>> from hypothesis import given
    >>> from alignwatch.testing import strategies
    >>> @given(strategies.documents())
    ... def test_raw_text_comes_back(document): ...

Raises:
    MissingExtraError: On import, where hypothesis is not installed.
"""

from alignwatch.errors import MissingExtraError

try:
    import hypothesis as _hypothesis  # noqa: F401 - asked for, not used
except ModuleNotFoundError as _error:
    _msg = "alignwatch.testing.strategies needs hypothesis: pip install 'alignwatch[testing]'"
    raise MissingExtraError(_msg) from _error

from alignwatch.testing.strategies._alignments import alignments
from alignwatch.testing.strategies._claims import (
    actor_ids,
    actors,
    changes,
    claims,
    clusters,
    evidence,
    periods,
    quantities,
    relationships,
)
from alignwatch.testing.strategies._comparisons import comparisons
from alignwatch.testing.strategies._runs import failures, health
from alignwatch.testing.strategies._texts import (
    articles,
    documents,
    edits,
    page_refs,
    pages,
    publications,
    spans,
    tables,
    texts,
    times,
    urls,
)

__all__ = [
    "actor_ids",
    "actors",
    "alignments",
    "articles",
    "changes",
    "claims",
    "clusters",
    "comparisons",
    "documents",
    "edits",
    "evidence",
    "failures",
    "health",
    "page_refs",
    "pages",
    "periods",
    "publications",
    "quantities",
    "relationships",
    "spans",
    "tables",
    "texts",
    "times",
    "urls",
]
