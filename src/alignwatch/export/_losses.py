"""What a format could not carry, counted."""

from collections import Counter
from collections.abc import Iterator, Mapping

__all__ = ["Losses"]


class Losses(Mapping[str, int]):
    """How many values were left out or cut, by reason; filled while an export runs.

    Example:
        >>> losses = Losses()
        >>> losses.count("negated claims are no events")
        >>> str(losses)
        'negated claims are no events: 1'
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, reason: str, number: int = 1) -> None:
        """Note that *number* more values were lost for *reason*."""
        self._counts[reason] += number

    def __getitem__(self, reason: str) -> int:
        """How many were lost for *reason*; it must be one that occurred."""
        if reason not in self._counts:
            raise KeyError(reason)
        return self._counts[reason]

    def __iter__(self) -> Iterator[str]:
        """The reasons that occurred, sorted."""
        return iter(sorted(self._counts))

    def __len__(self) -> int:
        """The number of reasons."""
        return len(self._counts)

    def __str__(self) -> str:
        return "; ".join(f"{reason}: {self[reason]:,}" for reason in self)
