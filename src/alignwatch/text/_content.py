"""Which of a page's blocks are its article's: judged one by one, by a model trained on pages."""

from collections.abc import Sequence

import attrs
import numpy as np
import numpy.typing as npt
from lxml.html import HtmlElement

from alignwatch.text._blocks import Block, Frame, read_blocks
from alignwatch.text._content_features import (
    APART,
    WORDS,
    Hints,
    is_paragraph,
    leave_furniture,
    measure_blocks,
)
from alignwatch.text._content_model import load_forest

__all__ = [
    "Content",
    "choose_blocks",
    "find_content",
    "find_hopeless",
    "is_doubtful",
    "join_blocks",
    "measure_doubt",
]

Numbers = npt.NDArray[np.float64]

# A page has hundreds of blocks; of one that has more than these, the longest are judged.
_MOST_BLOCKS = 8_000
_MOST_LEVELS = 300
_EVEN = 0.5
# where no block is sure, those nearly as likely as the likeliest are taken
_NEARLY = 0.55
_SURE_WORDS = 60
_WEIGHTY_WORDS = 200
# Words in doubt to each word taken: one page of six has more, and is no book.
_MOST_DOUBT = 0.12
_MOST_DOUBT_OF_LONG = 0.3
_LONG_CHARS = 20_000
_HOPE = 0.05


@attrs.frozen(kw_only=True)
class Content:
    """The text that was chosen, and whether too much of it is in doubt.

    `is_doubtful` tells that another reader should be asked; then `hopeless` are the elements that
    need not be shown to it.
    """

    text: str
    is_doubtful: bool
    hopeless: tuple[HtmlElement, ...] = ()


def find_content(tree: HtmlElement, hints: Hints) -> Content:
    """Choose the blocks of the article in *tree*; the tree stays as it is."""
    everything, frames = read_blocks(tree)
    blocks = leave_furniture(everything)
    # made as no page is for readers; the time of other readers grows with the square of that
    is_odd = len(blocks) > _MOST_BLOCKS or max(frame.level for frame in frames) > _MOST_LEVELS
    if len(blocks) > _MOST_BLOCKS:
        longest = sorted(range(len(blocks)), key=lambda at: (-blocks[at].chars, at))
        blocks = [blocks[at] for at in sorted(longest[:_MOST_BLOCKS])]
    if not blocks:
        return Content(text="", is_doubtful=not is_odd)
    rows = measure_blocks(blocks, frames, hints)
    chances = load_forest().judge(rows)
    chances[rows[:, APART] > 0] = 0
    words = rows[:, WORDS]
    text = join_blocks(blocks, choose_blocks(chances, words))
    if is_odd or not is_doubtful(measure_doubt(chances, words), text):
        return Content(text=text, is_doubtful=False)
    hopeless = find_hopeless(everything, frames, blocks, chances, rows)
    return Content(text=text, is_doubtful=True, hopeless=hopeless)


def find_hopeless(
    everything: Sequence[Block],
    frames: Sequence[Frame],
    blocks: Sequence[Block],
    chances: Numbers,
    rows: Numbers,
) -> tuple[HtmlElement, ...]:
    """Give the outermost elements in which no block has a chance to be the article's.

    What was not judged, as it stands in furniture, may be the article if it is a paragraph.
    """
    apart = rows[:, APART] > 0
    judged = {
        id(block): chance
        for block, chance, is_apart in zip(blocks, chances.tolist(), apart.tolist(), strict=True)
        if not is_apart
    }
    best = [0.0] * len(frames)
    for block in everything:
        chance = judged.get(id(block))
        hope = float(is_paragraph(block)) if chance is None else chance
        frame: Frame | None = block.frame
        while frame is not None and best[frame.index] < hope:
            best[frame.index] = hope
            frame = frame.parent
    gone: set[int] = set()
    hopeless = []
    for frame in frames:
        if frame.parent is not None and frame.parent.index in gone:
            gone.add(frame.index)
        elif frame.node is not None and best[frame.index] < _HOPE:
            gone.add(frame.index)
            hopeless.append(frame.node)
    return tuple(hopeless)


def is_doubtful(doubt: float, text: str) -> bool:
    """Whether so much is in doubt that another reader may know better; of a long text, more."""
    return doubt > (_MOST_DOUBT if len(text) < _LONG_CHARS else _MOST_DOUBT_OF_LONG)


def measure_doubt(chances: Numbers, words: Numbers) -> float:
    """Give how many words may be judged wrongly for each one that is taken."""
    weight = np.minimum(words, _WEIGHTY_WORDS)
    unsure = float((weight * np.minimum(chances, 1 - chances)).sum())
    taken = float((weight * (chances >= _EVEN)).sum())
    return unsure / max(20.0, taken)


def choose_blocks(chances: Numbers, words: Numbers) -> npt.NDArray[np.bool_]:
    """Give which blocks are taken: the likely ones, on a page of unlikely ones the likeliest."""
    order = np.argsort(-chances, kind="stable")
    sums = np.cumsum(np.minimum(words[order], 100))
    place = int(np.searchsorted(sums, min(_SURE_WORDS, 0.5 * float(sums[-1]))))
    top = float(chances[order[min(place, len(order) - 1)]])
    chosen: npt.NDArray[np.bool_] = chances >= min(_EVEN, _NEARLY * top)
    return chosen


def join_blocks(blocks: Sequence[Block], chosen: npt.NDArray[np.bool_]) -> str:
    """Give the chosen blocks on lines of their own, list items behind a dash."""
    return "\n".join(
        f"- {block.text}" if block.bullet else block.text
        for block, is_chosen in zip(blocks, chosen.tolist(), strict=True)
        if is_chosen
    )
