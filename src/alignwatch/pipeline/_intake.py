"""From a page to what is stored of it, or to the reason why nothing is."""

import attrs

from alignwatch.errors import PageError, ParseError, WalledPageError
from alignwatch.extract import Extractor
from alignwatch.fetch import Fetcher
from alignwatch.model import Article, Document, Page, PageRef
from alignwatch.pipeline._books import Books
from alignwatch.pipeline._parsing import PageParser
from alignwatch.pipeline._reading import fill_from_listing, read_article
from alignwatch.pipeline._rights import carry_reservations, require_unreserved
from alignwatch.pipeline._sources import is_url
from alignwatch.pipeline._walls import is_stub, refuse_challenge, tell_wall
from alignwatch.sources import Source
from alignwatch.store import Address, Store
from alignwatch.text import CLEANER_VERSION

__all__ = ["Intake"]


@attrs.frozen(kw_only=True)
class Intake:
    """Reads pages into the store, one at a time, and books what became of them."""

    store: Store
    fetcher: Fetcher
    parser: PageParser
    extractor: Extractor
    books: Books

    def read(
        self,
        name: str,
        source: Source,
        page: Page,
        *,
        asks_host: bool,
        behind: tuple[Page, ...] = (),
    ) -> None:
        """Read *page* of the source *name*: store what it gives, or count why it gives nothing.

        *asks_host* tells whether the page's host may be asked for its reservations, *behind* the
        listings that the page came out of.
        """
        try:
            page = carry_reservations(page, behind, self.fetcher)
            page = require_unreserved(page, self.fetcher if asks_host else None)
            known = self.store.address(page.url)
            article = self._parse(source, page, known.ref if known else None)
            self.books.count("parsed")
            reading = read_article(article, self.extractor)
            is_stub = self._judge(page, reading.document, known)
            self.store.save_article(
                ref_url=page.url,
                source=name,
                page=page,
                article=reading.article,
                document=reading.document,
                claims=reading.claims,
                cleaner=CLEANER_VERSION,
                extractor=self.extractor.name,
            )
        except PageError as error:
            self.books.fail(page.url, error, page=page)
        else:
            self.books.count("stored")
            self.books.count("blocked", int(is_stub))

    def _parse(self, source: Source, page: Page, ref: PageRef | None) -> Article:
        try:
            return fill_from_listing(self.parser.parse(source, page), ref)
        except ParseError as error:
            if is_url(page.url):
                raise tell_wall(page, error) from error
            raise

    def _refuse_clash(self, page: Page, document: Document) -> None:
        """Refuse a file whose id another one has: of two articles of one id only one is shown."""
        other = self.store.other_bearer(document.article, page.url)
        before = self.store.document(document.article) if other is not None else None
        if before is not None and before.text != document.text:
            msg = (
                f"another file has the id {document.article!r} already: {other}; "
                "rename one of them, or take that one down with: alignwatch forget"
            )
            raise ParseError(msg, url=page.url)

    def _judge(self, page: Page, document: Document, known: Address | None) -> bool:
        """Refuse what must not take an article's place; tell whether a paywall cut it short."""
        if not is_url(page.url):
            self._refuse_clash(page, document)
            return False
        refuse_challenge(document, page.url)
        if not is_stub(document):
            return False
        before = self.store.document(known.article) if known and known.article else None
        if before is not None and not is_stub(before):
            msg = "a paywall stands before the article now; what was read before it is kept"
            raise WalledPageError(msg, url=page.url)
        return True
