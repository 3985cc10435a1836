"""What may be done to bytes from anybody, and the laws that hold whatever they are.

A target takes bytes and raises where a law is broken: only documented errors, edits that invert,
offsets that fit, records that come back as they went. `benchmarks/fuzz.py` searches for bytes that
do so; `tests/hardening/test_fuzz.py` runs every target on its seeds and on what was ever found.
"""

import gzip
import io
import json
import math
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from alignwatch.aggregate import load_weights
from alignwatch.errors import AddressRefusedError, AlignwatchError, PageError, RobotsRefusedError
from alignwatch.export import read_claims, read_texts
from alignwatch.extract._actor_files import read_extra_actors
from alignwatch.extract._meanings import ActorTables
from alignwatch.extract._own_words import read_own_words
from alignwatch.fetch import RobotsRecord
from alignwatch.fetch._robots import RobotsRules
from alignwatch.fetch._url import parse_url
from alignwatch.model import (
    Actor,
    Alignment,
    Article,
    Change,
    Claim,
    Comparison,
    Document,
    Failure,
    Health,
    Kind,
    Page,
    Relationship,
    Span,
    Table,
    from_json,
    to_json,
)
from alignwatch.pipeline import read_watchlist
from alignwatch.sources import FAILURE_TYPE
from alignwatch.text import RULES, clean_text
from alignwatch.text._user_rules import read_rules
from alignwatch_gdelt import read_records
from alignwatch_rss import FeedSource, read_feed, read_home, read_opml
from alignwatch_sitemap import SitemapSource, read_moment, read_sitemap
from alignwatch_warc import read_archive
from alignwatch_wordpress import make_page, read_listing

__all__ = ["RECORDS", "TARGETS", "Target"]

Target = Callable[[bytes], None]
_NOW = datetime(2026, 3, 2, tzinfo=UTC)
RECORDS = (
    *(Alignment, Article, Document, Table, Claim, Relationship, Change, Comparison, Failure),
    Health,
)
# what a cell of a table may be: words of several scripts, numbers, marks of lists and of breaks
_CELL_PIECES = (
    *"abcdefgh12390.-,", " ", " ", "A", "B", "Oslo", "12.5", "\u7532\u56fd", "\u0623\u0644\u0641",
    "\\|", "<br>", "- ", "Total", "head",
)  # fmt: skip


def _require(holds: object, law: str) -> None:
    if not holds:
        raise AssertionError(law)


def _text_of(data: bytes) -> str:
    """Any text, with lone surrogates where the bytes are no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def check_document(document: Document, text: str) -> None:
    """The laws of a document that was made of *text*."""
    _require(document.restore() == text, "edits give the raw text back")
    again = clean_text(document.text)
    _require((again.text, again.removed) == (document.text, ()), "cleaning again changes nothing")
    replaced = [(edit.start, edit.end) for edit in document.removed]
    for at, char in enumerate(document.text):
        raw = document.raw_span(Span(start=at, end=at + 1))
        kept = not any(start <= raw.start and raw.end <= end for start, end in replaced)
        _require(not kept or raw.slice(text) == char, "every kept character maps to itself")
    for edit in document.removed:
        _require(edit.rule in RULES, "every edit names a rule")
        _require(
            not edit.replacement
            or (
                edit.original[:1] != edit.replacement[:1]
                and edit.original[-1:] != edit.replacement[-1:]
            ),
            "an edit covers only what changes",
        )
    with suppress(UnicodeEncodeError):
        (document.text + text).encode()
        _require(from_json(Document, to_json(document)) == document, "a document survives JSON")


def clean(data: bytes) -> None:
    """Clean a text."""
    text = _text_of(data)
    check_document(clean_text(text), text)


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in re.findall(r"\w+", text.replace("<br>", " "))}


def tables(data: bytes) -> None:
    """Read a table that is made of bytes: what was in its cells is there, or in a receipt."""
    style, width, phantoms = (*data[:3], 0, 0, 0)[:3]
    width, phantoms = 1 + width % 5, phantoms % 7
    lines = [bytes(line) for line in data[3:].split(b"\n")][:12]
    rows = [[f"head{number}" for number in range(width)]]
    for line in lines:
        cells = [
            "".join(_CELL_PIECES[byte % len(_CELL_PIECES)] for byte in cell)
            for cell in line.split(b"|")[:width]
        ]
        rows.append(cells)
    if style % 3 == 2:
        source = "\n".join("\t".join(row) for row in rows)
    else:
        made = [f"| {' | '.join(row)} |{' |' * phantoms}" for row in rows]
        made.insert(1, "|" + "---|" * (width + phantoms))
        if style % 3 == 1:
            made += [made[0], made[1], *made[2:]]
        source = "\n".join(made)
    document = clean_text(source)
    check_document(document, source)
    removed = _words(*(edit.original for edit in document.removed))
    wanted = _words(*(cell for row in rows for cell in row)) - {"br"}
    _require(wanted <= _words(document.text) | removed, "no word of a cell is lost")
    for table in document.tables:
        span = table.span
        _require(span is not None and span.end <= len(document.text), "a table has its place")
        texts = (*table.header, *(cell for row in table.rows for cell in row))
        _require(
            len({len(row) for row in (table.header, *table.rows)}) == 1, "a table has one width"
        )
        _require(from_json(Table, to_json(table)) == table, "a table survives JSON")
        known = _words(document.text, table.caption or "")
        _require(
            all(_words(text.replace("|", " ")) <= known for text in texts), "a cell is in the text"
        )
    if style % 3 != 2:
        told = [
            cell
            for table in document.tables
            for row in (table.header, *table.rows, [table.caption or ""])
            for cell in row
        ]
        _require(wanted <= removed | _words(*told), "every cell is in a table, or in a receipt")


class _Answers:
    """A fetcher that answers with parts of the bytes, in turn."""

    def __init__(self, data: bytes) -> None:
        self.parts = data.split(b"\n=====\n")
        self.asked = 0

    def get(self, url: str, *, conditional: bool = True) -> Page:
        del conditional
        self.asked += 1
        return Page(url=url, content=self.parts[self.asked % len(self.parts)], fetched_at=_NOW)


def _check_found(found: list[object], answers: _Answers, most: int) -> None:
    urls = [
        getattr(one, "url", "") for one in found if getattr(one, "media_type", "") != FAILURE_TYPE
    ]
    _require(len(urls) == len(set(urls)), "each address is told once")
    _require(answers.asked <= most, "discovery asks within bounds")


def feed(data: bytes) -> None:
    """Read a feed, a list of feeds and a home page; discover through them."""
    page = Page(url="http://a.example/feed", content=data, fetched_at=_NOW)
    urls: list[str] = []
    with suppress(PageError):
        entries = read_feed(page).entries
        _require(entries == read_feed(page).entries, "the same bytes give the same entries")
        _require(all(entry.url or entry.content for entry in entries), "an entry has something")
        urls += [entry.url for entry in entries if entry.url]
    urls += read_home(page)
    with suppress(PageError):
        urls += read_opml(page).feeds
    for url in urls:
        _require(url.startswith(("http://", "https://")), "addresses are of the web")
        _require("#" not in url, "addresses have no fragment")
    answers, found = _Answers(data), []
    with suppress(PageError):
        source = FeedSource(["http://a.example/1", "http://a.example/2"], max_feeds=20)
        found.extend(source.discover(answers, since=None))
    _check_found(list(found), answers, most=120)


def sitemap(data: bytes) -> None:
    """Read a sitemap, a time in it; discover through indexes and robots.txt."""
    page = Page(url="http://a.example/sitemap.xml", content=data, fetched_at=_NOW)
    with suppress(PageError):
        for entry in read_sitemap(page).entries:
            _require(entry.url.startswith(("http://", "https://")), "addresses are of the web")
            _require("#" not in entry.url, "addresses have no fragment")
    moment = read_moment(_text_of(data[:60]))
    _require(moment is None or moment.at < moment.until, "a time ends after it begins")
    for url in ("http://a.example/", "http://a.example/sitemap.xml"):
        answers, found = _Answers(data), []
        with suppress(PageError):
            found.extend(SitemapSource(url, max_sitemaps=20).discover(answers, since=_NOW))
        _check_found(list(found), answers, most=120)


def robots(data: bytes) -> None:
    """Read a robots.txt: an address is allowed or refused, a pause is a number of seconds."""
    path, _, body = data.partition(b"\n")
    record = RobotsRecord(
        origin="http://a.example", status=200, body=body, fetched_at=_NOW, expires_at=_NOW
    )
    rules = RobotsRules.from_record(record)
    delay_s = rules.crawl_delay_s
    _require(math.isfinite(delay_s) and delay_s >= 0, f"a pause is a number of seconds: {delay_s}")
    try:
        target = parse_url("http://a.example/" + _text_of(path))
    except AddressRefusedError:
        return
    _require(parse_url(target.url) == target, "the spelling of an address is stable")
    with suppress(RobotsRefusedError):
        rules.refuse(target)


def warc(data: bytes) -> None:
    """Read an archive: it ends, offsets lie in it, and reading goes on at each of them."""
    packed, data = data[:1], data[1:]
    if packed > b"P":
        first, *records = re.split(rb"(?=WARC/1)", data)
        zipped = (gzip.compress(record, compresslevel=1, mtime=0) for record in records)
        data = b"".join((first, *zipped))

    @contextmanager
    def open_at(offset: int) -> Iterator[io.BufferedReader | None]:
        yield io.BufferedReader(io.BytesIO(data[offset:]))  # type: ignore[arg-type]  # reads alike

    def read(offset: int) -> list[object]:
        found: list[object] = []
        with suppress(PageError):
            for one in read_archive(
                open_at, name="http://a.example/a.warc", offset=offset, max_repairs=20
            ):
                found.append(one)
                _require(len(found) <= len(data) + 30, "an archive ends")
        return found

    whole = read(0)
    _require(whole == read(0), "the same bytes give the same records")
    for number, one in enumerate(whole[:8]):
        _require(0 <= one.offset <= len(data), "an offset lies in the archive")
        page = one.outcome.page
        _require((page is None) != (one.outcome.skipped is None), "a record is read or skipped")
        if one.is_resumable and one.offset and page is not None and page.media_type == "text/html":
            rest = read(one.offset)
            _require(rest[:1] == whole[number : number + 1], "reading goes on where it stopped")


def wire(data: bytes) -> None:
    """Read records of ours and of others: a value that survives its JSON, or a documented error."""
    chosen, data = (data[0] if data else 0) % (len(RECORDS) + 3), data[1:]
    text = _text_of(data)
    page = Page(url="http://a.example/api", content=data, fetched_at=_NOW)
    if chosen < len(RECORDS):
        cls = RECORDS[chosen]
        with suppress(AlignwatchError):
            value = from_json(cls, text)
            line = to_json(value)
            _require(from_json(cls, line) == value, "what is written is read again")
            _require("\n" not in line, "a record is one line")
            json.loads(line.encode())
    elif chosen == len(RECORDS):
        for read in (read_texts, read_claims):
            told: list[str] = []
            read_ones = list(read(io.BytesIO(data), on_error=lambda e, told=told: told.append(e)))
            for one in read_ones:
                _require(from_json(type(one), to_json(one)) == one, "what is written is read again")
    elif chosen == len(RECORDS) + 1:
        with suppress(PageError):
            for record in read_records(page):
                _require(record.url.startswith(("http://", "https://")), "addresses of the web")
    else:
        with suppress(PageError):
            for post in read_listing(page):
                made = make_page(post, page, site="http://a.example/")
                _require(made is None or made.url.startswith("http"), "a post has an address")


def _tables_of_few() -> ActorTables:
    made = ActorTables()
    for name in ("RUS", "PRK", "NATO"):
        made.actors[name] = Actor(actor_id=name, name=name.title())
    return made


def toml(data: bytes) -> None:
    """Read the files that users write: each is taken, or refused with an error that names it."""
    chosen, data = (data[0] if data else 0) % 5, data[1:]
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as name:
        path = Path(name) / "own.toml"
        path.write_bytes(data)
        try:
            if chosen == 0:
                read_watchlist(path)
            elif chosen == 1:
                read_rules(path, RULES)
            elif chosen == 2:
                load_weights(path)
            elif chosen == 3:
                read_extra_actors(path, _tables_of_few())
            else:
                read_own_words(path, kinds=list(Kind), classes=("weapons", "aid"))
        except AlignwatchError as error:
            _require("own.toml" in str(error), f"an error names the file: {error}")


TARGETS: dict[str, Target] = {
    "clean": clean,
    "tables": tables,
    "feed": feed,
    "sitemap": sitemap,
    "robots": robots,
    "warc": warc,
    "wire": wire,
    "toml": toml,
}
"""Every target by name."""
