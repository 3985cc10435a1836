import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from alignwatch.errors import (
    NotAStoreError,
    StoreBusyError,
    StoreError,
    StoreUnwritableError,
    StoreVersionError,
)
from alignwatch.store import _open, open_store
from alignwatch.store._schema import APPLICATION_ID, MIGRATIONS, migrate


def files_of(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def write_other_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contacts (name)")


def write_newer_store(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE things (name)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        connection.execute("PRAGMA journal_mode = WAL")


@pytest.fixture
def unprivileged():
    """Root may write anywhere, so a test of permissions is done as somebody else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_new_store_is_made_with_its_folders(tmp_path):
    """The first watch asks for no preparation."""
    path = tmp_path / "deep" / "er" / "news.store"

    with open_store(path) as store:
        assert store.counts().articles == 0
    assert path.exists()


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    "write",
    [
        lambda path: path.write_text("Dear diary, nothing happened.\n" * 100),
        lambda path: path.write_text("x"),
        lambda path: path.write_bytes(b"SQLite format 3\x00 and nothing else"),
        write_other_database,
        lambda path: path.mkdir(),
        os.mkfifo,
    ],
    ids=["text", "one byte", "cut database", "other database", "folder", "pipe"],
)
def test_a_file_that_is_not_ours_is_refused_and_left_as_it_is(tmp_path, write, read_only):
    """A wrong --store must not cost anybody their address book."""
    path = tmp_path / "contacts.db"
    write(path)
    before = files_of(tmp_path)

    with pytest.raises(NotAStoreError, match=r"contacts\.db"):
        open_store(path, read_only=read_only)
    assert files_of(tmp_path) == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_store_is_refused_and_left_as_it_is(path, read_only):
    """An old installation in a cron job must not damage what the new one writes."""
    write_newer_store(path)
    before = files_of(path.parent)

    with pytest.raises(StoreVersionError, match="newer alignwatch"):
        open_store(path, read_only=read_only)
    assert files_of(path.parent) == before


def test_an_empty_file_becomes_a_store(path):
    """It is what a process leaves that was killed while it made one."""
    path.touch()

    with open_store(path) as store:
        assert store.counts().articles == 0


def test_nothing_is_made_by_opening_to_read(path):
    """`show` on a mistyped path says so."""
    with pytest.raises(NotAStoreError, match="no store at"):
        open_store(path, read_only=True)
    assert not list(path.parent.iterdir())


def test_an_older_store_is_brought_up_to_date_with_all_that_it_holds(path, made, monkeypatch):
    """An upgrade of alignwatch keeps years of reading."""
    with open_store(path) as store:
        store.save_article(**made("https://norland.example/1"))
    newer = (
        *MIGRATIONS,
        ("CREATE TABLE chronicle (x)", "INSERT INTO chronicle VALUES (1)"),
        ("DROP TABLE chronicle",),
    )
    monkeypatch.setattr(_open, "MIGRATIONS", newer)

    with open_store(path) as store:
        assert store.article("https://norland.example/1") is not None
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)


def test_a_migration_that_fails_changes_nothing(path, monkeypatch):
    """Half a migration would be a store that no version can read."""
    open_store(path).close()
    broken = (*MIGRATIONS, ("CREATE TABLE chronicle (x)",), ("INSERT INTO nowhere VALUES (1)",))
    monkeypatch.setattr(_open, "MIGRATIONS", broken)

    with pytest.raises(StoreError, match="nowhere"):
        open_store(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        assert not connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'chronicle'"
        ).fetchall()


def test_an_older_store_is_not_migrated_by_who_only_reads(path, monkeypatch):
    """Reading must be free of side effects; the message says what to do."""
    open_store(path).close()
    monkeypatch.setattr(_open, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE chronicle (x)",)))

    with pytest.raises(StoreVersionError, match="open it for writing once"):
        open_store(path, read_only=True)


def test_a_migrated_store_tells_its_version_to_who_does_not_read_the_log(path, monkeypatch):
    """An older alignwatch looks at the file alone, so that it need not touch anything."""
    open_store(path).close()
    monkeypatch.setattr(_open, "MIGRATIONS", (*MIGRATIONS, ("CREATE TABLE chronicle (x)",)))
    with open_store(path):
        monkeypatch.setattr(_open, "MIGRATIONS", MIGRATIONS)

        with pytest.raises(StoreVersionError):
            open_store(path, read_only=True)


def test_a_second_writer_is_told_what_to_do(path, monkeypatch):
    """Two watches in one cron table: neither may corrupt, one says so."""
    monkeypatch.setattr(_open, "_WAIT_S", 0.05)
    with open_store(path), pytest.raises(StoreBusyError, match="wait until it ends"):
        open_store(path)
    open_store(path).close()


def test_a_second_process_that_writes_is_told_what_to_do(path):
    """As above, for real."""
    code = (
        "import sys\n"
        "from alignwatch.errors import StoreBusyError\n"
        "from alignwatch.store import _open\n"
        "_open._WAIT_S = 0.05\n"
        "try:\n"
        "    _open.open_store(sys.argv[1])\n"
        "except StoreBusyError:\n"
        "    sys.exit(5)\n"
    )
    with open_store(path):
        ended = subprocess.run([sys.executable, "-c", code, path], check=False, timeout=60)

    assert ended.returncode == 5


def test_a_reader_sees_what_the_writer_has_stored_while_it_writes(path, made):
    """`alignwatch show` works during a watch that lasts all night."""
    with open_store(path) as store, open_store(path, read_only=True) as reader:
        store.save_article(**made("https://norland.example/1"))

        assert [article.id for article in reader.articles()] == ["https://norland.example/1"]


def test_opening_again_in_the_same_process_leaves_the_first_one_whole(path, made):
    """POSIX drops a process's locks on a file when it closes any handle to it; we must not."""
    with open_store(path) as store:
        open_store(path, read_only=True).close()
        store.save_article(**made("https://norland.example/1"))
        code = (
            "import sqlite3, sys\n"
            "connection = sqlite3.connect(sys.argv[1])\n"
            "connection.execute('SELECT count(*) FROM articles').fetchone()\n"
            "connection.close()\n"
        )
        subprocess.run([sys.executable, "-c", code, path], check=True, timeout=60)
        assert path.with_name(path.name + "-wal").exists()
        store.save_article(**made("https://norland.example/2"))

    with open_store(path, read_only=True) as reader:
        assert reader.counts().articles == 2


def test_who_only_reads_cannot_write(path, made):
    """The mode is a promise."""
    open_store(path).close()

    with open_store(path, read_only=True) as store, pytest.raises(StoreUnwritableError):
        store.save_article(**made("https://norland.example/1"))


def test_a_closed_store_says_so(path):
    """A mistake of the caller is still one of ours to name."""
    store = open_store(path)
    store.close()
    store.close()

    with pytest.raises(StoreError, match="closed"):
        store.counts()


def test_a_full_disk_leaves_all_that_was_stored_and_nothing_half(path, made):
    """The night's run ends with an error, not with the loss of last year."""
    with open_store(path) as store:
        store.save_article(**made("https://norland.example/0"))
        (pages,) = store._database.connection.execute("PRAGMA page_count").fetchone()
        store._database.connection.execute(f"PRAGMA max_page_count = {pages + 3}")
        big = made("https://norland.example/big", os.urandom(60_000).hex())
        with pytest.raises(StoreUnwritableError, match="disk is full"):
            store.save_article(**big)

        assert store.counts().articles == 1
        assert store.address("https://norland.example/big") is None
        store._database.connection.execute("PRAGMA max_page_count = 100000")
        store.save_article(**big)

        assert store.counts().articles == 2
        assert store._database.row("PRAGMA integrity_check") == ("ok",)


_FILLER = """
import os, resource, sys
from alignwatch.errors import StoreUnwritableError
from alignwatch.model import Article, Page
from alignwatch.store import open_store

with open_store(sys.argv[1]) as store:
    saved = store.counts().articles
    try:
        while True:
            url = f"https://norland.example/{saved}"
            store.save_article(
                ref_url=url, source="rss", page=Page(url=url, content=os.urandom(3_000)),
                article=Article(id=url, text="Talks ended."), document=None, claims=(),
                cleaner="clean/1", extractor="rules/1",
            )
            saved += 1
            if saved == 30:
                # no file may grow beyond what this one has now: as good as a full disk
                store._database.row("PRAGMA wal_checkpoint(TRUNCATE)")
                size_bytes = os.stat(sys.argv[1]).st_size
                resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, resource.RLIM_INFINITY))
    except StoreUnwritableError:
        print(saved)
"""


def test_a_store_whose_disk_filled_up_opens_again_with_all_that_was_stored(path):
    """The log cannot be written back then, which makes a file that is shorter than it says."""
    command = [sys.executable, "-c", _FILLER, path]
    said = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True).stdout

    with open_store(path, read_only=True) as reader:
        assert reader.counts().articles == int(said) > 30
    with open_store(path) as store:
        assert store.counts().articles == int(said)
        assert store._database.row("PRAGMA integrity_check") == ("ok",)


def test_a_disk_too_full_for_a_new_store_stays_without_one(path, monkeypatch):
    """Half a store would be taken for a broken one the next time."""
    connect = _open._connect

    def connect_to_small_disk(*args):
        connection = connect(*args)
        connection.execute("PRAGMA max_page_count = 5")
        return connection

    monkeypatch.setattr(_open, "_connect", connect_to_small_disk)

    with pytest.raises(StoreUnwritableError, match="disk is full"):
        open_store(path)
    assert not path.exists()


def test_a_store_that_could_not_be_made_leaves_nothing_beside_it(path, monkeypatch):
    """A log without its store would puzzle the next run, and people."""

    def run_out_of_space(_, path):
        path.with_name(path.name + "-wal").write_bytes(b"half a log")
        path.with_name(path.name + "-shm").write_bytes(b"and its index")
        msg = "disk I/O error"
        raise sqlite3.OperationalError(msg)

    monkeypatch.setattr(_open, "_set_up", run_out_of_space)

    with pytest.raises(StoreError):
        open_store(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name + ".lock"]


@pytest.fixture
def closed_folder(path, made):
    """A folder with a store, which one may read and not write to."""
    with open_store(path) as store:
        store.save_article(**made("https://norland.example/1"))
    folder = tempfile.mkdtemp()
    moved = Path(folder) / path.name
    shutil.copy(path, moved)
    moved.chmod(0o444)
    Path(folder).chmod(0o555)
    yield moved
    Path(folder).chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_folder_is_named(closed_folder, unprivileged):
    """A mounted archive, a wrong owner: the person must know what to change."""
    with pytest.raises(StoreUnwritableError, match="cannot write"):
        open_store(closed_folder)
    with pytest.raises(StoreUnwritableError, match="cannot make the folder"):
        open_store(closed_folder.parent / "deep" / "news.store")
    with pytest.raises(StoreUnwritableError, match="cannot write"):
        open_store(closed_folder.parent / "new.store")


def test_a_store_in_a_read_only_folder_can_be_read(closed_folder, unprivileged):
    """An archive on a read-only medium is what stores become."""
    with open_store(closed_folder, read_only=True) as store:
        assert store.counts().articles == 1


def test_a_store_of_version_1_has_no_reservations_and_no_ledger(path):
    """The first released form is read by every later one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, MIGRATIONS[:1])
        connection.execute(
            "INSERT INTO addresses (url, host, source, state, listed) "
            "VALUES ('https://norland.example/1', 'norland.example', 'rss', 'pending', TRUE)"
        )

    with open_store(path) as store:
        address = store.address("https://norland.example/1")
        assert address is not None
        assert address.reservations == ()
        assert store.ledger() == ()
