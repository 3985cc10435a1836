"""Cleaned text, and the receipt for every character that cleaning changed."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

import attrs

from alignwatch.errors import ModelError
from alignwatch.model._display import Displayed
from alignwatch.model._span import Span
from alignwatch.model._table import Table

__all__ = ["Document", "Edit"]


@attrs.frozen(kw_only=True)
class Edit:
    """One change that cleaning made: `original` at `start` of the raw text became `replacement`.

    `rule` is the stable name of the rule that asked for it, `reason` says why to a person.
    """

    start: int
    end: int
    original: str
    replacement: str = ""
    rule: str
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.original):
            msg = (
                f"an edit's original must be as long as its span: {self.start}..{self.end} "
                f"against {len(self.original)} characters"
            )
            raise ModelError(msg)
        if self.original == self.replacement:
            msg = f"an edit must change something, {self.original!r} at {self.start} stays the same"
            raise ModelError(msg)


def _sorted_edits(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))


@attrs.frozen(kw_only=True, slots=False)
class Document(Displayed):
    """The clean text of one article, with every edit that led to it.

    Law: `restore` gives the raw text back, character for character. `removed` is sorted and its
    edits neither overlap nor touch the same insertion point twice. Offsets of claims and tables
    count in `text`; `raw_span` maps them to the raw text. The other fields are the article's.
    """

    article: str
    text: str = attrs.field(repr=lambda text: f"<{len(text)} characters>")
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    speaker: str | None = None
    tables: tuple[Table, ...] = ()
    flags: tuple[str, ...] = ()
    removed: tuple[Edit, ...] = attrs.field(
        default=(), converter=_sorted_edits, repr=lambda edits: f"<{len(edits)} edits>"
    )
    published_from: str | None = None
    canonical: str | None = None

    def __attrs_post_init__(self) -> None:
        end = -1
        for edit in self.removed:
            if edit.start < end or (edit.start == end == edit.end):
                msg = f"edits overlap at {edit.start} of the raw text (rule {edit.rule!r})"
                raise ModelError(msg)
            end = edit.end
        if end > self.raw_length:
            msg = f"an edit ends at {end}, beyond the raw text of {self.raw_length}"
            raise ModelError(msg)
        for edit, start in zip(self.removed, self._anchors[0], strict=True):
            if not self.text.startswith(edit.replacement, start):
                msg = f"the text has no {edit.replacement!r} at {start} (rule {edit.rule!r})"
                raise ModelError(msg)
        for table in self.tables:
            if table.span is not None and table.span.end > len(self.text):
                msg = f"a table ends at {table.span.end}, beyond the text of {len(self.text)}"
                raise ModelError(msg)

    @cached_property
    def _anchors(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Start of each replacement in the clean text, and the shift to the raw text after it."""
        starts, shifts, shift = [], [], 0
        for edit in self.removed:
            starts.append(edit.start - shift)
            shift += len(edit.original) - len(edit.replacement)
            shifts.append(shift)
        return tuple(starts), tuple(shifts)

    @property
    def raw_length(self) -> int:
        """Length of the raw text in code points."""
        return len(self.text) + (self._anchors[1][-1] if self.removed else 0)

    def restore(self) -> str:
        """Undo every edit: the article's raw text."""
        parts, at, raw = [], 0, 0
        for edit in self.removed:
            kept = edit.start - raw
            parts += [self.text[at : at + kept], edit.original]
            at += kept + len(edit.replacement)
            raw = edit.end
        return "".join([*parts, self.text[at:]])

    def raw_span(self, span: Span) -> Span:
        """Map a span of `text` to the raw text.

        A boundary inside a replacement maps to that boundary of the whole edit. Text that was
        removed just before or just after the passage is not part of the result.

        Raises:
            ModelError: The span ends beyond the text.
        """
        if span.end > len(self.text):
            msg = f"span {span.start}..{span.end} ends beyond the text of {len(self.text)}"
            raise ModelError(msg)
        start = self._raw_offset(span.start, after=True)
        if not len(span):
            return Span(start=start, end=start)
        return Span(start=start, end=max(start, self._raw_offset(span.end, after=False)))

    def _raw_offset(self, at: int, *, after: bool) -> int:
        """Raw offset of clean offset *at*; *after* tells on which side of a removal at *at*."""
        starts, shifts = self._anchors
        # the last edit whose replacement starts before `at`, or at it when its start is asked for
        index = bisect_right(starts, at if after else at - 1) - 1
        if index < 0:
            return at
        edit = self.removed[index]
        inside = at - starts[index]
        if after:
            if inside < len(edit.replacement):
                return edit.start
        elif inside < len(edit.replacement):
            return edit.end
        return at + shifts[index]
