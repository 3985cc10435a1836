"""What the doctor finds, and what it advises."""

from importlib.metadata import PackageNotFoundError

import pytest

from alignwatch.pipeline import FindingState, _doctor, examine
from alignwatch.store import open_store


def _of(findings, area, name):
    (found,) = [finding for finding in findings if (finding.area, finding.name) == (area, name)]
    return found


@pytest.fixture
def store(tmp_path):
    """Give the path of a store with one run that ended."""
    path = tmp_path / "watch.db"
    with open_store(path) as opened:
        opened.start_run()
        opened.finish_run([])
    return path


def test_a_sound_store_is_said_to_be_sound(store):
    """Who asks wants to hear it in so many words."""
    findings = examine(store=store)

    assert _of(findings, "store", "file").state is FindingState.OK
    assert "sound" in _of(findings, "store", "file").found
    assert _of(findings, "store", "runs").found.startswith("1, the last on 20")


def test_a_damaged_store_is_found_out(store):
    """A disk that rots is worse than a disk that fails: nobody notices until the copy is gone."""
    with open_store(store) as opened:
        opened.start_run()
        opened.finish_run([])
    content = bytearray(store.read_bytes())
    # every page but the first, from its head on
    for page in range(4096, len(content), 4096):
        content[page : page + 16] = b"\xff" * 16
    store.write_bytes(content)

    found = _of(examine(store=store), "store", "file")

    assert found.state is FindingState.BAD
    assert found.advice


def test_what_is_no_store_is_a_finding_and_no_error(tmp_path):
    """The doctor is asked when things are broken: it must not break on them."""
    (tmp_path / "notes.txt").write_text("no store at all, but long enough to be looked at" * 99)

    found = _of(examine(store=tmp_path / "notes.txt"), "store", "file")

    assert found.state is FindingState.BAD


def test_a_run_that_was_killed_is_told(store):
    """Somebody whose numbers look low should learn that last night's run did not end."""
    with open_store(store) as opened:
        opened.start_run()

    assert "did not end" in _of(examine(store=store), "store", "runs").found


def test_a_store_that_is_not_there_is_no_fault_and_is_not_made(tmp_path):
    """A newcomer runs the doctor first; looking must leave nothing behind."""
    found = _of(examine(store=tmp_path / "none.db"), "store", "file")

    assert found.state is FindingState.NOTE
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("contact", "state"),
    [
        (None, FindingState.NOTE),
        ("", FindingState.NOTE),
        ("me", FindingState.BAD),
        ("desk@news.example", FindingState.OK),
        ("https://news.example/about", FindingState.OK),
    ],
)
def test_the_contact_is_judged(contact, state):
    """Hosts that cannot reach anybody block."""
    assert _of(examine(contact=contact), "contact", "contact").state is state


def test_a_missing_optional_part_names_its_extra(monkeypatch):
    """`pip install pyarrow` may bring a version that does not fit; the extra does not."""

    def without_arrow(name):
        if name == "pyarrow":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(_doctor, "version", without_arrow)

    found = _of(examine(), "extras", "arrow")

    assert found.state is FindingState.NOTE
    assert found.found == "not installed: pyarrow"
    assert found.advice == 'pip install "alignwatch[arrow]"'


def test_a_missing_package_of_the_core_is_bad(monkeypatch):
    """An installation without its dependencies fails much later, and less plainly."""

    def without_attrs(name):
        if name == "attrs":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(_doctor, "version", without_attrs)

    assert _of(examine(), "packages", "attrs").state is FindingState.BAD


def test_every_source_and_extractor_is_listed():
    """A plugin that was installed into another Python is the commonest of stumbles."""
    findings = examine()

    assert _of(findings, "sources", "files").state is FindingState.OK
    assert _of(findings, "extractors", "rules").state is FindingState.OK


def test_a_full_disk_is_told(monkeypatch):
    """A watch that is to run for weeks needs room."""
    monkeypatch.setattr(_doctor, "_ENOUGH_DISK_BYTES", 10**18)

    assert _of(examine(), "machine", "disk").state is FindingState.BAD
