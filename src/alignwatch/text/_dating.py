"""When a page was published: what it declares, then what it shows at the headline."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain, islice

from lxml.html import HtmlElement

from alignwatch.text._lines import is_apart, lines_above, lines_near, text_in
from alignwatch.text._linked import Linked, text_of
from alignwatch.text._marks import Head, Marks
from alignwatch.text._published import (
    Published,
    before_update,
    date_in_url,
    is_same_moment,
    read_date,
)

__all__ = ["find_lesser_date", "find_published"]

_META = (
    *("article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date"),
    *("datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.created"),
    *("pubdate", "publish-date", "publish_date", "publication_date", "publishdate", "published"),
    *("cxenseparse:recs:publishtime", "article.published", "published_time_telegram"),
    *("bt:pubdate", "citation_publication_date", "citation_online_date", "rnews:datepublished"),
    *("originalpublicationdate", "displaydate", "pdate", "article_date_original"),
)
# how far from the headline, in elements of the page, its date may stand
_MOST_BEFORE = 20
_MOST_AFTER = 80
_MOST_LOOKED_AT = 12
_MOST_LINE_CHARS = 80
_MOST_LINE_WORDS = 12


def find_published(
    head: Head,
    linked: Linked,
    *,
    marks: Callable[[], Marks],
    heading: HtmlElement | None,
    locale: str,
) -> Published | None:
    """Give the date of publication by the surest source that has one.

    `origin` is ``json-ld``, ``meta``, ``markup`` (an element marked as a date) or ``text`` (a line
    at the headline). What is declared overrules what is shown, unless an earlier day is shown:
    then what is declared is the day when the page was moved.
    """
    declared = next(_declared(head, linked, locale), None)
    if declared is None:
        return _at_headline(marks(), heading, locale) or _in_lines(heading, locale)
    shown = None
    if any(
        _is_earlier(read_date(one.get("datetime"), locale=locale), declared.text)
        for one in head.times[:_MOST_LOOKED_AT]
    ):
        shown = _at_headline(marks(), heading, locale)
    shown = shown or _in_lines(heading, locale)
    if shown is not None and _is_earlier(shown.text, declared.text):
        return shown
    return Published(text=_local(declared.text, head, locale), origin=declared.origin)


def find_lesser_date(
    linked: Linked,
    *,
    marks: Callable[[], Marks],
    heading: HtmlElement | None,
    locale: str,
    url: str | None,
) -> Published | None:
    """Give the date of a page that neither declares one nor shows one at its headline.

    `origin` is ``url``, ``markup``, or ``modified`` (the page declares when it was last changed).
    """
    in_url = date_in_url(url)
    if in_url:
        return Published(text=in_url, origin="url")
    modified = read_date(text_of(linked.get("dateModified")), locale=locale)
    return _only(marks(), heading, locale) or (
        Published(text=modified, origin="modified") if modified else None
    )


def _declared(head: Head, linked: Linked, locale: str) -> Iterator[Published]:
    for origin, values in (
        ("json-ld", (linked.get("datePublished"), linked.get("dateCreated"))),
        ("meta", tuple(text for name in _META for text in head.metas.get(name, ()))),
        ("json-ld", (linked.page.get("datePublished"),)),
    ):
        for value in values:
            found = read_date(text_of(value), locale=locale)
            if found:
                yield Published(text=found, origin=origin)


def _is_earlier(shown: str | None, declared: str) -> bool:
    """Whether *shown* lies days before *declared*; the day before may be the same in its zone."""
    if shown is None:
        return False
    one, other = (date.fromisoformat(text[:10]) for text in (shown, declared))
    least = 2 if "T" in declared else 1
    return other - one >= timedelta(days=least)


def _local(found: str, head: Head, locale: str) -> str:
    """Give the same moment in the zone that the page shows it in."""
    if found.endswith(("Z", "+00:00")):
        for node in head.times[:_MOST_LOOKED_AT]:
            shown = read_date(node.get("datetime"), locale=locale)
            if shown and is_same_moment(found, shown):
                return shown
    return found


def _at_headline(marks: Marks, heading: HtmlElement | None, locale: str) -> Published | None:
    if heading is None:
        return None
    place = marks.places[heading]
    for nodes in marks.dates[:3]:
        steps = {node: marks.places[node] - place for node in nodes}
        after = [node for node in nodes if 0 <= steps[node] <= _MOST_AFTER]
        before = [node for node in nodes if -_MOST_BEFORE <= steps[node] < 0]
        for node in (*after, *reversed(before)):
            found = None if is_apart(node, heading) else _date_of(node, locale)
            if found:
                return Published(text=found, origin="markup")
    return None


def _in_lines(heading: HtmlElement | None, locale: str) -> Published | None:
    if heading is None:
        return None
    for line in chain(lines_near(heading), lines_above(heading)):
        if len(line) <= _MOST_LINE_CHARS and len(line.split()) <= _MOST_LINE_WORDS:
            found = read_date(before_update(line), locale=locale)
            if found:
                return Published(text=found, origin="text")
    return None


def _only(marks: Marks, heading: HtmlElement | None, locale: str) -> Published | None:
    """Give the date of the elements marked as dates, where all of them show the same day."""
    for nodes in marks.dates[:3]:
        near = [node for node in islice(nodes, _MOST_LOOKED_AT) if not is_apart(node, heading)]
        found = {text for node in near if (text := _date_of(node, locale))}
        if len({text[:10] for text in found}) == 1:
            return Published(text=max(found, key=len), origin="markup")
    return None


def _date_of(node: HtmlElement, locale: str) -> str | None:
    text = text_in(node).replace("\n", " ")
    told = before_update(text)
    shown = read_date(told, locale=locale)
    if shown is None and told != text:
        return None
    for name in ("datetime", "content", "title"):
        found = read_date(node.get(name), locale=locale)
        if found:
            # a template may leave the same wrong value in each; what readers see is right
            return shown if shown and _is_far(shown, found) else found
    return shown


def _is_far(one: str, other: str) -> bool:
    days = (date.fromisoformat(text[:10]) for text in (one, other))
    return abs(next(days) - next(days)) > timedelta(days=1)
