import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from alignwatch.store import open_store

# Saves the same ten addresses over and over: in round r address n gives r % 7 + n claims, and every
# part of it names the round. It says what it has done after each transaction.
_WRITER = """
import itertools, sys
from alignwatch.model import Article, Claim, Document, Evidence, Kind, Page, PageRef
from alignwatch.store import open_store

first = int(sys.argv[2])
print("go", flush=True)
with open_store(sys.argv[1]) as store:
    for turn in itertools.count(first):
        number = turn % 10
        url = f"https://norland.example/{number}"
        text = f"round {turn} " + "of the talks " * (turn % 400)
        store.add_discovered("rss", [PageRef(url=url)])
        store.save_article(
            ref_url=url,
            source="rss",
            page=Page(url=url, content=text.encode(), etag=str(turn)),
            article=Article(id=url, text=text),
            document=Document(article=url, text=text),
            claims=[
                Claim(
                    article=url, extractor="rules/1", source="KEN", target="TCD", kind=Kind.AID,
                    confidence=0.5,
                    evidence=Evidence(
                        start=0, end=len(text), raw_start=place, raw_end=place + 1, quote=text
                    ),
                )
                for place in range(turn % 7 + number)
            ],
            cleaner="clean/1",
            extractor="rules/1",
        )
        print(turn, flush=True)
"""


def kill_a_writer(path, first, delay_s):
    """Give the last round that the writer said it had done, None if none."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, path, str(first)], stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "go\n"
        time.sleep(delay_s)
        writer.send_signal(signal.SIGKILL)
        said = writer.stdout.read().split()
        writer.wait()
    # the last line may be cut
    return int(said[-2]) if len(said) > 1 else None


def check(path, said):
    """Open the store as the next run would; give the last round that it holds."""
    with open_store(path) as store:
        assert store._database.rows("PRAGMA integrity_check") == [("ok",)]
        assert store._database.rows("PRAGMA foreign_key_check") == []
        last = -1
        for article in store.articles():
            turn, number = int(article.text.split()[1]), int(article.id[-1])
            last = max(last, turn)
            claims = list(store.claims(article=article.id))

            assert store.document(article.id).text == article.text
            assert len(claims) == turn % 7 + number
            assert {claim.evidence.quote for claim in claims} <= {article.text}
            assert store.page(article.id).content.decode() == article.text
            assert store.validators(article.id).etag == str(turn)
            assert store.address(article.id).state == "stored"
        counts = store.counts()
        assert counts.pending <= 1
        assert counts.articles == counts.documents == counts.stored == counts.kept_pages
        assert store._database.row("SELECT count(*) FROM bodies") == (counts.kept_pages,)
    if said is not None:
        assert last >= said
    return last


@pytest.mark.slow
def test_a_writer_killed_at_any_moment_leaves_each_article_whole_or_absent(path):
    """Machines are switched off at night, and a run that died must not spoil the year before."""
    rng = random.Random(2)
    last = -1
    for _ in range(25):
        said = kill_a_writer(path, last + 1, rng.uniform(0, 0.15))
        last = check(path, said)

    assert last > 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.slow
def test_a_writer_killed_while_it_makes_a_store_leaves_one_that_can_be_made(tmp_path):
    """The first run is the one that people interrupt."""
    rng = random.Random(3)
    for number in range(15):
        path = tmp_path / str(number)
        check(path, kill_a_writer(path, 0, rng.uniform(0, 0.012)))
