"""The kit over every source of `broken_sources`, for a pytest that `test_source_contract` runs."""

from pathlib import Path
from typing import ClassVar

import broken_sources

from alignwatch.testing import SourceContract

PAGES = Path(__file__).parent / "pages"

for _name, _made in list(vars(broken_sources).items()):
    if isinstance(_made, type) and _made.__module__ == "broken_sources":
        globals()[f"Test{_name}"] = type(
            f"Test{_name}", (SourceContract,), {"source": _made(), "pages": PAGES}
        )


class TestWithoutPages(SourceContract):
    source = broken_sources.Keeping()


class TestWithAnEmptyFolder(SourceContract):
    source = broken_sources.Keeping()
    pages = Path(__file__).parent / "no-pages"


class TestWithASiteInPython(SourceContract):
    source = broken_sources.Keeping()
    pages = PAGES
    site: ClassVar = {
        f"{broken_sources.HOME}/late*": {"file": "latest.txt", "media_type": "text/csv"},
        f"{broken_sources.HOME}/2026/03/01/quay": "quay.txt",
    }


class TestWithAMissingFile(SourceContract):
    source = broken_sources.Keeping()
    pages = PAGES
    site: ClassVar = {broken_sources.LISTING: "gone.txt"}
