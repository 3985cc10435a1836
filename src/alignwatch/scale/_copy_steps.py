"""The steps that find copies: each reads what earlier ones left, and writes for later ones."""

from collections import defaultdict
from hashlib import blake2b
from typing import Any

from alignwatch.aggregate import band_texts, join_copies
from alignwatch.scale._schema import load_arrow
from alignwatch.scale._shuffle import bucket_texts, mix
from alignwatch.scale._tasks import PLACE_BITS, Task, number_rows, read_column

__all__ = ["find_captures", "find_meetings", "send_ids", "send_keys", "send_texts", "verify_copies"]

_MANY = 64
"""Articles that share a key, beyond which several tasks look at them."""

_BAND = 0x9E3779B97F4A7C15


def send_ids(task: Task) -> dict[str, int]:
    """Chunk: send each article's id to the bucket of that id."""
    pa = load_arrow()
    articles = [
        article
        for batch in read_column(task, "documents", ["article"])
        for article in batch.column(0).to_pylist()
    ]
    table = pa.table(
        {"article": pa.array(articles, pa.string()), "place": number_rows(task, len(articles))}
    )
    task.send("ids", table, bucket_texts(articles, task.plan.buckets))
    return {}


def find_captures(task: Task) -> dict[str, int]:
    """Bucket: find articles that were read twice; the first one tells the text."""
    pa = load_arrow()
    table = task.receive("ids", from_chunks=True)
    first: dict[str, int] = {}
    again = []
    articles, places = (table.column(name).to_pylist() for name in ("article", "place"))
    for article, place in zip(articles, places, strict=True):
        if first.setdefault(article, place) != place:
            again.append((first[article], place))
    found = _pair_table(pa, again, ("one", "other"))
    chunks = found.column("other").to_numpy() >> PLACE_BITS
    task.send("captures", found, chunks, to_chunks=True)
    return {"articles": len(first), "recaptured": len(again)}


def send_keys(task: Task) -> dict[str, int]:
    """Chunk: send the band keys of each text to the buckets of those keys."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    pa = load_arrow()
    passed = set(task.receive("captures").column("other").to_pylist())
    start = task.number << PLACE_BITS
    places, digests = [], []

    def texts() -> Any:
        row = start
        for batch in read_column(task, "documents", ["text"]):
            for text in batch.column(0).to_pylist():
                if row not in passed:
                    places.append(row)
                    told = blake2b((text or "").encode(), digest_size=8).digest()
                    digests.append(int.from_bytes(told) >> 1)
                    yield text or ""
                row += 1

    rows = [np.array(keys, dtype=np.uint64) for keys in band_texts(texts())]
    has_keys = np.array([len(row) > 0 for row in rows], dtype=bool)
    keys = np.array([row for row in rows if len(row)], dtype=np.uint64)
    count = keys.shape[1] if len(keys) else 0
    of = np.array(places, dtype=np.int64)[has_keys]
    bands = np.tile(np.arange(count, dtype=np.uint8), len(of))
    # the band takes part in the key, so that one column tells both
    flat = keys.reshape(-1) ^ (bands.astype(np.uint64) + np.uint64(1)) * np.uint64(_BAND)
    table = pa.table(
        {
            "band": bands,
            "key": flat,
            "place": np.repeat(of, count),
            "digest": np.repeat(np.array(digests, dtype=np.int64)[has_keys], count),
        }
    )
    task.send("keys", table, mix(flat, task.plan.buckets))
    return {}


def find_meetings(task: Task) -> dict[str, int]:
    """Bucket: join on the keys; send who met to who looks at their texts."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    pa = load_arrow()
    table = task.receive("keys", from_chunks=True)
    bands, keys, places, digests = (
        table.column(name).to_numpy() for name in ("band", "key", "place", "digest")
    )
    order = np.lexsort((places, digests, keys, bands))
    bands, keys, places, digests = (one[order] for one in (bands, keys, places, digests))
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (keys[1:] != keys[:-1]) | (bands[1:] != bands[:-1])
    starts = np.flatnonzero(is_new)
    ends = np.append(starts, len(order))[1:]
    same: list[tuple[int, int]] = []
    met: set[tuple[int, ...]] = set()
    met_others = ends - starts > 1
    several = zip(starts[met_others].tolist(), ends[met_others].tolist(), strict=True)
    for start, end in several:
        told = digests[start:end]
        firsts = np.flatnonzero(np.concatenate(([True], told[1:] != told[:-1])))
        group = places[start:end]
        if bands[start] == 0:  # texts that are equal meet in every band
            of = group[np.repeat(firsts, np.diff(np.append(firsts, len(group))))]
            same += [
                pair for pair in zip(of.tolist(), group.tolist(), strict=True) if len({*pair}) > 1
            ]
        if len(firsts) > 1:
            met.add(tuple(np.sort(group[firsts]).tolist()))
    _send_meetings(task, sorted(met))
    task.send("same", _pair_table(pa, same, ("one", "other")), np.zeros(len(same), dtype=np.int64))
    return {}


def _send_meetings(task: Task, met: list[tuple[int, ...]]) -> None:
    """Send each group to who looks at it; a large one to several, for its later articles each."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    pa = load_arrow()
    count = task.plan.buckets
    members: list[tuple[int, ...]] = []
    shares: list[int] = []
    needs: set[tuple[int, int]] = set()
    # most groups of one story have its first article, so that its texts are sent once
    firsts = mix(np.array([group[0] for group in met], dtype=np.int64), count).tolist()
    for group, first in zip(met, firsts, strict=True):
        last = {first: len(group) - 1}
        if len(group) > _MANY:
            last = {share: at for at, share in enumerate(mix(group, count).tolist()) if at}
        for share, at in last.items():
            part = group[: at + 1]
            members.append(part)
            shares.append(share)
            needs.update((place, share) for place in part)
    groups = pa.table({"members": pa.array(members, pa.list_(pa.int64()))})
    task.send("groups", groups, np.array(shares, dtype=np.int64))
    wanted = _pair_table(pa, sorted(needs), ("place", "share"))
    chunks = wanted.column("place").to_numpy() >> PLACE_BITS
    task.send("needs", wanted, chunks, to_chunks=True)


def send_texts(task: Task) -> dict[str, int]:
    """Chunk: send texts that met others to who looks at them."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    pa = load_arrow()
    needs = task.receive("needs")
    wanted = np.unique(
        np.stack([needs.column(name).to_numpy() for name in ("place", "share")], axis=1), axis=0
    )
    rows = wanted[:, 0] & ((1 << PLACE_BITS) - 1)
    found: list[Any] = []
    start = 0
    for batch in read_column(task, "documents", ["text"]):
        first, last = np.searchsorted(rows, (start, start + batch.num_rows)).tolist()
        found.append(batch.column(0).take(pa.array(rows[first:last] - start)))
        start += batch.num_rows
    table = pa.table({"place": wanted[:, 0], "text": pa.chunked_array(found, pa.string())})
    task.send("texts", table, wanted[:, 1])
    return {}


def verify_copies(task: Task) -> dict[str, int]:
    """Bucket: look at the texts of who met, and leave the pairs that are copies."""
    import numpy as np  # noqa: PLC0415 - keeps `import alignwatch` fast

    pa = load_arrow()
    groups = sorted({tuple(group) for group in task.receive("groups").column(0).to_pylist()})
    told = task.receive("texts", from_chunks=True)
    places = told.column("place").to_numpy()  # ascending: chunks stand in their order
    texts = [text or "" for text in told.column("text").to_pylist()]
    is_mine = mix(places, task.plan.buckets) == task.number
    met: defaultdict[int, list[Any]] = defaultdict(list)
    for group in groups:
        at = np.searchsorted(places, group)
        # the piece of a large group that is no larger than a small one is looked at all over
        mine = np.flatnonzero(is_mine[at]) if len(group) > _MANY else range(len(group))
        for number in mine:
            if number:
                met[int(at[number])].append(at[:number])
    joined = join_copies(
        texts, ((place, np.unique(np.concatenate(met[place])).tolist()) for place in sorted(met))
    )
    links = [(int(places[one]), int(places[other])) for one, other in joined]
    table = _pair_table(pa, links, ("one", "other"))
    task.send("copies", table, np.zeros(len(links), dtype=np.int64))
    return {}


def _pair_table(pa: Any, pairs: list[tuple[int, int]], names: tuple[str, str]) -> Any:
    columns = zip(*pairs, strict=True) if pairs else ((), ())
    return pa.table(
        {name: pa.array(column, pa.int64()) for name, column in zip(names, columns, strict=True)}
    )
