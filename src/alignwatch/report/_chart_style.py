"""What all charts share: colours, letters, and texts that cannot hurt."""

from collections.abc import Iterable, Mapping
from typing import Any

from alignwatch.model import Family, Standing
from alignwatch.report._words import neutralise

__all__ = [
    "FAMILY_COLOURS",
    "FIRMNESS",
    "INK",
    "LINE",
    "SOFT",
    "STANDING_COLOURS",
    "WIDTH",
    "Spec",
    "finish",
    "scale_size",
    "shorten",
    "tell_name",
]

Spec = dict[str, Any]

WIDTH = 640
"""Of the plot itself, in points; with labels it fits across a page of A4."""
INK, SOFT, LINE = "#1b1e22", "#565b62", "#dcd9cf"
_LETTERS = "Liberation Sans, Arial, Helvetica, sans-serif"
_LONGEST_NAME = 30

# the dossier's colours of families; every one stands out from white by 4.5 to 1
FAMILY_COLOURS: Mapping[Family, str] = {
    Family.TREATY: "#6a3fb5",
    Family.MILITARY: "#9c4d00",
    Family.ECONOMIC: "#17724a",
    Family.DIPLOMATIC: "#1f63a8",
    Family.ADVERSE: "#b01f3a",
    Family.COMPARISON: "#59636e",
}
# from sure to unsure also in print without colour; told apart by people who see no red or green
STANDING_COLOURS: Mapping[Standing, str] = {
    Standing.ASSERTED: "#0b3c6f",
    Standing.CONTESTED: "#c0392b",
    Standing.ALLEGED: "#d98a00",
    Standing.PROSPECTIVE: "#7fb0de",
    Standing.ENDED: "#8d7f9e",
    Standing.NEGATED: "#a8adb3",
}
FIRMNESS = tuple(STANDING_COLOURS)


def finish(spec: Spec, title: str, subtitle: str) -> Spec:
    """Give *spec* with title, subtitle and the look of the house, as Vega-Lite 5."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": 12,
        "title": {"text": neutralise(title), "subtitle": neutralise(subtitle), **TITLE},
        **spec,
        "config": {
            "font": _LETTERS,
            "view": {"stroke": None},
            "axis": {
                "labelColor": INK,
                "titleColor": SOFT,
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "gridColor": LINE,
                "domainColor": SOFT,
                "tickColor": SOFT,
                "labelLimit": 260,
            },
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK},
        },
    }


def scale_size(
    counts: Iterable[int], title: str, *, orient: str = "right", largest: float = 300
) -> Spec:
    """Give size by count: areas grow with it, and one of one is small; whole numbers explain it."""
    most = max(counts, default=1)
    legend: Spec | None = None
    if most > 1:
        values = sorted({1, (most + 1) // 2, most})
        legend = {"title": title, "values": values, "format": "d", "orient": orient}
    return {
        "type": "quantitative",
        "scale": {
            "type": "linear",
            "domain": [0, max(4, most)],
            "range": [min(20.0, largest / 8), largest],
        },
        "legend": legend,
    }


TITLE: Spec = {
    "anchor": "start",
    "color": INK,
    "fontSize": 16,
    "subtitleColor": SOFT,
    "subtitleFontSize": 12,
    "subtitlePadding": 4,
    "offset": 14,
}


def shorten(text: str, longest: int = _LONGEST_NAME) -> str:
    """Give *text* on one line, harmless, and no longer than a label may be."""
    plain = " ".join(neutralise(text).split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1]}…"


def tell_name(actor: str, names: Mapping[str, str]) -> str:
    """Give the label of an actor."""
    return shorten(names.get(actor) or actor)
