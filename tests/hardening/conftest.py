"""Runs commands in surroundings that a test makes."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import attrs
import pytest

RUNNER = Path(__file__).with_name("commands.py")


@attrs.frozen
class Told:
    """What a command answered."""

    code: int
    out: str
    err: str


@attrs.frozen
class Desk:
    """A folder with texts, in which commands run."""

    folder: Path
    scratch: Path

    def run(self, *commands, env=None, without=(), user=None, warm=(), limits=None):
        """Run the commands in a row, each in a process of its own."""
        environment = {**os.environ, **(env or {})}
        for name in without:
            environment.pop(name, None)
        given = {"commands": commands, "scratch": str(self.scratch), "user": user, "warm": warm}
        done = subprocess.run(
            [sys.executable, str(RUNNER)],
            input=json.dumps(given).encode(),
            cwd=self.folder,
            env=environment,
            preexec_fn=limits,
            capture_output=True,
            check=False,
            timeout=110,
        )
        assert done.returncode == 0, done.stderr.decode()
        found = [Told(*one) for one in json.loads(done.stdout)]
        for one in found:
            assert "Traceback" not in one.err
            assert "a mistake of alignwatch itself" not in one.err
        return found

    def names(self):
        """The files in the folder, but for what SQLite keeps beside a store."""
        return sorted(
            path.name
            for path in self.folder.iterdir()
            if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock"))
        )


@pytest.fixture
def desk():
    # not in the folder of pytest, which nobody else than its user may enter
    with tempfile.TemporaryDirectory(prefix="alignwatch-desk-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = Desk(folder / "d\u00e9sk \u6771\u4eac", folder / "scratch")
        (made.folder / "texts").mkdir(parents=True)
        made.scratch.mkdir()
        made.scratch.chmod(0o777)
        _write_texts(made.folder / "texts")
        yield made


def _write_texts(folder):
    for number in range(3):
        (folder / f"H\u00e0 N\u1ed9i {number}.txt").write_text(
            "Japan signed a trade agreement with Vietnam in "
            f"H\u00e0 N\u1ed9i on {number + 1} May 2025. "
            "Russia supplied North Korea with oil in 2024.\n",
            encoding="utf-8",
        )
