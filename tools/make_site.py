# ruff: noqa: INP001 - a script beside the package, not a part of it
"""Build the site of the docs: ``python tools/make_site.py [FOLDER]``, ``build/site`` by default.

The pages stay where they are read in the repository. Here they are laid out once more, each in the
place that its neighbours link to, and given to mkdocs, whose every warning is an error: a dead link
or a page that nothing leads to does not pass.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "mkdocs.yml"
PAGES = (
    "*.md",
    "docs/**/*.md",
    "benchmarks/README.md",
    "examples/**/README.md",
    "examples/*.py",
    "plugins/*/README.md",
    "src/alignwatch/**/README.md",
)


def lay_out(target: Path) -> list[Path]:
    """Copy every page, and what pages link to, to its place under *target*; give their paths."""
    found = sorted({page for pattern in PAGES for page in ROOT.glob(pattern)})
    pages = [page.relative_to(ROOT) for page in found if ".venv" not in str(page)]
    for page in pages:
        (target / page).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / page, target / page)
    return pages


def main() -> int:
    """Build it; give the exit code of mkdocs."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "site").absolute()
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder) / "pages")
        config = Path(folder) / "mkdocs.yml"
        config.write_text(CONFIG.read_text("utf-8"), "utf-8")
        # without --quiet, which hides warnings from --strict as well
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        done = subprocess.run([*command, "--site-dir", str(site)], cwd=folder, check=False)
    if done.returncode == 0:
        print(f"{site / 'index.html'}", file=sys.stderr)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
