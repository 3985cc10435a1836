"""Drafts of one article to its claims: each tie once, with the passage that tells it best."""

from collections.abc import Iterable, Sequence

from alignwatch.extract._rules import Draft
from alignwatch.model import Claim, Document, Evidence, Kind, Span, Status

__all__ = ["fold_drafts"]

_LONG = 400
_MENTIONS = 20


def _key(draft: Draft) -> tuple[str, str, Kind, bool, str | None]:
    return (draft.source, draft.target, draft.kind, draft.voice.negated, draft.over)


def _evidence(document: Document, span: Span) -> Evidence:
    raw = document.raw_span(span)
    return Evidence(
        start=span.start,
        end=span.end,
        raw_start=raw.start,
        raw_end=raw.end,
        quote=span.slice(document.text),
    )


def _status(drafts: Sequence[Draft]) -> Status:
    return min((draft.voice.status for draft in drafts), key=lambda status: status.rank)


def fold_drafts(
    drafts: Iterable[Draft], document: Document, *, extractor: str, threshold: float
) -> tuple[Claim, ...]:
    """Fold the drafts of *document* that reach *threshold* into claims, in the order of their evidence.

    One claim for each source, target, kind, negation, third actor and period: its evidence is the
    likeliest passage, its status the firmest voice, its mentions the other passages.
    """
    groups: dict[tuple[str, str, Kind, bool, str | None], list[Draft]] = {}
    for draft in drafts:
        if draft.chance >= threshold:
            groups.setdefault(_key(draft), []).append(draft)
    claims = []
    for found in groups.values():
        best = max(found, key=lambda draft: (draft.chance, -draft.start))
        told = [draft for draft in found if draft.chance >= best.chance - 0.25]
        others = sorted({(d.start, d.end) for d in found} - {(best.start, best.end)})
        attributed = dict.fromkeys(
            name for draft in [best, *told] for name in draft.voice.attributed_to
        )
        claims.append(
            Claim(
                article=document.article,
                url=document.url,
                published=document.published,
                extractor=extractor,
                source=best.source,
                target=best.target,
                kind=best.kind,
                negated=best.voice.negated,
                status=_status(told),
                attributed_to=tuple(attributed),
                over=best.over,
                confidence=round(best.chance, 3),
                evidence=_evidence(document, Span(start=best.start, end=best.end)),
                mentions=tuple(Span(start=a, end=b) for a, b in others[:_MENTIONS]),
            )
        )
    claims.sort(
        key=lambda c: (
            c.evidence.start,
            c.evidence.end,
            c.source,
            c.target,
            c.kind,
            c.negated,
            c.over or "",
        )
    )
    return tuple(claims)
