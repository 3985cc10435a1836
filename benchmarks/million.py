#!/usr/bin/env python3
"""A million claims: aggregated in columns, one pair out of a store, written to Parquet.

    benchmarks/million.py [--claims 1000000]

The claims are generated, the same in each run: 150 actors, pairs and kinds as uneven as in news,
5 % negated, 3 % denied, 20 % alleged, half of the articles in clusters of copies. Times are of
CPU, on one thread; each stands beside a plain query of DuckDB over the same claims in the same run.
"""

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import alignwatch as aw
from alignwatch.aggregate import aggregate_claims, aggregate_table
from alignwatch.export import from_arrow, read_parquet, write_parquet
from alignwatch.export._arrow_schema import claim_schema
from alignwatch.model import Article, Claim, Cluster, Document, Kind

ACTORS = [f"{a}{b}{c}" for a in "ABCDE" for b in "KLMNO" for c in "UVWXYZ"]
KINDS = [kind for kind in Kind if kind is not Kind.PREFERENCE]
PER_ARTICLE = 10
BATCH = 50_000
PLAIN = """
    select source, target, kind, count(*) claims, count(distinct article) articles,
        min(published) first, max(published) last
    from {} group by all order by articles desc, source, target, kind
"""


def generate(count: int, seed: int = 7) -> Iterator[pa.RecordBatch]:
    """Give batches of claims by `claim_schema`, without making a claim."""
    rng = np.random.default_rng(seed)
    weight = 1 / np.arange(1, len(ACTORS) + 1) ** 0.8
    popular = 1 / np.arange(1, len(KINDS) + 1) ** 0.5
    for begin in range(0, count, BATCH):
        size = min(BATCH, count - begin)
        source = rng.choice(len(ACTORS), size, p=weight / weight.sum())
        other = rng.choice(len(ACTORS), size, p=weight / weight.sum())
        target = np.where(other == source, (other + 1) % len(ACTORS), other)
        kind = rng.choice(len(KINDS), size, p=popular / popular.sum())
        swap = np.array([one.is_symmetric for one in KINDS])[kind] & (source > target)
        source, target = np.where(swap, target, source), np.where(swap, source, target)
        yield pa.RecordBatch.from_pylist(
            list(_rows(rng, begin, source, target, kind)), schema=claim_schema()
        )


def _rows(rng: Any, begin: int, source: Any, target: Any, kind: Any) -> Iterator[dict[str, Any]]:
    chance = rng.random((len(source), 5))
    days = rng.integers(0, 3650, len(source))
    for place in range(len(source)):
        number = begin + place
        article = number // PER_ARTICLE
        day = date(2015, 1, 1) + timedelta(days=int(days[place - place % PER_ARTICLE]))
        what = KINDS[kind[place]]
        names = ACTORS[source[place]], ACTORS[target[place]]
        quote = f"{names[0]} did {what} with {names[1]}, as number {number} of the news has it."
        start = number % PER_ARTICLE * 200
        fields = {
            "article": f"https://outlet{article % 97}.example/{article}",
            "published": day.isoformat(),
            "source": names[0],
            "target": names[1],
            "kind": what.value,
            "negated": bool(chance[place, 0] < 0.05),
            "raw_start": start,
            "raw_end": start + len(quote),
        }
        claim = Claim(
            article=fields["article"],
            published=fields["published"],
            extractor="generated/1",
            source=names[0],
            target=names[1],
            kind=what,
            negated=fields["negated"],
            confidence=float(chance[place, 3]),
            evidence=aw.Evidence(
                start=start,
                end=start + len(quote),
                raw_start=start,
                raw_end=start + len(quote),
                quote=quote,
            ),
        )
        yield {
            **fields,
            "id": claim.id,
            "url": fields["article"],
            "published_day": day,
            "extractor": "generated/1",
            "family": what.family.value,
            "plover": claim.plover,
            "status": "alleged" if chance[place, 1] < 0.2 else "asserted",
            "attributed_to": ["USA"] if chance[place, 1] < 0.2 else [],
            "denied_by": [names[1]] if chance[place, 2] < 0.03 else [],
            "trend": "up" if chance[place, 4] < 0.05 else None,
            "confidence": claim.confidence,
            "quantities": [],
            "quote": quote,
            "start": start,
            "end": start + len(quote),
            "mentions": [],
        }


def group(count: int) -> tuple[Cluster, ...]:
    """Put every second article into a cluster of two."""
    names = [
        f"https://outlet{article % 97}.example/{article}"
        for article in range(count // PER_ARTICLE // 4 * 2)
    ]
    return tuple(
        Cluster(articles=tuple(sorted(pair))) for pair in zip(names[::2], names[1::2], strict=True)
    )


def measure(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def part_aggregate(path: Path, count: int) -> dict[str, float]:
    """In a process of its own, so that the peak of memory is that of this work."""
    clusters = group(count)
    seconds, ties = measure(
        lambda: aggregate_table(pq.read_table(path, use_threads=False), clusters=clusters)
    )
    return {"seconds": seconds, "peak_mb": peak_mb(), "ties": len(ties)}


def part_objects(path: Path, count: int) -> dict[str, float]:
    clusters = group(count)
    seconds, ties = measure(lambda: aggregate_claims(read_parquet(path), clusters=clusters))
    return {"seconds": seconds, "peak_mb": peak_mb(), "ties": len(ties)}


def part_duckdb(path: Path, _: int) -> dict[str, float]:
    duckdb.sql("set threads=1")
    seconds, rows = measure(lambda: duckdb.sql(PLAIN.format(f"'{path}'")).fetchall())
    return {"seconds": seconds, "peak_mb": peak_mb(), "ties": len(rows)}


def part_export(path: Path, _: int) -> dict[str, float]:
    duckdb.sql("set threads=1")
    taken = pq.read_table(path, use_threads=False).slice(0, 200_000)
    claims = list(from_arrow(taken))
    for claim in claims:
        assert claim.id
    with tempfile.TemporaryDirectory() as folder:
        ours, written = measure(lambda: write_parquet(claims, Path(folder) / "a.parquet"))
        duckdb.register("taken", taken)
        told = f"copy (select * from taken) to '{folder}/b.parquet' (compression zstd)"
        theirs, _ = measure(lambda: duckdb.sql(told))
    return {"per_second": written / ours, "duckdb_per_second": len(taken) / theirs}


def part_store(path: Path, _: int) -> dict[str, float]:
    """Fill a store and ask it for the pair with the most claims, and for a middling one."""
    duckdb.sql("set threads=1")
    with tempfile.TemporaryDirectory() as folder, aw.open_store(Path(folder) / "s.db") as store:
        filling, _ = measure(lambda: fill(store, path))
        size_mb = (Path(folder) / "s.db").stat().st_size / 1e6
        pairs = duckdb.sql(
            f"select least(source, target), greatest(source, target), count(*) n from '{path}' "
            "group by all order by n desc, 1, 2"
        ).fetchall()
        found: dict[str, float] = {"filling": filling, "size_mb": size_mb}
        chosen = {"most": 0, "hundredth": len(pairs) // 100, "middle": len(pairs) // 2}
        for name, (one, other, number) in ((name, pairs[at]) for name, at in chosen.items()):
            query = (
                f"select * from '{path}' where least(source, target) = '{one}' "
                f"and greatest(source, target) = '{other}'"
            )
            times = [measure(partial(ask, store, (one, other)))[0] for _ in range(5)]
            rows = [measure(partial(ask_duckdb, query))[0] for _ in range(5)]
            assert len(ask(store, (one, other))) == number
            found |= {
                f"{name}_claims": number,
                name: sorted(times)[2],
                f"{name}_duckdb": sorted(rows)[2],
            }
        return found


def ask(store: Any, pair: tuple[str, str]) -> list[Claim]:
    return list(store.claims(pair))


def ask_duckdb(query: str) -> list[Any]:
    return duckdb.sql(query).fetchall()


def fill(store: Any, path: Path) -> None:
    file = pq.ParquetFile(path)
    for batch in file.iter_batches(BATCH):
        claims = list(from_arrow(batch))
        for begin in range(0, len(claims), PER_ARTICLE):
            some = claims[begin : begin + PER_ARTICLE]
            name = some[0].article
            article = Article(id=name, url=name, text=name, published=some[0].published)
            store.save_article(
                ref_url=name,
                source="generated",
                page=None,
                article=article,
                document=Document(article=name, url=name, text=name, published=some[0].published),
                claims=some,
                cleaner="generated/1",
                extractor="generated/1",
            )


def part_generate(path: Path, count: int) -> dict[str, float]:
    with pq.ParquetWriter(path, claim_schema(), compression="zstd") as writer:
        for batch in generate(count):
            writer.write_batch(batch)
    return {"peak_mb": peak_mb()}


PARTS = {
    "generate": part_generate,
    "aggregate": part_aggregate,
    "objects": part_objects,
    "duckdb": part_duckdb,
    "export": part_export,
    "store": part_store,
}


def run_part(name: str, path: Path, count: int) -> dict[str, float]:
    told = subprocess.run(
        [sys.executable, __file__, "--part", name, "--path", str(path), "--claims", str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(told.stdout)
    print(name, json.dumps({key: round(value, 4) for key, value in found.items()}), flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--only", default="aggregate,duckdb,objects,export,store")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--path", type=Path, help="keep the generated claims in this file")
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(PARTS[asked.part](asked.path, asked.claims)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = asked.path or Path(folder) / "claims.parquet"
        if not path.exists():
            run_part("generate", path, asked.claims)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        print(f"{asked.claims:,} claims, {path.stat().st_size / 1e6:.0f} MB, {digest}")
        found = {name: run_part(name, path, asked.claims) for name in asked.only.split(",")}
        if {"aggregate", "duckdb"} <= found.keys():
            ratio = found["aggregate"]["seconds"] / found["duckdb"]["seconds"]
            print(f"aggregation: {ratio:.1f} times a plain query of DuckDB")


if __name__ == "__main__":
    main()
