"""The contract of sources."""

from pathlib import Path

from alignwatch.testing import SourceContract
from alignwatch_sitemap import SitemapSource


class TestSitemap(SourceContract):
    """All that a source promises."""

    source = SitemapSource("http://gazette.example")
    pages = Path(__file__).parent / "pages"
