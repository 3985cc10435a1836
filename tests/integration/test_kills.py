"""Kill a watch at any moment: the next run ends where an undisturbed one would have."""

import random
import subprocess
import sys
import time

import pytest

import alignwatch as aw

ROUNDS = 10
KILLS = 10
TRIES = 40  # a run that has nothing left to do may end before it is killed


def command(newsroom, path):
    resolve = [f"--resolve={host}={address}" for host, address in newsroom.resolve.items()]
    kept = [f"--store={path}", f"--out={path.parent}"]
    return [
        *(sys.executable, "-m", "alignwatch", "watch", newsroom.feed_url),
        *("--delay=0", *kept, *resolve),
    ]


def contents(path):
    """All that an undisturbed run would have stored as well, times apart."""
    with aw.open_store(path, read_only=True) as store:
        return (
            list(store.articles()),
            list(store.documents()),
            list(store.claims()),
            [(address.url, address.state, address.article) for address in store.addresses()],
            [(failure.url, failure.reason) for failure in store.failures()],
        )


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_hundred_kills_lose_and_double_nothing(newsroom, tmp_path):
    """Power cuts, out-of-memory killers and impatient people happen to every nightly job."""
    calm = tmp_path / "calm" / "store.db"
    calm.parent.mkdir()
    started = time.monotonic()
    subprocess.run(command(newsroom, calm), check=True, capture_output=True)
    duration_s = time.monotonic() - started
    chance = random.Random(2026)
    kills = 0

    for number in range(ROUNDS):
        path = tmp_path / str(number) / "store.db"
        path.parent.mkdir()
        alive = 0
        for _ in range(TRIES):
            child = subprocess.Popen(
                command(newsroom, path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            # mostly early: each run that gets far leaves less for the next ones to do
            time.sleep(duration_s * chance.random() ** 2)
            alive += child.poll() is None
            child.kill()
            child.wait()
            if alive == KILLS:
                break
        kills += alive
        done = subprocess.run(command(newsroom, path), check=False, capture_output=True, text=True)

        assert done.returncode == 0, done.stderr
        assert contents(path) == contents(calm)
        for name in ("claims.jsonl", "report.html"):
            assert (path.parent / name).read_bytes() == (calm.parent / name).read_bytes()
    assert kills == ROUNDS * KILLS
