"""What a run reports: failures and each source's health."""

from hypothesis import strategies as st

from alignwatch.errors import PageError
from alignwatch.model import Failure, Health
from alignwatch.testing.strategies._texts import texts, times, urls

__all__ = ["failures", "health"]

_ERRORS: list[type[PageError]] = [PageError, *PageError.__subclasses__()]
_SOURCES = st.sampled_from(["files", "rss"])


def failures() -> st.SearchStrategy[Failure]:
    """Draw failed pages, with the reasons that `alignwatch.errors` knows."""
    return st.builds(
        Failure,
        url=urls(),
        source=_SOURCES,
        reason=st.sampled_from([error.reason for error in _ERRORS]),
        message=texts(max_size=40),
        tries=st.integers(1, 9),
        retry_at=st.none() | times(),
    )


def health() -> st.SearchStrategy[Health]:
    """Draw what a source did in a run."""
    pages = st.integers(0, 10**6)
    return st.builds(
        Health,
        source=_SOURCES,
        discovered=pages,
        fetched=pages,
        unchanged=pages,
        stored=pages,
        failed=pages,
        waiting=pages,
    )
