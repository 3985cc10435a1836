"""The source."""

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

import attrs

from alignwatch.errors import FetchError, HttpStatusError, PageError, ParseError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page
from alignwatch.sources import SourceInfo, parse_page, tell_failures
from alignwatch_wordpress._listing import NoApiError, read_listing
from alignwatch_wordpress._place import Place, Wanted
from alignwatch_wordpress._post import POST_TYPE, make_page, parse_post, read_modified

__all__ = ["WordPressSource"]

_log = logging.getLogger("alignwatch.sources.wordpress")

_Posts = tuple[dict[str, object], ...]
_FIELDS = "id,link,date,date_gmt,modified_gmt,title,content,_links,_embedded"
_WAYS = ("wp-json/wp/v2/{name}?{query}", "?rest_route=/wp/v2/{name}&{query}")


def _read_texts(texts: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((texts,) if isinstance(texts, str) else texts))


def _read_sites(urls: str | Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(url.rstrip("/") + "/" for url in _read_texts(urls)))


def _require_site(_: object, field: "attrs.Attribute[Any]", urls: tuple[str, ...]) -> None:
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or parts.query:
            msg = f"{field.name} are sites like https://ministry.example, got {url!r}"
            raise ValueError(msg)


def _require_name(_: object, field: "attrs.Attribute[Any]", names: tuple[str, ...]) -> None:
    for name in names:
        if not name.replace("-", "").replace("_", "").isalnum():
            msg = f"{field.name} are names like posts or press-releases, got {name!r}"
            raise ValueError(msg)


@attrs.frozen
class WordPressSource:
    """Posts of sites that run on WordPress, whole, through its REST API.

    Every post comes as a finished page; none is fetched by itself.

    Args:
        urls: The sites, with the folder that WordPress lives in if there is one.
        types: Post types, by the name that the API gives them.
        max_posts: Posts of one type and site that one run takes at most.
        per_page: Posts that are asked for at once.
    """

    info: ClassVar[SourceInfo] = SourceInfo(name="wordpress", contract=1)

    urls: tuple[str, ...] = attrs.field(converter=_read_sites, validator=_require_site)
    types: tuple[str, ...] = attrs.field(
        default=("posts",), converter=_read_texts, validator=_require_name
    )
    max_posts: int = attrs.field(default=1_000, validator=attrs.validators.ge(1))
    per_page: int = attrs.field(
        default=50, validator=[attrs.validators.ge(1), attrs.validators.le(100)]
    )

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[Page]:
        """Yield the posts, site by site and type by type, the latest changed first.

        What changed last before *since* is left out. A list that did not change ends it.

        Raises:
            PageError: The site's API is closed, absent or broken; of several lists, one that is
                comes as a page of failure.
        """
        failures: list[PageError] = []
        seen: set[str] = set()
        for site in self.urls:
            for name in self.types:
                try:
                    for page in self._find_posts(fetcher, site, name, since):
                        if page.url not in seen:
                            seen.add(page.url)
                            yield page
                except PageError as error:
                    error.url = error.url or site
                    failures.append(error)
        yield from tell_failures(failures, is_all=len(failures) == len(self.urls) * len(self.types))

    def parse(self, page: Page) -> Article:
        """Read the article in a page of `discover`, or in any other as `parse_page` does."""
        return parse_post(page) if page.media_type == POST_TYPE else parse_page(page)

    def _find_posts(
        self, fetcher: PageGetter, site: str, name: str, since: datetime | None
    ) -> Iterator[Page]:
        place = Place(
            fetcher=fetcher,
            url=site + _WAYS[0].format(name=name, query=""),
            max_posts=self.max_posts,
            since=since,
        )
        wanted = place.read()
        newest: datetime | None = None
        is_dated = False
        posts = self._walk(fetcher, site, name, wanted)
        for taken, (page, modified, listing) in enumerate(posts, start=1):
            is_dated = is_dated or bool(listing.etag or listing.last_modified)
            newest = modified if newest is None else max(newest, modified or newest)
            yield page
            if taken >= self.max_posts:
                _log.info("left older posts", extra={"url": site, "max_posts": taken})
                break
        place.keep(newest, asked=wanted.asked, is_dated=is_dated)

    def _walk(
        self, fetcher: PageGetter, site: str, name: str, wanted: Wanted
    ) -> Iterator[tuple[Page, datetime | None, Page]]:
        """Give the posts that changed since then, each with when it did and where it stands."""
        since = wanted.since
        for listing, posts in self._listings(fetcher, site, name, wanted.asked):
            for post in posts:
                modified = read_modified(post)
                if since is not None and modified is not None and modified < since:
                    return  # all that follow are older
                page = make_page(post, listing, site=site)
                if page is not None:
                    yield page, modified, listing

    def _listings(
        self, fetcher: PageGetter, site: str, name: str, since: datetime | None
    ) -> Iterator[tuple[Page, _Posts]]:
        """Give the pages of the list until one is short or there is none."""
        way, listing, posts = self._find_way(fetcher, site, name, since)
        # An unchanged first page has the latest changes, and they are known.
        if listing.is_unchanged:
            return
        first, number = listing.url, 1
        yield listing, posts
        while listing.is_unchanged or len(posts) >= self.per_page:
            number += 1
            try:
                listing = fetcher.get(site + self._fill(way, name, number, since))
                posts = () if listing.is_unchanged else read_listing(listing)
            except PageError as error:
                if isinstance(error, HttpStatusError) and error.status == 400:
                    return  # rest_post_invalid_page_number
                # an unchanged first page would end the next run before it comes here
                fetcher.get(first, conditional=False)
                raise
            yield listing, posts

    def _find_way(
        self, fetcher: PageGetter, site: str, name: str, since: datetime | None
    ) -> tuple[str, Page, _Posts]:
        """Ask for the first page, by the address that the site's API is at."""
        failure: PageError = ParseError("the site has no WordPress API", url=site)
        for way in _WAYS:
            url = site + self._fill(way, name, 1, since)
            try:
                listing = fetcher.get(url)
                return way, listing, () if listing.is_unchanged else read_listing(listing)
            except NoApiError as error:
                failure = error
            except HttpStatusError as error:
                if error.status != 404:
                    raise _tell_closed(error, site) from error
                msg = (
                    f"there is no WordPress API at {site} (status 404): it is switched off, the "
                    f"site does not run on WordPress, or has no {name!r}"
                )
                failure = HttpStatusError(msg, status=404, url=url)
        raise failure

    def _fill(self, way: str, name: str, number: int, since: datetime | None) -> str:
        query = {
            "per_page": self.per_page,
            "page": number,
            "orderby": "modified",
            "order": "desc",
            "_embed": "author,wp:term",
            "_fields": _FIELDS,
        }
        if since is not None:
            # "after" leaves out the moment itself.
            before = since.astimezone(UTC) - timedelta(seconds=1)
            at = before.replace(microsecond=0, tzinfo=None)
            query["modified_after"] = f"{at.isoformat()}Z"
        return way.format(name=name, query=urlencode(query, safe=",:"))


def _tell_closed(error: HttpStatusError, site: str) -> FetchError:
    if error.status not in {401, 403}:
        return error
    msg = (
        f"the WordPress API of {site} is closed to the public (status {error.status}): "
        "watch the site's feed or sitemap instead"
    )
    return HttpStatusError(
        msg, status=error.status, url=error.url, retry_after_s=error.retry_after_s
    )
