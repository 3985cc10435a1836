"""The sources that come with alignwatch keep the contract that they ask others to keep."""

from pathlib import Path

from alignwatch.sources import FilesSource, PagesSource
from alignwatch.testing import SourceContract

FOLDER = Path(__file__).parent


class TestFiles(SourceContract):
    source = FilesSource(FOLDER / "files" / "in")
    pages = FOLDER / "files"


class TestPages(SourceContract):
    source = PagesSource("https://desk.example/2026/03/01/quay")
    pages = FOLDER / "web"
