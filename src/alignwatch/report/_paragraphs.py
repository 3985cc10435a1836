"""The paragraphs that claims rest on, each kept once, and what cleaning changed in them.

Places are counted as a browser counts them, in UTF-16 units of the text that is shown.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

import attrs

from alignwatch.model import Claim, Document, Edit
from alignwatch.report._words import neutralise

__all__ = ["Change", "Place", "Shelf", "fill_shelf"]

SHELF_BYTES = 4_000_000
"""What all paragraphs may take; where they would take more, long ones are cut around quotes."""
CONTEXTS = (4_000, 1_200, 600, 300, 150, 60, 0)
"""Characters kept on either side of a quote, tried in this order."""
QUOTE_LIMIT, QUOTE_HEAD, QUOTE_TAIL = 2_000, 1_200, 400
CHANGE_LIMIT = 200
MOST_CHANGES = 12
_BREAKS = re.compile(r"\n\s*\n")  # as between paragraphs: "\n \n"
_ENDS = {"\n", " ", "\t"}
Bounds = tuple[int, int]


@attrs.frozen
class Place:
    """Where a quote stands: which paragraph, and from where to where."""

    paragraph: int
    start: int
    end: int


@attrs.frozen
class Change:
    """What cleaning changed at `at`; `more` counts the characters that are not shown."""

    at: int
    original: str
    more: int
    replacement: str
    rule: str
    reason: str


@attrs.frozen(kw_only=True)
class Shelf:
    """Paragraphs by number, the changes in each, and the place of each claim by its number."""

    texts: tuple[str, ...]
    changes: Mapping[int, tuple[Change, ...]]
    places: tuple[Place, ...]


def fill_shelf(claims: Sequence[Claim], documents: Mapping[str, Document]) -> Shelf:
    """Collect the paragraphs of all claims: whole where there is room, each text once.

    A claim whose document is missing, or whose quote no longer stands in it, has its quote alone.
    """
    by_article: defaultdict[str, list[int]] = defaultdict(list)
    for number, claim in enumerate(claims):
        by_article[claim.article].append(number)
    texts = {article: _source_text(documents.get(article)) for article in by_article}
    for context in CONTEXTS:
        shelf = _Filler(claims, documents, context)
        for article, numbers in by_article.items():
            shelf.add(texts[article], numbers)
            if shelf.size_bytes > SHELF_BYTES and context:
                break
        else:
            return shelf.close()
    raise AssertionError  # pragma: no cover - the last context is always taken


def _source_text(document: Document | None) -> str:
    return document.text if document else ""


class _Filler:
    def __init__(
        self, claims: Sequence[Claim], documents: Mapping[str, Document], context: int
    ) -> None:
        self.claims, self.documents, self.context = claims, documents, context
        self.numbers: dict[str, int] = {}
        self.changes: dict[int, tuple[Change, ...]] = {}
        self.places: dict[int, Place] = {}
        self.size_bytes = 0

    def add(self, text: str, numbers: Sequence[int]) -> None:
        """Shelve what the claims of one article rest on."""
        standing: list[int] = []
        lost: list[int] = []
        for number in numbers:
            evidence = self.claims[number].evidence
            stands = text[evidence.start : evidence.end] == evidence.quote
            (standing if stands else lost).append(number)
        for number in lost:
            quote = self.claims[number].evidence.quote
            self._shelve(quote, (0, len(quote)), {number: (0, len(quote))}, ())
        spans = {n: (self.claims[n].evidence.start, self.claims[n].evidence.end) for n in standing}
        edits: Sequence[tuple[int, Edit]] = ()
        if standing:
            edits = tuple(_place_edits(self.documents[self.claims[standing[0]].article]))
        inside: defaultdict[Bounds, dict[int, Bounds]] = defaultdict(dict)
        paragraphs = _merge(_paragraph_of(text, span) for span in spans.values())
        for number, span in spans.items():
            inside[paragraphs[bisect_right(paragraphs, (span[0], len(text))) - 1]][number] = span
        ends = [at for at, _ in edits]
        for (first, last), told in inside.items():
            near = edits[bisect_left(ends, first - 1) : bisect_right(ends, last + 1)]
            self._shelve(text, (first, last), told, near)

    def _shelve(
        self,
        text: str,
        bounds: Bounds,
        spans: Mapping[int, Bounds],
        edits: Sequence[tuple[int, Edit]],
    ) -> None:
        cut = _Cut(text, bounds, _keep(text, bounds, spans.values(), self.context))
        number = self.numbers.setdefault(cut.shown, len(self.numbers))
        if number == len(self.numbers) - 1 and number not in self.changes:
            self.size_bytes += len(cut.shown.encode())
        if edits and number not in self.changes:
            self.changes[number] = tuple(_tell_changes(cut, edits))
        for claim, (start, end) in spans.items():
            self.places[claim] = Place(number, cut.locate(start), cut.locate(end))

    def close(self) -> Shelf:
        return Shelf(
            texts=tuple(self.numbers),
            changes={number: told for number, told in self.changes.items() if told},
            places=tuple(self.places[number] for number in range(len(self.claims))),
        )


class _Cut:
    """The parts of a paragraph that are shown, joined, and where each of them went."""

    def __init__(self, text: str, bounds: Bounds, kept: Sequence[Bounds]) -> None:
        self.kept = kept
        shown: list[str] = []
        self.starts: list[int] = []
        self.steps: list[Sequence[int]] = []
        length = 0
        for number, (start, end) in enumerate(kept):
            gap = "" if start == bounds[0] else "… " if number == 0 else " […] "
            raw = text[start:end]
            part = neutralise(raw)
            length += _units(gap)
            self.starts.append(length)
            self.steps.append(_count_steps(raw, part))
            length += _units(part)
            shown += [gap, part]
        if kept[-1][1] < bounds[1]:
            shown.append(" …")
        self.shown = "".join(shown)

    def locate(self, at: int) -> int:
        """Give the place in what is shown of an offset of the text."""
        number = max(0, bisect_right(self.kept, (at, self.kept[-1][1] + 1)) - 1)
        start, end = self.kept[number]
        return self.starts[number] + self.steps[number][min(max(at, start), end) - start]


def _count_steps(raw: str, shown: str) -> Sequence[int]:
    """Give for each offset of *raw* how many units of what is shown stand before it."""
    if shown == raw and max(raw, default="") <= "\uffff":
        return range(len(raw) + 1)
    return list(accumulate((_units(neutralise(char)) for char in raw), initial=0))


def _units(text: str) -> int:
    """Count as a browser does, for which some characters are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "replace")) // 2


def _paragraph_of(text: str, span: Bounds) -> Bounds:
    last = text.find("\n", span[1])
    return text.rfind("\n", 0, span[0]) + 1, last if last >= 0 else len(text)


def _merge(bounds: Iterable[Bounds]) -> list[Bounds]:
    merged: list[Bounds] = []
    for start, end in sorted(set(bounds)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _keep(text: str, bounds: Bounds, spans: Iterable[Bounds], context: int) -> list[Bounds]:
    """Choose the parts to show: each quote with its context, cut between words."""
    first, last = bounds
    wanted = []
    for start, end in spans:
        left = max(first, start - context)
        right = min(last, end + context)
        while left > first and text[left - 1] not in _ENDS and start - left < context + 24:
            left -= 1
        while right < last and text[right] not in _ENDS and right - end < context + 24:
            right += 1
        if end - start > QUOTE_LIMIT:
            wanted += [(left, start + QUOTE_HEAD), (end - QUOTE_TAIL, right)]
        else:
            wanted.append((left, right))
    # a gap of a few words is no gain
    merged: list[Bounds] = []
    for left, right in _merge(wanted):
        if merged and left - merged[-1][1] < 40:
            merged[-1] = (merged[-1][0], right)
        else:
            merged.append((left, right))
    return merged


def _place_edits(document: Document) -> Iterator[tuple[int, Edit]]:
    """Give each edit that took or put a word with its offset in the clean text."""
    shift = 0
    for edit in document.removed:
        at = edit.start - shift
        shift += len(edit.original) - len(edit.replacement)
        if edit.original.strip() or edit.replacement.strip():
            yield at, edit


def _tell_changes(cut: _Cut, edits: Sequence[tuple[int, Edit]]) -> Iterator[Change]:
    for at, edit in edits[:MOST_CHANGES]:
        original = _BREAKS.sub("\n", edit.original)
        yield Change(
            cut.locate(at),
            neutralise(original[:CHANGE_LIMIT]),
            max(0, len(original) - CHANGE_LIMIT),
            neutralise(edit.replacement[:CHANGE_LIMIT]),
            edit.rule,
            edit.reason,
        )
