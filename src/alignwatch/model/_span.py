"""A passage of a text."""

import attrs

from alignwatch.errors import ModelError

__all__ = ["Span"]


@attrs.frozen(kw_only=True)
class Span:
    """Half-open range of Unicode code points, `start` <= `end`, counted from 0."""

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            msg = f"a span needs 0 <= start <= end, got {self.start}..{self.end}"
            raise ModelError(msg)

    def __len__(self) -> int:
        return self.end - self.start

    def slice(self, text: str) -> str:
        """Give the characters of *text* that the span covers."""
        return text[self.start : self.end]
