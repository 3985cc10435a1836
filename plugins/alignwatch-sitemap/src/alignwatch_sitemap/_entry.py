"""What sitemaps list."""

from urllib.parse import urldefrag, urljoin

import attrs

from alignwatch_sitemap._moment import Moment

__all__ = ["MAX_ENTRIES", "Entry", "Sitemap", "read_url"]

MAX_ENTRIES = 50_000
"""Entries of one sitemap, by the protocol; the rest is left out."""

_LONGEST_URL = 8_000


@attrs.frozen(kw_only=True)
class Entry:
    """One entry: a page, or in an index a sitemap. `url` is absolute and without fragment."""

    url: str
    changed: Moment | None = None
    published: Moment | None = None
    title: str | None = None

    @property
    def newest(self) -> Moment | None:
        """The later of its times, None if it has none."""
        known = [one for one in (self.changed, self.published) if one is not None]
        return max(known, key=lambda one: one.until, default=None)


@attrs.frozen(kw_only=True)
class Sitemap:
    """What one sitemap lists, in its order: pages, or sitemaps if it `is_index`."""

    is_index: bool
    entries: tuple[Entry, ...]


def read_url(text: str, base: str) -> str | None:
    """Give an absolute address for a ``loc``, None for what is no page on the web."""
    if not text.strip() or len(text) > _LONGEST_URL:
        return None
    try:
        url = urldefrag(urljoin(base, text.strip()))[0]
    except ValueError:
        return None
    scheme, colon, rest = url.partition(":")
    url = scheme.lower() + colon + rest
    is_web = url.startswith(("http://", "https://"))
    return url if is_web and url.isprintable() else None
