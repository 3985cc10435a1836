"""Clusters and relationships by shuffles are those of one machine."""

import contextlib
import os
import random
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from pyarrow import parquet  # noqa: E402 - after the skip

from alignwatch.aggregate import aggregate_claims, cluster_articles  # noqa: E402
from alignwatch.errors import SourceError  # noqa: E402
from alignwatch.export import from_arrow, relationships_to_arrow  # noqa: E402
from alignwatch.scale import (  # noqa: E402
    _copy_steps,
    aggregate,
    article_schema,
    clusters_from_arrow,
    documents_from_arrow,
    read_batches,
    split_results,
)

PLACES = ["Kenya", "Chad", "Peru", "Chile", "Japan", "Ghana", "Latvia", "Brazil"]
WORDS = [
    *("harbour", "cadets", "minister", "radar", "fuel", "treaty", "budget", "winter", "station"),
    *("vessel", "pirates", "coast", "northern", "crews", "spring", "officials", "cabinet"),
    *("market", "border", "trade", "bridge", "students", "harvest"),
]


def _story(rng):
    one, two = rng.sample(PLACES, 2)
    told = [
        f"{one} sold {rng.randrange(2, 90)} drones to {two} on {rng.randrange(1, 29)} May 2025."
    ]
    told += [" ".join(rng.choices(WORDS, k=14)).capitalize() + "." for _ in range(6)]
    if rng.random() < 0.3:
        told.append(f"{two} denied that {one} sold it drones.")
    return told


def _texts(rng, count):
    """Stories, their copies: whole, cut, edited; and bulletins of one pattern."""
    stories = [_story(rng) for _ in range(count // 4)]
    for number in range(count):
        lines = rng.choice(stories)
        match number % 8:
            case 0 | 1:
                yield " ".join(lines)
            case 2:
                yield " ".join(lines[: rng.randrange(1, len(lines))])
            case 3:
                yield " ".join([*lines, *rng.choice(stories)[:2]])
            case 4:
                yield " ".join(lines).replace(rng.choice(WORDS), rng.choice(WORDS))
            case 5:
                first, second = rng.sample(PLACES, 2)
                yield (
                    f"{first} supplied {second} with oil in 2024, a bulletin of the day said. " * 2
                )
            case 6:
                yield f"{number} ..."
            case _:
                yield " ".join(_story(rng))


def _write(target, rows, size):
    """Write what `scale.run` leaves of files of so many rows."""
    for folder in ("documents", "claims", "done"):
        (target / folder).mkdir(parents=True)
    for start in range(0, len(rows), size):
        name = f"part-{start:05d}"
        some = pa.RecordBatch.from_pylist(rows[start : start + size], schema=article_schema())
        [result] = read_batches([some])
        documents, claims, _ = split_results(result)
        parquet.write_table(documents, target / "documents" / f"{name}.parquet")
        parquet.write_table(claims, target / "claims" / f"{name}.parquet")
        (target / "done" / f"{name}.json").write_text("{}")


def _rows(seed, count):
    """Articles, some of which stand there twice, with another text."""
    rng = random.Random(seed)
    rows = [
        {"id": f"a{place}", "text": text, "published": f"2025-05-{place % 28 + 1:02d}"}
        for place, text in enumerate(_texts(rng, count))
    ]
    rng.shuffle(rows)
    for _ in range(count // 10):
        one, other = rng.sample(rows, 2)
        rows.append({**one, "text": other["text"]})
    return rows


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """Documents and claims in eight files, the last of which has none."""
    target = tmp_path_factory.mktemp("scale") / "out"
    _write(target, [*_rows(7, 240), {"id": "z", "text": " "}], 33)
    return target


def _read(target):
    return {
        path.relative_to(target): path.read_bytes()
        for folder in ("clusters", "relationships")
        for path in (target / folder).iterdir()
    }


def _single(target):
    texts = {}
    for path in sorted((target / "documents").iterdir()):
        for document in documents_from_arrow(parquet.read_table(path)):
            texts.setdefault(document.article, document.text)
    claims = list(from_arrow(parquet.read_table(target / "claims")))
    clusters = cluster_articles(texts)
    ties = aggregate_claims(claims, clusters=clusters)
    return clusters, relationships_to_arrow(ties)


@pytest.mark.parametrize("rows", [30, 100, 10_000])
def test_the_result_is_that_of_one_machine(target, rows):
    """A cluster must not tell another story than the laptop."""
    clusters, ties = _single(target)

    result = aggregate(str(target), workers=1, rows=rows)

    found = sorted(
        clusters_from_arrow(parquet.read_table(target / "clusters")), key=lambda one: one.articles
    )
    assert tuple(found) == clusters
    assert parquet.read_table(target / "relationships").to_pylist() == ties.to_pylist()
    assert 10 < result.clusters == len(clusters) < result.articles
    assert (result.relationships, result.recaptured > 10) == (len(ties), True)
    assert max(len(cluster.articles) for cluster in clusters) > 4


def test_many_that_share_a_key_are_divided_and_found_all_the_same(target, monkeypatch):
    """Ten thousand bulletins of one pattern are too many for one task."""
    monkeypatch.setattr(_copy_steps, "_MANY", 2)
    aggregate(str(target), workers=1, rows=20)

    found = clusters_from_arrow(parquet.read_table(target / "clusters"))
    assert tuple(sorted(found, key=lambda one: one.articles)) == _single(target)[0]


def test_workers_and_a_second_time_change_no_byte(target, tmp_path):
    """Who runs it again, on a bigger machine, compares files."""
    aggregate(str(target), workers=1, rows=100)
    before = _read(target)
    left = target / "clusters" / "part-000077.parquet"
    left.write_bytes(b"of an earlier time, with more buckets")

    aggregate(str(target), workers=2, rows=100)

    assert _read(target) == before
    assert not [path for path in target.iterdir() if path.name.startswith("_")]


def test_links_say_what_joins_each_cluster(target):
    """Somebody asks why ten sites count as one."""
    aggregate(str(target), workers=1, rows=60)

    for cluster in clusters_from_arrow(parquet.read_table(target / "clusters")):
        assert len(cluster.links) == len(cluster.articles) - 1
        assert {one for link in cluster.links for one in link.articles} <= {*cluster.articles}


def test_what_no_run_wrote_is_refused(target, tmp_path):
    """A mistyped folder must not become an empty report, nor half a run a whole one."""
    with pytest.raises(SourceError, match="there are no documents"):
        aggregate(str(tmp_path), workers=1)
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.parquet").write_bytes(b"")
    with pytest.raises(SourceError, match=r"a\.parquet is not whole"):
        aggregate(str(tmp_path), workers=1)
    with pytest.raises(SourceError, match="no engine named 'flink'"):
        aggregate(str(target), engine="flink")


def test_a_process_that_is_killed_costs_time_alone(target, tmp_path):
    """The machine was short of memory for a moment; the night's work must not be lost."""
    aggregate(str(target), workers=1, rows=60)
    before = _read(target)
    killed = []

    def kill():
        for _ in range(3_000):
            for child in _find_children():
                os.kill(child, signal.SIGKILL)
                killed.append(child)
                return
            time.sleep(0.01)

    thread = threading.Thread(target=kill)
    thread.start()
    aggregate(str(target), workers=2, rows=60)
    thread.join()

    assert killed
    assert _read(target) == before


def _find_children():
    """Find processes of ours that fold."""
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == os.getpid() and b"_steps" in (folder / "cmdline").read_bytes():
                yield int(folder.name)


def test_a_task_that_cannot_be_done_ends_the_run_and_leaves_what_was(target, tmp_path):
    """A file that rotted is told, and yesterday's result stays."""
    shutil.copytree(target, tmp_path, dirs_exist_ok=True)
    aggregate(str(tmp_path), workers=1)
    before = _read(tmp_path)
    next((tmp_path / "claims").iterdir()).unlink()

    for workers in (1, 2):
        with pytest.raises(OSError, match=r"part-.*\.parquet"):
            aggregate(str(tmp_path), workers=workers)

    assert _read(tmp_path) == before
    assert not list(tmp_path.glob("_*"))


def test_no_articles_are_no_clusters(tmp_path):
    """Every page failed that night."""
    _write(tmp_path, [{"id": "a", "text": " "}], 5)

    result = aggregate(str(tmp_path), workers=1)

    assert (result.articles, result.clusters, result.relationships) == (0, 0, 0)
    assert parquet.read_table(tmp_path / "clusters").schema.names == ["articles", "links"]
    assert parquet.read_table(tmp_path / "relationships").num_rows == 0
