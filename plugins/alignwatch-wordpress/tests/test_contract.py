"""The contract of sources."""

from pathlib import Path

from alignwatch.testing import SourceContract
from alignwatch_wordpress import WordPressSource


class TestWordPress(SourceContract):
    """All that a source promises."""

    source = WordPressSource("http://ministry.example")
    pages = Path(__file__).parent / "pages"
