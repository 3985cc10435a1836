"""Relationships as a STIX 2.1 bundle."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from alignwatch.export._losses import Losses
from alignwatch.export._surrogates import replace_surrogates
from alignwatch.model import Claim, Relationship

__all__ = ["format_stix"]

_SPACE = uuid.UUID("6f0b7c1e-5d8a-5f5e-9a43-0c2f4f2b7f10")
# STIX wants `created` of everything, the same one in each version; what has no day of its own gets
# the one on which this vocabulary was made
_MADE = "2026-01-01T00:00:00.000Z"
_EXTENSION = f"extension-definition--{uuid.uuid5(_SPACE, 'relationship')}"
_MAKER = f"identity--{uuid.uuid5(_SPACE, 'alignwatch')}"
_BLOCS_LONGER_THAN = 3


def format_stix(
    relationships: Iterable[Relationship],
    *,
    names: Mapping[str, str] | None = None,
    losses: Losses | None = None,
) -> Iterator[str]:
    """Give the lines of a STIX 2.1 bundle: an identity for each actor, a relationship for each tie.

    Ids are made from what they name, so that the same ties give the same bundle. A relationship's
    type is the kind with hyphens; each of its claims is an external reference with the claim's id,
    the quote and the page. Standing, family, support and who says or denies it stand in an
    extension (``property-extension``) whose definition is in the bundle. `confidence` is that of
    the likeliest claim, 0 to 100. A tie's dates of making, which STIX requires, are its first and
    last dates of publication; where there is none, they are the day on which this vocabulary was
    made, and ``undated`` in the extension says so. `start_time` and `stop_time` stand only where a
    claim tells a period.

    Args:
        relationships: What to give.
        names: Names of actors by id.
        losses: Filled with what the format cannot carry.
    """
    noted = losses if losses is not None else Losses()
    ties = sorted(relationships, key=lambda tie: (tie.source, tie.target, tie.kind))
    objects: list[dict[str, Any]] = [_maker(), _extension()]
    actors = sorted({actor for tie in ties for actor in tie.pair})
    objects += [_identity(actor, (names or {}).get(actor, actor)) for actor in actors]
    objects += [_relationship(tie, noted) for tie in ties]
    told = json.dumps([one["id"] for one in objects])
    yield f'{{"type": "bundle", "id": "bundle--{uuid.uuid5(_SPACE, told)}", "objects": [\n'
    for number, one in enumerate(objects, start=1):
        yield json.dumps(one, sort_keys=True) + (",\n" if number < len(objects) else "\n")
    yield "]}\n"


def _common(kind: str, name: str, moment: str) -> dict[str, Any]:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{uuid.uuid5(_SPACE, name)}",
        "created": moment,
        "modified": moment,
    }


def _maker() -> dict[str, Any]:
    made = _common("identity", "alignwatch", _MADE)
    return {**made, "name": "alignwatch", "identity_class": "system"}


def _extension() -> dict[str, Any]:
    made = _common("extension-definition", "relationship", _MADE)
    return {
        **made,
        "created_by_ref": _MAKER,
        "name": "Tie between states",
        "description": "Standing and support of a tie between states, as news tells of it.",
        "schema": "https://alignwatch.example/wire-format#relationship",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


def _identity(actor: str, name: str) -> dict[str, Any]:
    made = _common("identity", f"actor:{actor}", _MADE)
    group = len(actor) > _BLOCS_LONGER_THAN
    return {
        **made,
        "created_by_ref": _MAKER,
        "name": replace_surrogates(name),
        "identity_class": "group" if group else "organization",
        "sectors": ["government"],
        "external_references": [{"source_name": "alignwatch", "external_id": actor}],
    }


def _relationship(tie: Relationship, losses: Losses) -> dict[str, Any]:
    first, last = _moment(tie.first_published), _moment(tie.last_published)
    if tie.first_published is None:
        losses.count("relationships without a date of publication are marked as undated")
    made = _common("relationship", f"{tie.source}:{tie.target}:{tie.kind}", first)
    told = {
        **made,
        "modified": max(first, last),
        "created_by_ref": _MAKER,
        "relationship_type": tie.kind.value.replace("_", "-"),
        "source_ref": f"identity--{uuid.uuid5(_SPACE, f'actor:{tie.source}')}",
        "target_ref": f"identity--{uuid.uuid5(_SPACE, f'actor:{tie.target}')}",
        "description": replace_surrogates(tie.latest.evidence.quote),
        "confidence": round(100 * max(claim.confidence for claim in tie.claims)),
        "external_references": [_reference(claim, losses) for claim in tie.claims],
        "extensions": {_EXTENSION: {"extension_type": "property-extension", **_extra(tie)}},
    }
    period = _period(tie.claims)
    if period is not None:
        told["start_time"], told["stop_time"] = period
    return told


def _extra(tie: Relationship) -> dict[str, Any]:
    extra: dict[str, Any] = {
        "kind": tie.kind.value,
        "family": tie.kind.family.value,
        "standing": tie.standing.value,
        "symmetric": tie.kind.is_symmetric,
        "independent_count": tie.independent_count,
        "article_count": tie.article_count,
    }
    if tie.first_published is None:
        extra["undated"] = True
    if tie.attributed_to:
        extra["attributed_to"] = list(map(replace_surrogates, tie.attributed_to))
    if tie.denied_by:
        extra["denied_by"] = list(map(replace_surrogates, tie.denied_by))
    if tie.trend is not None:
        extra["trend"] = tie.trend.value
    return extra


def _reference(claim: Claim, losses: Losses) -> dict[str, str]:
    reference = {
        "source_name": "alignwatch claim",
        "external_id": claim.id,
        "description": replace_surrogates(claim.evidence.quote),
    }
    if claim.url and claim.url.startswith(("http://", "https://")) and claim.url.isascii():
        reference["url"] = claim.url
    elif claim.url:
        losses.count("addresses that are no web addresses in ASCII")
    return reference


def _moment(day: str | None) -> str:
    try:
        return f"{date.fromisoformat((day or '')[:10]).isoformat()}T00:00:00.000Z"
    except ValueError:
        return _MADE


def _period(claims: Iterable[Claim]) -> tuple[str, str] | None:
    """From the first day that a claim tells of to the day after the last."""
    told = [claim.when for claim in claims if claim.when is not None and not claim.negated]
    if not told:
        return None
    start, end = min(when.start for when in told), max(when.end for when in told)
    after = end + timedelta(days=1) if end < date.max else end
    return f"{start}T00:00:00.000Z", f"{after}T00:00:00.000Z"
