"""Which of a page's blocks are its article's: judged one by one, by a model trained on pages."""

from collections.abc import Sequence

import attrs
import numpy as np
import numpy.typing as npt
from lxml.html import HtmlElement

from alignwatch.text._blocks import Block, read_blocks
from alignwatch.text._content_features import APART, WORDS, Hints, leave_furniture, measure_blocks
from alignwatch.text._content_model import load_forest

__all__ = ["Content", "choose_blocks", "find_content", "join_blocks", "measure_doubt"]

Numbers = npt.NDArray[np.float64]

# A page has hundreds of blocks; of one that has more than these, the longest are judged.
_MOST_BLOCKS = 8_000
_MOST_LEVELS = 300
_EVEN = 0.5
# where no block is sure, those nearly as likely as the likeliest are taken
_NEARLY = 0.55
_SURE_WORDS = 60
_WEIGHTY_WORDS = 200


@attrs.frozen(kw_only=True)
class Content:
    """The text that was chosen, and how many words are in doubt for each one taken.

    An odd page is made as none is for readers: with thousands of blocks or hundreds of levels.
    """

    text: str
    doubt: float
    is_odd: bool = False


def find_content(tree: HtmlElement, hints: Hints) -> Content:
    """Choose the blocks of the article in *tree*; the tree stays as it is."""
    everything, frames = read_blocks(tree)
    blocks = leave_furniture(everything)
    is_odd = len(blocks) > _MOST_BLOCKS or max(frame.level for frame in frames) > _MOST_LEVELS
    if len(blocks) > _MOST_BLOCKS:
        longest = sorted(range(len(blocks)), key=lambda at: (-blocks[at].chars, at))
        blocks = [blocks[at] for at in sorted(longest[:_MOST_BLOCKS])]
    if not blocks:
        return Content(text="", doubt=1.0, is_odd=is_odd)
    rows = measure_blocks(blocks, frames, hints)
    chances = load_forest().judge(rows)
    chances[rows[:, APART] > 0] = 0
    words = rows[:, WORDS]
    chosen = choose_blocks(chances, words)
    return Content(
        text=join_blocks(blocks, chosen), doubt=measure_doubt(chances, words), is_odd=is_odd
    )


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
