"""What two texts have in common, counted in runs of three words."""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from typing import Any

import attrs

__all__ = [
    "LONG_SHINGLE_WORDS",
    "SHINGLE_WORDS",
    "are_copies",
    "floor_of_shared",
    "measure_overlap",
    "measure_share",
    "share_enough",
    "share_long_runs",
    "share_surely",
    "shingle_text",
    "split_words",
]

SHINGLE_WORDS = 3
"""Words in a run. One changed word breaks three runs: a copy with 5 % of its words changed keeps
about 86 % of them, while two reports of one event rarely share a tenth."""

LONG_SHINGLE_WORDS = 10
"""Words in a long run: what two texts of one pattern rarely share, and copies do."""

COPY_JACCARD = 0.4
COPY_CONTAINMENT = 0.7
SURE_JACCARD = 0.5
LONG_CONTAINMENT = 0.3
SHORT_SHINGLES = 20
SHORT_JACCARD = 0.8

# a run of letters, digits and underscores: "Iran's 5th" is three words
_WORD = re.compile(r"\w+")


@attrs.frozen(kw_only=True)
class Overlap:
    """Two fractions in 0..1: of all runs, and of the shorter text's runs, that both texts have."""

    jaccard: float
    containment: float


def split_words(text: str) -> list[str]:
    """Give the words of *text*, blind to case, punctuation and line breaks."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def shingle_text(text: str, *, words_in_run: int = SHINGLE_WORDS) -> frozenset[str]:
    """Give the runs of words, blind to case, punctuation and line breaks.

    A text of fewer words is one run; a text without words has none.
    """
    words = split_words(text)
    if len(words) < words_in_run:
        return frozenset({" ".join(words)} if words else ())
    places = (words[start:] for start in range(words_in_run))
    return frozenset(map(" ".join, zip(*places, strict=False)))


def measure_overlap(one: AbstractSet[object], other: AbstractSet[object]) -> Overlap:
    """Count what two texts share; two texts without words share nothing."""
    return _relate(len(one & other), len(one), len(other))


def measure_share(text: str, other: str) -> float:
    """Give the fraction of *text*'s words that stand in *other* too, in runs of `SHINGLE_WORDS`.

    1 for a text that is whole in the other, 0 for one without words.
    """
    words, runs = split_words(text), shingle_text(other)
    if len(words) < SHINGLE_WORDS:
        return float(" ".join(words) in runs)
    common = bytearray(len(words))
    for start, run in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if " ".join(run) in runs:
            common[start : start + SHINGLE_WORDS] = b"\1" * SHINGLE_WORDS
    return sum(common) / len(words)


def _relate(shared: int, one: int, other: int) -> Overlap:
    if not shared:
        return Overlap(jaccard=0.0, containment=0.0)
    return Overlap(jaccard=shared / (one + other - shared), containment=shared / min(one, other))


def are_copies(one: str, other: str) -> bool:
    """Tell whether two texts are one story, edited; symmetric.

    Either two fifths of all runs of three words are common, or seven tenths of the shorter text's
    (it was cut, or the other was added to). Below `SHORT_SHINGLES` runs a single word may be the
    news ("2 dead", "3 dead"), so that four fifths must be common. Where less than half of all runs
    is, three tenths of the shorter text's runs of `LONG_SHINGLE_WORDS` words must be as well:
    bulletins that are made by filling in names share short runs alone.
    """
    runs, others = shingle_text(one), shingle_text(other)
    shared = len(runs & others)
    if not share_enough(shared, len(runs), len(others)):
        return False
    if share_surely(shared, len(runs), len(others)):
        return True
    runs = shingle_text(one, words_in_run=LONG_SHINGLE_WORDS)
    others = shingle_text(other, words_in_run=LONG_SHINGLE_WORDS)
    return share_long_runs(len(runs & others), len(runs), len(others))


def share_surely(shared: int, one: int, other: int) -> bool:
    """Tell from numbers of runs whether texts that share enough are copies without a doubt."""
    return _relate(shared, one, other).jaccard >= SURE_JACCARD


def share_long_runs(shared: int, one: int, other: int) -> bool:
    """Tell from numbers of long runs whether enough of them are common."""
    return _relate(shared, one, other).containment >= LONG_CONTAINMENT


def share_enough(shared: int, one: int, other: int) -> bool:
    """Tell the same from numbers of runs; whoever shares more never shares too little."""
    overlap = _relate(shared, one, other)
    if min(one, other) < SHORT_SHINGLES:
        return overlap.jaccard >= SHORT_JACCARD
    return overlap.jaccard >= COPY_JACCARD or overlap.containment >= COPY_CONTAINMENT


def floor_of_shared(one: int, others: Any) -> Any:
    """Give the least number of common runs with which texts of so many runs can be copies.

    *others* is an array of numbers of runs, and so is the result; at times it is one too low.
    """
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    both, least = one + others, np.minimum(one, others)
    by_all = COPY_JACCARD / (1 + COPY_JACCARD) * both
    long = np.minimum(by_all, COPY_CONTAINMENT * least)
    short = SHORT_JACCARD / (1 + SHORT_JACCARD) * both
    # what rounding may have added must not leave a copy out
    return np.floor(np.where(least < SHORT_SHINGLES, short, long) - 1e-6)
