"""What is measured about each block of a page, for the model that tells the article's blocks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from alignwatch.text._blocks import HIDDEN_BY_STYLE, Block, Frame
from alignwatch.text._blocks_names import (
    families_apart,
    families_never,
    good_families,
    junk_families,
    phrase_kinds,
    phrases_in,
    words_in,
)
from alignwatch.text._content_frames import Layout, lay_out
from alignwatch.text._language import count_little_words
from alignwatch.text._metadata import Metadata

__all__ = ["APART", "WORDS", "Hints", "is_paragraph", "leave_furniture", "measure_blocks"]

WORDS, APART = 1, -1
"""The columns that tell how many words a block has, and whether it is where no article is."""

Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_PARAGRAPH_CHARS = 80
_LOOKED_AT = 600
_PHRASES_IN = 240
_TAGS: Mapping[str, int] = {
    tag: number
    for number, tags in enumerate(
        (
            *("p", "li", "h1", "h2", "h3", "h4", "h5 h6", "div", "td", "blockquote"),
            *("figcaption", "pre", "dt", "dd", "table", "section", "article", "button", "th"),
            *("body", "caption", "summary", "aside", "header", "footer", "address", "cite"),
        ),
        start=1,
    )
    for tag in tags.split()
}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ENDS = (
    *(".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f", "\u061f"),
    *('"', "\u201d", "\u2019", ")", "\u00bb"),
)
_MARKS = "|\u2022\u00b7/\u00bb\u203a>\u2192"
# all of ASCII but capitals, but digits, but marks
_BUT_CAPITALS, _BUT_DIGITS, _BUT_MARKS = (
    bytes(code for code in range(128) if chr(code) not in kept)
    for kept in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789", _MARKS)
)
# columns of the numbers of a block by itself
_CHARS, _LINKED, _BOLD, _LITTLE, _END, _JACCARD, _TAG, _HIDDEN = 0, 2, 4, 12, 7, 21, 23, 27


@attrs.frozen(kw_only=True)
class Hints:
    """What the page's metadata say of the article, "" where they say nothing."""

    title: str = ""
    summary: str = ""
    body: str = ""

    @classmethod
    def of(cls, metadata: Metadata) -> "Hints":
        """Give what helps of all that the page declares."""
        return cls(
            title=metadata.title or "",
            summary=metadata.description or "",
            body=metadata.body or "",
        )


def leave_furniture(blocks: Sequence[Block]) -> Sequence[Block]:
    """Give the blocks without those in furniture, such as menus and forms.

    Where that would leave little of the page's paragraphs, only what is never an article goes.
    """
    paragraphs = [block for block in blocks if is_paragraph(block)]
    total = sum(block.chars for block in paragraphs)
    for apart, least in ((families_apart(), 0.3), (families_never(), 0.03)):
        free = sum(block.chars for block in paragraphs if not block.frame.mask & apart)
        if total and free >= least * total:
            return [block for block in blocks if not block.frame.mask & apart]
    return blocks


def is_paragraph(block: Block) -> bool:
    """Whether a block looks like running text."""
    return (
        block.chars >= _PARAGRAPH_CHARS
        and block.link_chars < 0.4 * block.chars
        and not block.frame.hidden
        and block.tag not in _HEADINGS
    )


def measure_blocks(blocks: Sequence[Block], frames: Sequence[Frame], hints: Hints) -> Numbers:
    """Give one row of numbers for each block; there must be one block at least."""
    title = frozenset(words_in(hints.title.casefold()))
    summary = frozenset(words_in(hints.summary.casefold()))
    body = " ".join(hints.body.split()).casefold()
    rows, kinds = [], []
    seen: Counter[str] = Counter()
    times = Counter(block.text[:_LOOKED_AT] for block in blocks)
    for block in blocks:
        row, kind = _measure(block, title, summary)
        start = block.text[:_LOOKED_AT]
        known = block.text[:80].casefold() in body if body else -1
        rows.append((*row, seen[start] > 0, known, min(times[start], 4)))
        kinds.append(kind)
        seen[start] += 1
    flat = np.fromiter(chain.from_iterable(rows), np.float64, len(rows) * len(rows[0]))
    own = flat.reshape(len(rows), -1)
    heading = np.array([block.tag in _HEADINGS for block in blocks])
    paragraph = np.array([is_paragraph(block) for block in blocks])
    layout = lay_out(blocks, frames, paragraph)
    return _stack(
        [
            own,
            layout.columns,
            *_place(own, layout, paragraph, heading),
            *_heading_above(own, np.array(kinds), heading),
            *_neighbours(own, layout, paragraph),
            *_named(blocks, layout),
            _apart(blocks, own[:, _CHARS], layout),
        ]
    )


def _stack(columns: Sequence[Any]) -> Numbers:
    """Give the columns beside each other; some are several."""
    widths = [1 if column.ndim == 1 else column.shape[1] for column in columns]
    rows = np.empty((len(columns[0]), sum(widths)))
    at = 0
    for column, width in zip(columns, widths, strict=True):
        if column.ndim == 1:
            rows[:, at] = column
        else:
            rows[:, at : at + width] = column
        at += width
    return rows


def _measure(
    block: Block, title: frozenset[str], summary: frozenset[str]
) -> tuple[tuple[float, ...], int]:
    head = block.text[:_LOOKED_AT]
    lower = head.casefold()
    words = words_in(lower)
    known = frozenset(words)
    count = max(1, len(words))
    size = len(head)
    shared = len(known & title)
    kinds = phrases_in(words_in(lower[:_PHRASES_IN]) if size > _PHRASES_IN else words)
    capitals, digits, marks = _count_signs(head)
    last = block.text[-1]
    return (
        block.chars,
        count,
        block.link_chars / block.chars,
        block.links,
        block.bold_chars / block.chars,
        head.count(",") / size,
        head.count(". ") + head.count("? ") + head.count("! "),
        block.text.endswith(_ENDS),
        head[0].isupper(),
        head[0].islower(),
        capitals / count,
        digits / size,
        count_little_words(words) / count,
        last == "?",
        last == ":",
        head.isupper(),
        marks,
        "@" in head,
        "http" in lower or "www." in lower,
        size / count,
        shared / max(1, min(len(known), len(title))),
        shared / max(1, len(known) + len(title) - shared),
        len(known & summary) / max(1, len(known)),
        _TAGS.get(block.tag, 0),
        block.frame.lists,
        block.cut,
        block.bullet,
        block.frame.hidden,
        block.frame.images,
        kinds.bit_count(),
    ), kinds


def _count_signs(text: str) -> tuple[int, int, int]:
    """Give how many capitals, digits and marks a text holds."""
    if text.isascii():  # most texts are, and bytes are counted at once
        plain = text.encode("ascii")
        capitals = len(plain.translate(None, _BUT_CAPITALS))
        digits = len(plain.translate(None, _BUT_DIGITS))
        marks = len(plain.translate(None, _BUT_MARKS))
    else:
        capitals = sum(map(str.isupper, text))
        digits = sum(map(text.count, "0123456789"))
        marks = sum(map(text.count, _MARKS))
    return capitals, digits, marks


def _place(
    own: Numbers, layout: Layout, paragraph: npt.NDArray[np.bool_], heading: npt.NDArray[np.bool_]
) -> list[Any]:
    """Give where blocks stand on the page, to its title and to its paragraphs."""
    count = len(own)
    at = np.arange(count)
    chars = own[:, _CHARS]
    before = np.cumsum(chars) - chars
    total = max(1.0, float(chars.sum()))
    main = np.flatnonzero(paragraph & layout.inside)
    if not len(main):
        main = np.flatnonzero(paragraph)
    first, last = (main[0], main[-1]) if len(main) else (0, count - 1)
    weight = chars * (paragraph & layout.inside)
    above = np.cumsum(weight) / max(1.0, float(weight.sum()))
    headings = np.flatnonzero(own[:, _TAG] == _TAGS["h1"])
    likeness = own[:, _JACCARD] + 0.3 * heading + 0.2 * (own[:, _TAG] == _TAGS["h1"])
    titled = int(np.argmax(likeness))
    previous = np.maximum.accumulate(np.concatenate([[-100], np.where(paragraph, at, -100)[:-1]]))
    following = np.where(paragraph, at, count + 100)
    following = np.minimum.accumulate(np.concatenate([following[1:], [count + 100]])[::-1])[::-1]
    return [
        at / count,
        before / total,
        np.clip(at - first, -30, 30),
        np.clip(at - last, -30, 30),
        above,
        np.clip(at - (headings[0] if len(headings) else -50), -40, 40),
        np.clip(at - titled, -40, 40),
        np.minimum(at - previous, 20),
        np.minimum(following - at, 20),
    ]


def _heading_above(own: Numbers, kinds: Whole, heading: npt.NDArray[np.bool_]) -> list[Any]:
    at = np.arange(len(own))
    last = np.maximum.accumulate(np.where(heading, at, -1))
    above = np.concatenate([[-1], last[:-1]])
    some = above >= 0
    above = np.maximum(above, 0)
    bits = np.arange(phrase_kinds())
    said = kinds[:, None] >> bits & 1
    over = np.where(some[:, None], said[above], 0)
    return [
        np.where(some, np.minimum(at - above, 30), 40),
        *(np.where(some, own[above, column], 0) for column in (_CHARS, _LINKED, _TAG, _LITTLE)),
        said,
        over,
        over.sum(axis=1),
    ]


def _neighbours(own: Numbers, layout: Layout, paragraph: npt.NDArray[np.bool_]) -> list[Any]:
    count = len(own)
    at = np.arange(count)
    columns: list[Any] = []
    told = own[:, (_CHARS, _LINKED, _LITTLE, _TAG, _END)]
    for step in (-2, -1, 1, 2):
        here, there = (
            slice(max(0, -step), count - max(0, step)),
            slice(max(0, step), count + min(0, step)),
        )
        beside = np.zeros((count, told.shape[1] + 2))
        beside[here, :-2] = told[there]
        beside[here, -2] = layout.makes[there] == layout.makes[here]
        beside[here, -1] = layout.places[there] == layout.places[here]
        columns.append(beside)
    chars = own[:, _CHARS]
    sums = [
        np.concatenate([[0], np.cumsum(column)])
        for column in (paragraph, chars * own[:, _LINKED], chars)
    ]
    for reach in (3, 8):
        low, high = np.maximum(0, at - reach), np.minimum(count, at + reach + 1)
        below = np.minimum(count, at + 1)
        columns += [
            (sums[0][high] - sums[0][low]) / (high - low),
            (sums[1][high] - sums[1][low]) / np.maximum(1, sums[2][high] - sums[2][low]),
            sums[0][at] - sums[0][low],
            sums[0][high] - sums[0][below],
        ]
    return columns


def _named(blocks: Sequence[Block], layout: Layout) -> list[Any]:
    """Give the families of names on and around blocks: 3 on a block itself, 1 far above it."""
    own, near, far = (
        np.array(bits, dtype=np.int64)
        for bits in (
            [block.frame.own | block.inner for block in blocks],
            [block.frame.near for block in blocks],
            [block.frame.mask for block in blocks],
        )
    )
    beyond = far & ~np.int64(layout.shared)
    shift = np.arange(layout.families)
    each = sum((bits[:, None] >> shift & 1) for bits in (own, near, far))
    junk, good = np.int64(junk_families()), np.int64(good_families())
    sides = [np.bitwise_count(bits & side) for side in (junk, good) for bits in (own, near, beyond)]
    return [each, *sides]


def _apart(blocks: Sequence[Block], chars: Numbers, layout: Layout) -> npt.NDArray[np.bool_]:
    """Give which blocks stand in furniture, or are not shown where most of the page is."""
    unseen = np.array([block.frame.hidden & HIDDEN_BY_STYLE > 0 for block in blocks])
    if 2 * chars[unseen].sum() > chars.sum():
        unseen[:] = False
    bits = families_apart() & ~layout.shared
    apart: npt.NDArray[np.bool_] = unseen | [block.frame.mask & bits > 0 for block in blocks]
    return apart
