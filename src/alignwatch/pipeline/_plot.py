"""A store as a chart."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from alignwatch.errors import SourceError
from alignwatch.extract import load_gazetteer
from alignwatch.model import Period
from alignwatch.pipeline._alignment import alignment
from alignwatch.pipeline._clusters import clusters
from alignwatch.pipeline._views import relationships
from alignwatch.report import chart_alignment, chart_matrix, chart_network, chart_timeline
from alignwatch.store import Store

__all__ = ["plot"]

Chart = Literal["alignment", "network", "timeline", "matrix"]


def plot(  # noqa: PLR0913 - all by name but what is drawn
    store: Store,
    chart: Chart,
    actors: Sequence[str] = (),
    *,
    period: Period | str = Period.MONTH,
    weights: Path | None = None,
    min_confidence: float = 0.0,
) -> dict[str, Any]:
    """Give a chart of a store as a specification of Vega, which `draw_chart` draws.

    Args:
        store: An open store.
        chart: ``alignment`` (of two actors), ``network``, ``timeline`` or ``matrix``.
        actors: Ids or names: none for all, one, or two.
        period: The unit of an alignment.
        weights: A TOML file with weights of an alignment.
        min_confidence: How sure a claim must be to count, as for `relationships`.

    Raises:
        SourceError: An actor is unknown, or there are too many or too few.
        ModelError: As `alignment`.
    """
    names = {actor_id: actor.name for actor_id, actor in load_gazetteer().actors.items()}
    if chart == "alignment":
        if len(actors) != 2:
            msg = f"an alignment is one of two actors, got {len(actors)}: alignment RUS PRK"
            raise SourceError(msg)
        found = alignment(
            store, *actors, period=period, weights=weights, min_confidence=min_confidence
        )
        return chart_alignment(found, names=names)
    ties = relationships(store, actors=actors, min_confidence=min_confidence)
    if chart == "network":
        return chart_network(ties, names=names, clusters=clusters(store))
    draw = chart_timeline if chart == "timeline" else chart_matrix
    return draw(ties, names=names)
