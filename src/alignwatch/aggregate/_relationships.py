"""Claims about one tie, folded into one relationship."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from alignwatch.aggregate._standing import derive_standing
from alignwatch.errors import ModelError
from alignwatch.model import Claim, Cluster, Relationship, Standing, Trend

__all__ = [
    "FIRMNESS",
    "aggregate_claims",
    "day_of",
    "map_voices",
    "rank_relationship",
    "sort_newest_first",
    "sort_time",
]

# the date that a publication time begins with, as precise as it is: "2025-07-02T08:00Z", "2025-07"
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
FIRMNESS = (
    Standing.ASSERTED,
    Standing.CONTESTED,
    Standing.ALLEGED,
    Standing.PROSPECTIVE,
    Standing.ENDED,
    Standing.NEGATED,
)


def aggregate_claims(
    claims: Iterable[Claim], *, clusters: Iterable[Cluster] = ()
) -> tuple[Relationship, ...]:
    """Fold claims into one relationship per source, target and kind.

    Neither the order of claims nor repeats of one claim matter, and every claim is in exactly one
    relationship; a claim changes no relationship but its own. `derive_standing` says what the
    claims amount to. `attributed_to` and `denied_by` unite those of all claims, sorted. `trend` is
    the one that all claims of a tie that exists agree on, if they name any. An article outside of
    all *clusters* is one voice.

    Returns:
        Best supported first: by independent articles, then standing (asserted, contested, alleged,
        prospective, ended, negated), then articles, all downwards; then by pair, kind, source.

    Raises:
        ModelError: An article is in two clusters.
    """
    voices = map_voices(clusters)
    ties: defaultdict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in dict.fromkeys(claims):
        ties[claim.source, claim.target, claim.kind].append(claim)
    return tuple(sorted((_fold(told, voices) for told in ties.values()), key=_support))


def map_voices(clusters: Iterable[Cluster]) -> dict[str, str]:
    """Name each clustered article's voice: its cluster's first article.

    Raises:
        ModelError: An article is in two clusters.
    """
    voices: dict[str, str] = {}
    for cluster in clusters:
        for article in cluster.articles:
            if article in voices:
                msg = f"article {article!r} is in two clusters; each article belongs to one"
                raise ModelError(msg)
            voices[article] = cluster.articles[0]
    return voices


def _support(tie: Relationship) -> tuple[object, ...]:
    return rank_relationship(
        source=tie.source,
        target=tie.target,
        kind=tie.kind,
        standing=tie.standing,
        independent_count=tie.independent_count,
        article_count=tie.article_count,
    )


def rank_relationship(  # noqa: PLR0913 - what relationships are sorted by
    *,
    source: str,
    target: str,
    kind: str,
    standing: str,
    independent_count: int,
    article_count: int,
) -> tuple[object, ...]:
    """Give the key by which `aggregate_claims` sorts, best supported first."""
    pair = (min(source, target), max(source, target))
    firmness = FIRMNESS.index(Standing(standing))
    return (-independent_count, firmness, -article_count, pair, kind, source)


def _fold(claims: Sequence[Claim], voices: Mapping[str, str]) -> Relationship:
    articles = {claim.article for claim in claims}
    days = sorted(day for claim in claims if (day := day_of(claim.published)))
    first = claims[0]
    return Relationship(
        source=first.source,
        target=first.target,
        kind=first.kind,
        standing=derive_standing(claims),
        claims=sort_newest_first(claims),
        article_count=len(articles),
        independent_count=len({voices.get(article, article) for article in articles}),
        first_published=days[0] if days else None,
        last_published=days[-1] if days else None,
        attributed_to=_unite(claim.attributed_to for claim in claims),
        denied_by=_unite(claim.denied_by for claim in claims),
        trend=_agreed_trend(claims),
    )


def _unite(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({name for group in names for name in group}))


def _agreed_trend(claims: Iterable[Claim]) -> Trend | None:
    trends = {claim.trend for claim in claims if claim.trend and not claim.negated}
    return trends.pop() if len(trends) == 1 else None


def day_of(published: str | None) -> str | None:
    """Give the date that a publication time begins with, None where it begins with none."""
    found = _DATE.match(published or "")
    return found[0] if found else None


def sort_newest_first(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Sort as `Relationship.claims` stands; the order of *claims* does not matter."""
    surest = sorted(sorted(claims, key=_place), key=lambda claim: claim.confidence, reverse=True)
    return tuple(
        sorted(surest, key=lambda claim: sort_time(claim.published), reverse=True)
    )  # stable, also when reversed


def sort_time(published: str | None) -> str:
    """Give publication as a text that sorts by time, a bare date before all hours of its day."""
    text = published or ""
    try:
        at = datetime.fromisoformat(text)
        at = (at.astimezone(UTC) if at.tzinfo else at).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return day_of(published) or ""
    return at.isoformat() if "T" in text else text


def _place(claim: Claim) -> tuple[str, int, int, str, str]:
    """Article and place in the text, then everything else, so that no two claims are a draw."""
    return (claim.article, claim.evidence.start, claim.evidence.end, claim.id, repr(claim))
