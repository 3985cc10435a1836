"""What a run tells: how far it is, what it did, and what went wrong."""

import attrs

from alignwatch.errors import PageError
from alignwatch.model import Failure, Health

__all__ = ["Progress", "SourceBrokenError", "WatchResult"]


@attrs.frozen(kw_only=True)
class Progress:
    """How far one source is: `done` of `total` known pages, `url` the last one."""

    source: str
    done: int
    total: int
    url: str = ""


@attrs.frozen(kw_only=True)
class WatchResult:
    """What a run did: per source its `health`, and every page that failed in it.

    `resting` are the sources that were not asked, because they kept failing: what was wrong the
    last time, and from when on they are asked again. `extractor` is name and version of the one
    that read what is new; what was read before may have another one's claims
    (`Store.extractors`).
    """

    health: tuple[Health, ...]
    failures: tuple[Failure, ...]
    resting: tuple[Failure, ...] = ()
    extractor: str = ""

    @property
    def stored(self) -> int:
        """Articles that are new or changed since the run before."""
        return sum(health.stored for health in self.health)


class SourceBrokenError(PageError):
    """A source cannot be used, or stopped in the middle; what it had found is kept."""

    reason = "source-broken"
