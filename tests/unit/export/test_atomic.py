"""A file is there whole, or as it was before."""

import errno
import os
import stat
import tempfile

import pytest

from alignwatch.errors import StoreUnwritableError
from alignwatch.export import write_atomically


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_text_and_pieces_give_the_same_bytes(tmp_path):
    """Long exports come in pieces, line ends as given on every system."""
    write_atomically(tmp_path / "whole", "Rīga\nNairobi\r\n\ud800")
    write_atomically(str(tmp_path / "pieces"), iter(["Rīga\n", "Nairobi\r\n", "\ud800"]))

    expected = "Rīga\nNairobi\r\n\N{REPLACEMENT CHARACTER}".encode()
    assert (tmp_path / "whole").read_bytes() == expected
    assert (tmp_path / "pieces").read_bytes() == expected
    assert names(tmp_path) == ["pieces", "whole"]


@pytest.mark.parametrize("interruption", [ValueError("bad value"), KeyboardInterrupt()])
def test_a_failure_half_way_leaves_the_old_file(tmp_path, interruption):
    """Yesterday's report is better than half of today's."""
    target = tmp_path / "report.html"
    target.write_text("old")

    def give():
        yield "new"
        raise interruption

    with pytest.raises(type(interruption)):
        write_atomically(target, give())

    assert target.read_text() == "old"
    assert names(tmp_path) == ["report.html"]


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path, monkeypatch):
    """The disk is often only found full when the bytes must really go there."""
    target = tmp_path / "claims.jsonl"
    target.write_text("old")

    def refuse(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)

    with pytest.raises(StoreUnwritableError, match=r"claims\.jsonl .*No space left on device"):
        write_atomically(target, "new")

    assert target.read_text() == "old"
    assert names(tmp_path) == ["claims.jsonl"]


def test_a_full_device_is_told():
    """/dev/full refuses every byte, as a full disk does."""
    if not os.path.exists("/dev/full"):  # noqa: PTH110 - a device, not a file of ours
        pytest.skip("needs /dev/full")

    with pytest.raises(StoreUnwritableError, match="No space left"):
        write_atomically("/dev/full", ["x" * 100_000] * 3)


def test_a_missing_folder_is_told(tmp_path):
    """A typing error in a path is no reason for a traceback."""
    with pytest.raises(StoreUnwritableError, match="No such file or directory"):
        write_atomically(tmp_path / "nowhere" / "report.html", "x")


def test_a_folder_in_the_files_place_is_told(tmp_path):
    """A folder cannot be replaced by a report."""
    with pytest.raises(StoreUnwritableError, match="Is a directory"):
        write_atomically(tmp_path, "x")


def test_a_read_only_folder_is_told(tmp_path, monkeypatch):
    """Shared folders often may only be read; root, who may write to any, can run this test too."""

    def refuse(**_):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", refuse)

    with pytest.raises(StoreUnwritableError, match="Permission denied"):
        write_atomically(tmp_path / "report.html", "x")


def test_permissions_are_those_of_an_ordinary_file(tmp_path):
    """A report that only its writer may read cannot be shared; a private one stays private."""
    fresh, private = tmp_path / "fresh", tmp_path / "private"
    private.write_text("old")
    private.chmod(0o600)
    before = os.umask(0o022)
    try:
        write_atomically(fresh, "x")
        write_atomically(private, "x")
    finally:
        os.umask(before)

    assert stat.S_IMODE(fresh.stat().st_mode) == 0o644
    assert stat.S_IMODE(private.stat().st_mode) == 0o600


def test_a_link_is_followed(tmp_path):
    """``latest.html`` may point into another folder, and has to go on doing so."""
    (tmp_path / "real").mkdir()
    link = tmp_path / "latest.html"
    link.symlink_to(tmp_path / "real" / "report.html")

    write_atomically(link, "x")

    assert link.is_symlink()
    assert (tmp_path / "real" / "report.html").read_text() == "x"


def test_what_is_no_regular_file_is_written_to(tmp_path):
    """``--output /dev/stdout`` and named pipes must not be replaced by a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    write_atomically(pipe, ["one ", "two"])

    assert os.read(reader, 100) == b"one two"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_name_that_cannot_be_taken_leaves_nothing_behind(tmp_path, monkeypatch):
    """A quota or a lock may refuse the very last step."""

    def refuse(*_):
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    monkeypatch.setattr(type(tmp_path), "replace", refuse)

    with pytest.raises(StoreUnwritableError, match="quota"):
        write_atomically(tmp_path / "report.html", "x")

    assert names(tmp_path) == []
