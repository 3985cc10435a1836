"""Copies of a store: whole, sound, and in nobody's place."""

import os
import resource
import threading

import pytest

from alignwatch.errors import StoreUnwritableError
from alignwatch.store import open_store


def test_a_copy_holds_what_the_store_holds_while_it_is_written_to(path, made, tmp_path):
    """Nobody stops the night's run for a copy, and what is in the log alone belongs to it."""
    copy = tmp_path / "copy.db"
    with open_store(path) as store:
        store.save_article(**made("http://a.example/1"))
        with open_store(path, read_only=True) as reader:
            reader.backup(copy)
        store.save_article(**made("http://a.example/2"))

        with open_store(copy, read_only=True) as copied:
            assert [article.url for article in copied.articles()] == ["http://a.example/1"]
            assert copied.faults() == ()
    with open_store(copy) as copied:
        copied.save_article(**made("http://a.example/3"))


def test_a_copy_is_of_one_moment_however_much_is_written_meanwhile(path, made, tmp_path):
    """Half of one state and half of another would be neither."""
    stop = threading.Event()

    def write():
        with open_store(path) as store:
            number = 0
            while not stop.is_set():
                number += 1
                store.save_article(**made(f"http://a.example/{number}"))

    with open_store(path) as store:
        store.save_article(**made("http://a.example/first"))
    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(8):
            with open_store(path, read_only=True) as store:
                store.backup(tmp_path / f"{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(8):
        with open_store(tmp_path / f"{number}.db", read_only=True) as copied:
            counts = copied.counts()
            assert copied.faults() == ()
            assert counts.articles == counts.documents == counts.claims >= 1


def test_a_copy_takes_the_place_of_nothing(path, made, tmp_path):
    """Last month's copy is what one needs when this month's store is found to be damaged."""
    (tmp_path / "copy.db").write_text("mine")
    with open_store(path) as store, pytest.raises(StoreUnwritableError, match="already"):
        store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_folder_that_is_not_there_is_told(path, tmp_path):
    """A stick that is not plugged in."""
    with open_store(path) as store, pytest.raises(StoreUnwritableError, match=r"nowhere.copy\.db"):
        store.backup(tmp_path / "nowhere" / "copy.db")


def test_a_copy_that_does_not_fit_leaves_nothing(path, made, tmp_path):
    """Half a copy with a good name would be trusted."""
    folder = tmp_path / "stick"
    folder.mkdir()
    with open_store(path) as store:
        store.save_article(**made("http://a.example/1"))
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_192, before[1]))
        try:
            with pytest.raises(StoreUnwritableError, match="stick"):
                store.backup(folder / "copy.db")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert list(folder.iterdir()) == []
        assert store.counts().articles == 1


def test_a_copy_has_the_rights_of_any_new_file(path, tmp_path):
    """As the umask says: private where a person wants that, and shared where not."""
    before = os.umask(0o027)
    try:
        with open_store(path) as store:
            store.backup(tmp_path / "copy.db")
    finally:
        os.umask(before)
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o640


def test_a_copy_on_a_disk_without_links_is_made_all_the_same(path, tmp_path, monkeypatch):
    """Sticks have file systems of their own."""

    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with open_store(path) as store:
        store.backup(tmp_path / "copy.db")
    with open_store(tmp_path / "copy.db", read_only=True) as copied:
        assert copied.faults() == ()
    assert [file.name for file in tmp_path.glob(".copy*")] == []
