"""How a page is laid out: which frame holds the paragraphs, and where blocks stand to it."""

from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from alignwatch.text._blocks import Block, Frame
from alignwatch.text._blocks_names import family_count

__all__ = ["Layout", "lay_out"]

_MOST_BLOCKS = 50


@attrs.frozen(kw_only=True, eq=False)
class Layout:
    """One entry for each block.

    `places` number the frames, `makes` the ways to be marked up; `shared` are the families of
    names that the whole article stands in.
    """

    columns: npt.NDArray[np.float64]
    inside: npt.NDArray[np.bool_]
    places: npt.NDArray[np.int64]
    makes: npt.NDArray[np.int64]
    shared: int
    families: int


def lay_out(
    blocks: Sequence[Block], frames: Sequence[Frame], paragraph: npt.NDArray[np.bool_]
) -> Layout:
    """Sum up what stands in each frame, and measure how blocks stand to the article's frame."""
    _sum_up(blocks, frames, paragraph)
    best = _find_best(frames)
    within, off, gap, branch = _relate(frames, best)
    parents = np.array([0 if frame.parent is None else frame.parent.index for frame in frames])
    sums = np.array(
        [(f.paragraph_chars, f.chars, f.link_chars, f.blocks) for f in frames], dtype=np.float64
    )
    paragraphs, chars, linked, count = sums.T
    whole = np.maximum(1, chars)
    by_frame = np.column_stack(
        [
            paragraphs / max(1.0, float(paragraphs[0])),
            chars / whole[0],
            linked / whole,
            paragraphs / whole,
            chars / np.maximum(1, count),
        ]
    )
    places = np.array([block.frame.index for block in blocks])
    columns: list[Any] = []
    level = places
    for _ in range(4):
        columns.append(by_frame[level])
        level = parents[level]
    columns.append(by_frame[np.array(branch)[places]])
    inside = np.array(within)[places]
    columns += [np.minimum(inside, 8), np.minimum(np.array(off)[places], 8)]
    columns.append(np.minimum(np.array(gap)[places], 12))
    sizes = np.array([block.chars for block in blocks], dtype=np.float64)
    links = np.array([block.link_chars for block in blocks], dtype=np.float64)
    makes, groups = _groups(blocks)
    for ids in (makes, groups):
        total = np.bincount(ids, sizes)
        times = np.bincount(ids)
        columns += [
            np.minimum(times, _MOST_BLOCKS)[ids],
            (total / whole[0])[ids],
            (np.bincount(ids, sizes * paragraph) / max(1.0, float(paragraphs[0])))[ids],
            (np.bincount(ids, links) / total)[ids],
            (total / times)[ids],
        ]
    return Layout(
        columns=np.column_stack(columns),
        inside=inside > 0,
        places=places,
        makes=makes,
        shared=best.mask,
        families=family_count(),
    )


def _sum_up(
    blocks: Sequence[Block], frames: Sequence[Frame], paragraph: npt.NDArray[np.bool_]
) -> None:
    for block, is_paragraph in zip(blocks, paragraph.tolist(), strict=True):
        frame = block.frame
        frame.chars += block.chars
        frame.link_chars += block.link_chars
        frame.blocks += 1
        if is_paragraph:
            frame.paragraph_chars += block.chars
    for frame in reversed(frames):
        above = frame.parent
        if above is not None:
            above.chars += frame.chars
            above.link_chars += frame.link_chars
            above.blocks += frame.blocks
            above.paragraph_chars += frame.paragraph_chars


def _find_best(frames: Sequence[Frame]) -> Frame:
    """Give the innermost frame that holds most of the paragraphs of each one around it."""
    best = frames[0]
    for frame in frames[1:]:
        # frames stand outer before inner: the first that qualifies inside the best is its child
        if frame.parent is best and frame.paragraph_chars >= 0.6 * best.paragraph_chars > 0:
            best = frame
    return best


def _relate(
    frames: Sequence[Frame], best: Frame
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Give for each frame how deep it is inside the best one, or how far off the way to it.

    The fourth list is the child of the best frame, or of the way to it, that the frame stands in.
    """
    path = set()
    at: Frame | None = best
    while at is not None:
        path.add(at.index)
        at = at.parent
    size = len(frames)
    within, off, gap, branch = [0] * size, [0] * size, [0] * size, [0] * size
    for frame in frames:
        index = frame.index
        above = 0 if frame.parent is None else frame.parent.index
        if frame is best:
            within[index], branch[index] = 1, index
        elif index in path:
            gap[index] = best.level - frame.level
        elif within[above]:
            within[index] = within[above] + 1
            branch[index] = index if within[above] == 1 else branch[above]
        else:
            off[index], gap[index] = off[above] + 1, gap[above]
            branch[index] = index if above in path else branch[above]
    return within, off, gap, branch


_BOXES = frozenset({"div", "body", "td", "article", "section", "main"})


def _groups(
    blocks: Sequence[Block],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Number the blocks that are marked up alike, and those of one tag in one place."""
    makes: dict[tuple[str, str, str], int] = {}
    groups: dict[tuple[int, str], int] = {}
    first, second = [], []
    for block in blocks:
        frame = block.frame
        above = frame.parent or frame
        first.append(makes.setdefault((frame.key, above.key, block.tag), len(makes)))
        place = frame if block.tag in _BOXES else above
        second.append(groups.setdefault((place.index, block.tag), len(groups)))
    return np.array(first), np.array(second)
