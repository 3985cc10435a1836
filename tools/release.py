# ruff: noqa: INP001 - a script beside the package, not a part of it
"""Make a release: ``python tools/release.py 0.2.0 --on 2026-12-01``.

It sets the version wherever it stands, closes *Unreleased* in the changelog, notes what is public
now for the test of stability, and builds wheels and sdists into ``dist``. It commits, tags and
uploads nothing: the last lines say what is left for a person to do.
"""

import argparse
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"
RELEASED = ROOT / "tests" / "docs" / "released.json"
PLACES = {
    # such as: version = "0.1.0"
    ROOT / "pyproject.toml": r'(?m)^(version = ")[^"]+(")',
    # such as: __version__ = "0.1.0"
    ROOT / "src" / "alignwatch" / "__init__.py": r'(?m)^(__version__ = ")[^"]+(")',
    # such as: version: 0.1.0
    ROOT / "CITATION.cff": r"(?m)^(version: )\S+()",
}
# such as: 0.2.0, 1.0.0rc1
VERSION = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
UNRELEASED = "## Unreleased\n"


class ReleaseError(Exception):
    """The release cannot be made; the message says what to do."""


def close_changelog(text: str, version: str, on: date) -> str:
    """Give the changelog with what is unreleased under *version*, and a new empty section.

    Raises:
        ReleaseError: Nothing is unreleased, or the version is there already.
    """
    head, found, rest = text.partition(UNRELEASED)
    changes = rest.partition("\n## ")[0].strip()
    if not found or not changes:
        msg = "nothing stands under Unreleased in CHANGELOG.md: there is nothing to release"
        raise ReleaseError(msg)
    if f"\n## {version} " in rest:
        msg = f"CHANGELOG.md has a section {version} already: choose the next version"
        raise ReleaseError(msg)
    return f"{head}{UNRELEASED}\n## {version} ({on.isoformat()})\n{rest}"


def set_version(text: str, pattern: str, version: str) -> str:
    """Give *text* with *version* in the one place that *pattern* finds.

    Raises:
        ReleaseError: It finds none, or several.
    """
    changed, count = re.subn(pattern, rf"\g<1>{version}\g<2>", text)
    if count != 1:
        msg = f"the version stands in {count} places that look like {pattern!r}, and not in one"
        raise ReleaseError(msg)
    return changed


def require_ready(version: str) -> None:
    """Refuse what cannot be released.

    Raises:
        ReleaseError: *version* is none, or there are changes that are not committed.
    """
    if not VERSION.fullmatch(version):
        msg = f"{version!r} is no version such as 0.2.0 or 0.2.0rc1"
        raise ReleaseError(msg)
    if subprocess.run(["git", "diff", "--quiet", "HEAD"], cwd=ROOT, check=False).returncode:
        msg = "there are changes that are not committed: commit them first"
        raise ReleaseError(msg)


def describe_public() -> dict[str, object]:
    """Give what others rely on: public names, and the numbers of wire, contract and store."""
    sys.path.insert(0, str(ROOT / "tools"))
    import make_reference  # noqa: PLC0415 - a script beside this one

    from alignwatch.model import SCHEMA  # noqa: PLC0415 - not needed for the rest
    from alignwatch.sources import CONTRACT_VERSION  # noqa: PLC0415
    from alignwatch.store import STORE_VERSION  # noqa: PLC0415

    names = {
        package: make_reference.list_names(package) for package in make_reference.list_packages()
    }
    marked = [
        f"{package}.{name}"
        for package, told in sorted(names.items())
        for name in sorted(told)
        if (found := make_reference.find_source(package, name))
        and make_reference.find_notice(found[0])
    ]
    return {
        "contract of sources": CONTRACT_VERSION,
        "deprecated": marked,
        "names": {package: sorted(names[package]) for package in sorted(names)},
        "store": STORE_VERSION,
        "wire schema": SCHEMA,
    }


def write_released() -> None:
    """Note what is public now."""
    RELEASED.write_text(json.dumps(describe_public(), indent=1) + "\n", "utf-8")


def main() -> int:
    """Make it; give the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("version")
    parser.add_argument("--on", type=date.fromisoformat, default=date.today())  # noqa: DTZ011 - a day
    given = parser.parse_args()
    try:
        require_ready(given.version)
        texts = {CHANGELOG: close_changelog(CHANGELOG.read_text("utf-8"), given.version, given.on)}
        for path, pattern in PLACES.items():
            texts[path] = set_version(path.read_text("utf-8"), pattern, given.version)
    except ReleaseError as error:
        print(f"release: {error}", file=sys.stderr)
        return 2
    for path, text in texts.items():
        path.write_text(text, "utf-8")
    write_released()
    subprocess.run(["scripts/build", "dist"], cwd=ROOT, check=True)
    print(
        f"made {given.version} in dist. Now: .ci/run; git commit -am 'Release {given.version}'; "
        f"git tag v{given.version}; upload dist/*; plugins have versions of their own",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
