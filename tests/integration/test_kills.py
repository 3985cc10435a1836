"""Kill a watch at any moment: the next run ends where an undisturbed one would have."""

import random
import subprocess
import sys
import time

import pytest
from five_sources import OF_EACH, serve_five

import alignwatch as aw
from alignwatch.errors import StoreError

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


def stored_addresses(path):
    """What a store holds at this moment, nothing if there is none yet."""
    try:
        with aw.open_store(path, read_only=True) as store:
            return {address.url for address in store.addresses(state="stored")}
    except StoreError:
        return set()


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_hundred_kills_of_a_watch_over_five_sources_fetch_nothing_twice(tmp_path):
    """Three hundred pages of five kinds: nothing lost, nothing doubled, nothing asked in vain."""
    with serve_five(tmp_path) as desk:
        calm = desk.watchlist("calm")
        command = [sys.executable, "-m", "alignwatch", "watch"]
        started = time.monotonic()
        subprocess.run([*command, calm], check=True, capture_output=True)
        duration_s = time.monotonic() - started
        wanted = contents(calm.parent / "store.db")
        assert len(wanted[0]) == 5 * OF_EACH
        chance = random.Random(2026)
        kills = 0

        for number in range(ROUNDS):
            watchlist = desk.watchlist(str(number))
            path = watchlist.parent / "store.db"
            alive = 0
            for _ in range(TRIES):
                before = stored_addresses(path)
                desk.site.asked.clear()
                child = subprocess.Popen(
                    [*command, watchlist], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
                # each run gets a part of the way, so that all of it sees kills
                time.sleep(duration_s * chance.random() / 3)
                alive += child.poll() is None
                child.kill()
                child.wait()
                assert not before.intersection(desk.whole_answers())
                if alive == KILLS:
                    break
            kills += alive
            before = stored_addresses(path)
            desk.site.asked.clear()
            done = subprocess.run(
                [*command, watchlist], check=False, capture_output=True, text=True
            )

            assert done.returncode == 0, done.stderr
            assert not before.intersection(desk.whole_answers())
            assert contents(path) == wanted
            for name in ("claims.jsonl", "report.html"):
                whole = (calm.parent / name).read_bytes()
                assert (path.parent / name).read_bytes() == whole
    assert kills == ROUNDS * KILLS


def test_further_runs_over_five_kinds_of_sources_read_no_body_twice(tmp_path):
    """Where a server can say "unchanged", it is asked so that it can."""
    with serve_five(tmp_path) as desk:
        listed = aw.read_watchlist(desk.watchlist("a"))
        assert aw.watch(listed).stored == 5 * OF_EACH
        asked = []
        for _ in range(2):
            desk.site.asked.clear()
            again = aw.watch(listed)
            assert again.stored == 0
            asked.append(tuple(desk.site.asked))

    assert all("if-none-match" in one.headers for run in asked for one in run)
    assert len(asked[0]) == len(asked[1]) == 3 + OF_EACH
    assert [health.unchanged_listings for health in again.health] == [1, 1, 0, 1, 0]
    with aw.open_store(listed.store, read_only=True) as store:
        shares = {host.host: host.unchanged / host.requests for host in store.ledger()}
    assert set(shares.values()) == {1.0}
