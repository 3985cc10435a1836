"""What the page shows, worked out before any markup: plain values, in the order they appear."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from alignwatch.model import (
    Claim,
    Cluster,
    Document,
    Failure,
    Family,
    Relationship,
    Trend,
)
from alignwatch.report._network import FIRMNESS, Frame, Tie, draw_network
from alignwatch.report._parts import (
    CopyView,
    EvidenceView,
    PairView,
    SourceView,
    StatementView,
    TieView,
    View,
)
from alignwatch.report._passages import cut_passage, limit_context
from alignwatch.report._timeline import count_by_time, draw_timeline
from alignwatch.report._words import (
    STANDING_WORDS,
    date_of,
    format_date,
    format_when,
    make_link,
    name_actor,
    name_kind,
)

__all__ = ["make_view"]

TOP_TIES = 12
OPEN_CLAIMS = 150
WIDE = Frame(width=1040, radius_x=340, radius_y=230, max_actors=24, max_edges=70, label_letters=18)
NARROW = Frame(width=360, radius_x=92, radius_y=190, max_actors=14, max_edges=36, label_letters=10)
TREND_WORDS = {Trend.UP: "growing", Trend.DOWN: "shrinking"}


class _Maker:
    """Makes the parts of one view; knows the articles, their stories and the anchors given."""

    def __init__(
        self,
        relationships: Sequence[Relationship],
        documents: Mapping[str, Document],
        clusters: Iterable[Cluster],
        names: Mapping[str, str],
    ) -> None:
        self.relationships = relationships
        self.documents = documents
        self.claims = [claim for tie in relationships for claim in tie.claims]
        told = {actor for tie in relationships for actor in _actors_of(tie)}
        self.names = {actor: name_actor(actor, names) for actor in sorted(told)}
        self.stories = {a: cluster.articles[0] for cluster in clusters for a in cluster.articles}
        self.limit = limit_context(len(self.claims))
        self.anchors: set[str] = set()
        self.ties: dict[Relationship, TieView] = {}
        self.sources = self._make_sources()

    def story(self, article: str) -> str:
        return self.stories.get(article, article)

    def _make_sources(self) -> dict[str, SourceView]:
        """List articles newest first, copies of a story after the first of it."""
        counts = Counter(claim.article for claim in self.claims)
        first = {claim.article: claim for claim in reversed(self.claims)}
        articles = sorted({*self.documents, *counts})
        shown = {article: self._describe(article, first.get(article)) for article in articles}
        newest: dict[str, tuple[int, ...]] = {}
        for article in articles:
            when = date_of(shown[article][2]) or ()
            newest[self.story(article)] = max(newest.get(self.story(article), ()), when)
        ordered = sorted(articles, key=lambda article: (self.story(article), article))
        ordered.sort(key=lambda article: newest[self.story(article)], reverse=True)
        stories: dict[str, int] = {}
        made = {}
        for number, article in enumerate(ordered, start=1):
            title, url, published = shown[article]
            known = self.story(article) in stories
            made[article] = SourceView(
                anchor=f"source-{number}",
                title=title,
                link=make_link(url),
                date=format_date(published),
                claims=counts[article],
                story=stories.setdefault(self.story(article), len(stories) + 1),
                is_copy=known,
            )
        return made

    def _describe(self, article: str, claim: Claim | None) -> tuple[str, str | None, str | None]:
        """Give an article's title, url and publication date."""
        document = self.documents.get(article)
        url = (document.url if document else None) or (claim.url if claim else None)
        published = (document.published if document else None) or (
            claim.published if claim else None
        )
        return (document.title if document else None) or article, url, published

    def anchor(self, *words: str) -> str:
        """Give a name for a place in the page, the same each time and no two alike."""
        plain = "-".join(words)
        safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "_" for c in plain)
        name, number = safe, 1
        while name in self.anchors:
            number += 1
            name = f"{safe}.{number}"
        self.anchors.add(name)
        return name

    def call(self, actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.names.get(actor, actor) for actor in actors)

    def _make_tie(self, tie: Relationship) -> TieView:
        self.ties[tie] = made = TieView(
            anchor=self.anchor("tie", tie.source, tie.target, tie.kind),
            source=self.names[tie.source],
            target=self.names[tie.target],
            is_symmetric=tie.kind.is_symmetric,
            kind=name_kind(tie.kind),
            family=tie.kind.family,
            standing=tie.standing,
            voices=tie.independent_count,
            articles=tie.article_count,
            latest=format_date(tie.last_published),
            by=self.call(tie.attributed_to),
            denied_by=self.call(tie.denied_by),
            trend=TREND_WORDS[tie.trend] if tie.trend else None,
            evidence=tuple(self._make_evidence(tie.claims)),
        )
        return made

    def _make_evidence(self, claims: Iterable[Claim]) -> Iterator[EvidenceView]:
        """Group a tie's claims by passage in the order given, and by what copies have in common."""
        passages: defaultdict[tuple[str, int, int], list[Claim]] = defaultdict(list)
        for claim in claims:
            passages[claim.article, claim.evidence.start, claim.evidence.end].append(claim)
        same: dict[object, list[list[Claim]]] = {}
        for group in passages.values():
            told = tuple(map(_what_is_told, group))
            same.setdefault((self.story(group[0].article), told), []).append(group)
        heard: dict[str, str] = {}
        for first, *others in same.values():
            article = first[0].article
            yield EvidenceView(
                passage=cut_passage(first[0], self.documents.get(article), limit=self.limit),
                source=self.sources[article],
                repeats=heard.setdefault(self.story(article), article) != article,
                statements=tuple(self._make_statement(claim) for claim in first),
                copies=tuple(self._make_copy(group) for group in others),
            )

    def _make_copy(self, claims: Sequence[Claim]) -> CopyView:
        return CopyView(
            source=self.sources[claims[0].article], anchor=self.anchor("claim", claims[0].id)
        )

    def _make_statement(self, claim: Claim) -> StatementView:
        notes = [
            format_when(claim.when) if claim.when else "",
            *(quantity.text for quantity in claim.quantities),
            TREND_WORDS[claim.trend] if claim.trend else "",
            f"rather than {name_actor(claim.over, self.names)}" if claim.over else "",
        ]
        return StatementView(
            anchor=self.anchor("claim", claim.id),
            status=claim.status,
            negated=claim.negated,
            by=self.call(claim.attributed_to),
            denied_by=self.call(claim.denied_by),
            notes=tuple(note for note in notes if note),
            confidence=min(99, round(claim.confidence * 100)),  # nothing is certain
        )

    def make_pairs(self) -> tuple[PairView, ...]:
        pairs: defaultdict[tuple[str, str], list[Relationship]] = defaultdict(list)
        for tie in self.relationships:
            pairs[tie.pair].append(tie)
        made, told = [], 0
        for (one, other), ties in pairs.items():
            count = sum(len(tie.claims) for tie in ties)
            told += count
            days = [tie.last_published for tie in ties if date_of(tie.last_published)]
            articles = {self.story(claim.article) for tie in ties for claim in tie.claims}
            made.append(
                PairView(
                    anchor=self.anchor("pair", one, other),
                    one=self.names[one],
                    other=self.names[other],
                    voices=len(articles),
                    latest=format_date(max(days, key=lambda day: day or "", default=None)),
                    is_open=told <= OPEN_CLAIMS or told == count,
                    ties=tuple(self._make_tie(tie) for tie in ties),
                )
            )
        return tuple(made)

    def make_network_ties(self) -> tuple[Tie, ...]:
        groups: defaultdict[tuple[tuple[str, str], Family], list[Relationship]] = defaultdict(list)
        for tie in self.relationships:
            groups[tie.pair, tie.kind.family].append(tie)
        return tuple(
            Tie(
                pair=pair,
                family=family,
                standing=min((tie.standing for tie in ties), key=FIRMNESS.index),
                voices=len({self.story(claim.article) for tie in ties for claim in tie.claims}),
            )
            for (pair, family), ties in groups.items()
        )


def _actors_of(tie: Relationship) -> Iterable[str]:
    yield from (tie.source, tie.target, *tie.attributed_to, *tie.denied_by)
    yield from (claim.over for claim in tie.claims if claim.over)


def _what_is_told(claim: Claim) -> object:
    """All that a reader sees of a claim, apart from where it stands."""
    voice = (claim.status, claim.negated, claim.attributed_to, claim.denied_by, claim.confidence)
    return (claim.evidence.quote, voice, claim.when, claim.quantities, claim.trend, claim.over)


def make_view(  # noqa: PLR0913 - the arguments of render_report
    *,
    relationships: Sequence[Relationship],
    documents: Mapping[str, Document],
    clusters: Iterable[Cluster],
    failures: Sequence[Failure],
    title: str,
    names: Mapping[str, str],
) -> View:
    """Work out the page; see `alignwatch.report.render_report`."""
    maker = _Maker(relationships, documents, clusters, names)
    ties = maker.make_network_ties()
    pairs = maker.make_pairs()
    table = count_by_time((claim.published, claim.kind.family) for claim in maker.claims)
    sources = tuple(maker.sources.values())
    standings = Counter(tie.standing for tie in relationships)
    reasons = Counter(failure.reason for failure in failures)
    pair_ids = dict.fromkeys(tie.pair for tie in relationships)
    return View(
        title=title,
        period=_name_period(relationships),
        figures={
            "relationships": len(relationships),
            "claims": len(maker.claims),
            "actors": len({actor for tie in relationships for actor in tie.pair}),
            "articles": len(sources),
            "stories": len({source.story for source in sources}),
            "failures": len(failures),
        },
        standings=tuple((s, standings[s], STANDING_WORDS[s]) for s in FIRMNESS),
        families=tuple(family for family in Family if any(t.family is family for t in ties)),
        top=tuple(maker.ties[tie] for tie in relationships[:TOP_TIES]),
        networks=tuple(draw_network(ties, maker.names, frame) for frame in (WIDE, NARROW))
        if ties
        else (),
        edge_links={ids: pair.anchor for ids, pair in zip(pair_ids, pairs, strict=True)},
        names=maker.names,
        timelines=(
            draw_timeline(table, width=1040, height=230),
            draw_timeline(table, width=360, height=210),
        )
        if table
        else (),
        table=table,
        pairs=pairs,
        sources=tuple(source for source in sources if source.claims),
        silent=tuple(source for source in sources if not source.claims),
        failures=tuple(sorted(failures, key=lambda f: (f.reason, f.source, f.url, f.message))),
        reasons=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        extractors=tuple(sorted({claim.extractor for claim in maker.claims})),
    )


def _name_period(relationships: Iterable[Relationship]) -> str | None:
    days = [
        day
        for tie in relationships
        for day in (tie.first_published, tie.last_published)
        if day and date_of(day)
    ]
    first, last = format_date(min(days, default=None)), format_date(max(days, default=None))
    return first if first == last else f"{first} to {last}"
