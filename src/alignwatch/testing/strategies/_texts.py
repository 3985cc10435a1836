"""Pages, articles, documents and what they are made of."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from alignwatch.model import Article, Document, Edit, Page, PageRef, Span, Table

__all__ = [
    "articles",
    "documents",
    "edits",
    "page_refs",
    "pages",
    "publications",
    "spans",
    "tables",
    "texts",
    "times",
    "urls",
]

_IDS = st.sampled_from(["a.txt", "b/c.txt", "https://daily.example/1", "Ürümqi, 2024"])
_RULES = st.sampled_from(["comment-prompt", "read-also", "share-prompt"])
_LANGUAGES = st.sampled_from(["en", "de", "ru"])
_ORIGINS = st.sampled_from([None, "json-ld", "text"])


def texts(*, min_size: int = 0, max_size: int = 60) -> st.SearchStrategy[str]:
    """Draw any Unicode that files can hold: no half surrogates, else nothing is spared."""
    return st.text(min_size=min_size, max_size=max_size)


def _optional_texts() -> st.SearchStrategy[str | None]:
    return st.none() | texts(max_size=20)


def urls() -> st.SearchStrategy[str]:
    """Draw addresses of reserved hosts, which nobody can be harmed by."""
    return st.builds(
        "https://{}.example/{}".format,
        st.sampled_from(["daily", "wire", "gazette"]),
        st.integers(min_value=1, max_value=9),
    )


def times() -> st.SearchStrategy[datetime]:
    """Draw times in UTC, from 1990 to 2040."""
    return st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants naive bounds


def publications() -> st.SearchStrategy[str]:
    """Draw ISO 8601 dates and date-times, as articles carry them in `Article.published`."""
    days = st.dates(date(2025, 1, 1), date(2025, 1, 9)).map(date.isoformat)
    return days | times().map(datetime.isoformat)


@st.composite
def spans(draw: st.DrawFn, text: str, *, min_size: int = 0) -> Span:
    """Draw a span of *text* that covers at least *min_size* characters."""
    start = draw(st.integers(min_value=0, max_value=len(text) - min_size))
    end = draw(st.integers(min_value=start + min_size, max_value=len(text)))
    return Span(start=start, end=end)


@st.composite
def tables(draw: st.DrawFn, *, text: str | None = None) -> Table:
    """Draw a table, perhaps one that stands in *text*."""
    width = draw(st.integers(min_value=0, max_value=3))
    row = st.lists(texts(max_size=5), min_size=width, max_size=width).map(tuple)
    return Table(
        header=draw(row),
        rows=tuple(draw(st.lists(row, max_size=3))),
        caption=draw(_optional_texts()),
        span=None if text is None else draw(st.none() | spans(text)),
    )


@st.composite
def edits(draw: st.DrawFn, *, start: int = 0, may_insert: bool = True) -> Edit:
    """Draw an edit that begins at *start* of a raw text; with *may_insert* one without original."""
    original = draw(texts(min_size=0 if may_insert else 1, max_size=8))
    replacement = draw(texts(max_size=4).filter(lambda new: new != original))
    return Edit(
        start=start,
        end=start + len(original),
        original=original,
        replacement=replacement,
        rule=draw(_RULES),
        reason=draw(texts(max_size=5)),
    )


@st.composite
def documents(draw: st.DrawFn, *, min_size: int = 0) -> Document:
    """Draw a document whose edits fit its text: at its ends, side by side, inserting, emptying it.

    *min_size* is the least number of characters that no edit touched, all at the end.
    """
    text, raw_end, made = "", 0, list[Edit]()
    for kept in draw(st.lists(texts(max_size=8), max_size=4)):
        # nothing may be inserted where an edit has just ended
        may_insert = bool(kept) or not made
        edit = draw(edits(start=raw_end + len(kept), may_insert=may_insert))
        made.append(edit)
        text += kept + edit.replacement
        raw_end = edit.end
    text += draw(texts(min_size=min_size, max_size=max(min_size, 20)))
    return Document(
        article=draw(_IDS),
        text=text,
        url=draw(st.none() | urls()),
        title=draw(_optional_texts()),
        authors=tuple(draw(st.lists(texts(max_size=9), max_size=2))),
        published=draw(st.none() | publications()),
        language=draw(st.none() | _LANGUAGES),
        speaker=draw(st.none() | st.sampled_from(["USA", "EU"])),
        tables=tuple(draw(st.lists(tables(text=text), max_size=2))),
        flags=tuple(draw(st.lists(st.sampled_from(["fake-author", "truncated"]), unique=True))),
        removed=tuple(made),
        published_from=draw(_ORIGINS),
        canonical=draw(st.none() | urls()),
    )


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Draw an article with or without each thing that a page may say about itself."""
    return Article(
        id=draw(_IDS),
        text=draw(texts()),
        url=draw(st.none() | urls()),
        title=draw(_optional_texts()),
        authors=tuple(draw(st.lists(texts(max_size=9), max_size=2))),
        published=draw(st.none() | publications()),
        language=draw(st.none() | _LANGUAGES),
        speaker=draw(st.none() | st.sampled_from(["USA", "EU"])),
        site=draw(_optional_texts()),
        description=draw(_optional_texts()),
        tags=tuple(draw(st.lists(texts(max_size=9), max_size=2))),
        published_from=draw(_ORIGINS),
        canonical=draw(st.none() | urls()),
    )


def page_refs() -> st.SearchStrategy[PageRef]:
    """Draw what a feed says of a page."""
    return st.builds(
        PageRef,
        url=urls(),
        title=_optional_texts(),
        published_at=st.none() | times(),
        changed_at=st.none() | times(),
    )


def pages() -> st.SearchStrategy[Page]:
    """Draw answers of a server: any bytes, a 304 without content among them."""
    said = {
        "url": urls(),
        "final_url": st.none() | urls(),
        "media_type": st.none() | st.sampled_from(["text/html", "text/plain"]),
        "charset": st.none() | st.sampled_from(["utf-8", "windows-1251"]),
        "fetched_at": st.none() | times(),
        "etag": st.none() | texts(max_size=9),
        "last_modified": st.none() | texts(max_size=9),
        "article_id": st.none() | _IDS,
    }
    full = st.builds(Page, content=st.binary(max_size=60), **said)
    return full | st.builds(Page, content=st.just(b""), status=st.just(304), **said)
