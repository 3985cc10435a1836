"""Charts to pictures."""

import json
from importlib import import_module
from typing import Any, Literal

from alignwatch.errors import MissingExtraError

__all__ = ["draw_chart"]

_PRINT_SCALE = 3
"""Pixels for each point of a chart: 300 for an inch where it fills a page of A4."""


def draw_chart(
    chart: dict[str, Any], form: Literal["png", "svg", "json"], *, scale: float = _PRINT_SCALE
) -> bytes:
    """Draw a chart as a picture: the same chart, the same bytes, given the same letters.

    Nothing is fetched: the program that draws has all that it needs, and is refused every address.
    Letters come from the fonts of this machine, Liberation Sans where it is there.

    Args:
        chart: A specification of Vega or Vega-Lite, as the functions ``chart_...`` give it.
        form: ``png``, ``svg``, or ``json``: the specification itself, which needs no extra and
            which any program for Vega draws.
        scale: Pixels for each point of a PNG.

    Raises:
        MissingExtraError: vl-convert-python is not installed, and *form* is a picture.
    """
    if form == "json":
        return (json.dumps(chart, ensure_ascii=False, indent=2) + "\n").encode()
    try:
        convert = import_module("vl_convert")
    except ImportError as error:
        msg = (
            "charts as pictures need vl-convert-python, which is not installed: "
            "pip install 'alignwatch[report]'; .json needs nothing"
        )
        raise MissingExtraError(msg) from error
    is_lite = "vega-lite" in chart["$schema"]
    if form == "svg":
        draw = convert.vegalite_to_svg if is_lite else convert.vega_to_svg
        text: str = draw(chart, allowed_base_urls=[])
        return text.encode()
    draw = convert.vegalite_to_png if is_lite else convert.vega_to_png
    picture: bytes = draw(chart, scale=scale, allowed_base_urls=[])
    return picture
