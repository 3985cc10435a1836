"""The alignwatch source of sitemaps: the addresses that a site tells machines of."""

from alignwatch_sitemap._entry import MAX_ENTRIES, Entry, Sitemap
from alignwatch_sitemap._moment import Moment, read_moment
from alignwatch_sitemap._sitemap import MAX_SITEMAP_BYTES, read_sitemap
from alignwatch_sitemap._source import MAX_DEPTH, SitemapSource

__all__ = [
    "MAX_DEPTH",
    "MAX_ENTRIES",
    "MAX_SITEMAP_BYTES",
    "Entry",
    "Moment",
    "Sitemap",
    "SitemapSource",
    "read_moment",
    "read_sitemap",
]
