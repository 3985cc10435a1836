"""The contract of sources."""

from datetime import UTC, datetime
from pathlib import Path

from alignwatch.testing import SourceContract
from alignwatch_gdelt import GdeltSource


class TestGdelt(SourceContract):
    """All that a source promises."""

    source = GdeltSource("ferry", until=datetime(2026, 3, 6, tzinfo=UTC), span_h=72)
    pages = Path(__file__).parent / "pages"
