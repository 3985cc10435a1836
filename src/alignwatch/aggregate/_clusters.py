"""Which articles are copies of one story."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from alignwatch.aggregate._shingles import Shingles, are_copies, shingle_text
from alignwatch.model import Cluster

__all__ = ["cluster_articles"]

# 64 bands of 2 rows: a pair that shares 30 % of its runs meets with probability 0.998, one that
# shares 1 % with 0.006. Meeting only proposes a pair; the texts themselves decide.
_PERMUTATIONS = 128
_BANDS = 64
_SEED = 42


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
    shingles = [shingle_text(texts[article]) for article in articles]
    leader = list(range(len(articles)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = place = leader[leader[place]]
        return place

    for one, other in _propose_pairs(shingles):
        first, second = sorted((find(one), find(other)))
        if first != second and are_copies(shingles[one], shingles[other]):
            leader[second] = first

    groups: defaultdict[int, list[str]] = defaultdict(list)
    for place, article in enumerate(articles):
        groups[find(place)].append(article)
    return tuple(Cluster(articles=tuple(group)) for group in groups.values())


def _propose_pairs(shingles: Sequence[Shingles]) -> Iterator[tuple[int, int]]:
    """Give pairs of places, each once, among them nearly all that share much; texts may be few."""
    places = [place for place, runs in enumerate(shingles) if runs]
    if len(places) < 2:
        return
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - keeps `import alignwatch` fast

    hashes = RMinHash.from_token_sets(
        [shingles[place] for place in places], num_perm=_PERMUTATIONS, seed=_SEED
    )
    index = RMinHashLSH(threshold=0.5, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    for place, sketch in zip(places, hashes, strict=True):
        for met in sorted(set(index.query(sketch))):
            yield met, place
        index.insert(place, sketch)
