"""Reading a site's own pages by selectors, one set for each layout that the site has had."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import attrs

from alignwatch.errors import ModelError, PageError, ParseError, TooLargeError
from alignwatch.model import Article, Page
from alignwatch.sources._parse import parse_page
from alignwatch.sources._selectors import to_xpath
from alignwatch.text import decode_text

__all__ = ["Layout", "parse_layouts"]

_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"),
        *("main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    }
)
_NO_TEXT = frozenset({"script", "style", "noscript", "template", "iframe", "svg"})
# the hour of "%d.%m.%Y %H:%M", "%c" and "%I %p"
_HOUR = re.compile(r"%-?[HIcXT]")
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF))


def _check_selector(_: object, field: "attrs.Attribute[Any]", selector: str | None) -> None:
    from lxml import etree  # noqa: PLC0415 - takes 0.05 s, and few sources have layouts

    if selector is None:
        return
    try:
        etree.XPath(to_xpath(selector))
    except (ValueError, etree.XPathError) as error:
        msg = f"{field.name} is a selector such as 'div.story p' or an XPath: {error}"
        raise ModelError(msg) from error


_selector = attrs.validators.optional(_check_selector)


@attrs.frozen(kw_only=True)
class Layout:
    """How a site lays out its articles, from one day to another.

    Each field is a selector: CSS in short (``div.story > p``, ``#main p, h2``, ``time@datetime``
    for an attribute) or XPath (what starts with ``/``). What is left out is read as
    `alignwatch.sources.parse_page` reads it.

    Attributes:
        text: The elements with the article's words, in order; each block in them is a paragraph.
        remove: Elements in them that are no words of the article: advertisements, picture credits.
        title: The title.
        authors: One element for each author.
        published: The date or time, in ISO 8601; usually an attribute.
        tags: One element for each keyword.
        date_format: How *published* is written where it is not ISO 8601, as `datetime.strptime`
            takes it: ``%d.%m.%Y``.
        valid_from: The first day on which pages looked so, None for since ever.
        valid_until: The last one, None for until today.
    """

    text: str = attrs.field(validator=_check_selector)
    remove: str | None = attrs.field(default=None, validator=_selector)
    title: str | None = attrs.field(default=None, validator=_selector)
    authors: str | None = attrs.field(default=None, validator=_selector)
    published: str | None = attrs.field(default=None, validator=_selector)
    tags: str | None = attrs.field(default=None, validator=_selector)
    date_format: str | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid(self, day: date | None) -> bool:
        """Whether pages that were fetched on *day* may look so; None for an unknown day."""
        if day is None:
            return True
        begins, ends = self.valid_from or date.min, self.valid_until or date.max
        return begins <= day <= ends


def parse_layouts(
    page: Page,
    layouts: Iterable[Layout],
    *,
    language: str | None = None,
    site: str | None = None,
) -> Article:
    """Read the article in *page* by the first of *layouts* that is valid on its day and fits.

    The day is that on which the page was fetched, in UTC. *language* and *site* are what is known
    of the site, where the page does not say. Pure.

    Raises:
        ParseError: None of them fits: the site has changed, or this is no article.
        TooLargeError: As `alignwatch.sources.parse_page`.
    """
    day = page.fetched_at.astimezone(UTC).date() if page.fetched_at else None
    valid = [layout for layout in layouts if layout.is_valid(day)]
    base = _read_default(page)
    tree = _read_tree(page) if page.content and not page.is_unchanged else None
    for layout in valid if tree is not None else ():
        text = "\n".join(_read_text(tree, layout))
        if text:
            article = _fill(base or _empty(page), tree, layout)
            return attrs.evolve(
                article,
                text=text,
                language=article.language or language,
                site=article.site or site,
            )
    when = f" of the {len(valid)} that are valid on {day}" if day else ""
    msg = f"no layout{when} finds the text of this page: has the site changed?"
    raise ParseError(msg, url=page.url)


def _read_default(page: Page) -> Article | None:
    """Give what the default makes of the page, None where that finds no article."""
    try:
        return parse_page(page)
    except TooLargeError:
        raise
    except PageError:
        return None


def _read_tree(page: Page) -> Any:
    from lxml import etree, html  # noqa: PLC0415 - as above

    text = decode_text(page.content, charset=page.charset).translate(_FORBIDDEN)
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        msg = f"these {len(page.content)} bytes are no HTML page: {error}"
        raise ParseError(msg, url=page.url) from error
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    return tree


def _find(tree: Any, selector: str | None) -> list[Any]:
    found = tree.xpath(to_xpath(selector)) if selector else []
    return found if isinstance(found, list) else [found]


def _read_text(tree: Any, layout: Layout) -> Iterator[str]:
    """Give the paragraphs of the elements, those within others once."""
    removed = set(_find(tree, layout.remove))
    seen: set[Any] = set()
    for element in _find(tree, layout.text):
        if isinstance(element, str):
            yield from _lines(element)
        elif not any(above in seen or above in removed for above in element.iterancestors()):
            seen.add(element)
            yield from _paragraphs(element, removed)


def _paragraphs(element: Any, removed: set[Any]) -> Iterator[str]:
    """Give the texts between the edges of blocks."""
    from lxml import etree  # noqa: PLC0415 - as above

    held: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, inner in walk:
        is_start = event == "start"
        if is_start and (inner in removed or inner.tag in _NO_TEXT):
            walk.skip_subtree()
        elif inner.tag in _BLOCKS:
            yield from _lines("".join(held))
            held.clear()
            if is_start:
                held.append(inner.text or "")
        elif is_start:
            held.append(inner.text or "")
        if not is_start and inner is not element:
            held.append(inner.tail or "")
    yield from _lines("".join(held))


def _lines(text: str) -> Iterator[str]:
    line = " ".join(text.split())
    if line:
        yield line


def _words(tree: Any, selector: str | None) -> list[str]:
    found = (
        one if isinstance(one, str) else one.text_content() if hasattr(one, "tag") else str(one)
        for one in _find(tree, selector)
    )
    return [line for text in found for line in _lines(text)]


def _fill(base: Article, tree: Any, layout: Layout) -> Article:
    """Put what *layout* finds in the place of what the default found."""
    told = (_read_moment(text, layout.date_format) for text in _words(tree, layout.published))
    published = next((moment for moment in told if moment is not None), None)
    return attrs.evolve(
        base,
        title=next(iter(_words(tree, layout.title)), base.title),
        authors=tuple(dict.fromkeys(_words(tree, layout.authors))) or base.authors,
        published=published or base.published,
        published_from="source" if published else base.published_from,
        tags=tuple(dict.fromkeys(_words(tree, layout.tags))) or base.tags,
    )


def _read_moment(text: str, form: str | None) -> str | None:
    """Give a date or time in ISO 8601, as precise as it is written; None for what is none."""
    with suppress(ValueError):
        datetime.fromisoformat(text)
        return text
    with suppress(ValueError):
        if form is not None:
            at = datetime.strptime(text, form)  # noqa: DTZ007 - as the page has it, often no zone
            return at.isoformat() if _HOUR.search(form) else at.date().isoformat()
    return None


def _empty(page: Page) -> Article:
    is_file = page.url.startswith("file:")
    return Article(
        id=page.article_id or page.url,
        url=None if is_file else page.final_url or page.url,
        text="",
    )
