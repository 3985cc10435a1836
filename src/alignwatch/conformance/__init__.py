"""What a source promises, as checks that any test runner or command can call.

`alignwatch.testing.SourceContract` turns them into a pytest class, and
``alignwatch sources check NAME`` runs those that need no golden pages. Each check takes a
`Subject`, asks no host, and raises a `ContractBrokenError` that says what to mend.

Authors of plugins need nothing from here: they inherit the class. Come here to run the checks
under another test runner, or to look at a source from a program, as `check_source` does.

Example:
    >>> from alignwatch.conformance import check_source
    >>> [result.error for result in check_source("files", paths=["."]) if result.error]
    []
"""

from alignwatch.conformance._checks import (
    check_addresses,
    check_contract,
    check_golden_exists,
    check_installed,
    check_listings,
    check_offline,
    check_picklable,
    check_pure,
    check_refusals,
    check_rerun,
    check_since,
    check_stable,
    check_total,
    describe_run,
)
from alignwatch.conformance._golden import (
    DISCOVERED_FILE,
    GoldenPage,
    check_golden_pages,
    find_golden_pages,
    write_golden_pages,
)
from alignwatch.conformance._junk import JUNK, mutate
from alignwatch.conformance._live import (
    MAX_LIVE_PAGES,
    MAX_LIVE_REQUESTS,
    LiveVisit,
    visit_live,
)
from alignwatch.conformance._offline import NetworkUsedError, offline
from alignwatch.conformance._polite import check_polite
from alignwatch.conformance._quick import CheckResult, check_source
from alignwatch.conformance._site import SITE_FILE, ScriptedGetter, ScriptedSite
from alignwatch.conformance._subject import ContractBrokenError, Subject

__all__ = [
    "DISCOVERED_FILE",
    "JUNK",
    "MAX_LIVE_PAGES",
    "MAX_LIVE_REQUESTS",
    "SITE_FILE",
    "CheckResult",
    "ContractBrokenError",
    "GoldenPage",
    "LiveVisit",
    "NetworkUsedError",
    "ScriptedGetter",
    "ScriptedSite",
    "Subject",
    "check_addresses",
    "check_contract",
    "check_golden_exists",
    "check_golden_pages",
    "check_installed",
    "check_listings",
    "check_offline",
    "check_picklable",
    "check_polite",
    "check_pure",
    "check_refusals",
    "check_rerun",
    "check_since",
    "check_source",
    "check_stable",
    "check_total",
    "describe_run",
    "find_golden_pages",
    "mutate",
    "offline",
    "visit_live",
    "write_golden_pages",
]
