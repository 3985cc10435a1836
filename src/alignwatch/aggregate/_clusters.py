"""Which articles are copies of one story."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from alignwatch.aggregate._shingles import are_copies, shingle_text
from alignwatch.model import Cluster

__all__ = ["cluster_articles"]

# 64 bands of 2 rows: a pair that shares 30 % of its runs meets with probability 0.998, one that
# shares 1 % with 0.006. Meeting only proposes a pair; the texts themselves decide.
_PERMUTATIONS = 128
_BANDS = 64
_SEED = 42
Runs: TypeAlias = "array[int]"


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

    for one, other, runs, others in _propose_pairs([texts[article] for article in articles]):
        first, second = sorted((find(one), find(other)))
        if first != second and are_copies(set(runs), set(others)):
            leader[second] = first

    groups: defaultdict[int, list[str]] = defaultdict(list)
    for place, article in enumerate(articles):
        groups[find(place)].append(article)
    return tuple(Cluster(articles=tuple(group)) for group in groups.values())


def _propose_pairs(texts: Sequence[str]) -> Iterator[tuple[int, int, Runs, Runs]]:
    """Give pairs of places with what is there, each once; nearly all that share much are given.

    Of each text only its runs' hashes are kept, so that memory holds a hundred thousand.
    """
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - keeps `import alignwatch` fast

    index = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    known: list[Runs] = []
    for place, text in enumerate(texts):
        words = shingle_text(text)
        runs = array("Q", RMinHash.hash_token_sets([words])[0])
        known.append(runs)
        if not runs:
            continue
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update(words)
        for met in sorted(set(index.query(sketch))):
            yield met, place, known[met], runs
        index.insert(place, sketch)
