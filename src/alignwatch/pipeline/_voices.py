"""Which articles tell the same story, and how much of it in the same words."""

from collections.abc import Iterable, Mapping

import attrs

from alignwatch.aggregate import measure_share
from alignwatch.model import Cluster, Document, LinkReason
from alignwatch.store import Store

__all__ = ["Voice", "explain_voices", "measure_shares"]

_MOST_COMPARED = 50
_COPIED = 0.4
"""From this share of words on, an article is told of as a copy, whatever it states."""


@attrs.frozen(kw_only=True)
class Voice:
    """An article that counts as one voice with an earlier one, and why.

    `article` is the later of the two, by publication and then id. `share` is the fraction of its
    words that stand in the other in runs of three. `origin` is what both state, None for copies.
    """

    article: str
    like: str
    reason: LinkReason
    share: float
    origin: str | None = None


def explain_voices(
    store: Store, groups: Iterable[Cluster], articles: Iterable[str]
) -> tuple[Voice, ...]:
    """Tell of each of *articles* that is no voice of its own whose copy or retelling it is.

    Each is laid beside the earlier one of its cluster that it shares most words with, or to which
    a stated origin links it; the first article of a cluster is left out. In clusters of more than
    fifty articles only the first fifty are looked at.
    """
    wanted = set(articles)
    found = []
    for group in groups:
        if len(group.articles) > 1 and wanted & set(group.articles):
            told = [document for one in group.articles if (document := store.document(one))]
            told.sort(key=_by_day)
            for place, document in enumerate(told[:_MOST_COMPARED]):
                if place and document.article in wanted:
                    found.append(_explain(document, told[:place], group))
    return tuple(found)


def measure_shares(
    groups: Iterable[Cluster], documents: Mapping[str, Document]
) -> dict[tuple[str, str], float]:
    """Give, for each link between two of *documents*, the share of the later one's words.

    It is the fraction of its words that stand in the earlier one, as in `explain_voices`.
    """
    shares = {}
    for group in groups:
        for link in group.links:
            if documents.keys() >= set(link.articles):
                told = sorted((documents[one] for one in link.articles), key=_by_day)
                shares[link.articles] = measure_share(told[1].text, told[0].text)
    return shares


def _by_day(document: Document) -> tuple[bool, str, str]:
    return (document.published is None, document.published or "", document.article)


def _explain(document: Document, earlier: Iterable[Document], group: Cluster) -> Voice:
    shares = {one.article: measure_share(document.text, one.text) for one in earlier}
    stated = {
        next(other for other in link.articles if other != document.article): link
        for link in group.links
        if document.article in link.articles and link.reason is not LinkReason.COPY
    }
    like = max(shares, key=lambda one: (shares[one], one in stated))
    linked = [one for one in shares if one in stated]
    if linked and shares[like] < _COPIED:
        like = max(linked, key=lambda one: shares[one])
    link = stated.get(like) if shares[like] < _COPIED else None
    return Voice(
        article=document.article,
        like=like,
        reason=link.reason if link else LinkReason.COPY,
        share=shares[like],
        origin=link.origin if link else None,
    )
