"""The contract of sources."""

from pathlib import Path

from alignwatch.testing import SourceContract
from alignwatch_warc import WarcSource

HERE = Path(__file__).parent


class TestWarc(SourceContract):
    """All that a source promises."""

    source = WarcSource(HERE / "archives" / "march.warc.gz")
    pages = HERE / "pages"
