"""Which articles of a store are one voice: found once, kept until a text or claim changes."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from importlib.metadata import version

from alignwatch.aggregate import (
    CLUSTERS_VERSION,
    ORIGINS_VERSION,
    group_articles,
    link_copies,
    link_origins,
)
from alignwatch.model import Cluster, Link, LinkReason
from alignwatch.pipeline._moments import Moment, read_moment
from alignwatch.store import Store

__all__ = ["clusters", "voices"]

_CLUSTERS = "clusters"
# two articles, why they are one voice, and what both state
_Told = tuple[str, str, str, str | None]
_MADE_BY = f"{version('alignwatch')} {CLUSTERS_VERSION} {ORIGINS_VERSION}"


def clusters(store: Store, *, as_of: Moment | None = None) -> tuple[Cluster, ...]:
    """Group the store's articles that are copies of one story.

    Articles are one voice that copy each other's words or rest on the same stated origin; each
    cluster's links say which. Kept in the store, and made anew where a text or claim has changed.
    With *as_of* only articles that the store had at that moment (see `relationships`), by their
    texts and claims of today.
    """
    return group_articles(_known(store, as_of), _make_links(_tell_links(store)))


def voices(
    store: Store, *, as_of: Moment | None = None, among: Iterable[str] | None = None
) -> tuple[Cluster, ...]:
    """Give the `clusters` of more than one article: all that counts for relationships.

    With *among* those alone that one of these articles is in. It takes no longer in a store of
    many articles, unless the past is asked for.
    """
    told = _tell_links(store)
    links = _make_links(told if among is None else _reach(told, among))
    linked = {article for link in links for article in link.articles}
    if as_of is not None:
        linked &= _known(store, as_of)
    return tuple(one for one in group_articles(linked, links) if len(one.articles) > 1)


def _reach(told: Sequence[_Told], articles: Iterable[str]) -> list[_Told]:
    """Keep the links that lead from one of *articles* to any other, however far."""
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for one, other, _, _ in told:
        beside[one].append(other)
        beside[other].append(one)
    left = [article for article in set(articles) if article in beside]
    reached = set(left)
    while left:
        further = set(beside[left.pop()]) - reached
        reached |= further
        left.extend(further)
    return [link for link in told if link[0] in reached]


def _known(store: Store, as_of: Moment | None) -> set[str]:
    known = store.articles_known_at()
    if as_of is None:
        return set(known)
    moment = read_moment(as_of, is_end=True)
    return {article for article, at in known.items() if at <= moment}


def _make_links(told: Iterable[_Told]) -> tuple[Link, ...]:
    return tuple(
        Link(articles=(one, other), reason=LinkReason(reason), origin=origin)
        for one, other, reason, origin in told
    )


def _tell_links(store: Store) -> Sequence[_Told]:
    mark = f"{_MADE_BY} {store.articles_moment()}"
    kept = store.derived(_CLUSTERS, mark)
    if kept is not None:
        found: list[_Told] = json.loads(kept)
        return found
    documents = {document.article: document for document in store.documents()}
    # in the order of knowing, so that those of any moment are linked as they were then
    in_order = [documents[one] for one in store.articles_known_at() if one in documents]
    copies = link_copies({document.article: document.text for document in in_order})
    origins = link_origins(in_order, store.claims(with_verdicts=False))
    told = [(*link.articles, link.reason.value, link.origin) for link in (*copies, *origins)]
    if not store.is_read_only:
        store.keep_derived(_CLUSTERS, mark, json.dumps(told))
    return told
