"""What publishers reserve, obeyed before a page is read."""

from collections.abc import Iterable

import attrs

from alignwatch.errors import RightsReservedError
from alignwatch.fetch import TDM, Fetcher, find_meta_reservations
from alignwatch.model import Page
from alignwatch.pipeline._sources import is_url

__all__ = ["carry_reservations", "require_unreserved"]


def carry_reservations(page: Page, behind: Iterable[Page], fetcher: Fetcher) -> Page:
    """Give *page* with what is reserved of the listings *behind* it, out of which it came whole.

    Raises:
        RightsReservedError: A site's tdmrep.json reserves such a listing.
    """
    found = set(page.reservations)
    for listing in behind:
        found.update(listing.reservations)
        if is_url(listing.url):
            fetcher.refuse_reserved(listing.final_url or listing.url)
    return attrs.evolve(page, reservations=tuple(sorted(found)))


def require_unreserved(page: Page, fetcher: Fetcher | None) -> Page:
    """Give *page* with all that is reserved of it: by headers and meta tags.

    A reservation of text and data mining anywhere counts: where a header says yes and a meta tag
    says no, the page is not analysed. Local files are the user's own, and not asked. Without a
    *fetcher*, for pages that were not fetched but come out of an archive, the site's tdmrep.json
    is not asked for.

    Raises:
        RightsReservedError: Text and data mining is reserved, by tdmrep.json or the page itself.
    """
    if not is_url(page.url):
        return page
    media_type = page.media_type or "html"
    told = find_meta_reservations(page.content) if media_type.endswith(("html", "xml")) else ()
    found = tuple(sorted({*page.reservations, *told}))
    if TDM in found:
        where = "its headers" if TDM in page.reservations else "a meta tag"
        msg = f"the publisher reserves text and data mining of this page, by {where}"
        raise RightsReservedError(msg, url=page.url)
    if fetcher is not None:
        fetcher.refuse_reserved(page.final_url or page.url)
    return attrs.evolve(page, reservations=found)
