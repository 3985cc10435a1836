"""``plot``: charts as pictures."""

from pathlib import Path
from typing import Literal

from alignwatch.cli._screen import talk
from alignwatch.cli._words import Sure
from alignwatch.errors import SourceError
from alignwatch.export import write_atomically
from alignwatch.model import Period
from alignwatch.pipeline import plot as make_chart
from alignwatch.report import draw_chart
from alignwatch.store import open_store

__all__ = ["plot"]

_STORE = Path("alignwatch.db")
_FORMS: dict[str, Literal["png", "svg", "json"]] = {".png": "png", ".svg": "svg", ".json": "json"}


def plot(  # noqa: PLR0913 - the options of a command
    chart: Literal["alignment", "network", "timeline", "matrix"],
    *actors: str,
    out: Path | None = None,
    store: Path = _STORE,
    period: Period = Period.MONTH,
    weights: Path | None = None,
    sure: Sure = 0.0,
) -> None:
    """Draw a chart as PNG or SVG: the alignment of two actors, a network, timeline or matrix.

    Args:
        chart: What to draw.
        actors: None for all that the store knows, one, or two: ids or names.
        out: File to write: .png (for print), .svg, or .json (the Vega specification, which needs no
            extra). CHART.png if not given.
        store: The store to look into.
        period: The unit of time of an alignment.
        weights: A TOML file with weights of kinds and doubts of your own, for an alignment.
        sure: Leave out claims that are less sure than this, from 0 to 1, such as 0.7.
    """
    target = out or Path(f"{chart}.png")
    form = _FORMS.get(target.suffix.lower())
    if form is None:
        msg = f"a chart is written as .png, .svg or .json, got {target.name!r}"
        raise SourceError(msg)
    with open_store(store, read_only=True) as opened:
        made = make_chart(
            opened, chart, actors, period=period, weights=weights, min_confidence=sure
        )
    write_atomically(target, draw_chart(made, form))
    talk(f"drawn: {target}")
