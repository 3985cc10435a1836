"""What was read: page bytes, articles, documents and claims, one transaction for each article."""

import json
import zlib
from collections.abc import Iterable, Iterator

from alignwatch.errors import AddressRefusedError, ModelError
from alignwatch.fetch import NOARCHIVE, Validators
from alignwatch.model import Article, Claim, Document, Page, PageRef, to_record
from alignwatch.store._codec import (
    hash_of,
    host_of,
    pack,
    pack_time,
    pack_value,
    read_value,
    require_text,
    unpack_record,
    unpack_time,
    unpack_value,
)
from alignwatch.store._database import Database, Row
from alignwatch.store._past import Known, Past
from alignwatch.store._values import Address, AddressState, Versions

__all__ = ["FIRST_OF_ID", "MAX_PAGE_BYTES", "Articles"]

MAX_PAGE_BYTES = 10_000_000
"""Bytes of a page, decompressed, beyond which they are not kept."""

FIRST_OF_ID = "NOT EXISTS (SELECT 1 FROM articles b WHERE b.id = a.id AND b.url < a.url)"
"""Of several addresses that gave one article, the one with the least url stands for it."""

_IN_ORDER = "ORDER BY a.published IS NULL, a.published, a.id"
_PAGE_COLUMNS = """
    b.content, p.url, p.final_url, p.status, p.media_type, p.charset, p.fetched_at, p.etag,
    p.last_modified, p.article_id
"""


def _pack_article(article: Article, document: Document | None) -> str | bytes:
    """Leave the text out where the document gives it back."""
    if document is None or document.restore() != article.text:
        return pack_value(article)
    record = to_record(article)
    del record["text"]
    return pack(json.dumps(record, ensure_ascii=False))


def _read_article(record: str | bytes, document: str | bytes | None) -> Article:
    fields = unpack_record(record)
    if "text" not in fields and document is not None:
        fields["text"] = unpack_value(Document, document).restore()
    return read_value(Article, fields)


def _read_page(row: Row) -> Page:
    content, url, final_url, status, media_type, charset, fetched_at, etag, modified, name = row
    return Page(
        url=url,
        content=zlib.decompress(content),
        final_url=final_url,
        status=status,
        media_type=media_type,
        charset=charset,
        fetched_at=unpack_time(fetched_at),
        etag=etag,
        last_modified=modified,
        article_id=name,
    )


class Articles(Past):
    """The part of `Store` that keeps what was read."""

    def __init__(self, database: Database, *, keep_pages: bool) -> None:
        super().__init__(database)
        self._keep_pages = keep_pages

    def save_article(  # noqa: PLR0913 - all of one transaction; no value holds just these
        self,
        *,
        ref_url: str,
        source: str,
        page: Page | None,
        article: Article,
        document: Document | None,
        claims: Iterable[Claim],
        cleaner: str,
        extractor: str,
    ) -> None:
        """Put what *ref_url* gave now in the place of all that it gave before: all or nothing.

        The address is stored afterwards, its failure cleared, the page's validators remembered and
        its bytes kept, unless there are more than `MAX_PAGE_BYTES`, the publisher reserves that
        (``noarchive``) or the store keeps none. Without *page* what is known of its bytes stays:
        the same ones were read anew. Verdicts stay. Saving twice is as saving once.

        Raises:
            ModelError: Document or claims are of another article.
            AddressRefusedError: The address was forgotten; so were others of the same page.
        """
        made = tuple(claims)
        _require_one_article(article, document, made)
        urls = {ref_url, article.url or ref_url, (page and page.final_url) or ref_url}
        for url in urls:
            require_text("url", url)
        require_text("article id", article.id)
        record = _pack_article(article, document)
        with self._database.transaction():
            for url in sorted(urls):
                if self.is_forgotten(url):
                    msg = f"{url} was taken down from this store and is not stored again"
                    raise AddressRefusedError(msg, url=ref_url)
            number = self._number_of(ref_url, source)
            self._keep_aliases(number, urls - {ref_url}, replace=page is not None)
            if page is not None:
                self._keep_page(number, ref_url, page)
            self._database.rows(
                "UPDATE addresses SET state = 'stored', article = ? WHERE number = ?",
                *(article.id, number),
            )
            self._drop_failure(ref_url)
            packed = tuple((claim, pack_value(claim)) for claim in made)
            known = self._retire(number, article, packed)
            self._database.rows("DELETE FROM articles WHERE address = ?", number)
            self._database.rows(
                "INSERT INTO articles (address, id, url, published, record, cleaner, extractor, "
                "known_at, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(number, article.id, ref_url, article.published, record, cleaner, extractor),
                *known.article,
            )
            if document is not None:
                self._database.rows(
                    "INSERT INTO documents (address, record, cleaner) VALUES (?, ?, ?)",
                    *(number, pack_value(document), cleaner),
                )
            self._insert_claims(number, packed, known, versions=(cleaner, extractor))

    def _number_of(self, url: str, source: str) -> int:
        query = "SELECT number FROM addresses WHERE url = ?"
        row = self._database.row(query, url)
        if row is None:
            self._insert_address(source, PageRef(url=url), AddressState.PENDING, is_listed=False)
            row = self._database.row(query, url)
        assert row is not None
        return int(row[0])

    def _keep_page(self, number: int, url: str, page: Page) -> None:
        digest = hash_of(page.content)
        self._database.rows(
            "UPDATE addresses SET content_hash = ?, reservations = ? WHERE number = ?",
            *(digest, " ".join(page.reservations), number),
        )
        self._keep_validators(url, Validators(etag=page.etag, last_modified=page.last_modified))
        old = self._database.row("SELECT hash FROM pages WHERE address = ?", number)
        self._database.rows("DELETE FROM pages WHERE address = ?", number)
        # a store that is told to keep no more bytes does not lose those that it has
        is_wanted = (self._keep_pages or old == (digest,)) and NOARCHIVE not in page.reservations
        if is_wanted and len(page.content) <= MAX_PAGE_BYTES:
            if self._database.row("SELECT 1 FROM bodies WHERE hash = ?", digest) is None:
                self._database.rows(
                    "INSERT INTO bodies (hash, content) VALUES (?, ?)",
                    *(digest, zlib.compress(page.content)),
                )
            self._database.rows(
                "INSERT INTO pages (address, hash, url, final_url, status, media_type, charset, "
                "fetched_at, etag, last_modified, article_id) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(number, digest, page.url, page.final_url, page.status, page.media_type),
                *(page.charset, pack_time(page.fetched_at), page.etag, page.last_modified),
                page.article_id,
            )
        if old is not None:
            self._drop_unused_bodies(old[0])

    def _drop_unused_bodies(self, digest: str) -> None:
        self._database.rows(
            "DELETE FROM bodies WHERE hash = ?1 "
            "AND NOT EXISTS (SELECT 1 FROM pages WHERE hash = ?1)",
            digest,
        )

    def _keep_aliases(self, number: int, urls: Iterable[str], *, replace: bool) -> None:
        if replace:
            self._database.rows("DELETE FROM aliases WHERE address = ?", number)
        for url in urls:
            self._database.rows(
                "INSERT OR IGNORE INTO aliases (address, url, host) VALUES (?, ?, ?)",
                *(number, url, host_of(url)),
            )

    def _insert_claims(
        self,
        number: int,
        claims: Iterable[tuple[Claim, str | bytes]],
        known: Known,
        *,
        versions: tuple[str, str],
    ) -> None:
        for place, (claim, record) in enumerate(claims):
            self._database.rows(
                "INSERT INTO claims (address, id, article, source, target, kind, start, stop, "
                "place, record, cleaner, extractor, known_at, recorded_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(number, claim.id, claim.article, claim.source, claim.target, claim.kind),
                *(claim.evidence.start, claim.evidence.end, place, record),
                *versions,
                *known.claim(claim.id, record),
            )

    def articles(self) -> Iterator[Article]:
        """Give the articles by publication, the undated last, then by id.

        ``2025`` stands before ``2025-07``. The order does not depend on that of storing.
        """
        rows = self._database.walk(
            f"SELECT a.address FROM articles a WHERE {FIRST_OF_ID} {_IN_ORDER}",  # noqa: S608 - constants
            (),
            "SELECT a.address, a.record, d.record FROM articles a LEFT JOIN documents d "
            "USING (address) WHERE a.address IN (SELECT value FROM json_each(?1))",
        )
        return (_read_article(record, document) for _, record, document in rows)

    def documents(self) -> Iterator[Document]:
        """Give the documents in the order of their articles."""
        rows = self._database.walk(
            "SELECT a.address FROM articles a JOIN documents USING (address) "  # noqa: S608 - constants
            f"WHERE {FIRST_OF_ID} {_IN_ORDER}",
            (),
            "SELECT address, record FROM documents "
            "WHERE address IN (SELECT value FROM json_each(?1))",
        )
        return (unpack_value(Document, record) for _, record in rows)

    def article(self, article_id: str) -> Article | None:
        """Give the article of that id."""
        row = self._database.row(
            "SELECT a.record, d.record FROM articles a LEFT JOIN documents d USING (address) "
            "WHERE a.id = ? ORDER BY a.url LIMIT 1",
            article_id,
        )
        return None if row is None else _read_article(row[0], row[1])

    def document(self, article_id: str) -> Document | None:
        """Give the document of the article of that id."""
        row = self._database.row(
            "SELECT d.record FROM articles a LEFT JOIN documents d USING (address) "
            "WHERE a.id = ? ORDER BY a.url LIMIT 1",
            article_id,
        )
        return None if row is None or row[0] is None else unpack_value(Document, row[0])

    def versions(self, article_id: str) -> Versions | None:
        """Give the cleaner and the extractor that made what is stored of an article."""
        row = self._database.row(
            "SELECT cleaner, extractor FROM articles WHERE id = ? ORDER BY url LIMIT 1", article_id
        )
        return None if row is None else Versions(cleaner=row[0], extractor=row[1])

    def extractors(self) -> dict[str, int]:
        """Count the articles by the extractor that made their claims, in the order of its name."""
        return dict(
            self._database.rows(
                f"SELECT a.extractor, count(*) FROM articles a WHERE {FIRST_OF_ID} "  # noqa: S608 - a constant
                "GROUP BY a.extractor ORDER BY a.extractor"
            )
        )

    def page(self, url: str) -> Page | None:
        """Give the bytes that were kept of the address *url*, as they were fetched."""
        row = self._database.row(
            f"SELECT {_PAGE_COLUMNS} FROM addresses a "  # noqa: S608 - a constant
            "JOIN pages p ON p.address = a.number JOIN bodies b USING (hash) WHERE a.url = ?",
            url,
        )
        return None if row is None else _read_page(row)

    def kept_pages(self) -> Iterator[tuple[Address, Page]]:
        """Give each address whose bytes were kept, with them, in order of the urls.

        One may save what was made of a page before asking for the next.
        """
        urls = [
            row[0]
            for row in self._database.rows(
                "SELECT a.url FROM addresses a JOIN pages p ON p.address = a.number ORDER BY a.url"
            )
        ]
        for url in urls:
            page, address = self.page(url), self.address(url)
            if page is not None and address is not None:
                yield address, page


def _require_one_article(
    article: Article, document: Document | None, claims: tuple[Claim, ...]
) -> None:
    others = {claim.article for claim in claims} | ({document.article} if document else set())
    if others - {article.id}:
        msg = f"document and claims of {article.id!r} must name it, got {sorted(others)}"
        raise ModelError(msg)
