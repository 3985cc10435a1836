"""What is kept of a text to tell whether another one copies it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from alignwatch.aggregate._shingles import (
    LONG_SHINGLE_WORDS,
    SHINGLE_WORDS,
    floor_of_shared,
    share_enough,
    share_long_runs,
    share_surely,
    split_words,
)

__all__ = ["Sketches"]

# 64 bands of 2 rows: a pair that shares 30 % of its runs meets with probability 0.998, one that
# shares 1 % with 0.006. Meeting only proposes a pair; the texts themselves decide.
_PERMUTATIONS = 128
_BANDS = 64
_SEED = 42
_BITS = 8_192
_FEWER_BITS = (1_024, 2_048, 4_096)
_ROOM = 5
_AT_ONCE = 4_096
_MOST_WORDS = 1_000_000
# odd, so that each place of a run counts otherwise; the others mix (SplitMix64)
_FACTOR = 0x9E3779B97F4A7C15
_MIXES = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LONG_RUNS_KEPT = 2_048


class Sketches:
    """Texts by the hashes of their runs, and by the bits that tell most of them apart at once.

    Of each text only these are kept, so that memory holds a hundred thousand.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

        self._np = np
        self._hashes: dict[str, int] = {}
        self._texts = texts
        self._runs = [self._hash_runs(text, SHINGLE_WORDS) for text in texts]
        self._long_runs = lru_cache(_LONG_RUNS_KEPT)(self._find_long_runs)
        self._sizes = np.array([len(runs) for runs in self._runs], dtype=np.int64)
        self._bits = np.zeros((len(self._runs), _BITS // 64), dtype=np.uint64)
        for place, runs in enumerate(self._runs):
            marked = np.zeros(_BITS, dtype=bool)
            marked[(runs & np.uint64(_BITS - 1)).astype(np.intp)] = True
            self._bits[place] = np.packbits(marked).view(np.uint64)
        self._sieves = [self._fold(bits) for bits in self._choose_bits()]

    def _choose_bits(self) -> Iterator[int]:
        """Give how many bits to look at first: few, but many more than a text marks; then all."""
        usual = int(self._np.median(self._sizes)) if len(self._sizes) else 0
        first = next((bits for bits in _FEWER_BITS if bits >= _ROOM * usual), _BITS)
        yield from sorted({first, _BITS})

    def _fold(self, bits: int) -> tuple[Any, Any]:
        """Give the texts' marks in so many bits, and how many runs had theirs marked before."""
        np = self._np
        folded = self._bits.reshape(len(self._runs), _BITS // bits, bits // 64)
        marks = np.bitwise_or.reduce(folded, axis=1)
        return marks, self._sizes - np.bitwise_count(marks).sum(axis=1, dtype=np.int64)

    def _hash_runs(self, text: str, length: int) -> Any:
        """Give a hash of each run of *length* words, ascending, each once."""
        np, words = self._np, split_words(text)
        if 0 < len(words) < length:
            words = [" ".join(words)] * length
        known = self._hashes
        for word in set(words).difference(known):
            known[word] = int.from_bytes(
                blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            )
        hashed = np.fromiter(map(known.__getitem__, words), dtype=np.uint64, count=len(words))
        if len(known) > _MOST_WORDS:
            known.clear()
        count = max(0, len(words) - length + 1)
        runs = np.zeros(count, dtype=np.uint64)
        for place in range(length):
            factor = pow(_FACTOR, place + 1, 2**64)
            runs += hashed[place : place + count] * np.uint64(factor)
        for shift, factor in _MIXES:
            runs = (runs ^ (runs >> np.uint64(shift))) * np.uint64(factor)
        runs.sort()
        return runs[np.concatenate(([True], runs[1:] != runs[:-1]))] if count else runs

    def find_likely(self) -> Iterator[tuple[int, list[int]]]:
        """Give each place with those before it that may share enough, ascending.

        Of two copies one is given with the other but by a chance of two in a thousand.
        """
        np = self._np
        met: list[list[Any]] = [[] for _ in self._runs]
        for band in self.find_bands():
            order = np.argsort(band, kind="stable")
            order = order[self._sizes[order] > 0]
            keys = band[order]
            starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
            ends = np.append(starts[1:], len(keys))
            for start, end in zip(starts, ends, strict=True):
                if end - start > 1:
                    group = order[start:end]
                    for number in range(1, len(group)):
                        met[group[number]].append(group[:number])
        for place, groups in enumerate(met):
            if groups:
                marked = np.zeros(len(self._runs), dtype=bool)
                for group in groups:
                    marked[group] = True
                yield place, self.pick_likely(place, np.flatnonzero(marked))

    def has_words(self, place: int) -> bool:
        """Tell whether the text of *place* has any word."""
        return bool(self._sizes[place])

    def find_bands(self) -> Iterator[Any]:
        """Give each band's key of every text."""
        from rensa import RMinHash  # noqa: PLC0415 - keeps `import alignwatch` fast

        np = self._np
        keys = np.zeros((_BANDS, len(self._runs)), dtype=np.uint64)
        for at in range(0, len(self._runs), _AT_ONCE):
            some = self._runs[at : at + _AT_ONCE]
            rows = RMinHash.digest_matrix_from_flat_token_hashes(
                np.concatenate(some),
                np.cumsum([0, *map(len, some)], dtype=np.uint64),
                _PERMUTATIONS,
                _SEED,
            ).to_rows()
            digests = np.array(rows, dtype=np.uint64)
            both = (digests[:, 0::2] << np.uint64(32)) | digests[:, 1::2]
            keys[:, at : at + len(some)] = both.T
        return iter(keys)

    def pick_likely(self, place: int, met: Any) -> list[int]:
        """Give those places of *met* that may share enough, ascending; leaves no copy out.

        Each common run marks a common bit, and only as many as the doubles of a text may have
        marked one that another had marked. Ten thousand bulletins of one pattern meet each other
        all, so that all are looked at in one sweep, and most of them by a few bits.
        """
        np = self._np
        needed = floor_of_shared(int(self._sizes[place]), self._sizes[met])
        for bits, doubles in self._sieves:
            # most of those before are swept as they lie: to pick them out would take longer
            is_dense = 2 * len(met) > place
            shared = bits[:place] if is_dense else bits[met]
            common = np.bitwise_count(shared & bits[place]).sum(axis=1, dtype=np.uint16)
            common = common[met] if is_dense else common
            may = common + np.minimum(doubles[met], doubles[place]) >= needed
            met, needed = met[may], needed[may]
        likely: list[int] = met.tolist()
        return likely

    def are_copies(self, one: int, other: int) -> bool:
        """Tell whether the texts of two places are one story: `are_copies` of hashes."""
        first, second = self._runs[one], self._runs[other]
        shared = self._count_shared(first, second)
        if not share_enough(shared, len(first), len(second)):
            return False
        if share_surely(shared, len(first), len(second)):
            return True
        first, second = self._long_runs(one), self._long_runs(other)
        return share_long_runs(self._count_shared(first, second), len(first), len(second))

    def _find_long_runs(self, place: int) -> Any:
        return self._hash_runs(self._texts[place], LONG_SHINGLE_WORDS)

    def _count_shared(self, one: Any, other: Any) -> int:
        return len(self._np.intersect1d(one, other, assume_unique=True))
