"""How much a run, or one source in it, may ask of hosts."""

import threading
import time
from collections.abc import Callable
from typing import Any

import attrs

from alignwatch.errors import ModelError, PageError

__all__ = ["Allowance", "Budget", "BudgetSpentError"]


class BudgetSpentError(PageError):
    """Something was not asked for, so that it waits for the next run; no failure of its own."""

    reason = "budget-spent"


def _require_positive(_: object, field: "attrs.Attribute[Any]", value: float | None) -> None:
    if value is not None and not value > 0:
        msg = f"{field.name} must be over 0, or None for no bound; got {value!r}"
        raise ModelError(msg)


@attrs.frozen(kw_only=True)
class Budget:
    """The most that may be asked for; None is no bound.

    What does not fit is left for the next run, and counted as waiting. A request that has begun is
    brought to its end, so that bytes and time may be exceeded by one page per host.

    Attributes:
        pages: Requests for pages, changed or not, failed ones too; not those for listings.
        size_bytes: Read from the wire, listings and robots.txt included.
        time_s: Seconds since the beginning.
    """

    pages: int | None = attrs.field(default=None, validator=_require_positive)
    size_bytes: int | None = attrs.field(default=None, validator=_require_positive)
    time_s: float | None = attrs.field(default=None, validator=_require_positive)


class Allowance:
    """What is left of a budget, counted from now; thread-safe.

    Args:
        budget: What there is.
        received_bytes: Tells how much was read from the wire so far, by anybody.
        within: A wider allowance, from which everything is taken as well.
        clock_s: Seconds that only ever grow.
    """

    def __init__(
        self,
        budget: Budget,
        *,
        received_bytes: Callable[[], int],
        within: "Allowance | None" = None,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._budget = budget
        self._received_bytes = received_bytes
        self._within = within
        self._clock_s = clock_s
        self._began_at_s = clock_s()
        self._bytes_before = received_bytes() if budget.size_bytes is not None else 0
        self._pages = 0
        self._lock = threading.Lock()

    def take_page(self) -> bool:
        """Take one page, if there is one left everywhere."""
        with self._lock:
            if self.is_spent or (self._within is not None and not self._within.take_page()):
                return False
            self._pages += 1
            return True

    def require(self, *, pages: bool = False) -> None:
        """Refuse what may not be asked for any more; with *pages*, also where these are used up.

        Raises:
            BudgetSpentError: Bytes or time are used up, or pages.
        """
        if self.is_over or (pages and self.is_spent):
            msg = "the budget of this run is used up; it goes on in the next"
            raise BudgetSpentError(msg)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more may be asked for."""
        limit = self._budget.pages
        if limit is not None and self._pages >= limit:
            return True
        return self.is_over or (self._within is not None and self._within.is_spent)

    @property
    def is_over(self) -> bool:
        """Whether bytes or time are used up, so that not even a listing may be asked for."""
        time_s = self._budget.time_s
        if time_s is not None and self._clock_s() - self._began_at_s >= time_s:
            return True
        size_bytes = self._budget.size_bytes
        if size_bytes is not None and self._received_bytes() - self._bytes_before >= size_bytes:
            return True
        return self._within is not None and self._within.is_over
