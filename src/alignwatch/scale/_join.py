"""Connected components of what was linked, in one process: links are few beside articles."""

from typing import Any

from alignwatch.scale._schema import load_arrow
from alignwatch.scale._shuffle import mix, read_shuffle, write_shuffle
from alignwatch.scale._tasks import PLACE_BITS, Plan

__all__ = ["join_voices"]


def join_voices(scratch: str, plan: Plan) -> None:
    """Read all links, and leave each joined article's voice for its chunk, and links for theirs.

    A voice is named by its first place. Links that join what is joined already are left out.
    """
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    chunks = range(len(plan.chunks))
    captures = [read_shuffle(scratch, "captures", plan.buckets, chunk) for chunk in chunks]
    again = np.concatenate([_pairs(table) for table in captures])
    found = [read_shuffle(scratch, step, plan.buckets, 0) for step in ("same", "copies")]
    copies = np.unique(np.concatenate([_pairs(table) for table in found]), axis=0)
    copies = copies[np.lexsort((copies[:, 0], copies[:, 1]))]
    places, at = np.unique(np.concatenate([again, copies]), return_inverse=True)
    at = at.reshape(-1, 2)
    leader = list(range(len(places)))
    keep = [_join(leader, one, other) for one, other in at.tolist()]
    voices = places[[_first_of(leader, place) for place in range(len(places))]]
    _write(scratch, "voices", {"place": places, "voice": voices}, places >> PLACE_BITS, len(chunks))
    kept = np.array(keep[len(again) :], dtype=bool)
    links = copies[kept]
    voice = voices[at[len(again) :][kept][:, 0]]
    columns = {"voice": voice, "one": links[:, 0], "other": links[:, 1]}
    _write(scratch, "links", columns, mix(voice, plan.buckets), plan.buckets)


def _pairs(table: Any) -> Any:
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    columns = [table.column(name).to_numpy() for name in ("one", "other")]
    return np.stack(columns, axis=1).astype(np.int64)


def _first_of(leader: list[int], place: int) -> int:
    while leader[place] != place:
        leader[place] = place = leader[leader[place]]
    return place


def _join(leader: list[int], one: int, other: int) -> bool:
    first, second = sorted((_first_of(leader, one), _first_of(leader, other)))
    leader[second] = first
    return first != second


def _write(scratch: str, step: str, columns: dict[str, Any], buckets: Any, count: int) -> None:
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    pa = load_arrow()
    table = pa.table({name: column.astype(np.int64) for name, column in columns.items()})
    write_shuffle(scratch, step, 0, table=table, buckets=buckets, count=count)
