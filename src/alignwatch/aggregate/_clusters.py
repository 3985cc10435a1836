"""Which articles are copies of one story."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from alignwatch.aggregate._shingles import are_copies, least_shared, shingle_text
from alignwatch.model import Cluster

__all__ = ["CLUSTERS_VERSION", "cluster_articles"]

CLUSTERS_VERSION = "clusters/1"
"""What says that the same texts give the same clusters; raised by a change of the rules."""

# 64 bands of 2 rows: a pair that shares 30 % of its runs meets with probability 0.998, one that
# shares 1 % with 0.006. Meeting only proposes a pair; the texts themselves decide.
_PERMUTATIONS = 128
_BANDS = 64
_SEED = 42
_BITS = 8_192


def cluster_articles(texts: Mapping[str, str]) -> tuple[Cluster, ...]:
    """Group near-copies, so that five copies of one story count as one voice.

    Copies of copies belong together. An article that copies nothing is a cluster of its own, and
    so is one without a word. An excerpt shorter than about a sixth of its story is not
    recognised, and texts are compared by words: a translation is no copy.

    Args:
        texts: Clean text by article id.

    Returns:
        Clusters that hold every article exactly once, by first article id. The order of *texts*
        does not matter; a further article can join clusters and never splits one.
    """
    articles = sorted(texts)
    leader = list(range(len(articles)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    known: list[_Sketch] = []
    for place, (sketch, met) in enumerate(_meet(texts[article] for article in articles)):
        own = set(sketch.runs)
        for other in sketch.pick_likely(met, known):
            first, second = sorted((find(other), find(place)))
            if first != second and are_copies(own, set(known[other].runs)):
                leader[second] = first
        known.append(sketch)

    groups: defaultdict[int, list[str]] = defaultdict(list)
    for place, article in enumerate(articles):
        groups[find(place)].append(article)
    return tuple(Cluster(articles=tuple(group)) for group in groups.values())


class _Sketch:
    """The hashes of a text's runs, and the bits by which most others are told apart at once.

    Of each text only these are kept, so that memory holds a hundred thousand.
    """

    __slots__ = ("bits", "doubles", "runs", "size")

    def __init__(self, runs: "array[int]") -> None:
        marked = bytearray(_BITS // 8)
        for run in runs:
            marked[(run >> 3) % (_BITS // 8)] |= 1 << (run & 7)
        self.runs = runs
        self.size = len(runs)
        self.bits = int.from_bytes(marked, "little")
        self.doubles = len(runs) - self.bits.bit_count()

    def pick_likely(self, met: Iterable[int], known: Sequence["_Sketch"]) -> Iterator[int]:
        """Give those of *met*, places in *known*, that may share enough; leaves no copy out.

        Each common run marks a common bit, and only as many as `doubles` may have marked one that
        another had marked. Ten thousand bulletins of one pattern meet each other all, so that
        nothing is called here for each pair.
        """
        size, bits, doubles = self.size, self.bits, self.doubles
        least: dict[int, int] = {}
        for place in met:
            other = known[place]
            needed = least.get(other.size)
            if needed is None:
                needed = least[other.size] = least_shared(size, other.size)
            spare = min(other.doubles, doubles)
            if (bits & other.bits).bit_count() + spare >= needed:
                yield place


def _meet(texts: Iterable[str]) -> Iterator[tuple[_Sketch, Sequence[int]]]:
    """Give for each text which of those before it probably share much with it."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - keeps `import alignwatch` fast

    index = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for place, text in enumerate(texts):
        words = shingle_text(text)
        sketch = _Sketch(array("Q", RMinHash.hash_token_sets([words])[0]))
        if not sketch.runs:
            yield sketch, ()
            continue
        minima = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        minima.update(words)
        yield sketch, sorted(set(index.query(minima)))
        index.insert(place, minima)
