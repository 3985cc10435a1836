"""What two texts have in common, counted in runs of three words."""

import re
import unicodedata
from collections.abc import Set as AbstractSet

import attrs

__all__ = [
    "SHINGLE_WORDS",
    "are_copies",
    "least_shared",
    "measure_overlap",
    "share_enough",
    "shingle_text",
]

SHINGLE_WORDS = 3
"""Words in a run. One changed word breaks three runs: a copy with 5 % of its words changed keeps
about 86 % of them, while two reports of one event rarely share a tenth."""

COPY_JACCARD = 0.4
COPY_CONTAINMENT = 0.7
SHORT_SHINGLES = 20
SHORT_JACCARD = 0.8

# a run of letters, digits and underscores: "Iran's 5th" is three words
_WORD = re.compile(r"\w+")


@attrs.frozen(kw_only=True)
class Overlap:
    """Two fractions in 0..1: of all runs, and of the shorter text's runs, that both texts have."""

    jaccard: float
    containment: float


def shingle_text(text: str) -> frozenset[str]:
    """Give the runs of `SHINGLE_WORDS` words, blind to case, punctuation and line breaks.

    A text of fewer words is one run; a text without words has none.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(words) < SHINGLE_WORDS:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def measure_overlap(one: AbstractSet[object], other: AbstractSet[object]) -> Overlap:
    """Count what two texts share; two texts without words share nothing."""
    return _relate(len(one & other), len(one), len(other))


def _relate(shared: int, one: int, other: int) -> Overlap:
    if not shared:
        return Overlap(jaccard=0.0, containment=0.0)
    return Overlap(jaccard=shared / (one + other - shared), containment=shared / min(one, other))


def are_copies(one: AbstractSet[object], other: AbstractSet[object]) -> bool:
    """Tell whether two texts are one story, edited; symmetric.

    Either two fifths of all runs are common, or seven tenths of the shorter text's (it was cut, or
    the other was added to). Below `SHORT_SHINGLES` runs a single word may be the news ("2 dead",
    "3 dead"), so that four fifths must be common.
    """
    return share_enough(len(one & other), len(one), len(other))


def share_enough(shared: int, one: int, other: int) -> bool:
    """Tell the same from numbers of runs; whoever shares more never shares too little."""
    overlap = _relate(shared, one, other)
    if min(one, other) < SHORT_SHINGLES:
        return overlap.jaccard >= SHORT_JACCARD
    return overlap.jaccard >= COPY_JACCARD or overlap.containment >= COPY_CONTAINMENT


def least_shared(one: int, other: int) -> int:
    """Give the least number of common runs with which texts of so many runs are copies."""
    # the share grows with the number, so that halving finds it
    low, high = 0, min(one, other)
    while low < high:
        middle = (low + high) // 2
        if share_enough(middle, one, other):
            high = middle
        else:
            low = middle + 1
    return low
