"""What others rely on changes only where the changelog says so; and releases are made right."""

import ast
import json
import re
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _load(name):
    spec = spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


release = _load("release")
UNRELEASED = (
    (ROOT / "CHANGELOG.md").read_text("utf-8").partition("## Unreleased\n")[2].partition("\n## ")[0]
)


def find_untold(before, now, changes):
    """Give what differs between *before* and *now* and is not in the text *changes*."""
    untold = []
    for package in sorted({*before["names"], *now["names"]}):
        old, new = (set(state["names"].get(package, ())) for state in (before, now))
        untold += [
            f"{package}.{name}"
            for name in sorted(old ^ new)
            if not re.search(rf"`[^`]*\b{re.escape(name)}\b[^`]*`", changes)
        ]
    numbers = ("contract of sources", "store", "wire schema")
    untold += [
        f"{what} {now[what]}"
        for what in numbers
        if before[what] != now[what] and f"{what} {now[what]}" not in changes.lower()
    ]
    return untold


def test_what_is_public_changes_only_with_a_line_in_the_changelog():
    """Somebody's import, reader, plugin or store breaks: they must find out before they upgrade.

    Name each new or removed public name in backticks under *Unreleased*; for a number write, say,
    "store 7". `tools/release.py` notes the new state.
    """
    before = json.loads(release.RELEASED.read_text("utf-8"))

    assert find_untold(before, release.describe_public(), UNRELEASED) == []


def find_unwarned(before, now):
    """Give what is gone and was not marked as deprecated in the release before."""
    return sorted(
        f"{package}.{name}"
        for package, names in before["names"].items()
        for name in set(names) - set(now["names"].get(package, ()))
        if f"{package}.{name}" not in before["deprecated"]
    )


def test_what_is_public_goes_only_after_a_release_that_warned():
    """An upgrade of a minor version must not break a program that ran without warnings.

    Mark it with `deprecated` of `alignwatch._deprecated`, release, and take it away then.
    """
    before = json.loads(release.RELEASED.read_text("utf-8"))

    assert find_unwarned(before, release.describe_public()) == []


def test_the_test_of_warnings_can_fail():
    """A guard that sleeps is worse than none."""
    before = {"names": {"a": ["b", "c", "d"]}, "deprecated": ["a.c"]}

    assert find_unwarned(before, {"names": {"a": ["b"]}}) == ["a.d"]
    assert find_unwarned(before, {"names": {}}) == ["a.b", "a.d"]


def test_a_function_that_is_marked_is_found_by_its_mark():
    """The release notes it, and its page of the reference says so."""
    code = '@deprecated(since="0.2", instead="alignwatch.new")\ndef old(): ...\ndef other(): ...'
    old, other = ast.parse(code).body

    assert _load("make_reference").find_notice(old) == (
        "Deprecated since 0.2: use `alignwatch.new`."
    )
    assert _load("make_reference").find_notice(other) is None


@pytest.mark.parametrize(
    ("change", "told", "untold"),
    [
        ({"names": {"a": ["b", "new_name"]}}, "", ["a.new_name"]),
        ({"names": {"a": ["b", "new_name"]}}, "`a.new_name()` is there.", []),
        ({"names": {"a": []}}, "`bc` is gone.", ["a.b"]),
        ({"store": 7}, "", ["store 7"]),
        ({"store": 7}, "Stores are brought up to store 7.", []),
        ({"wire schema": 2}, "", ["wire schema 2"]),
        ({"contract of sources": 2}, "", ["contract of sources 2"]),
    ],
)
def test_the_test_of_stability_can_fail(change, told, untold):
    """A guard that sleeps is worse than none."""
    before = {"names": {"a": ["b"]}, "store": 6, "wire schema": 1, "contract of sources": 1}

    assert find_untold(before, {**before, **change}, told) == untold


def test_a_release_closes_the_changelog():
    """Users read what changed by version."""
    text = (
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- `x`.\n\n## 0.1.0 (2026-01-01)\n\n- First.\n"
    )

    closed = release.close_changelog(text, "0.2.0", date(2026, 12, 1))

    assert "## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n### Added\n\n- `x`." in closed


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("# Changelog\n\n## Unreleased\n\n## 0.1.0 (2026-01-01)\n", "0.2.0"),
        ("# Changelog\n", "0.2.0"),
        ("## Unreleased\n\n- `x`.\n\n## 0.1.0 (2026-01-01)\n", "0.1.0"),
    ],
)
def test_a_release_of_nothing_or_of_the_same_is_refused(text, version):
    """A version that exists twice can never be taken back."""
    with pytest.raises(release.ReleaseError):
        release.close_changelog(text, version, date(2026, 12, 1))


def test_the_version_stands_in_its_places_once_each_and_is_the_same():
    """A wheel, a citation and a bug report must speak of the same thing."""
    found = set()
    for path, pattern in release.PLACES.items():
        text = path.read_text("utf-8")
        changed = release.set_version(text, pattern, "9.9.9")
        [line] = [a for a, b in zip(text.splitlines(), changed.splitlines(), strict=True) if a != b]
        found.add(re.search(r"\d+\.\d+\.\d+\w*", line)[0])

    assert len(found) == 1
