"""Copies found in steps, for more texts than one process sees."""

from collections.abc import Iterable, Iterator, Sequence

from alignwatch.aggregate._groups import Groups
from alignwatch.aggregate._sketches import Sketches

__all__ = ["band_texts", "join_copies"]

_AT_ONCE = 2_048


def band_texts(texts: Iterable[str]) -> Iterator[tuple[int, ...]]:
    """Give 64 keys of each text, below 2**64; texts that share one, at its place, may be copies.

    Lazy, and the same for a text wherever it stands. A text without words has no keys.
    """
    some: list[str] = []
    for text in texts:
        some.append(text)
        if len(some) >= _AT_ONCE:
            yield from _band(some)
            some = []
    yield from _band(some)


def _band(texts: Sequence[str]) -> Iterator[tuple[int, ...]]:
    if not texts:
        return
    sketches = Sketches(texts)
    rows = zip(*(band.tolist() for band in sketches.find_bands()), strict=True)
    for place, row in enumerate(rows):
        yield row if sketches.has_words(place) else ()


def join_copies(
    texts: Sequence[str], met: Iterable[tuple[int, Sequence[int]]]
) -> tuple[tuple[int, int], ...]:
    """Give pairs of *texts*, by their places, that are copies: enough of them to connect all.

    Args:
        texts: Texts; `cluster_articles` calls the same ones copies.
        met: Places, each with the places before it, ascending, that share a key of `band_texts`
            with it. No other pairs are looked at, nor those that are connected already.
    """
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    sketches = Sketches(texts)
    groups = Groups(len(texts))
    joined = []
    for place, others in met:
        for other in sketches.pick_likely(place, np.asarray(others, dtype=np.int64)):
            if groups.is_apart(place, other) and sketches.are_copies(place, other):
                groups.join(place, other)
                joined.append((other, place))
    return tuple(joined)
