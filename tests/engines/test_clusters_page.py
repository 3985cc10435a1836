"""The scripts of docs/clusters.md, on clusters of this machine."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from alignwatch.scale import article_schema

pytestmark = [pytest.mark.engines, pytest.mark.timeout(600)]

PAGE = (Path(__file__).parents[2] / "docs" / "clusters.md").read_text("utf-8")
ON_SPARK, ON_SLURM = re.findall(r"^```py\n(.*?)\n```$", PAGE, re.MULTILINE | re.DOTALL)
# what stands in for SLURM
JOBS = """
from distributed import SubprocessCluster

def SLURMCluster(*, cores, processes, memory, walltime):
    cluster = SubprocessCluster(n_workers=1, threads_per_worker=1, dashboard_address=None)
    cluster.adapt = lambda *, maximum_jobs: None
    return cluster
"""


@pytest.fixture
def source(tmp_path):
    """Have articles to read."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from pyarrow import parquet

    texts = [f"Peru sold {number} drones to Chile on Monday." for number in range(2, 12)]
    rows = [{"id": f"a{number}", "text": text} for number, text in enumerate([*texts, " "])]
    path = tmp_path / "articles.parquet"
    parquet.write_table(pa.Table.from_pylist(rows, schema=article_schema()), path)
    return path


def _run(command, source, target, **environment):
    done = subprocess.run(
        [*command, source, target],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    return done.stdout


@pytest.fixture
def paths():
    """The import paths of this process, for another."""
    return os.pathsep.join(path for path in sys.path if path)


def test_the_script_for_spark_reads_and_folds_and_goes_on(source, tmp_path, paths):
    """It is copied to a cluster that costs by the hour, and submitted again after a fall."""
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed")
    script = tmp_path / "month.py"
    script.write_text(ON_SPARK)
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    command = [submit, "--master", "local[2,5]", script]
    given = {"PYSPARK_PYTHON": sys.executable, "PYTHONPATH": paths}
    first = _run(command, source, tmp_path / "out", **given)
    again = _run(command, source, tmp_path / "out", **given)

    assert "skipped=0, pages=11, documents=10" in first
    assert "articles=10" in first
    assert "skipped=1, pages=11, documents=10" in again


def test_the_script_for_slurm_reads_and_folds_and_goes_on(source, tmp_path, paths):
    """Here a process of this machine stands for the jobs of SLURM."""
    pytest.importorskip("distributed", reason="distributed is not installed")
    (tmp_path / "dask_jobqueue.py").write_text(JOBS)
    script = tmp_path / "month_slurm.py"
    script.write_text(ON_SLURM)
    first = _run([sys.executable, script], source, tmp_path / "out", PYTHONPATH=paths)
    again = _run([sys.executable, script], source, tmp_path / "out", PYTHONPATH=paths)

    assert "skipped=0, pages=11, documents=10" in first
    assert "articles=10" in first
    assert "skipped=1, pages=11, documents=10" in again
