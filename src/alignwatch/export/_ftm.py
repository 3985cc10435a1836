"""Relationships as FollowTheMoney entities."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from alignwatch.export._losses import Losses
from alignwatch.export._surrogates import replace_surrogates
from alignwatch.model import Claim, Relationship

__all__ = ["format_ftm"]

_BLOCS_LONGER_THAN = 3
_DAY = 10


def format_ftm(
    relationships: Iterable[Relationship],
    *,
    names: Mapping[str, str] | None = None,
    losses: Losses | None = None,
) -> Iterator[str]:
    """Give JSON Lines of FollowTheMoney entities, which Aleph and OpenSanctions tools read.

    A state is a ``PublicBody``, a bloc or group an ``Organization``, an article an ``Article``, a
    tie an ``UnknownLink`` from its source to its target: `role` is the kind with the standing,
    `summary` the latest quote, `proof` the articles, `recordId` the claims. Ids are made from what
    they name, so that the same ties give the same entities.

    Args:
        relationships: What to give.
        names: Names of actors by id.
        losses: Filled with what the format cannot carry.
    """
    noted = losses if losses is not None else Losses()
    ties = sorted(relationships, key=lambda tie: (tie.source, tie.target, tie.kind))
    actors = sorted({actor for tie in ties for actor in tie.pair})
    articles: dict[str, Claim] = {}
    for tie in ties:
        for claim in tie.claims:
            articles.setdefault(claim.article, claim)
    for actor in actors:
        yield _line(_actor(actor, (names or {}).get(actor, actor)))
    for name in sorted(articles):
        yield _line(_article(articles[name], noted))
    for tie in ties:
        yield _line(_link(tie, noted))


def _id(*parts: str) -> str:
    told = "\0".join(("alignwatch", *map(replace_surrogates, parts)))
    return f"alignwatch-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def _line(entity: Mapping[str, Any]) -> str:
    return json.dumps(entity, sort_keys=True) + "\n"


def _entity(entity_id: str, schema: str, **values: Iterable[str | None]) -> dict[str, Any]:
    properties = {
        key: list(dict.fromkeys(replace_surrogates(one) for one in told if one))
        for key, told in values.items()
    }
    return {
        "id": entity_id,
        "schema": schema,
        "properties": {key: told for key, told in properties.items() if told},
    }


def _actor(actor: str, name: str) -> dict[str, Any]:
    schema = "Organization" if len(actor) > _BLOCS_LONGER_THAN else "PublicBody"
    return _entity(_id("actor", actor), schema, name=[name], keywords=[actor])


def _web(url: str | None, losses: Losses) -> list[str | None]:
    if url and not url.startswith(("http://", "https://")):
        losses.count("addresses that are no web addresses")
        return []
    return [url]


def _article(claim: Claim, losses: Losses) -> dict[str, Any]:
    return _entity(
        _id("article", claim.article),
        "Article",
        title=[claim.article],
        sourceUrl=_web(claim.url, losses),
        publishedAt=[_date(claim.published)],
    )


def _date(published: str | None) -> str | None:
    """A date as FollowTheMoney takes it: a year, a month or a day."""
    return (published or "")[:_DAY] or None


def _link(tie: Relationship, losses: Losses) -> dict[str, Any]:
    if tie.kind.is_symmetric:
        losses.count("ties on equal footing have a subject and an object here")
    periods = [claim.when for claim in tie.claims if claim.when is not None and not claim.negated]
    described = [f"standing: {tie.standing}", f"independent articles: {tie.independent_count}"]
    described += [f"said by: {name}" for name in tie.attributed_to]
    described += [f"denied by: {name}" for name in tie.denied_by]
    return _entity(
        _id("tie", tie.source, tie.target, tie.kind.value),
        "UnknownLink",
        subject=[_id("actor", tie.source)],
        object=[_id("actor", tie.target)],
        role=[f"{tie.kind} ({tie.standing})"],
        status=[tie.standing.value],
        description=described,
        summary=[tie.latest.evidence.quote],
        recordId=[claim.id for claim in tie.claims],
        proof=[_id("article", claim.article) for claim in tie.claims],
        startDate=[str(min(when.start for when in periods))] if periods else [],
        endDate=[str(max(when.end for when in periods))] if periods else [],
        date=[_date(tie.last_published)],
    )
