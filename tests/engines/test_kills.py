"""Pages of every kind on every engine, with workers killed: the benchmark, at a daily size."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.engines, pytest.mark.timeout(600)]

ROOT = Path(__file__).parents[2]
PAGES = 240


@pytest.mark.parametrize("engine", ["local", "restart", "dask", "spark"])
def test_each_page_is_told_of_once_though_workers_are_killed(engine):
    """What a night lost or doubled is not seen in the morning: broken and hostile pages too."""
    needed = {"dask": "distributed", "spark": "pyspark"}.get(engine, "pyarrow")
    if importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    size = ["--pages", str(PAGES), "--rows", "20", "--kills", "2"]
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks" / "scale_kills.py", *size, "--engine", engine],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr[-2_000:]
    assert f"{engine}: {PAGES} pages" in done.stdout
    assert "every page once; the same bytes" in done.stdout
