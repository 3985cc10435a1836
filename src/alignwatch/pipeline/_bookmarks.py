"""How far sources are, kept in the store behind what they found."""

from collections.abc import Callable

import attrs

from alignwatch.pipeline._budget import Allowance
from alignwatch.store import Store

__all__ = ["StoredBookmarks"]


@attrs.frozen(kw_only=True)
class StoredBookmarks:
    """The `alignwatch.fetch.Bookmarks` of one source; *flush* stores what it found before."""

    store: Store
    source: str
    allowance: Allowance | None
    flush: Callable[[], None]

    def bookmark(self, url: str) -> str | None:
        """Give the last one."""
        return self.store.bookmark(self.source, url)

    def keep_bookmark(self, url: str, place: str | None) -> None:
        """Keep it once all that was found before it is stored.

        Raises:
            BudgetSpentError: The budget is used up, so that the last page may not have been read.
        """
        if self.allowance is not None:
            self.allowance.require()
        self.flush()
        self.store.keep_bookmark(self.source, url, place)
