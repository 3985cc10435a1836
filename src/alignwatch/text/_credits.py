"""Whom a page credits as authors: what it declares, then what it marks up, then what it shows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

from alignwatch.text._authors import clean_authors, clean_organisations, find_byline
from alignwatch.text._lines import is_apart, lines_near, text_in
from alignwatch.text._linked import Linked, names_of
from alignwatch.text._marks import Marks
from alignwatch.text._title import letters_of

__all__ = ["find_authors"]

_META = (
    *("author", "article:author", "article:author_name", "parsely-author", "sailthru.author"),
    *("dc.creator", "dcterms.creator", "dc.contributor", "byl", "citation_author", "twitter:data1"),
)
_MOST_MARKED = 4
_MOST_LOOKED_AT = 12
_MOST_BYLINE_CHARS = 120
_MOST_SURE_RANKS = 3


def find_authors(
    metas: Mapping[str, list[str]],
    linked: Linked,
    *,
    marks: Callable[[], Marks],
    heading: HtmlElement | None,
    site: str | None,
) -> tuple[str, ...]:
    """Give the persons credited, by the surest source that names any.

    Only where no source names a person, the organisation credited is given ("Example Press").
    """
    author = linked.get("author") or linked.get("creator")
    said = [text for name in _META for text in metas.get(name, ())]
    for found in (names_of(author, linked), said):
        names = _persons(found, site)
        if names:
            return names
    marked = next(
        (names for texts in _marked(marks(), heading) if (names := _persons(texts, site))), ()
    )
    if not marked and heading is not None:
        marked = find_byline(lines_near(heading))
    if marked:
        return marked
    shown = islice(_marked(marks(), heading), _MOST_SURE_RANKS)
    named = (names_of(author, linked, organisations=True), said, *shown)
    return next((names for found in named if (names := clean_organisations(found))), ())


def _persons(found: Iterable[str], site: str | None) -> tuple[str, ...]:
    names = clean_authors(found)
    return tuple(name for name in names if site is None or letters_of(name) != letters_of(site))


def _marked(marks: Marks, heading: HtmlElement | None) -> Iterator[list[str]]:
    """Give the texts of the elements marked as bylines, rank by rank, the surest marks first."""
    for nodes in marks.bylines:
        near = [node for node in islice(nodes, _MOST_LOOKED_AT) if not is_apart(node, heading)]
        found = [text for node in near if (text := text_in(node, limit=_MOST_BYLINE_CHARS))]
        # many of them are a list of other articles with their authors, or of this one's readers
        yield found[:1] if len(found) > _MOST_MARKED else found
