"""Event codes of kinds, and what an event of each code is worth."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs

from alignwatch.model._kind import Kind

__all__ = ["EventCodes", "load_event_codes"]


@attrs.frozen(kw_only=True)
class EventCodes:
    """The codes of kinds and types: see ``data/events.toml``, which names its sources.

    `cameo` has the CAMEO code of each kind that tells of an event, `goldstein` the value from -10
    to 10 of each CAMEO root code, and `quadrants` the quadrant 1 to 4 of each PLOVER type.
    """

    cameo: Mapping[str, str]
    goldstein: Mapping[str, float]
    quadrants: Mapping[str, int]

    def worth_of(self, kind: Kind) -> float | None:
        """Give the Goldstein value of *kind*'s root code, None for what is no event."""
        code = self.cameo.get(kind.value)
        return None if code is None else self.goldstein[code[:2]]


@cache
def load_event_codes() -> EventCodes:
    """Read the table of codes, once."""
    told = tomllib.loads((files("alignwatch.model") / "data" / "events.toml").read_text("utf-8"))
    return EventCodes(
        cameo={Kind(kind).value: code for kind, code in told["cameo"].items()},
        goldstein=told["goldstein"],
        quadrants={
            name.strip(): int(number)
            for number, names in told["quadrants"].items()
            for name in names.split(",")
        },
    )
