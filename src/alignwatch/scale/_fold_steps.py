"""The steps that fold: articles to clusters, claims to relationships."""

from collections import defaultdict
from typing import Any

from alignwatch.aggregate import aggregate_table
from alignwatch.model import Cluster, LinkReason
from alignwatch.scale._schema import cluster_schema, load_arrow, plain_claim_schema
from alignwatch.scale._shuffle import bucket_texts, mix
from alignwatch.scale._tasks import Task, number_rows, read_column
from alignwatch.scale._work import replacing

__all__ = ["fold", "name_part", "spread"]

_ROWS = 1_024


def spread(task: Task) -> dict[str, int]:
    """Chunk: send articles to the bucket of their cluster, claims to that of their tie."""
    pa = load_arrow()
    batches = list(read_column(task, "documents", ["article"]))
    articles = [article for batch in batches for article in batch.column(0).to_pylist()]
    places = number_rows(task, len(articles)).tolist()
    joined = task.receive_joined("voices")
    voice_of = dict(
        zip(*(joined.column(name).to_pylist() for name in ("place", "voice")), strict=True)
    )
    voices = [voice_of.get(place, place) for place in places]
    passed = set(task.receive("captures").column("other").to_pylist())
    own = [at for at, place in enumerate(places) if place not in passed]
    members = pa.table(
        {
            "article": pa.array([articles[at] for at in own], pa.string()),
            "place": pa.array([places[at] for at in own], pa.int64()),
            "voice": pa.array([voices[at] for at in own], pa.int64()),
        }
    )
    task.send("members", members, mix(members.column("voice").to_numpy(), task.plan.buckets))
    _spread_claims(task, dict(zip(articles, voices, strict=True)))
    return {}


def _spread_claims(task: Task, voices: dict[str, int]) -> None:
    pa = load_arrow()
    schema = plain_claim_schema()
    batches = [
        pa.Table.from_batches([batch]).cast(schema)
        for batch in read_column(task, "claims", schema.names)
    ]
    claims = pa.concat_tables(batches) if batches else schema.empty_table()
    told = [voices.get(article) for article in claims.column("article").to_pylist()]
    ties = zip(
        *(claims.column(name).to_pylist() for name in ("source", "target", "kind")), strict=True
    )
    buckets = bucket_texts(map("\0".join, ties), task.plan.buckets)
    task.send("claims", claims.append_column("voice", pa.array(told, pa.int64())), buckets)


def fold(task: Task) -> dict[str, int]:
    """Bucket: write its clusters, and its relationships in their order."""
    clusters = _fold_clusters(task)
    _write(task, "clusters", clusters)
    claims = task.receive("claims", from_chunks=True)
    ties = aggregate_table(claims.drop_columns(["voice"]), clusters=_voices(claims))
    _write(task, "ties", ties)
    return {
        "clusters": clusters.num_rows,
        "relationships": ties.num_rows,
        "claims": int(sum(map(len, ties.column("claims")))),
    }


def _write(task: Task, folder: str, table: Any) -> None:
    from pyarrow import parquet  # noqa: PLC0415 - an optional extra

    with replacing(task.scratch, folder, name_part(task.number)) as sink:
        parquet.write_table(table, sink, compression="zstd", row_group_size=_ROWS)


def name_part(number: int) -> str:
    """Name the file of a bucket."""
    return f"part-{number:06d}.parquet"


def _fold_clusters(task: Task) -> Any:
    pa = load_arrow()
    members = task.receive("members", from_chunks=True)
    columns = (members.column(name).to_pylist() for name in ("article", "place", "voice"))
    groups: defaultdict[int, list[str]] = defaultdict(list)
    articles: dict[int, str] = {}
    for article, place, voice in zip(*columns, strict=True):
        groups[voice].append(article)
        articles[place] = article
    links: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    joined = task.receive_joined("links")
    columns = (joined.column(name).to_pylist() for name in ("voice", "one", "other"))
    for voice, one, other in zip(*columns, strict=True):
        first, second = sorted((articles[one], articles[other]))
        links[voice].append((first, second))
    rows = sorted((sorted(group), sorted(links[voice])) for voice, group in groups.items())
    copy = {"reason": LinkReason.COPY.value, "origin": None}
    return pa.Table.from_pylist(
        [
            {
                "articles": group,
                "links": [{"first": first, "second": second, **copy} for first, second in told],
            }
            for group, told in rows
        ],
        schema=cluster_schema(),
    )


def _voices(claims: Any) -> list[Cluster]:
    """Give the clusters of the articles in *claims*, as far as they are in there."""
    groups: defaultdict[int, set[str]] = defaultdict(set)
    articles = zip(
        claims.column("article").to_pylist(), claims.column("voice").to_pylist(), strict=True
    )
    for article, voice in articles:
        if voice is not None:
            groups[voice].add(article)
    return [Cluster(articles=tuple(sorted(group))) for group in groups.values() if len(group) > 1]
