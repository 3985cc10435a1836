"""Dask and Spark: the same bytes as one process, also when a worker is killed half-way."""

import contextlib
import os
import re
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from alignwatch.scale import Choice, aggregate, article_schema, read_batches, run

pytestmark = [pytest.mark.engines, pytest.mark.timeout(600)]

COUNT = 400
ROWS = 50


def _texts():
    pairs = [("Kenya", "Chad"), ("Peru", "Chile"), ("Japan", "Ghana"), ("Latvia", "Brazil")]
    for number in range(COUNT):
        one, two = pairs[number % 4]
        # every fiftieth cannot be read
        yield (
            " "
            if number % 50 == 9
            else f"{one} sold {number // 8 + 2} drones to {two} on Monday. " * 8 + f"({number})"
        )


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A Parquet file of eight partitions."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    rows = [{"id": f"a{place}", "text": text} for place, text in enumerate(_texts())]
    path = tmp_path_factory.mktemp("in") / "articles.parquet"
    parquet.write_table(
        pa.Table.from_pylist(rows, schema=article_schema()), path, row_group_size=ROWS
    )
    return path


@pytest.fixture(scope="module")
def undisturbed(table, tmp_path_factory):
    """What one process makes of it."""
    target = tmp_path_factory.mktemp("local")
    return target, run(str(table), str(target), workers=1, rows=ROWS)


def _read(target):
    return {
        path.relative_to(target): path.read_bytes()
        for folder in ("documents", "claims", "failures")
        for path in (target / folder).iterdir()
    }


def _kill_when_begun(target, find):
    """Kill one of the processes that *find* gives as soon as a partition is done; tell whether."""
    killed = []

    def watch():
        for _ in range(25_000):
            if (target / "done").is_dir() and any((target / "done").iterdir()):
                for process in find():
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(process, signal.SIGKILL)
                        killed.append(process)
                        return
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread, killed


def test_dask_gives_the_same_with_a_worker_killed(table, undisturbed, tmp_path):
    """Workers are pre-empted every night; the account must balance all the same."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    expected, result = undisturbed
    with (
        distributed.SubprocessCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        client.wait_for_workers(2)
        processes = list(client.run(os.getpid).values())
        thread, killed = _kill_when_begun(tmp_path, lambda: processes)
        found = run(str(table), str(tmp_path), engine="dask", cluster=client, rows=ROWS)
        thread.join()

    assert killed
    assert found == result
    assert _read(tmp_path) == _read(expected)


def _folded(target):
    return {
        path.relative_to(target): path.read_bytes()
        for folder in ("clusters", "relationships")
        for path in (target / folder).iterdir()
    }


@pytest.fixture(scope="module")
def folded(undisturbed):
    """What one process makes of the documents and claims: their folder, numbers and files."""
    target, _ = undisturbed
    result = aggregate(str(target), workers=1, rows=ROWS)
    return target, result, _folded(target)


def test_dask_folds_to_the_same_bytes(folded, tmp_path):
    """A cluster must not tell another story than the laptop."""
    pytest.importorskip("distributed", reason="distributed is not installed")
    target, result, files = folded
    shutil.copytree(target, tmp_path, dirs_exist_ok=True)
    for folder in ("clusters", "relationships"):
        shutil.rmtree(tmp_path / folder)

    assert result.clusters < result.articles
    assert aggregate(str(tmp_path), engine="dask", workers=2, rows=ROWS) == result
    assert _folded(tmp_path) == files


def _spark_workers():
    """Python workers of Spark: forks of its daemon."""
    daemons = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"pyspark.daemon" in (folder / "cmdline").read_bytes():
                status = (folder / "stat").read_text()
                daemons[int(folder.name)] = int(status.rpartition(")")[2].split()[1])
    return [process for process, parent in daemons.items() if parent in daemons]


@pytest.fixture(scope="module")
def spark():
    """A session on this machine whose tasks may fail a few times."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    builder = sql.SparkSession.builder.master("local[2,5]").appName("test")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_with_a_worker_killed(table, undisturbed, tmp_path, spark):
    """Executors come and go; the account must balance all the same."""
    expected, result = undisturbed
    thread, killed = _kill_when_begun(tmp_path, _spark_workers)
    found = run(str(table), str(tmp_path), engine="spark", cluster=spark, rows=ROWS)
    thread.join()

    assert killed
    assert found == result
    assert _read(tmp_path) == _read(expected)


@pytest.mark.filterwarnings("ignore")
def test_spark_folds_to_the_same_bytes(folded, tmp_path, spark):
    """A cluster must not tell another story than the laptop."""
    target, result, files = folded
    shutil.copytree(target, tmp_path, dirs_exist_ok=True)
    for folder in ("clusters", "relationships"):
        shutil.rmtree(tmp_path / folder)

    found = aggregate(str(tmp_path), engine="spark", cluster=spark, rows=ROWS)

    assert found == result
    assert _folded(tmp_path) == files


@pytest.mark.filterwarnings("ignore")
def test_a_spark_frame_of_articles_becomes_a_frame_of_results(table, spark):
    """Who has a DataFrame needs no files of ours."""
    from pyarrow import parquet

    from alignwatch.scale import read_spark

    frame = read_spark(spark.read.parquet(str(table)), choice=Choice())
    failed = frame.where("failure is not null").select("page").collect()
    ids = {row.id for row in frame.selectExpr("inline(claims)").select("id").collect()}

    whole = parquet.read_table(table).to_batches()
    expected = {
        claim["id"]
        for batch in read_batches(whole)
        for claims in batch.column("claims").to_pylist()
        for claim in claims or ()
    }
    assert len(failed) == COUNT // 50
    assert ids == expected


@pytest.mark.filterwarnings("ignore")
def test_the_blocks_of_the_page_run_on_clusters_of_this_machine(table, tmp_path, spark, capfd):
    """Examples are copied, those of clusters too; here their addresses are those of a folder."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    page = (Path(__file__).parents[2] / "docs" / "scale.md").read_text("utf-8")
    on_dask, on_spark, frames = re.findall(r"^```py\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    with distributed.SubprocessCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as cluster:
        places = {
            "s3://bucket/pages/": str(table.parent),
            "s3a://bucket/pages/": str(table.parent),
            "s3://bucket/out/": f"{tmp_path}/dask",
            "s3a://bucket/claims/": f"{tmp_path}/frames",
            "hdfs:///cc-news/2026-03.paths": str(table.parent),
            "hdfs:///out/": f"{tmp_path}/spark",
            "scheduler:8786": cluster.scheduler_address,
        }
        names = {"spark": spark}
        for block in (on_dask, on_spark, frames):
            for written, meant in places.items():
                block = block.replace(f'"{written}"', repr(meant))  # noqa: PLW2901 - the page's own
            exec(compile(block, "scale.md", "exec"), names)  # our own page

    assert _read(tmp_path / "dask") == _read(tmp_path / "spark")
    assert "empty" in capfd.readouterr().out
    assert any((tmp_path / "frames").iterdir())
