"""What a claim adds to an alignment, and how much it weighs: data, with their sources."""

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from alignwatch.errors import DataFileError
from alignwatch.model import Claim, Kind, Status, load_event_codes

__all__ = ["AlignmentWeights", "load_weights"]

_SCALE = 10.0
_TABLES = {"kinds", "status", "doubt"}


@attrs.frozen(kw_only=True)
class AlignmentWeights:
    """What claims are worth: see ``data/alignment.toml`` for the format and the sources.

    `kinds` gives the value from -1 to 1 of each kind, None for one that says nothing of how near
    two actors stand. `status` and `denied` are factors from 0 to 1 of a claim's weight; `unseen` is
    the weight of the voices that were not seen.
    """

    kinds: Mapping[Kind, float | None]
    status: Mapping[Status, float]
    denied: float
    unseen: float

    def value_of(self, claim: Claim) -> float | None:
        """Give what *claim* says, from -1 to 1: 0 where a tie is said not to exist."""
        value = self.kinds[claim.kind]
        return 0.0 if claim.negated and value is not None else value

    def weight_of(self, claim: Claim) -> float:
        """Give how much *claim* counts, from 0 to 1, before anybody denies it."""
        return self.status[claim.status] * claim.confidence


def load_weights(path: Path | None = None) -> AlignmentWeights:
    """Give the weights of alignwatch, with those of the TOML file at *path* in their place.

    Raises:
        DataFileError: The file cannot be read, names what there is not, or has a number out of
            range; the message says which.
    """
    own = _read_built_in()
    if path is None:
        return _make_weights(own, {}, "the built-in weights")
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        msg = f"weights file {path} cannot be read: {error.strerror}"
        raise DataFileError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"weights file {path} is not TOML in UTF-8: {error}"
        raise DataFileError(msg) from error
    return _make_weights(own, told, f"weights file {path}")


@cache
def _read_built_in() -> dict[str, Any]:
    data = files("alignwatch.aggregate") / "data" / "alignment.toml"
    return tomllib.loads(data.read_text("utf-8"))


def _make_weights(own: dict[str, Any], told: dict[str, Any], where: str) -> AlignmentWeights:
    for table, values in told.items():
        is_table = table in _TABLES and isinstance(values, dict)
        _require(is_table, f"{where}: tables are {', '.join(sorted(_TABLES))}; got {table!r}")
    merged = {table: {**own[table], **told.get(table, {})} for table in sorted(_TABLES)}
    named = {
        "kinds": tuple(map(str, Kind)),
        "status": tuple(map(str, Status)),
        "doubt": tuple(own["doubt"]),
    }
    for table, values in merged.items():
        most = {"kinds": _SCALE, "status": 1.0, "doubt": _SCALE}[table]
        for name, value in values.items():
            _require(name in named[table], f"{where}: {table} has no {name!r}")
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            least = -_SCALE if table == "kinds" else 0.0
            is_right = is_number and math.isfinite(value) and least <= value <= most
            _require(is_right, f"{where}: {name} is {least:g} to {most:g}, got {value!r}")
    doubt = merged["doubt"]
    _require(0 < doubt["denied"] <= 1, f"{where}: denied is above 0, up to 1")
    _require(doubt["unseen"] > 0, f"{where}: unseen is above 0, up to 10")
    return AlignmentWeights(
        kinds={kind: _worth(kind, merged["kinds"]) for kind in Kind},
        status={status: float(merged["status"][status]) for status in Status},
        denied=float(doubt["denied"]),
        unseen=float(doubt["unseen"]),
    )


def _worth(kind: Kind, named: Mapping[str, float]) -> float | None:
    value = named.get(kind.value, load_event_codes().worth_of(kind))
    return None if value is None else value / _SCALE


def _require(holds: bool, message: str) -> None:  # noqa: FBT001 - what is required
    if not holds:
        raise DataFileError(message)
