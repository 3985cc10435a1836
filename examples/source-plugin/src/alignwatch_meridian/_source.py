"""The listing page and the article pages of Meridian Wire."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urljoin

import lxml.html
from lxml.etree import LxmlError

from alignwatch.errors import ParseError
from alignwatch.fetch import PageGetter
from alignwatch.model import Article, Page, PageRef
from alignwatch.sources import SourceInfo
from alignwatch.text import decode_text

__all__ = ["MeridianSource"]

HOME = "http://meridian-wire.example"
LISTING = f"{HOME}/latest/"


class MeridianSource:
    """Meridian Wire: everything on its listing page, articles by the site's own markup."""

    info: ClassVar[SourceInfo] = SourceInfo(
        name="meridian", contract=1, home=HOME, language="en", licence="invented, Apache-2.0"
    )

    def discover(self, fetcher: PageGetter, *, since: datetime | None) -> Iterator[PageRef]:
        """Yield the articles of the listing, newest first; none if it is as it was last time.

        Raises:
            PageError: The listing cannot be fetched, or shows no headlines.
        """
        page = fetcher.get(LISTING)
        if page.is_unchanged:
            return
        items = _read_html(page).xpath('//li[@class="headline"][a/@href][time/@datetime]')
        if not items:
            msg = "no li.headline in the listing: has the site changed its markup?"
            raise ParseError(msg, url=LISTING)
        for item in items:
            published_at = _read_moment(item.xpath("string(time/@datetime)"))
            if since is None or published_at is None or published_at >= since:
                yield PageRef(
                    url=urljoin(LISTING, item.xpath("string(a/@href)")),
                    title=_squeeze(item.find("a")),
                    published_at=published_at,
                )

    def parse(self, page: Page) -> Article:
        """Read one article page.

        Raises:
            ParseError: The page has no story in the site's markup.
        """
        root = _read_html(page)
        stories = root.xpath('//article[@class="story"]')
        paragraphs = root.xpath('//div[@class="story-text"]/p')
        if len(stories) != 1 or not paragraphs:
            msg = f"expected one article.story with paragraphs, found {len(stories)}"
            raise ParseError(msg, url=page.url)
        (story,) = stories
        return Article(
            id=page.article_id or page.url,
            url=page.url,
            text="\n".join(_squeeze(paragraph) for paragraph in paragraphs),
            title=" ".join(story.xpath('string(h1[@class="story-head"])').split()) or None,
            authors=tuple(map(_squeeze, story.xpath('.//span[@class="story-author"]'))),
            published=story.xpath("string(time/@datetime)") or None,
            language=root.get("lang"),
            site="Meridian Wire",
            tags=tuple(map(_squeeze, story.xpath('p[@class="story-kicker"]'))),
        )


def _read_html(page: Page) -> lxml.html.HtmlElement:
    try:
        return lxml.html.document_fromstring(decode_text(page.content, charset=page.charset))
    except (LxmlError, ValueError) as error:
        msg = f"these {len(page.content)} bytes are no HTML page: {error}"
        raise ParseError(msg, url=page.url) from error


def _read_moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _squeeze(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
