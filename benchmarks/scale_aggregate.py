#!/usr/bin/env python3
"""Time `alignwatch.scale.aggregate` on 1, 4 and 16 times the articles, and tell if it errs.

    benchmarks/scale_aggregate.py [--texts 5000] [--engine dask|spark]

Articles are those of `benchmarks/clusters.py`, with known copies and words as texts have them; each
makes two claims. Seconds are those of CPU, in a process for each size, that does all tasks itself;
with as many articles in a task for each size, so that the larger ones have more tasks. Memory is
the most that the process held. The clusters and relationships of the smallest size are compared
with those of one machine. With ``--engine`` two workers of a cluster on this machine do the tasks,
and seconds are those of all its processes, after a first small fold in the same cluster.
"""

import argparse
import multiprocessing
import random
import resource
import tempfile
import time
from pathlib import Path

import pyarrow as pa
from clusters import ACTORS, Corpus
from pyarrow import parquet
from scale_cost import CpuMeter
from scale_kills import open_cluster

from alignwatch.aggregate import aggregate_claims, cluster_articles
from alignwatch.export import relationships_to_arrow, to_arrow
from alignwatch.model import Claim, Evidence, Kind, Status
from alignwatch.scale import aggregate, clusters_from_arrow, document_schema

FILE = 2_500


def make_claims(article: str, text: str, chance: random.Random) -> list[Claim]:
    quote = text[:80]
    evidence = Evidence(start=0, end=80, raw_start=0, raw_end=80, quote=quote)
    return [
        Claim(
            article=article,
            published=f"2025-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}",
            extractor="benchmark",
            source=source,
            target=target,
            kind=chance.choice(list(Kind.__members__.values())[:4]),
            status=Status.ASSERTED,
            confidence=0.5,
            evidence=evidence,
        )
        for source, target in (sorted(chance.sample(ACTORS, 2)) for _ in range(2))
    ]


def write_run(texts: dict[str, str], target: Path) -> list[Claim]:
    """Write *texts* and their claims as `scale.run` does; give the claims."""
    chance = random.Random(2)
    claims: list[Claim] = []
    for folder in ("documents", "claims", "done"):
        (target / folder).mkdir()
    articles = list(texts)
    for start in range(0, len(articles), FILE):
        some = articles[start : start + FILE]
        rows = [{"article": article, "text": texts[article]} for article in some]
        table = pa.Table.from_pylist(rows, schema=document_schema())
        told = [claim for one in some for claim in make_claims(one, texts[one], chance)]
        name = f"part-{start:09d}"
        parquet.write_table(table, target / "documents" / f"{name}.parquet")
        parquet.write_table(to_arrow(told), target / "claims" / f"{name}.parquet")
        (target / "done" / f"{name}.json").write_text("{}")
        claims += told
    return claims


def measure(target: str, rows: int) -> tuple[float, int, int, int]:
    began = time.process_time()
    result = aggregate(target, workers=1, rows=rows)
    took_s = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return took_s, peak, result.clusters, result.relationships


def compare(texts: dict[str, str], claims: list[Claim], target: Path) -> None:
    clusters = cluster_articles(texts)
    table = relationships_to_arrow(aggregate_claims(claims, clusters=clusters))
    found = clusters_from_arrow(parquet.read_table(target / "clusters"))
    ties = parquet.read_table(target / "relationships")
    is_same = sorted(found, key=lambda one: one.articles) == list(clusters)
    print("  clusters:", "the same as on one machine" if is_same else "OTHER THAN ON ONE MACHINE")
    is_same = ties.to_pylist() == table.to_pylist()
    print("  relationships:", "the same" if is_same else "OTHER THAN ON ONE MACHINE")


def measure_engine(engine: str, least: int) -> None:
    """Fold 1, 4 and 16 times *least* articles on one cluster."""
    before = None
    with open_cluster(engine) as (cluster, _):
        for times in (1, 1, 4, 16):
            texts = Corpus(least * times, is_patterned=False).texts
            with tempfile.TemporaryDirectory() as folder:
                claims = write_run(texts, Path(folder))
                meter = CpuMeter()
                meter.start()
                began = sum(meter.look())
                result = aggregate(folder, engine=engine, cluster=cluster, rows=least)
                took_s = sum(meter.look()) - began
                meter.stop()
                growth = f", {took_s / before / times:.2f} times that for each" if before else ""
                print(
                    f"{engine}: {len(texts):,} articles: {result.clusters:,} clusters, "
                    f"{result.relationships:,} relationships, {took_s:.1f} s of CPU{growth}",
                    flush=True,
                )
                if times == 1:
                    before = took_s
                    compare(texts, claims, Path(folder))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=int, default=5_000)
    parser.add_argument("--engine", choices=["dask", "spark"])
    given = parser.parse_args()
    least = given.texts
    if given.engine:
        measure_engine(given.engine, least)
        return
    before = None
    for times in (1, 4, 16):
        texts = Corpus(least * times, is_patterned=False).texts
        with (
            tempfile.TemporaryDirectory() as folder,
            multiprocessing.get_context("spawn").Pool(1) as pool,
        ):
            claims = write_run(texts, Path(folder))
            pool.apply(cluster_articles, ({"a": "the first call loads what it needs"},))
            took_s, peak, clusters, ties = pool.apply(measure, (folder, least))
            growth = f", {took_s / before / 4:.2f} times the time for each" if before else ""
            print(
                f"{len(texts):,} articles: {clusters:,} clusters, {ties:,} relationships, "
                f"{took_s:.1f} s of CPU{growth}, {peak} MB"
            )
            if times == 1:
                compare(texts, claims, Path(folder))
        before = took_s


if __name__ == "__main__":
    main()
