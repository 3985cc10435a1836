"""The stages composed: from what a person names to relationships and the report.

What needs two stages lives here and nowhere else, and what most people need of it stands in
`alignwatch` itself: `watch`, `clean`, `extract`, `relationships`, `diff`, `alignment`,
`reprocess`. The rest is for programs around a store: `report` gives the dossier as text, `plot` a
chart, `tell_changes` what an alert tells, `examine` what ``alignwatch doctor`` prints,
`judge_health` how the sources fare, `measure_precision` how often the extractor was right.

Example:
    >>> import tempfile
    >>> from pathlib import Path
    >>> from alignwatch import open_store
    >>> from alignwatch.pipeline import relationships, report, watch
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text = Path(folder, "a.txt")
    ...     _ = text.write_text("Kenya sold drones to Uganda in May 2024.")
    ...     with open_store(Path(folder, "news.db")) as store:
    ...         result = watch([text], store=store)
    ...         [tie] = relationships(store)
    ...         html = report(store, "KEN", "UGA")
    >>> result.stored, tie.kind.value, html.count("<mark")
    (1, 'arms_transfer', 1)
"""

from alignwatch.pipeline._alerts import (
    HOOK_TIME_S,
    Alert,
    begin_telling,
    split_command,
    tell_changes,
)
from alignwatch.pipeline._alignment import alignment
from alignwatch.pipeline._budget import Budget
from alignwatch.pipeline._clusters import clusters
from alignwatch.pipeline._doctor import Finding, FindingState, examine
from alignwatch.pipeline._fetching import HOSTS_AT_ONCE
from alignwatch.pipeline._health import Diagnosis, SourceState, judge_health
from alignwatch.pipeline._inputs import read_inputs
from alignwatch.pipeline._names import name_actor, name_actor_of
from alignwatch.pipeline._outputs import Outputs, require_folder, write_outputs
from alignwatch.pipeline._parsing import PARSE_MEMORY_BYTES, PARSE_TIME_S, PageParser
from alignwatch.pipeline._plot import plot
from alignwatch.pipeline._precision import KindPrecision, measure_precision
from alignwatch.pipeline._reading import Reading, clean, extract, read_article
from alignwatch.pipeline._reporting import report
from alignwatch.pipeline._result import Progress, WatchResult
from alignwatch.pipeline._rights import require_unreserved
from alignwatch.pipeline._run import watch
from alignwatch.pipeline._share import Share
from alignwatch.pipeline._tables import tabulate_relationships
from alignwatch.pipeline._views import (
    Reprocessed,
    diff,
    relationships,
    reprocess,
)
from alignwatch.pipeline._voices import Voice, explain_voices
from alignwatch.pipeline._walls import refuse_challenge
from alignwatch.pipeline._watchlist import ListedSource, Watchlist, read_watchlist

__all__ = [
    "HOOK_TIME_S",
    "HOSTS_AT_ONCE",
    "PARSE_MEMORY_BYTES",
    "PARSE_TIME_S",
    "Alert",
    "Budget",
    "Diagnosis",
    "Finding",
    "FindingState",
    "KindPrecision",
    "ListedSource",
    "Outputs",
    "PageParser",
    "Progress",
    "Reading",
    "Reprocessed",
    "Share",
    "SourceState",
    "Voice",
    "WatchResult",
    "Watchlist",
    "alignment",
    "begin_telling",
    "clean",
    "clusters",
    "diff",
    "examine",
    "explain_voices",
    "extract",
    "judge_health",
    "measure_precision",
    "name_actor",
    "name_actor_of",
    "plot",
    "read_article",
    "read_inputs",
    "read_watchlist",
    "refuse_challenge",
    "relationships",
    "report",
    "reprocess",
    "require_folder",
    "require_unreserved",
    "split_command",
    "tabulate_relationships",
    "tell_changes",
    "watch",
    "write_outputs",
]
