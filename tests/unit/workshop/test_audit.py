"""An audit that asked nobody must not look like one that found nothing."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def audit():
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pin(name, *holes):
    vulns = [{"id": hole, "fix_versions": ["2.0"]} for hole in holes]
    return {"name": name, "version": "1.0", "vulns": vulns}


def unknown(name):
    return {"name": name, "skip_reason": "Dependency not found"}


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        ([[pin("a"), pin("b")]], 0, "2 pins were looked up, 0 known holes"),
        ([[pin("a")], [pin("a"), pin("b", "CVE-1")]], 1, "b 1.0: CVE-1, mended in 2.0"),
        ([[pin("a", "CVE-1"), unknown("b")], None], 1, "did not answer for 1 of 2 locks"),
        ([[unknown("a"), unknown("b")]], 3, "does not know 2 pins, such as a, b"),
        ([[pin("a"), unknown("b")]], 3, "does not know 1 pins"),
        ([None, None], 3, "did not answer for 2 of 2 locks"),
        ([[]], 3, "0 pins were looked up"),
    ],
)
def test_the_exit_code_says_what_was_proved(audit, answers, code, said):
    """A mirror answers 404 for every package, and pip-audit calls that no vulnerabilities."""
    given = [answer if answer is None else {"dependencies": answer} for answer in answers]

    found, told = audit.judge(given)

    assert found == code
    assert said in "\n".join(told)


def test_every_lock_that_is_installed_from_is_looked_up(audit):
    """A new lock that nobody audits would be the hole itself."""
    locks = {path.name for path in ROOT.glob("requirements*.lock")}

    assert locks == {*audit.LOCKS, "requirements-lowest.lock"}


def test_a_lock_that_is_not_there_is_wrong_usage(audit, tmp_path, capsys):
    """A typing error must not pass for an audit."""
    assert audit.main([str(tmp_path / "no.lock")]) == 2
    assert "no.lock" in capsys.readouterr().err
