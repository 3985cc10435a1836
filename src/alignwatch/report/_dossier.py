"""What the page's own program works with: numbers that point into a few lists, as plain JSON."""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from alignwatch.model import (
    Alignment,
    Change,
    Claim,
    Cluster,
    Document,
    Family,
    Kind,
    Link,
    Relationship,
    Standing,
    Status,
    TieState,
)
from alignwatch.report._paragraphs import Shelf, fill_shelf
from alignwatch.report._words import (
    STANDING_WORDS,
    date_of,
    format_when,
    make_link,
    name_kind,
    neutralise,
    say_trend,
)

__all__ = ["Dossier", "Item", "Source", "make_dossier"]

NO_OUTLET = "no address"
_STATUSES = tuple(Status)


@attrs.frozen(kw_only=True)
class Source:
    """One article: what it is called, where and when it stands, and the number of its story."""

    article: str
    title: str
    href: str | None
    outlet: str
    published: str
    story: int


@attrs.frozen(kw_only=True)
class Item:
    """One claim, and the number of the tie that it belongs to."""

    tie: int
    claim: Claim


@attrs.frozen(kw_only=True)
class Dossier:
    """All lists of the page; ties are in the order given, claims tie by tie."""

    ties: tuple[Relationship, ...]
    items: tuple[Item, ...]
    sources: tuple[Source, ...]
    silent: tuple[Source, ...]
    links: tuple[Link, ...]
    shares: Mapping[tuple[str, str], float]
    names: Mapping[str, str]
    shelf: Shelf

    @property
    def period(self) -> tuple[str, str] | None:
        """The first and the last day on which a claim was published."""
        days = sorted(source.published for source in self.sources if source.published)
        return (days[0], days[-1]) if days else None

    def name(self, actor: str) -> str:
        """Give the name to show for an actor, or for whoever else says something."""
        return neutralise(self.names.get(actor) or actor)


def make_dossier(
    relationships: Sequence[Relationship],
    documents: Mapping[str, Document],
    clusters: Iterable[Cluster],
    names: Mapping[str, str],
    shares: Mapping[tuple[str, str], float],
) -> Dossier:
    """Collect what is told, by whom and on which words."""
    groups = tuple(clusters)
    items = [
        Item(tie=number, claim=claim)
        for number, tie in enumerate(relationships)
        for claim in tie.claims
    ]
    told = {item.claim.article: item.claim for item in reversed(items)}
    stories = {article: cluster.articles[0] for cluster in groups for article in cluster.articles}
    numbers: dict[str, int] = {}
    sources = []
    for article in sorted({*documents, *told}):
        story = numbers.setdefault(stories.get(article, article), len(numbers))
        sources.append(_describe(article, documents.get(article), told.get(article), story))
    sources.sort(key=lambda source: source.published, reverse=True)
    return Dossier(
        ties=tuple(relationships),
        items=tuple(items),
        sources=tuple(source for source in sources if source.article in told),
        silent=tuple(source for source in sources if source.article not in told),
        links=tuple(link for cluster in groups for link in cluster.links),
        shares=shares,
        names=names,
        shelf=fill_shelf([item.claim for item in items], documents),
    )


def _describe(article: str, document: Document | None, claim: Claim | None, story: int) -> Source:
    link = make_link((document.url if document else None) or (claim.url if claim else None))
    published = (document.published if document else None) or (claim.published if claim else None)
    parts = date_of(published) or ()
    return Source(
        article=article,
        title=neutralise((document.title if document else None) or article),
        href=link.href if link else None,
        outlet=link.host if link else NO_OUTLET,
        published="-".join(f"{part:02}" for part in parts),
        story=story,
    )


def to_data(
    dossier: Dossier,
    *,
    title: str,
    scope: Sequence[str],
    alignments: Iterable[Alignment],
    changes: Iterable[Change] | None,
) -> dict[str, object]:
    """Give what the page's program reads; same dossier, same data."""
    actors = _Numbers()
    outlets, rules = _Numbers(), _Numbers()
    places = {source.article: number for number, source in enumerate(dossier.sources)}
    kinds, families, standings = list(Kind), list(Family), list(Standing)
    ties = [
        [
            actors[tie.source],
            actors[tie.target],
            kinds.index(tie.kind),
            standings.index(tie.standing),
            say_trend(tie.trend),
        ]
        for tie in dossier.ties
    ]
    claims = [
        [
            item.tie,
            places[item.claim.article],
            place.paragraph,
            place.start,
            place.end,
            _STATUSES.index(item.claim.status),
            int(item.claim.negated),
            [actors[actor] for actor in item.claim.attributed_to],
            [actors[actor] for actor in item.claim.denied_by],
            tell_notes(item.claim, dossier),
            percent(item.claim),
            item.claim.id,
        ]
        for item, place in zip(dossier.items, dossier.shelf.places, strict=True)
    ]
    articles = [
        [source.title, source.href, source.published, outlets[source.outlet], source.story]
        for source in dossier.sources
    ]
    edits = {
        number: [
            [
                change.at,
                change.original,
                change.more,
                change.replacement,
                rules[f"{change.rule}\n{change.reason}"],
            ]
            for change in told
        ]
        for number, told in dossier.shelf.changes.items()
    }
    by_id = {item.claim.id: number for number, item in enumerate(dossier.items)}
    curves = [_draw_curve(one, actors, by_id) for one in alignments if one.points]
    return {
        "curves": curves,
        "changes": None if changes is None else _tell_changes(changes, actors, by_id),
        "title": neutralise(title),
        "scope": list(scope),
        "kinds": [
            [kind, name_kind(kind), families.index(kind.family), kind.is_symmetric]
            for kind in kinds
        ],
        "families": families,
        "standings": [[standing, STANDING_WORDS[standing]] for standing in standings],
        "actors": [[neutralise(actor), dossier.name(actor)] for actor in actors],
        "outlets": list(outlets),
        "rules": [neutralise(rule).split("\n", 1) for rule in rules],
        "articles": articles,
        "links": [
            [
                *(places[article] for article in link.articles),
                link.reason,
                neutralise(link.origin or ""),
                _percent_of(dossier.shares.get(link.articles)),
            ]
            for link in dossier.links
            if places.keys() >= set(link.articles)
        ],
        "ties": ties,
        "claims": claims,
        "edits": edits,
    }


def _tell_changes(
    changes: Iterable[Change], actors: "_Numbers", by_id: Mapping[str, int]
) -> dict[str, object]:
    def tell(state: TieState | None) -> list[object] | None:
        if state is None:
            return None
        denied = [actors[actor] for actor in state.denied_by]
        return [state.standing, state.independent_count, denied]

    kinds = list(Kind)
    rows = [
        [
            change.changes,
            actors[change.source],
            actors[change.target],
            kinds.index(change.kind),
            tell(change.before),
            tell(change.after),
            [by_id[claim.id] for claim in change.claims if claim.id in by_id],
        ]
        for change in changes
    ]
    return {"rows": rows}


def _draw_curve(alignment: Alignment, actors: "_Numbers", by_id: Mapping[str, int]) -> list[object]:
    def known(ids: Iterable[str]) -> list[int]:
        return [by_id[one] for one in ids if one in by_id]

    points = [
        [
            point.period,
            str(point.start),
            str(point.end),
            *(round(value, 3) for value in (point.index, point.low, point.high)),
            point.independent_count,
            known(point.claims),
        ]
        for point in alignment.points
    ]
    turns = [
        [turn.since, turn.until, round(turn.before, 3), round(turn.after, 3), known(turn.claims)]
        for turn in alignment.changes
    ]
    pair = [actors[actor] for actor in alignment.actors]
    return [*pair, alignment.period, alignment.left_out, points, turns]


class _Numbers(dict[str, int]):
    """Gives each name a number, in the order in which they are asked for."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


def _percent_of(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


def percent(claim: Claim) -> int:
    """Give the confidence as a person reads it: nothing is certain."""
    return min(99, round(claim.confidence * 100))


def tell_notes(claim: Claim, dossier: Dossier) -> list[str]:
    """Say what else a claim tells: its period, its amounts, its trend, what is liked less."""
    notes = [
        format_when(claim.when) if claim.when else "",
        *(quantity.text for quantity in claim.quantities),
        say_trend(claim.trend),
        f"rather than {dossier.name(claim.over)}" if claim.over else "",
    ]
    return [neutralise(note) for note in notes if note]
