"""Which articles are copies of one story, and which count as one voice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from alignwatch.aggregate._groups import Groups
from alignwatch.aggregate._sketches import Sketches
from alignwatch.model import Cluster, Link, LinkReason

__all__ = ["CLUSTERS_VERSION", "cluster_articles", "group_articles", "link_copies"]

CLUSTERS_VERSION = "clusters/2"
"""What says that the same texts give the same clusters; raised by a change of the rules."""


def cluster_articles(
    texts: Mapping[str, str], *, links: Iterable[Link] = ()
) -> tuple[Cluster, ...]:
    """Group near-copies, so that five copies of one story count as one voice.

    Copies of copies belong together. An article that copies nothing is a cluster of its own, and
    so is one without a word. An excerpt shorter than about a sixth of its story is not
    recognised, and texts are compared by words: a translation is no copy.

    Args:
        texts: Clean text by article id.
        links: What else makes one voice of two articles, as `link_origins` finds it.

    Returns:
        Clusters that hold every article exactly once, by first article id. The order of *texts*
        does not matter; a further article can join clusters and never splits one.
    """
    copies = link_copies({article: texts[article] for article in sorted(texts)})
    return group_articles(texts, [*copies, *links])


def link_copies(texts: Mapping[str, str]) -> tuple[Link, ...]:
    """Link each article of *texts* to those before it that it is a copy of.

    One link leads from a group of copies to each further article, so that the first articles, in
    the order of *texts* and up to any of them, are linked as they are without the others: what was
    one voice at some moment follows from the links among the articles that were known then.
    """
    articles = tuple(texts)
    groups = Groups(len(articles))
    sketches = Sketches(tuple(texts.values()))
    links = []
    for place, others in sketches.find_likely():
        for other in others:
            if groups.is_apart(place, other) and sketches.are_copies(place, other):
                groups.join(place, other)
                links.append(_link(articles, other, place))
    return tuple(links)


def _link(articles: Sequence[str], one: int, other: int) -> Link:
    first, second = sorted((articles[one], articles[other]))
    return Link(articles=(first, second), reason=LinkReason.COPY)


def group_articles(articles: Iterable[str], links: Iterable[Link]) -> tuple[Cluster, ...]:
    """Put all *articles* that *links* connect into one cluster; by first article id.

    Links from or to other articles are passed over. Neither order matters.
    """
    names = sorted(set(articles))
    places = {article: place for place, article in enumerate(names)}
    groups = Groups(len(names))
    told = [link for link in links if all(one in places for one in link.articles)]
    for link in told:
        groups.join(*(places[one] for one in link.articles))
    members: defaultdict[int, list[str]] = defaultdict(list)
    reasons: defaultdict[int, list[Link]] = defaultdict(list)
    for place, article in enumerate(names):
        members[groups.first_of(place)].append(article)
    for link in sorted(set(told), key=lambda link: (link.articles, link.reason, link.origin or "")):
        reasons[groups.first_of(places[link.articles[0]])].append(link)
    return tuple(
        Cluster(articles=tuple(group), links=tuple(reasons[first]))
        for first, group in members.items()
    )
