"""Claims as event rows with PLOVER types and CAMEO codes."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from alignwatch.export._csv import Cell, format_rows
from alignwatch.export._losses import Losses
from alignwatch.model import Claim, load_event_codes

__all__ = ["EVENT_COLUMNS", "format_events"]


@attrs.frozen
class _Event:
    claim: Claim
    source: str
    target: str
    plover: str
    cameo: str


_CELLS: Mapping[str, Callable[[_Event], Cell]] = {
    "event_id": lambda event: f"{event.claim.id}-{event.source}",
    "event_date": lambda event: _date(event.claim)[0],
    "date_basis": lambda event: _date(event.claim)[1],
    "source": lambda event: event.source,
    "target": lambda event: event.target,
    "plover_type": lambda event: event.plover,
    "quadrant": lambda event: load_event_codes().quadrants[event.plover],
    "cameo_root": lambda event: event.cameo[:2],
    "cameo_code": lambda event: event.cameo,
    "goldstein": lambda event: load_event_codes().goldstein[event.cameo[:2]],
    "kind": lambda event: event.claim.kind,
    "status": lambda event: event.claim.status,
    "attributed_to": lambda event: "; ".join(event.claim.attributed_to),
    "denied_by": lambda event: "; ".join(event.claim.denied_by),
    "confidence": lambda event: event.claim.confidence,
    "claim": lambda event: event.claim.id,
    "article": lambda event: event.claim.article,
    "url": lambda event: event.claim.url,
    "quote": lambda event: event.claim.evidence.quote,
}
EVENT_COLUMNS = tuple(_CELLS)
"""Columns of `format_events`. `event_date` is the first day of the claim's period (`date_basis`
``when``), else the day of publication (``published``), else empty; `quadrant` is 1 verbal
cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; `goldstein` is the
value of the CAMEO root code."""


def format_events(claims: Iterable[Claim], *, losses: Losses | None = None) -> Iterator[str]:
    """Give a CSV header of `EVENT_COLUMNS`, then event rows, guarded as `format_csv`; lazy.

    A tie on equal footing gives a row in each direction, as event data have it. What is no event
    is left out and counted in *losses*: negated and prospective claims, and kinds without a type.
    """
    return format_rows(_CELLS, _events(claims, losses if losses is not None else Losses()))


def _events(claims: Iterable[Claim], losses: Losses) -> Iterator[_Event]:
    codes = load_event_codes()
    for claim in claims:
        plover, cameo = claim.plover, codes.cameo.get(claim.kind.value)
        if plover is None or cameo is None:
            losses.count(f"claims of kind {claim.kind} are no events")
        elif claim.negated:
            losses.count("claims that something did not happen are no events")
        elif claim.status == "prospective":
            losses.count("claims of what may happen are no events yet")
        else:
            yield _Event(claim, claim.source, claim.target, plover, cameo)
            if claim.kind.is_symmetric:
                yield _Event(claim, claim.target, claim.source, plover, cameo)


def _date(claim: Claim) -> tuple[str | None, str | None]:
    if claim.when is not None:
        return claim.when.start.isoformat(), "when"
    if claim.published:
        return claim.published[:10], "published"
    return None, None
