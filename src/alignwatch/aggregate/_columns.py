"""A million claims to relationships, in columns."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from alignwatch.aggregate._column_standing import derive_standings
from alignwatch.aggregate._relationships import FIRMNESS, day_of, map_voices, sort_time
from alignwatch.errors import ModelError
from alignwatch.model import Cluster, Kind

__all__ = ["fold_table"]

Ints = npt.NDArray[np.int64]
_TEXTS = ("id", "article", "published", "over", "trend", "quote")
_WORDS = ("source", "target", "kind", "status")
_LISTS = ("attributed_to", "denied_by")
_DAYS = ("when_start", "when_end")
_NEEDED = (*_TEXTS, *_WORDS, *_LISTS, *_DAYS, "negated", "confidence", "start", "end")


def fold_table(pa: Any, pc: Any, table: Any, *, clusters: Iterable[Cluster]) -> Any:
    """Do what `aggregate_table` promises, with pyarrow and its module ``compute``."""
    missing = [name for name in _NEEDED if name not in table.column_names]
    if missing:
        msg = f"a table of claims has a column {missing[0]!r}, this one has {table.column_names}"
        raise ModelError(msg)
    table = _as_stored(pa, _drop_repeats(pa, pc, table))
    voices = map_voices(clusters)
    if not len(table):
        return _empty(pa)
    source, actors_from = _encode(pc, table["source"])
    target, actors_to = _encode(pc, table["target"])
    kind, kinds = _encode(pc, table["kind"])
    _require_kinds(kinds)
    keys = (source * len(actors_to) + target) * len(kinds) + kind
    distinct, ties = np.unique(keys, return_inverse=True)
    count = len(distinct)
    kind_of = distinct % len(kinds)
    target_of = distinct // len(kinds) % len(actors_to)
    source_of = distinct // len(kinds) // len(actors_to)

    article, articles = _encode(pc, table["article"])
    spoken = [voices.get(name, name) for name in articles]
    voice_codes = {name: code for code, name in enumerate(dict.fromkeys(spoken))}
    voice = np.array([voice_codes[name] for name in spoken], dtype=np.int64)[article]
    article_count = _count_distinct(ties, article, len(articles), count)
    independent_count = _count_distinct(ties, voice, len(voice_codes), count)
    published, texts = _encode(pc, table["published"].fill_null(""))
    first, last = _bound_days(ties, published, texts, count)
    standing = derive_standings(table, ties, count)
    trend = _agree_on_trend(pc, table, ties, count)

    names = sorted({*actors_from, *actors_to})
    rank = {name: place for place, name in enumerate(names)}
    by_source = np.array([rank[name] for name in actors_from])[source_of]
    by_target = np.array([rank[name] for name in actors_to])[target_of]
    order = np.lexsort(
        (
            by_source,
            np.array([sorted(kinds).index(name) for name in kinds])[kind_of],
            np.maximum(by_source, by_target),
            np.minimum(by_source, by_target),
            -article_count,
            np.array([FIRMNESS.index(one) for one in standing]),
            -independent_count,
        )
    )
    told = [kinds[code] for code in kind_of[order]]
    columns = {
        "source": pa.array([names[code] for code in by_source[order]]),
        "target": pa.array([names[code] for code in by_target[order]]),
        "kind": pa.array(told),
        "family": pa.array([Kind(name).family.value for name in told]),
        "standing": pa.array([standing[place].value for place in order]),
        "article_count": pa.array(article_count[order]),
        "independent_count": pa.array(independent_count[order]),
        "first_published": pa.array([first[place] for place in order], pa.string()),
        "last_published": pa.array([last[place] for place in order], pa.string()),
        "attributed_to": _unite(pa, pc, table["attributed_to"], ties, count).take(order),
        "denied_by": _unite(pa, pc, table["denied_by"], ties, count).take(order),
        "trend": pa.array([trend[place] for place in order], pa.string()),
        "claims": _list_claims(pa, pc, table, ties, _rank_times(published, texts)).take(order),
    }
    schema = _schema(pa)
    return pa.table([columns[field.name].cast(field.type) for field in schema], schema=schema)


def _schema(pa: Any) -> Any:
    """Give the columns of `alignwatch.export.relationship_schema`; a test keeps the two equal."""
    text = pa.string()
    names = pa.list_(pa.field("item", text, nullable=False))
    word = pa.dictionary(pa.int32(), text)
    types = {
        **dict.fromkeys(("source", "target", "kind", "family", "standing"), word),
        **dict.fromkeys(("article_count", "independent_count"), pa.int64()),
        **dict.fromkeys(("first_published", "last_published"), text),
        **dict.fromkeys(("attributed_to", "denied_by"), names),
        "trend": text,
        "claims": names,
    }
    free = ("first_published", "last_published", "trend")
    return pa.schema(
        [pa.field(name, kind, nullable=name in free) for name, kind in types.items()],
        metadata={"alignwatch": "relationships", "alignwatch_schema": "1"},
    )


def _empty(pa: Any) -> Any:
    return _schema(pa).empty_table()


def _encode(pc: Any, column: Any) -> tuple[Ints, list[str]]:
    """Give a number for each row, and what each number stands for."""
    whole = column.unify_dictionaries().combine_chunks()
    coded = whole if hasattr(whole, "dictionary") else pc.dictionary_encode(whole)
    return coded.indices.to_numpy(zero_copy_only=False).astype(np.int64), (
        coded.dictionary.to_pylist()
    )


def _as_stored(pa: Any, table: Any) -> Any:
    """Give columns the types that files of ours have: frames bring views and larger ones."""
    types = {
        **dict.fromkeys(_TEXTS, pa.string()),
        **dict.fromkeys(_WORDS, pa.dictionary(pa.int32(), pa.string())),
        **dict.fromkeys(_LISTS, pa.list_(pa.string())),
        **dict.fromkeys(_DAYS, pa.date32()),
        "negated": pa.bool_(),
        "confidence": pa.float64(),
        **dict.fromkeys(("start", "end"), pa.int64()),
    }
    try:
        columns = {name: _cast(pa, table[name], kind) for name, kind in types.items()}
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        msg = f"a column has not the type of `claim_schema`: {error}"
        raise ModelError(msg) from error
    return pa.table(columns)


def _cast(pa: Any, column: Any, kind: Any) -> Any:
    if column.type == kind:
        return column
    if pa.types.is_dictionary(column.type):  # the words first: of views pyarrow takes none
        chunks = [
            pa.DictionaryArray.from_arrays(one.indices, one.dictionary.cast(pa.string()))
            for one in column.chunks
        ]
        word = pa.dictionary(column.type.index_type, pa.string())
        column = pa.chunked_array(chunks, word)
    elif pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type).dictionary_encode()
    return column.cast(kind)


def _require_kinds(kinds: Sequence[str]) -> None:
    unknown = sorted(set(kinds) - set(map(str, Kind)))
    if unknown:
        msg = f"a claim's kind is one of {', '.join(Kind)}; got {unknown[0]!r}"
        raise ModelError(msg)


def _drop_repeats(pa: Any, pc: Any, table: Any) -> Any:
    """Leave out rows that equal an earlier one in every column; looks at shared ids alone."""
    codes, ids = _encode(pc, table["id"].cast(pa.string()))
    if len(ids) == len(table):
        return table
    shared = np.flatnonzero(np.bincount(codes, minlength=len(ids))[codes] > 1)
    seen: set[bytes] = set()
    keep = np.ones(len(table), dtype=bool)
    for start in range(0, len(shared), 10_000):
        places = shared[start : start + 10_000]
        for place, row in zip(places, table.take(places).to_pylist(), strict=True):
            told = hashlib.blake2b(repr(row).encode("utf-8"), digest_size=16).digest()
            keep[place] = told not in seen
            seen.add(told)
    return table.filter(pa.array(keep))


def _count_distinct(ties: Ints, codes: Ints, size: int, count: int) -> Ints:
    pairs = np.unique(ties * size + codes)
    return np.bincount(pairs // size, minlength=count).astype(np.int64)


def _bound_days(
    ties: Ints, published: Ints, texts: Sequence[str], count: int
) -> tuple[list[str | None], list[str | None]]:
    """Give the first and the last day of each tie's articles, as precise as they are."""
    days = sorted({day for text in texts if (day := day_of(text))})
    rank = {day: place for place, day in enumerate(days)}
    coded = np.array([rank.get(day_of(text) or "", -1) for text in texts], dtype=np.int64)[
        published
    ]
    dated = coded >= 0
    first = np.full(count, len(days), dtype=np.int64)
    last = np.full(count, -1, dtype=np.int64)
    np.minimum.at(first, ties[dated], coded[dated])
    np.maximum.at(last, ties[dated], coded[dated])
    return (
        [days[place] if place < len(days) else None for place in first],
        [days[place] if place >= 0 else None for place in last],
    )


def _rank_times(published: Ints, texts: Sequence[str]) -> Ints:
    times = [sort_time(text) for text in texts]
    rank = {time: place for place, time in enumerate(sorted(set(times)))}
    return np.array([rank[time] for time in times], dtype=np.int64)[published]


def _agree_on_trend(pc: Any, table: Any, ties: Ints, count: int) -> list[str | None]:
    trend = table["trend"].combine_chunks()
    told = pc.and_(pc.is_valid(trend), pc.invert(table["negated"].combine_chunks()))
    places = np.flatnonzero(told.to_numpy(zero_copy_only=False))
    found: list[str | None] = [None] * count
    mixed = set()
    for tie, word in zip(ties[places].tolist(), trend.take(places).to_pylist(), strict=True):
        if found[tie] not in (None, word):
            mixed.add(tie)
        found[tie] = word
    for tie in mixed:
        found[tie] = None
    return found


def _unite(pa: Any, pc: Any, column: Any, ties: Ints, count: int) -> Any:
    """Give for each tie the names in the lists of its rows, sorted, each once."""
    lists = column.combine_chunks()
    names = pc.list_flatten(lists)
    parents = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False)
    codes, words = _encode(pc, pa.chunked_array([names]))
    if not len(codes):
        return pa.ListArray.from_arrays(np.zeros(count + 1, np.int32), pa.array([], pa.string()))
    rank = np.argsort(np.argsort(np.array(words, dtype=object)))
    size = len(words)
    pairs = np.unique(ties[parents] * size + rank[codes])
    sizes = np.bincount(pairs // size, minlength=count)
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    ordered = sorted(words)
    return pa.ListArray.from_arrays(
        offsets, pa.array([ordered[code] for code in (pairs % size).tolist()], pa.string())
    )


def _list_claims(pa: Any, pc: Any, table: Any, ties: Ints, times: Ints) -> Any:
    """Give for each tie the ids of its claims as `Relationship.claims` stands: newest first."""
    keyed = pa.table(
        {
            "tie": ties,
            "time": times,
            "confidence": table["confidence"],
            "article": table["article"],
            "start": table["start"],
            "end": table["end"],
            "id": table["id"],
        }
    )
    directions = {"time": "descending", "confidence": "descending"}
    order = pc.sort_indices(
        keyed, sort_keys=[(name, directions.get(name, "ascending")) for name in keyed.column_names]
    )
    sizes = np.bincount(ties)
    offsets = np.concatenate(([0], np.cumsum(sizes))).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, table["id"].take(order).combine_chunks())
