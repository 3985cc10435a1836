"""Actors, claims, and what claims are made of and fold into."""

from datetime import date

import attrs
from hypothesis import assume
from hypothesis import strategies as st

from alignwatch.model import (
    Actor,
    Change,
    ChangeKind,
    Claim,
    Cluster,
    Comparator,
    Document,
    Evidence,
    Kind,
    Precision,
    Quantity,
    Relationship,
    Standing,
    Status,
    TieState,
    Trend,
    When,
)
from alignwatch.testing.strategies._texts import documents, spans, texts

__all__ = [
    "actor_ids",
    "actors",
    "changes",
    "claims",
    "clusters",
    "evidence",
    "periods",
    "quantities",
    "relationships",
]


def actor_ids() -> st.SearchStrategy[str]:
    """Draw ids of a few states, blocs and groups."""
    return st.sampled_from(["CHN", "EU", "HAMAS", "IRN", "NATO", "PRK", "RUS", "USA"])


def _voices() -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(actor_ids(), max_size=2, unique=True).map(sorted).map(tuple)


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    """Draw an actor that may have members and may have begun or ended."""
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    return Actor(
        actor_id=draw(actor_ids()),
        name=draw(texts(min_size=1, max_size=20)),
        members=draw(_voices()),
        since=draw(st.none() | st.just(days[0])),
        until=draw(st.none() | st.just(days[1])),
    )


@st.composite
def periods(draw: st.DrawFn) -> When:
    """Draw a period of any precision, a single day among them."""
    days = st.dates(date(1990, 1, 1), date(2040, 1, 1))
    start, end = sorted([draw(days), draw(days)])
    return When(start=start, end=end, precision=draw(st.sampled_from(Precision)))


def quantities() -> st.SearchStrategy[Quantity]:
    """Draw amounts of any finite size, with and without a unit."""
    return st.builds(
        Quantity,
        value=st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**15), 10**15),
        unit=st.none() | st.sampled_from(["USD", "barrel", "soldier"]),
        comparator=st.none() | st.sampled_from(Comparator),
        text=texts(min_size=1, max_size=20),
    )


@st.composite
def evidence(draw: st.DrawFn, *, document: Document | None = None) -> Evidence:
    """Draw evidence that rests on *document*, or on one drawn for it."""
    rests_on = document or draw(documents(min_size=1))
    assume(rests_on.text)
    span = draw(spans(rests_on.text, min_size=1))
    raw = rests_on.raw_span(span)
    assume(len(raw))  # what cleaning put in has no place in the raw text
    return Evidence(
        start=span.start,
        end=span.end,
        raw_start=raw.start,
        raw_end=raw.end,
        quote=span.slice(rests_on.text),
    )


@st.composite
def claims(draw: st.DrawFn, *, document: Document | None = None) -> Claim:
    """Draw a claim of *document*, or of one drawn for it: its quotes slice and map to raw text."""
    rests_on = document or draw(documents(min_size=1))
    kind = draw(st.sampled_from(Kind))
    cast = draw(st.lists(actor_ids(), min_size=3, max_size=3, unique=True))
    source, target = sorted(cast[:2]) if kind.is_symmetric else cast[:2]
    return Claim(
        article=rests_on.article,
        url=rests_on.url,
        published=rests_on.published,
        extractor=draw(st.sampled_from(["rules/1", "other/2"])),
        source=source,
        target=target,
        kind=kind,
        negated=draw(st.booleans()),
        status=draw(st.sampled_from(Status)),
        attributed_to=draw(_voices()),
        denied_by=draw(_voices()),
        over=cast[2] if kind is Kind.PREFERENCE else None,
        trend=draw(st.none() | st.sampled_from(Trend)),
        confidence=draw(st.floats(0, 1)),
        when=draw(st.none() | periods()),
        quantities=tuple(draw(st.lists(quantities(), max_size=2))),
        evidence=draw(evidence(document=rests_on)),
        mentions=tuple(draw(st.lists(spans(rests_on.text), max_size=2))),
    )


def clusters() -> st.SearchStrategy[Cluster]:
    """Draw groups of one to four article ids."""
    ids = st.sampled_from(["a", "b", "c", "d", "e"])
    groups = st.sets(ids, min_size=1, max_size=4)
    return groups.map(lambda group: Cluster(articles=tuple(sorted(group))))


@st.composite
def relationships(draw: st.DrawFn) -> Relationship:
    """Draw a relationship of one to three claims; its counts and days fit them."""
    first = draw(claims())
    found = [first]
    for other in draw(st.lists(claims(), max_size=2)):
        claim = attrs.evolve(
            other, source=first.source, target=first.target, kind=first.kind, over=first.over
        )
        found.append(claim)
    days = sorted(claim.published for claim in found if claim.published)
    article_count = len({claim.article for claim in found})
    return Relationship(
        source=first.source,
        target=first.target,
        kind=first.kind,
        standing=draw(st.sampled_from(Standing)),
        claims=tuple(sorted(found, key=lambda one: one.published or "", reverse=True)),
        article_count=article_count,
        independent_count=draw(st.integers(1, article_count)),
        first_published=days[0] if days else None,
        last_published=days[-1] if days else None,
        attributed_to=draw(_voices()),
        denied_by=draw(_voices()),
        trend=draw(st.none() | st.sampled_from(Trend)),
    )


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Draw a change of a tie: a new one, one that is gone, or one that became otherwise."""
    tie = draw(relationships())
    other = draw(relationships())
    told = draw(st.sampled_from(ChangeKind))
    return Change(
        source=tie.source,
        target=tie.target,
        kind=tie.kind,
        changes=(told,),
        before=None if told is ChangeKind.NEW else TieState.of(other),
        after=None if told is ChangeKind.GONE else TieState.of(tie),
        claims=() if told is ChangeKind.GONE else tie.claims,
        gone=() if told is ChangeKind.NEW else tuple(sorted({one.id for one in other.claims})),
    )
