"""The checks that need nothing but an installed source."""

from collections.abc import Callable

import attrs

from alignwatch.conformance._checks import (
    check_contract,
    check_installed,
    check_picklable,
    check_total,
)
from alignwatch.conformance._subject import ContractBrokenError, Subject
from alignwatch.errors import SourceError, SourceNotFoundError
from alignwatch.sources import load_source

__all__ = ["CheckResult", "check_source"]

_QUICK: tuple[tuple[str, Callable[[Subject], None]], ...] = (
    ("is installed under its own name", check_installed),
    ("speaks this contract", check_contract),
    ("can be sent to another process", check_picklable),
    ("parses any bytes to an article or a PageError, without the network", check_total),
)


@attrs.frozen(kw_only=True)
class CheckResult:
    """How one promise was kept; `error` is None if it was."""

    promise: str
    error: str | None = None


def check_source(name: str, **options: object) -> tuple[CheckResult, ...]:
    """Check the installed source *name*, made with *options*, as far as it goes without its site.

    Asks no host. The first check is whether it can be loaded; if not, it is the only one. What
    needs golden pages is for the source's own tests: see `alignwatch.testing.SourceContract`.

    Raises:
        SourceNotFoundError: No source of that name is installed.
    """
    promise = "can be loaded"
    try:
        subject = Subject(source=load_source(name, **options))
    except SourceNotFoundError:
        raise
    except SourceError as error:
        return (CheckResult(promise=promise, error=str(error)),)
    return (CheckResult(promise=promise), *(_run(said, check, subject) for said, check in _QUICK))


def _run(promise: str, check: Callable[[Subject], None], subject: Subject) -> CheckResult:
    try:
        check(subject)
    except ContractBrokenError as error:
        return CheckResult(promise=promise, error=str(error))
    return CheckResult(promise=promise)
